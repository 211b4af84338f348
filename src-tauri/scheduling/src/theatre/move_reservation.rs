//! `scheduling.move_reservation`: another theatre, another time, other lengths. Who and what is allocated comes along.

use crate::book::{allowed, breach};
use crate::move_visit::Moved;
use crate::refusals::BAD_STATUS;
use crate::setup::Setup;
use crate::slot::Slot;
use crate::theatre::plan::{Place, Plan, against};
use crate::theatre::reservation::{TheatreStep, held_as_shown};
use keepwell_kernel::{Error, Operation, Permission, Purpose, ReservationId, ResourceId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Moves a reservation.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MoveReservation {
    /// The reservation.
    pub reservation: ReservationId,
    /// The version that was shown.
    pub version: u64,
    /// The theatre.
    pub theatre: ResourceId,
    /// When the procedure takes place.
    pub slot: Slot,
    /// How long the theatre is set up before.
    pub setup_minutes: u16,
    /// How long it is made ready after.
    pub turnover_minutes: u16,
    /// Why it is moved against the calendar.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub override_reason: Option<String>,
}

impl Operation for MoveReservation {
    const NAME: &'static str = "scheduling.move_reservation";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Moved;
}

impl Command for MoveReservation {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Moved, Error> {
        let mut held = held_as_shown(cx, self.reservation, Some(self.version))?;
        // What is over stays where it was.
        if held.step >= TheatreStep::Ended {
            return Err(BAD_STATUS.at("reservation").into());
        }
        let setup = Setup::read(cx)?;
        let around = (self.setup_minutes, self.turnover_minutes);
        let place = Place::read(cx, &setup, self.theatre, &self.slot, around)?;
        let (plan, moved) = Plan::of_move(cx, &setup, &held, place)?;
        let clashes = against(cx, &setup, &plan)?;
        let override_reason = allowed(cx, &clashes, self.override_reason.as_deref())?;
        // Whoever waived something answered for that day, and nobody has for another.
        if cx.zone().date_of(held.starts_at) != plan.place.date {
            held.waivers.clear();
        }
        held.theatre = plan.place.theatre.id;
        (held.setup, held.turnover) = (plan.place.setup, plan.place.turnover);
        held.stands_at(plan.place.span, cx.zone());
        // What stood against the old time does not stand against this one.
        held.overrides = override_reason.iter().cloned().collect();
        let version = cx.put(&held)?;
        for allocation in &moved {
            cx.put(allocation)?;
        }
        if let Some(reason) = override_reason {
            breach(cx, (&held).into(), &clashes, reason)?;
        }
        Ok(Moved { version })
    }
}
