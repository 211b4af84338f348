//! `scheduling.keep_case`: plans an operation, or changes what is planned.

use crate::book::seen_here;
use crate::fields::within;
use crate::looking::Look as _;
use crate::refusals::{CASE_OF_ANOTHER, CASE_PLACED, NO_RESOURCE, UNKNOWN};
use crate::resource::{Department, ResourceKind};
use crate::setup::Setup;
use crate::slot::LONGEST;
use crate::theatre::plan::usable;
use crate::theatre::surgical_case::{SurgicalCase, Urgency, open_case_as_shown};
use keepwell_kernel::{CaseId, DepartmentId, Error, Operation, PatientId, Permission, Purpose, ResourceId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Plans an operation. What is done in it is clinical and is noted apart.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepCase {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub case: Option<CaseId>,
    /// The version that was shown, where one is changed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub version: Option<u64>,
    /// Who is operated on.
    pub patient: PatientId,
    /// Who operates.
    pub surgeon: Option<ResourceId>,
    /// For which department.
    pub department: Option<DepartmentId>,
    /// How long it can wait.
    pub urgency: Urgency,
    /// How long the procedure is thought to take.
    pub minutes: u16,
}

/// How a case stands.
#[derive(Debug, Serialize, TS)]
pub struct CaseKept {
    /// The case.
    pub case: CaseId,
    /// Its version now.
    pub version: u64,
}

impl Operation for KeepCase {
    const NAME: &'static str = "scheduling.keep_case";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = CaseKept;
}

impl Command for KeepCase {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<CaseKept, Error> {
        seen_here(cx, self.patient)?;
        surgeon(cx, self.surgeon)?;
        department(cx, self.department)?;
        let minutes = within(self.minutes, 5..=LONGEST, "minutes")?;
        let before = self.case.map(|case| open_case_as_shown(cx, case, self.version)).transpose()?;
        // What is done in it is noted as this patient's, and would become somebody else's.
        if before.as_ref().is_some_and(|case| case.patient != self.patient) {
            return Err(CASE_OF_ANOTHER.at("patient").into());
        }
        let placed = before.as_ref().filter(|case| case.reservation.is_some());
        let moves = |case: &SurgicalCase| case.surgeon != self.surgeon || case.minutes != minutes;
        if placed.is_some_and(moves) {
            return Err(CASE_PLACED.at("case").into());
        }
        let case = SurgicalCase {
            id: self.case.unwrap_or_else(CaseId::make),
            patient: self.patient,
            surgeon: self.surgeon,
            department: self.department,
            urgency: self.urgency,
            minutes,
            planned_at: before.as_ref().map_or_else(|| cx.now(), |case| case.planned_at),
            planned_by: before.as_ref().map_or(cx.actor()?.staff, |case| case.planned_by),
            reservation: before.and_then(|case| case.reservation),
            done_at: None,
            cancelled: None,
        };
        let version = cx.put(&case)?;
        Ok(CaseKept { case: case.id, version })
    }
}

fn surgeon(cx: &WriteCx<'_, '_>, surgeon: Option<ResourceId>) -> Result<(), Error> {
    let Some(surgeon) = surgeon else { return Ok(()) };
    let setup = Setup::read(cx)?;
    if usable(&setup, surgeon, "surgeon")?.kind != ResourceKind::Practitioner {
        return Err(NO_RESOURCE.at("surgeon").into());
    }
    Ok(())
}

fn department(cx: &WriteCx<'_, '_>, department: Option<DepartmentId>) -> Result<(), Error> {
    let Some(department) = department else { return Ok(()) };
    let row = cx.maker(Department::TABLE)?.id(department.bytes()).done();
    cx.record::<Department>(&row)?.ok_or_else(|| UNKNOWN.at("department"))?;
    Ok(())
}
