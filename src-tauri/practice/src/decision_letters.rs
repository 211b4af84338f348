//! The letters about requests for access and for amendments, as PDF files in a folder.

use crate::letters::{Saved, home};
use crate::practice::Practice;
use keepwell_compliance::{AccessGround, AmendmentGround, DecisionLetter, DecisionLetterKind};
use keepwell_documents::{self as documents, DecisionKind};
use keepwell_kernel::{CivilDate, Failure, Fault, Instant, Purpose, utc_parts};
use keepwell_log::door::Call;
use serde_json::json;
use std::path::Path;

impl Practice {
    /// Writes the letter that tells of a denial or of a delay into a folder that is there.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_decision_letter(
        &self,
        within: &Path,
        kind: DecisionLetterKind,
        request: &str,
    ) -> Result<Saved, Failure> {
        let call = Call {
            operation: "compliance.decision_letter".to_owned(),
            input: json!({ "kind": kind, "request": request }),
            purpose: Some(Purpose::PatientRequest),
            reason: None,
        };
        let answer = self.call(call)?;
        let letter: DecisionLetter = serde_json::from_value(answer).map_err(|error| self.broken(&error))?;
        if !is_whole(&letter) {
            return Err(self.fail(&Fault::because("a letter about a decision lacks what it is to say").into()));
        }
        let pdf = documents::decision_letter(&printed(letter, self.clock.now()));
        let pdf = pdf.map_err(|error| self.broken(&error))?;
        self.saved_as(within, "keepwell-letter", "pdf", &pdf)
    }
}

/// Says whether a letter has what one of its kind must say: a denial its ground and basis, a delay its reason and day.
const fn is_whole(letter: &DecisionLetter) -> bool {
    match letter.kind {
        DecisionLetterKind::AccessDenied => letter.access_ground.is_some() && letter.basis.is_some(),
        DecisionLetterKind::AmendmentDenied => letter.amendment_ground.is_some() && letter.basis.is_some(),
        DecisionLetterKind::AccessExtended | DecisionLetterKind::AmendmentExtended => {
            letter.reason.is_some() && letter.answered_by.is_some()
        }
    }
}

fn printed(letter: DecisionLetter, now: Instant) -> documents::DecisionLetter {
    let long = |date: CivilDate| date.format("%B %-d, %Y").to_string();
    let ground = letter.access_ground.map(of_access).or_else(|| letter.amendment_ground.map(of_amendment));
    // A letter of one kind lacks what only the others say.
    let text = |said: Option<String>| said.unwrap_or_default();
    let practice = letter.practice;
    documents::DecisionLetter {
        created: utc_parts(now),
        kind: match letter.kind {
            DecisionLetterKind::AccessDenied => DecisionKind::AccessDenied,
            DecisionLetterKind::AccessExtended => DecisionKind::AccessExtended,
            DecisionLetterKind::AmendmentDenied => DecisionKind::AmendmentDenied,
            DecisionLetterKind::AmendmentExtended => DecisionKind::AmendmentExtended,
        },
        practice: practice.name,
        practice_address: home(practice.address),
        practice_phone: text(practice.phone),
        privacy_officer: "Privacy Officer".to_owned(),
        patient: letter.display_name,
        birth_date: letter.date_of_birth.map_or_else(|| "not known".to_owned(), long),
        record_number: letter.mrn,
        addressee: letter.addressee,
        mail_to: letter.mail_to,
        date: long(letter.date),
        request_received: long(letter.received_on),
        asked: letter.asked.unwrap_or_else(|| "The whole record".to_owned()),
        partly: letter.partly,
        ground: ground.map_or_else(String::new, str::to_owned),
        legal_basis: letter.cite.map_or_else(String::new, |cite| format!("45 CFR {cite}")),
        basis: text(letter.basis),
        reviewable: letter.reviewable,
        reason: text(letter.reason),
        answered_by: letter.answered_by.map_or_else(String::new, long),
    }
}

/// Says a ground in plain language (164.524(d)(2)).
const fn of_access(ground: AccessGround) -> &'static str {
    match ground {
        AccessGround::PsychotherapyNotes => "What you asked for are psychotherapy notes, which the law keeps apart.",
        AccessGround::LegalProceedings => "What you asked for was put together for a legal proceeding.",
        AccessGround::Inmate => "A copy would put somebody in danger in the institution.",
        AccessGround::Research => "You agreed to wait with access until the research that you take part in has ended.",
        AccessGround::PrivacyAct => "The federal Privacy Act keeps back what you asked for.",
        AccessGround::ConfidentialSource => "Somebody told us this in confidence, and access would show who it was.",
        AccessGround::Endangers => "Access would put somebody’s life or physical safety in danger.",
        AccessGround::OtherPerson => "It speaks of another person, and access would do that person substantial harm.",
        AccessGround::RepresentativeHarm => "Access by a representative would do somebody substantial harm.",
    }
}

/// Says a ground in plain language (164.526(d)(1)(i)).
const fn of_amendment(ground: AmendmentGround) -> &'static str {
    match ground {
        AmendmentGround::NotCreatedByUs => "We did not make this record. Whoever made it can be asked to amend it.",
        AmendmentGround::NotInRecordSet => "It is not in the set of records by which we decide about a patient.",
        AmendmentGround::NotOpenToAccess => "The law does not open it to access.",
        AmendmentGround::AccurateAndComplete => "The record is accurate and complete.",
    }
}
