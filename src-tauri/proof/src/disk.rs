//! A disk under redb that records every call, and that can be told to fail at one of them.

use crate::history::{Event, History};
use crate::medium::Media;
use keepwell_vault::engine::Part;
use redb::StorageBackend;
use std::io::{Error, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is asked of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// A read.
    Read,
    /// A write.
    Write,
    /// A sync.
    Sync,
    /// A change of length.
    Resize,
}

/// When and how a disk fails.
#[derive(Debug, Clone, Copy)]
pub struct Failing {
    /// The call that fails, counted from 0.
    pub at: u64,
    /// Every call of these kinds fails from then on, or the one alone.
    pub lasting: bool,
    /// What the system says.
    pub says: ErrorKind,
}

#[derive(Debug, Default)]
struct Inner {
    media: Media,
    calls: Vec<Ask>,
    failing: Option<Failing>,
    failed: u64,
}

/// A drive with the files of one store on it. Clones are the same drive.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    inner: Arc<Mutex<Inner>>,
    history: Option<Arc<History>>,
}

impl Disk {
    /// Puts files into a drive that records nothing.
    #[must_use]
    pub fn with(media: impl Into<Media>) -> Self {
        let inner = Inner { media: media.into(), ..Inner::default() };
        Self { inner: Arc::new(Mutex::new(inner)), history: None }
    }

    /// Puts files into a drive that records.
    #[must_use]
    pub fn recording(media: impl Into<Media>, history: Arc<History>) -> Self {
        Self { history: Some(history), ..Self::with(media) }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what the files hold now.
    #[must_use]
    pub fn media(&self) -> Media {
        self.inner().media.clone()
    }

    /// Puts other files in.
    pub fn replace(&self, media: impl Into<Media>) {
        self.inner().media = media.into();
    }

    /// Mounts one of the files.
    #[must_use]
    pub fn file(&self, part: Part) -> File {
        File { disk: self.clone(), part }
    }

    /// Makes the drive fail, or mends it; calls are counted from here.
    pub fn fail(&self, failing: Option<Failing>) {
        let mut inner = self.inner();
        inner.calls.clear();
        (inner.failing, inner.failed) = (failing, 0);
    }

    /// Returns the calls since they were last counted, and how many of them failed.
    #[must_use]
    pub fn calls(&self) -> (Vec<Ask>, u64) {
        let inner = self.inner();
        (inner.calls.clone(), inner.failed)
    }

    fn asked(&self, ask: Ask) -> Result<MutexGuard<'_, Inner>, Error> {
        let mut inner = self.inner();
        let number = inner.calls.len() as u64;
        inner.calls.push(ask);
        let failing = inner.failing.filter(|one| number == one.at || (one.lasting && number > one.at));
        // A full disk still reads, and still writes over what is there.
        let failing =
            failing.filter(|one| one.says != ErrorKind::StorageFull || matches!(ask, Ask::Write | Ask::Resize));
        if let Some(failing) = failing {
            inner.failed += 1;
            return Err(failing.says.into());
        }
        Ok(inner)
    }

    fn note(&self, event: impl FnOnce() -> Event) {
        if let Some(history) = &self.history {
            history.note(event());
        }
    }
}

/// One file of a drive. Every mounting of it is the same file.
#[derive(Debug, Clone)]
pub struct File {
    disk: Disk,
    part: Part,
}

impl StorageBackend for File {
    fn len(&self) -> Result<u64, Error> {
        Ok(self.disk.inner().media.part(self.part).bytes())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), Error> {
        self.disk.asked(Ask::Read)?.media.part(self.part).read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<(), Error> {
        let mut inner = self.disk.asked(Ask::Resize)?;
        inner.media.part_mut(self.part).set_len(len);
        // Noted while the drive is held, so that the history has the order the medium saw.
        self.disk.note(|| Event::Resized(self.part, len));
        Ok(())
    }

    fn sync_data(&self) -> Result<(), Error> {
        let _held = self.disk.asked(Ask::Sync)?;
        self.disk.note(|| Event::Synced(self.part));
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), Error> {
        let mut inner = self.disk.asked(Ask::Write)?;
        let medium = inner.media.part_mut(self.part);
        if medium.bytes() < offset + data.len() as u64 {
            medium.set_len(offset + data.len() as u64);
        }
        medium.write(offset, data);
        self.disk.note(|| Event::Wrote { part: self.part, offset, bytes: data.to_vec() });
        Ok(())
    }
}
