//! `compliance.decision_letter`: what the letter about a request says: that it was denied, or that it takes longer.

use crate::access::{AccessGround, AccessRequest};
use crate::amendment::{AmendmentGround, AmendmentRequest};
use crate::refusals::{NO_LETTER, UNKNOWN_REQUEST};
use keepwell_identity::PracticeDetails;
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Which letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecisionLetterKind {
    /// Access is denied, wholly or in part (164.524(d)(2)).
    AccessDenied,
    /// Access takes longer (164.524(b)(2)(ii)).
    AccessExtended,
    /// An amendment is denied (164.526(d)(1)).
    AmendmentDenied,
    /// An amendment takes longer (164.526(b)(2)(ii)).
    AmendmentExtended,
}

/// Asks for a letter.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskDecisionLetter {
    /// Which letter.
    pub kind: DecisionLetterKind,
    /// The request for access or for an amendment.
    #[ts(type = "string")]
    pub request: Uuid,
}

/// What the letter says.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct DecisionLetter {
    /// Which letter.
    pub kind: DecisionLetterKind,
    /// Who writes.
    pub practice: PracticeDetails,
    /// The day on which it was or is sent.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// The patient's name.
    pub display_name: String,
    /// The record number.
    pub mrn: String,
    /// The date of birth.
    #[ts(type = "CivilDate | null")]
    pub date_of_birth: Option<CivilDate>,
    /// To whom: the patient, or whoever stands in the patient's place.
    pub addressee: String,
    /// Where the letter goes, line by line; nothing for a representative, whose address is not on record.
    pub mail_to: Vec<String>,
    /// When the request was received.
    #[ts(type = "CivilDate")]
    pub received_on: CivilDate,
    /// What was asked for; nothing where it is the whole record.
    pub asked: Option<String>,
    /// A part of what was asked for is granted.
    pub partly: bool,
    /// On what ground access is denied.
    pub access_ground: Option<AccessGround>,
    /// On what ground an amendment is denied.
    pub amendment_ground: Option<AmendmentGround>,
    /// The place in title 45 of the Code of Federal Regulations.
    pub cite: Option<String>,
    /// The basis of a denial.
    pub basis: Option<String>,
    /// The denial can be reviewed.
    pub reviewable: bool,
    /// Why it takes longer.
    pub reason: Option<String>,
    /// By when it is answered then.
    #[ts(type = "CivilDate | null")]
    pub answered_by: Option<CivilDate>,
}

impl Operation for AskDecisionLetter {
    const NAME: &'static str = "compliance.decision_letter";
    const PERMISSION: Permission = Permission::DisclosureRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = DecisionLetter;
}

impl Query for AskDecisionLetter {
    fn run(self, cx: &ReadCx<'_>) -> Result<DecisionLetter, Error> {
        match self.kind {
            DecisionLetterKind::AccessDenied | DecisionLetterKind::AccessExtended => self.of_access(cx),
            DecisionLetterKind::AmendmentDenied | DecisionLetterKind::AmendmentExtended => self.of_amendment(cx),
        }
    }
}

impl AskDecisionLetter {
    fn of_access(&self, cx: &ReadCx<'_>) -> Result<DecisionLetter, Error> {
        let key = cx.key(AccessRequest::TABLE)?.id(self.request.as_bytes()).done();
        let of = cx.get::<AccessRequest>(&key)?.ok_or_else(|| UNKNOWN_REQUEST.at("request"))?.record;
        let due_on = of.due_on();
        let mut letter = self.blank(cx, of.patient, of.requester.representative.map(|one| one.name))?;
        (letter.received_on, letter.asked) = (of.received_on, of.scope);
        if self.kind == DecisionLetterKind::AccessExtended {
            let told = of.extension.ok_or_else(|| NO_LETTER.at("request"))?;
            (letter.date, letter.reason, letter.answered_by) = (told.sent_on, Some(told.reason), Some(due_on));
            return Ok(letter);
        }
        let denial = of.decision.filter(|one| one.ground.is_some()).ok_or_else(|| NO_LETTER.at("request"))?;
        letter.date = denial.decided_on;
        letter.partly = denial.outcome == crate::access::AccessOutcome::Partly;
        letter.reviewable = denial.ground.is_some_and(AccessGround::is_reviewable);
        letter.cite = denial.ground.map(|ground| ground.cite().to_owned());
        (letter.access_ground, letter.basis) = (denial.ground, denial.basis);
        Ok(letter)
    }

    fn of_amendment(&self, cx: &ReadCx<'_>) -> Result<DecisionLetter, Error> {
        let key = cx.key(AmendmentRequest::TABLE)?.id(self.request.as_bytes()).done();
        let of = cx.get::<AmendmentRequest>(&key)?.ok_or_else(|| UNKNOWN_REQUEST.at("request"))?.record;
        let due_on = of.due_on();
        let mut letter = self.blank(cx, of.patient, of.requester.representative.map(|one| one.name))?;
        (letter.received_on, letter.asked) = (of.received_on, Some(of.text));
        if self.kind == DecisionLetterKind::AmendmentExtended {
            let told = of.extension.ok_or_else(|| NO_LETTER.at("request"))?;
            (letter.date, letter.reason, letter.answered_by) = (told.sent_on, Some(told.reason), Some(due_on));
            return Ok(letter);
        }
        let denial = of.denied.ok_or_else(|| NO_LETTER.at("request"))?;
        letter.cite = Some(denial.ground.cite().to_owned());
        letter.date = denial.told_on;
        (letter.amendment_ground, letter.basis) = (Some(denial.ground), Some(denial.basis));
        Ok(letter)
    }

    fn blank(
        &self,
        cx: &ReadCx<'_>,
        patient: PatientId,
        representative: Option<String>,
    ) -> Result<DecisionLetter, Error> {
        let patient = known(cx, patient)?;
        let mail_to = if representative.is_some() { Vec::new() } else { patient.mail_to };
        Ok(DecisionLetter {
            kind: self.kind,
            practice: keepwell_identity::practice_of_query(cx)?.details,
            date: cx.today(),
            addressee: representative.unwrap_or_else(|| patient.listed_name.clone()),
            display_name: patient.listed_name,
            mrn: patient.mrn,
            date_of_birth: patient.date_of_birth,
            mail_to,
            received_on: cx.today(),
            asked: None,
            partly: false,
            access_ground: None,
            amendment_ground: None,
            cite: None,
            basis: None,
            reviewable: false,
            reason: None,
            answered_by: None,
        })
    }
}
