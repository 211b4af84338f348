//! `scheduling.week`: some days in a row, of all resources or of some.

use crate::day::{DayShade, shades, taken, units_on, worth_showing};
use crate::day_visit::{DayVisit, day_visit};
use crate::fields::optional_date;
use crate::hours::{Hours, day_span, hours};
use crate::looking::Look as _;
use crate::refusals::TOO_MANY;
use crate::resource::Resource;
use crate::setup::Setup;
use crate::slot::short;
use crate::unit::VisitStatus;
use keepwell_kernel::{CivilDate, Error, Operation, Permission, Purpose, ResourceId};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most days.
const DAYS_MAX: u16 = 42;
/// The most visits: two hundred patients fit one look (design section 3), a day after the other.
const VISITS_MAX: usize = 2_000;

/// Opens some days in a row.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "OpenWeek")]
pub struct Week {
    /// The first day, YYYY-MM-DD; today where none is named.
    pub from: Option<String>,
    /// How many, 1 to 42.
    pub days: u16,
    /// Of these resources; of all where none is named.
    pub resources: Vec<ResourceId>,
    /// The screen's visit.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub visit: Option<String>,
}

/// Some days.
#[derive(Debug, Serialize, TS)]
pub struct WeekView {
    /// The first.
    #[ts(type = "CivilDate")]
    pub from: CivilDate,
    /// Today.
    #[ts(type = "CivilDate")]
    pub today: CivilDate,
    /// The days in their order.
    pub days: Vec<WeekDay>,
}

/// One of them.
#[derive(Debug, Serialize, TS)]
pub struct WeekDay {
    /// Which.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// How long it is.
    pub minutes: u16,
    /// From when it is worth showing.
    pub first: u16,
    /// Until when.
    pub last: u16,
    /// How many visits it has.
    pub booked: u32,
    /// The visits; cancelled ones are not among them.
    pub visits: Vec<DayVisit>,
    /// What is closed, where one resource alone is asked for.
    pub shades: Vec<DayShade>,
}

impl Operation for Week {
    const NAME: &'static str = "scheduling.week";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = WeekView;
}

impl Query for Week {
    fn run(self, cx: &ReadCx<'_>) -> Result<WeekView, Error> {
        let from = optional_date(self.from.as_deref(), "from")?.unwrap_or_else(|| cx.today());
        if !(1..=DAYS_MAX).contains(&self.days) {
            return Err(TOO_MANY.at("days").into());
        }
        let setup = Setup::read(cx)?;
        let shown: Vec<&Resource> = match self.resources.as_slice() {
            [] => setup.resources.iter().collect(),
            some => setup.usable(some)?,
        };
        let mut days = Vec::new();
        let mut visits = 0;
        for date in from.iter_days().take(usize::from(self.days)) {
            let day = day_of(cx, &setup, &shown, date, self.resources.len() == 1)?;
            visits += day.visits.len();
            days.push(day);
            if visits > VISITS_MAX {
                return Err(TOO_MANY.at("days").into());
            }
        }
        Ok(WeekView { from, today: cx.today(), days })
    }
}

fn day_of(cx: &ReadCx<'_>, setup: &Setup, shown: &[&Resource], date: CivilDate, alone: bool) -> Result<WeekDay, Error> {
    let zone = cx.here();
    let day = day_span(zone, date);
    let open: Vec<(ResourceId, Hours)> =
        shown.iter().map(|one| (one.id, hours(setup, zone, one.id, date, None))).collect();
    let mut visits = Vec::new();
    for unit in units_on(cx, day)? {
        let ours = unit.record.resources().iter().any(|id| shown.iter().any(|one| one.id == *id));
        if ours && unit.record.status != VisitStatus::Cancelled {
            visits.push(day_visit(cx, setup, day, &unit)?);
        }
    }
    let (first, last) = worth_showing(setup, &open, taken(&visits), day);
    Ok(WeekDay {
        date,
        minutes: short(day.to - day.from),
        first,
        last,
        booked: u32::try_from(visits.len()).unwrap_or(u32::MAX),
        visits,
        shades: if alone { open.iter().flat_map(|(id, hours)| shades(*id, hours, day)).collect() } else { Vec::new() },
    })
}
