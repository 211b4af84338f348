//! `compliance.extend_access`: thirty more days, once, of which whoever asked was told in writing.

use crate::access::{CLOCK, take_up};
use crate::refusals::REQUEST_CLOSED;
use keepwell_kernel::{AccessId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Extends a request for access by thirty days (45 CFR 164.524(b)(2)(ii)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExtendAccess {
    /// The request.
    pub access: AccessId,
    /// When whoever asked was told in writing.
    #[ts(type = "CivilDate")]
    pub sent_on: String,
    /// The reason, as it was told.
    pub reason: String,
}

impl Operation for ExtendAccess {
    const NAME: &'static str = "compliance.extend_access";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for ExtendAccess {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.access)?;
        if !request.clock_runs() {
            return Err(REQUEST_CLOSED.at("access").into());
        }
        let so_far = (request.received_on, request.extension.as_ref());
        let told = (self.sent_on.as_str(), self.reason.as_str());
        request.extension = Some(CLOCK.extended(so_far, told, cx.today(), "access")?);
        cx.put(&request)?;
        Ok(())
    }
}
