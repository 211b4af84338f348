//! `compliance.withdraw_access`: whoever asked for access no longer does.

use crate::access::take_up;
use keepwell_kernel::{AccessId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Closes a request that was withdrawn.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WithdrawAccess {
    /// The request.
    pub access: AccessId,
}

impl Operation for WithdrawAccess {
    const NAME: &'static str = "compliance.withdraw_access";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for WithdrawAccess {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.access)?;
        request.withdrawn_on = Some(cx.today());
        cx.put(&request)?;
        Ok(())
    }
}
