//! The folder of a practice: the sealed store, and the local log of faults beside it.

use chrono::SecondsFormat;
use keepwell_kernel::{Fault, Instant};
use keepwell_log::door::Home;
use keepwell_vault::engine::{Engine, EngineError, FileEngine};
use keepwell_vault::{Keychain, PassingKeychain};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of the store's file.
pub const STORE: &str = "practice.keepwell";
/// A copy that is looked at once, sealed like the store and beside it: no other place is known to have the room.
const SCRATCH: &str = "scratch.keepwell";
/// A copy from a backup that is opened for looking.
const COPY: &str = "copy.keepwell";
const FAULTS: &str = "faults.log";
const OLDER_FAULTS: &str = "faults.older.log";
/// A log of faults beyond this is put aside once, and the one put aside before is dropped.
const FAULTS_BYTES_MAX: u64 = 256 * 1024;

/// A folder with a practice in it, or one that waits for it.
pub struct Folder {
    path: PathBuf,
    name: &'static str,
    keychain: Arc<dyn Keychain>,
    at_leisure: bool,
}

impl Folder {
    /// Names a folder; it is made, for its owner alone, when the practice is.
    #[must_use]
    pub fn at(path: &Path, keychain: Arc<dyn Keychain>) -> Self {
        Self { path: path.to_owned(), name: STORE, keychain, at_leisure: false }
    }

    /// Names a folder for a demonstration to be made: nobody relies on what is in it before it is whole, and waiting
    /// for the disk at each of millions of entries takes longer than everything else.
    #[must_use]
    pub fn of_a_demonstration(path: &Path, keychain: Arc<dyn Keychain>) -> Self {
        Self { path: path.to_owned(), name: STORE, keychain, at_leisure: true }
    }

    /// Names a folder for a copy from a backup. Its device key is in memory alone: once the program has ended, however it
    /// ended, only the recovery kit opens what is left of it.
    #[must_use]
    pub fn of_a_copy(path: &Path) -> Self {
        let keychain = Arc::new(PassingKeychain::default());
        Self { path: path.to_owned(), name: COPY, keychain, at_leisure: true }
    }

    fn store(&self) -> PathBuf {
        self.path.join(self.name)
    }
}

impl Home for Folder {
    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        Ok(Box::new(FileEngine::open(&self.store())?))
    }

    fn create(&self) -> Result<Box<dyn Engine>, EngineError> {
        let mut making = std::fs::DirBuilder::new();
        making.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
        making.create(&self.path).map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => EngineError::ReadOnly,
            ErrorKind::StorageFull => EngineError::Full,
            _ => EngineError::Disk(error),
        })?;
        let store = self.store();
        let made = if self.at_leisure { FileEngine::create_at_leisure(&store) } else { FileEngine::create(&store) };
        Ok(Box::new(made?))
    }

    fn keep(&self) -> Result<(), EngineError> {
        FileEngine::keep(&self.store())
    }

    fn discard(&self) -> Result<(), EngineError> {
        FileEngine::discard(&self.store())
    }

    fn scratch(&self) -> Result<Box<dyn Engine>, EngineError> {
        Ok(Box::new(FileEngine::create_at_leisure(&self.path.join(SCRATCH))?))
    }

    fn clear_scratch(&self) -> Result<(), EngineError> {
        FileEngine::discard(&self.path.join(SCRATCH))
    }

    fn erase(&self) -> Result<(), EngineError> {
        self.clear_scratch()?;
        FileEngine::erase(&self.store())
    }

    fn keychain(&self) -> Arc<dyn Keychain> {
        Arc::clone(&self.keychain)
    }

    fn at_leisure(&self) -> bool {
        self.at_leisure
    }
}

/// The local log of faults: when, the reference the person was given, and what went wrong. Never a patient's data.
pub struct Faults {
    folder: PathBuf,
}

