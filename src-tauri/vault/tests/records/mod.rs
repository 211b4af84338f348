//! Small records that the vault's tests keep: one with every kind of index, one written once, one that has grown up.

#![allow(dead_code, reason = "each test binary uses a part of these")]

use chrono::TimeZone as _;
use keepwell_kernel::{Compartment, Instant, PatientId, StaffId};
use keepwell_vault::engine::{EngineError, MemoryEngine, Verdict};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{
    BlobRef, Index, Key, KeyMaker, Keyring, MemoryKeychain, Record, RowKey, Suite, Sweep, Table, Vault, VaultError,
    Writing,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

pub const SUITES: [Suite; 2] = [Suite::XChaCha20Poly1305, Suite::Aes256Gcm];
pub const RECOVERY: [u8; 32] = [0x5a; 32];

/// A record with a unique index, one with many keys and one in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: [u8; 16],
    pub number: String,
    pub tags: Vec<String>,
    pub minute: u64,
    pub about: String,
    pub letter: Option<BlobRef>,
}

pub const BY_NUMBER: Index = Index { number: 901, name: "person number", unique: true };
pub const BY_TAG: Index = Index { number: 902, name: "person tag", unique: false };
pub const BY_MINUTE: Index = Index { number: 903, name: "person minute", unique: false };

impl Person {
    pub fn at(place: u8) -> Self {
        Self {
            id: [place; 16],
            number: format!("MRN-{place}"),
            tags: vec![format!("tag-{}", place % 3)],
            minute: u64::from(place),
            about: format!("about {place}"),
            letter: None,
        }
    }
}

impl Record for Person {
    const TABLE: Table =
        Table { number: 900, name: "person", compartment: Compartment::Demographics, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[BY_NUMBER, BY_TAG, BY_MINUTE];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(&self.id).done()
    }

    fn index_keys(&self, index: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        if index == BY_NUMBER {
            vec![key.blind("number", self.number.as_bytes()).done()]
        } else if index == BY_TAG {
            self.tags.iter().map(|tag| key.clone().blind("tag", tag.as_bytes()).done()).collect()
        } else {
            vec![key.ordered(self.minute).done()]
        }
    }

    fn subject(&self) -> Option<PatientId> {
        Some(PatientId::from_bytes(self.id))
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

/// A record that never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub id: [u8; 16],
    pub text: String,
}

impl Note {
    pub fn at(place: u8) -> Self {
        Self { id: [place; 16], text: format!("note {place}") }
    }
}

impl Record for Note {
    const TABLE: Table =
        Table { number: 910, name: "note", compartment: Compartment::Clinical, write_once: true, schema: 1 };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(&self.id).done()
    }

    fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
        Vec::new()
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        decode(Self::TABLE, schema, bytes)
    }
}

pub const BY_NAME: Index = Index { number: 921, name: "card name", unique: false };

/// The first form of a card, as an older program wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardV1 {
    pub id: [u8; 16],
    pub name: String,
}

/// The second form, which keeps the two names apart and indexes the family name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: [u8; 16],
    pub family: String,
    pub given: String,
}

impl From<CardV1> for Card {
    fn from(old: CardV1) -> Self {
        let (given, family) = old.name.split_once(' ').unwrap_or(("", &old.name));
        Self { id: old.id, family: family.to_owned(), given: given.to_owned() }
    }
}

impl Record for CardV1 {
    const TABLE: Table =
        Table { number: 920, name: "card", compartment: Compartment::Settings, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[BY_NAME];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(&self.id).done()
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        vec![key.blind("name", self.name.as_bytes()).done()]
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        decode(Self::TABLE, schema, bytes)
    }
}

