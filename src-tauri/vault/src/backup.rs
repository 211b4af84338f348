//! What a backup asks of the store: its rows as they are, sealed, and a store filled from such rows again.
//!
//! Nothing is opened on the way out and nothing is sealed on the way in, so both can be done while nobody is signed in,
//! and whoever keeps the backup holds what the disk held: noise.

use crate::engine::{Direction, Engine, EngineError, Row, Verdict};
use crate::keychain::KeychainError;
use crate::keyring::DeviceKeys;
use crate::vault::device_name;
use crate::{Key, Keychain, PublicKey, Reading, Vault, VaultError, place};
use std::sync::Arc;
use zeroize::Zeroizing;

/// So many bytes go into one transaction while a store is filled; the engine's limit is twice that.
const POUR_BYTES: usize = 4 * 1024 * 1024;

impl Reading<'_> {
    /// Returns up to `limit` rows behind a key, as they stand, in the order of their keys. No rows means the end.
    ///
    /// # Errors
    /// [`VaultError::Engine`].
    pub fn sealed_rows(&self, after: Option<&[u8]>, limit: usize) -> Result<Vec<Row>, VaultError> {
        // The key behind another is that key with a zero byte after it.
        let from = after.map_or_else(Vec::new, |after| [after, &[0]].concat());
        Ok(self.snapshot.scan(&from, &place::behind(&[u8::MAX]), Direction::Up, limit)?)
    }
}

impl DeviceKeys {
    /// Returns the private key to which this practice's backups are sealed besides the recovery key, so that one can be
    /// proved without the kit. Whoever has the machine's keychain and the store has it, and opens no row with it.
    #[must_use]
    pub fn backup_key(&self) -> Key {
        self.sealing.blind.derive(b"keepwell", b"backup")
    }

    /// Returns the public half of the recovery key.
    #[must_use]
    pub const fn recovery_public(&self) -> PublicKey {
        self.recovery_public
    }
}

/// An empty engine that is filled with the rows of a backup.
pub struct Refill {
    engine: Box<dyn Engine>,
    waiting: Vec<Row>,
    bytes: usize,
    rows: u64,
}

impl Refill {
    /// Begins to fill an engine.
    ///
    /// # Errors
    /// [`VaultError::Engine`]; `Foreign` when something is in it.
    pub fn of(engine: Box<dyn Engine>) -> Result<Self, VaultError> {
        if engine.snapshot()?.get(place::HEADER)?.is_some() {
            return Err(EngineError::Foreign.into());
        }
        Ok(Self { engine, waiting: Vec::new(), bytes: 0, rows: 0 })
    }

    /// Puts one row.
    ///
    /// # Errors
    /// [`VaultError::Engine`].
    pub fn put(&mut self, key: Vec<u8>, value: Vec<u8>) -> Result<(), VaultError> {
        self.bytes += key.len() + value.len();
        self.waiting.push((key, value));
        self.rows += 1;
        if self.bytes < POUR_BYTES { Ok(()) } else { self.pour() }
    }

    /// Returns how many rows were put.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the filling, and returns the engine.
    ///
    /// # Errors
    /// [`VaultError::Engine`].
    pub fn done(mut self) -> Result<Box<dyn Engine>, VaultError> {
        self.pour()?;
        Ok(self.engine)
    }

    fn pour(&mut self) -> Result<(), VaultError> {
        let rows = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        self.engine.transact(&mut |tx| {
            rows.iter().try_for_each(|(key, value)| tx.put(key, value))?;
            Ok(Verdict::Commit)
        })?;
        Ok(())
    }
}

/// A keychain that knows one device key and remembers nothing.
struct Apart {
    name: String,
    key: Key,
}

impl Keychain for Apart {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Ok((name == self.name).then(|| Zeroizing::new(self.key.bytes().to_vec())))
    }

    fn set(&self, _: &str, _: &[u8]) -> Result<(), KeychainError> {
        Ok(())
    }

    fn forget(&self, _: &str) -> Result<(), KeychainError> {
        Ok(())
    }

    fn kind(&self) -> &'static str {
        "apart"
    }
}

