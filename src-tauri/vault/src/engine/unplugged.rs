//! A disk for tests, in memory: it outlives the stores on it, and takes nothing for good while it is unplugged.

use redb::StorageBackend;
use redb::backends::InMemoryBackend;
use std::io::{Error, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A disk; its clones are the same one.
#[derive(Debug, Clone, Default)]
pub(super) struct Disk(Arc<InMemoryBackend>, Arc<AtomicBool>);

impl Disk {
    /// From now on every sync fails, or none does.
    pub(super) fn unplug(&self, unplugged: bool) {
        self.1.store(unplugged, Ordering::SeqCst);
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64, Error> {
        self.0.len()
    }
    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), Error> {
        self.0.read(offset, out)
    }
    fn set_len(&self, len: u64) -> Result<(), Error> {
        self.0.set_len(len)
    }
    fn sync_data(&self) -> Result<(), Error> {
        if self.1.load(Ordering::SeqCst) { Err(ErrorKind::TimedOut.into()) } else { self.0.sync_data() }
    }
    fn write(&self, offset: u64, data: &[u8]) -> Result<(), Error> {
        self.0.write(offset, data)
    }
}
