//! `scheduling.check_allocation`: everything that stands against somebody or something that is to go along.

use crate::check::shown;
use crate::conflict::Clash;
use crate::looking::Look as _;
use crate::setup::Setup;
use crate::slot::clocks;
use crate::theatre::allocate::{clashing, inside};
use crate::theatre::allocation::AllocatedThing;
use crate::theatre::check_theatre::TheatreCheck;
use crate::theatre::reservation::held_as_shown;
use keepwell_kernel::{Error, Operation, Permission, Purpose, ReservationId};
use keepwell_log::door::{Query, ReadCx};
use serde::Deserialize;
use ts_rs::TS;

/// Asks what stands against an allocation.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckAllocation {
    /// The reservation.
    pub reservation: ReservationId,
    /// Who or what.
    pub what: AllocatedThing,
    /// From when, in minutes since the reservation begins with its setup.
    pub from: u16,
    /// Until when, in the same minutes.
    pub to: u16,
}

impl Operation for CheckAllocation {
    const NAME: &'static str = "scheduling.check_allocation";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = TheatreCheck;
}

impl Query for CheckAllocation {
    fn run(self, cx: &ReadCx<'_>) -> Result<TheatreCheck, Error> {
        let setup = Setup::read(cx)?;
        let held = held_as_shown(cx, self.reservation, None)?;
        let span = inside(&held, self.from, self.to)?;
        let found = clashing(cx, &self.what, span)?;
        Ok(TheatreCheck {
            time: clocks(cx.zone(), span),
            conflicts: found.iter().map(|clash| shown(cx, &setup, clash)).collect::<Result<_, _>>()?,
            may_override: cx.may(Permission::ScheduleOverride) && found.iter().all(Clash::can_override),
        })
    }
}
