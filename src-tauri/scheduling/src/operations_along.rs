//! Operations go along with a patient's records, with the theatre that is reserved for each and who takes part, in words that
//! say enough where nobody knows this practice's resources and staff (45 CFR 164.524).

use crate::looking::Look as _;
use crate::refusals::UNKNOWN;
use crate::resource::Department;
use crate::setup::Setup;
use crate::table::CASE_BY_PATIENT;
use crate::theatre::allocation::{AllocatedThing, ResourceAllocation, allocations};
use crate::theatre::reservation::{TheatreReservation, TheatreStep, reservation};
use crate::theatre::surgical_case::{CaseDetail, Laterality, SurgicalCase, Urgency};
use crate::unit::StandReason;
use keepwell_kernel::{CaseId, Compartment, Error, Instant, PatientId};
use keepwell_log::door::WriteCx;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};

/// The most operations of one record.
pub(crate) const OPERATIONS_MAX: usize = 1_000;

/// An operation as it goes along. Nothing clinical: what is done in it stands in an [`OperationDetail`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationAlong {
    /// The surgical case.
    pub case: CaseId,
    /// The record it is about: the patient's own, or one that was merged into it.
    pub patient: PatientId,
    /// Who operates.
    pub surgeon: Option<String>,
    /// For which department.
    pub department: Option<String>,
    /// How long it can wait.
    pub urgency: Urgency,
    /// How long the procedure was thought to take.
    pub minutes: u16,
    /// Since when it is planned.
    pub planned_at: Instant,
    /// Who planned it.
    pub planned_by: String,
    /// The theatre that is reserved for it.
    pub theatre: Option<TheatreAlong>,
    /// When the patient left the theatre.
    pub done_at: Option<Instant>,
    /// That it will not take place.
    pub cancelled: Option<CalledOffAlong>,
}

/// A theatre and who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TheatreAlong {
    /// Its name.
    pub name: String,
    /// When the procedure begins.
    pub starts_at: Instant,
    /// The offset that was in force for that moment when it was reserved, in seconds east.
    pub offset_seconds: i32,
    /// How long the procedure takes.
    pub minutes: u16,
    /// How long the theatre is set up before.
    pub setup: u16,
    /// How long it is made ready after.
    pub turnover: u16,
    /// What was noted.
    pub note: Option<String>,
    /// The steps it took, oldest first.
    pub checkpoints: Vec<TheatreStepAlong>,
    /// Why it stands where the calendar refused it.
    pub overrides: Vec<String>,
    /// What had ended, and was waived. Files from before that could be waived have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<LapseWaiverAlong>,
    /// Who and what takes part.
    pub allocations: Vec<AllocationAlong>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TheatreStepAlong {
    /// What it became.
    pub step: TheatreStep,
    /// When.
    pub at: Instant,
    /// Who said so.
    pub by: String,
}

/// That it takes place although something has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LapseWaiverAlong {
    /// Of what, by name.
    pub name: String,
    /// What has ended.
    pub what: String,
    /// Why it takes place all the same.
    pub reason: String,
    /// Who took it upon them.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// Somebody or something that takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllocationAlong {
    /// Its name.
    pub name: String,
    /// How many.
    pub quantity: u16,
    /// As what.
    pub role: String,
    /// From when.
    pub starts_at: Instant,
    /// For how long.
    pub minutes: u16,
}

/// That it will not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalledOffAlong {
    /// Why.
    pub reason: StandReason,
    /// What was noted.
    pub note: Option<String>,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What is done in an operation. It is clinical, and stays apart on every way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationDetail {
    /// The surgical case.
    pub case: CaseId,
    /// What is done.
    pub procedure: String,
    /// On which side.
    pub laterality: Laterality,
    /// How the patient is anaesthetised.
    pub anaesthesia: String,
    /// What else the team must know.
    pub note: String,
    /// Who noted it.
    pub noted_by: String,
    /// When.
    pub noted_at: Instant,
}

