//! The key under which one session adds to the log, sealed to the log's readers.

use crate::key::random;
use crate::{Envelope, Key, PublicKey, SealError, Suite, seal};
use keepwell_kernel::VaultId;
use zeroize::Zeroizing;

const INFO: &[u8] = b"keepwell/log segment/1";

/// A stretch of the log written by one session. Whoever holds it can add entries; only the log's readers, and the
/// session itself while it lasts, can open them again.
pub struct Segment {
    id: [u8; 16],
    key: Key,
}

impl Segment {
    /// Begins a segment and returns it with the envelope that the log keeps for its readers.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn begin(readers: PublicKey) -> Result<(Self, Envelope), SealError> {
        let (id, key) = (random()?, Key::make()?);
        let envelope = readers.seal(INFO, key.bytes())?;
        Ok((Self { id, key }, envelope))
    }

    /// Opens a segment as one of the log's readers.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn open(id: [u8; 16], envelope: &Envelope, reader: &Key) -> Result<Self, SealError> {
        let opened = envelope.open(reader, INFO)?;
        Ok(Self { id, key: Key::from_slice(&opened).ok_or(SealError::Short)? })
    }

    /// Returns the segment's id.
    #[must_use]
    pub const fn id(&self) -> &[u8; 16] {
        &self.id
    }

    /// Seals an entry for its place in the log.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn seal(&self, suite: Suite, vault: VaultId, sequence: u64, entry: &[u8]) -> Result<Vec<u8>, SealError> {
        suite.seal(&self.key, 0, &self.bound(vault, sequence), entry)
    }

    /// Opens an entry from its place in the log.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn open_entry(&self, vault: VaultId, sequence: u64, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        seal::open(|_| Some(&self.key), &self.bound(vault, sequence), sealed)
    }

    fn bound(&self, vault: VaultId, sequence: u64) -> Vec<u8> {
        [vault.bytes().as_slice(), b"log entry", &self.id, &sequence.to_be_bytes()].concat()
    }
}
