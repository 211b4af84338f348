//! `compliance.extend_accounting`: thirty more days, once, of which the patient was told in writing.

use crate::accounting::{Extension, take_up};
use crate::fields::{TEXT_MAX, past, required};
use crate::refusals::{DATE_ORDER, EXTENDED_BEFORE, EXTENDED_LATE};
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
        if request.extension.is_some() {
            return Err(EXTENDED_BEFORE.at("accounting").into());
        }
        let sent_on = past(&self.sent_on, cx.today(), "sent_on")?;
        if sent_on > request.extend_by() {
            return Err(EXTENDED_LATE.at("sent_on").into());
        }
        if sent_on < request.received_on {
            return Err(DATE_ORDER.at("sent_on").into());
        }
        request.extension = Some(Extension { sent_on, reason: required(&self.reason, TEXT_MAX, "reason")? });
        cx.put(&request)?;
        Ok(())
    }
}
