//! Taking a part of the log out: the entry first, then a checkpoint over everything, then the files.

use super::Call;
use super::beside::Beside;
use super::state::Door;
use crate::audit_bundle::{self, BundleError, Bundled, Shelf};
use crate::export::{Export, NOT_WRITTEN};
use keepwell_kernel::{Error, Fault, Operation as _};
use serde::Deserialize as _;

impl Door {
    /// Takes a part of the log out as an audit bundle, while work goes on. The call must be `log.export`; it is let in,
    /// and leaves its entry, before anything is written. `progress` is told how many entries are done and how many there
    /// are, and answers whether to go on.
    ///
    /// # Errors
    /// [`Error`]; nothing when it was stopped.
    pub fn export(
        &self,
        call: &Call,
        shelf: &mut dyn Shelf,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Option<Bundled>, Error> {
        if call.operation != Export::NAME {
            return Err(Fault::because("another operation than an export writes no bundle").into());
        }
        let Beside { vault, keyring, making, .. } = self.let_beside(call)?;
        let request = Export::deserialize(&call.input).map_err(|error| Fault::from_error(&error))?;
        let chosen = request.chosen()?;
        audit_bundle::write(&vault, &keyring, &chosen, &making, shelf, progress).map_err(|error| match error {
            BundleError::Log(error) => error.into(),
            BundleError::Disk(_) => NOT_WRITTEN.into(),
        })
    }
}
