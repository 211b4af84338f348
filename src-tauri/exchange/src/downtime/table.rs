//! What is kept of the downtime pack: the key that seals it, among the demographics it seals; and where and how often it is
//! written, under the device keys, so that a missed one can be told before anybody signs in.

use crate::backup::Every;
use chrono::Duration;
use keepwell_kernel::{Compartment, Error, Instant, PatientId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{BrowserKey, Index, KeyMaker, Reading, Record, RowKey, Table};
use serde::{Deserialize, Serialize};

/// What seals the pack.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DowntimeKey {
    pub(super) key: BrowserKey,
}

/// Where the pack goes by itself, how often, and when it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DowntimeStanding {
    /// The folder, or nothing while there is no plan.
    pub folder: Option<String>,
    /// How often.
    pub every: Every,
    /// When it was last written.
    pub last: Option<Instant>,
    /// How many patients were in it.
    pub patients: u64,
}

impl DowntimeStanding {
    /// Reads it with the device keys alone; nothing where there never was a plan.
    ///
    /// # Errors
    /// [`Error`].
    pub fn read(reading: &Reading<'_>) -> Result<Option<Self>, Error> {
        let stored = reading.get::<Self>(&reading.key_of(Self::TABLE)?.ordered(1).done())?;
        Ok(stored.map(|stored| stored.record))
    }

    /// Says whether one is to be written now. One that was made in the future is no reason to wait for it.
    #[must_use]
    pub fn is_due(&self, now: Instant) -> bool {
        self.folder.is_some() && self.last.is_none_or(|last| now - last >= self.every.span() || last > now)
    }

    /// Says whether one was missed. Somebody must be there to write it, so a night or a weekend is no miss by itself.
    #[must_use]
    pub fn is_missed(&self, now: Instant) -> bool {
        let late = |last: Instant| now - last >= self.every.span() + Duration::days(3);
        self.folder.is_some() && self.last.is_some_and(late)
    }
}

macro_rules! one_row {
    ($record:ty, $number:literal, $name:literal, $compartment:ident) => {
        impl Record for $record {
            const TABLE: Table = Table {
                number: $number,
                name: $name,
                compartment: Compartment::$compartment,
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
                match schema {
                    1 => decode(Self::TABLE, schema, bytes),
                    _ => unknown_schema(Self::TABLE, schema),
                }
            }
        }
    };
}

one_row!(DowntimeKey, 0x0907, "downtime key", Demographics);
one_row!(DowntimeStanding, 0x0908, "downtime plan", Device);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::holds;
    use serde_json::json;

    #[test]
    fn what_was_written_is_read_for_ever() {
        let key: BrowserKey = serde_json::from_value(json!({
            "key": vec![1; 32], "salt": vec![2; 16], "rounds": 1_000_000, "wrap_nonce": vec![3; 12], "wrapped": [4, 5, 6],
        }))
        .unwrap();
        holds(&DowntimeKey { key }, "downtime-key-1.hex");
        let last = Some("2026-11-22T12:00:00Z".parse().unwrap());
        let folder = Some("/a drive".to_owned());
        holds(&DowntimeStanding { folder, every: Every::Day, last, patients: 7 }, "downtime-plan-1.hex");
    }

    #[test]
    fn a_pack_is_due_by_its_plan_and_missed_three_days_later() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let now = at("2026-11-22T12:00:00Z");
        let standing = |folder: Option<&str>, last: Option<&str>| DowntimeStanding {
            folder: folder.map(str::to_owned),
            every: Every::Day,
            last: last.map(at),
            patients: 0,
        };
        for (standing, due, missed) in [
            (standing(None, None), false, false),
            (standing(None, Some("2020-01-01T00:00:00Z")), false, false),
            (standing(Some("/d"), None), true, false),
            (standing(Some("/d"), Some("2026-11-22T11:00:00Z")), false, false),
            (standing(Some("/d"), Some("2026-11-21T12:00:00Z")), true, false),
            (standing(Some("/d"), Some("2026-11-18T12:00:01Z")), true, false),
            (standing(Some("/d"), Some("2026-11-18T12:00:00Z")), true, true),
            (standing(Some("/d"), Some("2027-01-01T00:00:00Z")), true, false),
        ] {
            assert_eq!((standing.is_due(now), standing.is_missed(now)), (due, missed), "{standing:?}");
        }
    }
}
