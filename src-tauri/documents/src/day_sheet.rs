//! The sheets of a day: one for a practitioner, with room for notes, and one for the front desk.

use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use serde::Serialize;

/// What a sheet says.
#[derive(Debug, Clone, Serialize)]
pub struct DaySheet {
    /// When it was made; it stands in the PDF's own description, so that the same sheet is the same bytes.
    pub created: Created,
    /// The practice.
    pub practice: String,
    /// Which day, as people say it.
    pub date: String,
    /// Whose day it is; the front desk's where nobody is named.
    pub name: Option<String>,
    /// Whether it says what visits are for: whoever finds it must see that it does.
    pub clinical: bool,
    /// When it was printed, in the practice's own time.
    pub printed: String,
    /// The visits in their order.
    pub rows: Vec<DaySheetRow>,
}

/// A visit.
#[derive(Debug, Clone, Serialize)]
pub struct DaySheetRow {
    /// From when to when.
    pub time: String,
    /// Who comes.
    pub patient: String,
    /// The date of birth, by which two of one name are told apart.
    pub born: String,
    /// What to call the visit.
    pub label: String,
    /// With whom.
    pub with: String,
    /// Where.
    pub room: String,
    /// How it stands.
    pub status: String,
    /// What the front desk noted.
    pub note: String,
    /// What it is for; empty on a sheet that does not say so.
    pub reason: String,
}

/// Makes the sheet, PDF/A-2u.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn day_sheet(of: &DaySheet) -> Result<Vec<u8>, DocumentError> {
    print(Order { template: "day_sheet.typ", values: of, picture: None, created: of.created, promise: Promise::Kept })
}
