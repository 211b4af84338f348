//! Visits come back with the record they are about, in the transaction that brings it.

use crate::book::RESOURCES_MAX;
use crate::bring_operations_back::bring_operations_back;
use crate::came_visits::{BY_UNIT, CameReasons, CameVisits, came_visits};
use crate::fields::{LINE, TEXT};
use crate::refusals::{NOT_AS_KEPT, TOO_MANY};
use crate::slot::LONGEST;
use crate::unit::{FulfillmentUnit, VisitStatus};
use crate::visits_along::{MOST, VisitAlong, VisitReason, VisitsOfPatient};
use crate::waits_along::bring_waits_back;
use keepwell_kernel::{Error, Instant, PatientId, Refusal, UnitId, typed_text};
use keepwell_log::door::WriteCx;
use keepwell_patients::known_to;
use keepwell_vault::Record;
use keepwell_vault::record::encode;
use std::collections::BTreeSet;

/// How much of a value of the store a row fills before the next begins, in bytes.
const ROW_BYTES: usize = 40 * 1024;
/// A value of the store is a little longer than this.
const ROW_BYTES_MAX: usize = 62 * 1024;
/// The most steps of one visit: each back is one, and somebody may tap many.
pub(crate) const STEPS_MAX: usize = 400;
/// The longest name that goes along: of a member of staff, or a contact with what it is to the patient.
pub(crate) const NAME: usize = 600;

/// Brings visits back that came with a record, under the same ids. One that is here already stays as it is here: it came
/// with the record that was merged into this one. Answers how many rows it wrote.
///
/// # Errors
/// [`NOT_AS_KEPT`] at the visit that this program would not have kept so, and [`Error`].
pub fn bring_visits_back(cx: &mut WriteCx<'_, '_>, patient: PatientId, came: VisitsOfPatient) -> Result<usize, Error> {
    let records: Vec<PatientId> = known_to(cx, patient, "patient")?.records().collect();
    let rows = bring_operations_back(cx, patient, &records, &came)? + bring_waits_back(cx, patient, &records, &came)?;
    let VisitsOfPatient { visits, reasons, reasons_whole, .. } = came;
    checked(&visits, &reasons, &records, cx.now())?;
    let mut here = BTreeSet::new();
    for record in &records {
        here.extend(came_visits(cx, *record)?.into_iter().flat_map(|row| row.visits).map(|one| one.unit));
    }
    let (mut new, mut units) = (Vec::new(), BTreeSet::new());
    for (at, visit) in visits.into_iter().enumerate() {
        if here.contains(&visit.unit) {
            continue;
        }
        if is_somebody_elses(cx, visit.unit)? {
            return Err(NOT_AS_KEPT.at(format!("visits.{at}.unit")).into());
        }
        units.insert(visit.unit);
        new.push(visit);
    }
    let new_reasons = reasons.into_iter().filter(|one| units.contains(&one.unit)).collect();
    let whole = |part, visits| CameVisits { patient, part, reasons_whole, visits };
    let visits = put_in_rows(cx, new, "visits", whole)?;
    let reasons = put_in_rows(cx, new_reasons, "reasons", |part, reasons| CameReasons { patient, part, reasons })?;
    Ok(rows + visits + reasons)
}

/// Says whether a visit with this id is booked here, or came with another record.
fn is_somebody_elses(cx: &WriteCx<'_, '_>, unit: UnitId) -> Result<bool, Error> {
    let booked = cx.key(FulfillmentUnit::TABLE)?.id(unit.bytes()).done();
    let came = cx.key(CameVisits::TABLE)?.id(unit.bytes()).done();
    Ok(cx.get::<FulfillmentUnit>(&booked)?.is_some() || !cx.find::<CameVisits>(BY_UNIT, &came, 1)?.is_empty())
}

