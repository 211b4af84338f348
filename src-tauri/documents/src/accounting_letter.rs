//! The letter that accounts to a patient for disclosures of the patient's record (45 CFR 164.528).

use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use serde::Serialize;

/// What the letter says.
#[derive(Debug, Clone, Serialize)]
pub struct AccountingLetter {
    /// When it was made; it stands in the PDF's own description, so that the same letter is the same bytes.
    pub created: Created,
    /// The practice as the patient knows it.
    pub practice: String,
    /// Where the practice is, line by line.
    pub practice_address: Vec<String>,
    /// Where somebody answers questions about the letter.
    pub practice_phone: String,
    /// Who answers them, and who signs.
    pub privacy_officer: String,
    /// The patient's name: with one of the next two it stands on every page, because pages part.
    pub patient: String,
    /// The patient's date of birth.
    pub birth_date: String,
    /// The patient's record number.
    pub record_number: String,
    /// Where the letter goes, line by line.
    pub patient_address: Vec<String>,
    /// The letter's date.
    pub date: String,
    /// When the patient asked, from which the sixty days run.
    pub request_received: String,
    /// The first day that is accounted for.
    pub period_from: String,
    /// The last day that is accounted for.
    pub period_to: String,
    /// What is accounted for, oldest first. When there is nothing, the letter says so.
    pub disclosures: Vec<AccountedDisclosure>,
    /// What a second accounting within twelve months costs, as a sentence; nothing for the first.
    pub fee: Option<String>,
}

/// One disclosure with all that the patient must be told of it.
#[derive(Debug, Clone, Serialize)]
pub struct AccountedDisclosure {
    /// Its date, or that of the first of several.
    pub date: String,
    /// Who got it.
    pub recipient: String,
    /// Where the recipient is; empty when nobody knows.
    pub recipient_address: String,
    /// What was disclosed.
    pub what: String,
    /// Why.
    pub purpose: String,
    /// The rule that allows or demands it, as it is cited; empty when there was none.
    pub legal_basis: String,
    /// How often, when the same went to the same recipient for the same purpose more than once.
    pub times: Option<Repeated>,
}

/// Disclosures that may be told together.
#[derive(Debug, Clone, Serialize)]
pub struct Repeated {
    /// How many there were.
    pub count: String,
    /// The date of the last.
    pub last: String,
}

/// Makes the letter, PDF/UA-1 and PDF/A-2u at once.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn accounting_letter(of: &AccountingLetter) -> Result<Vec<u8>, DocumentError> {
    print(Order {
        template: "accounting_letter.typ",
        values: of,
        picture: None,
        created: of.created,
        promise: Promise::ReadByAnybody,
    })
}
