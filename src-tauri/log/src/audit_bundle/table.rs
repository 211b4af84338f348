//! The entries of a bundle as a table for spreadsheets, byte for byte as FORMAT.md section 8 says.

use crate::entry::LogEntry;
use chrono::{Duration, SecondsFormat};
use keepwell_kernel::{Purpose, Role};

const COLUMNS: [&str; 14] = [
    "sequence",
    "time",
    "local_time",
    "user_name",
    "actor",
    "role",
    "workstation",
    "operation",
    "purpose",
    "reason",
    "patients",
    "outcome",
    "code",
    "redacted",
];

/// Returns the mark of UTF-8 and the first row.
pub(super) fn first() -> Vec<u8> {
    ["\u{feff}".to_owned(), row(COLUMNS.map(str::to_owned))].concat().into_bytes()
}

/// Returns the row of an entry; of one that is redacted, what stands in its header alone.
pub(super) fn row_of(entry: &LogEntry, redacted: bool) -> Vec<u8> {
    let draft = &entry.draft;
    let said = |text: Option<String>| text.filter(|_| !redacted).unwrap_or_default();
    let local = draft.at.naive_utc() + Duration::seconds(i64::from(draft.offset_seconds));
    let patients: Vec<String> = draft.patients.iter().map(ToString::to_string).collect();
    row([
        entry.sequence.to_string(),
        draft.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        local.format("%Y-%m-%d %H:%M:%S").to_string(),
        said(Some(draft.user_name.clone())),
        draft.actor.map(|actor| actor.to_string()).unwrap_or_default(),
        said(draft.role.map(Role::word).map(str::to_owned)),
        said(Some(draft.workstation.clone())),
        draft.operation.clone(),
        said(draft.purpose.map(Purpose::word).map(str::to_owned)),
        said(draft.reason.clone()),
        said(Some(patients.join(" "))),
        draft.outcome.word().to_owned(),
        said(draft.code.clone()),
        if redacted { "yes" } else { "no" }.to_owned(),
    ])
    .into_bytes()
}

fn row(cells: [String; 14]) -> String {
    cells.map(|cell| cell_of(&cell)).join(",") + "\r\n"
}

/// Puts a cell into quotes, and a mark before what a spreadsheet would take for a formula.
fn cell_of(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_ends_early() {
        for (text, cell) in [
            ("plain", "\"plain\""),
            ("", "\"\""),
            ("=1+1", "\"'=1+1\""),
            ("-3", "\"'-3\""),
            ("a,\"b\"\n", "\"a,\"\"b\"\"\n\""),
        ] {
            assert_eq!(cell_of(text), cell);
        }
    }
}
