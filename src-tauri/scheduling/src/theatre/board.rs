//! `scheduling.theatre_board`: the theatres of a day, and who waits for one. Nothing clinical.

use crate::busy::reservations_on;
use crate::day::{DayColumn, DayLabel, DayShade, column, labels, shades};
use crate::fields::optional_date;
use crate::hours::{day_span, hours};
use crate::looking::Look;
use crate::refusals::UNKNOWN;
use crate::resource::{Resource, ResourceKind};
use crate::setup::Setup;
use crate::slot::{clocks, short};
use crate::span::{Span, minute};
use crate::table::CASES_WAITING;
use crate::theatre::allocation::{AllocatedThing, ResourceAllocation, allocations};
use crate::theatre::lapse::{TheatreLapse, lapses};
use crate::theatre::reservation::{ReservationPurpose, TheatreReservation, TheatreStep};
use crate::theatre::surgical_case::{SurgicalCase, Urgency, case};
use crate::told::ToldTime;
use keepwell_kernel::{
    AllocationId, CaseId, CivilDate, DepartmentId, Error, Operation, PatientId, Permission, Purpose, ReservationId,
    ResourceId, instant_text,
};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::{Record as _, Stored};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most cases that wait.
const WAITING_MAX: usize = 500;

/// Opens the theatres of a day.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenTheatreBoard {
    /// Which day, YYYY-MM-DD; today where none is named.
    pub date: Option<String>,
    /// The screen's visit.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub visit: Option<String>,
}

/// The theatres of a day. Minutes are those that have gone by since it began.
#[derive(Debug, Serialize, TS)]
pub struct TheatreBoardView {
    /// Which day.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Today.
    #[ts(type = "CivilDate")]
    pub today: CivilDate,
    /// The practice's zone.
    pub zone: String,
    /// How long the day is.
    pub minutes: u16,
    /// The present, where it is today.
    pub now: Option<u16>,
    /// From when it is worth showing.
    pub first: u16,
    /// Until when.
    pub last: u16,
    /// The hours.
    pub labels: Vec<DayLabel>,
    /// The theatres.
    pub theatres: Vec<DayColumn>,
    /// When they are closed.
    pub shades: Vec<DayShade>,
    /// What is reserved.
    pub reservations: Vec<BoardReservation>,
    /// Planned, and no theatre is reserved.
    pub unplaced: Vec<CaseRow>,
    /// Who and what can be allocated.
    pub allocatable: Vec<DayColumn>,
}

/// One reservation.
#[derive(Debug, Serialize, TS)]
pub struct BoardReservation {
    /// The reservation.
    pub reservation: ReservationId,
    /// Its version, for a change.
    pub version: u64,
    /// The theatre.
    pub theatre: ResourceId,
    /// What for.
    pub purpose: ReservationPurpose,
    /// When its setup begins, in minutes since the day began; below nothing where that was the day before.
    pub from: i32,
    /// How long it is set up.
    pub setup: u16,
    /// How long the procedure takes.
    pub minutes: u16,
    /// How long it is made ready after.
    pub turnover: u16,
    /// The procedure as the clock shows it.
    pub time: String,
    /// The case.
    pub case: Option<CaseRow>,
    /// What was noted.
    pub note: Option<String>,
    /// Where it stands.
    pub step: TheatreStep,
    /// Since when.
    pub since: Option<String>,
    /// What it may become.
    pub next: Vec<TheatreStep>,
    /// The steps it took, oldest first.
    pub checkpoints: Vec<TheatreCheckpointView>,
    /// Who and what goes along.
    pub allocations: Vec<BoardAllocation>,
    /// Why it stands where the calendar refused it.
    pub overridden: Vec<String>,
    /// What has ended by then and keeps the patient from being brought in, as long as that has not happened.
    pub lapsed: Vec<TheatreLapse>,
    /// It can be moved: the procedure has not ended.
    pub can_move: bool,
    /// It can be given back, and its case cancelled: nobody has been in the theatre.
    pub can_release: bool,
    /// When people were told that the procedure begins, where it stands elsewhere.
    pub told: Option<ToldTime>,
}

