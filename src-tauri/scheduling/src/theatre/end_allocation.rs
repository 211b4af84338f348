//! `scheduling.end_allocation`: somebody or something that does not go along any more.

use crate::refusals::{BAD_STATUS, UNKNOWN};
use crate::theatre::allocation::{ResourceAllocation, allocation_row};
use crate::theatre::reservation::{TheatreStep, held_as_shown};
use keepwell_kernel::{AllocationId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Ends an allocation.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EndAllocation {
    /// The allocation.
    pub allocation: AllocationId,
}

impl Operation for EndAllocation {
    const NAME: &'static str = "scheduling.end_allocation";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = ();
}

impl Command for EndAllocation {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let row = allocation_row(cx, self.allocation)?;
        let found = cx.get::<ResourceAllocation>(&row)?.map(|stored| stored.record);
        let mut one = found.filter(|one| one.ended_at.is_none()).ok_or_else(|| UNKNOWN.at("allocation"))?;
        // Who took part in what is over took part.
        if held_as_shown(cx, one.reservation, None)?.step >= TheatreStep::Ended {
            return Err(BAD_STATUS.at("allocation").into());
        }
        one.ended_at = Some(cx.now());
        cx.put(&one)?;
        Ok(())
    }
}