impl Faults {
    /// Names the folder.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Returns the newest lines of the log, oldest first; none where there is no log.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn newest(&self, most: usize) -> std::io::Result<Vec<String>> {
        let text = match std::fs::read_to_string(self.folder.join(FAULTS)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let lines: Vec<&str> = text.lines().collect();
        Ok(lines.iter().skip(lines.len().saturating_sub(most)).map(|line| (*line).to_owned()).collect())
    }

    /// Returns the sizes of the store and its journal, in bytes; nothing for a file that is not there.
    #[must_use]
    pub fn sizes(&self) -> [Option<u64>; 2] {
        [STORE.to_owned(), format!("{STORE}.journal")]
            .map(|name| std::fs::metadata(self.folder.join(name)).map_or(None, |file| Some(file.len())))
    }

    /// Writes faults down.
    ///
    /// # Errors
    /// When the disk does not take them; the person has the reference all the same.
    pub fn write(&self, faults: &[Fault], now: Instant) -> std::io::Result<()> {
        if faults.is_empty() || !self.folder.is_dir() {
            return Ok(());
        }
        let path = self.folder.join(FAULTS);
        if std::fs::metadata(&path).is_ok_and(|data| data.len() > FAULTS_BYTES_MAX) {
            std::fs::rename(&path, self.folder.join(OLDER_FAULTS))?;
        }
        let mut options = std::fs::OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let at = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        for fault in faults {
            let chain = fault.chain.replace(['\n', '\r'], " ");
            writeln!(file, "{at} {} {chain}", fault.reference)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use keepwell_vault::MemoryKeychain;

    #[test]
    fn the_folder_is_made_for_its_owner_alone() {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("deeper/practice");
        let folder = Folder::at(&path, Arc::new(MemoryKeychain::default()));
        assert!(matches!(folder.open(), Err(EngineError::Missing)) && !path.exists());
        drop(folder.create().unwrap());
        assert!(matches!(folder.open(), Err(EngineError::Missing)), "what is not kept yet is no practice");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        }
        folder.discard().unwrap();
        folder.discard().unwrap();
        assert_eq!(std::fs::read_dir(&path).unwrap().count(), 0);
    }

    #[test]
    fn a_practice_whose_making_was_cut_short_can_be_made_again() {
        let outer = tempfile::tempdir().unwrap();
        let folder = Folder::at(outer.path(), Arc::new(MemoryKeychain::default()));
        let first = folder.create().unwrap();
        assert!(matches!(folder.create(), Err(EngineError::HeldElsewhere)), "another program is making it");
        drop(first);
        let second = folder.create().unwrap();
        folder.keep().unwrap();
        assert!(matches!(folder.open(), Err(EngineError::HeldElsewhere)), "it is open under its name");
        drop(second);
        assert!(folder.open().is_ok() && matches!(folder.create(), Err(EngineError::Foreign)));
        // A piece of a file, as a power cut leaves it.
        std::fs::remove_file(outer.path().join(STORE)).unwrap();
        std::fs::write(outer.path().join("practice.keepwell.new"), b"redb").unwrap();
        assert!(folder.create().is_ok());
    }

    #[test]
    fn faults_stand_one_a_line_and_never_fill_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let faults = Faults::of(folder.path());
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let fault = Fault { reference: "AB12CD34".to_owned(), chain: "the disk\nfailed".to_owned() };
        faults.write(std::slice::from_ref(&fault), now).unwrap();
        let written = std::fs::read_to_string(folder.path().join(FAULTS)).unwrap();
        assert_eq!(written, "2026-11-21T10:00:00Z AB12CD34 the disk failed\n");
        let long = Fault { chain: "x".repeat(100 * 1024), ..fault };
        for _ in 0..20 {
            faults.write(std::slice::from_ref(&long), now).unwrap();
        }
        let size: u64 =
            std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
        assert!(size < 3 * FAULTS_BYTES_MAX, "{size}");
    }

    #[test]
    fn without_a_folder_nothing_is_written() {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("none");
        let fault = Fault { reference: "AB12CD34".to_owned(), chain: "c".to_owned() };
        Faults::of(&path).write(&[fault], "2026-11-21T10:00:00Z".parse().unwrap()).unwrap();
        assert!(!path.exists());
    }
}
