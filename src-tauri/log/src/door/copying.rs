//! A copy of a practice, opened from a backup for looking and printing only (45 CFR 164.308(a)(7)(ii)(C)). It is filled and
//! checked as a restored practice is, and then nothing is ever written to it: no entry, no draft, no session.

use super::Call;
use super::beside::Telling;
use super::restoring::{Filled, Restored, Source};
use super::state::Door;
use keepwell_kernel::{Code, Error, Purpose};
use keepwell_vault::{Key, VaultError};

/// Why a copy may only be read.
pub const COPY: Code = Code::new(
    "door.copy",
    "This is a copy from a backup, opened for looking only. Nothing in it can be changed, and nothing is noted in its log.",
);
/// The name under which the opening stands in the log of the practice that is on this computer.
const OPEN_COPY: &str = "exchange.open_copy";

impl Door {
    /// Opens a backup where there is no practice, for looking only; nothing when it was stopped. The home's keychain and
    /// store should not outlive the look.
    ///
    /// # Errors
    /// [`Error`], as [`Door::restore`].
    pub fn open_copy(
        &self,
        source: &mut dyn Source,
        recovery: &Key,
        progress: Telling<'_>,
    ) -> Result<Option<Restored>, Error> {
        self.in_a_new_store(|engine| {
            let filled = self.filled(engine, source, recovery, progress)?;
            let Some(Filled { vault, rows, entries, .. }) = filled else { return Ok(None) };
            let mut inside = self.inside();
            self.read_plate(&mut inside, &vault)?;
            // Read-only from before anybody can come in.
            inside.read_only = Some(COPY);
            let id = vault.id();
            (inside.vault, inside.entries) = (Some(vault), entries);
            Ok(Some(Restored { vault: id, rows, entries }))
        })
    }

    /// Ends the look: whoever is signed in is signed out, the keys go, and the copy is thrown away.
    ///
    /// # Errors
    /// When the disk does not let go of the file. It is noise to everybody without the recovery key, and the next copy
    /// takes its place.
    pub fn close_copy(&self) -> Result<(), Error> {
        let mut inside = self.inside();
        (inside.session, inside.locked, inside.vault, inside.plate) = (None, None, None, None);
        Ok(self.home.discard().map_err(VaultError::from)?)
    }

    /// Notes in the practice's own log, where there is one to write to, that a backup was opened for looking. Who looks
    /// into it is not known here: they sign in to the copy, whose log is not written.
    ///
    /// # Errors
    /// [`Error`].
    pub fn note_copy(&self, backup: &str) -> Result<(), Error> {
        let mut inside = self.inside();
        let Some(vault) = inside.vault.clone() else { return Ok(()) };
        let call = Call { purpose: Some(Purpose::Emergency), reason: Some(backup.to_owned()), ..Call::default() };
        let mut draft = self.draft(&inside, &call, Some(OPEN_COPY), self.clock.now());
        "the recovery key opened the backup".clone_into(&mut draft.policy);
        self.enter(&mut inside, &vault, &draft)
    }
}
