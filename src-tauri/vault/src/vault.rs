//! The store as a whole: made, opened, unlocked.

use crate::cores::on_all_cores;
use crate::digest::StateDigest;
use crate::engine::{Direction, Engine, EngineError, Limited, SCAN_ROWS_MAX, Verdict};
use crate::grants::grants_of;
use crate::keyring::{CompartmentKeys, DeviceKeys, Keyring, log_private};
use crate::reading::ROWS_A_CORE;
use crate::{Key, Keychain, PublicKey, Reading, Suite, VaultError, Writing, place, seal};
use keepwell_kernel::{Compartment, VaultId};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

const MAGIC: &[u8; 8] = b"KEEPWELL";
const FORMAT: u16 = 1;
/// The holder that stands for the recovery key.
pub const RECOVERY_HOLDER: [u8; 16] = *b"keepwell-recover";

/// What the one clear value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) vault: VaultId,
    pub(crate) suite: Suite,
}

impl Header {
    fn to_bytes(self) -> Vec<u8> {
        [MAGIC.as_slice(), &FORMAT.to_be_bytes(), &[self.suite.number()], self.vault.bytes()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(EngineError::Foreign)?;
        let [f0, f1, rest @ ..] = rest else { return Err(EngineError::Truncated.into()) };
        let format = u16::from_be_bytes([*f0, *f1]);
        if format > FORMAT {
            return Err(VaultError::Newer(format));
        }
        if format == 0 {
            return Err(EngineError::Damaged.into());
        }
        let [suite, vault @ ..] = rest else { return Err(EngineError::Truncated.into()) };
        let suite = Suite::from_number(*suite).ok_or(EngineError::Damaged)?;
        let vault = vault.try_into().map_err(|_| EngineError::Damaged)?;
        Ok(Self { vault: VaultId::from_bytes(vault), suite })
    }

    /// Returns what a value at a storage key is bound to.
    pub(crate) fn bound(&self, key: &[u8]) -> Vec<u8> {
        [self.vault.bytes().as_slice(), key].concat()
    }
}

/// A practice's sealed store. It holds the device keys, and no compartment's.
pub struct Vault {
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) keychain: Arc<dyn Keychain>,
    pub(crate) header: Header,
    device: RwLock<Option<(Key, DeviceKeys)>>,
}

/// The body of a change: it answers with its verdict, and may be run more than once.
pub type Change<'b, R, E> = &'b mut dyn FnMut(&mut Writing<'_>) -> Result<(Verdict, R), E>;

/// What a sweep over all rows found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sweep {
    /// Rows that were looked at.
    pub rows: u64,
    /// What the rows add up to is what the store says they do.
    pub digest_agrees: bool,
    /// The copy of the device keys that recovery opens is there and right.
    pub recovery_agrees: bool,
}

pub(crate) fn device_name(vault: VaultId) -> String {
    format!("device:{vault}")
}

fn anchor_name(vault: VaultId) -> String {
    format!("anchor:{vault}")
}

impl Vault {
    /// Makes a new store in an empty engine, with keys for every compartment, and returns them with it.
    ///
    /// # Errors
    /// [`VaultError`]; `Foreign` when the engine is not empty.
    pub fn create(
        engine: Box<dyn Engine>,
        keychain: Arc<dyn Keychain>,
        suite: Suite,
        recovery: &Key,
    ) -> Result<(Self, Arc<Keyring>), VaultError> {
        if engine.snapshot()?.get(place::HEADER)?.is_some() {
            return Err(EngineError::Foreign.into());
        }
        let header = Header { vault: VaultId::make(), suite };
        let held: BTreeMap<_, _> = Compartment::GRANTED
            .into_iter()
            .map(|compartment| Ok((compartment, CompartmentKeys::make()?)))
            .collect::<Result<_, VaultError>>()?;
        let log = held.get(&Compartment::Log).ok_or(VaultError::Contradiction("no log compartment"))?;
        let device = DeviceKeys {
            sealing: CompartmentKeys::make()?,
            log_index: Key::make()?,
            log_signing: Key::make()?,
            log_public: PublicKey::of(&log_private(log)),
            recovery_public: PublicKey::of(recovery),
        };
        let device_key = Key::make()?;
        // The keychain comes first: a store whose key is lost is worse than a key without a store.
        keychain.set(&device_name(header.vault), device_key.bytes())?;
        let vault = Self { engine, keychain, header, device: RwLock::new(Some((device_key, device.clone()))) };
        let keyring = Arc::new(Keyring { device, held });
        vault.write::<(), VaultError>(&keyring, &mut |tx| {
            tx.raw_put(place::HEADER, &header.to_bytes())?;
            tx.start_digest()?;
            vault.put_device(tx)?;
            tx.grant_everything(&RECOVERY_HOLDER, PublicKey::of(recovery))?;
            Ok((Verdict::Commit, ()))
        })?;
        Ok((vault, keyring))
    }

