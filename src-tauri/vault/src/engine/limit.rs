//! Holds every engine to the stated limits, so that none is leaned on for more.

use super::{
    Direction, EngineError, KEY_BYTES_MAX, Row, SCAN_ROWS_MAX, Snapshot, TRANSACTION_BYTES_MAX, Transaction,
    VALUE_BYTES_MAX,
};

/// A transaction that counts what is written, and that fails for good with the first write that fails: a body that
/// swallows the error must not commit the half of a change that went before it.
pub struct Limited<'a> {
    inner: &'a mut dyn Transaction,
    written: usize,
    spoilt: Option<&'static str>,
}

impl<'a> Limited<'a> {
    /// Wraps a transaction that has written nothing yet.
    pub fn over(inner: &'a mut dyn Transaction) -> Self {
        Self { inner, written: 0, spoilt: None }
    }

    /// Answers the limit that this transaction has broken, when it has: then it may not be committed.
    ///
    /// # Errors
    /// [`EngineError::TooLarge`].
    pub fn intact(&self) -> Result<(), EngineError> {
        self.spoilt.map_or(Ok(()), |what| Err(EngineError::TooLarge(what)))
    }

    fn count(&mut self, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        self.written = self.written.saturating_add(key.len()).saturating_add(value.len());
        let broken = [
            (key.len() > KEY_BYTES_MAX, "key"),
            (value.len() > VALUE_BYTES_MAX, "value"),
            (self.written > TRANSACTION_BYTES_MAX, "transaction"),
        ];
        let first = broken.into_iter().find_map(|(is_broken, what)| is_broken.then_some(what));
        self.spoilt = self.spoilt.or(first);
        self.intact()
    }
}

impl Snapshot for Limited<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.inner.get(key)
    }

    fn scan(&self, from: &[u8], until: &[u8], direction: Direction, limit: usize) -> Result<Vec<Row>, EngineError> {
        self.inner.scan(from, until, direction, limit.min(SCAN_ROWS_MAX))
    }
}

impl Transaction for Limited<'_> {
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        self.count(key, value)?;
        self.inner.put(key, value)
    }

    fn delete(&mut self, key: &[u8]) -> Result<(), EngineError> {
        self.count(key, &[])?;
        self.inner.delete(key)
    }
}
