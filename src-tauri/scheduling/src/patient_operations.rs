//! A patient's operations, as the front desk sees them. Nothing clinical.

use crate::came_visits::operations_elsewhere;
use crate::looking::Look;
use crate::operations_along::{OPERATIONS_MAX, OperationAlong};
use crate::refusals::UNKNOWN;
use crate::setup::Setup;
use crate::slot::clocks;
use crate::span::{Span, minute};
use crate::table::CASE_BY_PATIENT;
use crate::theatre::reservation::{TheatreReservation, TheatreStep, reservation};
use crate::theatre::surgical_case::{SurgicalCase, Urgency};
use keepwell_kernel::{CaseId, CivilDate, Error, Instant, PatientId, Zone};
use keepwell_log::door::ReadCx;
use keepwell_vault::Record as _;
use serde::Serialize;
use ts_rs::TS;

/// Where an operation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OperationState {
    /// No theatre is reserved.
    Planned,
    /// A theatre is reserved.
    Reserved,
    /// The patient is in the theatre.
    UnderWay,
    /// The patient has left it.
    Over,
    /// It will not take place.
    Cancelled,
}

/// One operation.
#[derive(Debug, Serialize, TS)]
pub struct PatientOperationRow {
    /// The case.
    pub case: CaseId,
    /// Where it stands.
    pub state: OperationState,
    /// How long it can wait.
    pub urgency: Urgency,
    /// Who operates.
    pub surgeon_name: Option<String>,
    /// In which theatre.
    pub theatre_name: Option<String>,
    /// Its day, where a theatre is reserved.
    #[ts(type = "CivilDate | null")]
    pub date: Option<CivilDate>,
    /// Its time.
    pub time: Option<String>,
    /// It came with the patient's records from another practice.
    pub elsewhere: bool,
}

/// Returns the operations of one record, each with when it was planned.
///
/// # Errors
/// [`Error`].
pub(crate) fn operations_of(
    cx: &ReadCx<'_>,
    setup: &Setup,
    record: PatientId,
) -> Result<Vec<(Instant, PatientOperationRow)>, Error> {
    let prefix = cx.key(SurgicalCase::TABLE)?.id(record.bytes()).done();
    let mut rows = Vec::new();
    for row in cx.find::<SurgicalCase>(CASE_BY_PATIENT, &prefix, OPERATIONS_MAX)? {
        let case = cx.get::<SurgicalCase>(&row)?.ok_or(UNKNOWN)?.record;
        let held = case.reservation.map(|id| reservation(cx, id)).transpose()?.map(|stored| stored.record);
        rows.push((case.planned_at, own(setup, &case, held.as_ref(), cx.here())));
    }
    let came = operations_elsewhere(cx, record)?;
    rows.extend(came.into_iter().map(|one| (one.planned_at, elsewhere(one, cx.here()))));
    Ok(rows)
}

fn state(cancelled: bool, over: bool, reached: Option<TheatreStep>) -> OperationState {
    match reached {
        _ if cancelled => OperationState::Cancelled,
        _ if over => OperationState::Over,
        None => OperationState::Planned,
        Some(step) if step < TheatreStep::PatientIn => OperationState::Reserved,
        Some(_) => OperationState::UnderWay,
    }
}

fn own(setup: &Setup, case: &SurgicalCase, held: Option<&TheatreReservation>, zone: Zone) -> PatientOperationRow {
    PatientOperationRow {
        case: case.id,
        state: state(case.cancelled.is_some(), case.done_at.is_some(), held.map(|held| held.step)),
        urgency: case.urgency,
        surgeon_name: case.surgeon.map(|id| setup.name(id)),
        theatre_name: held.map(|held| setup.name(held.theatre)),
        date: held.map(|held| zone.date_of(held.starts_at)),
        time: held.map(|held| clocks(zone, held.span())),
        elsewhere: false,
    }
}

fn elsewhere(one: OperationAlong, zone: Zone) -> PatientOperationRow {
    let reached = one.theatre.as_ref().and_then(|held| held.checkpoints.last()).map(|step| step.step);
    let span = one.theatre.as_ref().map(|held| {
        let from = minute(held.starts_at);
        Span::new(from, from + i64::from(held.minutes))
    });
    PatientOperationRow {
        case: one.case,
        state: state(one.cancelled.is_some(), one.done_at.is_some(), reached),
        urgency: one.urgency,
        surgeon_name: one.surgeon,
        date: one.theatre.as_ref().map(|held| zone.date_of(held.starts_at)),
        theatre_name: one.theatre.map(|held| held.name),
        time: span.map(|span| clocks(zone, span)),
        elsewhere: true,
    }
}
