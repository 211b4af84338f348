//! `scheduling.keep_calendar`: what is bound to a calendar, its grid and its horizon.

use crate::calendar::Calendar;
use crate::fields::{LINE, at_most, required, within};
use crate::refusals::UNKNOWN;
use crate::setup::Setup;
use keepwell_kernel::{CalendarId, Error, Operation, Permission, Purpose, ResourceId};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most resources of a calendar.
const BOUND_MAX: usize = 200;
/// The furthest horizon, in days.
const HORIZON_MAX: u16 = 1_100;

/// Keeps a calendar.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepCalendar {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub calendar: Option<CalendarId>,
    /// Its name.
    pub name: String,
    /// The resources bound to it.
    pub resources: Vec<ResourceId>,
    /// Visits begin at whole multiples of so many minutes since midnight.
    pub grid_minutes: u16,
    /// How many days ahead may be booked.
    pub horizon_days: u16,
}

/// It is kept.
#[derive(Debug, Serialize, TS)]
pub struct CalendarKept {
    /// The calendar.
    pub calendar: CalendarId,
}

impl Operation for KeepCalendar {
    const NAME: &'static str = "scheduling.keep_calendar";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = CalendarKept;
}

impl Command for KeepCalendar {
    fn run(mut self, cx: &mut WriteCx<'_, '_>) -> Result<CalendarKept, Error> {
        let setup = Setup::read(cx)?;
        let id = self.calendar.unwrap_or_else(CalendarId::make);
        if self.calendar.is_some() && !setup.calendars.iter().any(|one| one.id == id) {
            return Err(UNKNOWN.at("calendar").into());
        }
        at_most(&self.resources, BOUND_MAX, "resources")?;
        if let Some(at) = self.resources.iter().position(|one| setup.resource(*one).is_none()) {
            return Err(UNKNOWN.at(format!("resources.{at}")).into());
        }
        self.resources.sort_unstable();
        self.resources.dedup();
        cx.put(&Calendar {
            id,
            name: required(&self.name, LINE, "name")?,
            bound: self.resources,
            grid_minutes: within(self.grid_minutes, 5..=240, "grid_minutes")?,
            horizon_days: within(self.horizon_days, 1..=HORIZON_MAX, "horizon_days")?,
        })?;
        Ok(CalendarKept { calendar: id })
    }
}
