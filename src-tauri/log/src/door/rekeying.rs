//! New keys for what is stored, through the door: a new epoch, the sealing anew, the end of the old ones.

use super::context::{Effect, ReadCx, WriteCx};
use keepwell_kernel::{Compartment, Error};
use keepwell_vault::Resealed;
use std::collections::BTreeMap;

impl ReadCx<'_> {
    /// Says whether anything may still be sealed under an old key, as far as this session's keys tell.
    #[must_use]
    pub fn has_old_epochs(&self) -> bool {
        self.reading().has_old_epochs()
    }
}

impl WriteCx<'_, '_> {
    /// Begins a new epoch of a compartment; the session goes on with its key once this is committed.
    ///
    /// # Errors
    /// [`Error::Denied`] for a compartment whose keys the session does not hold.
    pub fn raise(&mut self, compartment: Compartment) -> Result<(), Error> {
        let (epoch, key) = self.writing.raise_epoch(compartment)?;
        self.effects.push(Effect::Epoch(compartment, epoch, key));
        Ok(())
    }

    /// Returns the newest epoch of each compartment that the session holds, by the compartment's number.
    #[must_use]
    pub fn epochs(&self) -> BTreeMap<u8, u32> {
        self.writing.keyring().epochs()
    }

    /// Says whether anything may still be sealed under an old key, as far as this session's keys tell.
    #[must_use]
    pub fn has_old_epochs(&self) -> bool {
        self.reading().has_old_epochs()
    }

    /// Seals anew what bears an old epoch, from one place on, as much as one transaction holds. `personal` are the tables
    /// whose rows one person alone can open.
    ///
    /// # Errors
    /// [`Error`].
    pub fn reseal(&mut self, from: Option<&[u8]>, personal: &[u16]) -> Result<Resealed, Error> {
        Ok(self.writing.reseal(from, personal)?)
    }

    /// Takes the old epochs away from everybody, this session too, once nothing bears one.
    ///
    /// # Errors
    /// [`Error`] where something does.
    pub fn retire_epochs(&mut self, personal: &[u16]) -> Result<(), Error> {
        self.writing.retire_epochs(personal)?;
        self.effects.push(Effect::OldEpochsRetired);
        Ok(())
    }
}
