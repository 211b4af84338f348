//! `scheduling.release_slot`: a hold is given up before it expires.

use crate::book::{own_hold, release};
use keepwell_kernel::{Error, Operation, Permission, Purpose, SlotHoldId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Gives up a hold of one's own.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReleaseSlot {
    /// The hold.
    pub hold: SlotHoldId,
}

impl Operation for ReleaseSlot {
    const NAME: &'static str = "scheduling.release_slot";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = ();
}

impl Command for ReleaseSlot {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let hold = own_hold(cx, self.hold)?;
        release(cx, &hold)
    }
}
