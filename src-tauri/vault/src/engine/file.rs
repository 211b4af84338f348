//! One file of redb, with one table in it.
//!
//! One table, because every further B-tree is a further path of pages that a commit has to write.

use super::{Body, Direction, Engine, EngineError, Row, Snapshot, Transaction, Verdict};
use redb::{
    Database, DatabaseError, ReadOnlyTable, ReadableDatabase as _, ReadableTable, StorageError, Table, TableDefinition,
};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

const TABLE: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("keepwell");
const CACHE_BYTES: usize = 64 * 1024 * 1024;
/// The first bytes of every redb file.
const MAGIC: [u8; 9] = [b'r', b'e', b'd', b'b', 0x1a, 0x0a, 0xa9, 0x0d, 0x0a];
/// The header of redb and its first region; a shorter file was cut.
const FILE_BYTES_MIN: u64 = 4096;

/// Opens the database again.
type Opener = Box<dyn Fn() -> Result<Database, EngineError> + Send + Sync>;

/// A store in one redb file. It reopens by itself after the disk has failed once, because redb refuses everything
/// after the first error it saw.
pub struct FileEngine {
    opener: Opener,
    database: RwLock<Option<Database>>,
}

impl FileEngine {
    /// Makes a new store beside the place where none is yet. It takes its real name with [`FileEngine::keep`], once
    /// something is in it: a power cut before that leaves no store, and not half of one.
    ///
    /// # Errors
    /// [`EngineError`]; `Foreign` when something is there already, `HeldElsewhere` when another program is making one.
    pub fn create(path: &Path) -> Result<Self, EngineError> {
        if path.exists() {
            return Err(EngineError::Foreign);
        }
        let (making, real) = (in_the_making(path), path.to_owned());
        remove_left_over(&making)?;
        let database = builder().create(&making).map_err(opening)?;
        // After a failure the file is still in the making, or it has its name by then.
        let opener: Opener = Box::new(move || open_checked(if making.exists() { &making } else { &real }));
        let engine = Self { opener, database: RwLock::new(Some(database)) };
        engine.transact(&mut |_| Ok(Verdict::Commit))?;
        Ok(engine)
    }

    /// Gives a store that [`FileEngine::create`] made its real name, and returns once that survives a power cut.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn keep(path: &Path) -> Result<(), EngineError> {
        std::fs::rename(in_the_making(path), path).map_err(disk)?;
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk)?;
        }
        Ok(())
    }

    /// Removes a store that was never kept.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn discard(path: &Path) -> Result<(), EngineError> {
        removed(&in_the_making(path))
    }

    /// Opens the store that is there, checking every page's checksum on the way.
    ///
    /// # Errors
    /// [`EngineError`], which says what is wrong with the file.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        look_at(path)?;
        let path = path.to_owned();
        Self::opened_by(Box::new(move || open_checked(&path)))
    }

    /// Makes a store on a disk that a test controls; each `disk` is the same medium, freshly mounted.
    ///
    /// # Errors
    /// [`EngineError`].
    #[cfg(any(test, feature = "test-engine"))]
    pub fn on<D: redb::StorageBackend>(disk: impl Fn() -> D + Send + Sync + 'static) -> Result<Self, EngineError> {
        let engine = Self::again_on(disk)?;
        engine.transact(&mut |_| Ok(Verdict::Commit))?;
        Ok(engine)
    }

    /// Opens the store that [`FileEngine::on`] made, and commits nothing on the way, as [`FileEngine::open`] does not.
    ///
    /// # Errors
    /// [`EngineError`].
    #[cfg(any(test, feature = "test-engine"))]
    pub fn again_on<D: redb::StorageBackend>(
        disk: impl Fn() -> D + Send + Sync + 'static,
    ) -> Result<Self, EngineError> {
        Self::opened_by(Box::new(move || builder().create_with_backend(disk()).map_err(opening)))
    }

    fn opened_by(opener: Opener) -> Result<Self, EngineError> {
        let database = opener()?;
        Ok(Self { opener, database: RwLock::new(Some(database)) })
    }

    fn with<R>(&self, work: impl FnOnce(&Database) -> Result<R, EngineError>) -> Result<R, EngineError> {
        {
            let held = self.database.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(database) = held.as_ref() {
                return work(database);
            }
        }
        let mut held = self.database.write().unwrap_or_else(PoisonError::into_inner);
        if held.is_none() {
            *held = Some((self.opener)()?);
        }
        match held.as_ref() {
            Some(database) => work(database),
            None => Err(EngineError::Missing),
        }
    }

    /// Lets go of a database that has failed, so that the next call opens it afresh.
    fn after<R>(&self, answer: Result<R, EngineError>) -> Result<R, EngineError> {
        if matches!(
            answer,
            Err(EngineError::Disk(_) | EngineError::Full | EngineError::ReadOnly | EngineError::Engine(_))
        ) {
            *self.database.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
        answer
    }
}

