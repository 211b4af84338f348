//! What both sheets of a day have in common.

use crate::busy::{TakenBy, taken_of};
use crate::day::units_on;
use crate::fields::date;
use crate::hours::day_span;
use crate::looking::Look;
use crate::refusals::UNKNOWN;
use crate::resource::ResourceKind;
use crate::setup::Setup;
use crate::slot::clocks;
use crate::span::Span;
use crate::theatre::allocation::{ResourceAllocation, allocations};
use crate::theatre::held_on;
use crate::theatre::reservation::{TheatreReservation, TheatreStep};
use crate::unit::{FulfillmentUnit, VisitStatus};
use keepwell_kernel::{CaseId, CivilDate, Error, ResourceId, UnitId};
use keepwell_log::door::ReadCx;
use keepwell_patients::reminded;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A line of a sheet: a visit or an operation. Nothing clinical.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SheetLine {
    /// The visit.
    pub unit: Option<UnitId>,
    /// The surgical case, where it is an operation.
    pub case: Option<CaseId>,
    /// Its time.
    pub time: String,
    /// `Family, Given Middle`.
    pub patient_name: String,
    /// The date of birth, where it is known.
    #[ts(type = "CivilDate | null")]
    pub date_of_birth: Option<CivilDate>,
    /// What to call it.
    pub label: String,
    /// With whom.
    pub people: Vec<String>,
    /// Where.
    pub rooms: Vec<String>,
    /// How it stands.
    pub status: VisitStatus,
    /// What the front desk noted.
    pub desk_note: Option<String>,
}

/// Reads the visits and the operations that take time on a day, of one resource or of all, each with its line.
///
/// # Errors
/// A refusal at `date` or `resource`.
pub(crate) fn lines(
    cx: &ReadCx<'_>,
    setup: &Setup,
    typed: &str,
    resource: Option<ResourceId>,
    label: impl Fn(&FulfillmentUnit) -> String,
) -> Result<(CivilDate, Vec<SheetLine>), Error> {
    let date = date(typed, "date")?;
    if resource.is_some_and(|id| setup.resource(id).is_none()) {
        return Err(UNKNOWN.at("resource").into());
    }
    let day = day_span(cx.here(), date);
    let mut units = match resource {
        Some(id) => units_of(cx, id, day)?,
        None => units_on(cx, day)?.into_iter().map(|stored| stored.record).collect(),
    };
    units.retain(|unit| unit.status.takes_time());
    let line = |unit: &FulfillmentUnit| Ok((unit.starts_at, line(cx, setup, unit, label(unit))?));
    let mut lines = units.iter().map(line).collect::<Result<Vec<_>, Error>>()?;
    for stored in held_on(cx, day)? {
        lines.extend(operation(cx, setup, &stored.record, resource)?.map(|line| (stored.record.starts_at, line)));
    }
    lines.sort_by_key(|(starts_at, _)| *starts_at);
    Ok((date, lines.into_iter().map(|(_, line)| line).collect()))
}

/// Reads the visits that take a resource's time within a stretch, in the order in which they begin. Nobody else is looked at.
///
/// # Errors
/// [`Error`].
pub(crate) fn units_of(cx: &ReadCx<'_>, resource: ResourceId, span: Span) -> Result<Vec<FulfillmentUnit>, Error> {
    let taken = taken_of(cx, resource, span)?.into_iter().filter(|one| one.by == TakenBy::Visit);
    let mut rows: Vec<_> = taken.map(|one| one.row).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut units = Vec::new();
    for row in rows {
        let unit = cx.get::<FulfillmentUnit>(&row)?.ok_or_else(|| UNKNOWN.at("resource"))?.record;
        if unit.span().overlaps(span) {
            units.push(unit);
        }
    }
    units.sort_by_key(|unit| (unit.starts_at, unit.id));
    Ok(units)
}

fn line(cx: &ReadCx<'_>, setup: &Setup, unit: &FulfillmentUnit, label: String) -> Result<SheetLine, Error> {
    let patient = reminded(cx, unit.patient)?;
    let assigned = unit.resources();
    let named = |wanted: &[ResourceKind]| {
        let of = setup.resources.iter().filter(|one| assigned.contains(&one.id) && wanted.contains(&one.kind));
        of.map(|one| one.name.clone()).collect()
    };
    Ok(SheetLine {
        unit: Some(unit.id),
        case: None,
        time: clocks(cx.here(), unit.span()),
        patient_name: patient.listed_name,
        date_of_birth: patient.date_of_birth,
        label,
        people: named(&[ResourceKind::Practitioner]),
        rooms: named(&[ResourceKind::Room, ResourceKind::Theatre]),
        status: unit.status,
        desk_note: unit.desk_note.clone(),
    })
}

/// Returns the line of an operation that a resource takes part in; nothing where nobody is operated on.
fn operation(
    cx: &ReadCx<'_>,
    setup: &Setup,
    held: &TheatreReservation,
    resource: Option<ResourceId>,
) -> Result<Option<SheetLine>, Error> {
    let Some((patient, case)) = held.patient.zip(held.case) else { return Ok(None) };
    let along: Vec<ResourceId> = allocations(cx, held.id)?.iter().filter_map(ResourceAllocation::resource).collect();
    if resource.is_some_and(|id| id != held.theatre && !along.contains(&id)) {
        return Ok(None);
    }
    let patient = reminded(cx, patient)?;
    let people = setup.resources.iter().filter(|one| along.contains(&one.id) && one.kind == ResourceKind::Practitioner);
    Ok(Some(SheetLine {
        unit: None,
        case: Some(case),
        time: clocks(cx.here(), held.span()),
        patient_name: patient.listed_name,
        date_of_birth: patient.date_of_birth,
        label: held.label(),
        people: people.map(|one| one.name.clone()).collect(),
        rooms: vec![setup.name(held.theatre)],
        status: stands(held.step),
        desk_note: held.note.clone(),
    }))
}

/// Says where an operation stands in the words of a visit: paper has one column for both.
const fn stands(step: TheatreStep) -> VisitStatus {
    match step {
        TheatreStep::Reserved | TheatreStep::SetUp => VisitStatus::Booked,
        TheatreStep::PatientIn => VisitStatus::Roomed,
        TheatreStep::Begun | TheatreStep::Ended => VisitStatus::InCare,
        TheatreStep::PatientOut | TheatreStep::TurnedOver => VisitStatus::Done,
    }
}