    /// Opens a store. Without the device key in the keychain it opens too, for the recovery key alone.
    ///
    /// # Errors
    /// [`VaultError`], which says what is wrong with the file.
    pub fn open(engine: Box<dyn Engine>, keychain: Arc<dyn Keychain>) -> Result<Self, VaultError> {
        let (header, sealed_device) = {
            let snapshot = engine.snapshot()?;
            let header = snapshot.get(place::HEADER)?.ok_or(EngineError::Foreign)?;
            (Header::from_bytes(&header)?, snapshot.get(place::DEVICE)?)
        };
        let held = keychain.get(&device_name(header.vault))?;
        let sealed_device = sealed_device.ok_or(VaultError::Contradiction("no device keys"))?;
        let device = held.as_deref().and_then(|bytes| Key::from_slice(bytes)).and_then(|key| {
            let bound = header.bound(place::DEVICE);
            let opened = seal::open(|_| Some(&key), &bound, &sealed_device);
            // A keychain that holds another key is the same to the person as one that holds none.
            let keys = opened.as_deref().map(|bytes| DeviceKeys::from_bytes(bytes)).unwrap_or(None)?;
            Some((key, keys))
        });
        Ok(Self { engine, keychain, header, device: RwLock::new(device) })
    }

    /// Returns the store's id.
    #[must_use]
    pub const fn id(&self) -> VaultId {
        self.header.vault
    }

    /// Returns the store's cipher.
    #[must_use]
    pub const fn suite(&self) -> Suite {
        self.header.suite
    }

    /// Returns the keys one has before anybody signs in.
    ///
    /// # Errors
    /// [`VaultError::NoDeviceKey`].
    pub fn device_keyring(&self) -> Result<Keyring, VaultError> {
        let (_, device) = self.device()?;
        Ok(Keyring { device, held: BTreeMap::new() })
    }

    /// Returns the device key, for sealing under passphrases.
    ///
    /// # Errors
    /// [`VaultError::NoDeviceKey`].
    pub fn device_key(&self) -> Result<Key, VaultError> {
        Ok(self.device()?.0)
    }

    pub(crate) fn device(&self) -> Result<(Key, DeviceKeys), VaultError> {
        self.device.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or(VaultError::NoDeviceKey)
    }

    pub(crate) fn set_device(&self, key: Key, keys: DeviceKeys) {
        *self.device.write().unwrap_or_else(PoisonError::into_inner) = Some((key, keys));
    }

    /// Opens the grants of a holder with that holder's private key.
    ///
    /// # Errors
    /// [`VaultError`]; a grant that does not open is an error, not a smaller keyring.
    pub fn keyring_of(&self, holder: &[u8; 16], private: &Key) -> Result<Keyring, VaultError> {
        let mut keyring = self.device_keyring()?;
        keyring.held =
            grants_of(self.engine.snapshot()?.as_ref(), &self.header, holder, private, Some(&keyring.device))?;
        Ok(keyring)
    }

