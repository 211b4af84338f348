//! The recovery kit: one key as 24 words (BIP 39), as text (an age identity) and as a QR code, shown once.

use crate::refusals::RECOVERY_KEY_SHAPE;
use bech32::{Bech32, Hrp};
use keepwell_kernel::{CivilDate, Error, Fault, Secret, VaultId};
use keepwell_log::door::Resident;
use keepwell_vault::{Key, Reading, VaultError};
use serde::Serialize;
use ts_rs::TS;
use zeroize::Zeroizing;

const PREFIX: &str = "age-secret-key-";

/// The kit, as it is printed.
#[derive(Serialize, TS)]
pub struct RecoveryKit {
    /// The practice's store.
    pub vault_id: VaultId,
    /// The key as words.
    pub words: Vec<String>,
    /// The key as text: an age identity, so that backups open with the standard program too.
    pub recovery_key: String,
    /// The text as a QR code.
    pub qr_svg: String,
    /// When it was made.
    #[ts(type = "string")]
    pub made_on: CivilDate,
}

impl RecoveryKit {
    /// Writes the kit of a key.
    ///
    /// # Errors
    /// [`Error`].
    pub fn of(key: &Key, vault_id: VaultId, made_on: CivilDate) -> Result<Self, Error> {
        let recovery_key = to_text(key)?;
        let qr_svg = qr_svg(&recovery_key)?;
        Ok(Self { vault_id, words: to_words(key)?, recovery_key, qr_svg, made_on })
    }
}

fn to_words(key: &Key) -> Result<Vec<String>, Error> {
    let words = bip39::Mnemonic::from_entropy(key.bytes()).map_err(|error| Fault::because(error.to_string()))?;
    Ok(words.words().map(str::to_owned).collect())
}

fn to_text(key: &Key) -> Result<String, Error> {
    let prefix = Hrp::parse(PREFIX).map_err(|error| Fault::because(error.to_string()))?;
    let text = bech32::encode::<Bech32>(prefix, key.bytes()).map_err(|error| Fault::because(error.to_string()))?;
    Ok(text.to_uppercase())
}

/// Reads a recovery key, from its words or its text.
///
/// # Errors
/// `identity.recovery_key_shape`.
pub fn read_key(typed: &Secret) -> Result<Key, Error> {
    let typed = typed.reveal().trim();
    let shape = || RECOVERY_KEY_SHAPE.at("recovery_key");
    let bytes = if typed.to_lowercase().starts_with(PREFIX) {
        let (prefix, bytes) = bech32::decode(&typed.to_lowercase()).map_err(|_| shape())?;
        if prefix.as_str() != PREFIX {
            return Err(shape().into());
        }
        Zeroizing::new(bytes)
    } else {
        let words = Zeroizing::new(typed.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "));
        let mnemonic = bip39::Mnemonic::parse_normalized(&words).map_err(|_| shape())?;
        Zeroizing::new(mnemonic.to_entropy())
    };
    Ok(Key::from_slice(&bytes).ok_or_else(shape)?)
}

/// Draws text as a QR code.
///
/// # Errors
/// [`Error`] when the text is too long for one.
pub fn qr_svg(text: &str) -> Result<String, Error> {
    let code = qrcode::QrCode::new(text).map_err(|error| Fault::because(error.to_string()))?;
    Ok(code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build())
}

/// The words of a kit that was just shown, in memory until the session ends, so that two can be typed back.
pub struct KitWords(Option<Zeroizing<Vec<String>>>);

impl KitWords {
    /// Remembers the words of a kit.
    #[must_use]
    pub fn of(kit: &RecoveryKit) -> Self {
        Self(Some(Zeroizing::new(kit.words.clone())))
    }

    /// Compares words typed back with their numbers, counted from 1. Nothing when no kit was shown in this session.
    #[must_use]
    pub fn agree(&self, answers: &[(u32, String)]) -> Option<bool> {
        let words = self.0.as_ref()?;
        let agrees = |(position, typed): &(u32, String)| {
            let word = (*position as usize).checked_sub(1).and_then(|at| words.get(at));
            word.is_some_and(|word| *word == typed.trim().to_lowercase())
        };
        Some(answers.iter().all(agrees))
    }
}

impl Resident for KitWords {
    fn build(_: &Reading<'_>) -> Result<Self, VaultError> {
        Ok(Self(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_comes_back_from_its_words_and_from_its_text(bytes in any::<[u8; 32]>()) {
            let key = Key::from_bytes(bytes);
            let words = to_words(&key).unwrap();
            prop_assert_eq!(words.len(), 24);
            for typed in [words.join(" "), format!("  {} ", words.join("\n").to_uppercase()), to_text(&key).unwrap(), to_text(&key).unwrap().to_lowercase()] {
                let read = read_key(&Secret::new(typed)).unwrap();
                prop_assert_eq!(read.bytes(), key.bytes());
            }
        }

        #[test]
        fn whatever_is_typed_ends_in_words(typed in ".{0,200}") {
            if let Err(error) = read_key(&Secret::new(typed)) {
                prop_assert_eq!(error, Error::from(RECOVERY_KEY_SHAPE.at("recovery_key")));
            }
        }
    }

    #[test]
    fn the_text_is_what_age_writes() {
        // The identity of the age specification's vectors, from its 32 bytes.
        let text = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
        assert_eq!(to_text(&Key::from_bytes([0x42; 32])).unwrap(), text);
    }

    #[test]
    fn two_words_at_their_numbers_agree() {
        let key = Key::make().unwrap();
        let kit = RecoveryKit::of(&key, VaultId::make(), CivilDate::default()).unwrap();
        let held = KitWords::of(&kit);
        let at = |position: u32| (position, kit.words[position as usize - 1].to_uppercase());
        assert_eq!(held.agree(&[at(1), at(24)]), Some(true));
        assert_eq!(held.agree(&[at(1), (2, "nonsense".to_owned())]), Some(false));
        assert_eq!(held.agree(&[(0, kit.words[0].clone())]), Some(false));
        assert_eq!(held.agree(&[(25, kit.words[0].clone())]), Some(false));
    }
}
