//! The records that are measured: shaped like the clinical ones, made from a seed.

use crate::chance::Chance;
use keepwell_kernel::{Compartment, PatientId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Visits of one day.
pub(crate) const VISITS_A_DAY: u64 = 40;
const WORDS: [&str; 16] = [
    "pressure",
    "stable",
    "reviewed",
    "patient",
    "reports",
    "left",
    "knee",
    "since",
    "Tuesday",
    "advised",
    "repeat",
    "in",
    "weeks",
    "mg",
    "daily",
    "tolerated",
];

/// A visit: a clinical record with six indexes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Visit {
    pub(crate) id: Uuid,
    pub(crate) patient: Uuid,
    pub(crate) clinician: Uuid,
    pub(crate) number: String,
    pub(crate) day: u32,
    pub(crate) minute: u16,
    pub(crate) room: u8,
    pub(crate) state: u8,
    pub(crate) note: String,
}

/// Visits by patient.
pub(crate) const BY_PATIENT: Index = Index { number: 0xEE01, name: "visits by patient", unique: false };
/// Visits by day, in the order of the minute.
pub(crate) const BY_DAY: Index = Index { number: 0xEE02, name: "visits by day", unique: false };
/// Visits by the number that people read.
pub(crate) const BY_NUMBER: Index = Index { number: 0xEE03, name: "visits by number", unique: true };
const BY_CLINICIAN: Index = Index { number: 0xEE04, name: "visits by clinician", unique: false };
const BY_ROOM: Index = Index { number: 0xEE05, name: "visits by room", unique: false };
const BY_STATE: Index = Index { number: 0xEE06, name: "visits by state", unique: false };

impl Visit {
    /// Makes the visit with a place among all; ids follow the time, as the ids of real records do.
    pub(crate) fn make(place: u64, chance: &mut Chance) -> Self {
        let (day, minute) = (place / VISITS_A_DAY, place % VISITS_A_DAY * 12 + 480);
        Self {
            id: timed(place, chance),
            patient: Uuid::from_u128(u128::from(chance.below(5000)) | 0x7000 << 64),
            clinician: Uuid::from_u128(u128::from(chance.below(8)) | 0x51AF << 64),
            number: number_of(place),
            day: day as u32,
            minute: minute as u16,
            room: chance.below(6) as u8,
            state: chance.below(5) as u8,
            note: text(chance),
        }
    }

    /// Writes another note, as a correction does.
    pub(crate) fn corrected(&self, chance: &mut Chance) -> Self {
        Self { note: text(chance), state: self.state.wrapping_add(1) % 5, ..self.clone() }
    }

    /// Returns the patient as the log names one.
    pub(crate) fn patient_id(&self) -> PatientId {
        PatientId::from(self.patient)
    }
}

/// Returns the number that people read of the visit with a place.
pub(crate) fn number_of(place: u64) -> String {
    format!("V-{place:08}")
}

impl Record for Visit {
    const TABLE: Table =
        Table { number: 0xEE00, name: "bench.visit", compartment: Compartment::Clinical, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[BY_PATIENT, BY_DAY, BY_NUMBER, BY_CLINICIAN, BY_ROOM, BY_STATE];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(self.id.as_bytes()).done()
    }

    fn index_keys(&self, index: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        let (day, minute) = (self.day.to_be_bytes(), u64::from(self.minute));
        let made = match index.number {
            0xEE01 => key.blind("patient", self.patient.as_bytes()).ordered(minute),
            0xEE02 => key.blind("day", &day).ordered(minute),
            0xEE03 => key.blind("number", self.number.as_bytes()),
            0xEE04 => key.blind("clinician", self.clinician.as_bytes()).blind("day", &day).ordered(minute),
            0xEE05 => key.blind("room", &[self.room]).blind("day", &day).ordered(minute),
            _ => key.blind("state", &[self.state]).blind("day", &day),
        };
        vec![made.done()]
    }

    fn subject(&self) -> Option<PatientId> {
        Some(self.patient_id())
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

/// A record with nothing around it: no index, so that an engine is measured and not what is built on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bare {
    pub(crate) id: Uuid,
    pub(crate) text: String,
}

impl Bare {
    /// Makes the record with a place among all, under a key in the order of time or under a random one.
    pub(crate) fn make(place: u64, in_order: bool, chance: &mut Chance) -> Self {
        let id = if in_order { timed(place, chance) } else { Uuid::from_bytes(chance.bytes16()) };
        Self { id, text: text(chance) }
    }
}

impl Record for Bare {
    const TABLE: Table =
        Table { number: 0xEE10, name: "bench.bare", compartment: Compartment::Clinical, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(self.id.as_bytes()).done()
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

/// Returns an id in the order of time, as a UUIDv7 is: milliseconds first, the rest random.
fn timed(place: u64, chance: &mut Chance) -> Uuid {
    let millis = u128::from(1_700_000_000_000 + place * 250);
    let random = u128::from_be_bytes(chance.bytes16()) >> 52;
    Uuid::from_u128(millis << 80 | 0x7 << 76 | random)
}

/// Returns 400 to 2048 bytes like JSON. Most are short and a few are long, as notes are; the mean is about 0.8 KB.
fn text(chance: &mut Chance) -> String {
    let skew = (chance.below(1000) as f64 / 1000.0).powi(3);
    let length = 400 + (1648.0 * skew) as usize;
    let mut text = String::with_capacity(length + 32);
    while text.len() < length {
        let (word, number) = (WORDS.get(chance.index(WORDS.len())).copied().unwrap_or_default(), chance.below(1000));
        text.push_str(&format!("{{\"{word}\":{number}}},"));
    }
    text.truncate(length);
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn records_are_of_the_stated_sizes_and_follow_from_the_seed() {
        let mut chance = Chance::new(1);
        let all: Vec<Visit> = (0..2000).map(|place| Visit::make(place, &mut chance)).collect();
        assert!(all.iter().all(|one| (400..=2048).contains(&one.note.len())));
        let mean = all.iter().map(|one| one.note.len()).sum::<usize>() / all.len();
        assert!((700..=900).contains(&mean), "{mean}");
        assert!(all.windows(2).all(|pair| pair.first().unwrap().id < pair.last().unwrap().id));
        assert_eq!(Visit::make(0, &mut Chance::new(1)), *all.first().unwrap());
    }
}
