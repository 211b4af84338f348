//! From a passphrase and the device key to the key that opens one person's staff keys.

use crate::key::{NoRandomness, random};
use crate::{Key, SealError, Suite, seal};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// The least memory, in KiB, and the least passes the program accepts (RFC 9106 section 4, second choice).
const MEMORY_KIB_MIN: u32 = 64 * 1024;
const PASSES_MIN: u32 = 3;
const LANES: u32 = 4;
/// The most memory, in KiB, that a file may ask for; a forged file must not be able to exhaust the machine.
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 64;
/// How long a derivation should take at least.
const AIM: Duration = Duration::from_millis(250);

/// What Argon2id is asked to cost. Stored beside what it protects, and authenticated with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// Why no key came out.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// The stored cost is outside what the program accepts.
    #[error("the stored cost of a passphrase is out of bounds")]
    Cost,
    /// The machine has not the memory that the stored cost asks for.
    #[error("the passphrase could not be worked on: {0}")]
    Machine(String),
    /// The passphrase, the device key or the sealed bytes are wrong; which of them cannot be told.
    #[error("the passphrase does not open this")]
    Wrong,
    /// The machine gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl Cost {
    /// Measures this machine and returns a cost of at least 250 ms, never under the floor.
    #[must_use]
    pub fn calibrated() -> Self {
        #[cfg(feature = "test-engine")]
        {
            Self::for_tests()
        }
        #[cfg(not(feature = "test-engine"))]
        {
            Self::measured()
        }
    }

    /// The cheapest cost; only tests, which derive hundreds of keys, ever see it.
    #[cfg(any(test, feature = "test-engine"))]
    #[must_use]
    pub const fn for_tests() -> Self {
        Self { memory_kib: 64, passes: 1, lanes: 1 }
    }

    #[cfg_attr(feature = "test-engine", allow(dead_code, reason = "tests take the cheapest cost instead"))]
    fn measured() -> Self {
        let mut cost = Self { memory_kib: MEMORY_KIB_MIN, passes: PASSES_MIN, lanes: LANES };
        loop {
            let begun = Instant::now();
            if cost.stretch(b"calibration", &[0; 16]).is_err() {
                return Self { memory_kib: MEMORY_KIB_MIN, ..cost };
            }
            if begun.elapsed() >= AIM || cost.memory_kib >= MEMORY_KIB_MAX {
                return cost;
            }
            cost.memory_kib *= 2;
        }
    }

    fn accepted(self) -> bool {
        #[cfg(any(test, feature = "test-engine"))]
        if self == Self::for_tests() {
            return true;
        }
        (MEMORY_KIB_MIN..=MEMORY_KIB_MAX).contains(&self.memory_kib)
            && (PASSES_MIN..=PASSES_MAX).contains(&self.passes)
            && (1..=16).contains(&self.lanes)
    }

    fn stretch(self, passphrase: &[u8], salt: &[u8; 16]) -> Result<Key, PassphraseError> {
        let machine = |error: argon2::Error| PassphraseError::Machine(error.to_string());
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(machine)?;
        let mut out = [0u8; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase, salt, &mut out)
            .map_err(machine)?;
        Ok(Key::from_bytes(out))
    }
}

/// Bytes that only a passphrase together with this machine's device key opens.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PassphraseSeal {
    cost: Cost,
    salt: [u8; 16],
    sealed: Vec<u8>,
}

impl PassphraseSeal {
    /// Seals bytes. `bound` says what they are for, so that one person's cannot stand in for another's.
    ///
    /// # Errors
    /// [`PassphraseError`].
    pub fn make(
        cost: Cost,
        passphrase: &str,
        device: &Key,
        bound: &[u8],
        plain: &[u8],
    ) -> Result<Self, PassphraseError> {
        let salt = random()?;
        let key = key_encryption_key(cost, passphrase, &salt, device)?;
        let sealed = Suite::XChaCha20Poly1305
            .seal(&key, 0, &bound_with(cost, &salt, bound), plain)
            .map_err(|_| PassphraseError::Wrong)?;
        Ok(Self { cost, salt, sealed })
    }

