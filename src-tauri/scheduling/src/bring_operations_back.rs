//! Operations come back with the record they are about, as its visits do.

use crate::bring_visits_back::{NAME, STEPS_MAX, is_kept, put_in_rows};
use crate::came_visits::{BY_CASE, CameDetails, CameOperations, came_operations};
use crate::fields::{LINE, TEXT};
use crate::operations_along::{LapseWaiverAlong, OPERATIONS_MAX, OperationAlong, OperationDetail, TheatreAlong};
use crate::refusals::{NOT_AS_KEPT, TOO_MANY};
use crate::slot::LONGEST;
use crate::theatre::allocation::MOST;
use crate::theatre::surgical_case::SurgicalCase;
use crate::visits_along::VisitsOfPatient;
use keepwell_kernel::{CaseId, Error, Instant, PatientId, Refusal};
use keepwell_log::door::WriteCx;
use keepwell_vault::Record as _;
use std::collections::BTreeSet;

/// Brings operations back under the same ids; one that came with a record that was merged into this one stays as it is.
/// Answers how many rows it wrote.
///
/// # Errors
/// [`NOT_AS_KEPT`] at the operation that this program would not have kept so, and [`Error`].
pub(crate) fn bring_operations_back(
    cx: &mut WriteCx<'_, '_>,
    patient: PatientId,
    records: &[PatientId],
    came: &VisitsOfPatient,
) -> Result<usize, Error> {
    checked(came, records, cx.now())?;
    let mut here = BTreeSet::new();
    for record in records {
        here.extend(came_operations(cx, *record)?.into_iter().flat_map(|row| row.operations).map(|one| one.case));
    }
    let (mut new, mut cases) = (Vec::new(), BTreeSet::new());
    for (at, one) in came.operations.iter().enumerate().filter(|(_, one)| !here.contains(&one.case)) {
        if is_somebody_elses(cx, one.case)? {
            return Err(NOT_AS_KEPT.at(format!("operations.{at}.case")).into());
        }
        cases.insert(one.case);
        new.push(one.clone());
    }
    let details: Vec<OperationDetail> = came.details.iter().filter(|one| cases.contains(&one.case)).cloned().collect();
    let details_whole = came.reasons_whole;
    let row = |part, operations| CameOperations { patient, part, details_whole, operations };
    let rows = put_in_rows(cx, new, "operations", row)?;
    Ok(rows + put_in_rows(cx, details, "details", |part, details| CameDetails { patient, part, details })?)
}

/// Says whether a case with this id is planned here, or came with another record.
fn is_somebody_elses(cx: &WriteCx<'_, '_>, case: CaseId) -> Result<bool, Error> {
    let planned = cx.key(SurgicalCase::TABLE)?.id(case.bytes()).done();
    let came = cx.key(CameOperations::TABLE)?.id(case.bytes()).done();
    Ok(cx.get::<SurgicalCase>(&planned)?.is_some() || !cx.find::<CameOperations>(BY_CASE, &came, 1)?.is_empty())
}

/// Checks everything that needs no look into the store.
fn checked(came: &VisitsOfPatient, records: &[PatientId], now: Instant) -> Result<(), Refusal> {
    // The clocks of two machines differ.
    let latest = now + chrono::Duration::days(1);
    if came.operations.len() > OPERATIONS_MAX {
        return Err(TOO_MANY.at("operations"));
    }
    let mut cases = BTreeSet::new();
    for (at, one) in came.operations.iter().enumerate() {
        if !records.contains(&one.patient) || !cases.insert(one.case) || !could_be_kept(one, latest) {
            return Err(NOT_AS_KEPT.at(format!("operations.{at}")));
        }
    }
    for (at, one) in came.details.iter().enumerate() {
        let said = [(&one.procedure, TEXT), (&one.anaesthesia, LINE), (&one.note, TEXT), (&one.noted_by, NAME)];
        let kept = said.into_iter().all(|(text, most)| is_kept(text, most));
        if !cases.remove(&one.case) || !kept || one.procedure.is_empty() || one.noted_at > latest {
            return Err(NOT_AS_KEPT.at(format!("details.{at}")));
        }
    }
    Ok(())
}

fn noted(text: Option<&String>, most: usize) -> bool {
    text.is_none_or(|text| !text.is_empty() && is_kept(text, most))
}

/// Says whether the operations could have made this, up to a moment.
fn could_be_kept(one: &OperationAlong, latest: Instant) -> bool {
    let off = one.cancelled.as_ref();
    is_kept(&one.planned_by, NAME)
        && noted(one.surgeon.as_ref(), LINE)
        && noted(one.department.as_ref(), LINE)
        && (1..=LONGEST).contains(&one.minutes)
        && one.planned_at <= latest
        && one.done_at.is_none_or(|at| at <= latest)
        && off.is_none_or(|off| noted(off.note.as_ref(), TEXT) && is_kept(&off.by, NAME) && off.at <= latest)
        && one.theatre.as_ref().is_none_or(|held| could_be_held(held, latest))
}

fn could_be_waived(one: &LapseWaiverAlong, latest: Instant) -> bool {
    let said = [(&one.name, LINE), (&one.what, LINE), (&one.reason, TEXT), (&one.by, NAME)];
    one.at <= latest && said.into_iter().all(|(text, most)| is_kept(text, most))
}

fn could_be_held(held: &TheatreAlong, latest: Instant) -> bool {
    let long = [held.minutes, held.setup, held.turnover].into_iter().all(|minutes| minutes <= LONGEST);
    let steps = held.checkpoints.iter().all(|step| step.at <= latest && is_kept(&step.by, NAME));
    let along = |one: &crate::operations_along::AllocationAlong| {
        is_kept(&one.name, LINE) && is_kept(&one.role, LINE) && (1..=LONGEST * 2).contains(&one.minutes)
    };
    // No zone is further from Greenwich than a day.
    held.offset_seconds.abs() < 86_400
        && long
        && steps
        && (1..=STEPS_MAX).contains(&held.checkpoints.len())
        && is_kept(&held.name, LINE)
        && noted(held.note.as_ref(), TEXT)
        && held.overrides.iter().all(|reason| is_kept(reason, TEXT))
        && held.waivers.iter().all(|one| could_be_waived(one, latest))
        && held.allocations.len() <= MOST
        && held.allocations.iter().all(along)
}
