//! `scheduling.advance_theatre`: the next step of a reservation, or one back, with its time.

use crate::looking::Look as _;
use crate::move_visit::Moved;
use crate::refusals::{BAD_STATUS, GATE_FAILED};
use crate::setup::Setup;
use crate::theatre::lapse::lapses;
use crate::theatre::reservation::{TheatreCheckpoint, TheatreReservation, TheatreStep, held_as_shown};
use crate::theatre::surgical_case::case;
use keepwell_kernel::{CaseId, Error, Operation, Permission, Purpose, ReservationId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Takes a reservation a step on, or one back.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AdvanceTheatre {
    /// The reservation.
    pub reservation: ReservationId,
    /// The version that was shown.
    pub version: u64,
    /// What it becomes.
    pub to: TheatreStep,
}

impl Operation for AdvanceTheatre {
    const NAME: &'static str = "scheduling.advance_theatre";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Moved;
}

impl Command for AdvanceTheatre {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Moved, Error> {
        let mut held = held_as_shown(cx, self.reservation, Some(self.version))?;
        let before = held.checkpoints.iter().nth_back(1).map(|checkpoint| checkpoint.step);
        // Whatever was tapped by mistake is taken back to where the theatre stood.
        if !held.step.next(held.purpose).contains(&self.to) && before != Some(self.to) {
            return Err(BAD_STATUS.at("to").into());
        }
        if held.patient.is_some() && held.step < TheatreStep::PatientIn && self.to >= TheatreStep::PatientIn {
            licensed(cx, &held)?;
        }
        held.becomes(TheatreCheckpoint { step: self.to, at: cx.now(), by: cx.actor()?.staff });
        if let Some(id) = held.case {
            done(cx, id, self.to)?;
        }
        Ok(Moved { version: cx.put(&held)? })
    }
}

/// Refuses to bring a patient in where whoever takes part has no valid licence today, or where a capability of the theatre or
/// of a piece of equipment has ended and nobody waived that.
fn licensed(cx: &WriteCx<'_, '_>, held: &TheatreReservation) -> Result<(), Error> {
    let lapsed = lapses(cx, &Setup::read(cx)?, held, cx.day())?;
    if lapsed.iter().any(|one| one.waived.is_none()) {
        return Err(GATE_FAILED.at("to").into());
    }
    Ok(())
}

/// A case is over once the patient has left the theatre, and is not over any more where that was tapped too soon.
fn done(cx: &mut WriteCx<'_, '_>, id: CaseId, step: TheatreStep) -> Result<(), Error> {
    let mut of = case(cx, id)?.record;
    let over = step >= TheatreStep::PatientOut;
    if over == of.done_at.is_some() {
        return Ok(());
    }
    of.done_at = over.then(|| cx.now());
    cx.put(&of)?;
    Ok(())
}
