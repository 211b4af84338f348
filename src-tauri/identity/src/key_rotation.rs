//! The record of the last time that the practice's keys were changed (45 CFR 164.312(a)(2)(iv), NIST SP 800-57).

use crate::practice::Practice;
use keepwell_kernel::{Compartment, Error, Instant, PatientId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// How long keys are used, in days.
pub(crate) const KEYS_LAST_DAYS: u64 = 365;

/// The tables whose rows one person alone can open, under a key that hangs on that person's own and knows one epoch.
pub(crate) const PERSONAL: [u16; 2] = [crate::StoredDraft::TABLE.number, crate::StoredSecondFactor::TABLE.number];

/// Why the keys were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RotationCause {
    /// They had been used for a year.
    Yearly,
    /// Somebody may have got hold of them.
    SuspectedLeak,
    /// Somebody was shut out of a part of the practice and may have kept its key.
    RoleTaken,
}

/// The practice's one row. Each rotation is a version of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRotation {
    /// Why.
    pub cause: RotationCause,
    /// When the new keys were made.
    pub began_at: Instant,
    /// The epochs that everything is being sealed under, by the compartment's number.
    pub epochs: BTreeMap<u8, u32>,
    /// Behind which key of the store the sealing goes on.
    pub next: Option<Vec<u8>>,
    /// Values that were sealed anew.
    pub values: u64,
    /// When nothing was left under an old key, and the old keys were taken away.
    pub finished_at: Option<Instant>,
}

impl KeyRotation {
    /// Begins a rotation at its beginning.
    pub(crate) const fn of(cause: RotationCause, began_at: Instant) -> Self {
        Self { cause, began_at, epochs: BTreeMap::new(), next: None, values: 0, finished_at: None }
    }
}

impl Record for KeyRotation {
    const TABLE: Table = Table {
        number: 0x0207,
        name: "key rotation",
        compartment: Compartment::Settings,
        write_once: false,
        schema: 1,
    };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.ordered(1).done()
    }

    fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
        Vec::new()
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

macro_rules! rotation_of {
    ($cx:expr) => {{
        let row = $cx.key(<KeyRotation as keepwell_vault::Record>::TABLE)?.ordered(1).done();
        $cx.get::<KeyRotation>(&row)?.map(|stored| stored.record)
    }};
}
pub(crate) use rotation_of;

/// Returns since when the present keys are used: since they were last changed as a whole, or since the practice was made.
pub(crate) fn in_use_since(cx: &keepwell_log::door::ReadCx<'_>) -> Result<Instant, Error> {
    let row = cx.key(KeyRotation::TABLE)?.ordered(1).done();
    let whole = |one: &KeyRotation| one.finished_at.is_some() && one.cause != RotationCause::RoleTaken;
    let rotated = cx.versions::<KeyRotation>(&row)?.into_iter().find(|one| whole(&one.record));
    if let Some(rotated) = rotated {
        return Ok(rotated.record.began_at);
    }
    let row = cx.key(Practice::TABLE)?.ordered(1).done();
    let made = cx.versions::<Practice>(&row)?.pop();
    made.map(|made| made.at).ok_or_else(|| keepwell_kernel::Fault::because("the store holds no practice").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use keepwell_vault::record::encode;

    #[test]
    fn what_version_1_wrote_is_read_for_ever() {
        let at = chrono::DateTime::from_timestamp_millis(1_767_225_600_000).unwrap();
        let record = KeyRotation {
            epochs: BTreeMap::from([(1, 2)]),
            next: Some(vec![0x10, 9]),
            values: 7,
            finished_at: Some(at),
            ..KeyRotation::of(RotationCause::SuspectedLeak, at)
        };
        let written = hex::encode(encode(KeyRotation::TABLE, &record).unwrap());
        assert_eq!(written, include_str!("../fixtures/key-rotation-1.hex").trim());
        assert_eq!(KeyRotation::read(1, &hex::decode(written).unwrap()).unwrap(), record);
        assert!(KeyRotation::read(0, &[]).is_err() && KeyRotation::read(2, &[]).is_err());
    }
}
