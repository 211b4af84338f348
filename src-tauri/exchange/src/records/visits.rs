//! What a copy of the record says of visits, for people: each in its order, with what became of it.

use super::page::Row;
use chrono::FixedOffset;
use keepwell_kernel::{Instant, UnitId};
use keepwell_scheduling::{StandReason, VisitAlong, VisitReason, VisitStatus, VisitsOfPatient};
use std::collections::BTreeMap;

/// Returns what is said of each visit.
pub(super) fn rows(of: &VisitsOfPatient) -> Vec<Row> {
    let noted: BTreeMap<UnitId, &VisitReason> = of.reasons.iter().map(|one| (one.unit, one)).collect();
    let mut rows: Vec<Row> = of.visits.iter().map(|one| row(one, noted.get(&one.unit).copied())).collect();
    // Whoever gets a copy that is not whole could not tell otherwise.
    if !of.reasons_whole && !rows.is_empty() {
        let said = "Not in this copy, or not of every visit: whoever handed it out has no key to it. Ask the practice.";
        rows.push(("What visits were for".to_owned(), said.to_owned()));
    }
    rows
}

fn row(of: &VisitAlong, noted: Option<&VisitReason>) -> Row {
    let mut said = vec![of.label.clone()];
    let with: Vec<&str> = of.resources.iter().map(|one| one.name.as_str()).collect();
    said.push(with.join(", "));
    said.push(state(of));
    if let Some(noted) = noted {
        let parts = [("What for", &noted.reason_for_visit), ("What was done", &noted.procedure_detail)];
        let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
        said.extend(parts.map(|(what, text)| format!("{what}: {text}")));
    }
    said.extend(of.accepted_by.iter().map(|who| format!("Booked by {who}")));
    said.extend(of.desk_note.iter().map(|note| format!("Note of the front desk: {note}")));
    (when(of.starts_at, of.minutes, of.offset_seconds), said.join("\n"))
}

/// Returns a time as the clock on the wall showed it.
pub(super) fn when(starts_at: Instant, minutes: u16, offset_seconds: i32) -> String {
    let ends = starts_at + chrono::Duration::minutes(i64::from(minutes));
    let (day, clock) = ("%Y-%m-%d %-I:%M %p", "%-I:%M %p");
    match FixedOffset::east_opt(offset_seconds) {
        Some(offset) => {
            let [from, to] = [starts_at, ends].map(|at| at.with_timezone(&offset));
            format!("{} to {}", from.format(day), to.format(clock))
        }
        // No place on earth has such an offset, so no visit does; a time in UTC would be right all the same.
        None => format!("{} to {} UTC", starts_at.format(day), ends.format(clock)),
    }
}

fn state(of: &VisitAlong) -> String {
    let last = of.checkpoints.last();
    let why = last.and_then(|step| step.reason).map_or_else(String::new, |reason| format!(": {}", why(reason)));
    let note = last.and_then(|step| step.note.as_ref()).map_or_else(String::new, |note| format!(" ({note})"));
    format!("{}{why}{note}", stands(of.status))
}

pub(super) const fn stands(status: VisitStatus) -> &'static str {
    match status {
        VisitStatus::Booked => "Booked",
        VisitStatus::Confirmed => "Confirmed",
        VisitStatus::Arrived => "Arrived",
        VisitStatus::Roomed => "In a room",
        VisitStatus::InCare => "Being treated",
        VisitStatus::Done => "Over",
        VisitStatus::CheckedOut => "Over, and checked out",
        VisitStatus::NoShow => "Missed",
        VisitStatus::Cancelled => "Cancelled",
    }
}

pub(super) const fn why(reason: StandReason) -> &'static str {
    match reason {
        StandReason::PatientAsked => "the patient asked for it",
        StandReason::PracticeAsked => "the practice asked for it",
        StandReason::Ill => "somebody was ill",
        StandReason::Weather => "the weather",
        StandReason::NoAnswer => "nobody answered",
        StandReason::Late => "the patient came too late",
        StandReason::Other => "another reason",
    }
}
