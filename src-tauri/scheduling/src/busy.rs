//! The interval index: what takes a resource's or a patient's time, found without opening a record.
//!
//! An entry stands for each day in UTC that a stretch touches, under (blind resource and day, from, to). It gives away minutes
//! of unknown days of unknown resources (design section 4). Days are those of UTC, so that a change of the practice's zone or
//! of a zone's rules leaves it true.

use crate::looking::Look;
use crate::slot_hold::SlotHold;
use crate::span::{DAY, Span};
use crate::table::{
    ALLOCATION_BY_RESOURCE, DAY_OF_VISIT, HOLD_BY_RESOURCE, RESERVATION_BY_DAY, RESERVATION_BY_PATIENT_DAY,
    RESERVATION_BY_THEATRE, UNIT_BY_DAY, UNIT_BY_PATIENT_DAY, UNIT_BY_RESOURCE,
};
use crate::unit::FulfillmentUnit;
use keepwell_kernel::{Error, Fault, PatientId, ResourceId};
use keepwell_vault::{Index, KeyMaker, Record as _, RowKey};

/// The most entries of a day: a thousand visits of each of a dozen resources.
const MOST: usize = 12_000;

/// What kind of record takes a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TakenBy {
    Visit,
    Reservation,
    Allocation,
}

/// A stretch and the record that takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) span: Span,
    pub(crate) row: RowKey,
    pub(crate) by: TakenBy,
}

/// What takes a resource's time, holds apart.
const OF_RESOURCE: [(Index, TakenBy); 3] = [
    (UNIT_BY_RESOURCE, TakenBy::Visit),
    (RESERVATION_BY_THEATRE, TakenBy::Reservation),
    (ALLOCATION_BY_RESOURCE, TakenBy::Allocation),
];
/// What takes a patient's time.
const OF_PATIENT: [(Index, TakenBy); 2] =
    [(UNIT_BY_PATIENT_DAY, TakenBy::Visit), (RESERVATION_BY_PATIENT_DAY, TakenBy::Reservation)];

fn day_key<'k>(key: KeyMaker<'k>, what: &'static str, id: &[u8; 16], day: i64) -> KeyMaker<'k> {
    key.blind(what, &[id.as_slice(), &day.to_be_bytes()].concat())
}

/// Returns the keys under which a stretch stands, one for each day that it touches.
pub(crate) fn keys(key: &KeyMaker<'_>, what: &'static str, id: &[u8; 16], span: Span) -> Vec<RowKey> {
    let of_day = |day: i64| {
        let whole = Span::new(day * DAY, (day + 1) * DAY);
        let part = span.within(whole)?;
        let [from, to] = [part.from - whole.from, part.to - whole.from].map(i64::unsigned_abs);
        Some(day_key(key.clone(), what, id, day).ordered(from).ordered(to).done())
    };
    span.days().filter_map(of_day).collect()
}

pub(crate) const RESOURCE_DAY: &str = "resource day";
pub(crate) const PATIENT_DAY: &str = "patient day";

/// Reads the minutes behind a day's prefix.
fn minutes(rest: &[u8]) -> Option<(i64, i64)> {
    let (from, to) = rest.split_first_chunk::<8>()?;
    let to: [u8; 8] = to.try_into().ok()?;
    let whole = |bytes: [u8; 8]| i64::try_from(u64::from_be_bytes(bytes)).ok();
    Some((whole(*from)?, whole(to)?))
}

/// Returns what an index says of one day.
fn on_day(cx: &impl Look, index: Index, by: TakenBy, prefix: &RowKey, day: i64) -> Result<Vec<Taken>, Error> {
    let read = |(rest, row): (Vec<u8>, RowKey)| {
        // An entry that cannot be read could hide a booking, so nothing is booked while it stands there.
        let (from, to) =
            minutes(&rest).ok_or_else(|| Fault::because("an entry of the interval index is no interval"))?;
        Ok(Taken { span: Span::new(day * DAY + from, day * DAY + to), row, by })
    };
    cx.entries(index, prefix, MOST)?.into_iter().map(read).collect()
}