impl Vault {
    /// Opens a copy of this practice's store with this machine's device key, apart from the keychain: nothing that is
    /// done to the copy is remembered, and the copy is not held to what the keychain knows of the real one.
    ///
    /// # Errors
    /// [`VaultError`]; a contradiction when it is another practice's.
    pub fn apart(&self, copy: Box<dyn Engine>) -> Result<Self, VaultError> {
        let copy = Self::open(copy, Arc::new(Apart { name: device_name(self.id()), key: self.device_key()? }))?;
        if copy.id() != self.id() {
            return Err(VaultError::Contradiction("the copy is another practice's"));
        }
        Ok(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::MemoryEngine;
    use crate::{MemoryKeychain, Suite};
    use keepwell_kernel::Compartment;

    fn vault() -> (Vault, Arc<crate::Keyring>, Key) {
        let recovery = Key::make().unwrap();
        let keychain = Arc::new(MemoryKeychain::default());
        let engine = Box::new(MemoryEngine::empty());
        let (vault, keyring) = Vault::create(engine, keychain, Suite::XChaCha20Poly1305, &recovery).unwrap();
        (vault, keyring, recovery)
    }

    fn rows_of(vault: &Vault, keyring: &crate::Keyring, limit: usize) -> Vec<Row> {
        vault
            .read(keyring, |reading| {
                let mut rows: Vec<Row> = Vec::new();
                loop {
                    let page = reading.sealed_rows(rows.last().map(|(key, _)| key.as_slice()), limit)?;
                    if page.is_empty() {
                        return Ok::<_, VaultError>(rows);
                    }
                    rows.extend(page);
                }
            })
            .unwrap()
    }

    fn poured(rows: &[Row]) -> Box<dyn Engine> {
        let mut refill = Refill::of(Box::new(MemoryEngine::empty())).unwrap();
        rows.iter().for_each(|(key, value)| refill.put(key.clone(), value.clone()).unwrap());
        assert_eq!(refill.rows(), rows.len() as u64);
        refill.done().unwrap()
    }

    #[test]
    fn a_store_filled_from_the_rows_is_the_same_store() {
        let (vault, keyring, recovery) = vault();
        let blob = vec![7; 200_000];
        let put = vault.write::<_, VaultError>(&keyring, &mut |tx| {
            Ok((Verdict::Commit, tx.put_blob(Compartment::Clinical, &blob)?))
        });
        let put = put.unwrap();
        let rows = rows_of(&vault, &keyring, 3);
        assert_eq!(rows, rows_of(&vault, &keyring, 1000), "the size of the pages makes no difference");

        let copy = vault.apart(poured(&rows)).unwrap();
        assert!(copy.sweep(&keyring, &mut |_| true).unwrap().unwrap().digest_agrees);
        assert_eq!(copy.read(&keyring, |reading| reading.blob(&put)).unwrap().as_slice(), blob);
        assert_eq!(copy.anchor().unwrap(), None, "the copy knows nothing of the keychain");
        copy.set_anchor(b"of the copy").unwrap();
        assert_eq!(vault.anchor().unwrap(), None, "and the keychain nothing of the copy");

        // On a bare machine the recovery key opens it.
        let elsewhere = Vault::open(poured(&rows), Arc::new(MemoryKeychain::default())).unwrap();
        let all = elsewhere.recover(&recovery).unwrap();
        assert_eq!(elsewhere.read(&all, |reading| reading.blob(&put)).unwrap().as_slice(), blob);
    }

    #[test]
    fn a_row_that_is_left_out_or_put_back_is_noticed() {
        let (vault, keyring, _) = vault();
        let before = rows_of(&vault, &keyring, 100);
        vault
            .write::<_, VaultError>(&keyring, &mut |tx| {
                Ok((Verdict::Commit, tx.put_blob(Compartment::Clinical, b"something")?))
            })
            .unwrap();
        let after = rows_of(&vault, &keyring, 100);
        let new = after.iter().position(|row| !before.iter().any(|(key, _)| *key == row.0)).unwrap();
        let without: Vec<Row> =
            after.iter().enumerate().filter(|(at, _)| *at != new).map(|(_, row)| row.clone()).collect();
        let copy = vault.apart(poured(&without)).unwrap();
        assert!(!copy.sweep(&keyring, &mut |_| true).unwrap().unwrap().digest_agrees);
    }

    #[test]
    fn only_an_empty_store_is_filled_and_only_with_its_own() {
        let (vault, keyring, _) = vault();
        let rows = rows_of(&vault, &keyring, 100);
        assert!(matches!(Refill::of(poured(&rows)), Err(VaultError::Engine(EngineError::Foreign))));
        let (other, ..) = self::vault();
        assert!(matches!(other.apart(poured(&rows)), Err(VaultError::Contradiction(_))));
        assert_ne!(
            other.device_keyring().unwrap().device().backup_key().bytes(),
            keyring.device().backup_key().bytes()
        );
    }
}
