//! `scheduling.figures`: the manager's figures, counted from the steps that visits took. Nobody is named.

use crate::day::units_on;
use crate::fields::date;
use crate::hours::{day_span, hours};
use crate::refusals::{BAD_DATE, TOO_MANY};
use crate::resource::ResourceKind;
use crate::setup::Setup;
use crate::span::{Span, minute};
use crate::theatre::allocation::allocations;
use crate::theatre::held_on;
use crate::unit::{FulfillmentUnit, VisitStatus};
use chrono::Datelike as _;
use keepwell_kernel::{CivilDate, Error, Operation, Permission, Purpose, ResourceId, Zone};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest period: thirteen weeks.
const DAYS_MAX: i64 = 91;

/// Opens the figures of a period.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenFigures {
    /// Its first day, YYYY-MM-DD.
    pub from: String,
    /// Its last day.
    pub until: String,
}

/// The figures of a period.
#[derive(Debug, Serialize, TS)]
pub struct FiguresView {
    /// Its first day.
    #[ts(type = "CivilDate")]
    pub from: CivilDate,
    /// Its last day.
    #[ts(type = "CivilDate")]
    pub until: CivilDate,
    /// Its weeks, which begin on Mondays.
    pub weeks: Vec<FigureWeek>,
    /// Who and what is booked, with as many weeks each.
    pub resources: Vec<FigureResource>,
}

/// One week.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FigureWeek {
    /// Its first day within the period.
    #[ts(type = "CivilDate")]
    pub from: CivilDate,
    /// Its last.
    #[ts(type = "CivilDate")]
    pub until: CivilDate,
    /// Visits, whether they took place or not.
    pub visits: u32,
    /// Those that took place.
    pub took_place: u32,
    /// Those that were missed.
    pub no_show: u32,
    /// Those that were cancelled.
    pub cancelled: u32,
    /// Of those that took place or were missed, how many were missed, in hundredths of a percent; nothing where there are none.
    pub no_show_rate: Option<u32>,
    /// Days from the booking to the visit, the middle of them.
    pub lead_days: Option<u32>,
    /// Minutes from arrival to care, the middle of them.
    pub waited_minutes: Option<u32>,
}

/// One resource.
#[derive(Debug, Serialize, TS)]
pub struct FigureResource {
    /// The resource.
    pub resource: ResourceId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: ResourceKind,
    /// Its weeks.
    pub weeks: Vec<FigureUse>,
}

/// How much of a week is used.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct FigureUse {
    /// Minutes in which it can be booked; none where it has no hours of its own and could be booked at any time.
    pub open_minutes: u32,
    /// Minutes for which it is booked, buffers included.
    pub booked_minutes: u32,
}

impl Operation for OpenFigures {
    const NAME: &'static str = "scheduling.figures";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = FiguresView;
}

impl Query for OpenFigures {
    fn run(self, cx: &ReadCx<'_>) -> Result<FiguresView, Error> {
        let (from, until) = (date(&self.from, "from")?, date(&self.until, "until")?);
        if until < from {
            return Err(BAD_DATE.at("until").into());
        }
        if (until - from).num_days() >= DAYS_MAX {
            return Err(TOO_MANY.at("until").into());
        }
        let setup = Setup::read(cx)?;
        let (mut weeks, mut uses): (Vec<FigureWeek>, Vec<Vec<FigureUse>>) = Default::default();
        let mut counted = Counted::default();
        for day in from.iter_days().take_while(|day| *day <= until) {
            if weeks.is_empty() || day.weekday() == chrono::Weekday::Mon {
                counted = Counted::default();
                weeks.push(FigureWeek { from: day, ..FigureWeek::default() });
                uses.push(vec![FigureUse::default(); setup.resources.len()]);
            }
            let (Some(week), Some(uses)) = (weeks.last_mut(), uses.last_mut()) else { continue };
            week.until = day;
            counted.add(cx, &setup, day, uses)?;
            counted.write(week);
        }
        let resources = setup.resources.iter().enumerate().filter_map(|(at, one)| {
            let weeks: Vec<FigureUse> = uses.iter().filter_map(|week| week.get(at)).copied().collect();
            let used = !one.ended || weeks.iter().any(|week| week.booked_minutes > 0);
            used.then(|| FigureResource { resource: one.id, name: one.name.clone(), kind: one.kind, weeks })
        });
        Ok(FiguresView { from, until, resources: resources.collect(), weeks })
    }
}

