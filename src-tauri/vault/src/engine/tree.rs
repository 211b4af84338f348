//! The tree: one redb file with the rows in one table, and the journal before it.
//!
//! One table, because every further B-tree is a further path of pages that a commit has to write. A second, of two
//! rows, says which commit the tree holds last, so that the journal knows where it goes on.

use super::journal::{Journal, Record};
use super::{Body, Direction, EngineError, Row, Snapshot, Transaction, Verdict};
use redb::{
    Database, DatabaseError, Durability, ReadOnlyTable, ReadableDatabase as _, ReadableTable, StorageBackend,
    StorageError, Table, TableDefinition, TableError, WriteTransaction,
};
use std::io::ErrorKind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

const TABLE: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("keepwell");
const COMMITS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("keepwell commits");
/// The store's own random name, which its journal's records bear.
const STORE: &str = "store";
/// The number of the last commit that the tree holds.
const LAST: &str = "last";
const CACHE_BYTES: usize = 64 * 1024 * 1024;
/// Up to this length every page's checksum is checked when the file is opened, which takes about a tenth of a second.
/// A larger file would keep people waiting at the door: there a damaged page is found when it is read.
const CHECKED_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// At leisure, so many bytes of changes may be in memory alone.
const AT_LEISURE_BYTES_MAX: usize = 48 * 1024 * 1024;

/// When commits must have reached the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Before they are answered.
    AtOnce,
    /// When the store is closed, or now and then before.
    AtLeisure,
}

/// How a transaction ended.
pub(super) enum Ended {
    /// As its body decided, and everything is in its place. Where the journal's lap is long, [`Tree::end_lap`] is due.
    Well { lap_is_long: bool },
    /// The disk failed while this commit was on its way, so the tree must be opened again to see whether it is there.
    InDoubt(u64, EngineError),
}

/// An open store.
pub(super) struct Tree {
    database: Database,
    journal: Mutex<Journal>,
    opened_at: u64,
    pace: Pace,
    /// Bytes of changes that are in memory alone.
    ahead: AtomicUsize,
}

impl Tree {
    /// Makes a new store in an empty file.
    ///
    /// # Errors
    /// [`EngineError`].
    pub(super) fn make(database: Database, journal: Box<dyn StorageBackend>, pace: Pace) -> Result<Self, EngineError> {
        let store = name(&database)?;
        let journal = Mutex::new(Journal::on(journal, store, 0)?);
        Ok(Self { database, journal, opened_at: 0, pace, ahead: AtomicUsize::new(0) })
    }

    /// Opens a store and brings the tree up to date with its journal.
    ///
    /// # Errors
    /// [`EngineError`].
    pub(super) fn open(database: Database, journal: Box<dyn StorageBackend>) -> Result<Self, EngineError> {
        let (store, last) = match standing(&database)? {
            Some(standing) => standing,
            None => (name(&database)?, 0),
        };
        let mut journal = Journal::on(journal, store, last)?;
        let records = journal.behind_the_tree()?;
        if !records.is_empty() {
            let last = last + records.len() as u64;
            let writing = database.begin_write().map_err(any)?;
            {
                let mut table = writing.open_table(TABLE).map_err(any)?;
                for record in &records {
                    record.each(|key, value| {
                        match value {
                            Some(value) => drop(table.insert(key, value).map_err(stored)?),
                            None => drop(table.remove(key).map_err(stored)?),
                        }
                        Ok(())
                    })?;
                }
            }
            put_last(&writing, last)?;
            writing.commit().map_err(any)?;
            journal.begin_again(last)?;
        }
        let opened_at = journal.last();
        let (journal, pace, ahead) = (Mutex::new(journal), Pace::AtOnce, AtomicUsize::new(0));
        Ok(Self { database, journal, opened_at, pace, ahead })
    }

