//! Looking: one consistent moment, through the keys of one session.

use crate::cores::on_all_cores;
use crate::digest::{STATE_BYTES, StateDigest};
use crate::engine::{Direction, Row, SCAN_ROWS_MAX, Snapshot};
use crate::error::sealed;
use crate::keyring::Keyring;
use crate::record::{Index, KeyMaker, Record, RowKey, Stored, Table};
use crate::scan::scanned;
use crate::vault::Header;
use crate::{BlobRef, VaultError, place, seal};
use keepwell_kernel::{Compartment, StaffId};
use zeroize::Zeroizing;

/// Fewer rows than this are not worth a thread.
pub(crate) const ROWS_A_CORE: usize = 256;

/// Version 8, milliseconds 8, staff 16, schema 2.
pub(crate) const STAMP_BYTES: usize = 34;

/// What stands before a record's own bytes inside the seal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp {
    pub(crate) version: u64,
    pub(crate) at_millis: i64,
    pub(crate) by: [u8; 16],
    pub(crate) schema: u16,
}

impl Stamp {
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        [self.version.to_be_bytes().as_slice(), &self.at_millis.to_be_bytes(), &self.by, &self.schema.to_be_bytes()]
            .concat()
    }

    pub(crate) fn split(plain: &[u8]) -> Result<(Self, &[u8]), VaultError> {
        const BAD: VaultError = VaultError::Contradiction("a record without its stamp");
        let (stamp, body) = plain.split_at_checked(STAMP_BYTES).ok_or(BAD)?;
        let (version, rest) = stamp.split_first_chunk::<8>().ok_or(BAD)?;
        let (at, rest) = rest.split_first_chunk::<8>().ok_or(BAD)?;
        let (by, schema) = rest.split_first_chunk::<16>().ok_or(BAD)?;
        let schema = schema.try_into().map_err(|_| BAD)?;
        let stamp = Self {
            version: u64::from_be_bytes(*version),
            at_millis: i64::from_be_bytes(*at),
            by: *by,
            schema: u16::from_be_bytes(schema),
        };
        Ok((stamp, body))
    }
}

