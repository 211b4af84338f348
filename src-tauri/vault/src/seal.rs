//! How one value is sealed.
//!
//! `[format 1][suite 1][key epoch 4, big-endian][nonce 24][ciphertext and tag 16]`. The head is authenticated together
//! with the vault id and the full storage key, so a value that was moved to another key does not open.
//!
//! Suite 1 is XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), computed as HChaCha20 followed by ring's
//! ChaCha20-Poly1305: the same bytes as the `chacha20poly1305` crate, two to three times faster. Suite 2 is
//! AES-256-GCM under a key derived for each value from the first half of the nonce, which lifts the limit on random
//! 96-bit nonces (the idea of XAES-256-GCM, with HKDF in place of its KDF).

use crate::Key;
use crate::key::{NoRandomness, random};
use chacha20::hchacha;
use ring::aead::{AES_256_GCM, Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

/// Bytes before the ciphertext.
pub const HEAD_BYTES: usize = 1 + 1 + 4 + NONCE_BYTES;
/// What sealing adds to a value.
pub const OVERHEAD_BYTES: usize = HEAD_BYTES + TAG_BYTES;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
const FORMAT: u8 = 1;

/// The cipher of a practice, chosen when it is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// XChaCha20-Poly1305.
    XChaCha20Poly1305,
    /// AES-256-GCM with a key of its own for each value.
    Aes256Gcm,
}

/// Why a sealed value does not open. It never says more, because more would help whoever made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Shorter than any sealed value.
    #[error("a sealed value is cut short")]
    Short,
    /// A format or suite this program does not know.
    #[error("a sealed value is of an unknown format")]
    UnknownFormat,
    /// Sealed in an epoch whose key is not held.
    #[error("the key of a sealed value is not held")]
    NoKey,
    /// The seal is broken: edited, moved or sealed under another key.
    #[error("a seal is broken")]
    Broken,
    /// The machine gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl Suite {
    /// Returns the number on disk.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::XChaCha20Poly1305 => 1,
            Self::Aes256Gcm => 2,
        }
    }

    /// Returns the suite a number stands for, or nothing.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::XChaCha20Poly1305),
            2 => Some(Self::Aes256Gcm),
            _ => None,
        }
    }

    /// Returns the name used on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::XChaCha20Poly1305 => "xchacha20-poly1305",
            Self::Aes256Gcm => "aes-256-gcm",
        }
    }

    /// Returns the suite of a name, or nothing.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::XChaCha20Poly1305, Self::Aes256Gcm].into_iter().find(|suite| suite.name() == name)
    }

    /// Seals a value. `bound` is what it is bound to: the vault and the storage key.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn seal(self, key: &Key, epoch: u32, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        self.seal_with(key, epoch, random()?, bound, plain)
    }

    fn seal_with(
        self,
        key: &Key,
        epoch: u32,
        nonce: [u8; NONCE_BYTES],
        bound: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let mut sealed = Vec::with_capacity(OVERHEAD_BYTES + plain.len());
        sealed.extend_from_slice(&[FORMAT, self.number()]);
        sealed.extend_from_slice(&epoch.to_be_bytes());
        sealed.extend_from_slice(&nonce);
        let aad = [sealed.as_slice(), bound].concat();
        sealed.extend_from_slice(plain);
        let (cipher, nonce) = self.cipher(key, &nonce)?;
        let (_, body) = sealed.split_at_mut_checked(HEAD_BYTES).ok_or(SealError::Short)?;
        let tag = cipher.seal_in_place_separate_tag(nonce, Aad::from(aad), body).map_err(|_| SealError::Broken)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Keys the AEAD for one nonce. The twelve bytes that remain of the nonce go to the inner cipher.
    pub(crate) fn cipher(self, key: &Key, nonce: &[u8; NONCE_BYTES]) -> Result<(LessSafeKey, Nonce), SealError> {
        let (algorithm, inner, rest) = match self {
            Self::XChaCha20Poly1305 => {
                let (head, tail) = nonce.split_at(16);
                let head: [u8; 16] = head.try_into().map_err(|_| SealError::Short)?;
                let mut subkey = hchacha::<chacha20::R20>(&(*key.bytes()).into(), &head.into());
                let inner = Key::from_slice(&subkey).ok_or(SealError::Short)?;
                zeroize::Zeroize::zeroize(subkey.as_mut_slice());
                let mut rest = [0u8; 12];
                rest.iter_mut().skip(4).zip(tail).for_each(|(to, from)| *to = *from);
                (&CHACHA20_POLY1305, inner, rest)
            }
            Self::Aes256Gcm => {
                let (head, tail) = nonce.split_at(12);
                let rest: [u8; 12] = tail.try_into().map_err(|_| SealError::Short)?;
                (&AES_256_GCM, key.derive(head, b"keepwell/seal/aes-256-gcm"), rest)
            }
        };
        let key = UnboundKey::new(algorithm, inner.bytes()).map_err(|_| SealError::Broken)?;
        Ok((LessSafeKey::new(key), Nonce::assume_unique_for_key(rest)))
    }
}

