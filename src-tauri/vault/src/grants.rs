//! Who holds which compartment's keys: grants sealed to a holder's public key, each stamped with the device keys.
//!
//! Sealing to a public key proves nothing about who sealed. Without the stamp, somebody who can write the file could
//! slip in a grant of a newer epoch and have new records sealed under a key of their own. The stamp is a MAC under the
//! device keys, which never lie beside the store.

use crate::engine::{Direction, SCAN_ROWS_MAX, Snapshot};
use crate::error::sealed;
use crate::keyring::{CompartmentKeys, DeviceKeys};
use crate::vault::Header;
use crate::{Envelope, Key, PublicKey, VaultError, Writing, place};
use keepwell_kernel::Compartment;
use std::collections::BTreeMap;
use std::sync::Arc;

const BAD: VaultError = VaultError::Contradiction("a grant cannot be read");
const STAMP_BYTES: usize = 32;

fn stamp(device: &CompartmentKeys, key: &[u8], value: &[u8]) -> [u8; STAMP_BYTES] {
    device.blind.mac(&[b"grant stamp", key, value])
}

fn stamped(device: &CompartmentKeys, key: &[u8], value: &[u8]) -> Vec<u8> {
    [value, &stamp(device, key, value)].concat()
}

/// Takes the stamp off a value, holding it to the device keys where they are known already.
fn unstamped<'v>(device: Option<&DeviceKeys>, key: &[u8], value: &'v [u8]) -> Result<&'v [u8], VaultError> {
    let (value, found) = value.split_last_chunk::<STAMP_BYTES>().ok_or(BAD)?;
    let genuine = device.is_none_or(|device| {
        bool::from(subtle::ConstantTimeEq::ct_eq(&stamp(&device.sealing, key, value)[..], &found[..]))
    });
    if genuine { Ok(value) } else { Err(VaultError::Contradiction("a grant was not made by this practice")) }
}

/// Opens the grants of a holder; one that does not open or is not genuine is an error, not a smaller keyring.
pub(crate) fn grants_of(
    snapshot: &dyn Snapshot,
    header: &Header,
    holder: &[u8; 16],
    private: &Key,
    device: Option<&DeviceKeys>,
) -> Result<BTreeMap<Compartment, CompartmentKeys>, VaultError> {
    let prefix = place::grant(holder, None, None);
    let mut held: BTreeMap<Compartment, CompartmentKeys> = BTreeMap::new();
    for (key, value) in snapshot.scan(&prefix, &place::behind(&prefix), Direction::Up, SCAN_ROWS_MAX)? {
        let [number, epoch @ ..] = key.strip_prefix(prefix.as_slice()).ok_or(BAD)? else { return Err(BAD) };
        let compartment = Compartment::from_number(*number).ok_or(BAD)?;
        let epoch = u32::from_be_bytes(epoch.try_into().map_err(|_| BAD)?);
        let envelope = Envelope::from_bytes(unstamped(device, &key, &value)?).ok_or(BAD)?;
        let opened = envelope.open(private, &header.bound(&key)).map_err(sealed("a grant"))?;
        let (blind, sealing) = opened.split_at_checked(32).ok_or(BAD)?;
        let (blind, sealing) = (Key::from_slice(blind).ok_or(BAD)?, Key::from_slice(sealing).ok_or(BAD)?);
        let fresh = || CompartmentKeys { blind, epochs: BTreeMap::new() };
        held.entry(compartment).or_insert_with(fresh).epochs.insert(epoch, sealing);
    }
    Ok(held)
}