/// Reads the operations of one record that were planned here, and what is done in them where the session may read that.
///
/// # Errors
/// [`Error`].
pub(crate) fn operations_of(
    cx: &WriteCx<'_, '_>,
    setup: &Setup,
    record: PatientId,
) -> Result<(Vec<OperationAlong>, Vec<OperationDetail>), Error> {
    let prefix = cx.key(SurgicalCase::TABLE)?.id(record.bytes()).done();
    let (mut operations, mut details) = (Vec::new(), Vec::new());
    for row in cx.find::<SurgicalCase>(CASE_BY_PATIENT, &prefix, OPERATIONS_MAX)? {
        let case = cx.get::<SurgicalCase>(&row)?.ok_or(UNKNOWN)?.record;
        if cx.holds(Compartment::Clinical) {
            details.extend(detail(cx, case.id)?);
        }
        operations.push(along(cx, setup, case)?);
    }
    Ok((operations, details))
}

fn along(cx: &WriteCx<'_, '_>, setup: &Setup, case: SurgicalCase) -> Result<OperationAlong, Error> {
    let department = case.department.map(|id| {
        let row = cx.key(Department::TABLE)?.id(id.bytes()).done();
        Ok::<_, Error>(cx.get::<Department>(&row)?.ok_or(UNKNOWN)?.record.name)
    });
    let cancelled = case.cancelled.map(|off| {
        Ok::<_, Error>(CalledOffAlong { reason: off.reason, note: off.note, by: cx.staff_name(off.by)?, at: off.at })
    });
    let held = case.reservation.map(|id| theatre(cx, setup, reservation(cx, id)?.record));
    Ok(OperationAlong {
        case: case.id,
        patient: case.patient,
        surgeon: case.surgeon.map(|id| setup.name(id)),
        department: department.transpose()?,
        urgency: case.urgency,
        minutes: case.minutes,
        planned_at: case.planned_at,
        planned_by: cx.staff_name(case.planned_by)?,
        theatre: held.transpose()?,
        done_at: case.done_at,
        cancelled: cancelled.transpose()?,
    })
}

fn theatre(cx: &WriteCx<'_, '_>, setup: &Setup, held: TheatreReservation) -> Result<TheatreAlong, Error> {
    let steps = held.checkpoints.iter().map(|one| {
        let by = cx.staff_name(one.by)?;
        Ok::<_, Error>(TheatreStepAlong { step: one.step, at: one.at, by })
    });
    let waivers = held.waivers.into_iter().map(|one| {
        let (name, by) = (setup.name(one.resource), cx.staff_name(one.by)?);
        Ok::<_, Error>(LapseWaiverAlong { name, what: one.what, reason: one.reason, by, at: one.at })
    });
    let allocation = |one: ResourceAllocation| {
        let (name, quantity) = match one.what {
            AllocatedThing::Resource { resource } => (setup.name(resource), 1),
            AllocatedThing::Item { name, quantity } => (name, quantity),
        };
        AllocationAlong { name, quantity, role: one.role, starts_at: one.starts_at, minutes: one.minutes }
    };
    Ok(TheatreAlong {
        name: setup.name(held.theatre),
        starts_at: held.starts_at,
        offset_seconds: held.offset_seconds,
        minutes: held.minutes,
        setup: held.setup,
        turnover: held.turnover,
        note: held.note,
        checkpoints: steps.collect::<Result<_, _>>()?,
        overrides: held.overrides,
        waivers: waivers.collect::<Result<_, _>>()?,
        allocations: allocations(cx, held.id)?.into_iter().map(allocation).collect(),
    })
}

fn detail(cx: &WriteCx<'_, '_>, case: CaseId) -> Result<Option<OperationDetail>, Error> {
    let row = cx.key(CaseDetail::TABLE)?.id(case.bytes()).done();
    let Some(stored) = cx.get::<CaseDetail>(&row)? else { return Ok(None) };
    let CaseDetail { case, procedure, laterality, anaesthesia, note, noted_by, noted_at, .. } = stored.record;
    let noted_by = cx.staff_name(noted_by)?;
    Ok(Some(OperationDetail { case, procedure, laterality, anaesthesia, note, noted_by, noted_at }))
}
