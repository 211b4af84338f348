//! `scheduling.day`: the day, as the front desk sees it.

use crate::busy::visits_on;
use crate::calendar::RuleKind;
use crate::column_sets::ColumnSet;
use crate::day_reserved::{DayReserved, reserved};
use crate::day_visit::{DayVisit, day_visit};
use crate::fields::optional_date;
use crate::hours::{Hours, day_span, hours};
use crate::keep_column_sets::own_sets;
use crate::looking::Look;
use crate::numbers::{DayNumbers, numbers};
use crate::refusals::UNKNOWN;
use crate::resource::{Resource, ResourceKind};
use crate::setup::Setup;
use crate::slot::{clock, is_second, short};
use crate::slot_hold::SlotHold;
use crate::span::{Span, minute};
use crate::unit::{FulfillmentUnit, VisitStatus};
use keepwell_kernel::{
    CivilDate, Error, Operation, Permission, ProductId, Purpose, ResourceId, SlotHoldId, instant_text,
};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Stored;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens a day.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "OpenDay")]
pub struct Day {
    /// Which, YYYY-MM-DD; today where none is named.
    pub date: Option<String>,
    /// The screen's visit.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub visit: Option<String>,
}

/// A day. Minutes are those that have gone by since it began.
#[derive(Debug, Serialize, TS)]
pub struct DayView {
    /// Which.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Today.
    #[ts(type = "CivilDate")]
    pub today: CivilDate,
    /// The practice's zone.
    pub zone: String,
    /// How long it is: 1440 minutes, less or more where the clocks change.
    pub minutes: u16,
    /// The present, where it is today.
    pub now: Option<u16>,
    /// From when it is worth showing.
    pub first: u16,
    /// Until when it is worth showing.
    pub last: u16,
    /// The hours.
    pub labels: Vec<DayLabel>,
    /// Who and what can be booked.
    pub columns: Vec<DayColumn>,
    /// What is closed.
    pub shades: Vec<DayShade>,
    /// The visits; cancelled ones are not among them.
    pub visits: Vec<DayVisit>,
    /// Holds that live.
    pub holds: Vec<DayHold>,
    /// What theatres and the teams in them take.
    pub reserved: Vec<DayReserved>,
    /// The columns one keeps together.
    pub column_sets: Vec<ColumnSet>,
    /// The day in numbers.
    pub numbers: DayNumbers,
}

/// One hour.
#[derive(Debug, Serialize, TS)]
pub struct DayLabel {
    /// Where it begins.
    pub minute: u16,
    /// What the clock shows.
    pub text: String,
    /// The clock shows it for the second time.
    pub again: bool,
}

/// One column.
#[derive(Debug, Serialize, TS)]
pub struct DayColumn {
    /// The resource.
    pub resource: ResourceId,
    /// Its kind.
    pub kind: ResourceKind,
    /// Its name.
    pub name: String,
    /// What stands below the name.
    pub note: String,
    /// How many bookings it takes at once.
    pub capacity: u16,
    /// Visits begin at whole multiples of so many minutes.
    pub grid_minutes: u16,
}

/// Closed time.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DayShade {
    /// Whose.
    pub resource: ResourceId,
    /// From when.
    pub from: u16,
    /// Until when.
    pub to: u16,
    /// Why.
    pub kind: RuleKind,
    /// Why, in words of the practice.
    pub label: String,
}

/// A hold.
#[derive(Debug, Serialize, TS)]
pub struct DayHold {
    /// The hold.
    pub hold: SlotHoldId,
    /// What it is held for.
    pub product: Option<ProductId>,
    /// What is held.
    pub resources: Vec<ResourceId>,
    /// From when.
    pub from: i32,
    /// How long.
    pub minutes: u16,
    /// Until when it lasts.
    pub until: String,
    /// The same as the clock shows it.
    pub until_text: String,
    /// How many seconds it still lasts.
    pub seconds_left: u32,
    /// Who holds it.
    pub held_by: String,
    /// It is one's own.
    pub own: bool,
}

impl Operation for Day {
    const NAME: &'static str = "scheduling.day";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = DayView;
}

impl Query for Day {
    fn run(self, cx: &ReadCx<'_>) -> Result<DayView, Error> {
        let zone = cx.zone();
        let date = optional_date(self.date.as_deref(), "date")?.unwrap_or_else(|| cx.today());
        let setup = Setup::read(cx)?;
        let day = day_span(zone, date);
        let units = units_on(cx, day)?;
        let shown: Vec<&Resource> = setup.resources.iter().filter(|one| !one.ended || is_used(one, &units)).collect();
        let of = |one: &&Resource| (one.id, hours(&setup, zone, one.id, date, None));
        let open: Vec<(ResourceId, Hours)> = shown.iter().map(of).collect();
        let visits = units.iter().filter(|unit| unit.record.status != VisitStatus::Cancelled);
        let visits = visits.map(|unit| day_visit(cx, &setup, day, unit)).collect::<Result<Vec<_>, _>>()?;
        let reserved = reserved(cx, day)?;
        let taken = taken(&visits).chain(reserved.iter().map(|one| (one.from, one.minutes)));
        let (first, last) = worth_showing(&setup, &open, taken, day);
        Ok(DayView {
            date,
            today: cx.today(),
            zone: zone.name().to_owned(),
            minutes: short(day.to - day.from),
            now: (date == cx.today()).then(|| short(minute(cx.now()) - day.from)),
            first,
            last,
            labels: labels(cx, day),
            columns: shown.iter().map(|one| column(&setup, one)).collect(),
            shades: open.iter().flat_map(|(resource, hours)| shades(*resource, hours, day)).collect(),
            holds: holds(cx, &shown, day)?,
            reserved,
            column_sets: own_sets(cx)?,
            numbers: numbers(cx, &setup, &units)?,
            visits,
        })
    }
}

