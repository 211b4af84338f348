//! An engine in memory, for tests: it can be told to fail, and its bytes can be looked at and tampered with.

use super::{Body, Direction, Engine, EngineError, Row, Snapshot, Transaction, Verdict};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;
/// What every commit answers instead of committing, when it is to fail.
type Failing = Option<fn() -> EngineError>;

/// Rows in memory; clones share them, as two programs would share a file.
#[derive(Clone, Default)]
pub struct MemoryEngine {
    turn: Arc<Mutex<()>>,
    rows: Arc<Mutex<Arc<Rows>>>,
    failing: Arc<Mutex<Failing>>,
}

impl MemoryEngine {
    /// Returns an empty store.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Makes every commit fail with this from now on, or work again.
    pub fn fail_commits_with(&self, error: Option<fn() -> EngineError>) {
        *locked(&self.failing) = error;
    }

    /// Changes the rows behind everybody's back, as somebody with the file could.
    pub fn tamper<R>(&self, change: impl FnOnce(&mut BTreeMap<Vec<u8>, Vec<u8>>) -> R) -> R {
        change(Arc::make_mut(&mut locked(&self.rows)))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct View(Rows);

fn scan(rows: &Rows, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Vec<Row> {
    if from >= until {
        return Vec::new();
    }
    let range = rows.range::<[u8], _>((Bound::Included(from), Bound::Excluded(until)));
    let copy = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
    match direction {
        Direction::Up => range.map(copy).take(limit).collect(),
        Direction::Down => range.rev().map(copy).take(limit).collect(),
    }
}

impl Snapshot for View {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        Ok(self.0.get(key).cloned())
    }

    fn scan(&self, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Result<Vec<Row>, EngineError> {
        Ok(scan(&self.0, from, until, direction, limit))
    }
}

/// One moment, shared and not copied. It holds no lock, so a look may take another look while it lasts.
struct Moment(Arc<Rows>);

impl Snapshot for Moment {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        Ok(self.0.get(key).cloned())
    }

    fn scan(&self, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Result<Vec<Row>, EngineError> {
        Ok(scan(&self.0, from, until, direction, limit))
    }
}

impl Transaction for View {
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        self.0.insert(key.to_vec(), value.to_vec());
        Ok(())
    }

    fn delete(&mut self, key: &[u8]) -> Result<(), EngineError> {
        self.0.remove(key);
        Ok(())
    }
}

impl Engine for MemoryEngine {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError> {
        Ok(Box::new(Moment(Arc::clone(&locked(&self.rows)))))
    }

    fn transact(&self, body: Body<'_>) -> Result<(), EngineError> {
        // One writer at a time, and readers meanwhile: the body may take a snapshot of what is committed.
        let _turn = locked(&self.turn);
        let mut view = View((**locked(&self.rows)).clone());
        if body(&mut view)? == Verdict::Abort {
            return Ok(());
        }
        if let Some(error) = *locked(&self.failing) {
            return Err(error());
        }
        *locked(&self.rows) = Arc::new(view.0);
        Ok(())
    }
}
