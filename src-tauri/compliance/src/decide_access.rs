//! `compliance.decide_access`: a request for access is granted, granted in part, or denied in writing.

use crate::access::{AccessDecision, AccessGround, AccessOutcome, take_up};
use crate::fields::{LINE, TEXT_MAX, optional, past, required};
use crate::refusals::{DATE_ORDER, DECIDED_BEFORE, DENIAL_GROUND, MISSING};
use keepwell_kernel::{AccessId, Error, Operation, Permission, Purpose, Refusal};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Decides on a request for access (45 CFR 164.524(b)(2), (d)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DecideAccess {
    /// The request.
    pub access: AccessId,
    /// Whether all, a part or nothing is handed over.
    pub outcome: AccessOutcome,
    /// On what ground something is denied.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub ground: Option<AccessGround>,
    /// The basis of a denial in plain language, as it is written to whoever asked.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub basis: Option<String>,
    /// When: for a denial, the day on which it was sent.
    #[ts(type = "CivilDate")]
    pub decided_on: String,
    /// By whom.
    pub decided_by: String,
}

impl Operation for DecideAccess {
    const NAME: &'static str = "compliance.decide_access";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for DecideAccess {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.access)?;
        if request.decision.is_some() {
            return Err(DECIDED_BEFORE.at("access").into());
        }
        let decided_on = past(&self.decided_on, cx.today(), "decided_on")?;
        if decided_on < request.received_on {
            return Err(DATE_ORDER.at("decided_on").into());
        }
        let basis = self.basis()?;
        request.decision = Some(AccessDecision {
            outcome: self.outcome,
            ground: self.ground,
            basis,
            decided_on,
            decided_by: required(&self.decided_by, LINE, "decided_by")?,
        });
        cx.put(&request)?;
        Ok(())
    }
}

impl DecideAccess {
    /// A denial has a ground and a basis in words; what is granted has neither.
    fn basis(&self) -> Result<Option<String>, Refusal> {
        let basis = optional(self.basis.as_deref(), TEXT_MAX, "basis")?;
        match (self.outcome, self.ground, &basis) {
            (AccessOutcome::Granted, None, None) => Ok(None),
            (AccessOutcome::Granted, ..) | (_, None, _) => Err(DENIAL_GROUND.at("ground")),
            (_, Some(_), None) => Err(MISSING.at("basis")),
            (_, Some(_), Some(_)) => Ok(basis),
        }
    }
}
