//! `exchange.prove_backup`: restores a backup into a scratch store and checks the whole of it.

use super::back_up::took_ms;
use super::source::BackupFolder;
use super::table::RestoreTest;
use crate::refusals::{BACKUP_CUT, BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_FORKED, BACKUP_OTHER_KEY};
use keepwell_kernel::{Code, Error, Operation, Permission, Purpose, RestoreTestId};
use keepwell_log::door::{Beside, DAMAGED, GateCx, Job, Query, ReadCx, Source as _, Telling};
use keepwell_log::store::{Head, LogError, stored_root};
use keepwell_log::verify::{self, Verification};
use keepwell_vault::engine::Engine;
use keepwell_vault::{Refill, VaultError};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Instant;
use ts_rs::TS;

/// Asks to prove a backup (45 CFR 164.308(a)(7)(ii)(D)). It is restored and checked once this has left its entry.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProveBackup {}

/// What it will be held to.
#[derive(Debug, Serialize, TS)]
pub struct ToProve {
    /// Entries in the log now; the backup's log must be the beginning of this one.
    #[ts(type = "number")]
    pub entries: u64,
}

impl Operation for ProveBackup {
    const NAME: &'static str = "exchange.prove_backup";
    const PERMISSION: Permission = Permission::ProveBackup;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = ToProve;
}

impl Query for ProveBackup {
    fn run(self, cx: &ReadCx<'_>) -> Result<ToProve, Error> {
        Ok(ToProve { entries: cx.log_entries()? })
    }
}

/// The work of `exchange.prove_backup`. A backup that does not hold is a result, and is kept as one.
pub struct ProveBackupJob<'s> {
    folder: PathBuf,
    scratch: Scratch<'s>,
    began: Instant,
    tested: Option<RestoreTest>,
}

/// Makes the empty store into which a backup is restored for the proof.
pub type Scratch<'s> = &'s dyn Fn() -> Result<Box<dyn Engine>, Error>;

impl<'s> ProveBackupJob<'s> {
    /// Gets ready to prove the backup in a folder.
    pub fn new(folder: PathBuf, scratch: Scratch<'s>) -> Self {
        Self { folder, scratch, began: Instant::now(), tested: None }
    }

    /// Returns what was found.
    #[must_use]
    pub const fn tested(&self) -> Option<&RestoreTest> {
        self.tested.as_ref()
    }

    /// Restores and checks; nothing when it was stopped.
    fn proved(
        &self,
        backup: &mut BackupFolder,
        beside: &Beside,
        progress: Telling<'_>,
    ) -> Result<Option<(Verification, u64)>, Error> {
        let mut refill = Refill::of((self.scratch)()?)?;
        if !backup.pour(&mut refill, progress)? {
            return Ok(None);
        }
        let rows = refill.rows();
        let copy = beside.vault.apart(refill.done()?)?;
        let head = copy.read(&beside.keyring, Head::read)?;
        let (size, root) = (head.frontier.size(), head.frontier.root());
        backup.agrees(copy.id(), &beside.keyring.device().log_signing().verifying_key(), (size, root))?;
        match beside.vault.read(&beside.keyring, |reading| stored_root(reading, size)) {
            Ok(now_there) if now_there == root => {}
            // The living log is shorter than the backup's, or another.
            Ok(_) | Err(LogError::Missing(_)) => return Err(BACKUP_FORKED.into()),
            Err(error) => return Err(error.into()),
        }
        let mut tell = |done, total| progress("checking", done, total);
        let found = verify::copy(&copy, &beside.keyring, beside.making.at, &mut tell).map_err(|error| match error {
            // A person without the right and a disk that fails say nothing of the backup.
            LogError::NotAReader | LogError::Vault(VaultError::Engine(_)) => Error::from(error),
            _ => DAMAGED.into(),
        })?;
        Ok(found.map(|found| (found, rows)))
    }
}

/// Says whether a refusal is a finding about the backup. A full disk or a scratch store that cannot be made is none: the
/// proof was not made then, and nothing may be kept of it.
fn speaks_of_the_backup(code: Code) -> bool {
    [BACKUP_CUT, BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_FORKED, BACKUP_OTHER_KEY, DAMAGED].contains(&code)
}

impl Job for ProveBackupJob<'_> {
    fn operation(&self) -> &'static str {
        ProveBackup::NAME
    }

    fn work(&mut self, beside: &Beside, progress: Telling<'_>) -> Result<bool, Error> {
        let mut backup = BackupFolder::at(&self.folder, beside.keyring.device().backup_key())?;
        let proved = self.proved(&mut backup, beside, progress);
        let backup = backup.stated().backup;
        let (ok, code, entries, rows) = match proved {
            Ok(None) => return Ok(false),
            Ok(Some((Verification { ok: true, entries, .. }, rows))) => (true, None, entries, rows),
            Ok(Some((Verification { entries, .. }, rows))) => (false, Some(DAMAGED.code.to_owned()), entries, rows),
            Err(Error::Refused(refusal)) if speaks_of_the_backup(refusal.code) => {
                (false, Some(refusal.code.code.to_owned()), 0, 0)
            }
            Err(other) => return Err(other),
        };
        let (at, by, took_ms) = (beside.making.at, beside.making.by.clone(), took_ms(self.began));
        self.tested = Some(RestoreTest { id: RestoreTestId::make(), backup, at, by, ok, code, entries, rows, took_ms });
        Ok(true)
    }

    fn note(&mut self, _: &Beside, cx: &mut GateCx<'_, '_>) -> Result<(), Error> {
        if let Some(tested) = &self.tested {
            cx.put(tested)?;
        }
        Ok(())
    }
}
