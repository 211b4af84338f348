//! Changing: one transaction, through the keys of one session.

use crate::digest::StateDigest;
use crate::engine::{Direction, Transaction};
use crate::error::sealed;
use crate::keyring::Keyring;
use crate::reading::Stamp;
use crate::record::{Change, Index, KeyMaker, Record, RowKey, encode};
use crate::scan::scanned;
use crate::vault::Header;
use crate::{BlobRef, Key, Reading, VaultError, place};
use keepwell_kernel::{Compartment, Instant, StaffId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes of content in one chunk of a large value, leaving room for the seal.
const CHUNK_BYTES: usize = crate::engine::VALUE_BYTES_MAX - 1024;
/// The largest content, in bytes: what one transaction can write, with room for what goes with it.
pub const BLOB_BYTES_MAX: usize = 7 * 1024 * 1024;

/// A change in the making.
pub struct Writing<'a> {
    pub(crate) tx: &'a mut dyn Transaction,
    pub(crate) header: Header,
    pub(crate) keyring: Arc<Keyring>,
    digest: Option<StateDigest>,
    /// How many entries the log has, as the digest's seal says.
    logged: Option<u64>,
    changes: Vec<Change>,
    /// Epochs that were begun in this transaction.
    pub(crate) raised: Vec<(Compartment, u32, Key)>,
}

impl<'a> Writing<'a> {
    pub(crate) fn new(tx: &'a mut dyn Transaction, header: Header, keyring: Arc<Keyring>) -> Self {
        Self { tx, header, keyring, digest: None, logged: None, changes: Vec::new(), raised: Vec::new() }
    }