/// Puts a list into as few rows as it fits into, and says how many that are.
pub(crate) fn put_in_rows<T, R: Record + serde::Serialize>(
    cx: &mut WriteCx<'_, '_>,
    list: Vec<T>,
    field: &str,
    row: impl Fn(u32, Vec<T>) -> R,
) -> Result<usize, Error>
where
    T: Clone,
{
    let (mut part, mut bytes, mut held) = (0, 0, Vec::new());
    let mut rows = 0;
    for (at, one) in list.into_iter().enumerate() {
        let length = encode(R::TABLE, &row(0, vec![one.clone()]))?.len();
        if length > ROW_BYTES_MAX {
            return Err(TOO_MANY.at(format!("{field}.{at}")).into());
        }
        if bytes + length > ROW_BYTES && !held.is_empty() {
            cx.put(&row(part, std::mem::take(&mut held)))?;
            (part, bytes, rows) = (part + 1, 0, rows + 1);
        }
        bytes += length;
        held.push(one);
    }
    if !held.is_empty() {
        cx.put(&row(part, held))?;
        rows += 1;
    }
    Ok(rows)
}

/// Checks everything that needs no look into the store.
fn checked(visits: &[VisitAlong], reasons: &[VisitReason], records: &[PatientId], now: Instant) -> Result<(), Refusal> {
    // The clocks of two machines differ.
    let latest = now + chrono::Duration::days(1);
    if visits.len() > MOST {
        return Err(TOO_MANY.at("visits"));
    }
    let mut units = BTreeSet::new();
    for (at, one) in visits.iter().enumerate() {
        if !records.contains(&one.patient) || !units.insert(one.unit) || !could_be_kept(one, latest) {
            return Err(NOT_AS_KEPT.at(format!("visits.{at}")));
        }
    }
    for (at, one) in reasons.iter().enumerate() {
        let said = is_kept(&one.reason_for_visit, TEXT) && is_kept(&one.procedure_detail, TEXT);
        if !units.remove(&one.unit) || !said {
            return Err(NOT_AS_KEPT.at(format!("reasons.{at}")));
        }
    }
    Ok(())
}

/// Says whether the operations could have made this, up to a moment.
fn could_be_kept(one: &VisitAlong, latest: Instant) -> bool {
    let optional =
        |text: &Option<String>, most| text.as_ref().is_none_or(|text| !text.is_empty() && is_kept(text, most));
    let names = [(&one.taken_by, NAME), (&one.service, LINE), (&one.label, LINE), (&one.preparation, TEXT)];
    let said = names.into_iter().all(|(text, most)| is_kept(text, most))
        && optional(&one.accepted_by, NAME)
        && optional(&one.desk_note, TEXT)
        && one.overrides.iter().all(|reason| is_kept(reason, TEXT));
    let long = one.minutes > 0 && one.minutes <= LONGEST && one.before <= LONGEST && one.after <= LONGEST;
    // No zone is further from Greenwich than a day.
    let there = one.offset_seconds.abs() < 86_400 && one.accepted_at <= latest;
    let assigned = (1..=RESOURCES_MAX).contains(&one.resources.len())
        && one.resources.iter().all(|resource| is_kept(&resource.name, LINE));
    let steps = one.checkpoints.len() <= STEPS_MAX
        && one.checkpoints.first().is_some_and(|first| first.status == VisitStatus::Booked)
        && one.checkpoints.last().is_some_and(|last| last.status == one.status)
        && one
            .checkpoints
            .iter()
            .all(|step| step.at <= latest && is_kept(&step.by, NAME) && optional(&step.note, TEXT));
    let waived = one.waivers.iter().all(|one| is_kept(&one.by, NAME) && is_kept(&one.reason, TEXT) && one.at <= latest);
    said && long && there && assigned && steps && waived
}

/// Says whether a text has the form in which it is kept.
pub(crate) fn is_kept(text: &str, longest: usize) -> bool {
    typed_text(text, longest).is_some_and(|kept| kept == text)
}
