//! A backup opened for looking and printing only, on any computer: for the day on which the practice itself cannot be
//! opened, or is somewhere else (45 CFR 164.308(a)(7)(ii)(C)).

use crate::folder::{Faults, Folder};
use crate::practice::{Continue, Practice, Progress, telling};
use keepwell_exchange::backup::BackupFolder;
use keepwell_identity::read_recovery_key;
use keepwell_kernel::{Error, Failure, Fault, Secret};
use keepwell_log::door::{Restored, Source as _};
use std::path::Path;

/// A copy that stands open, and what it is a copy of.
pub struct Copied {
    /// The copy, behind a door of its own. People sign in to it with the passphrases of the day it was made.
    pub practice: Practice,
    /// When the backup was made, with the offset of that day.
    pub made_at: String,
    /// Rows that were put into the copy.
    pub rows: u64,
    /// Entries of its log that were checked.
    pub entries: u64,
}

impl Practice {
    /// Opens a backup beside the practice, into a sealed file in `place` whose key is in memory alone. The recovery key is
    /// the 24 words or the text of the kit that was valid when the backup was made. Where the practice on this computer can
    /// be written, its log says that a backup was opened; where it cannot, the local log of faults says that.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn open_copy(
        &self,
        backup: &Path,
        recovery_key: &Secret,
        place: &Path,
        workstation: String,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<Copied>, Failure> {
        let opened = self.copied(backup, recovery_key, place, workstation, progress);
        self.write_faults();
        opened.map_err(|error| self.fail(&error))
    }

    fn copied(
        &self,
        backup: &Path,
        recovery_key: &Secret,
        place: &Path,
        workstation: String,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<Copied>, Error> {
        let key = read_recovery_key(recovery_key)?;
        let mut source = BackupFolder::at(backup, key.clone())?;
        let home = Box::new(Folder::of_a_copy(place));
        let mut practice = Self::behind(home, Faults::of(place), self.clock.clone(), workstation);
        let made = source.stated().made;
        practice.copy_of = Some(made.to_utc());
        let Some(Restored { rows, entries, .. }) =
            practice.door.open_copy(&mut source, &key, &mut telling(progress))?
        else {
            return Ok(None);
        };
        if let Err(error) = self.door.note_copy(&source.name()) {
            // A store that takes no entry may be why the backup is opened: the local log says so, and the look goes on.
            let _ = self.fail(&error);
        }
        Ok(Some(Copied { practice, made_at: made.to_rfc3339(), rows, entries }))
    }

    /// Ends the look into a copy: nobody is signed in any more, and the copy is thrown away. On the practice itself this is
    /// a defect, and refused.
    ///
    /// # Errors
    /// [`Failure`] when the disk does not let go of the file.
    pub fn close_copy(&self) -> Result<(), Failure> {
        if self.copy_of.is_none() {
            return Err(self.fail(&Fault::because("the practice itself was to be thrown away").into()));
        }
        self.remembered.forget();
        self.door.close_copy().map_err(|error| self.fail(&error))
    }
}
