//! `compliance.accompany_disclosures`: whoever asked wishes that request and denial go along with what is disclosed.

use crate::amendment::take_up_any;
use crate::refusals::{NOT_DENIED, SAID_BEFORE};
use crate::tell_amendment::told_after;
use keepwell_kernel::{AmendmentId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Notes that wish (45 CFR 164.526(d)(1)(iii)). Here they go along always; that it was asked for is on record.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AccompanyDisclosures {
    /// The request.
    pub amendment: AmendmentId,
    /// When it was asked for.
    #[ts(type = "CivilDate")]
    pub asked_on: String,
}

impl Operation for AccompanyDisclosures {
    const NAME: &'static str = "compliance.accompany_disclosures";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for AccompanyDisclosures {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up_any(cx, self.amendment)?;
        let denied = request.denied.as_ref().ok_or_else(|| NOT_DENIED.at("amendment"))?;
        if request.accompany_asked_on.is_some() {
            return Err(SAID_BEFORE.at("amendment").into());
        }
        let asked_on = told_after(&self.asked_on, (denied.told_on, cx.today()), "asked_on")?;
        request.accompany_asked_on = Some(asked_on);
        cx.put(&request)?;
        Ok(())
    }
}
