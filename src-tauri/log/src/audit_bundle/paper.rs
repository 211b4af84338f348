//! The entries of a bundle in the words that stand on paper. Who prints them is not the log's concern.

use crate::entry::LogEntry;
use chrono::Duration;
use keepwell_kernel::{Instant, Purpose, Role};

/// The most entries that are printed, some hundreds of pages. Of more, the table has them all, and nobody reads paper.
pub(super) const ROWS_MAX: usize = 5_000;
/// How many patients a row names before it counts the rest.
const NAMED_MAX: usize = 3;

/// What is printed.
pub struct Paper {
    /// When.
    pub at: Instant,
    /// The same in the practice's own time.
    pub generated: String,
    /// The period that was chosen.
    pub period: String,
    /// The user name that was chosen.
    pub people: Option<String>,
    /// One patient was chosen. Who it is stands in the rows.
    pub of_one_patient: bool,
    /// How many entries the log has.
    pub log_size: u64,
    /// Its root, in hex.
    pub root: String,
    /// The entries.
    pub rows: Vec<PaperRow>,
}

/// One entry. What a redacted one kept to itself is empty.
pub struct PaperRow {
    /// Its number.
    pub sequence: u64,
    /// When it was written, in the practice's own time.
    pub when: String,
    /// Who did it, by user name.
    pub who: String,
    /// As what.
    pub role: String,
    /// What was done.
    pub operation: String,
    /// What for.
    pub purpose: String,
    /// Whose records were touched.
    pub patients: String,
    /// What came of it.
    pub outcome: String,
    /// Why, or by which refusal.
    pub reason: String,
}

impl PaperRow {
    pub(super) fn of(entry: &LogEntry, redacted: bool) -> Self {
        let draft = &entry.draft;
        let local = draft.at.naive_utc() + Duration::seconds(i64::from(draft.offset_seconds));
        let said = |text: &str| if redacted { String::new() } else { text.to_owned() };
        let reason = draft.reason.as_deref().or(draft.code.as_deref()).unwrap_or_default();
        Self {
            sequence: entry.sequence,
            when: local.format("%Y-%m-%d %H:%M:%S").to_string(),
            who: said(&draft.user_name),
            role: said(draft.role.map_or("", Role::word)),
            operation: draft.operation.clone(),
            purpose: said(draft.purpose.map_or("", Purpose::word)),
            patients: said(&patients(entry)),
            outcome: draft.outcome.word().to_owned(),
            reason: if redacted { "Redacted: it concerns others too.".to_owned() } else { reason.to_owned() },
        }
    }
}

fn patients(entry: &LogEntry) -> String {
    let all = &entry.draft.patients;
    let named: Vec<String> = all.iter().take(NAMED_MAX).map(ToString::to_string).collect();
    let more = if all.len() > NAMED_MAX { format!(" and {} more", all.len() - NAMED_MAX) } else { String::new() };
    named.join(" ") + &more
}