/// Returns the key epoch that a sealed value names.
///
/// # Errors
/// [`SealError::Short`].
pub fn epoch(sealed: &[u8]) -> Result<u32, SealError> {
    match sealed {
        [_, _, e0, e1, e2, e3, ..] => Ok(u32::from_be_bytes([*e0, *e1, *e2, *e3])),
        _ => Err(SealError::Short),
    }
}

/// Opens a sealed value, asking for the key of the epoch that it names.
///
/// # Errors
/// [`SealError`].
pub fn open<'k>(
    key_of: impl FnOnce(u32) -> Option<&'k Key>,
    bound: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (head, body) = sealed.split_at_checked(HEAD_BYTES).ok_or(SealError::Short)?;
    if body.len() < TAG_BYTES {
        return Err(SealError::Short);
    }
    let [format, suite, e0, e1, e2, e3, nonce @ ..] = head else { return Err(SealError::Short) };
    if *format != FORMAT {
        return Err(SealError::UnknownFormat);
    }
    let suite = Suite::from_number(*suite).ok_or(SealError::UnknownFormat)?;
    let key = key_of(u32::from_be_bytes([*e0, *e1, *e2, *e3])).ok_or(SealError::NoKey)?;
    let nonce: &[u8; NONCE_BYTES] = nonce.try_into().map_err(|_| SealError::Short)?;
    let (cipher, nonce) = suite.cipher(key, nonce)?;
    let aad = [head, bound].concat();
    let mut plain = Zeroizing::new(body.to_vec());
    let length = cipher.open_in_place(nonce, Aad::from(aad), &mut plain).map_err(|_| SealError::Broken)?.len();
    plain.truncate(length);
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
    use proptest::prelude::*;

    /// Seals with the reference crates, from the description at the top of this file and nothing else.
    fn reference(suite: Suite, key: &Key, epoch: u32, nonce: [u8; 24], bound: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut head = vec![1, suite.number()];
        head.extend_from_slice(&epoch.to_be_bytes());
        head.extend_from_slice(&nonce);
        let aad = [head.as_slice(), bound].concat();
        let payload = Payload { msg: plain, aad: &aad };
        let body = match suite {
            Suite::XChaCha20Poly1305 => {
                chacha20poly1305::XChaCha20Poly1305::new(&(*key.bytes()).into()).encrypt(&nonce.into(), payload)
            }
            Suite::Aes256Gcm => {
                let inner = key.derive(&nonce[..12], b"keepwell/seal/aes-256-gcm");
                let rest: [u8; 12] = nonce[12..].try_into().unwrap();
                aes_gcm::Aes256Gcm::new(&(*inner.bytes()).into()).encrypt(&rest.into(), payload)
            }
        };
        [head, body.unwrap()].concat()
    }

    proptest! {
        #[test]
        fn both_suites_are_the_reference_crates_to_the_byte(
            key in any::<[u8; 32]>(), nonce in any::<[u8; 24]>(), epoch in any::<u32>(),
            bound in prop::collection::vec(any::<u8>(), 0..80), plain in prop::collection::vec(any::<u8>(), 0..2000),
        ) {
            let key = Key::from_bytes(key);
            for suite in [Suite::XChaCha20Poly1305, Suite::Aes256Gcm] {
                let sealed = suite.seal_with(&key, epoch, nonce, &bound, &plain).unwrap();
                prop_assert_eq!(&sealed, &reference(suite, &key, epoch, nonce, &bound, &plain));
                let opened = open(|asked| (asked == epoch).then_some(&key), &bound, &sealed).unwrap();
                prop_assert_eq!(&*opened, &plain);
            }
        }

        #[test]
        fn no_flipped_bit_and_no_other_place_opens(
            plain in prop::collection::vec(any::<u8>(), 0..64), at in any::<prop::sample::Index>(), bit in 0u8..8,
        ) {
            let key = Key::from_bytes([9; 32]);
            for suite in [Suite::XChaCha20Poly1305, Suite::Aes256Gcm] {
                let mut sealed = suite.seal(&key, 1, b"here", &plain).unwrap();
                prop_assert_eq!(open(|_| Some(&key), b"there", &sealed), Err(SealError::Broken));
                let at = at.index(sealed.len());
                sealed[at] ^= 1 << bit;
                prop_assert!(open(|epoch| (epoch == 1).then_some(&key), b"here", &sealed).is_err());
            }
        }

        #[test]
        fn arbitrary_bytes_end_in_words(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let key = Key::from_bytes([9; 32]);
            prop_assert!(open(|_| Some(&key), b"", &bytes).is_err());
        }
    }

    #[test]
    fn the_shortest_sealed_value_opens_and_a_shorter_one_is_cut() {
        let key = Key::from_bytes([9; 32]);
        for suite in [Suite::XChaCha20Poly1305, Suite::Aes256Gcm] {
            let sealed = suite.seal(&key, 1, b"here", b"").unwrap();
            assert_eq!(sealed.len(), OVERHEAD_BYTES);
            assert_eq!(open(|_| Some(&key), b"here", &sealed).unwrap().len(), 0);
            for length in 0..sealed.len() {
                assert_eq!(open(|_| Some(&key), b"here", &sealed[..length]), Err(SealError::Short), "{length} bytes");
            }
        }
    }
}