    /// Looks at the store as this transaction sees it.
    #[must_use]
    pub fn reading(&self) -> Reading<'_> {
        Reading::new(&*self.tx, self.header, &self.keyring)
    }

    /// Goes on with other keys: those of the person who has just proved who they are.
    pub fn change_keyring(&mut self, keyring: Arc<Keyring>) {
        self.keyring = keyring;
    }

    /// Returns the session's keys.
    #[must_use]
    pub const fn keyring(&self) -> &Arc<Keyring> {
        &self.keyring
    }

    /// Returns the changes made so far.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Puts a record: the first time as version 1, later as the next version, with the one before kept in the history
    /// and the indexes brought along.
    ///
    /// # Errors
    /// [`VaultError::WriteOnce`], [`VaultError::Taken`] and the rest of [`VaultError`].
    pub fn put<R: Record>(&mut self, record: &R, at: Instant, by: Option<StaffId>) -> Result<u64, VaultError> {
        self.put_keeping(record, at, by, true)
    }

    /// Puts a record as [`Writing::put`] does and keeps nothing of the version before. For secrets alone: a history
    /// of sealed keys would let an old passphrase open what the new one protects.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn put_over<R: Record>(&mut self, record: &R, at: Instant, by: Option<StaffId>) -> Result<u64, VaultError> {
        self.put_keeping(record, at, by, false)
    }

    fn put_keeping<R: Record>(
        &mut self,
        record: &R,
        at: Instant,
        by: Option<StaffId>,
        keep: bool,
    ) -> Result<u64, VaultError> {
        let keyring = Arc::clone(&self.keyring);
        let keys = keyring.compartment(R::TABLE.compartment)?;
        let row = record.row(KeyMaker::new(&keys.blind));
        let key = place::row(R::TABLE.number, &row.0);
        let before = self.tx.get(&key)?;
        if before.is_some() && R::TABLE.write_once {
            return Err(VaultError::WriteOnce(R::TABLE.name));
        }
        // Everything that can refuse comes before the first write, so that a body that goes on after a refusal commits
        // no half of this put.
        let old = before.as_deref().map(|value| self.reading().read_row::<R>(&key, value)).transpose()?;
        self.check_unique(record, &row, &keys.blind)?;
        let body = zeroize::Zeroizing::new(encode(R::TABLE, record)?);
        let version = match &before {
            Some(value) => self.archive::<R>(&row, &key, value, keep)?,
            None => self.last_archived::<R>(&row)?,
        } + 1;
        self.reindex(old.as_ref().map(|old| &old.record), Some(record), &row, &keys.blind)?;
        let by_bytes = by.map_or([0; 16], |staff| *staff.bytes());
        let stamp = Stamp { version, at_millis: at.timestamp_millis(), by: by_bytes, schema: R::TABLE.schema };
        let content = keys.blind.mac(&[b"content", &body]);
        let plain = zeroize::Zeroizing::new([stamp.to_bytes().as_slice(), &body].concat());
        self.replace(&key, before.as_deref(), R::TABLE.compartment, R::TABLE.name, &plain)?;
        self.changes.push(Change { table: R::TABLE.name, key: row.0, version, content });
        Ok(version)
    }

    /// Removes a record with its index keys; its history stays.
    ///
    /// # Errors
    /// [`VaultError::WriteOnce`] and the rest of [`VaultError`].
    pub fn remove<R: Record>(&mut self, row: &RowKey) -> Result<(), VaultError> {
        if R::TABLE.write_once {
            return Err(VaultError::WriteOnce(R::TABLE.name));
        }
        let key = place::row(R::TABLE.number, &row.0);
        let Some(before) = self.tx.get(&key)? else { return Ok(()) };
        let old = self.reading().read_row::<R>(&key, &before)?;
        let version = self.archive::<R>(row, &key, &before, true)?;
        let keyring = Arc::clone(&self.keyring);
        let blind = &keyring.compartment(R::TABLE.compartment)?.blind;
        self.reindex(Some(&old.record), None, row, blind)?;
        self.digest()?.subtract(&key, &before);
        self.tx.delete(&key)?;
        self.changes.push(Change { table: R::TABLE.name, key: row.0.clone(), version, content: [0; 32] });
        Ok(())
    }

    /// Destroys a record with everything that was kept of it: its earlier versions, its index keys, and the large content
    /// that `content` names. What was written once may go when its time has come; it still cannot change.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn expunge<R: Record>(&mut self, row: &RowKey, content: &[BlobRef]) -> Result<(), VaultError> {
        let key = place::row(R::TABLE.number, &row.0);
        let Some(before) = self.tx.get(&key)? else { return Ok(()) };
        let old = self.reading().read_row::<R>(&key, &before)?;
        let keyring = Arc::clone(&self.keyring);
        self.reindex(Some(&old.record), None, row, &keyring.compartment(R::TABLE.compartment)?.blind)?;
        self.digest()?.subtract(&key, &before);
        self.tx.delete(&key)?;
        self.delete_under(&place::history(R::TABLE.number, &row.0, None))?;
        for blob in content {
            self.delete_under(&place::chunks(blob.compartment()?, &blob.id))?;
        }
        self.changes.push(Change { table: R::TABLE.name, key: row.0.clone(), version: old.version, content: [0; 32] });
        Ok(())
    }

    /// Returns the number of the version that is about to be replaced and, where asked, keeps it, sealed anew for its
    /// place in the history.
    fn archive<R: Record>(&mut self, row: &RowKey, key: &[u8], value: &[u8], keep: bool) -> Result<u64, VaultError> {
        let plain = self.reading().open(R::TABLE.compartment, R::TABLE.name, key, value)?;
        let (stamp, _) = Stamp::split(&plain)?;
        if keep {
            let kept = place::history(R::TABLE.number, &row.0, Some(stamp.version));
            self.replace(&kept, None, R::TABLE.compartment, R::TABLE.name, &plain)?;
        }
        Ok(stamp.version)
    }

    /// Returns the newest version in the history, so that a record that comes back after a removal counts on from it.
    fn last_archived<R: Record>(&self, row: &RowKey) -> Result<u64, VaultError> {
        let prefix = place::history(R::TABLE.number, &row.0, None);
        let last = self.tx.scan(&prefix, &place::behind(&prefix), Direction::Down, 1)?;
        let Some((key, _)) = last.first() else { return Ok(0) };
        let version = key.strip_prefix(prefix.as_slice()).and_then(|version| version.try_into().ok());
        version.map(u64::from_be_bytes).ok_or(VaultError::Contradiction("a history row without its version"))
    }

    /// Refuses a record that would stand under another record's key of a unique index.
    fn check_unique<R: Record>(&self, record: &R, row: &RowKey, blind: &Key) -> Result<(), VaultError> {
        for index in R::INDEXES.iter().filter(|index| index.unique) {
            for key in record.index_keys(*index, KeyMaker::new(blind)) {
                if self.reading().find::<R>(*index, &key, 1)?.first().is_some_and(|other| other != row) {
                    return Err(VaultError::Taken(index.name));
                }
            }
        }
        Ok(())
    }

    /// Brings the index keys of a record along. It looks before it takes away or adds, because a record that an older
    /// program put may stand under other keys than this program would give it.
    fn reindex<R: Record>(
        &mut self,
        old: Option<&R>,
        new: Option<&R>,
        row: &RowKey,
        blind: &Key,
    ) -> Result<(), VaultError> {
        for index in R::INDEXES {
            let keys_of = |record: Option<&R>| -> BTreeSet<RowKey> {
                record.map(|one| one.index_keys(*index, KeyMaker::new(blind))).unwrap_or_default().into_iter().collect()
            };
            let (before, after) = (keys_of(old), keys_of(new));
            for key in before.union(&after) {
                let at = place::index(index.number, &key.0, &row.0);
                match (self.tx.get(&at)?, after.contains(key)) {
                    (Some(held), false) => {
                        self.digest()?.subtract(&at, &held);
                        self.tx.delete(&at)?;
                    }
                    (None, true) => self.put_plain(&at, &row.0)?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Keeps large content in chunks and returns the reference that a record holds to it.
    ///
    /// # Errors
    /// [`VaultError`]; `TooLarge` above [`BLOB_BYTES_MAX`].
    pub fn put_blob(&mut self, compartment: Compartment, content: &[u8]) -> Result<BlobRef, VaultError> {
        if content.len() > BLOB_BYTES_MAX {
            return Err(crate::engine::EngineError::TooLarge("value").into());
        }
        let id = crate::key::random()?;
        let mut chunks = 0u32;
        for chunk in content.chunks(CHUNK_BYTES) {
            self.replace(&place::blob(compartment, &id, chunks), None, compartment, "a chunk", chunk)?;
            chunks += 1;
        }
        let hash = self.keyring.compartment(compartment)?.blind.mac(&[b"blob", content]);
        Ok(BlobRef { compartment: compartment.number(), id, chunks, bytes: content.len() as u64, hash })
    }

    /// Seals a value and puts it in place of what was there, in the store and in the digest.
    pub(crate) fn replace(
        &mut self,
        key: &[u8],
        before: Option<&[u8]>,
        compartment: Compartment,
        name: &'static str,
        plain: &[u8],
    ) -> Result<(), VaultError> {
        let keys = self.keyring.compartment(compartment)?;
        let (epoch, sealing) = keys.current().ok_or(VaultError::NotHeld(compartment))?;
        let value = self.header.suite.seal(sealing, epoch, &self.header.bound(key), plain).map_err(sealed(name))?;
        let digest = self.digest()?;
        if let Some(before) = before {
            digest.subtract(key, before);
        }
        digest.add(key, &value);
        Ok(self.tx.put(key, &value)?)
    }

    pub(crate) fn delete_under(&mut self, prefix: &[u8]) -> Result<(), VaultError> {
        for (key, value) in scanned(&*self.tx, (prefix, &place::behind(prefix)), Direction::Up, usize::MAX)? {
            self.digest()?.subtract(&key, &value);
            self.tx.delete(&key)?;
        }
        Ok(())
    }

    /// Puts a value that is sealed already, or that gives nothing away, and follows it in the digest.
    pub(crate) fn put_plain(&mut self, key: &[u8], value: &[u8]) -> Result<(), VaultError> {
        let before = self.tx.get(key)?;
        let digest = self.digest()?;
        if let Some(before) = before {
            digest.subtract(key, &before);
        }
        digest.add(key, value);
        Ok(self.tx.put(key, value)?)
    }

    /// Marks a key in an index of the log, which has no records of its own; the state digest covers it.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn mark(&mut self, index: Index, key: &RowKey) -> Result<(), VaultError> {
        let at = place::index(index.number, &key.0, &[]);
        self.put_plain(&at, &[])
    }

    /// Puts a row of the log's own space, which the tree covers and the state digest does not.
    ///
    /// # Errors
    /// [`VaultError::Engine`].
    pub fn log_put(&mut self, kind: u8, key: &[u8], value: &[u8]) -> Result<(), VaultError> {
        Ok(self.tx.put(&place::log(kind, key), value)?)
    }

    pub(crate) fn raw_put(&mut self, key: &[u8], value: &[u8]) -> Result<(), VaultError> {
        Ok(self.tx.put(key, value)?)
    }

    pub(crate) fn start_digest(&mut self) -> Result<(), VaultError> {
        self.digest = Some(StateDigest::empty());
        Ok(())
    }

    fn digest(&mut self) -> Result<&mut StateDigest, VaultError> {
        if self.digest.is_none() {
            let (digest, logged) = self.reading().digest()?;
            (self.digest, self.logged) = (Some(digest), logged);
        }
        self.digest.as_mut().ok_or(VaultError::Contradiction("no state digest"))
    }

    /// Returns the state digest as it will stand after this transaction.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn state(&mut self) -> Result<StateDigest, VaultError> {
        self.digest().cloned()
    }

    /// Says how many entries the log has with this transaction. It stands in the digest's seal, so that rows of another
    /// day cannot be put beside today's log, though both are whole.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn log_has(&mut self, entries: u64) -> Result<(), VaultError> {
        self.digest()?;
        self.logged = Some(entries);
        Ok(())
    }

    /// Writes the digest, once, at the end.
    pub(crate) fn finish(&mut self) -> Result<(), VaultError> {
        let Some(digest) = self.digest.take() else { return Ok(()) };
        let keys = self.keyring.compartment(Compartment::Device)?;
        let (epoch, sealing) = keys.current().ok_or(VaultError::NotHeld(Compartment::Device))?;
        let bound = self.header.bound(place::DIGEST);
        let mut plain = digest.to_bytes();
        plain.extend(self.logged.iter().flat_map(|entries| entries.to_be_bytes()));
        let value = self.header.suite.seal(sealing, epoch, &bound, &plain).map_err(sealed("the state digest"))?;
        Ok(self.tx.put(place::DIGEST, &value)?)
    }
}
