//! Reminders of visits on paper: the list of whom to call, and a letter for each who may be written to.

use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use serde::Serialize;

/// The list of whom to call.
#[derive(Debug, Clone, Serialize)]
pub struct CallList {
    /// When it was made; it stands in the PDF's own description, so that the same list is the same bytes.
    pub created: Created,
    /// The practice.
    pub practice: String,
    /// The day of the visits, as people say it.
    pub date: String,
    /// When it was printed, in the practice's own time.
    pub printed: String,
    /// How many may be called, as a sentence with those that may not.
    pub counted: String,
    /// The visits in their order.
    pub rows: Vec<CallRow>,
}

/// A visit of somebody.
#[derive(Debug, Clone, Serialize)]
pub struct CallRow {
    /// From when to when.
    pub time: String,
    /// Who comes.
    pub patient: String,
    /// What to call the visit where others may read it.
    pub label: String,
    /// The number, or in which way alone, or that nobody is to call.
    pub call: String,
    /// It is not a number: nobody dials it.
    pub not_a_number: bool,
    /// How it stands.
    pub status: String,
}

/// Letters, a page each.
#[derive(Debug, Clone, Serialize)]
pub struct ReminderLetters {
    /// When they were made; it stands in the PDF's own description, so that the same letters are the same bytes.
    pub created: Created,
    /// The practice as patients know it.
    pub practice: String,
    /// Where the practice is, line by line.
    pub practice_address: Vec<String>,
    /// The number to call.
    pub practice_phone: String,
    /// The letters' date.
    pub date: String,
    /// One for each.
    pub letters: Vec<ReminderLetter>,
}

/// One letter. It says that there is a visit, and nothing of what it is.
#[derive(Debug, Clone, Serialize)]
pub struct ReminderLetter {
    /// Where it goes, line by line, the name first.
    pub address: Vec<String>,
    /// The day of the visit, as people say it.
    pub day: String,
    /// When it begins.
    pub time: String,
}

/// Makes the list, PDF/A-2u.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn call_list(of: &CallList) -> Result<Vec<u8>, DocumentError> {
    print(Order { template: "call_list.typ", values: of, picture: None, created: of.created, promise: Promise::Kept })
}

/// Makes the letters, PDF/UA-1 and PDF/A-2u at once.
///
/// # Errors
/// [`DocumentError`] when they cannot be made.
pub fn reminder_letters(of: &ReminderLetters) -> Result<Vec<u8>, DocumentError> {
    print(Order {
        template: "reminder_letters.typ",
        values: of,
        picture: None,
        created: of.created,
        promise: Promise::ReadByAnybody,
    })
}
