//! The way in for the recovery key: where everything else is lost, it opens the whole store.

use crate::engine::{Snapshot, Verdict};
use crate::error::sealed;
use crate::grants::grants_of;
use crate::keyring::{DeviceKeys, Keyring};
use crate::vault::{RECOVERY_HOLDER, device_name};
use crate::{Key, PublicKey, Vault, VaultError, Writing, place, seal};
use keepwell_kernel::Compartment;
use std::sync::Arc;
use zeroize::Zeroizing;

impl Vault {
    /// Opens everything with the recovery key, gives this machine a device key when it has none, and returns all keys.
    ///
    /// # Errors
    /// [`VaultError::Sealed`] for a wrong recovery key.
    pub fn recover(&self, recovery: &Key) -> Result<Arc<Keyring>, VaultError> {
        let snapshot = self.engine.snapshot()?;
        let device = grants_of(snapshot.as_ref(), &self.header, &RECOVERY_HOLDER, recovery, None)?
            .remove(&Compartment::Device)
            .ok_or(VaultError::Contradiction("no device grant"))?;
        // The grant of the device compartment carries the sealing keys; the rest of the bundle lies beside it, sealed
        // under them, so that recovery needs nothing from the keychain.
        let bundle = snapshot.get(&recovery_bundle())?.ok_or(VaultError::Contradiction("no bundle"))?;
        let bound = self.header.bound(&recovery_bundle());
        let opened =
            seal::open(|epoch| device.epochs.get(&epoch), &bound, &bundle).map_err(sealed("the device keys"))?;
        let (device, device_key) =
            bundled(&opened).ok_or(VaultError::Contradiction("device keys of a wrong length"))?;
        // Now that the device keys are open, the grants are read once more, and this time held to their stamps.
        let mut held = grants_of(snapshot.as_ref(), &self.header, &RECOVERY_HOLDER, recovery, Some(&device))?;
        held.remove(&Compartment::Device);
        drop(snapshot);
        let keyring = Arc::new(Keyring { device: device.clone(), held });
        if self.device().is_err() {
            // With the device key of the machine before, the passphrases of the staff open their keys here as they did
            // there. Stores from before it lay in the bundle get another, and their staff come in anew.
            let key = device_key.map_or_else(Key::make, Ok)?;
            self.keychain.set(&device_name(self.header.vault), key.bytes())?;
            self.write::<(), VaultError>(&keyring, &mut |tx| {
                self.put_device_keys(tx, &key, &device)?;
                Ok((Verdict::Commit, ()))
            })?;
            // Into memory only now: a device key that the store does not know would hide that recovery has failed.
            self.set_device(key, device);
        }
        Ok(keyring)
    }

    pub(crate) fn put_device(&self, tx: &mut Writing<'_>) -> Result<(), VaultError> {
        let (key, device) = self.device()?;
        self.put_device_keys(tx, &key, &device)
    }

    /// Writes the device keys twice: under the device key, and with it under the device compartment's own key for recovery.
    fn put_device_keys(&self, tx: &mut Writing<'_>, key: &Key, device: &DeviceKeys) -> Result<(), VaultError> {
        let bytes = device.to_bytes().ok_or(VaultError::Contradiction("no device epoch"))?;
        let suite = self.header.suite;
        let outer = suite.seal(key, 1, &self.header.bound(place::DEVICE), &bytes).map_err(sealed("the device keys"))?;
        tx.raw_put(place::DEVICE, &outer)?;
        let (epoch, inner) = device.sealing.current().ok_or(VaultError::Contradiction("no device epoch"))?;
        let at = recovery_bundle();
        let bundle = bundle(&bytes, key);
        let inner = suite.seal(inner, epoch, &self.header.bound(&at), &bundle).map_err(sealed("the device keys"))?;
        tx.raw_put(&at, &inner)
    }

    /// Replaces the recovery key inside a change: the old one opens nothing any more. The keys in memory follow with
    /// [`Vault::adopt_recovery`] once the change is committed.
    ///
    /// # Errors
    /// [`VaultError`]; `NotHeld` unless every compartment is held.
    pub fn replace_recovery(&self, tx: &mut Writing<'_>, recovery: &Key) -> Result<(), VaultError> {
        let (key, device) = self.device()?;
        let device = DeviceKeys { recovery_public: PublicKey::of(recovery), ..device };
        tx.revoke_all(&RECOVERY_HOLDER)?;
        self.put_device_keys(tx, &key, &device)?;
        tx.grant_everything(&RECOVERY_HOLDER, device.recovery_public)
    }

    /// Takes the public half of a replaced recovery key into memory.
    ///
    /// # Errors
    /// [`VaultError::NoDeviceKey`].
    pub fn adopt_recovery(&self, recovery: PublicKey) -> Result<(), VaultError> {
        let (key, device) = self.device()?;
        self.set_device(key, DeviceKeys { recovery_public: recovery, ..device });
        Ok(())
    }

    /// Says whether recovery would find the device keys: nobody would know otherwise before the day they are needed.
    pub(crate) fn recovery_agrees(&self, snapshot: &dyn Snapshot, device: &DeviceKeys) -> bool {
        let at = recovery_bundle();
        let Ok(Some(stored)) = snapshot.get(&at) else { return false };
        let opened = seal::open(|epoch| device.sealing.epochs.get(&epoch), &self.header.bound(&at), &stored);
        let (Ok(opened), Some(bytes)) = (opened, device.to_bytes()) else { return false };
        // A store from before the device key lay in the bundle has the rest of it.
        if *opened == *bytes {
            return true;
        }
        self.device_key().is_ok_and(|key| *opened == *bundle(&bytes, &key))
    }
}

/// What recovery finds: the device keys, and the device key under which staff have sealed theirs.
fn bundle(device: &[u8], key: &Key) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([device, key.bytes()].concat())
}

/// Takes a bundle apart.
fn bundled(bytes: &[u8]) -> Option<(DeviceKeys, Option<Key>)> {
    let (device, key) = bytes.split_at_checked(DeviceKeys::LENGTH)?;
    let key = if key.is_empty() { None } else { Some(Key::from_slice(key)?) };
    Some((DeviceKeys::from_bytes(device)?, key))
}

fn recovery_bundle() -> Vec<u8> {
    [place::DEVICE, &[1]].concat()
}