    /// Makes laps long after fewer commits than usual.
    #[cfg(any(test, feature = "test-engine"))]
    pub(super) fn long_after(self, commits: u32) -> Self {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner).long_after(commits);
        self
    }

    /// Returns the number of the last commit that was there when this was opened.
    pub(super) const fn opened_at(&self) -> u64 {
        self.opened_at
    }

    /// Takes a snapshot.
    ///
    /// # Errors
    /// [`EngineError`].
    pub(super) fn snapshot(&self) -> Result<impl Snapshot + use<>, EngineError> {
        let reading = self.database.begin_read().map_err(any)?;
        Ok(Reading(reading.open_table(TABLE).map_err(opened)?))
    }

    /// Runs a transaction.
    ///
    /// # Errors
    /// [`EngineError`]; then nothing was written.
    pub(super) fn transact(&self, body: Body<'_>) -> Result<Ended, EngineError> {
        let mut writing = self.database.begin_write().map_err(any)?;
        writing.set_durability(Durability::None).map_err(any)?;
        let (verdict, record) = {
            let table = writing.open_table(TABLE).map_err(any)?;
            let mut table = Writing { table, record: Record::default() };
            (body(&mut table)?, table.record)
        };
        if verdict == Verdict::Abort {
            writing.abort().map_err(any)?;
            return Ok(Ended::Well { lap_is_long: false });
        }
        // One writer at a time has the tree, so nobody waits here.
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        let number = journal.last() + 1;
        put_last(&writing, number)?;
        let ahead = self.ahead.fetch_add(record.bytes(), Ordering::Relaxed);
        let done = if self.pace == Pace::AtLeisure && ahead < AT_LEISURE_BYTES_MAX {
            journal.pass_over(number);
            minding(|| writing.commit().map_err(any))
        } else if self.pace == Pace::AtOnce && journal.has_room(&record) {
            // The tree takes it over in memory; its pages go to the disk later, and until then the journal has them.
            journal.append(&record).and_then(|()| minding(|| writing.commit().map_err(any)))
        } else {
            self.ahead.store(0, Ordering::Relaxed);
            bring_home(writing, &mut journal, number)
        };
        let lap_is_long = journal.lap_is_long();
        Ok(done.map_or_else(|why| Ended::InDoubt(number, why), |()| Ended::Well { lap_is_long }))
    }

    /// Brings the pages of a long lap to the disk, so that the commit that finds no room does not have to. Everything is in the
    /// journal, whatever comes of it.
    ///
    /// # Errors
    /// [`EngineError`]; then the tree must be opened again.
    pub(super) fn end_lap(&self) -> Result<(), EngineError> {
        let writing = self.database.begin_write().map_err(any)?;
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        if !journal.lap_is_long() {
            return writing.abort().map_err(any);
        }
        let last = journal.last();
        put_last(&writing, last)?;
        bring_home(writing, &mut journal, last)
    }
}

/// Brings the tree's own pages to the disk, this transaction's and those of every commit since the last time, and begins the
/// journal at its front again.
fn bring_home(mut writing: WriteTransaction, journal: &mut Journal, last: u64) -> Result<(), EngineError> {
    writing.set_durability(Durability::Immediate).map_err(any)?;
    // With the state of the allocator, so that opening a large store after a crash need not read all of it.
    writing.set_quick_repair(true);
    minding(|| writing.commit().map_err(any))?;
    journal.begin_again(last)
}

/// Returns how redb is set up for a file of a length.
pub(super) fn builder(bytes: u64) -> redb::Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE_BYTES).set_check_integrity_on_open(bytes <= CHECKED_BYTES_MAX);
    builder
}

/// Does something with redb, which may panic where a damaged page makes no sense to it.
fn minding<R>(work: impl FnOnce() -> Result<R, EngineError>) -> Result<R, EngineError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or(Err(EngineError::Damaged))
}

/// Gives a store its name, and its tables.
fn name(database: &Database) -> Result<[u8; 16], EngineError> {
    let store: [u8; 16] = crate::key::random().map_err(|error| EngineError::Engine(error.to_string()))?;
    let writing = database.begin_write().map_err(any)?;
    drop(writing.open_table(TABLE).map_err(any)?);
    writing.open_table(COMMITS).map_err(any)?.insert(STORE, store.as_slice()).map_err(stored)?;
    put_last(&writing, 0)?;
    writing.commit().map_err(any)?;
    Ok(store)
}

fn put_last(writing: &WriteTransaction, last: u64) -> Result<(), EngineError> {
    let mut commits = writing.open_table(COMMITS).map_err(any)?;
    commits.insert(LAST, last.to_be_bytes().as_slice()).map_err(stored)?;
    Ok(())
}

