//! What a browser opens by itself: AES-256-GCM under a key of its own, and that key under a passphrase, with what every
//! WebCrypto has. It is for pages that leave the practice and must open where this program is not.

use crate::{VaultError, random};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::pbkdf2::{PBKDF2_HMAC_SHA256, derive};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;
use zeroize::{Zeroize as _, Zeroizing};

/// Rounds of PBKDF2-HMAC-SHA-256. A browser knows no better derivation; OWASP asks for 600,000 of this one.
const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(999_999);

/// A key in clear for the program, and sealed under a passphrase for everybody else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowserKey {
    key: [u8; 32],
    /// Makes equal passphrases differ.
    pub salt: [u8; 16],
    /// Rounds of the derivation.
    pub rounds: u32,
    /// The nonce with which the key is sealed.
    pub wrap_nonce: [u8; 12],
    /// The key, sealed under what the passphrase derives.
    pub wrapped: Vec<u8>,
}

/// Bytes that were sealed under a [`BrowserKey`].
pub struct BrowserSealed {
    /// The nonce.
    pub nonce: [u8; 12],
    /// The sealed bytes with their tag.
    pub sealed: Vec<u8>,
}

impl Drop for BrowserKey {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl BrowserKey {
    /// Makes a key that a passphrase opens; `form` is bound by both ciphers, so that one form is never taken for another.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn make(passphrase: &str, form: &str) -> Result<Self, VaultError> {
        let (key, salt, wrap_nonce) = (random()?, random()?, random()?);
        let mut opener = Zeroizing::new([0; 32]);
        derive(PBKDF2_HMAC_SHA256, ROUNDS, &salt, passphrase.as_bytes(), &mut *opener);
        let wrapped = encrypt(&opener, &wrap_nonce, &key, form)?;
        Ok(Self { key, salt, rounds: ROUNDS.get(), wrap_nonce, wrapped })
    }

    /// Seals bytes.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn seal(&self, bytes: &[u8], form: &str) -> Result<BrowserSealed, VaultError> {
        let nonce = random()?;
        Ok(BrowserSealed { nonce, sealed: encrypt(&self.key, &nonce, bytes, form)? })
    }
}

fn encrypt(key: &[u8; 32], nonce: &[u8; 12], bytes: &[u8], form: &str) -> Result<Vec<u8>, VaultError> {
    let cannot = |_| VaultError::Contradiction("a page that cannot be sealed");
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(cannot)?);
    let mut sealed = bytes.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    cipher.seal_in_place_append_tag(nonce, Aad::from(form.as_bytes()), &mut sealed).map_err(cannot)?;
    Ok(sealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    // Not the library that sealed it.
    use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
    use aes_gcm::{Aes256Gcm, Nonce};

    fn decrypt(key: &[u8], nonce: [u8; 12], sealed: &[u8], form: &str) -> Option<Vec<u8>> {
        let cipher = Aes256Gcm::new(key.try_into().unwrap());
        cipher.decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: form.as_bytes() }).ok()
    }

    #[test]
    fn the_passphrase_opens_the_key_and_the_key_what_was_sealed() {
        let key = BrowserKey::make("seven tame otters", "form-1").unwrap();
        let first = key.seal(b"Nguyen", "form-1").unwrap();
        let open = |passphrase: &str, form: &str| {
            let mut opener = [0; 32];
            let rounds = NonZeroU32::new(key.rounds).unwrap();
            derive(PBKDF2_HMAC_SHA256, rounds, &key.salt, passphrase.as_bytes(), &mut opener);
            let key = decrypt(&opener, key.wrap_nonce, &key.wrapped, form)?;
            decrypt(&key, first.nonce, &first.sealed, form)
        };
        assert_eq!(open("seven tame otters", "form-1").as_deref(), Some(&b"Nguyen"[..]));
        assert_eq!((open("seven tame otter", "form-1"), open("seven tame otters", "form-2")), (None, None));
        assert_ne!(key.seal(b"Nguyen", "form-1").unwrap().sealed, first.sealed, "each has a nonce of its own");
    }
}