    /// Looks at one consistent moment.
    ///
    /// # Errors
    /// What `look` answers, or [`VaultError::Engine`].
    pub fn read<R, E: From<VaultError>>(
        &self,
        keyring: &Keyring,
        look: impl FnOnce(&Reading<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        let snapshot = self.engine.snapshot().map_err(VaultError::from)?;
        look(&Reading::new(snapshot.as_ref(), self.header, keyring))
    }

    /// Changes the store in one transaction; when this returns after a `Commit`, the change survives a power cut.
    /// The body may be run more than once.
    ///
    /// # Errors
    /// What the body answers, or [`VaultError::Engine`]; then nothing was written.
    pub fn write<R, E: From<VaultError>>(&self, keyring: &Arc<Keyring>, body: Change<'_, R, E>) -> Result<R, E> {
        let mut answer: Option<Result<R, E>> = None;
        let done = self.engine.transact(&mut |inner| {
            let mut limited = Limited::over(inner);
            let mut tx = Writing::new(&mut limited, self.header, Arc::clone(keyring));
            let outcome = body(&mut tx).and_then(|(verdict, value)| {
                if verdict == Verdict::Commit {
                    tx.finish().map_err(E::from)?;
                }
                Ok((verdict, value))
            });
            let outcome = match (limited.intact(), outcome) {
                (Err(broken), Ok((Verdict::Commit, _))) => Err(VaultError::from(broken).into()),
                (_, outcome) => outcome,
            };
            Ok(match outcome {
                Ok((verdict, value)) => {
                    answer = Some(Ok(value));
                    verdict
                }
                Err(error) => {
                    answer = Some(Err(error));
                    Verdict::Abort
                }
            })
        });
        match (done, answer) {
            // What the body says comes first: after a full disk the engine's abort fails as well, and says less.
            (_, Some(Err(error))) => Err(error),
            (Err(error), _) => Err(VaultError::from(error).into()),
            (Ok(()), Some(answer)) => answer,
            (Ok(()), None) => Err(VaultError::Contradiction("the engine ran no transaction").into()),
        }
    }

    /// Adds up all rows and compares with what the store says they add up to. `progress` is told the rows so far and
    /// answers whether to go on.
    ///
    /// # Errors
    /// [`VaultError`]; a cancelled sweep answers nothing.
    pub fn sweep(&self, keyring: &Keyring, progress: &mut dyn FnMut(u64) -> bool) -> Result<Option<Sweep>, VaultError> {
        let snapshot = self.engine.snapshot()?;
        let (expected, _) = Reading::new(snapshot.as_ref(), self.header, keyring).digest()?;
        let mut found = StateDigest::empty();
        let (first, until) = place::DIGESTED;
        let mut rows = 0u64;
        let mut page = snapshot.scan(first, until, Direction::Up, SCAN_ROWS_MAX)?;
        while let Some((last, _)) = page.last() {
            let from = [last.as_slice(), &[0]].concat();
            rows += page.len() as u64;
            let fetch = || snapshot.scan(&from, until, Direction::Up, SCAN_ROWS_MAX);
            let (parts, ahead) = on_all_cores(&page, ROWS_A_CORE, StateDigest::of, fetch);
            parts.iter().for_each(|part| found.join(part));
            page = ahead?;
            if !progress(rows) {
                return Ok(None);
            }
        }
        let recovery_agrees = self.recovery_agrees(snapshot.as_ref(), &keyring.device);
        Ok(Some(Sweep { rows, digest_agrees: found == expected, recovery_agrees }))
    }

    /// Returns the log's anchor from the keychain.
    ///
    /// # Errors
    /// [`VaultError::Keychain`].
    pub fn anchor(&self) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, VaultError> {
        Ok(self.keychain.get(&anchor_name(self.header.vault))?)
    }

    /// Puts the log's anchor into the keychain.
    ///
    /// # Errors
    /// [`VaultError::Keychain`].
    pub fn set_anchor(&self, anchor: &[u8]) -> Result<(), VaultError> {
        Ok(self.keychain.set(&anchor_name(self.header.vault), anchor)?)
    }

    /// Makes the keychain forget the device key and the log's anchor, and forgets them here. Without the recovery key nothing
    /// of this store opens then, here or from any copy of its file.
    ///
    /// # Errors
    /// [`VaultError::Keychain`], also where the keychain still has the key afterwards.
    pub fn forget_keys(&self) -> Result<(), VaultError> {
        let device = device_name(self.header.vault);
        self.keychain.forget(&device)?;
        self.keychain.forget(&anchor_name(self.header.vault))?;
        *self.device.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        match self.keychain.get(&device)? {
            None => Ok(()),
            Some(_) => Err(VaultError::Contradiction("the keychain still has the device key")),
        }
    }

    /// Returns the kind of keychain in use: `os`, `file` or `memory`.
    #[must_use]
    pub fn keychain_kind(&self) -> &'static str {
        self.keychain.kind()
    }
}