/// Returns every visit of a day, those that were missed or cancelled among them, in the order in which they begin.
pub(crate) fn units_on(cx: &impl Look, day: Span) -> Result<Vec<Stored<FulfillmentUnit>>, Error> {
    let read = |row| cx.record::<FulfillmentUnit>(&row)?.ok_or_else(|| UNKNOWN.at("date").into());
    let mut units = visits_on(cx, day)?.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    units.sort_by_key(|unit| (unit.record.starts_at, unit.record.id));
    Ok(units)
}

fn is_used(one: &Resource, units: &[Stored<FulfillmentUnit>]) -> bool {
    units.iter().any(|unit| unit.record.resources().contains(&one.id))
}

pub(crate) fn column(setup: &Setup, one: &Resource) -> DayColumn {
    DayColumn {
        resource: one.id,
        kind: one.kind,
        name: one.name.clone(),
        note: one.note.clone(),
        capacity: one.capacity,
        grid_minutes: setup.grid(one.id),
    }
}

/// Returns the closed time of a resource within a day.
pub(crate) fn shades(resource: ResourceId, hours: &Hours, day: Span) -> Vec<DayShade> {
    let shade = |shade: &crate::hours::Shade| DayShade {
        resource,
        from: short(shade.span.from - day.from),
        to: short(shade.span.to - day.from),
        kind: shade.kind,
        label: shade.label.clone(),
    };
    hours.shades.iter().map(shade).collect()
}

pub(crate) fn labels(cx: &impl Look, day: Span) -> Vec<DayLabel> {
    let hours = (0..).map(|hour| hour * 60).take_while(|minute| day.from + minute < day.to);
    let label = |minute: i64| DayLabel {
        minute: short(minute),
        text: clock(cx.here(), day.from + minute),
        again: is_second(cx.here(), day.from + minute),
    };
    hours.map(label).collect()
}

/// Returns when visits begin and how long they take.
pub(crate) fn taken(visits: &[DayVisit]) -> impl Iterator<Item = (i32, u16)> {
    visits.iter().map(|one| (one.from, one.minutes))
}

/// Returns the hours worth showing: those in which a practitioner can be booked or something takes place, in whole hours.
/// Where there is neither, a working day.
pub(crate) fn worth_showing(
    setup: &Setup,
    open: &[(ResourceId, Hours)],
    taken: impl Iterator<Item = (i32, u16)>,
    day: Span,
) -> (u16, u16) {
    let whole = |hours: &Hours| matches!(hours.open.as_slice(), [one] if *one == day);
    let people = open.iter().filter(|(id, hours)| {
        setup.resource(*id).is_some_and(|one| one.kind == ResourceKind::Practitioner) && !whole(hours)
    });
    let spans = people.flat_map(|(_, hours)| hours.open.iter().map(|one| (one.from - day.from, one.to - day.from)));
    let taken = taken.map(|(from, minutes)| (i64::from(from), i64::from(from) + i64::from(minutes)));
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for (from, to) in spans.chain(taken) {
        first = first.min(from.max(0));
        last = last.max(to.min(day.to - day.from));
    }
    if first >= last {
        return (480, 1_020);
    }
    (short(first.div_euclid(60) * 60), short((last + 59).div_euclid(60) * 60).min(short(day.to - day.from)))
}

fn holds(cx: &impl Look, shown: &[&Resource], day: Span) -> Result<Vec<DayHold>, Error> {
    let mut all: Vec<SlotHold> = Vec::new();
    for one in shown {
        let holds = crate::busy::holds_of(cx, one.id, day)?.into_iter();
        for hold in holds.filter(|hold| hold.taken().overlaps(day)) {
            if !all.iter().any(|other| other.id == hold.id) {
                all.push(hold);
            }
        }
    }
    all.iter().map(|hold| day_hold(cx, hold, day)).collect()
}

fn day_hold(cx: &impl Look, hold: &SlotHold, day: Span) -> Result<DayHold, Error> {
    let taken = hold.taken();
    let span = Span::new(taken.from + i64::from(hold.before), taken.to - i64::from(hold.after));
    Ok(DayHold {
        hold: hold.id,
        product: hold.product,
        resources: hold.resources.clone(),
        from: i32::try_from(span.from - day.from).unwrap_or(i32::MIN),
        minutes: short(span.to - span.from),
        until: instant_text(hold.expires_at, cx.here()),
        until_text: clock(cx.here(), minute(hold.expires_at)),
        seconds_left: u32::try_from((hold.expires_at - cx.present()).num_seconds()).unwrap_or(0),
        held_by: cx.staff_name(hold.owner)?,
        own: cx.who()?.staff == hold.owner,
    })
}