/// One step.
#[derive(Debug, Serialize, TS)]
pub struct TheatreCheckpointView {
    /// What it became.
    pub step: TheatreStep,
    /// When.
    pub at: String,
    /// Who said so.
    pub by: String,
}

/// A case as the front desk sees it. Nothing clinical.
#[derive(Debug, Serialize, TS)]
pub struct CaseRow {
    /// The case.
    pub case: CaseId,
    /// Its version, for a change.
    pub version: u64,
    /// Who is operated on.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub patient_name: String,
    /// Who operates.
    pub surgeon: Option<ResourceId>,
    /// The same by name.
    pub surgeon_name: Option<String>,
    /// For which department.
    pub department: Option<DepartmentId>,
    /// How long it can wait.
    pub urgency: Urgency,
    /// How long the procedure is thought to take.
    pub minutes: u16,
    /// Since when it is planned.
    #[ts(type = "CivilDate")]
    pub since: CivilDate,
}

/// Somebody or something that goes along.
#[derive(Debug, Serialize, TS)]
pub struct BoardAllocation {
    /// The allocation.
    pub allocation: AllocationId,
    /// The resource; something from the stock has none.
    pub resource: Option<ResourceId>,
    /// Its kind.
    pub kind: Option<ResourceKind>,
    /// Its name.
    pub name: String,
    /// How many.
    pub quantity: u16,
    /// As what.
    pub role: String,
    /// From when, in minutes since the reservation begins.
    pub from: u16,
    /// Until when.
    pub to: u16,
    /// The same as the clock shows it.
    pub time: String,
}

impl Operation for OpenTheatreBoard {
    const NAME: &'static str = "scheduling.theatre_board";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = TheatreBoardView;
}

impl Query for OpenTheatreBoard {
    fn run(self, cx: &ReadCx<'_>) -> Result<TheatreBoardView, Error> {
        let zone = cx.zone();
        let date = optional_date(self.date.as_deref(), "date")?.unwrap_or_else(|| cx.today());
        let setup = Setup::read(cx)?;
        let day = day_span(zone, date);
        let held = held_on(cx, day)?;
        let is_used = |one: &Resource| held.iter().any(|stored| stored.record.theatre == one.id);
        let all = setup.resources.iter();
        let theatres: Vec<&Resource> =
            all.filter(|one| one.kind == ResourceKind::Theatre && (!one.ended || is_used(one))).collect();
        let reservations = held.iter().map(|one| shown(cx, &setup, day, one)).collect::<Result<Vec<_>, _>>()?;
        let (first, last) = worth_showing(&held, day);
        let others = setup.resources.iter().filter(|one| one.kind != ResourceKind::Theatre && !one.ended);
        Ok(TheatreBoardView {
            date,
            today: cx.today(),
            zone: zone.name().to_owned(),
            minutes: short(day.to - day.from),
            now: (date == cx.today()).then(|| short(minute(cx.now()) - day.from)),
            first,
            last,
            labels: labels(cx, day),
            theatres: theatres.iter().map(|one| column(&setup, one)).collect(),
            shades: theatres
                .iter()
                .flat_map(|one| shades(one.id, &hours(&setup, zone, one.id, date, None), day))
                .collect(),
            reservations,
            unplaced: unplaced(cx, &setup)?,
            allocatable: others.map(|one| column(&setup, one)).collect(),
        })
    }
}

/// Returns what is reserved on a day, in the order in which it begins.
///
/// # Errors
/// [`Error`].
pub(crate) fn held_on(cx: &impl Look, day: Span) -> Result<Vec<Stored<TheatreReservation>>, Error> {
    let read = |row| cx.record::<TheatreReservation>(&row)?.ok_or_else(|| UNKNOWN.at("date").into());
    let mut held = reservations_on(cx, day)?.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    held.sort_by_key(|stored| (stored.record.starts_at, stored.record.id));
    Ok(held)
}

