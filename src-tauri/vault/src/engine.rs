//! The seam below which the engine is somebody else's.
//!
//! An engine is one ordered keyspace of bytes: it sees sealed values under blinded keys, so whoever runs it sees
//! noise. Its limits are those of the distributed engines that may stand here later (design section 10), so nothing
//! above may lean on a single process, on a lock held between calls, or on a larger transaction.

mod file;
mod journal;
mod limit;
#[cfg(any(test, feature = "test-engine"))]
mod memory;
mod tree;
#[cfg(test)]
mod unplugged;

pub use file::FileEngine;
#[cfg(any(test, feature = "test-engine"))]
pub use file::{Lap, Part};
pub(crate) use limit::Limited;
#[cfg(any(test, feature = "test-engine"))]
pub use memory::MemoryEngine;

/// The longest key, in bytes.
pub const KEY_BYTES_MAX: usize = 1024;
/// The longest value, in bytes; larger content is cut into chunks above the seam.
pub const VALUE_BYTES_MAX: usize = 64 * 1024;
/// The most that one transaction may write, keys and values together, in bytes.
pub const TRANSACTION_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The most rows that one scan returns.
pub const SCAN_ROWS_MAX: usize = 4096;

/// A row as the engine keeps it.
pub type Row = (Vec<u8>, Vec<u8>);

/// Which end of a range a scan begins at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the smallest key up.
    Up,
    /// From the largest key down.
    Down,
}

/// What can go wrong below the seam.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no store at this place.
    #[error("there is no store here")]
    Missing,
    /// Another process has the store open.
    #[error("the store is open in another program")]
    HeldElsewhere,
    /// The file is shorter than any store.
    #[error("the store's file is cut short")]
    Truncated,
    /// The file is something else.
    #[error("the file is not a Keepwell store")]
    Foreign,
    /// The engine's file format is one this program cannot read.
    #[error("the store's file is of another version of the engine")]
    OtherFormat,
    /// The file's own checks fail.
    #[error("the store's file is damaged")]
    Damaged,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The disk or the file cannot be written.
    #[error("the store cannot be written")]
    ReadOnly,
    /// A key, a value or a transaction beyond the stated limits.
    #[error("a {0} is larger than the engine's limit")]
    TooLarge(&'static str),
    /// Anything else the disk says.
    #[error("the disk failed")]
    Disk(#[source] std::io::Error),
    /// Anything else the engine says.
    #[error("the engine failed: {0}")]
    Engine(String),
}

/// One consistent moment of the store.
pub trait Snapshot {
    /// Returns the value under a key.
    ///
    /// # Errors
    /// [`EngineError`].
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError>;

    /// Returns up to `limit` rows with `from <= key < until`, from the stated end.
    ///
    /// # Errors
    /// [`EngineError`].
    fn scan(&self, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Result<Vec<Row>, EngineError>;
}

/// A transaction that sees its own writes.
pub trait Transaction: Snapshot {
    /// Writes a value under a key.
    ///
    /// # Errors
    /// [`EngineError`], `TooLarge` among them.
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), EngineError>;

    /// Removes a key; removing what is not there is no error.
    ///
    /// # Errors
    /// [`EngineError`].
    fn delete(&mut self, key: &[u8]) -> Result<(), EngineError>;
}

/// What the body of a transaction decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Make the writes durable before returning.
    Commit,
    /// Forget them.
    Abort,
}

/// The body of a transaction. The engine may run it more than once, so it must start afresh each time.
pub type Body<'a> = &'a mut dyn FnMut(&mut dyn Transaction) -> Result<Verdict, EngineError>;

/// A store of ordered bytes.
pub trait Engine: Send + Sync {
    /// Takes a snapshot.
    ///
    /// # Errors
    /// [`EngineError`].
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError>;

    /// Runs a transaction; when this returns after a `Commit`, the writes survive a power cut.
    ///
    /// # Errors
    /// [`EngineError`]; then nothing was written.
    fn transact(&self, body: Body<'_>) -> Result<(), EngineError>;
}
