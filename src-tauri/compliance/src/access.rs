//! A request for access to a patient's records, and its clock (45 CFR 164.524).

use crate::clock::{Clock, Extension};
use crate::fee::FeeLine;
use crate::refusals::{REQUEST_CLOSED, UNKNOWN_REQUEST};
use crate::requester::Requester;
use keepwell_kernel::{AccessId, CivilDate, Error, PatientId};
use keepwell_log::door::WriteCx;
use keepwell_patients::known_to;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The practice acts within so many days (164.524(b)(2)(i)).
pub(crate) const CLOCK: Clock = Clock { days: 30 };

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccessOutcome {
    /// All that was asked for is handed over.
    Granted,
    /// A part is handed over, and the rest denied.
    Partly,
    /// Nothing is handed over.
    Denied,
}

macro_rules! grounds {
    ($($(#[doc = $doc:literal])+ $name:ident: $cite:literal, $reviewable:literal;)+) => {
        /// On what ground access is denied. There is no other (164.524(a)(1), (2) and (3)).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum AccessGround {
            $($(#[doc = $doc])+ $name,)+
        }

        impl AccessGround {
            /// Every ground, in the order of the law.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the place in title 45 of the Code of Federal Regulations.
            #[must_use]
            pub const fn cite(self) -> &'static str {
                match self { $(Self::$name => $cite),+ }
            }

            /// Says whether whoever asked has a right to a review.
            #[must_use]
            pub const fn is_reviewable(self) -> bool {
                match self { $(Self::$name => $reviewable),+ }
            }
        }
    };
}

grounds! {
    /// Psychotherapy notes.
    PsychotherapyNotes: "164.524(a)(1)(i)", false;
    /// Compiled for a legal proceeding.
    LegalProceedings: "164.524(a)(1)(ii)", false;
    /// An inmate's copy would put somebody in danger.
    Inmate: "164.524(a)(2)(ii)", false;
    /// Research that includes treatment is in progress, and the patient agreed to wait.
    Research: "164.524(a)(2)(iii)", false;
    /// The Privacy Act keeps it back.
    PrivacyAct: "164.524(a)(2)(iv)", false;
    /// Somebody told it in confidence.
    ConfidentialSource: "164.524(a)(2)(v)", false;
    /// Access would put somebody's life or physical safety in danger.
    Endangers: "164.524(a)(3)(i)", true;
    /// It speaks of another person, to whom access would do substantial harm.
    OtherPerson: "164.524(a)(3)(ii)", true;
    /// Access by the representative would do substantial harm.
    RepresentativeHarm: "164.524(a)(3)(iii)", true;
}

/// What was decided on a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccessDecision {
    /// Whether all, a part or nothing is handed over.
    pub outcome: AccessOutcome,
    /// On what ground something is denied.
    pub ground: Option<AccessGround>,
    /// The basis of a denial, as it was written to whoever asked.
    pub basis: Option<String>,
    /// When.
    #[ts(type = "CivilDate")]
    pub decided_on: CivilDate,
    /// By whom: this person cannot review it.
    pub decided_by: String,
}

/// What became of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// The denial stands.
    Upheld,
    /// What was denied is handed over.
    Reversed,
}

/// A review of a denial (164.524(a)(4)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccessReview {
    /// When it was asked for.
    #[ts(type = "CivilDate")]
    pub asked_on: CivilDate,
    /// The licensed professional who reviews, and took no part in the denial.
    pub reviewer: String,
    /// What became of it; nothing while it runs.
    pub outcome: Option<ReviewOutcome>,
    /// When that was decided.
    #[ts(type = "CivilDate | null")]
    pub decided_on: Option<CivilDate>,
}

/// Records that were handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccessDelivery {
    /// When.
    #[ts(type = "CivilDate")]
    pub delivered_on: CivilDate,
    /// SHA-256 of what was handed over, in hex, where the program made it.
    pub sha256: Option<String>,
}

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccessState {
    /// Nobody has decided.
    Waiting,
    /// It is granted, and something is still to be handed over.
    ToDeliver,
    /// A denial is under review.
    InReview,
    /// It was denied.
    Denied,
    /// Everything was handed over that was granted.
    Delivered,
    /// Whoever asked no longer does.
    Withdrawn,
}