fn shown(
    cx: &impl Look,
    setup: &Setup,
    day: Span,
    stored: &Stored<TheatreReservation>,
) -> Result<BoardReservation, Error> {
    let one = &stored.record;
    let (whole, zone) = (one.taken(), cx.here());
    let checkpoint = |step: &super::reservation::TheatreCheckpoint| {
        let (at, by) = (instant_text(step.at, zone), cx.staff_name(step.by)?);
        Ok::<_, Error>(TheatreCheckpointView { step: step.step, at, by })
    };
    let checkpoints = one.checkpoints.iter().map(checkpoint).collect::<Result<Vec<_>, Error>>()?;
    let of = one.case.map(|id| case(cx, id)).transpose()?;
    let along = allocations(cx, one.id)?;
    let ahead = one.step < TheatreStep::PatientIn;
    let on = zone.date_of(one.starts_at).max(cx.day());
    let lapsed = if ahead { lapses(cx, setup, one, on)? } else { Vec::new() };
    Ok(BoardReservation {
        reservation: one.id,
        version: stored.version,
        theatre: one.theatre,
        purpose: one.purpose,
        from: i32::try_from(whole.from - day.from).unwrap_or(i32::MIN),
        setup: one.setup,
        minutes: one.minutes,
        turnover: one.turnover,
        time: clocks(zone, one.span()),
        case: of.map(|of| row(cx, setup, &of)).transpose()?,
        note: one.note.clone(),
        step: one.step,
        since: checkpoints.last().map(|step| step.at.clone()),
        next: one.step.next(one.purpose),
        checkpoints,
        allocations: along.iter().map(|along| allocation(cx, setup, whole, along)).collect(),
        overridden: one.overrides.clone(),
        lapsed,
        can_move: one.step < TheatreStep::Ended,
        can_release: one.patient.is_none() || ahead,
        told: one.told(zone).filter(|_| ahead).map(|span| ToldTime::of(zone, span)),
    })
}

fn allocation(cx: &impl Look, setup: &Setup, whole: Span, one: &ResourceAllocation) -> BoardAllocation {
    let (name, quantity) = match &one.what {
        AllocatedThing::Resource { resource } => (setup.name(*resource), 1),
        AllocatedThing::Item { name, quantity } => (name.clone(), *quantity),
    };
    let span = one.span();
    BoardAllocation {
        allocation: one.id,
        resource: one.resource(),
        kind: one.resource().and_then(|id| setup.resource(id)).map(|resource| resource.kind),
        name,
        quantity,
        role: one.role.clone(),
        from: short(span.from - whole.from),
        to: short(span.to - whole.from),
        time: clocks(cx.here(), span),
    }
}

fn row(cx: &impl Look, setup: &Setup, stored: &Stored<SurgicalCase>) -> Result<CaseRow, Error> {
    let one = &stored.record;
    Ok(CaseRow {
        case: one.id,
        version: stored.version,
        patient: one.patient,
        patient_name: cx.patient(one.patient)?.listed_name,
        surgeon: one.surgeon,
        surgeon_name: one.surgeon.map(|id| setup.name(id)),
        department: one.department,
        urgency: one.urgency,
        minutes: one.minutes,
        since: cx.here().date_of(one.planned_at),
    })
}

/// Returns the cases that have no theatre: the most urgent first, then whoever waits longest.
fn unplaced(cx: &impl Look, setup: &Setup) -> Result<Vec<CaseRow>, Error> {
    let prefix = cx.maker(SurgicalCase::TABLE)?.done();
    let rows = cx.keys::<SurgicalCase>(CASES_WAITING, &prefix, WAITING_MAX)?;
    let read = |row| cx.record::<SurgicalCase>(&row)?.ok_or_else(|| Error::from(UNKNOWN));
    let mut waiting = rows.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    waiting.sort_by_key(|stored| (stored.record.urgency, stored.record.planned_at));
    waiting.iter().map(|stored| row(cx, setup, stored)).collect()
}

/// Returns the hours worth showing: a working day, and whatever is reserved outside it, in whole hours.
fn worth_showing(held: &[Stored<TheatreReservation>], day: Span) -> (u16, u16) {
    let spans = held.iter().filter_map(|stored| stored.record.taken().within(day));
    let (first, last) =
        spans.fold((day.from + 420, day.from + 1_080), |(first, last), span| (first.min(span.from), last.max(span.to)));
    let whole = |minutes: i64| (minutes.div_euclid(60)) * 60;
    (short(whole(first - day.from)), short(whole(last - day.from + 59).min(day.to - day.from)))
}
