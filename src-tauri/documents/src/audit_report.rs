//! The audit report: a stretch of the log as a table for people.

use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use serde::Serialize;

/// What an audit report says.
#[derive(Debug, Clone, Serialize)]
pub struct AuditReport {
    /// When it was made; it stands in the PDF's own description, so that the same report is the same bytes.
    pub created: Created,
    /// The practice; it stands on every page.
    pub practice: String,
    /// What the report is about, as people say it. It is a heading and the PDF's title, so it names no patient.
    pub title: String,
    /// The days it covers.
    pub period: String,
    /// What was looked for. Whoever reads it must know what was left out.
    pub filter: String,
    /// When it was made, in the practice's own time.
    pub generated: String,
    /// How many entries the log held.
    pub log_size: String,
    /// The log's root in hex; it stands on every page and ties the paper to the log.
    pub root: String,
    /// The entries in their order.
    pub rows: Vec<AuditRow>,
}

/// An entry of the log, in words.
#[derive(Debug, Clone, Serialize)]
pub struct AuditRow {
    /// Its number in the log.
    pub sequence: String,
    /// When it was written.
    pub when: String,
    /// Who did it.
    pub who: String,
    /// In which role.
    pub role: String,
    /// The operation's name.
    pub operation: String,
    /// For which purpose.
    pub purpose: String,
    /// Whose records were touched, in short.
    pub patients: String,
    /// What came of it.
    pub outcome: String,
    /// Why, where somebody had to say why or was refused.
    pub reason: String,
}

/// Makes the report, PDF/A-2u. Thousands of rows take a while, and no other document is made meanwhile.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn audit_report(of: &AuditReport) -> Result<Vec<u8>, DocumentError> {
    print(Order {
        template: "audit_report.typ",
        values: of,
        picture: None,
        created: of.created,
        promise: Promise::Kept,
    })
}
