//! The end of a record whose time has come.

use super::context::{Effect, WriteCx};
use keepwell_kernel::Error;
use keepwell_vault::{BlobRef, Record, RowKey};

impl WriteCx<'_, '_> {
    /// Returns how many entries the log has, the one of this call not among them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn log_entries(&self) -> Result<u64, Error> {
        Ok(crate::store::Head::read(&self.reading())?.frontier.size())
    }

    /// Allows the store to be erased once this is committed. [`Door::erase`](super::Door::erase) erases nothing for an
    /// operation that did not say so.
    pub fn allow_erasing(&mut self) {
        self.effects.push(Effect::Erasable);
    }

    /// Destroys a record with its earlier versions and its large content. Whether its time has come, the caller has checked.
    ///
    /// # Errors
    /// [`Error`].
    pub fn expunge<R: Record>(&mut self, row: &RowKey, content: &[BlobRef]) -> Result<(), Error> {
        Ok(self.writing.expunge::<R>(row, content)?)
    }
}
