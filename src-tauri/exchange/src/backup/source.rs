//! A backup as a place to restore from: looked at before anything is opened, and held to what it says of itself after.

use super::back_up::NOTE;
use super::container::{ContainerError, Reader};
use super::note::{BackupNote, FILE};
use crate::refusals::{
    BACKUP_CUT, BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_MISSING, BACKUP_OTHER_KEY, BACKUP_UNREADABLE,
};
use ed25519_dalek::VerifyingKey;
use keepwell_kernel::{Error, VaultId};
use keepwell_log::door::{Source, Telling};
use keepwell_log::tree::Hash;
use keepwell_vault::{Key, Refill};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// What the name of a backup's folder begins with.
pub const FOLDER: &str = "keepwell-backup-";
/// A note is a few lines; what is longer is something else.
const NOTE_BYTES_MAX: u64 = 4096;
/// After how many rows to say how far it is.
const STEP: u64 = 1024;

/// A backup in a folder.
pub struct BackupFolder {
    path: PathBuf,
    note: String,
    stated: BackupNote,
    key: Key,
}

impl BackupFolder {
    /// Looks at a folder and reads what the backup in it says of itself. The key will open it.
    ///
    /// # Errors
    /// [`BACKUP_MISSING`], [`BACKUP_UNREADABLE`], `exchange.backup_newer`.
    pub fn at(path: &Path, key: Key) -> Result<Self, Error> {
        let path = newest_in(path);
        let (note, stated) = note_in(&path)?;
        Ok(Self { path, note, stated, key })
    }

    /// Returns what the backup says of itself; nobody has checked who says so.
    #[must_use]
    pub const fn stated(&self) -> &BackupNote {
        &self.stated
    }

    /// Compares the sealed file with its hash: a half-copied or changed one is refused before anything is opened.
    fn is_whole(&self, progress: Telling<'_>) -> Result<bool, Error> {
        let mut file = self.file()?;
        let length = file.get_ref().metadata().map_err(|_| BACKUP_UNREADABLE)?.len();
        if length != self.stated.bytes {
            return Err(BACKUP_CUT.into());
        }
        let (mut hash, mut piece, mut done) = (Sha256::new(), vec![0; 1 << 20], 0_u64);
        loop {
            let read = file.read(&mut piece).map_err(|_| BACKUP_UNREADABLE)?;
            hash.update(piece.get(..read).unwrap_or_default());
            done += read as u64;
            if read == 0 {
                break;
            }
            if !progress("reading", done, length) {
                return Ok(false);
            }
        }
        if hex::encode(hash.finalize()) == self.stated.sha256 { Ok(true) } else { Err(BACKUP_DAMAGED.into()) }
    }

    fn file(&self) -> Result<BufReader<File>, Error> {
        let file = File::open(self.path.join(FILE)).map_err(|error| match error.kind() {
            ErrorKind::NotFound => BACKUP_CUT,
            _ => BACKUP_UNREADABLE,
        })?;
        Ok(BufReader::with_capacity(1 << 18, file))
    }
}

/// Returns the backup's folder that is meant: the one that was chosen, or the newest within it. The names are ids in the
/// order of their making (RFC 9562, version 7), and whoever chooses the drive means what is on it.
#[must_use]
pub fn newest_in(folder: &Path) -> PathBuf {
    let is_backup = |path: &Path| path.join(NOTE).is_file();
    if is_backup(folder) {
        return folder.to_owned();
    }
    backups_in(folder).into_iter().filter(|path| is_backup(path)).max().unwrap_or_else(|| folder.to_owned())
}

/// Returns the folders that bear the name of a backup. A folder that cannot be looked into has none.
#[must_use]
pub fn backups_in(folder: &Path) -> Vec<PathBuf> {
    let within = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = within.filter(|entry| entry.file_name().to_string_lossy().starts_with(FOLDER));
    named.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// Returns the note in a backup's folder, and what it says. Nobody has checked who says so.
///
/// # Errors
/// [`BACKUP_MISSING`], [`BACKUP_UNREADABLE`], `exchange.backup_newer`.
pub fn note_in(folder: &Path) -> Result<(String, BackupNote), Error> {
    let file = File::open(folder.join(NOTE)).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => BACKUP_MISSING,
        _ => BACKUP_UNREADABLE,
    })?;
    let mut note = String::new();
    file.take(NOTE_BYTES_MAX).read_to_string(&mut note).map_err(|_| BACKUP_UNREADABLE)?;
    let stated = BackupNote::stated(&note)?;
    Ok((note, stated))
}

impl Source for BackupFolder {
    fn pour(&mut self, into: &mut Refill, progress: Telling<'_>) -> Result<bool, Error> {
        if !self.is_whole(progress)? {
            return Ok(false);
        }
        let mut rows = Reader::open(self.file()?, &self.key).map_err(refused)?;
        while let Some((key, value)) = rows.row().map_err(refused)? {
            into.put(key, value)?;
            if into.rows() > self.stated.rows {
                return Err(BACKUP_DAMAGED.into());
            }
            if into.rows().is_multiple_of(STEP) && !progress("restoring", into.rows(), self.stated.rows) {
                return Ok(false);
            }
        }
        if into.rows() == self.stated.rows { Ok(true) } else { Err(BACKUP_DAMAGED.into()) }
    }

    fn agrees(&self, vault: VaultId, key: &VerifyingKey, log: (u64, Hash)) -> Result<(), Error> {
        BackupNote::signed_by(&self.note, key)?;
        if vault != self.stated.vault {
            return Err(BACKUP_FOREIGN.into());
        }
        if log != (self.stated.log_size, self.stated.log_root) {
            return Err(BACKUP_DAMAGED.into());
        }
        Ok(())
    }

    fn name(&self) -> String {
        let BackupNote { backup, made, log_size, .. } = &self.stated;
        let root = hex::encode(self.stated.log_root);
        format!("backup {backup}, made {}, its log of {log_size} entries with the root {root}", made.to_rfc3339())
    }
}

fn refused(error: ContainerError) -> Error {
    match error {
        ContainerError::OtherKey => BACKUP_OTHER_KEY.into(),
        ContainerError::Foreign | ContainerError::Damaged(_) => BACKUP_DAMAGED.into(),
        ContainerError::Store(error) => error.into(),
    }
}
