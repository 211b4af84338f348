//! What a front desk works from while the computers do not: who is expected, how each may be reached, and blank forms.

use crate::day_sheet::DaySheetRow;
use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use crate::reminders::CallRow;
use serde::Serialize;

/// What the pack says. Nothing clinical.
#[derive(Debug, Clone, Serialize)]
pub struct DowntimePaper {
    /// When it was made; it stands in the PDF's own description, so that the same pack is the same bytes.
    pub created: Created,
    /// The practice.
    pub practice: String,
    /// Which day, as people say it.
    pub date: String,
    /// When it was printed, in the practice's own time.
    pub printed: String,
    /// The visits in their order.
    pub rows: Vec<DaySheetRow>,
    /// How many may be called, as a sentence with those that may not.
    pub counted: String,
    /// How each may be reached.
    pub calls: Vec<CallRow>,
    /// How many blank forms for a visit follow, a page each.
    pub forms: u8,
    /// What a form asks.
    pub form: Vec<String>,
}

/// Makes the pack, PDF/A-2u.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn downtime_paper(of: &DowntimePaper) -> Result<Vec<u8>, DocumentError> {
    print(Order {
        template: "downtime_paper.typ",
        values: of,
        picture: None,
        created: of.created,
        promise: Promise::Kept,
    })
}