    /// Opens the bytes.
    ///
    /// # Errors
    /// [`PassphraseError::Wrong`] for a wrong passphrase, another machine or changed bytes alike.
    pub fn open(
        &self,
        passphrase: &str,
        device: &Key,
        bound: &[u8],
    ) -> Result<zeroize::Zeroizing<Vec<u8>>, PassphraseError> {
        if !self.cost.accepted() {
            return Err(PassphraseError::Cost);
        }
        let key = key_encryption_key(self.cost, passphrase, &self.salt, device)?;
        seal::open(|_| Some(&key), &bound_with(self.cost, &self.salt, bound), &self.sealed).map_err(|error| match error
        {
            SealError::NoRandomness(error) => PassphraseError::NoRandomness(error),
            _ => PassphraseError::Wrong,
        })
    }

    /// Does the work of one attempt and throws it away, so that an unknown user name takes as long as a known one.
    pub fn pretend(cost: Cost, passphrase: &str) {
        drop(cost.stretch(passphrase.as_bytes(), &[0; 16]));
    }
}

/// KEK = HKDF-SHA-256(Argon2id output ‖ device key): neither the stolen disk nor the passphrase alone is enough.
fn key_encryption_key(cost: Cost, passphrase: &str, salt: &[u8; 16], device: &Key) -> Result<Key, PassphraseError> {
    let stretched = cost.stretch(passphrase.as_bytes(), salt)?;
    let mut both = zeroize::Zeroizing::new([0u8; 64]);
    let bytes = stretched.bytes().iter().chain(device.bytes());
    both.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    let hkdf = hkdf::Hkdf::<sha2::Sha256>::new(Some(salt), both.as_slice());
    let mut out = [0u8; 32];
    hkdf.expand(b"keepwell/kek", &mut out).map_err(|_| PassphraseError::Wrong)?;
    Ok(Key::from_bytes(out))
}

fn bound_with(cost: Cost, salt: &[u8; 16], bound: &[u8]) -> Vec<u8> {
    let mut all = b"keepwell/passphrase/1".to_vec();
    for number in [cost.memory_kib, cost.passes, cost.lanes] {
        all.extend_from_slice(&number.to_be_bytes());
    }
    all.extend_from_slice(salt);
    all.extend_from_slice(bound);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_with_the_same_passphrase_machine_and_purpose() {
        let device = Key::from_bytes([1; 32]);
        let seal = PassphraseSeal::make(Cost::for_tests(), "correct horse", &device, b"ito", b"keys").unwrap();
        assert_eq!(&*seal.open("correct horse", &device, b"ito").unwrap(), b"keys");
        for (passphrase, device, bound) in [
            ("correct hors", Key::from_bytes([1; 32]), b"ito".as_slice()),
            ("correct horse", Key::from_bytes([2; 32]), b"ito"),
            ("correct horse", Key::from_bytes([1; 32]), b"lee"),
        ] {
            assert!(matches!(seal.open(passphrase, &device, bound), Err(PassphraseError::Wrong)));
        }
    }

    #[test]
    fn a_lowered_cost_is_refused_and_a_changed_one_does_not_open() {
        let device = Key::from_bytes([1; 32]);
        let mut seal = PassphraseSeal::make(Cost::for_tests(), "correct horse", &device, b"", b"keys").unwrap();
        seal.cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };
        assert!(matches!(seal.open("correct horse", &device, b""), Err(PassphraseError::Cost)));
        seal.cost = Cost { memory_kib: MEMORY_KIB_MIN, passes: PASSES_MIN, lanes: 1 };
        assert!(matches!(seal.open("correct horse", &device, b""), Err(PassphraseError::Wrong)));
    }

    #[test]
    fn the_measured_cost_is_never_under_the_floor() {
        let cost = Cost::measured();
        assert!(cost.memory_kib >= MEMORY_KIB_MIN && cost.passes >= PASSES_MIN, "{cost:?}");
        assert!(cost.accepted());
    }

    #[test]
    fn a_stored_cost_is_accepted_from_the_floor_to_the_ceiling_and_not_beyond() {
        for (memory_kib, passes, lanes, accepted) in [
            (65_536, 3, 4, true),
            (65_535, 3, 4, false),
            (65_536, 2, 4, false),
            (1_048_576, 64, 16, true),
            (1_048_577, 64, 16, false),
            (1_048_576, 65, 16, false),
            (1_048_576, 64, 17, false),
            (65_536, 3, 1, true),
            (65_536, 3, 0, false),
        ] {
            let cost = Cost { memory_kib, passes, lanes };
            assert_eq!(cost.accepted(), accepted, "{cost:?}");
        }
    }
}
