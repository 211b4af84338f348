//! The tables, their indexes and their stored forms. The numbers are on disk and are never changed or used again.

use crate::merge::Merge;
use crate::patient::Patient;
use crate::record_number::NumberCounter;
use crate::shapes::mrn;
use crate::take_in::ImportLink;
use keepwell_kernel::{Compartment, PatientId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table};

/// Patients by record number.
pub(crate) const BY_MRN: Index = Index { number: 0x0301, name: "patient record number", unique: true };
/// Merges by the two patients, in their order.
pub(crate) const MERGE_BY_PATIENTS: Index = Index { number: 0x0303, name: "merge patients", unique: false };
/// Import links by system and id: one record elsewhere is one patient here.
pub(crate) const BY_EXTERNAL_ID: Index = Index { number: 0x0304, name: "import link", unique: true };

/// Returns the key of a record number, in whatever form it is written.
pub(crate) fn mrn_key(key: KeyMaker<'_>, number: &str) -> RowKey {
    key.blind("mrn", mrn::plain(number).as_bytes()).done()
}

/// Returns the key of a pair of patients.
pub(crate) fn merge_key(key: KeyMaker<'_>, from: PatientId, into: PatientId) -> RowKey {
    key.id(from.bytes()).id(into.bytes()).done()
}

/// Returns the key of a record in another system. A sign that no system name holds stands between the two parts.
pub(crate) fn external_key(key: KeyMaker<'_>, system: &str, value: &str) -> RowKey {
    key.blind("external id", format!("{system}\0{value}").as_bytes()).done()
}

const fn in_demographics(number: u16, name: &'static str) -> Table {
    Table { number, name, compartment: Compartment::Demographics, write_once: false, schema: 1 }
}

impl Record for Patient {
    const TABLE: Table = in_demographics(0x0301, "patients");
    const INDEXES: &'static [Index] = &[BY_MRN];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(self.id.bytes()).done()
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        vec![mrn_key(key, &self.mrn)]
    }

    fn subject(&self) -> Option<PatientId> {
        Some(self.id)
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

impl Record for NumberCounter {
    const TABLE: Table = in_demographics(0x0302, "patient record number counters");
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.ordered(u64::from(self.year)).done()
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

impl Record for Merge {
    const TABLE: Table = in_demographics(0x0303, "patient merges");
    const INDEXES: &'static [Index] = &[MERGE_BY_PATIENTS];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(self.id.bytes()).done()
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        vec![merge_key(key, self.from, self.into)]
    }

    /// A merge names two patients; whoever shows it reads both of them.
    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

impl Record for ImportLink {
    const TABLE: Table = in_demographics(0x0304, "patient import links");
    const INDEXES: &'static [Index] = &[BY_EXTERNAL_ID];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(&self.id).done()
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        vec![external_key(key, &self.system, &self.value)]
    }

    fn subject(&self) -> Option<PatientId> {
        Some(self.patient)
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demographics::Demographics;
    use crate::merge::MergeState;
    use crate::patient::{Deceased, NotedRestriction};
    use keepwell_kernel::{Instant, MergeId, StaffId};
    use std::path::Path;

    fn at() -> Instant {
        "2026-03-09T12:00:00Z".parse().unwrap()
    }

    fn known() -> Demographics {
        let mut whole = crate::trial::whole_person();
        whole["guarantor"]["phone"] = serde_json::json!("+13125550199");
        serde_json::from_value(whole).unwrap()
    }

    fn patient() -> Patient {
        let photo =
            serde_json::json!({ "compartment": 3, "id": vec![8; 16], "chunks": 1, "bytes": 5, "hash": vec![9; 32] });
        Patient {
            id: PatientId::from_bytes([1; 16]),
            deceased: Some(Deceased { on: "2026-01-02".parse().ok() }),
            restrictions: vec![NotedRestriction { text: "Nothing to the employer".to_owned(), noted_at: at() }],
            photo: serde_json::from_value(photo).unwrap(),
            merged_into: Some(PatientId::from_bytes([2; 16])),
            merged_from: vec![PatientId::from_bytes([3; 16])],
            duplicate_override: Some("Two cousins".to_owned()),
            similar: true,
            ..Patient::new("MRN-2026-07KX3".to_owned(), known(), at())
        }
    }

    fn merge() -> Merge {
        Merge {
            id: MergeId::from_bytes([4; 16]),
            from: PatientId::from_bytes([1; 16]),
            into: PatientId::from_bytes([2; 16]),
            reason: "Same insurance card".to_owned(),
            proposed_by: StaffId::from_bytes([5; 16]),
            proposed_at: at(),
            state: MergeState::Confirmed,
        }
    }

    fn link() -> ImportLink {
        ImportLink {
            id: [6; 16],
            system: "https://synthea.example".to_owned(),
            value: "1".to_owned(),
            patient: PatientId::from_bytes([1; 16]),
            taken: known(),
            deceased: None,
        }
    }

    fn holds<R: Record>(record: &R, name: &str) {
        keepwell_vault::golden::holds(record, Path::new(env!("CARGO_MANIFEST_DIR")), name);
    }

    #[test]
    fn what_version_1_wrote_is_read_for_ever() {
        holds(&patient(), "patient-1.hex");
        holds(&NumberCounter { year: 2026, next: 17 }, "number-counter-1.hex");
        holds(&merge(), "merge-1.hex");
        holds(&link(), "import-link-1.hex");
    }

    #[test]
    fn table_numbers_are_in_this_features_range_and_all_different() {
        let mut numbers = [Patient::TABLE, NumberCounter::TABLE, Merge::TABLE, ImportLink::TABLE].map(|one| one.number);
        numbers.sort_unstable();
        assert_eq!(numbers, [0x0301, 0x0302, 0x0303, 0x0304]);
    }
}
