//! `compliance.rebut_disagreement`: the practice answers a statement of disagreement.

use crate::amendment::{AmendmentRebuttal, take_up_any};
use crate::fields::{STATEMENT_MAX, required};
use crate::refusals::{NO_DISAGREEMENT, SAID_BEFORE};
use crate::tell_amendment::told_after;
use keepwell_kernel::{AmendmentId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Adds a rebuttal to a statement of disagreement, once; a copy goes to whoever asked (45 CFR 164.526(d)(3)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RebutDisagreement {
    /// The request.
    pub amendment: AmendmentId,
    /// What the rebuttal says, at most 4,000 characters.
    pub text: String,
    /// When a copy was sent to whoever asked.
    #[ts(type = "CivilDate")]
    pub sent_on: String,
}

impl Operation for RebutDisagreement {
    const NAME: &'static str = "compliance.rebut_disagreement";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for RebutDisagreement {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up_any(cx, self.amendment)?;
        let disagreement = request.disagreement.as_ref().ok_or_else(|| NO_DISAGREEMENT.at("amendment"))?;
        if request.rebuttal.is_some() {
            return Err(SAID_BEFORE.at("amendment").into());
        }
        request.rebuttal = Some(AmendmentRebuttal {
            text: required(&self.text, STATEMENT_MAX, "text")?,
            sent_on: told_after(&self.sent_on, (disagreement.received_on, cx.today()), "sent_on")?,
        });
        cx.put(&request)?;
        Ok(())
    }
}
