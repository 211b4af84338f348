//! `compliance.lift_suspension`: what an agency's suspension hid is shown again.

use crate::refusals::UNKNOWN_SUSPENSION;
use crate::suspension::Suspension;
use keepwell_kernel::{Error, Operation, Permission, Purpose, SuspensionId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Ends a suspension today.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LiftSuspension {
    /// The suspension.
    pub suspension: SuspensionId,
}

impl Operation for LiftSuspension {
    const NAME: &'static str = "compliance.lift_suspension";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::Legal, Purpose::Operations];
    type Output = ();
}

impl Command for LiftSuspension {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let key = cx.key(Suspension::TABLE)?.id(self.suspension.bytes()).done();
        let today = cx.today();
        let living = cx.get::<Suspension>(&key)?.map(|stored| stored.record).filter(|one| one.lives_on(today));
        let mut suspension = living.ok_or_else(|| UNKNOWN_SUSPENSION.at("suspension"))?;
        suspension.lifted_on = Some(today);
        cx.put(&suspension)?;
        Ok(())
    }
}