/// A look at one moment of the store.
pub struct Reading<'a> {
    pub(crate) snapshot: &'a dyn Snapshot,
    pub(crate) header: Header,
    pub(crate) keyring: &'a Keyring,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(snapshot: &'a dyn Snapshot, header: Header, keyring: &'a Keyring) -> Self {
        Self { snapshot, header, keyring }
    }

    /// Returns the session's keys.
    #[must_use]
    pub const fn keyring(&self) -> &'a Keyring {
        self.keyring
    }

    /// Starts a key of a table or of one of its indexes.
    ///
    /// # Errors
    /// [`VaultError::NotHeld`].
    pub fn key_of(&self, table: Table) -> Result<KeyMaker<'a>, VaultError> {
        Ok(KeyMaker::new(&self.keyring.compartment(table.compartment)?.blind))
    }

    /// Returns the record under a key.
    ///
    /// # Errors
    /// [`VaultError`]; a record that cannot be read is an error, never an absence.
    pub fn get<R: Record>(&self, row: &RowKey) -> Result<Option<Stored<R>>, VaultError> {
        let key = place::row(R::TABLE.number, &row.0);
        self.snapshot.get(&key)?.map(|value| self.read_row(&key, &value)).transpose()
    }

    /// Returns up to `limit` records behind `after`, in the order of their keys.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn page<R: Record>(
        &self,
        after: Option<&RowKey>,
        limit: usize,
    ) -> Result<Vec<(RowKey, Stored<R>)>, VaultError> {
        let prefix = place::row(R::TABLE.number, &[]);
        let from = after.map_or_else(|| prefix.clone(), |row| [place::row(R::TABLE.number, &row.0), vec![0]].concat());
        scanned(self.snapshot, (&from, &place::behind(&prefix)), Direction::Up, limit)?
            .into_iter()
            .map(|(key, value)| {
                let row = key.strip_prefix(prefix.as_slice()).map(|row| RowKey(row.to_vec()));
                Ok((row.ok_or(VaultError::Contradiction("a scan left its table"))?, self.read_row(&key, &value)?))
            })
            .collect()
    }

    /// Gives every record of a table to `each`, after `make` has made of it what is wanted. Opening and making happen on
    /// all cores: this is what somebody waits for who signs in.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn each<R: Record, T: Send>(
        &self,
        make: impl Fn(Stored<R>) -> T + Sync,
        mut each: impl FnMut(T),
    ) -> Result<(), VaultError> {
        let prefix = place::row(R::TABLE.number, &[]);
        let until = place::behind(&prefix);
        let keys = self.keys();
        let open = |rows: &[Row]| rows.iter().map(|(key, value)| Ok(make(keys.read_row(key, value)?))).collect();
        let mut rows = self.snapshot.scan(&prefix, &until, Direction::Up, SCAN_ROWS_MAX)?;
        while let Some((last, _)) = rows.last() {
            let from = [last.as_slice(), &[0]].concat();
            let fetch = || self.snapshot.scan(&from, &until, Direction::Up, SCAN_ROWS_MAX);
            let (opened, ahead): (Vec<Result<Vec<T>, VaultError>>, _) = on_all_cores(&rows, ROWS_A_CORE, open, fetch);
            for part in opened {
                part?.into_iter().for_each(&mut each);
            }
            rows = ahead?;
        }
        Ok(())
    }

    const fn keys(&self) -> Keys<'a> {
        Keys { header: self.header, keyring: self.keyring }
    }

    /// Returns the keys of up to `limit` records that stand in an index under keys beginning with `prefix`.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn find<R: Record>(&self, index: Index, prefix: &RowKey, limit: usize) -> Result<Vec<RowKey>, VaultError> {
        let from = place::index(index.number, &prefix.0, &[]);
        let rows = scanned(self.snapshot, (&from, &place::behind(&from)), Direction::Up, limit)?;
        Ok(rows.into_iter().map(|(_, row)| RowKey(row)).collect())
    }

    /// Returns up to `limit` entries of an index under keys beginning with `prefix`: what follows it in each, and the
    /// record's key. What an index says by its keys alone needs no record opened.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn under(&self, index: Index, prefix: &RowKey, limit: usize) -> Result<Vec<(Vec<u8>, RowKey)>, VaultError> {
        let from = place::index(index.number, &prefix.0, &[]);
        let rows = scanned(self.snapshot, (&from, &place::behind(&from)), Direction::Up, limit)?;
        let rest = |(key, row): Row| {
            let behind = key.get(from.len()..).and_then(|rest| rest.strip_suffix(row.as_slice()));
            let behind = behind.ok_or(VaultError::Contradiction("an index names another record than it stands for"))?;
            Ok((behind.to_vec(), RowKey(row.clone())))
        };
        rows.into_iter().map(rest).collect()
    }

    /// Returns the one record that stands in an index under a key.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn find_one<R: Record>(&self, index: Index, key: &RowKey) -> Result<Option<Stored<R>>, VaultError> {
        let Some(row) = self.find::<R>(index, key, 1)?.into_iter().next() else { return Ok(None) };
        let found: Option<Stored<R>> = self.get(&row)?;
        let found = found.ok_or(VaultError::Contradiction("an index names a record that is not there"))?;
        // An index row is not sealed: somebody with the file could bend it to another person's record.
        let stands_under = found.record.index_keys(index, self.key_of(R::TABLE)?);
        if !stands_under.iter().any(|own| own.0.starts_with(&key.0)) {
            return Err(VaultError::Contradiction("an index names a record that does not stand under its key"));
        }
        Ok(Some(found))
    }

    /// Returns one version of a record, the current one included.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn version<R: Record>(&self, row: &RowKey, version: u64) -> Result<Option<Stored<R>>, VaultError> {
        if let Some(current) = self.get::<R>(row)?.filter(|current| current.version == version) {
            return Ok(Some(current));
        }
        let key = place::history(R::TABLE.number, &row.0, Some(version));
        self.snapshot.get(&key)?.map(|value| self.read_row(&key, &value)).transpose()
    }

    /// Returns all versions of a record, newest first.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn versions<R: Record>(&self, row: &RowKey) -> Result<Vec<Stored<R>>, VaultError> {
        let mut versions: Vec<Stored<R>> = self.get::<R>(row)?.into_iter().collect();
        let prefix = place::history(R::TABLE.number, &row.0, None);
        for (key, value) in scanned(self.snapshot, (&prefix, &place::behind(&prefix)), Direction::Down, usize::MAX)? {
            versions.push(self.read_row(&key, &value)?);
        }
        Ok(versions)
    }

    /// Returns large content, checked against its reference.
    ///
    /// # Errors
    /// [`VaultError`]; content that is cut or changed is an error.
    pub fn blob(&self, blob: &BlobRef) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut content = Zeroizing::new(Vec::with_capacity(blob.bytes as usize));
        for chunk in 0..blob.chunks {
            let key = place::blob(blob.compartment()?, &blob.id, chunk);
            let value = self.snapshot.get(&key)?.ok_or(VaultError::Contradiction("a chunk is missing"))?;
            content.extend_from_slice(&self.open(blob.compartment()?, "a chunk", &key, &value)?);
        }
        let keys = self.keyring.compartment(blob.compartment()?)?;
        if keys.blind.mac(&[b"blob", &content]) != blob.hash {
            return Err(VaultError::Contradiction("large content does not match its reference"));
        }
        Ok(content)
    }

    /// Returns up to `limit` marked keys of an index with `from <= key < until`.
    ///
    /// # Errors
    /// [`VaultError::Engine`].
    pub fn marks(
        &self,
        index: Index,
        (from, until): (&RowKey, &RowKey),
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<RowKey>, VaultError> {
        let prefix = place::index(index.number, &[], &[]);
        let (from, until) = (place::index(index.number, &from.0, &[]), place::index(index.number, &until.0, &[]));
        let rows = self.snapshot.scan(&from, &until, direction, limit)?;
        Ok(rows.into_iter().map(|(key, _)| RowKey(without(key, prefix.len()))).collect())
    }

    /// Says whether anything may still be sealed under an epoch that is not the newest.
    #[must_use]
    pub fn has_old_epochs(&self) -> bool {
        self.keyring.has_old_epochs()
    }

    /// Starts a key of the log's indexes, blinded by the key that everybody who adds to the log holds.
    #[must_use]
    pub const fn log_key(&self) -> KeyMaker<'a> {
        KeyMaker::new(&self.keyring.device.log_index)
    }

    /// Returns a row of the log's own space. Its values are sealed by the log.
    ///
    /// # Errors
    /// [`VaultError::Engine`].
    pub fn log_get(&self, kind: u8, key: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
        Ok(self.snapshot.get(&place::log(kind, key))?)
    }

    /// Returns up to `limit` rows of the log's own space with `from <= key < until`.
    ///
    /// # Errors
    /// [`VaultError::Engine`].
    pub fn log_scan(
        &self,
        kind: u8,
        (from, until): (&[u8], Option<&[u8]>),
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Row>, VaultError> {
        let prefix = place::log(kind, &[]);
        let until = until.map_or_else(|| place::behind(&prefix), |until| place::log(kind, until));
        let rows = self.snapshot.scan(&place::log(kind, from), &until, direction, limit)?;
        Ok(rows.into_iter().map(|(key, value)| (without(key, prefix.len()), value)).collect())
    }

    /// Returns the state digest as the store states it, and how many entries the log had when it was written.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn digest(&self) -> Result<(StateDigest, Option<u64>), VaultError> {
        const BAD: VaultError = VaultError::Contradiction("a state digest of a wrong length");
        let value = self.snapshot.get(place::DIGEST)?.ok_or(VaultError::Contradiction("no state digest"))?;
        let opened = self.open(Compartment::Device, "the state digest", place::DIGEST, &value)?;
        let (state, logged) = opened.split_at_checked(STATE_BYTES).ok_or(BAD)?;
        let logged =
            if logged.is_empty() { None } else { Some(u64::from_be_bytes(logged.try_into().map_err(|_| BAD)?)) };
        Ok((StateDigest::from_bytes(state).ok_or(BAD)?, logged))
    }

    pub(crate) fn open(
        &self,
        compartment: Compartment,
        name: &'static str,
        key: &[u8],
        value: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.keys().open(compartment, name, key, value)
    }

    pub(crate) fn read_row<R: Record>(&self, key: &[u8], value: &[u8]) -> Result<Stored<R>, VaultError> {
        self.keys().read_row(key, value)
    }
}

