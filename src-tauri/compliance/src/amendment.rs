//! A request to amend a patient's record, what became of it, and what was said to that (45 CFR 164.526). The record's own
//! versions are never touched by it.

use crate::clock::{Clock, Extension};
use crate::refusals::{DECIDED_BEFORE, UNKNOWN_REQUEST};
use crate::requester::Requester;
use keepwell_kernel::{AmendmentId, CivilDate, Error, PatientId};
use keepwell_log::door::WriteCx;
use keepwell_patients::known_to;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The practice acts within so many days (164.526(b)(2)(i)).
pub(crate) const CLOCK: Clock = Clock { days: 60 };

/// What kind of record is to be amended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AmendedKind {
    /// Who the patient is.
    Patient,
}

/// Which record is to be amended, as it was when the request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AmendmentTarget {
    /// What kind of record.
    pub kind: AmendedKind,
    /// Which version of it.
    #[ts(type = "number")]
    pub version: u64,
}

/// On what ground an amendment is denied. There are four and no other (164.526(a)(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AmendmentGround {
    /// The practice did not make it, and whoever did can still be asked.
    NotCreatedByUs,
    /// It is not in the designated record set.
    NotInRecordSet,
    /// It is not open to access.
    NotOpenToAccess,
    /// It is accurate and complete.
    AccurateAndComplete,
}

impl AmendmentGround {
    /// Every ground, in the order of the law.
    pub const ALL: [Self; 4] =
        [Self::NotCreatedByUs, Self::NotInRecordSet, Self::NotOpenToAccess, Self::AccurateAndComplete];

    /// Returns the name it is written by.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotCreatedByUs => "not_created_by_us",
            Self::NotInRecordSet => "not_in_record_set",
            Self::NotOpenToAccess => "not_open_to_access",
            Self::AccurateAndComplete => "accurate_and_complete",
        }
    }

    /// Returns the place in title 45 of the Code of Federal Regulations.
    #[must_use]
    pub const fn cite(self) -> &'static str {
        match self {
            Self::NotCreatedByUs => "164.526(a)(2)(i)",
            Self::NotInRecordSet => "164.526(a)(2)(ii)",
            Self::NotOpenToAccess => "164.526(a)(2)(iii)",
            Self::AccurateAndComplete => "164.526(a)(2)(iv)",
        }
    }

    /// Reads a ground by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.word() == name)
    }
}

/// Somebody who was told of an amendment (164.526(c)(3)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonTold {
    /// Who.
    pub name: String,
    /// When.
    #[ts(type = "CivilDate")]
    pub told_on: CivilDate,
}

/// The request was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AmendmentAccepted {
    /// What was added to the record.
    pub appended: Option<String>,
    /// The later version of the record that carries it.
    #[ts(type = "number | null")]
    pub version: Option<u64>,
    /// When whoever asked was told.
    #[ts(type = "CivilDate")]
    pub told_on: CivilDate,
    /// Who else was told.
    pub persons: Vec<PersonTold>,
}

/// The request was denied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AmendmentDenied {
    /// On what ground.
    pub ground: AmendmentGround,
    /// The basis, as it was written to whoever asked.
    pub basis: String,
    /// When whoever asked was told.
    #[ts(type = "CivilDate")]
    pub told_on: CivilDate,
}

/// The statement of whoever asked against a denial (164.526(d)(2)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AmendmentDisagreement {
    /// What it says.
    pub text: String,
    /// When it was received.
    #[ts(type = "CivilDate")]
    pub received_on: CivilDate,
}

/// The practice's answer to that statement (164.526(d)(3)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AmendmentRebuttal {
    /// What it says.
    pub text: String,
    /// When a copy was sent to whoever asked.
    #[ts(type = "CivilDate")]
    pub sent_on: CivilDate,
}

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AmendmentState {
    /// Nobody has decided.
    Waiting,
    /// The record was amended.
    Accepted,
    /// It was denied.
    Denied,
}

