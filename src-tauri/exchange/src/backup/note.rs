//! What a backup says of itself, in clear and signed: which practice's it is, when it was made, where its log stood, and
//! the hash of the sealed file. It names nobody. A half-copied backup is found by it without any key.
//!
//! The note is a C2SP signed note; its text has exactly these lines:
//! ```text
//! keepwell/backup/1
//! backup <id>
//! vault <vault id>
//! made 2026-11-22T10:15:51.000-05:00    always three decimals, always a numeric offset
//! version <software version>
//! log 4711 <44 characters>              the number of entries, and the tree's root in base64
//! rows 81230
//! file practice.age 1048576 <64 hex digits>
//! ```

use super::container::Written;
use crate::refusals::{BACKUP_FOREIGN, BACKUP_NEWER, BACKUP_UNREADABLE};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, FixedOffset};
use ed25519_dalek::{SigningKey, VerifyingKey};
use keepwell_kernel::{BackupId, Code, VaultId};
use keepwell_log::checkpoint::{open_note, sign_text, split_note};
use keepwell_log::store::origin;
use keepwell_log::tree::Hash;

const FORMAT: &str = "keepwell/backup/1";
const ANY_FORMAT: &str = "keepwell/backup/";
/// The sealed file's name.
pub const FILE: &str = "practice.age";
const TIME: &str = "%Y-%m-%dT%H:%M:%S%.3f%:z";

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupNote {
    /// The backup.
    pub backup: BackupId,
    /// The practice's store.
    pub vault: VaultId,
    /// When it was made, with the offset in force.
    pub made: DateTime<FixedOffset>,
    /// The version of the program that made it.
    pub version: String,
    /// How many entries the log had.
    pub log_size: u64,
    /// The root of the log's tree.
    pub log_root: Hash,
    /// Rows of the store.
    pub rows: u64,
    /// Bytes of the sealed file.
    pub bytes: u64,
    /// SHA-256 of the sealed file, in lower-case hex.
    pub sha256: String,
}

impl BackupNote {
    pub(crate) fn with(self, Written { rows, bytes, sha256 }: Written) -> Self {
        Self { rows, bytes, sha256, ..self }
    }

    fn text(&self) -> String {
        format!(
            "{FORMAT}\nbackup {}\nvault {}\nmade {}\nversion {}\nlog {} {}\nrows {}\nfile {FILE} {} {}\n",
            self.backup,
            self.vault,
            self.made.format(TIME),
            self.version,
            self.log_size,
            STANDARD.encode(self.log_root),
            self.rows,
            self.bytes,
            self.sha256,
        )
    }

    /// Returns the signed note.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> String {
        sign_text(&self.text(), &origin(self.vault), key)
    }

    /// Reads a note, and does not ask who signed it: that is known only once the backup is opened.
    ///
    /// # Errors
    /// [`BACKUP_NEWER`] or [`BACKUP_UNREADABLE`].
    pub fn stated(note: &str) -> Result<Self, Code> {
        let (text, _) = split_note(note).map_err(|_| BACKUP_UNREADABLE)?;
        let format = text.lines().next().unwrap_or_default();
        if format != FORMAT && format.starts_with(ANY_FORMAT) {
            return Err(BACKUP_NEWER);
        }
        Self::read(text).filter(|read| read.text() == text).ok_or(BACKUP_UNREADABLE)
    }

    /// Holds a note to the key of the practice that it names.
    ///
    /// # Errors
    /// [`BACKUP_FOREIGN`] when somebody else signed it.
    pub fn signed_by(note: &str, key: &VerifyingKey) -> Result<(), Code> {
        let stated = Self::stated(note)?;
        open_note(note, key, &origin(stated.vault)).map(|_| ()).map_err(|_| BACKUP_FOREIGN)
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_prefix(FORMAT)?.strip_prefix('\n')?.lines();
        let mut line = |label: &str| lines.next()?.strip_prefix(label)?.strip_prefix(' ');
        let (backup, vault, made) = (line("backup")?, line("vault")?, line("made")?);
        let (version, log, rows, file) = (line("version")?, line("log")?, line("rows")?, line("file")?);
        let (log_size, log_root) = log.split_once(' ')?;
        let (bytes, sha256) = file.strip_prefix(FILE)?.strip_prefix(' ')?.split_once(' ')?;
        Some(Self {
            backup: BackupId::parse(backup).ok()?,
            vault: VaultId::parse(vault).ok()?,
            made: DateTime::parse_from_rfc3339(made).ok()?,
            version: version.to_owned(),
            log_size: log_size.parse().ok()?,
            log_root: STANDARD.decode(log_root).ok()?.try_into().ok()?,
            rows: rows.parse().ok()?,
            bytes: bytes.parse().ok()?,
            sha256: sha256.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> BackupNote {
        BackupNote {
            backup: BackupId::parse("01a202cd-0d1b-741d-b7e2-950e64ae87bd").unwrap(),
            vault: VaultId::parse("01a202cd-0d1b-741d-b7e2-950e64ae87be").unwrap(),
            made: DateTime::parse_from_rfc3339("2026-11-22T10:15:51.250-05:00").unwrap(),
            version: "0.1.0".to_owned(),
            log_size: 4711,
            log_root: [7; 32],
            rows: 81_230,
            bytes: 1 << 20,
            sha256: hex::encode([9; 32]),
        }
    }

    #[test]
    fn a_note_comes_back_and_says_who_signed_it() {
        let (key, other) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
        let note = sample().sign(&key);
        assert_eq!(BackupNote::stated(&note), Ok(sample()));
        assert_eq!(BackupNote::signed_by(&note, &key.verifying_key()), Ok(()));
        assert_eq!(BackupNote::signed_by(&note, &other.verifying_key()), Err(BACKUP_FOREIGN));
        assert_eq!(
            BackupNote::signed_by(&note.replace("rows 81230", "rows 81231"), &key.verifying_key()),
            Err(BACKUP_FOREIGN)
        );
    }

    #[test]
    fn what_is_no_note_is_refused_and_a_newer_one_says_so() {
        let note = sample().sign(&SigningKey::from_bytes(&[7; 32]));
        for (what, bent, code) in [
            ("nothing", String::new(), BACKUP_UNREADABLE),
            ("a letter", "Dear practice,\n\nthank you\n".to_owned(), BACKUP_UNREADABLE),
            ("a newer form", note.replacen("backup/1", "backup/2", 1), BACKUP_NEWER),
            ("a line too many", note.replacen("rows ", "extra 1\nrows ", 1), BACKUP_UNREADABLE),
            ("a number with a zero before it", note.replacen("rows 8", "rows 08", 1), BACKUP_UNREADABLE),
            ("another file's name", note.replacen("practice.age", "../practice.age", 1), BACKUP_UNREADABLE),
            ("cut", note.get(..note.len() / 2).unwrap().to_owned(), BACKUP_UNREADABLE),
        ] {
            assert_eq!(BackupNote::stated(&bent), Err(code), "{what}");
        }
    }
}