/// A request for access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// Its id.
    pub id: AccessId,
    /// The patient.
    pub patient: PatientId,
    /// Who asks.
    pub requester: Requester,
    /// When it was received.
    pub received_on: CivilDate,
    /// What is asked for; nothing where it is the whole designated record set.
    pub scope: Option<String>,
    /// The first day asked for.
    pub from: Option<CivilDate>,
    /// The last day asked for.
    pub to: Option<CivilDate>,
    /// In what form.
    pub form: String,
    /// That form is electronic.
    pub electronic: bool,
    /// On what way it is handed over.
    pub channel: String,
    /// The extension.
    pub extension: Option<Extension>,
    /// What is charged.
    pub fee_lines: Vec<FeeLine>,
    /// What was decided.
    pub decision: Option<AccessDecision>,
    /// The review of a denial.
    pub review: Option<AccessReview>,
    /// What was handed over.
    pub deliveries: Vec<AccessDelivery>,
    /// When it was withdrawn.
    pub withdrawn_on: Option<CivilDate>,
}

impl AccessRequest {
    /// Returns the day by which it must be acted on.
    #[must_use]
    pub fn due_on(&self) -> CivilDate {
        CLOCK.due_on(self.received_on, self.extension.as_ref())
    }

    /// Says whether a denial can be reviewed.
    #[must_use]
    pub fn is_reviewable(&self) -> bool {
        self.decision.as_ref().and_then(|one| one.ground).is_some_and(AccessGround::is_reviewable)
    }

    /// Says whether nothing was granted at first.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.decision.as_ref().is_some_and(|one| one.outcome == AccessOutcome::Denied)
    }

    /// Says how it stands.
    #[must_use]
    pub fn state(&self) -> AccessState {
        let Some(decision) = &self.decision else {
            return if self.withdrawn_on.is_some() { AccessState::Withdrawn } else { AccessState::Waiting };
        };
        let review = self.review.as_ref();
        let granted = usize::from(decision.outcome != AccessOutcome::Denied);
        let reversed = usize::from(review.is_some_and(|one| one.outcome == Some(ReviewOutcome::Reversed)));
        match self.deliveries.len() {
            _ if self.withdrawn_on.is_some() => AccessState::Withdrawn,
            handed_over if handed_over < granted + reversed => AccessState::ToDeliver,
            _ if review.is_some_and(|one| one.outcome.is_none()) => AccessState::InReview,
            0 => AccessState::Denied,
            _ => AccessState::Delivered,
        }
    }

    /// Says whether something is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state(), AccessState::Waiting | AccessState::ToDeliver | AccessState::InReview)
    }

    /// Returns the last day on which something was done with it; nothing where nothing was.
    #[must_use]
    pub fn last_day(&self) -> Option<CivilDate> {
        let decided = self.decision.as_ref().map(|one| one.decided_on);
        let reviewed = self.review.as_ref().and_then(|one| one.decided_on);
        let delivered = self.deliveries.iter().map(|one| one.delivered_on).max();
        [decided, reviewed, delivered, self.withdrawn_on].into_iter().flatten().max()
    }

    /// Says whether its days run. They end with a written denial; for a review and what follows it the law names none.
    #[must_use]
    pub fn clock_runs(&self) -> bool {
        match self.state() {
            AccessState::Waiting => true,
            AccessState::ToDeliver => self.deliveries.is_empty() && !self.is_denied(),
            AccessState::InReview | AccessState::Denied | AccessState::Delivered | AccessState::Withdrawn => false,
        }
    }

    /// Says whether its days have passed.
    #[must_use]
    pub fn is_overdue(&self, today: CivilDate) -> bool {
        self.clock_runs() && today > self.due_on()
    }
}

/// Takes up a request, and notes its patient.
///
/// # Errors
/// A refusal where there is none.
pub(crate) fn take_up_any(cx: &WriteCx<'_, '_>, access: AccessId) -> Result<AccessRequest, Error> {
    let key = cx.key(AccessRequest::TABLE)?.id(access.bytes()).done();
    let found = cx.get::<AccessRequest>(&key)?.ok_or_else(|| UNKNOWN_REQUEST.at("access"))?.record;
    known_to(cx, found.patient, "access")?;
    Ok(found)
}

