//! `compliance.extend_accounting`: thirty more days, once, of which the patient was told in writing.

use crate::accounting::{CLOCK, take_up};
use keepwell_kernel::{AccountingId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Extends a request by thirty days (45 CFR 164.528(c)(1)(ii)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExtendAccounting {
    /// The request.
    pub accounting: AccountingId,
    /// When the patient was told in writing.
    #[ts(type = "CivilDate")]
    pub sent_on: String,
    /// The reason, as the patient was told it.
    pub reason: String,
}

impl Operation for ExtendAccounting {
    const NAME: &'static str = "compliance.extend_accounting";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for ExtendAccounting {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.accounting)?;
        let so_far = (request.received_on, request.extension.as_ref());
        let told = (self.sent_on.as_str(), self.reason.as_str());
        request.extension = Some(CLOCK.extended(so_far, told, cx.today(), "accounting")?);
        cx.put(&request)?;
        Ok(())
    }
}
