//! `scheduling.end_rule`: a rule holds no more. Visits that were booked by it stay.

use crate::calendar::AvailabilityRule;
use crate::refusals::UNKNOWN;
use keepwell_kernel::{Error, Operation, Permission, Purpose, RuleId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Ends a rule.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EndRule {
    /// The rule.
    pub rule: RuleId,
}

impl Operation for EndRule {
    const NAME: &'static str = "scheduling.end_rule";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ();
}

impl Command for EndRule {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let row = cx.key(AvailabilityRule::TABLE)?.id(self.rule.bytes()).done();
        cx.get::<AvailabilityRule>(&row)?.ok_or_else(|| UNKNOWN.at("rule"))?;
        cx.remove::<AvailabilityRule>(&row)
    }
}
