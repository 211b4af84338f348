//! `scheduling.leave_waitlist`: somebody waits no more, booked or not.

use crate::refusals::UNKNOWN;
use crate::unit::StandReason;
use crate::waitlist_entry::WaitlistEntry;
use keepwell_kernel::{Error, Operation, Permission, Purpose, WaitId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Takes somebody off the waitlist.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LeaveWaitlist {
    /// The place on the waitlist.
    pub wait: WaitId,
    /// Why, where nothing was booked.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<StandReason>,
}

impl Operation for LeaveWaitlist {
    const NAME: &'static str = "scheduling.leave_waitlist";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest];
    type Output = ();
}

impl Command for LeaveWaitlist {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        leave(cx, self.wait, self.reason)
    }
}

/// Ends a place on the waitlist.
///
/// # Errors
/// [`UNKNOWN`] at `wait`.
pub(crate) fn leave(cx: &mut WriteCx<'_, '_>, wait: WaitId, reason: Option<StandReason>) -> Result<(), Error> {
    let row = cx.key(WaitlistEntry::TABLE)?.id(wait.bytes()).done();
    let found = cx.get::<WaitlistEntry>(&row)?.map(|stored| stored.record).filter(|wait| !wait.ended);
    let mut wait = found.ok_or_else(|| UNKNOWN.at("wait"))?;
    (wait.ended, wait.reason) = (true, reason);
    cx.put(&wait)?;
    Ok(())
}
