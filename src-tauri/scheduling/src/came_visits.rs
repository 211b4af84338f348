//! Visits that came back with a patient's records: what was, to be read and handed on. They take nobody's time here, and
//! what they name need not be here.

use crate::operations_along::{OperationAlong, OperationDetail};
use crate::visits_along::{VisitAlong, VisitReason};
use crate::waits_along::WaitAlong;
use keepwell_kernel::{Compartment, Error, Fault, PatientId, UnitId};
use keepwell_log::door::{ReadCx, WriteCx};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table};
use serde::{Deserialize, Serialize};

/// Rows of visits by the record they are about.
const VISITS_OF: Index = Index { number: 0x0530, name: "came visits of", unique: false };
/// The row of a visit.
pub(crate) const BY_UNIT: Index = Index { number: 0x0531, name: "came visits by visit", unique: false };
/// Rows of reasons by the record they are about.
const REASONS_OF: Index = Index { number: 0x0532, name: "came reasons of", unique: false };
/// The row with the reason of a visit.
pub(crate) const REASON_BY_UNIT: Index = Index { number: 0x0533, name: "came reasons by visit", unique: false };
/// Rows of operations by the record they are about.
const OPERATIONS_OF: Index = Index { number: 0x0534, name: "came operations of", unique: false };
/// The row of an operation.
pub(crate) const BY_CASE: Index = Index { number: 0x0535, name: "came operations by case", unique: false };
/// Rows of details by the record they are about.
const DETAILS_OF: Index = Index { number: 0x0536, name: "came details of", unique: false };
/// The row with the detail of an operation.
const DETAIL_BY_CASE: Index = Index { number: 0x0537, name: "came details by case", unique: false };
/// Rows of places on a waitlist by the record they are about.
const WAITS_OF: Index = Index { number: 0x0538, name: "came waits of", unique: false };
/// The row of a place on a waitlist.
pub(crate) const BY_WAIT: Index = Index { number: 0x0539, name: "came waits by place", unique: false };
/// The most rows of one record: a visit alone fills one at worst.
const ROWS_MOST: usize = 1_000;

/// Some visits of a record; written once. There are several in a row, because the entry that brings them back names each
/// row, and a patient may have thousands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CameVisits {
    pub(crate) patient: PatientId,
    /// Its place among the rows of the record.
    pub(crate) part: u32,
    /// Whoever handed them out could say of each what it was for.
    pub(crate) reasons_whole: bool,
    pub(crate) visits: Vec<VisitAlong>,
}

/// Some operations of a record; written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CameOperations {
    pub(crate) patient: PatientId,
    /// Its place among the rows of the record.
    pub(crate) part: u32,
    /// Whoever handed them out could say of each what is done in it.
    pub(crate) details_whole: bool,
    pub(crate) operations: Vec<OperationAlong>,
}

/// What is done in some of them; written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CameDetails {
    pub(crate) patient: PatientId,
    /// Its place among the rows of the record.
    pub(crate) part: u32,
    pub(crate) details: Vec<OperationDetail>,
}

/// Some places on a waitlist of a record; written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CameWaits {
    pub(crate) patient: PatientId,
    /// Its place among the rows of the record.
    pub(crate) part: u32,
    pub(crate) waits: Vec<WaitAlong>,
}

/// What some of them were for; written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CameReasons {
    pub(crate) patient: PatientId,
    /// Its place among the rows of the record.
    pub(crate) part: u32,
    pub(crate) reasons: Vec<VisitReason>,
}

macro_rules! came {
    ($record:ty, $number:literal, $name:literal, $compartment:expr, $of:expr, $by:expr, $list:ident, $id:ident) => {
        impl Record for $record {
            const TABLE: Table =
                Table { number: $number, name: $name, compartment: $compartment, write_once: true, schema: 1 };
            const INDEXES: &'static [Index] = &[$of, $by];

            fn row(&self, key: KeyMaker<'_>) -> RowKey {
                key.id(self.patient.bytes()).ordered(u64::from(self.part)).done()
            }

            fn index_keys(&self, index: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
                if index == $of {
                    return vec![key.id(self.patient.bytes()).ordered(u64::from(self.part)).done()];
                }
                self.$list.iter().map(|one| key.clone().id(one.$id.bytes()).done()).collect()
            }

            fn subject(&self) -> Option<PatientId> {
                Some(self.patient)
            }

            fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
                if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
            }
        }
    };
}

