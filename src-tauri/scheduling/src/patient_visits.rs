//! `scheduling.patient_visits`: a patient's visits, those to come and those that were.

use crate::came_visits::visits_elsewhere;
use crate::day_visit::label;
use crate::patient_operations::{PatientOperationRow, operations_of};
use crate::refusals::UNKNOWN;
use crate::setup::Setup;
use crate::slot::clocks;
use crate::span::{Span, minute};
use crate::table::UNIT_BY_PATIENT;
use crate::unit::{FulfillmentUnit, VisitStatus};
use crate::visits_along::VisitAlong;
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, Purpose, UnitId, Zone};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most visits shown, the newest first.
const SHOWN: usize = 200;
/// The most visits of a patient.
const MOST: usize = 10_000;

/// Opens a patient's visits.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenPatientVisits {
    /// The patient.
    pub patient: PatientId,
}

/// A patient's visits.
#[derive(Debug, Serialize, TS)]
pub struct PatientVisitList {
    /// The latest first.
    pub rows: Vec<PatientVisitRow>,
    /// There are more than are shown.
    pub more: bool,
    /// The patient's operations, the one that was planned latest first.
    pub operations: Vec<PatientOperationRow>,
}

/// One of them, as the front desk sees it.
#[derive(Debug, Serialize, TS)]
pub struct PatientVisitRow {
    /// The visit.
    pub unit: UnitId,
    /// Its day.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Its time.
    pub time: String,
    /// What to call it.
    pub label: String,
    /// With whom and where.
    pub names: Vec<String>,
    /// How it stands.
    pub status: VisitStatus,
    /// It is today or still to come, and not over.
    pub coming: bool,
    /// It came with the patient's records from another practice: there is nothing more to open, and nothing to change.
    pub elsewhere: bool,
}

impl Operation for OpenPatientVisits {
    const NAME: &'static str = "scheduling.patient_visits";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = PatientVisitList;
}

impl Query for OpenPatientVisits {
    fn run(self, cx: &ReadCx<'_>) -> Result<PatientVisitList, Error> {
        let setup = Setup::read(cx)?;
        let (zone, today) = (cx.zone(), cx.today());
        let (mut rows, mut operations) = (Vec::new(), Vec::new());
        for record in known(cx, self.patient)?.records() {
            let prefix = cx.key(FulfillmentUnit::TABLE)?.id(record.bytes()).done();
            for row in cx.find::<FulfillmentUnit>(UNIT_BY_PATIENT, &prefix, MOST)? {
                let unit = cx.get::<FulfillmentUnit>(&row)?.ok_or(UNKNOWN)?.record;
                rows.push((unit.starts_at, own(&setup, &unit, zone, today)));
            }
            let came = visits_elsewhere(cx, record)?;
            rows.extend(came.into_iter().map(|visit| (visit.starts_at, elsewhere(visit, zone))));
            operations.extend(operations_of(cx, &setup, record)?);
        }
        operations.sort_by_key(|(planned_at, row)| std::cmp::Reverse((*planned_at, row.case)));
        rows.sort_by_key(|(starts_at, row)| std::cmp::Reverse((*starts_at, row.unit)));
        let more = rows.len() > SHOWN;
        Ok(PatientVisitList {
            rows: rows.into_iter().take(SHOWN).map(|(_, row)| row).collect(),
            more,
            operations: operations.into_iter().map(|(_, row)| row).collect(),
        })
    }
}

fn own(setup: &Setup, unit: &FulfillmentUnit, zone: Zone, today: CivilDate) -> PatientVisitRow {
    let date = zone.date_of(unit.starts_at);
    PatientVisitRow {
        unit: unit.id,
        date,
        time: clocks(zone, unit.span()),
        label: label(setup, unit),
        names: unit.resources().iter().map(|id| setup.name(*id)).collect(),
        status: unit.status,
        coming: unit.status.takes_time() && unit.status != VisitStatus::CheckedOut && date >= today,
        elsewhere: false,
    }
}

/// A visit of another practice comes to nobody here, though its day may lie ahead.
fn elsewhere(visit: VisitAlong, zone: Zone) -> PatientVisitRow {
    let from = minute(visit.starts_at);
    PatientVisitRow {
        unit: visit.unit,
        date: zone.date_of(visit.starts_at),
        time: clocks(zone, Span::new(from, from + i64::from(visit.minutes))),
        label: visit.shown_to_everybody(),
        names: visit.resources.into_iter().map(|one| one.name).collect(),
        status: visit.status,
        coming: false,
        elsewhere: true,
    }
}
