//! The day in numbers, from the checkpoints of its visits. Nobody is named.

use crate::gate::{GateState, gates};
use crate::looking::Look;
use crate::resource::{Resource, ResourceKind};
use crate::setup::Setup;
use crate::table::WAITING;
use crate::unit::{FulfillmentUnit, VisitStatus};
use crate::waitlist_entry::WaitlistEntry;
use keepwell_kernel::Error;
use keepwell_vault::{Record as _, Stored};
use serde::Serialize;
use ts_rs::TS;

/// The most that wait.
pub(crate) const WAITING_MAX: usize = 500;

/// The strip above the day.
#[derive(Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct DayNumbers {
    /// In the calendar, whether they are over or still to come.
    pub booked: u32,
    /// Here, or in a room, and waiting.
    pub arrived: u32,
    /// Being treated.
    pub in_care: u32,
    /// Over.
    pub done: u32,
    /// Nobody came.
    pub missed: u32,
    /// How long the one who waits longest has waited.
    pub longest_wait_minutes: Option<u32>,
    /// In which room; at the front desk where none is named.
    pub longest_wait_where: Option<String>,
    /// How many are on the waitlist.
    pub waitlist: u32,
    /// Still to come, and a check has failed.
    pub checks: u32,
}

/// Counts a day.
///
/// # Errors
/// [`Error`].
pub(crate) fn numbers(cx: &impl Look, setup: &Setup, units: &[Stored<FulfillmentUnit>]) -> Result<DayNumbers, Error> {
    let mut numbers = DayNumbers::default();
    for unit in units {
        numbers.booked += u32::from(unit.record.status.takes_time());
        numbers.checks += u32::from(unit.record.status.is_ahead() && has_failed(cx, setup, &unit.record));
        let count = match unit.record.status {
            VisitStatus::Booked | VisitStatus::Confirmed | VisitStatus::Cancelled => continue,
            VisitStatus::Arrived | VisitStatus::Roomed => &mut numbers.arrived,
            VisitStatus::InCare => &mut numbers.in_care,
            VisitStatus::Done | VisitStatus::CheckedOut => &mut numbers.done,
            VisitStatus::NoShow => &mut numbers.missed,
        };
        *count += 1;
    }
    if let Some((minutes, unit)) = longest_wait(cx, units) {
        numbers.longest_wait_minutes = Some(minutes);
        numbers.longest_wait_where = room(setup, unit);
    }
    let prefix = cx.maker(WaitlistEntry::TABLE)?.done();
    let waiting = cx.keys::<WaitlistEntry>(WAITING, &prefix, WAITING_MAX)?.len();
    numbers.waitlist = u32::try_from(waiting).unwrap_or(u32::MAX);
    Ok(numbers)
}

fn has_failed(cx: &impl Look, setup: &Setup, unit: &FulfillmentUnit) -> bool {
    let Some(product) = setup.product(unit.product) else { return false };
    let assigned: Vec<&Resource> = unit.resources().iter().filter_map(|id| setup.resource(*id)).collect();
    let weighed = gates(product, &assigned, cx.here().date_of(unit.starts_at), &unit.waivers);
    weighed.iter().any(|gate| gate.state == GateState::Failed)
}

fn longest_wait<'a>(cx: &impl Look, units: &'a [Stored<FulfillmentUnit>]) -> Option<(u32, &'a FulfillmentUnit)> {
    let waits = |unit: &&FulfillmentUnit| matches!(unit.status, VisitStatus::Arrived | VisitStatus::Roomed);
    let arrived = |unit: &FulfillmentUnit| {
        let here = unit.checkpoints.iter().rfind(|step| step.status == VisitStatus::Arrived);
        here.map(|step| step.at).or_else(|| unit.since())
    };
    let waiting = units.iter().map(|unit| &unit.record).filter(waits);
    let (since, unit) = waiting.filter_map(|unit| Some((arrived(unit)?, unit))).min_by_key(|(since, _)| *since)?;
    Some((u32::try_from((cx.present() - since).num_minutes()).unwrap_or(0), unit))
}

fn room(setup: &Setup, unit: &FulfillmentUnit) -> Option<String> {
    let resources = unit.resources();
    let is_room = |kind: ResourceKind| matches!(kind, ResourceKind::Room | ResourceKind::Theatre);
    let room = setup.resources.iter().find(|one| is_room(one.kind) && resources.contains(&one.id))?;
    (unit.status == VisitStatus::Roomed).then(|| room.name.clone())
}