came!(CameVisits, 0x0530, "visits that came back", Compartment::Schedule, VISITS_OF, BY_UNIT, visits, unit);
came!(CameReasons, 0x0531, "reasons that came back", Compartment::Clinical, REASONS_OF, REASON_BY_UNIT, reasons, unit);
came!(
    CameOperations,
    0x0532,
    "operations that came back",
    Compartment::Schedule,
    OPERATIONS_OF,
    BY_CASE,
    operations,
    case
);
came!(CameDetails, 0x0533, "details that came back", Compartment::Clinical, DETAILS_OF, DETAIL_BY_CASE, details, case);

came!(CameWaits, 0x0534, "waits that came back", Compartment::Schedule, WAITS_OF, BY_WAIT, waits, wait);

macro_rules! rows_of {
    ($cx:expr, $record:ty, $index:expr, $patient:expr) => {{
        let prefix = $cx.key(<$record>::TABLE)?.id($patient.bytes()).done();
        let rows = $cx.find::<$record>($index, &prefix, ROWS_MOST)?.into_iter();
        let gone = || Fault::because("an index names a row that is not there");
        rows.map(|row| Ok($cx.get::<$record>(&row)?.ok_or_else(gone)?.record)).collect::<Result<Vec<_>, Error>>()?
    }};
}

