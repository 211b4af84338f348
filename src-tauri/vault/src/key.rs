//! Key material: thirty-two bytes that are wiped when they go.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Thirty-two secret bytes. They are wiped on drop, never printed and never serialised by accident.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

/// The machine gave no random bytes; nothing secret can be made without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the machine gave no random bytes")]
pub struct NoRandomness;

/// Fills an array with random bytes from the machine.
///
/// # Errors
/// [`NoRandomness`] when the operating system refuses.
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

impl Key {
    /// Makes a random key.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn make() -> Result<Self, NoRandomness> {
        random().map(Self)
    }

    /// Takes bytes over as a key.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Takes a slice over as a key, when it is thirty-two bytes long.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Returns the bytes, for the few places that feed a cipher.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Derives a key for one stated use (HKDF-SHA-256, RFC 5869).
    #[must_use]
    pub fn derive(&self, salt: &[u8], info: &[u8]) -> Self {
        let mut out = [0u8; 32];
        let hkdf = Hkdf::<Sha256>::new(Some(salt), &self.0);
        // Thirty-two bytes are always within HKDF's limit, so the error cannot arise; a zero key would be a
        // catastrophe, so the impossible branch still derives from something secret.
        if hkdf.expand(info, &mut out).is_err() {
            out = self.0;
        }
        Self(out)
    }

    /// Authenticates bytes (HMAC-SHA-256, RFC 2104).
    #[must_use]
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new(&hmac_key(&self.0));
        for part in parts {
            // Lengths go in first, so that no two lists of parts are the same bytes.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Returns the public half of an Ed25519 seed.
#[must_use]
pub fn verifying_key(seed: &Key) -> [u8; 32] {
    ed25519_dalek::SigningKey::from_bytes(seed.bytes()).verifying_key().to_bytes()
}

/// Pads the key to SHA-256's block, as HMAC does with any key shorter than a block.
fn hmac_key(key: &[u8; 32]) -> hmac::digest::Key<Hmac<Sha256>> {
    let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    block
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_not_show_itself() {
        assert_eq!(format!("{:?}", Key::from_bytes([7; 32])), "Key(***)");
    }

    #[test]
    fn parts_are_not_interchangeable_with_their_concatenation() {
        let key = Key::from_bytes([1; 32]);
        assert_ne!(key.mac(&[b"ab", b"c"]), key.mac(&[b"a", b"bc"]));
        assert_ne!(key.derive(b"a", b"b").bytes(), key.derive(b"b", b"a").bytes());
    }
}
