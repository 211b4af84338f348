//! `scheduling.month`: how full each day of a month is. Nobody is named, and no visit is opened.

use crate::busy::taken_of;
use crate::fields::optional_date;
use crate::hours::{day_span, hours};
use crate::looking::Look;
use crate::resource::ResourceKind;
use crate::setup::Setup;
use crate::span::{Span, union};
use chrono::Datelike as _;
use keepwell_kernel::{CivilDate, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::RowKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// Opens a month.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "OpenMonth")]
pub struct Month {
    /// Any of its days, YYYY-MM-DD; today where none is named.
    pub from: Option<String>,
}

/// A month.
#[derive(Debug, Serialize, TS)]
pub struct MonthView {
    /// Its first day.
    #[ts(type = "CivilDate")]
    pub from: CivilDate,
    /// Today.
    #[ts(type = "CivilDate")]
    pub today: CivilDate,
    /// Its days.
    pub days: Vec<MonthDay>,
}

/// A day in numbers.
#[derive(Debug, Serialize, TS)]
pub struct MonthDay {
    /// Which.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// How many visits practitioners have.
    pub booked: u32,
    /// How long practitioners are open, together.
    pub open_minutes: u32,
    /// How much of that is taken.
    pub busy_minutes: u32,
}

impl Operation for Month {
    const NAME: &'static str = "scheduling.month";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest];
    type Output = MonthView;
}

impl Query for Month {
    fn run(self, cx: &ReadCx<'_>) -> Result<MonthView, Error> {
        let any = optional_date(self.from.as_deref(), "from")?.unwrap_or_else(|| cx.today());
        let from = any - chrono::Duration::days(i64::from(any.day0()));
        let setup = Setup::read(cx)?;
        let dates = from.iter_days().take_while(|date| date.month() == from.month());
        let days = dates.map(|date| day_of(cx, &setup, date)).collect::<Result<_, Error>>()?;
        Ok(MonthView { from, today: cx.today(), days })
    }
}

fn day_of(cx: &impl Look, setup: &Setup, date: CivilDate) -> Result<MonthDay, Error> {
    let day = day_span(cx.here(), date);
    let (mut visits, mut open_minutes, mut busy_minutes) = (BTreeSet::<RowKey>::new(), 0, 0);
    let people = setup.resources.iter().filter(|one| one.kind == ResourceKind::Practitioner && !one.ended);
    for one in people {
        let taken = taken_of(cx, one.id, day)?;
        let open = hours(setup, cx.here(), one.id, date, None).open;
        let busy = union(taken.iter().map(|one| one.span).collect());
        let within = busy.iter().flat_map(|busy| open.iter().filter_map(|open| open.within(*busy)));
        busy_minutes += length(within);
        open_minutes += length(open.iter().copied());
        visits.extend(taken.into_iter().filter(|one| one.span.overlaps(day)).map(|one| one.row));
    }
    Ok(MonthDay { date, booked: u32::try_from(visits.len()).unwrap_or(u32::MAX), open_minutes, busy_minutes })
}

/// Minutes of a day, times the practitioners of a practice, fit.
fn length(spans: impl Iterator<Item = Span>) -> u32 {
    u32::try_from(spans.map(|one| one.to - one.from).sum::<i64>()).unwrap_or(u32::MAX)
}
