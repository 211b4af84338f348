//! The keys a session holds, and no others.

use crate::key::NoRandomness;
use crate::{Key, PublicKey, VaultError};
use keepwell_kernel::Compartment;
use std::collections::BTreeMap;

/// One compartment's keys: one per epoch for sealing, and one that never changes for blinding.
#[derive(Clone)]
pub(crate) struct CompartmentKeys {
    pub(crate) blind: Key,
    pub(crate) epochs: BTreeMap<u32, Key>,
}

impl CompartmentKeys {
    pub(crate) fn make() -> Result<Self, NoRandomness> {
        Ok(Self { blind: Key::make()?, epochs: BTreeMap::from([(1, Key::make()?)]) })
    }

    /// Returns the newest epoch with its key.
    pub(crate) fn current(&self) -> Option<(u32, &Key)> {
        self.epochs.last_key_value().map(|(epoch, key)| (*epoch, key))
    }
}

/// What the machine may use before anybody signs in: it seals what stands outside the practice's compartments, finds
/// sign-in slots, adds to the log and signs its checkpoints. It opens no record about a patient or a person.
#[derive(Clone)]
pub struct DeviceKeys {
    pub(crate) sealing: CompartmentKeys,
    pub(crate) log_index: Key,
    pub(crate) log_signing: Key,
    pub(crate) log_public: PublicKey,
    pub(crate) recovery_public: PublicKey,
}

impl DeviceKeys {
    /// Returns the key that blinds the log's index keys.
    #[must_use]
    pub const fn log_index(&self) -> &Key {
        &self.log_index
    }

    /// Returns the key that signs the log's checkpoints.
    #[must_use]
    pub fn log_signing(&self) -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(self.log_signing.bytes())
    }

    /// Returns the public key to which the log's segment keys are sealed.
    #[must_use]
    pub const fn log_public(&self) -> PublicKey {
        self.log_public
    }

    /// How many bytes they take.
    pub(crate) const LENGTH: usize = 6 * 32;

    pub(crate) fn to_bytes(&self) -> Option<zeroize::Zeroizing<Vec<u8>>> {
        let (_, sealing) = self.sealing.current()?;
        let parts: [&[u8]; 6] = [
            self.sealing.blind.bytes(),
            sealing.bytes(),
            self.log_index.bytes(),
            self.log_signing.bytes(),
            &self.log_public.0,
            &self.recovery_public.0,
        ];
        Some(zeroize::Zeroizing::new(parts.concat()))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (parts, rest) = bytes.as_chunks::<32>();
        let [blind, sealing, log_index, log_signing, log_public, recovery_public] = parts else { return None };
        rest.is_empty().then(|| Self {
            sealing: CompartmentKeys {
                blind: Key::from_bytes(*blind),
                epochs: BTreeMap::from([(1, Key::from_bytes(*sealing))]),
            },
            log_index: Key::from_bytes(*log_index),
            log_signing: Key::from_bytes(*log_signing),
            log_public: PublicKey(*log_public),
            recovery_public: PublicKey(*recovery_public),
        })
    }
}

/// The keys of one session. Dropping it wipes them.
#[derive(Clone)]
pub struct Keyring {
    pub(crate) device: DeviceKeys,
    pub(crate) held: BTreeMap<Compartment, CompartmentKeys>,
}

impl Keyring {
    /// Says whether a compartment's keys are held.
    #[must_use]
    pub fn holds(&self, compartment: Compartment) -> bool {
        compartment == Compartment::Device || self.held.contains_key(&compartment)
    }

    /// Returns the device keys.
    #[must_use]
    pub const fn device(&self) -> &DeviceKeys {
        &self.device
    }

    /// Adds a new epoch of a compartment that is held.
    pub fn add_epoch(&mut self, compartment: Compartment, epoch: u32, key: Key) {
        if let Some(keys) = self.held.get_mut(&compartment) {
            keys.epochs.insert(epoch, key);
        }
    }

    /// Says whether anything may still be sealed under an epoch that is not the newest.
    #[must_use]
    pub fn has_old_epochs(&self) -> bool {
        self.held.values().any(|keys| keys.epochs.len() > 1)
    }

    /// Returns the newest epoch of each compartment that is held, by the compartment's number.
    #[must_use]
    pub fn epochs(&self) -> BTreeMap<u8, u32> {
        let current = |(of, keys): (&Compartment, &CompartmentKeys)| Some((of.number(), keys.current()?.0));
        self.held.iter().filter_map(current).collect()
    }

    /// Forgets the keys of every epoch but the newest.
    pub fn forget_old_epochs(&mut self) {
        for keys in self.held.values_mut() {
            while keys.epochs.len() > 1 {
                keys.epochs.pop_first();
            }
        }
    }

    /// Takes in the public half of a replaced recovery key, to which an open session's check of the store holds the kit.
    pub const fn adopt_recovery(&mut self, recovery: PublicKey) {
        self.device.recovery_public = recovery;
    }

    /// Adds the keys of one person's own compartment, derived from that person's private key.
    pub fn add_personal(&mut self, private: &Key) {
        let keys = CompartmentKeys {
            blind: private.derive(b"keepwell", b"personal blinding"),
            epochs: BTreeMap::from([(1, private.derive(b"keepwell", b"personal sealing"))]),
        };
        self.held.insert(Compartment::Personal, keys);
    }

    /// Returns the private key that opens the log's segments, for those who hold the log compartment.
    #[must_use]
    pub fn log_private(&self) -> Option<Key> {
        self.held.get(&Compartment::Log).map(log_private)
    }

    pub(crate) fn compartment(&self, compartment: Compartment) -> Result<&CompartmentKeys, VaultError> {
        if compartment == Compartment::Device {
            return Ok(&self.device.sealing);
        }
        self.held.get(&compartment).ok_or(VaultError::NotHeld(compartment))
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.held.keys()).finish()
    }
}

/// The log's private key hangs on the key that never changes, so that a new epoch leaves old segments readable.
pub(crate) fn log_private(keys: &CompartmentKeys) -> Key {
    keys.blind.derive(b"keepwell", b"log private")
}
