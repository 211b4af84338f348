//! `compliance.deny_amendment`: a request for an amendment is denied in writing, on one of four grounds.

use crate::amendment::{AmendmentDenied, AmendmentGround, take_up};
use crate::fields::{TEXT_MAX, required};
use crate::refusals::AMENDMENT_GROUND;
use crate::tell_amendment::told_after;
use keepwell_kernel::{AmendmentId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Denies a request for an amendment (45 CFR 164.526(d)(1)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DenyAmendment {
    /// The request.
    pub amendment: AmendmentId,
    /// On what ground. It is a name, so that one the law does not know is refused in words.
    #[ts(type = "AmendmentGround")]
    pub ground: String,
    /// The basis in plain language, as it is written to whoever asked.
    pub basis: String,
    /// When whoever asked was told.
    #[ts(type = "CivilDate")]
    pub told_on: String,
}

impl Operation for DenyAmendment {
    const NAME: &'static str = "compliance.deny_amendment";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for DenyAmendment {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.amendment)?;
        request.denied = Some(AmendmentDenied {
            ground: AmendmentGround::named(&self.ground).ok_or_else(|| AMENDMENT_GROUND.at("ground"))?,
            basis: required(&self.basis, TEXT_MAX, "basis")?,
            told_on: told_after(&self.told_on, (request.received_on, cx.today()), "told_on")?,
        });
        cx.put(&request)?;
        Ok(())
    }
}