/// What opens rows that were fetched already, without the snapshot they came from, so that threads can share it.
#[derive(Clone, Copy)]
struct Keys<'a> {
    header: Header,
    keyring: &'a Keyring,
}

impl Keys<'_> {
    fn open(
        &self,
        compartment: Compartment,
        name: &'static str,
        key: &[u8],
        value: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let keys = self.keyring.compartment(compartment)?;
        seal::open(|epoch| keys.epochs.get(&epoch), &self.header.bound(key), value).map_err(sealed(name))
    }

    fn read_row<R: Record>(&self, key: &[u8], value: &[u8]) -> Result<Stored<R>, VaultError> {
        let plain = self.open(R::TABLE.compartment, R::TABLE.name, key, value)?;
        let (stamp, body) = Stamp::split(&plain)?;
        let at = chrono_millis(stamp.at_millis)?;
        let by = (stamp.by != [0; 16]).then(|| StaffId::from_bytes(stamp.by));
        Ok(Stored { record: R::read(stamp.schema, body)?, version: stamp.version, at, by })
    }
}

/// Takes a key's first bytes away.
fn without(mut key: Vec<u8>, bytes: usize) -> Vec<u8> {
    drop(key.drain(..bytes.min(key.len())));
    key
}

fn chrono_millis(millis: i64) -> Result<keepwell_kernel::Instant, VaultError> {
    keepwell_kernel::Instant::from_timestamp_millis(millis).ok_or(VaultError::Contradiction("a time out of range"))
}
