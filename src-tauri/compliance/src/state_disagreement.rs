//! `compliance.state_disagreement`: whoever asked for an amendment disagrees with its denial, in writing.

use crate::amendment::{AmendmentDisagreement, take_up_any};
use crate::fields::{STATEMENT_MAX, required};
use crate::refusals::{NOT_DENIED, SAID_BEFORE};
use crate::tell_amendment::told_after;
use keepwell_kernel::{AmendmentId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Adds a statement of disagreement to a denial, once (45 CFR 164.526(d)(2)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StateDisagreement {
    /// The request.
    pub amendment: AmendmentId,
    /// What the statement says, at most 4,000 characters.
    pub text: String,
    /// When it was received.
    #[ts(type = "CivilDate")]
    pub received_on: String,
}

impl Operation for StateDisagreement {
    const NAME: &'static str = "compliance.state_disagreement";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for StateDisagreement {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up_any(cx, self.amendment)?;
        let denied = request.denied.as_ref().ok_or_else(|| NOT_DENIED.at("amendment"))?;
        if request.disagreement.is_some() {
            return Err(SAID_BEFORE.at("amendment").into());
        }
        request.disagreement = Some(AmendmentDisagreement {
            text: required(&self.text, STATEMENT_MAX, "text")?,
            received_on: told_after(&self.received_on, (denied.told_on, cx.today()), "received_on")?,
        });
        cx.put(&request)?;
        Ok(())
    }
}
