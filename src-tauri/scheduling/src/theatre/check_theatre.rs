//! `scheduling.check_theatre`: everything that stands against a reservation of a theatre.

use crate::check::{Conflict, shown};
use crate::conflict::Clash;
use crate::looking::Look as _;
use crate::setup::Setup;
use crate::slot::{Slot, clocks};
use crate::theatre::plan::{Place, Plan, against};
use crate::theatre::reservation::{ReservationPurpose, reservation};
use crate::theatre::reserve_theatre::plan_of;
use crate::theatre::surgical_case::case;
use keepwell_kernel::{CaseId, Error, Operation, Permission, Purpose, ReservationId, ResourceId};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks what stands against a reservation.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckTheatre {
    /// The theatre.
    pub theatre: ResourceId,
    /// When the procedure takes place.
    pub slot: Slot,
    /// How long the theatre is set up before.
    pub setup_minutes: u16,
    /// How long it is made ready after.
    pub turnover_minutes: u16,
    /// The case it is for.
    pub case: Option<CaseId>,
    /// The reservation that is moved.
    pub reservation: Option<ReservationId>,
}

/// What stands against it.
#[derive(Debug, Serialize, TS)]
pub struct TheatreCheck {
    /// The procedure as the clock shows it.
    pub time: String,
    /// All that stands against it; empty where it can be reserved.
    pub conflicts: Vec<Conflict>,
    /// The person may reserve all the same, with a reason.
    pub may_override: bool,
}

impl Operation for CheckTheatre {
    const NAME: &'static str = "scheduling.check_theatre";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = TheatreCheck;
}

impl Query for CheckTheatre {
    fn run(self, cx: &ReadCx<'_>) -> Result<TheatreCheck, Error> {
        let setup = Setup::read(cx)?;
        let around = (self.setup_minutes, self.turnover_minutes);
        let place = Place::read(cx, &setup, self.theatre, &self.slot, around)?;
        let time = clocks(cx.zone(), place.span);
        let plan = match self.reservation {
            Some(moved) => Plan::of_move(cx, &setup, &reservation(cx, moved)?.record, place)?.0,
            None => {
                let case = self.case.map(|id| case(cx, id)).transpose()?.map(|stored| stored.record);
                let purpose = case.as_ref().map_or(ReservationPurpose::Block, |_| ReservationPurpose::Surgery);
                plan_of(&setup, place, purpose, case.as_ref())?
            }
        };
        let found = against(cx, &setup, &plan)?;
        Ok(TheatreCheck {
            time,
            conflicts: found.iter().map(|clash| shown(cx, &setup, clash)).collect::<Result<_, _>>()?,
            may_override: cx.may(Permission::ScheduleOverride) && found.iter().all(Clash::can_override),
        })
    }
}