fn builder() -> redb::Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE_BYTES).set_check_integrity_on_open(true);
    builder
}

/// Names the file that a store is made in.
fn in_the_making(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Removes what a power cut has left of a store in the making, unless another program is at it right now.
fn remove_left_over(making: &Path) -> Result<(), EngineError> {
    if making.exists() && matches!(builder().open(making), Err(DatabaseError::DatabaseAlreadyOpen)) {
        return Err(EngineError::HeldElsewhere);
    }
    removed(making)
}

fn removed(path: &Path) -> Result<(), EngineError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(disk(error)),
        _ => Ok(()),
    }
}

/// Says what a file is before redb sees it, in words that help more than redb's.
fn look_at(path: &Path) -> Result<(), EngineError> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(EngineError::Missing),
        Err(error) => return Err(disk(error)),
    };
    let metadata = file.metadata().map_err(disk)?;
    if !metadata.is_file() {
        return Err(EngineError::Foreign);
    }
    if metadata.len() < FILE_BYTES_MIN {
        return Err(EngineError::Truncated);
    }
    let mut start = [0u8; MAGIC.len()];
    file.read_exact(&mut start).map_err(disk)?;
    if start == MAGIC { Ok(()) } else { Err(EngineError::Foreign) }
}

fn open_checked(path: &Path) -> Result<Database, EngineError> {
    builder().open(path).map_err(opening)
}

fn disk(error: std::io::Error) -> EngineError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => EngineError::Full,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => EngineError::ReadOnly,
        ErrorKind::UnexpectedEof => EngineError::Truncated,
        _ => EngineError::Disk(error),
    }
}

fn opening(error: DatabaseError) -> EngineError {
    match error {
        DatabaseError::DatabaseAlreadyOpen => EngineError::HeldElsewhere,
        DatabaseError::UpgradeRequired(_) => EngineError::OtherFormat,
        DatabaseError::Storage(error) => stored(error),
        other => EngineError::Engine(other.to_string()),
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
    Ok(table.get(key).map_err(stored)?.map(|value| value.value().to_vec()))
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

struct Writing<'txn>(Table<'txn, &'static [u8], &'static [u8]>);

impl Snapshot for Writing<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        get(&self.0, key)
    }

    fn scan(&self, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Result<Vec<Row>, EngineError> {
        scan(&self.0, (from, until), direction, limit)
    }
}

impl Transaction for Writing<'_> {
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        self.0.insert(key, value).map_err(stored)?;
        Ok(())
    }

    fn delete(&mut self, key: &[u8]) -> Result<(), EngineError> {
        self.0.remove(key).map_err(stored)?;
        Ok(())
    }
}

impl Engine for FileEngine {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError> {
        let table = self.with(|database| {
            let reading = database.begin_read().map_err(any)?;
            match reading.open_table(TABLE) {
                Ok(table) => Ok(table),
                Err(redb::TableError::TableDoesNotExist(_)) => Err(EngineError::Foreign),
                Err(other) => Err(any(other)),
            }
        });
        Ok(Box::new(Reading(self.after(table)?)))
    }

    fn transact(&self, body: Body<'_>) -> Result<(), EngineError> {
        let done = self.with(|database| {
            let writing = database.begin_write().map_err(any)?;
            let verdict = {
                let mut table = Writing(writing.open_table(TABLE).map_err(any)?);
                body(&mut table)?
            };
            match verdict {
                Verdict::Commit => writing.commit().map_err(any),
                Verdict::Abort => writing.abort().map_err(any),
            }
        });
        self.after(done)
    }
}
