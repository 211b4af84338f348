//! Backups in folders: written, proved, and restored where there is no practice yet.

use crate::drive::FolderOnDrive;
use crate::practice::{Continue, Practice, Progress, telling};
use keepwell_exchange::backup::{
    BackUpJob, BackupFolder, BackupNote, BackupStanding, Every, FOLDER, ProveBackupJob, RestoreTest, backups_in, kept,
    newest_in, note_in, proved,
};
use keepwell_identity::read_recovery_key;
use keepwell_kernel::{AssociateId, BackupId, Error, Failure, Purpose, Secret, VaultId};
use keepwell_log::door::{Call, Restored};
use serde_json::json;
use std::cell::Cell;
use std::path::{Path, PathBuf};

const PROVE: &str = "exchange.prove_backup";

/// A backup that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// What it says of itself.
    pub note: BackupNote,
    /// The name of its folder, within the one that was chosen. It says nothing about anybody.
    pub name: String,
}

impl Practice {
    /// Writes a backup into a new folder within one that is there, a business associate's or the practice's own, while work
    /// goes on. Whether the person may, the door
    /// decides and notes. What was not written to its end is taken away again.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn back_up(
        &self,
        within: &Path,
        associate: Option<AssociateId>,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<BackedUp>, Failure> {
        self.somebody_is_there();
        let call = Call { input: json!({ "associate": associate }), ..call("exchange.back_up") };
        let by_hand = |job: &mut BackUpJob<'_>| self.door.job(&call, job, &mut telling(progress));
        self.backed_up(within, associate, by_hand).map_err(|error| self.fail(&error))
    }

    /// Writes a backup by hand or by the clock. What was not written to its end is taken away again.
    fn backed_up(
        &self,
        within: &Path,
        associate: Option<AssociateId>,
        begin: impl FnOnce(&mut BackUpJob<'_>) -> Result<bool, Error>,
    ) -> Result<Option<BackedUp>, Error> {
        let id = BackupId::make();
        let name = format!("{FOLDER}{}", id.uuid().simple());
        let mut folder = FolderOnDrive::within(within, &name);
        let mut job = BackUpJob::new(id, associate, &mut folder);
        let done = begin(&mut job);
        let note = job.written().filter(|_| matches!(done, Ok(true))).cloned();
        if note.is_none() {
            folder.take_away();
        }
        self.write_faults();
        done.map(|_| note.map(|note| BackedUp { note, name }))
    }

    /// Plans where backups are written by themselves, and whose key each is sealed to besides: nothing leaves the custodian
    /// that is there, and an empty text takes it away.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn plan_backups(
        &self,
        folder: Option<&Path>,
        every: Every,
        associate: Option<AssociateId>,
        custodian: Option<&str>,
    ) -> Result<(), Failure> {
        let folder = folder.map(|folder| folder.to_string_lossy().into_owned());
        let input = json!({ "folder": folder, "every": every, "associate": associate, "custodian": custodian });
        self.call(Call { operation: "exchange.plan_backups".to_owned(), input, ..Call::default() }).map(drop)
    }

    /// Writes the backup that the plan asks for, if it is due, and takes away those of older generations. The practice may
    /// be locked meanwhile. After one that failed, the next attempt comes a quarter of an hour later.
    ///
    /// # Errors
    /// [`Failure`]; nothing where none is due.
    pub fn back_up_by_plan(&self) -> Result<Option<BackedUp>, Failure> {
        let now = self.clock.now();
        let standing = self.door.look_by_the_clock(BackupStanding::read).map_err(|error| self.fail(&error))?;
        let Some(standing) = standing.filter(|standing| standing.is_due(now)) else { return Ok(None) };
        let Some(plan) = standing.plan else { return Ok(None) };
        if !self.remembered.may_try_backup(now) {
            return Ok(None);
        }
        let within = PathBuf::from(plan.folder);
        let made = self.backed_up(&within, plan.associate, |job| self.door.job_by_the_clock(job, &mut |_, _, _| true));
        self.remembered.tried_backup(now, made.is_ok());
        let made = made.map_err(|error| self.fail(&error))?;
        if let Some(made) = &made {
            self.take_old_ones_away(&within, made.note.vault)?;
        }
        Ok(made)
    }

