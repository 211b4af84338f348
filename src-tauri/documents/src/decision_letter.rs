//! The letter about a request of a patient: that access or an amendment is denied, or that the answer takes longer
//! (45 CFR 164.524(b)(2)(ii), (d)(2), 164.526(b)(2)(ii), (d)(1)).

use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use serde::Serialize;

/// What the letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// Access is denied, wholly or in part.
    AccessDenied,
    /// Access takes longer.
    AccessExtended,
    /// An amendment is denied.
    AmendmentDenied,
    /// An amendment takes longer.
    AmendmentExtended,
}

/// What the letter says.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionLetter {
    /// When it was made; it stands in the PDF's own description, so that the same letter is the same bytes.
    pub created: Created,
    /// What it is about.
    pub kind: DecisionKind,
    /// The practice as the patient knows it.
    pub practice: String,
    /// Where the practice is, line by line.
    pub practice_address: Vec<String>,
    /// Where somebody answers questions about the letter.
    pub practice_phone: String,
    /// Who answers them, takes complaints, and signs.
    pub privacy_officer: String,
    /// The patient's name: with one of the next two it stands on every page, because pages part.
    pub patient: String,
    /// The patient's date of birth.
    pub birth_date: String,
    /// The patient's record number.
    pub record_number: String,
    /// To whom: the patient, or whoever stands in the patient's place.
    pub addressee: String,
    /// Where the letter goes, line by line.
    pub mail_to: Vec<String>,
    /// The letter's date.
    pub date: String,
    /// When the request was received.
    pub request_received: String,
    /// What was asked for.
    pub asked: String,
    /// A part of what was asked for is granted.
    pub partly: bool,
    /// The ground of a denial, as a sentence.
    pub ground: String,
    /// The rule that allows it, as it is cited.
    pub legal_basis: String,
    /// The basis of a denial, in the practice's words.
    pub basis: String,
    /// The denial can be reviewed.
    pub reviewable: bool,
    /// Why it takes longer.
    pub reason: String,
    /// By when it is answered then.
    pub answered_by: String,
}

/// Makes the letter, PDF/UA-1 and PDF/A-2u at once.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn decision_letter(of: &DecisionLetter) -> Result<Vec<u8>, DocumentError> {
    print(Order {
        template: "decision_letter.typ",
        values: of,
        picture: None,
        created: of.created,
        promise: Promise::ReadByAnybody,
    })
}
