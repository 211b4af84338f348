//! The state digest: an order-independent hash of all rows (LtHash16, Bellare and Micciancio 1997; Lewi et al. 2019).
//!
//! Each row is spread by BLAKE3 over 1,024 numbers of 16 bits, and rows are added and subtracted number by number. So
//! the digest follows each write at the cost of the row alone, and a sweep over the store must come to the same
//! numbers: a row that was added, dropped or put back to an older version shows, though each row alone still opens.

use crate::engine::Row;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// The hash of a row before it has seen any, kept because making it takes as long as hashing a short row.
static ROW: LazyLock<blake3::Hasher> =
    LazyLock::new(|| blake3::Hasher::new_derive_key("keepwell 2026 state digest row"));
const LANES: usize = 1024;
/// The digest's length on disk, in bytes.
pub const STATE_BYTES: usize = LANES * 2;

/// The running digest.
#[derive(Clone, PartialEq, Eq)]
pub struct StateDigest(Box<[u16; LANES]>);

impl StateDigest {
    /// Returns the digest of no rows.
    #[must_use]
    pub fn empty() -> Self {
        Self(Box::new([0; LANES]))
    }

    /// Returns the digest of some rows.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let mut digest = Self::empty();
        rows.iter().for_each(|(key, value)| digest.add(key, value));
        digest
    }

    /// Adds the rows of another digest.
    pub fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(lane, theirs)| *lane = lane.wrapping_add(*theirs));
    }

    /// Adds a row.
    pub fn add(&mut self, key: &[u8], value: &[u8]) {
        self.mix(key, value, u16::wrapping_add);
    }

    /// Takes a row away.
    pub fn subtract(&mut self, key: &[u8], value: &[u8]) {
        self.mix(key, value, u16::wrapping_sub);
    }

    fn mix(&mut self, key: &[u8], value: &[u8], with: impl Fn(u16, u16) -> u16) {
        let mut hasher = ROW.clone();
        hasher.update(&(key.len() as u64).to_le_bytes());
        hasher.update(key);
        hasher.update(value);
        let mut spread = [0u8; STATE_BYTES];
        hasher.finalize_xof().fill(&mut spread);
        for (lane, bytes) in self.0.iter_mut().zip(spread.as_chunks::<2>().0) {
            *lane = with(*lane, u16::from_le_bytes(*bytes));
        }
    }

    /// Returns the numbers as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|lane| lane.to_le_bytes()).collect()
    }

    /// Reads the numbers back; nothing when the length is wrong.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != STATE_BYTES {
            return None;
        }
        let mut state = Self::empty();
        for (lane, pair) in state.0.iter_mut().zip(bytes.as_chunks::<2>().0) {
            *lane = u16::from_le_bytes(*pair);
        }
        Some(state)
    }

    /// Returns the hash that stands in a checkpoint.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.to_bytes()).into()
    }
}

impl std::fmt::Debug for StateDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StateDigest({})", hex::encode(self.hash()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn order_does_not_matter_and_taking_away_undoes(
            rows in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..20), prop::collection::vec(any::<u8>(), 0..50)), 0..20),
        ) {
            let mut forward = StateDigest::empty();
            rows.iter().for_each(|(key, value)| forward.add(key, value));
            let mut backward = StateDigest::empty();
            rows.iter().rev().for_each(|(key, value)| backward.add(key, value));
            let (some, others) = rows.split_at(rows.len() / 3);
            let mut joined = StateDigest::of(some);
            joined.join(&StateDigest::of(others));
            prop_assert_eq!(&forward, &joined);
            prop_assert_eq!(&forward, &backward);
            prop_assert_eq!(StateDigest::from_bytes(&forward.to_bytes()), Some(forward.clone()));
            rows.iter().for_each(|(key, value)| forward.subtract(key, value));
            prop_assert_eq!(forward, StateDigest::empty());
        }
    }

    #[test]
    fn a_byte_moved_from_key_to_value_shows() {
        let mut one = StateDigest::empty();
        one.add(b"ab", b"c");
        let mut other = StateDigest::empty();
        other.add(b"a", b"bc");
        assert_ne!(one, other);
    }

    #[test]
    fn a_checkpoint_states_the_sha_256_of_the_numbers() {
        let mut state = StateDigest::empty();
        // SHA-256 of 2,048 zeros, by another implementation.
        assert_eq!(hex::encode(state.hash()), "e5a00aa9991ac8a5ee3109844d84a55583bd20572ad3ffcd42792f3c36b183ad");
        state.add(b"key", b"value");
        let one: [u8; 32] = Sha256::digest(state.to_bytes()).into();
        assert_eq!(state.hash(), one);
        assert_ne!(one, StateDigest::empty().hash());
    }
}