/// What is counted of one week.
#[derive(Default)]
struct Counted {
    visits: u32,
    took_place: u32,
    no_show: u32,
    cancelled: u32,
    leads: Vec<i64>,
    waits: Vec<i64>,
}

impl Counted {
    fn add(&mut self, cx: &ReadCx<'_>, setup: &Setup, date: CivilDate, uses: &mut [FigureUse]) -> Result<(), Error> {
        let zone = cx.zone();
        let day = day_span(zone, date);
        let mut taken: Vec<(ResourceId, Span)> = Vec::new();
        for unit in units_on(cx, day)? {
            let unit = unit.record;
            if unit.status.takes_time() {
                taken.extend(unit.resources().into_iter().map(|id| (id, unit.taken())));
            }
            // A visit over midnight belongs to the day on which it begins.
            if zone.date_of(unit.starts_at) == date {
                self.count(&unit, zone, date);
            }
        }
        for held in held_on(cx, day)? {
            let held = held.record;
            taken.push((held.theatre, held.taken()));
            let along = allocations(cx, held.id)?;
            taken.extend(along.iter().filter_map(|one| Some((one.resource()?, one.span()))));
        }
        for (one, of) in setup.resources.iter().zip(uses) {
            let booked = taken.iter().filter(|(id, _)| *id == one.id).filter_map(|(_, span)| span.within(day));
            of.booked_minutes += length(booked);
            let open = hours(setup, zone, one.id, date, None).open;
            if open != [day] {
                of.open_minutes += length(open.into_iter());
            }
        }
        Ok(())
    }

    fn count(&mut self, unit: &FulfillmentUnit, zone: Zone, date: CivilDate) {
        self.visits += 1;
        match unit.status {
            VisitStatus::NoShow => self.no_show += 1,
            VisitStatus::Cancelled => self.cancelled += 1,
            VisitStatus::InCare | VisitStatus::Done | VisitStatus::CheckedOut => self.took_place += 1,
            VisitStatus::Booked | VisitStatus::Confirmed | VisitStatus::Arrived | VisitStatus::Roomed => {}
        }
        let first = |status| unit.checkpoints.iter().find(|step| step.status == status).map(|step| step.at);
        if let Some(booked) = unit.checkpoints.first().filter(|_| unit.status != VisitStatus::Cancelled) {
            self.leads.push((date - zone.date_of(booked.at)).num_days().max(0));
        }
        let arrived = first(VisitStatus::Arrived);
        if let Some((arrived, care)) = arrived.zip(first(VisitStatus::InCare)).filter(|(arrived, care)| arrived <= care)
        {
            self.waits.push(minute(care) - minute(arrived));
        }
    }

    fn write(&self, week: &mut FigureWeek) {
        let over = self.took_place + self.no_show;
        week.visits = self.visits;
        week.took_place = self.took_place;
        week.no_show = self.no_show;
        week.cancelled = self.cancelled;
        week.no_show_rate = (over > 0).then(|| (self.no_show * 10_000 + over / 2) / over);
        week.lead_days = middle(&self.leads);
        week.waited_minutes = middle(&self.waits);
    }
}

fn length(spans: impl Iterator<Item = Span>) -> u32 {
    u32::try_from(spans.map(|span| span.to - span.from).sum::<i64>()).unwrap_or(u32::MAX)
}

/// Returns the lower of the two in the middle, so that it is a number that somebody really waited.
fn middle(numbers: &[i64]) -> Option<u32> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let middle = sorted.get(sorted.len().checked_sub(1)? / 2)?;
    u32::try_from(*middle).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_a_number_that_is_there() {
        for (numbers, is) in [(vec![], None), (vec![4], Some(4)), (vec![9, 1, 4], Some(4)), (vec![9, 1, 4, 5], Some(4))]
        {
            assert_eq!(middle(&numbers), is, "{numbers:?}");
        }
    }

    #[test]
    fn a_rate_is_of_what_is_over() {
        let mut week = FigureWeek::default();
        Counted::default().write(&mut week);
        assert_eq!(week.no_show_rate, None);
        Counted { visits: 9, took_place: 2, no_show: 1, ..Counted::default() }.write(&mut week);
        assert_eq!(week.no_show_rate, Some(3_333));
    }
}
