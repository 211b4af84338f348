//! `scheduling.release_theatre`: a theatre that is free again, with whoever and whatever was allocated. The case stays.

use crate::fields::{TEXT, optional};
use crate::refusals::BAD_STATUS;
use crate::theatre::allocation::allocations;
use crate::theatre::reservation::{TheatreReservation, TheatreStep, held_as_shown};
use crate::theatre::surgical_case::{CalledOff, case};
use crate::unit::StandReason;
use keepwell_kernel::{Error, Operation, Permission, Purpose, ReservationId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Releases a theatre.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReleaseTheatre {
    /// The reservation.
    pub reservation: ReservationId,
    /// The version that was shown.
    pub version: u64,
    /// Why.
    pub reason: StandReason,
    /// What is noted. Nothing clinical.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

impl Operation for ReleaseTheatre {
    const NAME: &'static str = "scheduling.release_theatre";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = ();
}

impl Command for ReleaseTheatre {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let held = held_as_shown(cx, self.reservation, Some(self.version))?;
        let called_off = called_off(cx, self.reason, self.note.as_deref())?;
        if let Some(id) = held.case {
            let mut waits = case(cx, id)?.record;
            waits.reservation = None;
            cx.put(&waits)?;
        }
        release(cx, held, called_off)
    }
}

/// Returns that something will not take place, as whoever acts says it.
///
/// # Errors
/// A refusal at `note`.
pub(crate) fn called_off(cx: &WriteCx<'_, '_>, reason: StandReason, note: Option<&str>) -> Result<CalledOff, Error> {
    Ok(CalledOff { reason, note: optional(note, TEXT, "note")?, by: cx.actor()?.staff, at: cx.now() })
}

/// Frees a theatre and everything that its reservation takes along.
///
/// # Errors
/// [`BAD_STATUS`] where a patient has been in it: what was is not undone.
pub(crate) fn release(
    cx: &mut WriteCx<'_, '_>,
    mut held: TheatreReservation,
    called_off: CalledOff,
) -> Result<(), Error> {
    if held.patient.is_some() && held.step >= TheatreStep::PatientIn {
        return Err(BAD_STATUS.at("reservation").into());
    }
    for mut allocation in allocations(cx, held.id)? {
        allocation.ended_at = Some(called_off.at);
        cx.put(&allocation)?;
    }
    held.released = Some(called_off);
    cx.put(&held)?;
    Ok(())
}
