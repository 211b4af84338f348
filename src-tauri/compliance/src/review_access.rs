//! `compliance.review_access`: a denial goes to somebody who took no part in it.

use crate::access::{AccessDecision, AccessReview, AccessState, ReviewOutcome, take_up_any};
use crate::fields::{LINE, past, required};
use crate::refusals::{
    DATE_ORDER, MISSING, NOT_DENIED, NOT_REVIEWABLE, REQUEST_CLOSED, REVIEWED_BEFORE, REVIEWER_TOOK_PART,
};
use keepwell_kernel::{AccessId, CivilDate, Error, Operation, Permission, Purpose, Refusal};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Notes a review of a denial: first that it was asked for and who reviews, later what became of it; or both at once
/// (45 CFR 164.524(a)(4), (d)(4)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewAccess {
    /// The request.
    pub access: AccessId,
    /// When the review was asked for.
    #[ts(type = "CivilDate")]
    pub asked_on: String,
    /// The licensed professional who reviews.
    pub reviewer: String,
    /// What became of it; nothing while it runs.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub outcome: Option<ReviewOutcome>,
    /// When that was decided.
    #[serde(default)]
    #[ts(optional = nullable, type = "CivilDate")]
    pub decided_on: Option<String>,
}

impl Operation for ReviewAccess {
    const NAME: &'static str = "compliance.review_access";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for ReviewAccess {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up_any(cx, self.access)?;
        if request.state() == AccessState::Withdrawn {
            return Err(REQUEST_CLOSED.at("access").into());
        }
        let denial = request.decision.as_ref().filter(|one| one.ground.is_some());
        let denial = denial.ok_or_else(|| NOT_DENIED.at("access"))?;
        if !request.is_reviewable() {
            return Err(NOT_REVIEWABLE.at("access").into());
        }
        if request.review.as_ref().is_some_and(|before| before.outcome.is_some()) {
            return Err(REVIEWED_BEFORE.at("access").into());
        }
        let review = self.checked(denial, cx.today())?;
        request.review = Some(review);
        cx.put(&request)?;
        Ok(())
    }
}

impl ReviewAccess {
    fn checked(&self, denial: &AccessDecision, today: CivilDate) -> Result<AccessReview, Refusal> {
        let asked_on = past(&self.asked_on, today, "asked_on")?;
        if asked_on < denial.decided_on {
            return Err(DATE_ORDER.at("asked_on"));
        }
        let reviewer = required(&self.reviewer, LINE, "reviewer")?;
        if folded(&reviewer) == folded(&denial.decided_by) {
            return Err(REVIEWER_TOOK_PART.at("reviewer"));
        }
        let decided_on = self.decided_on.as_deref().filter(|typed| !typed.is_empty());
        let decided_on = decided_on.map(|typed| past(typed, today, "decided_on")).transpose()?;
        match (self.outcome, decided_on) {
            (Some(_), None) => Err(MISSING.at("decided_on")),
            (None, Some(_)) => Err(MISSING.at("outcome")),
            (_, Some(on)) if on < asked_on => Err(DATE_ORDER.at("decided_on")),
            (outcome, decided_on) => Ok(AccessReview { asked_on, reviewer, outcome, decided_on }),
        }
    }
}

/// The same name is the same name in other letters and with other spaces.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
