//! `scheduling.waive_lapse`: an operation takes place although a calibration or another capability has ended, and somebody
//! takes that upon them. A licence is never waived.

use crate::fields::{TEXT, required};
use crate::looking::Look as _;
use crate::move_visit::Moved;
use crate::refusals::{BAD_STATUS, LICENSE_ENDED, UNKNOWN};
use crate::setup::Setup;
use crate::theatre::lapse::{LapseWaiver, lapses};
use crate::theatre::reservation::{TheatreStep, held_as_shown};
use keepwell_kernel::{Error, Operation, Permission, Purpose, ReservationId, ResourceId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Waives something that has ended.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WaiveLapse {
    /// The reservation.
    pub reservation: ReservationId,
    /// The version that was shown.
    pub version: u64,
    /// Of which resource.
    pub resource: ResourceId,
    /// What has ended, as it was shown.
    pub what: String,
    /// Why.
    pub reason: String,
}

impl Operation for WaiveLapse {
    const NAME: &'static str = "scheduling.waive_lapse";
    const PERMISSION: Permission = Permission::ScheduleOverride;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::Emergency];
    type Output = Moved;
}

impl Command for WaiveLapse {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Moved, Error> {
        let mut held = held_as_shown(cx, self.reservation, Some(self.version))?;
        if held.step >= TheatreStep::PatientIn {
            return Err(BAD_STATUS.at("reservation").into());
        }
        // What will have ended on the day of the operation can be waived before that day.
        let on = cx.zone().date_of(held.starts_at).max(cx.day());
        let setup = Setup::read(cx)?;
        let lapsed = lapses(cx, &setup, &held, on)?;
        let lapse = lapsed.into_iter().find(|one| one.resource == self.resource && one.what == self.what);
        let lapse = lapse.ok_or_else(|| UNKNOWN.at("what"))?;
        if !lapse.can_waive {
            return Err(LICENSE_ENDED.at("what").into());
        }
        let reason = required(&self.reason, TEXT, "reason")?;
        let waiver =
            LapseWaiver { resource: lapse.resource, what: lapse.what, reason, by: cx.actor()?.staff, at: cx.now() };
        held.waivers.retain(|one| (one.resource, &one.what) != (waiver.resource, &waiver.what));
        held.waivers.push(waiver);
        Ok(Moved { version: cx.put(&held)? })
    }
}