/// Takes up a request with which something is still to be done, and notes its patient.
///
/// # Errors
/// A refusal where there is none or it is closed.
pub(crate) fn take_up(cx: &WriteCx<'_, '_>, access: AccessId) -> Result<AccessRequest, Error> {
    let found = take_up_any(cx, access)?;
    if found.is_open() { Ok(found) } else { Err(REQUEST_CLOSED.at("access").into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> CivilDate {
        day.parse().unwrap()
    }

    fn asked() -> AccessRequest {
        AccessRequest {
            id: AccessId::make(),
            patient: PatientId::make(),
            requester: Requester { representative: None, verification: "Photo ID".to_owned() },
            received_on: on("2026-01-15"),
            scope: None,
            from: None,
            to: None,
            form: "Paper".to_owned(),
            electronic: false,
            channel: "By mail".to_owned(),
            extension: None,
            fee_lines: Vec::new(),
            decision: None,
            review: None,
            deliveries: Vec::new(),
            withdrawn_on: None,
        }
    }

    fn decided(outcome: AccessOutcome, review: Option<Option<ReviewOutcome>>, deliveries: usize) -> AccessRequest {
        let ground = (outcome != AccessOutcome::Granted).then_some(AccessGround::Endangers);
        let (decided_on, decided_by) = (on("2026-01-20"), "N. Ito".to_owned());
        let review = review.map(|outcome| AccessReview {
            asked_on: on("2026-01-21"),
            reviewer: "P. Osei".to_owned(),
            outcome,
            decided_on: outcome.map(|_| on("2026-01-22")),
        });
        AccessRequest {
            decision: Some(AccessDecision { outcome, ground, basis: None, decided_on, decided_by }),
            review,
            deliveries: vec![AccessDelivery { delivered_on: on("2026-01-23"), sha256: None }; deliveries],
            ..asked()
        }
    }

    #[test]
    fn a_request_stands_as_what_was_done_with_it_says() {
        use AccessOutcome::{Denied, Granted, Partly};
        use ReviewOutcome::{Reversed, Upheld};
        let late = on("2026-02-15");
        assert_eq!((asked().state(), asked().is_overdue(late)), (AccessState::Waiting, true));
        assert!(!asked().is_overdue(on("2026-02-14")), "the last day is one of them");
        for (outcome, review, deliveries, state, runs) in [
            (Granted, None, 0, AccessState::ToDeliver, true),
            (Granted, None, 1, AccessState::Delivered, false),
            (Denied, None, 0, AccessState::Denied, false),
            (Denied, Some(None), 0, AccessState::InReview, false),
            (Denied, Some(Some(Upheld)), 0, AccessState::Denied, false),
            (Denied, Some(Some(Reversed)), 0, AccessState::ToDeliver, false),
            (Denied, Some(Some(Reversed)), 1, AccessState::Delivered, false),
            (Partly, None, 0, AccessState::ToDeliver, true),
            (Partly, Some(None), 0, AccessState::ToDeliver, true),
            (Partly, Some(None), 1, AccessState::InReview, false),
            (Partly, Some(Some(Upheld)), 1, AccessState::Delivered, false),
            (Partly, Some(Some(Reversed)), 1, AccessState::ToDeliver, false),
            (Partly, Some(Some(Reversed)), 2, AccessState::Delivered, false),
        ] {
            let one = decided(outcome, review, deliveries);
            assert_eq!((one.state(), one.clock_runs()), (state, runs), "{outcome:?} {review:?} {deliveries}");
            assert_eq!(one.is_overdue(late), runs);
            let withdrawn = AccessRequest { withdrawn_on: Some(late), ..one };
            assert_eq!((withdrawn.state(), withdrawn.last_day()), (AccessState::Withdrawn, Some(late)));
        }
    }

    #[test]
    fn three_grounds_give_a_right_to_a_review_and_the_others_none() {
        let reviewable: Vec<&str> =
            AccessGround::ALL.iter().filter(|one| one.is_reviewable()).map(|one| one.cite()).collect();
        assert_eq!(reviewable, ["164.524(a)(3)(i)", "164.524(a)(3)(ii)", "164.524(a)(3)(iii)"]);
        assert_eq!(AccessGround::ALL.len(), 9);
    }
}
