//! `compliance.due`: what the register and the requests want done, and by when.

use crate::access::AccessRequest;
use crate::access_requests::{self, AccessRequests};
use crate::accounting::Accounting;
use crate::accountings::{Accountings, all};
use crate::amendment::AmendmentRequest;
use crate::amendment_requests::{self, AmendmentRequests};
use crate::associate::{AgreementState, BusinessAssociate};
use keepwell_kernel::{CivilDate, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const ASSOCIATES: usize = 1_000;

/// Asks what is due.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskDue {}

/// What is due, the most urgent first.
#[derive(Debug, Serialize, TS)]
pub struct DueList {
    /// Each thing that wants doing.
    pub rows: Vec<Due>,
}

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// An agreement ends within sixty days.
    AgreementExpiring,
    /// An agreement has run out and was neither renewed nor ended.
    AgreementExpired,
    /// An associate stands in the register without a signed agreement.
    AgreementUnsigned,
    /// An agreement is to be looked through again.
    AgreementReview,
    /// An accounting waits for its letter.
    Accounting,
    /// A request for access waits for its answer, or for what was granted.
    Access,
    /// A request for an amendment waits for its answer.
    Amendment,
}

/// One thing that wants doing. It names no patient.
#[derive(Debug, Serialize, TS)]
pub struct Due {
    /// What it is.
    pub kind: DueKind,
    /// By when; nothing where it was due from the beginning, and for a review of a denial, for which the law names no day.
    #[ts(type = "CivilDate | null")]
    pub on: Option<CivilDate>,
    /// That day has passed.
    pub overdue: bool,
    /// The associate's name, where it is about one.
    pub associate: Option<String>,
}

impl Operation for AskDue {
    const NAME: &'static str = "compliance.due";
    const PERMISSION: Permission = Permission::AssociateRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal];
    type Output = DueList;
}

impl Query for AskDue {
    fn run(self, cx: &ReadCx<'_>) -> Result<DueList, Error> {
        let today = cx.today();
        let page = cx.page::<BusinessAssociate>(None, ASSOCIATES)?;
        let mut rows: Vec<Due> = page.into_iter().flat_map(|(_, stored)| of_agreement(&stored.record, today)).collect();
        if cx.operations().contains(&Accountings::NAME) {
            rows.extend(all(cx)?.iter().filter(|one| one.is_open()).map(|one| of_accounting(one, today)));
        }
        if cx.operations().contains(&AccessRequests::NAME) {
            let asked = access_requests::all(cx)?;
            rows.extend(asked.iter().filter(|one| one.is_open()).map(|one| of_access(one, today)));
        }
        if cx.operations().contains(&AmendmentRequests::NAME) {
            let asked = amendment_requests::all(cx)?;
            rows.extend(asked.iter().filter(|one| one.is_open()).map(|one| of_amendment(one, today)));
        }
        rows.sort_by(|one, other| (one.on, &one.associate).cmp(&(other.on, &other.associate)));
        Ok(DueList { rows })
    }
}

fn of_agreement(of: &BusinessAssociate, today: CivilDate) -> Vec<Due> {
    let due = |kind, on: Option<CivilDate>| Due {
        kind,
        on,
        overdue: on.is_none_or(|on| on < today),
        associate: Some(of.name.clone()),
    };
    let state = of.state_on(today);
    let of_state = match state {
        AgreementState::Expiring => Some(due(DueKind::AgreementExpiring, of.expires_on)),
        AgreementState::Expired => Some(due(DueKind::AgreementExpired, of.expires_on)),
        AgreementState::Unsigned if of.ended_on.is_none() => Some(due(DueKind::AgreementUnsigned, None)),
        AgreementState::Unsigned | AgreementState::NotYet | AgreementState::InForce | AgreementState::Ended => None,
    };
    let review = of.review_on.filter(|on| *on <= today && state != AgreementState::Ended);
    of_state.into_iter().chain(review.map(|on| due(DueKind::AgreementReview, Some(on)))).collect()
}

fn of_accounting(of: &Accounting, today: CivilDate) -> Due {
    let on = of.due_on();
    Due { kind: DueKind::Accounting, on: Some(on), overdue: on < today, associate: None }
}

fn of_access(of: &AccessRequest, today: CivilDate) -> Due {
    let on = of.clock_runs().then(|| of.due_on());
    Due { kind: DueKind::Access, on, overdue: of.is_overdue(today), associate: None }
}

fn of_amendment(of: &AmendmentRequest, today: CivilDate) -> Due {
    let on = of.due_on();
    Due { kind: DueKind::Amendment, on: Some(on), overdue: on < today, associate: None }
}
