//! `compliance.extend_amendment`: thirty more days, once, of which whoever asked was told in writing.

use crate::amendment::{CLOCK, take_up};
use keepwell_kernel::{AmendmentId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Extends a request for an amendment by thirty days (45 CFR 164.526(b)(2)(ii)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExtendAmendment {
    /// The request.
    pub amendment: AmendmentId,
    /// When whoever asked was told in writing.
    #[ts(type = "CivilDate")]
    pub sent_on: String,
    /// The reason, as it was told.
    pub reason: String,
}

impl Operation for ExtendAmendment {
    const NAME: &'static str = "compliance.extend_amendment";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for ExtendAmendment {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.amendment)?;
        let so_far = (request.received_on, request.extension.as_ref());
        let told = (self.sent_on.as_str(), self.reason.as_str());
        request.extension = Some(CLOCK.extended(so_far, told, cx.today(), "amendment")?);
        cx.put(&request)?;
        Ok(())
    }
}
