//! `identity.record_training`: when somebody completed the privacy training (45 CFR 164.530(b)).

use crate::refusals::FUTURE_DATE;
use crate::staff::member_for_change;
use keepwell_kernel::{CivilDate, Error, Operation, Permission, Purpose, StaffId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Records a completed training.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordTraining {
    /// Whose.
    pub staff: StaffId,
    /// On which day.
    #[ts(type = "string")]
    pub completed_on: CivilDate,
}

impl Operation for RecordTraining {
    const NAME: &'static str = "identity.record_training";
    const PERMISSION: Permission = Permission::StaffChange;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ();
}

impl Command for RecordTraining {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        if self.completed_on > cx.today() {
            return Err(FUTURE_DATE.at("completed_on").into());
        }
        let mut member = member_for_change(cx, self.staff)?;
        member.training_completed_on = Some(self.completed_on);
        cx.put(&member)?;
        Ok(())
    }
}
