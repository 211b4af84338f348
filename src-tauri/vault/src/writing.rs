//! Changing: one transaction, through the keys of one session.

use crate::digest::StateDigest;
use crate::engine::{Direction, SCAN_ROWS_MAX, Transaction};
use crate::error::sealed;
use crate::keyring::Keyring;
use crate::reading::Stamp;
use crate::record::{Change, Index, KeyMaker, Record, RowKey, encode};
use crate::vault::Header;
use crate::{BlobRef, Key, PublicKey, Reading, VaultError, place};
use keepwell_kernel::{Compartment, Instant, StaffId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes of content in one chunk of a large value, leaving room for the seal.
const CHUNK_BYTES: usize = crate::engine::VALUE_BYTES_MAX - 1024;
/// The largest content, in bytes: what one transaction can write, with room for what goes with it.
pub const BLOB_BYTES_MAX: usize = 7 * 1024 * 1024;

/// A change in the making.
pub struct Writing<'a> {
    tx: &'a mut dyn Transaction,
    header: Header,
    keyring: Arc<Keyring>,
    digest: Option<StateDigest>,
    changes: Vec<Change>,
}

impl<'a> Writing<'a> {
    pub(crate) fn new(tx: &'a mut dyn Transaction, header: Header, keyring: Arc<Keyring>) -> Self {
        Self { tx, header, keyring, digest: None, changes: Vec::new() }
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
            Some(value) => self.archive::<R>(&row, &key, value)?,
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
        let version = self.archive::<R>(row, &key, &before)?;
        let keyring = Arc::clone(&self.keyring);
        let blind = &keyring.compartment(R::TABLE.compartment)?.blind;
        self.reindex(Some(&old.record), None, row, blind)?;
        self.digest()?.subtract(&key, &before);
        self.tx.delete(&key)?;
        self.changes.push(Change { table: R::TABLE.name, key: row.0.clone(), version, content: [0; 32] });
        Ok(())
    }

    /// Keeps the version that is about to be replaced, sealed anew for its place in the history.
    fn archive<R: Record>(&mut self, row: &RowKey, key: &[u8], value: &[u8]) -> Result<u64, VaultError> {
        let plain = self.reading().open(R::TABLE.compartment, R::TABLE.name, key, value)?;
        let (stamp, _) = Stamp::split(&plain)?;
        let kept = place::history(R::TABLE.number, &row.0, Some(stamp.version));
        self.replace(&kept, None, R::TABLE.compartment, R::TABLE.name, &plain)?;
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
    fn replace(
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
        self.put_plain(&place::holder(Some(holder)), &public.0)?;
        compartments.iter().try_for_each(|compartment| self.grant_one(holder, public, *compartment))
    }

    fn grant_one(&mut self, holder: &[u8; 16], public: PublicKey, compartment: Compartment) -> Result<(), VaultError> {
        let keyring = Arc::clone(&self.keyring);
        let keys = keyring.compartment(compartment)?;
        for (epoch, sealing) in &keys.epochs {
            let key = place::grant(holder, Some(compartment), Some(*epoch));
            let both = zeroize::Zeroizing::new([keys.blind.bytes().as_slice(), sealing.bytes()].concat());
            let envelope = public.seal(&self.header.bound(&key), &both).map_err(sealed("a grant"))?;
            self.put_plain(&key, &envelope.to_bytes())?;
        }
        Ok(())
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

    /// Begins a new epoch of a compartment: a new key, granted to everyone who holds the current one. Returns the new
    /// epoch's number and key, which the open session adds to its keyring after the commit.
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
        let all = place::holder(None);
        for (at, public) in self.tx.scan(&all, &place::behind(&all), Direction::Up, SCAN_ROWS_MAX)? {
            let holder = at.strip_prefix(all.as_slice()).and_then(|holder| holder.try_into().ok());
            let holder: [u8; 16] = holder.ok_or(VaultError::Contradiction("a holder without an id"))?;
            if self.tx.get(&place::grant(&holder, Some(compartment), Some(current)))?.is_none() {
                continue;
            }
            let public =
                public.as_slice().try_into().map_err(|_| VaultError::Contradiction("a holder without a key"))?;
            let at = place::grant(&holder, Some(compartment), Some(epoch));
            let both = zeroize::Zeroizing::new([keys.blind.bytes().as_slice(), key.bytes()].concat());
            let envelope = PublicKey(public).seal(&self.header.bound(&at), &both).map_err(sealed("a grant"))?;
            self.put_plain(&at, &envelope.to_bytes())?;
        }
        Ok((epoch, key))
    }

    fn delete_under(&mut self, prefix: &[u8]) -> Result<(), VaultError> {
        for (key, value) in self.tx.scan(prefix, &place::behind(prefix), Direction::Up, SCAN_ROWS_MAX)? {
            self.digest()?.subtract(&key, &value);
            self.tx.delete(&key)?;
        }
        Ok(())
    }

    /// Puts a value that is sealed already, or that gives nothing away, and follows it in the digest.
    fn put_plain(&mut self, key: &[u8], value: &[u8]) -> Result<(), VaultError> {
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
            self.digest = Some(self.reading().digest()?);
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

    /// Writes the digest, once, at the end.
    pub(crate) fn finish(&mut self) -> Result<(), VaultError> {
        let Some(digest) = self.digest.take() else { return Ok(()) };
        let keys = self.keyring.compartment(Compartment::Device)?;
        let (epoch, sealing) = keys.current().ok_or(VaultError::NotHeld(Compartment::Device))?;
        let bound = self.header.bound(place::DIGEST);
        let value =
            self.header.suite.seal(sealing, epoch, &bound, &digest.to_bytes()).map_err(sealed("the state digest"))?;
        Ok(self.tx.put(place::DIGEST, &value)?)
    }
}