/// Returns the rows of a record, in their order.
///
/// # Errors
/// [`Error`].
pub(crate) fn came_visits(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<CameVisits>, Error> {
    Ok(rows_of!(cx, CameVisits, VISITS_OF, patient))
}

/// Returns the visits of a record that came back, to be shown.
///
/// # Errors
/// [`Error`].
pub(crate) fn visits_elsewhere(cx: &ReadCx<'_>, patient: PatientId) -> Result<Vec<VisitAlong>, Error> {
    Ok(rows_of!(cx, CameVisits, VISITS_OF, patient).into_iter().flat_map(|row| row.visits).collect())
}

/// Returns what the visits of a record were for, as far as that came. Whoever calls holds the keys of charts.
///
/// # Errors
/// [`Error`].
pub(crate) fn came_reasons(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<VisitReason>, Error> {
    Ok(rows_of!(cx, CameReasons, REASONS_OF, patient).into_iter().flat_map(|row| row.reasons).collect())
}

/// Returns the rows of operations of a record, in their order.
///
/// # Errors
/// [`Error`].
pub(crate) fn came_operations(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<CameOperations>, Error> {
    Ok(rows_of!(cx, CameOperations, OPERATIONS_OF, patient))
}

/// Returns the rows of places on a waitlist of a record, in their order.
///
/// # Errors
/// [`Error`].
pub(crate) fn came_waits(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<CameWaits>, Error> {
    Ok(rows_of!(cx, CameWaits, WAITS_OF, patient))
}

/// Returns the operations of a record that came back, to be shown.
///
/// # Errors
/// [`Error`].
pub(crate) fn operations_elsewhere(cx: &ReadCx<'_>, patient: PatientId) -> Result<Vec<OperationAlong>, Error> {
    Ok(rows_of!(cx, CameOperations, OPERATIONS_OF, patient).into_iter().flat_map(|row| row.operations).collect())
}

/// Returns what is done in the operations of a record, as far as that came. Whoever calls holds the keys of charts.
///
/// # Errors
/// [`Error`].
pub(crate) fn came_details(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<OperationDetail>, Error> {
    Ok(rows_of!(cx, CameDetails, DETAILS_OF, patient).into_iter().flat_map(|row| row.details).collect())
}

/// Finds a visit that came back, and what it was for, where that came too. Whoever calls holds the keys of charts.
///
/// # Errors
/// [`Error`].
pub(crate) fn reason_elsewhere(
    cx: &ReadCx<'_>,
    unit: UnitId,
) -> Result<Option<(VisitAlong, Option<VisitReason>)>, Error> {
    let [visits, reasons] = [CameVisits::TABLE, CameReasons::TABLE].map(|table| cx.key(table));
    let (visits, reasons) = (visits?.id(unit.bytes()).done(), reasons?.id(unit.bytes()).done());
    let mut found = None;
    for row in cx.find::<CameVisits>(BY_UNIT, &visits, 1)? {
        let row = cx.get::<CameVisits>(&row)?.map(|stored| stored.record);
        found = row.and_then(|row| row.visits.into_iter().find(|one| one.unit == unit));
    }
    let Some(visit) = found else { return Ok(None) };
    let mut noted = None;
    for row in cx.find::<CameReasons>(REASON_BY_UNIT, &reasons, 1)? {
        let row = cx.get::<CameReasons>(&row)?.map(|stored| stored.record);
        noted = row.and_then(|row| row.reasons.into_iter().find(|one| one.unit == unit));
    }
    Ok(Some((visit, noted)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::GateKind;
    use crate::resource::ResourceKind;
    use crate::theatre::surgical_case::{Laterality, Urgency};
    use crate::unit::{StandReason, VisitStatus};
    use crate::visits_along::{CheckpointAlong, ResourceAlong, WaiverAlong};
    use keepwell_kernel::{CaseId, Money, OrderId, OrderLineId, ProductId, ResourceId, SeriesId};
    use std::path::Path;

    fn visit() -> VisitAlong {
        let at = "2026-03-09T14:30:00Z".parse().unwrap();
        let by = "Rosa Delgado".to_owned();
        VisitAlong {
            unit: UnitId::from_bytes([12; 16]),
            patient: PatientId::from_bytes([1; 16]),
            order: OrderId::from_bytes([10; 16]),
            line: OrderLineId::from_bytes([11; 16]),
            accepted_at: at,
            accepted_by: Some("Ana Reyes, mother".to_owned()),
            taken_by: by.clone(),
            product: ProductId::from_bytes([7; 16]),
            offer_version: 3,
            service: "Procedures".to_owned(),
            label: "Minor procedure".to_owned(),
            sensitive: true,
            preparation: "Nothing to eat before".to_owned(),
            price_cents: Some(Money::cents(12_000)),
            starts_at: at,
            offset_seconds: -18_000,
            minutes: 60,
            before: 10,
            after: 15,
            resources: vec![ResourceAlong {
                resource: ResourceId::from_bytes([3; 16]),
                kind: ResourceKind::Practitioner,
                name: "Dr. Naomi Ito".to_owned(),
            }],
            status: VisitStatus::Cancelled,
            checkpoints: vec![CheckpointAlong {
                status: VisitStatus::Cancelled,
                at,
                by: by.clone(),
                reason: Some(StandReason::Ill),
                note: Some("Called".to_owned()),
            }],
            desk_note: Some("Brings a walker".to_owned()),
            overrides: vec!["Twins".to_owned()],
            waivers: vec![WaiverAlong { gate: GateKind::ConsentSigned, reason: "On paper".to_owned(), by, at }],
            series: Some(SeriesId::from_bytes([18; 16])),
        }
    }

    #[test]
    fn what_was_written_is_read_for_ever() {
        let patient = PatientId::from_bytes([1; 16]);
        let visits = CameVisits { patient, part: 2, reasons_whole: true, visits: vec![visit()] };
        let reasons = CameReasons {
            patient,
            part: 0,
            reasons: vec![VisitReason {
                unit: UnitId::from_bytes([12; 16]),
                reason_for_visit: "Mole on the back".to_owned(),
                procedure_detail: "Excision".to_owned(),
            }],
        };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let at = "2026-03-09T14:30:00Z".parse().unwrap();
        let case = CaseId::from_bytes([19; 16]);
        let operation = OperationAlong {
            case,
            patient,
            surgeon: Some("Dr. Naomi Ito".to_owned()),
            department: None,
            urgency: Urgency::Urgent,
            minutes: 90,
            planned_at: at,
            planned_by: "Rosa Delgado".to_owned(),
            theatre: None,
            done_at: Some(at),
            cancelled: None,
        };
        let detail = OperationDetail {
            case,
            procedure: "Excision of a lipoma".to_owned(),
            laterality: Laterality::Left,
            anaesthesia: "Local".to_owned(),
            note: "Latex-free".to_owned(),
            noted_by: "Dr. Naomi Ito".to_owned(),
            noted_at: at,
        };
        let operations = CameOperations { patient, part: 1, details_whole: true, operations: vec![operation] };
        let details = CameDetails { patient, part: 0, details: vec![detail] };
        assert_eq!(keepwell_vault::golden::holds(&operations, folder, "came-operations-1.hex"), 0x0532);
        assert_eq!(keepwell_vault::golden::holds(&details, folder, "came-details-1.hex"), 0x0533);
        assert_eq!(keepwell_vault::golden::holds(&visits, folder, "came-visits-1.hex"), 0x0530);
        assert_eq!(keepwell_vault::golden::holds(&reasons, folder, "came-reasons-1.hex"), 0x0531);
    }

    #[test]
    fn a_sensitive_visit_of_another_practice_is_a_visit_and_nothing_else() {
        assert_eq!(visit().shown_to_everybody(), "Visit with Dr. Naomi Ito");
        assert_eq!(VisitAlong { resources: Vec::new(), ..visit() }.shown_to_everybody(), "Visit");
        assert_eq!(VisitAlong { sensitive: false, ..visit() }.shown_to_everybody(), "Minor procedure");
    }
}
