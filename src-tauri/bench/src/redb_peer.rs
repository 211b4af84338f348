//! Plain redb: one table, as it comes, with the cache that Keepwell has.

use crate::Done;
use crate::peers::{Each, Peer, Side};
use crate::seam::Write;
use redb::{Database, ReadableDatabase as _, TableDefinition};
use std::path::Path;
use std::sync::Arc;

const TABLE: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");
/// The cache of all sides, in bytes.
pub(crate) const CACHE_BYTES: usize = 64 * 1024 * 1024;

/// A redb file.
pub(crate) struct RedbPeer(Arc<Database>);

impl RedbPeer {
    /// Opens a file, or makes it.
    pub(crate) fn open(path: &Path) -> Done<Self> {
        let database = Database::builder().set_cache_size(CACHE_BYTES).create(path)?;
        let writing = database.begin_write()?;
        writing.open_table(TABLE)?;
        writing.commit()?;
        Ok(Self(Arc::new(database)))
    }
}

impl Peer for RedbPeer {
    fn side(&self) -> Side {
        Side::Redb
    }

    fn save(&mut self, writes: &[Write]) -> Done<()> {
        let writing = self.0.begin_write()?;
        {
            let mut table = writing.open_table(TABLE)?;
            for write in writes {
                match write {
                    Write::Put(key, value) => drop(table.insert(key.as_slice(), value.as_slice())?),
                    Write::Delete(key) => drop(table.remove(key.as_slice())?),
                }
            }
        }
        Ok(writing.commit()?)
    }

    fn get(&mut self, key: &[u8]) -> Done<Option<Vec<u8>>> {
        let table = self.0.begin_read()?.open_table(TABLE)?;
        Ok(table.get(key)?.map(|value| value.value().to_vec()))
    }

    fn get_all(&mut self, keys: &[Vec<u8>]) -> Done<Vec<Vec<u8>>> {
        let table = self.0.begin_read()?.open_table(TABLE)?;
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            values.extend(table.get(key.as_slice())?.map(|value| value.value().to_vec()));
        }
        Ok(values)
    }

    fn range(&mut self, from: &[u8], until: &[u8], each: Each<'_>) -> Done<()> {
        let table = self.0.begin_read()?.open_table(TABLE)?;
        for row in table.range(from..until)? {
            let (key, value) = row?;
            each(key.value(), value.value());
        }
        Ok(())
    }

    fn compact(&mut self) -> Done<()> {
        let database = Arc::get_mut(&mut self.0).ok_or("another thread still has the file")?;
        while database.compact()? {}
        Ok(())
    }

    fn shape(&self) -> Done<Option<String>> {
        let writing = self.0.begin_write()?;
        let stats = writing.stats()?;
        writing.abort()?;
        Ok(Some(format!(
            "redb: a tree of height {}, {} leaf pages, {} branch pages, {:.0} bytes stored on a leaf page",
            stats.tree_height(),
            stats.leaf_pages(),
            stats.branch_pages(),
            stats.stored_bytes() as f64 / stats.leaf_pages().max(1) as f64,
        )))
    }

    fn another(&self) -> Done<Box<dyn Peer>> {
        Ok(Box::new(Self(Arc::clone(&self.0))))
    }
}