/// Returns the store's name and its last commit; nothing for a store that was made before there was a journal.
fn standing(database: &Database) -> Result<Option<([u8; 16], u64)>, EngineError> {
    let reading = database.begin_read().map_err(any)?;
    // Another program's file is not touched.
    drop(reading.open_table(TABLE).map_err(opened)?);
    let commits = match reading.open_table(COMMITS) {
        Err(TableError::TableDoesNotExist(_)) => return Ok(None),
        other => other.map_err(any)?,
    };
    let held = |what: &str| commits.get(what).map_err(stored)?.ok_or(EngineError::Damaged);
    let store = held(STORE)?.value().try_into().map_err(|_| EngineError::Damaged)?;
    let last = held(LAST)?.value().try_into().map_err(|_| EngineError::Damaged)?;
    Ok(Some((store, u64::from_be_bytes(last))))
}

/// Says in the engine's words what the disk has said.
pub(super) fn disk(error: std::io::Error) -> EngineError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => EngineError::Full,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => EngineError::ReadOnly,
        ErrorKind::UnexpectedEof => EngineError::Truncated,
        _ => EngineError::Disk(error),
    }
}

/// Says in the engine's words why redb does not open a file.
pub(super) fn opening(error: DatabaseError) -> EngineError {
    match error {
        DatabaseError::DatabaseAlreadyOpen => EngineError::HeldElsewhere,
        DatabaseError::UpgradeRequired(_) => EngineError::OtherFormat,
        DatabaseError::Storage(error) => stored(error),
        other => EngineError::Engine(other.to_string()),
    }
}

fn opened(error: TableError) -> EngineError {
    match error {
        TableError::TableDoesNotExist(_) => EngineError::Foreign,
        other => any(other),
    }
}

fn stored(error: StorageError) -> EngineError {
    match error {
        StorageError::Corrupted(_) => EngineError::Damaged,
        StorageError::Io(error) => disk(error),
        StorageError::ValueTooLarge(_) => EngineError::TooLarge("value"),
        other => EngineError::Engine(other.to_string()),
    }
}

fn any(error: impl Into<redb::Error>) -> EngineError {
    match error.into() {
        redb::Error::Io(error) => disk(error),
        redb::Error::Corrupted(_) => EngineError::Damaged,
        other => EngineError::Engine(other.to_string()),
    }
}

fn get(table: &impl ReadableTable<&'static [u8], &'static [u8]>, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
    minding(|| Ok(table.get(key).map_err(stored)?.map(|value| value.value().to_vec())))
}

fn scan(
    table: &impl ReadableTable<&'static [u8], &'static [u8]>,
    (from, until): (&[u8], &[u8]),
    direction: Direction,
    limit: usize,
) -> Result<Vec<Row>, EngineError> {
    if from >= until {
        return Ok(Vec::new());
    }
    minding(|| {
        let mut range = table.range(from..until).map_err(stored)?;
        let mut rows = Vec::new();
        while rows.len() < limit {
            let next = match direction {
                Direction::Up => range.next(),
                Direction::Down => range.next_back(),
            };
            let Some(row) = next else { break };
            let (key, value) = row.map_err(stored)?;
            rows.push((key.value().to_vec(), value.value().to_vec()));
        }
        Ok(rows)
    })
}

struct Reading(ReadOnlyTable<&'static [u8], &'static [u8]>);

impl Snapshot for Reading {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        get(&self.0, key)
    }

    fn scan(&self, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Result<Vec<Row>, EngineError> {
        scan(&self.0, (from, until), direction, limit)
    }
}

struct Writing<'txn> {
    table: Table<'txn, &'static [u8], &'static [u8]>,
    record: Record,
}

impl Snapshot for Writing<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        get(&self.table, key)
    }

    fn scan(&self, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Result<Vec<Row>, EngineError> {
        scan(&self.table, (from, until), direction, limit)
    }
}

impl Transaction for Writing<'_> {
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        minding(|| self.table.insert(key, value).map(drop).map_err(stored))?;
        self.record.put(key, value)
    }

    fn delete(&mut self, key: &[u8]) -> Result<(), EngineError> {
        minding(|| self.table.remove(key).map(drop).map_err(stored))?;
        self.record.delete(key)
    }
}