impl Record for Card {
    const TABLE: Table = Table { schema: 2, ..CardV1::TABLE };
    const INDEXES: &'static [Index] = &[BY_NAME];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(&self.id).done()
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        vec![key.blind("name", self.family.as_bytes()).done()]
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        match schema {
            1 => decode::<CardV1>(Self::TABLE, schema, bytes).map(Self::from),
            2 => decode(Self::TABLE, schema, bytes),
            _ => unknown_schema(Self::TABLE, schema),
        }
    }
}

pub fn at(minute: u32) -> Instant {
    chrono::Utc.timestamp_opt(1_767_225_600 + i64::from(minute) * 60, 0).unwrap()
}

pub fn staff() -> StaffId {
    StaffId::from_bytes([0xee; 16])
}

/// A store in memory with everything at hand that a test may want to tamper with.
pub struct Store {
    pub engine: MemoryEngine,
    pub keychain: MemoryKeychain,
    pub vault: Vault,
    pub keys: Arc<Keyring>,
}

pub fn recovery() -> Key {
    Key::from_bytes(RECOVERY)
}

pub fn store(suite: Suite) -> Store {
    let (engine, keychain) = (MemoryEngine::empty(), MemoryKeychain::default());
    let (vault, keys) =
        Vault::create(Box::new(engine.clone()), Arc::new(keychain.clone()), suite, &recovery()).unwrap();
    Store { engine, keychain, vault, keys }
}

impl Store {
    pub fn reopen(&self) -> Result<Vault, VaultError> {
        Vault::open(Box::new(self.engine.clone()), Arc::new(self.keychain.clone()))
    }

    pub fn rows(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.engine.tamper(|rows| rows.clone())
    }

    pub fn set_rows(&self, rows: &BTreeMap<Vec<u8>, Vec<u8>>) {
        self.engine.tamper(|now| now.clone_from(rows));
    }
}

/// Runs one change and commits it.
pub fn change<R>(
    vault: &Vault,
    keys: &Arc<Keyring>,
    mut body: impl FnMut(&mut Writing<'_>) -> Result<R, VaultError>,
) -> Result<R, VaultError> {
    vault.write(keys, &mut |tx| body(tx).map(|answer| (Verdict::Commit, answer)))
}

pub fn put<T: Record>(vault: &Vault, keys: &Arc<Keyring>, record: &T) -> Result<u64, VaultError> {
    change(vault, keys, |tx| tx.put(record, at(0), Some(staff())))
}

pub fn get<T: Record>(vault: &Vault, keys: &Keyring, id: [u8; 16]) -> Result<Option<T>, VaultError> {
    vault.read(keys, |look| Ok(look.get::<T>(&look.key_of(T::TABLE)?.id(&id).done())?.map(|stored| stored.record)))
}

pub fn sweep(vault: &Vault, keys: &Keyring) -> Sweep {
    vault.sweep(keys, &mut |_| true).unwrap().unwrap()
}

/// Says what an error is in one word, for tables of cases.
pub fn word(error: &VaultError) -> &'static str {
    match error {
        VaultError::Engine(engine) => match engine {
            EngineError::Missing => "missing",
            EngineError::HeldElsewhere => "held elsewhere",
            EngineError::Truncated => "truncated",
            EngineError::Foreign => "foreign",
            EngineError::OtherFormat => "other format",
            EngineError::Damaged => "damaged",
            EngineError::Full => "full",
            EngineError::ReadOnly => "read only",
            EngineError::TooLarge(what) => what,
            EngineError::Disk(_) => "disk",
            EngineError::Engine(_) => "engine",
        },
        VaultError::Newer(_) => "newer",
        VaultError::Keychain(_) => "keychain",
        VaultError::NoDeviceKey => "no device key",
        VaultError::Sealed { .. } => "sealed",
        VaultError::NotHeld(_) => "not held",
        VaultError::WriteOnce(_) => "write once",
        VaultError::Taken(_) => "taken",
        VaultError::Contradiction(_) => "contradiction",
        VaultError::Upgrade(_) => "upgrade",
        _ => "other",
    }
}
