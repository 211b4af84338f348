//! `compliance.deliver_access`: what was granted is handed over.

use crate::access::{AccessDelivery, AccessState, take_up};
use crate::fields::{digest, past};
use crate::refusals::{DATE_ORDER, NOT_GRANTED};
use keepwell_kernel::{AccessId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Notes that what was granted was handed over. The disclosure itself is a row of the ledger, which the export writes.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeliverAccess {
    /// The request.
    pub access: AccessId,
    /// When.
    #[ts(type = "CivilDate")]
    pub delivered_on: String,
    /// SHA-256 of what was handed over, in hex, where the program made it: that of an export's manifest.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sha256: Option<String>,
}

impl Operation for DeliverAccess {
    const NAME: &'static str = "compliance.deliver_access";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for DeliverAccess {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.access)?;
        if request.state() != AccessState::ToDeliver {
            return Err(NOT_GRANTED.at("access").into());
        }
        let delivered_on = past(&self.delivered_on, cx.today(), "delivered_on")?;
        let reversed_on = request.review.as_ref().and_then(|review| review.decided_on);
        let decided_on = request.decision.as_ref().map(|decision| decision.decided_on);
        let first = if request.deliveries.is_empty() && !request.is_denied() { decided_on } else { reversed_on };
        if first.is_some_and(|first| delivered_on < first) {
            return Err(DATE_ORDER.at("delivered_on").into());
        }
        request.deliveries.push(AccessDelivery { delivered_on, sha256: digest(self.sha256, "sha256")? });
        cx.put(&request)?;
        Ok(())
    }
}
