//! What Keepwell writes at the engine seam, so that the peers can be made to write the very same rows.

use keepwell_vault::engine::{Body, Direction, Engine, EngineError, Row, Snapshot, Transaction, Verdict};
use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};

/// One write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Write {
    /// A value under a key.
    Put(Vec<u8>, Vec<u8>),
    /// A key is taken away.
    Delete(Vec<u8>),
}

impl Write {
    /// Returns the bytes of key and value.
    pub(crate) const fn bytes(&self) -> usize {
        match self {
            Self::Put(key, value) => key.len() + value.len(),
            Self::Delete(key) => key.len(),
        }
    }
}

/// What one committed transaction did.
#[derive(Debug, Clone, Default)]
pub(crate) struct Noted {
    /// The writes, in their order.
    pub(crate) writes: Vec<Write>,
    /// How many single rows were looked at.
    pub(crate) gets: usize,
    /// How many ranges were looked at.
    pub(crate) scans: usize,
}

impl Noted {
    /// Returns the bytes of all writes.
    pub(crate) fn bytes(&self) -> usize {
        self.writes.iter().map(Write::bytes).sum()
    }
}

/// Where the committed transactions are noted.
pub(crate) type Notes = Arc<Mutex<Vec<Noted>>>;

/// Takes what was noted since the last time.
pub(crate) fn taken(notes: &Notes) -> Vec<Noted> {
    std::mem::take(&mut notes.lock().unwrap_or_else(PoisonError::into_inner))
}

/// An engine that notes what is committed to the one below it.
pub(crate) struct Noting<E> {
    inner: E,
    notes: Notes,
}

impl<E: Engine> Noting<E> {
    /// Stands before an engine.
    pub(crate) const fn before(inner: E, notes: Notes) -> Self {
        Self { inner, notes }
    }
}

impl<E: Engine> Engine for Noting<E> {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError> {
        self.inner.snapshot()
    }

    fn transact(&self, body: Body<'_>) -> Result<(), EngineError> {
        let mut noted = None;
        self.inner.transact(&mut |tx| {
            let mut change = Change { tx, writes: Vec::new(), gets: Cell::new(0), scans: Cell::new(0) };
            let verdict = body(&mut change)?;
            let (gets, scans) = (change.gets.get(), change.scans.get());
            noted = (verdict == Verdict::Commit).then_some(Noted { writes: change.writes, gets, scans });
            Ok(verdict)
        })?;
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).extend(noted);
        Ok(())
    }
}

struct Change<'t> {
    tx: &'t mut dyn Transaction,
    writes: Vec<Write>,
    gets: Cell<usize>,
    scans: Cell<usize>,
}

impl Snapshot for Change<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.gets.set(self.gets.get() + 1);
        self.tx.get(key)
    }

    fn scan(&self, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Result<Vec<Row>, EngineError> {
        self.scans.set(self.scans.get() + 1);
        self.tx.scan(from, until, direction, limit)
    }
}

impl Transaction for Change<'_> {
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        self.writes.push(Write::Put(key.to_vec(), value.to_vec()));
        self.tx.put(key, value)
    }

    fn delete(&mut self, key: &[u8]) -> Result<(), EngineError> {
        self.writes.push(Write::Delete(key.to_vec()));
        self.tx.delete(key)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;
    use keepwell_vault::engine::FileEngine;

    #[test]
    fn what_is_committed_is_noted_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let notes = Notes::default();
        let engine = Noting::before(FileEngine::create(&folder.path().join("store")).unwrap(), Notes::clone(&notes));
        for verdict in [Verdict::Commit, Verdict::Abort] {
            engine
                .transact(&mut |tx| {
                    tx.put(b"one", b"1")?;
                    tx.delete(b"two")?;
                    tx.get(b"one")?;
                    tx.scan(b"a", b"z", Direction::Up, 1)?;
                    Ok(verdict)
                })
                .unwrap();
        }
        let noted = taken(&notes);
        let [only] = noted.as_slice() else { panic!("{noted:?}") };
        assert_eq!(only.writes, [Write::Put(b"one".to_vec(), b"1".to_vec()), Write::Delete(b"two".to_vec())]);
        assert_eq!((only.gets, only.scans, only.bytes()), (1, 1, 7));
        assert!(taken(&notes).is_empty());
    }
}
