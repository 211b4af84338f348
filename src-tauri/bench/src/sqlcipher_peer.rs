//! SQLCipher as a careful program uses it: a raw key, WAL, synchronous FULL, and a table WITHOUT ROWID.
//!
//! SQLite puts what is longer than about a kilobyte of such a row on a page of its own, so for long rows an ordinary
//! table with an index may be the better shape. `--sqlcipher-rowid` measures against that one.

use crate::Done;
use crate::peers::{Each, Peer, Side};
use crate::redb_peer::CACHE_BYTES;
use crate::seam::Write;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

const KEY: &str = "PRAGMA key = \"x'6b65657077656c6c2062656e63683a206120736563726574206f662033322121'\";";
/// Whether the tables that are made have row numbers; chosen once, before the first store is made.
pub(crate) static ROWID: AtomicBool = AtomicBool::new(false);
const GET: &str = "SELECT v FROM rows WHERE k = ?1";
const RANGE: &str = "SELECT k, v FROM rows WHERE k >= ?1 AND k < ?2 ORDER BY k";

/// A SQLCipher file and one connection to it.
pub(crate) struct SqlCipherPeer {
    path: PathBuf,
    connection: Connection,
}

impl SqlCipherPeer {
    /// Opens a file, or makes it.
    pub(crate) fn open(path: &Path) -> Done<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(KEY)?;
        let version: Option<String> = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0)).optional()?;
        if version.is_none_or(|version| version.is_empty()) {
            return Err("this SQLite has no cipher, so the comparison would be with a file in clear".into());
        }
        let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(format!("the journal is {mode}, not wal").into());
        }
        connection.execute_batch("PRAGMA synchronous = FULL;")?;
        connection.execute_batch(&format!("PRAGMA cache_size = -{};", CACHE_BYTES / 1024))?;
        let shape = if ROWID.load(Ordering::Relaxed) { "" } else { "WITHOUT ROWID" };
        let table = "CREATE TABLE IF NOT EXISTS rows (k BLOB PRIMARY KEY NOT NULL, v BLOB NOT NULL)";
        connection.execute_batch(&format!("{table} {shape};"))?;
        Ok(Self { path: path.to_owned(), connection })
    }
}

impl Peer for SqlCipherPeer {
    fn side(&self) -> Side {
        Side::SqlCipher
    }

    fn save(&mut self, writes: &[Write]) -> Done<()> {
        let writing = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        {
            let mut put = writing.prepare_cached("INSERT OR REPLACE INTO rows (k, v) VALUES (?1, ?2)")?;
            let mut delete = writing.prepare_cached("DELETE FROM rows WHERE k = ?1")?;
            for write in writes {
                match write {
                    Write::Put(key, value) => put.execute(params![key, value])?,
                    Write::Delete(key) => delete.execute(params![key])?,
                };
            }
        }
        Ok(writing.commit()?)
    }

    fn get(&mut self, key: &[u8]) -> Done<Option<Vec<u8>>> {
        let mut get = self.connection.prepare_cached(GET)?;
        Ok(get.query_row(params![key], |row| row.get(0)).optional()?)
    }

    fn get_all(&mut self, keys: &[Vec<u8>]) -> Done<Vec<Vec<u8>>> {
        let reading = self.connection.transaction()?;
        let mut values = Vec::with_capacity(keys.len());
        {
            let mut get = reading.prepare_cached(GET)?;
            for key in keys {
                let value: Option<Vec<u8>> = get.query_row(params![key], |row| row.get(0)).optional()?;
                values.extend(value);
            }
        }
        reading.finish()?;
        Ok(values)
    }

    fn range(&mut self, from: &[u8], until: &[u8], each: Each<'_>) -> Done<()> {
        let mut range = self.connection.prepare_cached(RANGE)?;
        let mut rows = range.query(params![from, until])?;
        while let Some(row) = rows.next()? {
            each(row.get_ref(0)?.as_blob()?, row.get_ref(1)?.as_blob()?);
        }
        Ok(())
    }

    fn compact(&mut self) -> Done<()> {
        self.connection.execute_batch("VACUUM;")?;
        let truncate = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: i64 = self.connection.query_row(truncate, [], |row| row.get(0))?;
        if busy == 0 { Ok(()) } else { Err("the write-ahead log could not be emptied".into()) }
    }

    fn another(&self) -> Done<Box<dyn Peer>> {
        Ok(Box::new(Self::open(&self.path)?))
    }
}