/// Returns the stretches of a resource's visits, reservations, allocations and living holds on one day in UTC.
///
/// # Errors
/// [`Error`].
pub(crate) fn on_day_of(cx: &impl Look, resource: ResourceId, day: i64) -> Result<Vec<Span>, Error> {
    let whole = Span::new(day * DAY, (day + 1) * DAY);
    let visits = taken_of(cx, resource, whole)?.into_iter().map(|one| one.span);
    let holds = holds_of(cx, resource, whole)?.into_iter().filter_map(|hold| hold.taken().within(whole));
    Ok(visits.chain(holds).collect())
}

/// Returns the keys of the visits on the days in UTC of a stretch, those that were missed or cancelled among them.
///
/// # Errors
/// [`Error`].
pub(crate) fn visits_on(cx: &impl Look, span: Span) -> Result<Vec<RowKey>, Error> {
    rows_on(cx, (UNIT_BY_DAY, TakenBy::Visit), span)
}

/// Returns the keys of the reservations of theatres that take time on the days in UTC of a stretch.
///
/// # Errors
/// [`Error`].
pub(crate) fn reservations_on(cx: &impl Look, span: Span) -> Result<Vec<RowKey>, Error> {
    rows_on(cx, (RESERVATION_BY_DAY, TakenBy::Reservation), span)
}

fn rows_on(cx: &impl Look, index: (Index, TakenBy), span: Span) -> Result<Vec<RowKey>, Error> {
    let found = through(cx, &[index], DAY_OF_VISIT, &[0; 16], span)?.into_iter();
    let mut rows: Vec<RowKey> = found.filter(|one| one.span.overlaps(span)).map(|one| one.row).collect();
    rows.sort_unstable();
    rows.dedup();
    Ok(rows)
}

fn through(
    cx: &impl Look,
    indexes: &[(Index, TakenBy)],
    what: &'static str,
    id: &[u8; 16],
    span: Span,
) -> Result<Vec<Taken>, Error> {
    let mut all = Vec::new();
    for day in span.days() {
        // These tables lie in the compartment of the calendar, so one blinding key serves all of their indexes.
        let prefix = day_key(cx.maker(FulfillmentUnit::TABLE)?, what, id, day).done();
        for (index, by) in indexes {
            all.extend(on_day(cx, *index, *by, &prefix, day)?);
        }
    }
    Ok(all)
}

/// Returns the visits, reservations and allocations that take a resource's time on the days of a stretch, cut at the days of
/// UTC.
///
/// # Errors
/// [`Error`].
pub(crate) fn taken_of(cx: &impl Look, resource: ResourceId, span: Span) -> Result<Vec<Taken>, Error> {
    through(cx, &OF_RESOURCE, RESOURCE_DAY, resource.bytes(), span)
}

/// Returns the visits and the operations of a patient on the days of a stretch.
///
/// # Errors
/// [`Error`].
pub(crate) fn taken_of_patient(cx: &impl Look, patient: PatientId, span: Span) -> Result<Vec<Taken>, Error> {
    through(cx, &OF_PATIENT, PATIENT_DAY, patient.bytes(), span)
}

/// Returns the living holds of a resource on the days of a stretch.
///
/// # Errors
/// [`Error`].
pub(crate) fn holds_of(cx: &impl Look, resource: ResourceId, span: Span) -> Result<Vec<SlotHold>, Error> {
    let held = held(cx, resource, span)?.into_iter().map(|(_, hold)| hold);
    Ok(held.filter(|hold| hold.lives_at(cx.present())).collect())
}

/// Returns the keys of the holds of a resource that have expired.
///
/// # Errors
/// [`Error`].
pub(crate) fn dead_holds_of(cx: &impl Look, resource: ResourceId, span: Span) -> Result<Vec<RowKey>, Error> {
    let held = held(cx, resource, span)?.into_iter();
    Ok(held.filter(|(_, hold)| !hold.lives_at(cx.present())).map(|(row, _)| row).collect())
}

fn held(cx: &impl Look, resource: ResourceId, span: Span) -> Result<Vec<(RowKey, SlotHold)>, Error> {
    let found = through(cx, &[(HOLD_BY_RESOURCE, TakenBy::Visit)], RESOURCE_DAY, resource.bytes(), span)?;
    let mut rows: Vec<RowKey> = found.into_iter().map(|one| one.row).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut holds = Vec::new();
    for row in rows {
        let hold = cx.record::<SlotHold>(&row)?.map(|stored| stored.record);
        holds.extend(hold.map(|hold| (row, hold)));
    }
    Ok(holds)
}
