//! What a feature declares about a table: once, beside the record.

use crate::{Key, VaultError};
use keepwell_kernel::{Compartment, Instant, PatientId, StaffId};
use serde::{Serialize, de::DeserializeOwned};

/// A table, declared once beside its record.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The number on disk. Never changed, never used again.
    pub number: u16,
    /// The name in the log and in reports.
    pub name: &'static str,
    /// Whose keys seal it.
    pub compartment: Compartment,
    /// A record, once put, can neither be put again nor removed.
    pub write_once: bool,
    /// The number of the current stored form.
    pub schema: u16,
}

/// An index, declared once beside its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index {
    /// The number on disk. Never changed, never used again.
    pub number: u16,
    /// The name in reports.
    pub name: &'static str,
    /// No two records may stand under the same key.
    pub unique: bool,
}

/// A stored form this program cannot bring up to date.
#[derive(Debug, Clone, thiserror::Error)]
#[error("a record of {table} in form {schema} cannot be read: {why}")]
pub struct UpgradeError {
    /// The table's name.
    pub table: &'static str,
    /// The stored form's number.
    pub schema: u16,
    /// What the decoder says; never a value.
    pub why: String,
}

/// A record of a declared table.
pub trait Record: Serialize + DeserializeOwned + Send + 'static {
    /// The table it lives in.
    const TABLE: Table;
    /// Its indexes; `put` and `remove` keep them.
    const INDEXES: &'static [Index];

    /// Returns its key.
    fn row(&self, key: KeyMaker<'_>) -> RowKey;

    /// Returns the keys it stands under in one of its indexes; each begins with a clone of `key`.
    fn index_keys(&self, index: Index, key: KeyMaker<'_>) -> Vec<RowKey>;

    /// Returns the patient it is about; looking at it is noted in the log entry by itself.
    fn subject(&self) -> Option<PatientId>;

    /// Reads a stored form. The current form needs no more than [`decode`]; older ones are brought up step by step.
    ///
    /// # Errors
    /// [`UpgradeError`].
    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError>;
}

/// Decodes a stored form as it is: a MessagePack map with named fields.
///
/// # Errors
/// [`UpgradeError`].
pub fn decode<T: DeserializeOwned>(table: Table, schema: u16, bytes: &[u8]) -> Result<T, UpgradeError> {
    rmp_serde::from_slice(bytes).map_err(|error| UpgradeError { table: table.name, schema, why: error.to_string() })
}

/// Answers a stored form that no version of the program ever wrote.
///
/// # Errors
/// Always [`UpgradeError`].
pub fn unknown_schema<T>(table: Table, schema: u16) -> Result<T, UpgradeError> {
    Err(UpgradeError { table: table.name, schema, why: "no version of this program wrote this form".to_owned() })
}

/// Encodes the current form.
///
/// # Errors
/// [`VaultError::Encoding`].
pub fn encode<R: Serialize>(table: Table, record: &R) -> Result<Vec<u8>, VaultError> {
    rmp_serde::to_vec_named(record).map_err(|error| VaultError::Encoding(table.name, error.to_string()))
}

/// A record with what the vault knows of it.
#[derive(Debug, Clone)]
pub struct Stored<R> {
    /// The record.
    pub record: R,
    /// Counts the puts, from 1.
    pub version: u64,
    /// When this version was put.
    pub at: Instant,
    /// Who put it; nobody for what the program itself keeps.
    pub by: Option<StaffId>,
}

/// A change, as it goes into the operation's log entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The table's name.
    pub table: &'static str,
    /// The record's key.
    pub key: Vec<u8>,
    /// The version that was put, or the one that was removed.
    pub version: u64,
    /// Keyed hash of the content (it survives resealing); zeros for a removal.
    pub content: [u8; 32],
}

/// A key made of components, each of which says what it gives away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey(pub(crate) Vec<u8>);

impl RowKey {
    /// Returns the bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Puts a key together from its components.
#[derive(Clone)]
pub struct KeyMaker<'k> {
    blind: &'k Key,
    bytes: Vec<u8>,
}

impl<'k> KeyMaker<'k> {
    pub(crate) const fn new(blind: &'k Key) -> Self {
        Self { blind, bytes: Vec::new() }
    }

    /// Adds a random id. Gives away the time of its making and nothing else.
    #[must_use]
    pub fn id(mut self, id: &[u8; 16]) -> Self {
        self.bytes.extend_from_slice(id);
        self
    }

    /// Adds a value blinded by HMAC-SHA-256, cut to 16 bytes. Gives away equality and nothing else.
    #[must_use]
    pub fn blind(mut self, what: &str, value: &[u8]) -> Self {
        let [first @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = self.blind.mac(&[what.as_bytes(), value]);
        self.bytes.extend_from_slice(&first);
        self
    }

    /// Adds a number in its order: a sequence, a minute of the day. Never a number of a person.
    #[must_use]
    pub fn ordered(mut self, number: u64) -> Self {
        self.bytes.extend_from_slice(&number.to_be_bytes());
        self
    }

    /// Returns the key.
    #[must_use]
    pub fn done(self) -> RowKey {
        RowKey(self.bytes)
    }
}