    /// Takes away the practice's own backups in a folder that no generation keeps. Whatever else is there stays.
    fn take_old_ones_away(&self, within: &Path, vault: VaultId) -> Result<(), Failure> {
        let proved = self.door.look_by_the_clock(proved).map_err(|error| self.fail(&error))?;
        // Without knowing which were proved, none is taken away.
        let Some(proved) = proved else { return Ok(()) };
        let ours: Vec<(PathBuf, BackupNote)> = backups_in(within)
            .into_iter()
            .filter_map(|path| note_in(&path).ok().map(|(_, note)| (path, note)))
            .filter(|(_, note)| note.vault == vault)
            .collect();
        let made: Vec<_> = ours.iter().map(|(_, note)| (note.backup, note.made)).collect();
        let kept = kept(&made, &proved);
        for (path, _) in ours.iter().filter(|(_, note)| !kept.contains(&note.backup)) {
            // One that cannot be taken away today is taken away after the next backup.
            let _ = std::fs::remove_dir_all(path);
        }
        Ok(())
    }

    /// Proves the newest backup of the plan by itself, a week after the last proof and sooner where that one failed, once
    /// somebody is at work who may: the whole log is read for it, and no key to it lies on the machine while nobody is
    /// there. It stands in the log under that person's name, with the purpose `system`.
    ///
    /// # Errors
    /// [`Failure`]; nothing where none is due.
    pub fn prove_by_plan(
        &self,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<RestoreTest>, Failure> {
        let now = self.clock.now();
        if !self.remembered.may(PROVE) || !self.remembered.may_try_proof(now) {
            return Ok(None);
        }
        let standing = self.door.look_by_the_clock(BackupStanding::read).map_err(|error| self.fail(&error))?;
        let Some(standing) = standing.filter(|standing| standing.is_unproved(now)) else { return Ok(None) };
        let Some(plan) = standing.plan else { return Ok(None) };
        self.remembered.tried_proof(now);
        let call = Call { purpose: Some(Purpose::System), ..call(PROVE) };
        self.proved(&call, &newest_in(Path::new(&plan.folder)), progress)
    }

    /// Restores a backup of this practice into a scratch store, checks the whole of it, and keeps how it went. A backup
    /// that does not hold is an answer.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn prove_backup(
        &self,
        folder: &Path,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<RestoreTest>, Failure> {
        self.somebody_is_there();
        self.proved(&call(PROVE), folder, progress)
    }

    fn proved(
        &self,
        call: &Call,
        folder: &Path,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<RestoreTest>, Failure> {
        // Another proof's scratch store is not this one's to throw away.
        let made = Cell::new(false);
        let scratch = || self.door.scratch().inspect(|_| made.set(true));
        let mut job = ProveBackupJob::new(folder.to_owned(), &scratch);
        let done = self.door.job(call, &mut job, &mut telling(progress));
        let tested = job.tested().cloned();
        let cleared = if made.get() { self.door.clear_scratch() } else { Ok(()) };
        self.write_faults();
        let done = done.and_then(|done| cleared.map(|()| done)).map_err(|error| self.fail(&error))?;
        Ok(tested.filter(|_| done))
    }

    /// Brings a practice back from a backup into this folder, in which there is none. The recovery key is the 24 words or
    /// the text of the kit that was valid when the backup was made.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn restore(
        &self,
        folder: &Path,
        recovery_key: &Secret,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<Restored>, Failure> {
        let restored = read_recovery_key(recovery_key).and_then(|key| {
            let mut source = BackupFolder::at(folder, key.clone())?;
            self.door.restore(&mut source, &key, &mut telling(progress))
        });
        self.write_faults();
        restored.map_err(|error| self.fail(&error))
    }

    /// Looks at what a backup says of itself. Nobody has checked who says so.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn look_at_backup(&self, folder: &Path) -> Result<BackupNote, Failure> {
        let note = note_in(&newest_in(folder)).map(|(_, stated)| stated);
        note.map_err(|error| self.fail(&error))
    }
}

fn call(operation: &str) -> Call {
    Call { operation: operation.to_owned(), input: json!({}), ..Call::default() }
}
