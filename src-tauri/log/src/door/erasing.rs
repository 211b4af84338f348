//! The end: of the program's run, and of a practice on this computer, whose key is forgotten before its files are removed.

use super::Call;
use super::state::Door;
use crate::store::Head;
use crate::verify::newest_checkpoint;
use keepwell_kernel::{Error, Fault};
use keepwell_vault::VaultError;

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The store.
    pub vault: String,
    /// How many entries its log had at last.
    pub log_size: u64,
    /// The root that was signed last, in hex.
    pub root: String,
}

impl Door {
    /// Seals the log before the program ends. Keys are dropped with the door.
    pub fn close(&self) {
        let mut inside = self.inside();
        let now = self.clock.now();
        if let Some(vault) = inside.vault.clone() {
            self.seal_now(&mut inside, &vault, now);
        }
        (inside.session, inside.locked) = (None, None);
    }

    /// Lets a call in and, if it was done and allowed it, erases the store: the log is sealed, the keychain forgets the device key, and the
    /// files are removed. The key goes first: whatever stops in the middle leaves noise behind and no practice.
    ///
    /// # Errors
    /// [`Error`] of the call, which changes nothing; or of the erasing.
    pub fn erase(&self, call: &Call) -> Result<Erased, Error> {
        self.inside().erasable = false;
        self.call(call)?;
        if !std::mem::take(&mut self.inside().erasable) {
            return Err(Fault::because("an operation that erases nothing was to erase the store").into());
        }
        self.close();
        let erased = self.erased();
        // Where the keychain kept the key, the practice is still here, and is opened again.
        self.reopen();
        erased
    }

    fn erased(&self) -> Result<Erased, Error> {
        let mut inside = self.inside();
        let vault = inside.vault.take().ok_or(Error::SignedOut)?;
        let keyring = vault.device_keyring()?;
        let erased = vault.read::<_, Error>(&keyring, |reading| {
            let head = Head::read(reading)?;
            let newest = newest_checkpoint(reading, vault.id(), &head)?;
            let newest = newest.ok_or_else(|| Fault::because("the log was closed without a checkpoint"))?;
            Ok(Erased { vault: vault.id().to_string(), log_size: newest.size, root: hex::encode(newest.root) })
        })?;
        vault.forget_keys()?;
        drop(vault);
        inside.plate = None;
        self.home.erase().map_err(VaultError::from)?;
        Ok(erased)
    }
}
