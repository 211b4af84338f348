//! `scheduling.patient_visits`: a patient's visits, those to come and those that were.

use crate::day_visit::label;
use crate::looking::Look as _;
use crate::refusals::UNKNOWN;
use crate::setup::Setup;
use crate::slot::clocks;
use crate::table::UNIT_BY_PATIENT;
use crate::unit::{FulfillmentUnit, VisitStatus};
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, Purpose, UnitId};
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
        let mut units = Vec::new();
        for record in known(cx, self.patient)?.records() {
            let prefix = cx.key(FulfillmentUnit::TABLE)?.id(record.bytes()).done();
            for row in cx.find::<FulfillmentUnit>(UNIT_BY_PATIENT, &prefix, MOST)? {
                units.push(cx.get::<FulfillmentUnit>(&row)?.ok_or(UNKNOWN)?.record);
            }
        }
        units.sort_by_key(|unit| std::cmp::Reverse((unit.starts_at, unit.id)));
        let more = units.len() > SHOWN;
        let row = |unit: &FulfillmentUnit| PatientVisitRow {
            unit: unit.id,
            date: cx.zone().date_of(unit.starts_at),
            time: clocks(cx.here(), unit.span()),
            label: label(&setup, unit),
            names: unit.resources().iter().map(|id| setup.name(*id)).collect(),
            status: unit.status,
            coming: unit.status.takes_time()
                && unit.status != VisitStatus::CheckedOut
                && cx.zone().date_of(unit.starts_at) >= cx.today(),
        };
        Ok(PatientVisitList { rows: units.iter().take(SHOWN).map(row).collect(), more })
    }
}
