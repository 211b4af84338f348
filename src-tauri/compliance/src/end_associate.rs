//! `compliance.end_associate`: an agreement is over, and what became of the information is kept.

use crate::associate::BusinessAssociate;
use crate::fields::{TEXT_MAX, past, required};
use crate::keep_associate::keep_term;
use crate::refusals::{ENDED, UNKNOWN_ASSOCIATE};
use keepwell_kernel::{AssociateId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Ends an agreement (45 CFR 164.504(e)(2)(ii)(J), (iii)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EndAssociate {
    /// The associate.
    pub associate: AssociateId,
    /// The first day on which it no longer holds.
    #[ts(type = "CivilDate")]
    pub ended_on: String,
    /// How the information was returned or destroyed, or why it could not be.
    pub returned: String,
}

impl Operation for EndAssociate {
    const NAME: &'static str = "compliance.end_associate";
    const PERMISSION: Permission = Permission::AssociateWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ();
}

impl Command for EndAssociate {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let key = cx.key(BusinessAssociate::TABLE)?.id(self.associate.bytes()).done();
        let mut ended = cx.get::<BusinessAssociate>(&key)?.ok_or_else(|| UNKNOWN_ASSOCIATE.at("associate"))?.record;
        if ended.ended_on.is_some() {
            return Err(ENDED.at("associate").into());
        }
        ended.ended_on = Some(past(&self.ended_on, cx.today(), "ended_on")?);
        ended.returned = Some(required(&self.returned, TEXT_MAX, "returned")?);
        cx.put(&ended)?;
        keep_term(cx, &ended)
    }
}
