//! `scheduling.repeat`: a visit is repeated by a rule. What is free is booked; what is not is listed, and nothing is overridden.

use crate::book::{seen_here, step};
use crate::conflict::{Clash, ConflictKind, Wish, clashes};
use crate::looking::Look as _;
use crate::order::BookingOrder;
use crate::refusals::{BAD_STATUS, IN_SERIES, UNKNOWN};
use crate::series::{Series, times};
use crate::setup::Setup;
use crate::slot::clocks;
use crate::span::{Span, minute};
use crate::unit::{FulfillmentUnit, VisitStatus, visit_as_shown};
use chrono::NaiveDateTime;
use keepwell_kernel::{CivilDate, Error, Operation, Permission, Purpose, SeriesId, UnitId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Repeats a visit.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "RepeatVisit")]
pub struct Repeat {
    /// The visit.
    pub unit: UnitId,
    /// The version that was shown.
    pub version: u64,
    /// The rule (RFC 5545): `FREQ=WEEKLY;BYDAY=MO;COUNT=8`.
    pub rule: String,
}

/// What was booked and what was not.
#[derive(Debug, Serialize, TS)]
pub struct Repeated {
    /// The series; none where nothing could be booked.
    pub series: Option<SeriesId>,
    /// The visits that were booked.
    pub booked: Vec<RepeatedVisit>,
    /// The times that something stands against.
    pub not_booked: Vec<RepeatRefused>,
}

/// A visit of a series.
#[derive(Debug, Serialize, TS)]
pub struct RepeatedVisit {
    /// The visit.
    pub unit: UnitId,
    /// Its day.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Its time.
    pub time: String,
    /// The time does not exist on that day, because the clocks change, and was moved forward.
    pub gap: bool,
}

/// A time of a series that could not be booked.
#[derive(Debug, Serialize, TS)]
pub struct RepeatRefused {
    /// The day.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// The time.
    pub time: String,
    /// What stands against it.
    pub conflicts: Vec<ConflictKind>,
}

impl Operation for Repeat {
    const NAME: &'static str = "scheduling.repeat";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest];
    type Output = Repeated;
}

impl Command for Repeat {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Repeated, Error> {
        let mut first = visit_as_shown(cx, self.unit, self.version)?;
        if !first.status.takes_time() {
            return Err(BAD_STATUS.at("unit").into());
        }
        if first.series.is_some() {
            return Err(IN_SERIES.at("unit").into());
        }
        let setup = Setup::read(cx)?;
        setup.bookable(first.product)?;
        seen_here(cx, first.patient)?;
        let begins = cx.zone().wall_of(first.starts_at);
        let days = first.resources().iter().map(|one| setup.horizon(*one)).min().unwrap_or(crate::setup::HORIZON);
        let until = (cx.today() + chrono::Duration::days(i64::from(days) + 1)).and_time(chrono::NaiveTime::MIN);
        let times = times(&self.rule, begins, until)?;
        let series = SeriesId::make();
        let (mut booked, mut not_booked) = (Vec::new(), Vec::new());
        for at in times {
            let (visit, date, gap) = occurrence(cx, &first, at, series);
            let against = against(cx, &setup, &visit, date)?;
            let time = clocks(cx.here(), visit.span());
            if against.is_empty() {
                booked.push(RepeatedVisit { unit: keep(cx, visit)?, date, time, gap });
            } else {
                let mut conflicts: Vec<ConflictKind> = against.iter().map(|clash| clash.kind).collect();
                conflicts.dedup();
                not_booked.push(RepeatRefused { date, time, conflicts });
            }
        }
        if booked.is_empty() {
            return Ok(Repeated { series: None, booked, not_booked });
        }
        first.series = Some(series);
        cx.put(&first)?;
        let further: Vec<UnitId> = booked.iter().map(|one| one.unit).collect();
        fulfil(cx, &first, &further)?;
        let units = std::iter::once(first.id).chain(further).collect();
        cx.put(&Series { id: series, patient: first.patient, first: first.id, rule: self.rule, begins, units })?;
        Ok(Repeated { series: Some(series), booked, not_booked })
    }
}

/// Returns the visit at another wall-clock time, on which day that is, and whether the clocks moved it.
fn occurrence(
    cx: &WriteCx<'_, '_>,
    first: &FulfillmentUnit,
    at: NaiveDateTime,
    series: SeriesId,
) -> (FulfillmentUnit, CivilDate, bool) {
    let found = cx.zone().resolve(at);
    let mut visit = FulfillmentUnit {
        id: UnitId::make(),
        status: VisitStatus::Booked,
        checkpoints: Vec::new(),
        overrides: Vec::new(),
        waivers: Vec::new(),
        series: Some(series),
        ..first.clone()
    };
    let from = minute(found.instant);
    visit.stands_at(Span::new(from, from + i64::from(first.minutes)), cx.zone());
    (visit, cx.zone().date_of(found.instant), found.gap)
}

fn against(cx: &WriteCx<'_, '_>, setup: &Setup, visit: &FulfillmentUnit, date: CivilDate) -> Result<Vec<Clash>, Error> {
    let ids = visit.resources();
    let wish = Wish {
        product: setup.product(visit.product),
        patient: Some(visit.patient),
        date,
        span: visit.span(),
        buffers: (visit.before, visit.after),
        resources: setup.resources.iter().filter(|one| ids.contains(&one.id)).collect(),
        own: Vec::new(),
        hold: None,
    };
    clashes(cx, setup, &wish)
}

/// Adds visits to the line of the order that the first one fulfils.
fn fulfil(cx: &mut WriteCx<'_, '_>, first: &FulfillmentUnit, further: &[UnitId]) -> Result<(), Error> {
    let row = cx.key(BookingOrder::TABLE)?.id(first.order.bytes()).done();
    let mut order = cx.get::<BookingOrder>(&row)?.ok_or_else(|| UNKNOWN.at("unit"))?.record;
    let lines = order.lines.iter_mut().filter(|line| line.id == first.line);
    lines.for_each(|line| line.units.extend_from_slice(further));
    cx.put(&order)?;
    Ok(())
}

fn keep(cx: &mut WriteCx<'_, '_>, mut visit: FulfillmentUnit) -> Result<UnitId, Error> {
    visit.becomes(step(cx, VisitStatus::Booked)?);
    cx.put(&visit)?;
    Ok(visit.id)
}