/// A request for an amendment. It also stands in this form in the records that are handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmendmentRequest {
    /// Its id.
    pub id: AmendmentId,
    /// The patient.
    pub patient: PatientId,
    /// Who asks.
    pub requester: Requester,
    /// When it was received.
    pub received_on: CivilDate,
    /// Which record is to be amended.
    pub target: AmendmentTarget,
    /// What it should say.
    pub text: String,
    /// Why.
    pub reason: Option<String>,
    /// The extension.
    pub extension: Option<Extension>,
    /// What was done, where it was accepted.
    pub accepted: Option<AmendmentAccepted>,
    /// Why, where it was denied.
    pub denied: Option<AmendmentDenied>,
    /// The statement against a denial.
    pub disagreement: Option<AmendmentDisagreement>,
    /// When whoever asked wished that request and denial go along with disclosures (164.526(d)(1)(iii)).
    pub accompany_asked_on: Option<CivilDate>,
    /// The practice's answer to the statement.
    pub rebuttal: Option<AmendmentRebuttal>,
}

impl AmendmentRequest {
    /// Returns the day by which it must be acted on.
    #[must_use]
    pub fn due_on(&self) -> CivilDate {
        CLOCK.due_on(self.received_on, self.extension.as_ref())
    }

    /// Says how it stands.
    #[must_use]
    pub const fn state(&self) -> AmendmentState {
        match (&self.accepted, &self.denied) {
            (Some(_), _) => AmendmentState::Accepted,
            (None, Some(_)) => AmendmentState::Denied,
            (None, None) => AmendmentState::Waiting,
        }
    }

    /// Returns the last day on which something was done with it; nothing where nothing was.
    #[must_use]
    pub fn last_day(&self) -> Option<CivilDate> {
        let accepted = self.accepted.as_ref();
        let persons = accepted.and_then(|one| one.persons.iter().map(|person| person.told_on).max());
        let days = [
            accepted.map(|one| one.told_on),
            persons,
            self.denied.as_ref().map(|one| one.told_on),
            self.disagreement.as_ref().map(|one| one.received_on),
            self.accompany_asked_on,
            self.rebuttal.as_ref().map(|one| one.sent_on),
        ];
        days.into_iter().flatten().max()
    }

    /// Says whether nobody has decided.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state() == AmendmentState::Waiting
    }
}

/// Takes up a request, and notes its patient.
///
/// # Errors
/// A refusal where there is none.
pub(crate) fn take_up_any(cx: &WriteCx<'_, '_>, amendment: AmendmentId) -> Result<AmendmentRequest, Error> {
    let key = cx.key(AmendmentRequest::TABLE)?.id(amendment.bytes()).done();
    let found = cx.get::<AmendmentRequest>(&key)?.ok_or_else(|| UNKNOWN_REQUEST.at("amendment"))?.record;
    known_to(cx, found.patient, "amendment")?;
    Ok(found)
}

/// Takes up a request that nobody has decided on, and notes its patient.
///
/// # Errors
/// A refusal where there is none or it was decided.
pub(crate) fn take_up(cx: &WriteCx<'_, '_>, amendment: AmendmentId) -> Result<AmendmentRequest, Error> {
    let found = take_up_any(cx, amendment)?;
    if found.is_open() { Ok(found) } else { Err(DECIDED_BEFORE.at("amendment").into()) }
}

#[cfg(test)]
mod tests {
    use super::AmendmentGround;

    #[test]
    fn there_are_four_grounds_and_each_is_named_as_it_is_written() {
        for ground in AmendmentGround::ALL {
            assert_eq!(serde_json::to_value(ground).unwrap(), ground.word());
            assert_eq!(AmendmentGround::named(ground.word()), Some(ground));
        }
        for other in ["", "too_late", "search", "Accurate_and_complete"] {
            assert_eq!(AmendmentGround::named(other), None, "{other:?}");
        }
    }
}