impl Writing<'_> {
    /// Grants every compartment that is held, and the device's, to a holder.
    pub(crate) fn grant_everything(&mut self, holder: &[u8; 16], public: PublicKey) -> Result<(), VaultError> {
        self.grant(holder, public, &Compartment::GRANTED)?;
        self.grant_one(holder, public, Compartment::Device)
    }

    /// Gives a holder the keys of compartments, every epoch of them.
    ///
    /// # Errors
    /// [`VaultError::NotHeld`]: nobody can give away keys that they do not hold.
    pub fn grant(
        &mut self,
        holder: &[u8; 16],
        public: PublicKey,
        compartments: &[Compartment],
    ) -> Result<(), VaultError> {
        self.put_stamped(&place::holder(Some(holder)), &public.0)?;
        compartments.iter().try_for_each(|compartment| self.grant_one(holder, public, *compartment))
    }

    fn grant_one(&mut self, holder: &[u8; 16], public: PublicKey, compartment: Compartment) -> Result<(), VaultError> {
        let keyring = Arc::clone(&self.keyring);
        let keys = keyring.compartment(compartment)?;
        for (epoch, sealing) in &keys.epochs {
            self.grant_epoch(holder, public, (compartment, *epoch), (&keys.blind, sealing))?;
        }
        // An epoch begun in this very transaction is on no keyring yet, and whoever comes now must open what comes later.
        let raised: Vec<_> = self.raised.iter().filter(|(of, ..)| *of == compartment).cloned().collect();
        raised
            .iter()
            .try_for_each(|(_, epoch, key)| self.grant_epoch(holder, public, (compartment, *epoch), (&keys.blind, key)))
    }

    fn grant_epoch(
        &mut self,
        holder: &[u8; 16],
        public: PublicKey,
        (compartment, epoch): (Compartment, u32),
        (blind, sealing): (&Key, &Key),
    ) -> Result<(), VaultError> {
        let key = place::grant(holder, Some(compartment), Some(epoch));
        let both = zeroize::Zeroizing::new([blind.bytes().as_slice(), sealing.bytes()].concat());
        let envelope = public.seal(&self.header.bound(&key), &both).map_err(sealed("a grant"))?;
        self.put_stamped(&key, &envelope.to_bytes())
    }

    fn put_stamped(&mut self, key: &[u8], value: &[u8]) -> Result<(), VaultError> {
        let value = stamped(self.keyring.compartment(Compartment::Device)?, key, value);
        self.put_plain(key, &value)
    }

    /// Takes the keys of compartments away from a holder. What the holder copied before stays readable to them; new
    /// epochs shut them out.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn revoke(&mut self, holder: &[u8; 16], compartments: &[Compartment]) -> Result<(), VaultError> {
        for compartment in compartments {
            self.delete_under(&place::grant(holder, Some(*compartment), None))?;
        }
        Ok(())
    }

    /// Takes all keys away from a holder.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn revoke_all(&mut self, holder: &[u8; 16]) -> Result<(), VaultError> {
        self.delete_under(&place::grant(holder, None, None))?;
        self.delete_under(&place::holder(Some(holder)))
    }

    /// Begins a new epoch of a compartment: a new key, granted to everyone who holds the current one, and to whoever is
    /// granted the compartment later in this transaction. Returns the new epoch's number and key, which the open session
    /// adds to its keyring after the commit.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn raise_epoch(&mut self, compartment: Compartment) -> Result<(u32, Key), VaultError> {
        if !Compartment::GRANTED.contains(&compartment) {
            // The device's and a person's own keys hang on other keys, which know a single epoch.
            return Err(VaultError::Contradiction("this compartment has one epoch"));
        }
        let keyring = Arc::clone(&self.keyring);
        let keys = keyring.compartment(compartment)?;
        let (current, _) = keys.current().ok_or(VaultError::NotHeld(compartment))?;
        let (epoch, key) = (current + 1, Key::make()?);
        for holder in self.holders()? {
            if self.tx.get(&place::grant(&holder, Some(compartment), Some(current)))?.is_none() {
                continue;
            }
            let at = place::holder(Some(&holder));
            let value = self.tx.get(&at)?.ok_or(VaultError::Contradiction("a holder without a key"))?;
            let public = unstamped(Some(&keyring.device), &at, &value)?;
            let public = PublicKey(public.try_into().map_err(|_| VaultError::Contradiction("a holder without a key"))?);
            self.grant_epoch(&holder, public, (compartment, epoch), (&keys.blind, &key))?;
        }
        self.raised.push((compartment, epoch, key.clone()));
        Ok((epoch, key))
    }

    /// Returns everybody who holds keys.
    pub(crate) fn holders(&self) -> Result<Vec<[u8; 16]>, VaultError> {
        let all = place::holder(None);
        let rows = self.tx.scan(&all, &place::behind(&all), Direction::Up, SCAN_ROWS_MAX)?;
        let holders = rows.iter().map(|(at, _)| {
            let holder = at.strip_prefix(all.as_slice()).and_then(|holder| holder.try_into().ok());
            holder.ok_or(VaultError::Contradiction("a holder without an id"))
        });
        holders.collect()
    }
}
