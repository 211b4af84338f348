//! Sealing to a public key (HPKE base mode, RFC 9180: X25519, HKDF-SHA-256, ChaCha20-Poly1305).

use crate::key::NoRandomness;
use crate::{Key, SealError};
use hpke::{
    Deserializable as _, OpModeR, OpModeS, Serializable as _, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

type PrivateKey = <X25519HkdfSha256 as hpke::Kem>::PrivateKey;
type EncappedKey = <X25519HkdfSha256 as hpke::Kem>::EncappedKey;

/// The public half of an X25519 key pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey(pub [u8; 32]);

/// Bytes that only the holder of one private key opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    encapsulated: [u8; 32],
    sealed: Vec<u8>,
}

impl PublicKey {
    /// Returns the public half of a private key.
    #[must_use]
    pub fn of(private: &Key) -> Self {
        let secret = x25519_dalek::StaticSecret::from(*private.bytes());
        Self(x25519_dalek::PublicKey::from(&secret).to_bytes())
    }

    /// Seals bytes so that only the private key's holder opens them; needs no secret. `info` says what they are for.
    ///
    /// # Errors
    /// [`SealError`] when the key is no key or the machine gave no randomness.
    pub fn seal(&self, info: &[u8], plain: &[u8]) -> Result<Envelope, SealError> {
        let to = <X25519HkdfSha256 as hpke::Kem>::PublicKey::from_bytes(&self.0).map_err(|_| SealError::Broken)?;
        let (encapsulated, sealed) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &to,
            info,
            plain,
            b"",
        )
        .map_err(|_| SealError::NoRandomness(NoRandomness))?;
        let encapsulated = encapsulated.to_bytes().as_slice().try_into().map_err(|_| SealError::Short)?;
        Ok(Envelope { encapsulated, sealed })
    }
}

impl Envelope {
    /// Returns the envelope as bytes: the encapsulated key, then the ciphertext.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.encapsulated.as_slice(), &self.sealed].concat()
    }

    /// Reads an envelope back; nothing when it is too short to be one.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (encapsulated, sealed) = bytes.split_first_chunk::<32>()?;
        Some(Self { encapsulated: *encapsulated, sealed: sealed.to_vec() })
    }

    /// Opens the bytes with the private key.
    ///
    /// # Errors
    /// [`SealError::Broken`] for another key, another `info` or changed bytes.
    pub fn open(&self, private: &Key, info: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let key = PrivateKey::from_bytes(private.bytes()).map_err(|_| SealError::Broken)?;
        let encapsulated = EncappedKey::from_bytes(&self.encapsulated).map_err(|_| SealError::Broken)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &key,
            &encapsulated,
            info,
            &self.sealed,
            b"",
        )
        .map(Zeroizing::new)
        .map_err(|_| SealError::Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_holder_opens_and_only_for_the_same_purpose() {
        let private = Key::make().unwrap();
        let envelope = PublicKey::of(&private).seal(b"grant", b"compartment key").unwrap();
        assert_eq!(&*envelope.open(&private, b"grant").unwrap(), b"compartment key");
        assert!(envelope.open(&private, b"segment").is_err());
        assert!(envelope.open(&Key::make().unwrap(), b"grant").is_err());
        let mut changed = envelope.clone();
        changed.sealed[0] ^= 1;
        assert!(changed.open(&private, b"grant").is_err());
    }
}
