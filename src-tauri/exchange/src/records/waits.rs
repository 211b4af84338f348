//! What a copy of the record says of the waitlist, and of who acts for the patient, for people.

use super::page::Row;
use super::visits::why;
use keepwell_scheduling::{ContactAlong, VisitsOfPatient, WaitAlong};

/// Returns what is said of each place on the waitlist.
pub(super) fn rows(of: &VisitsOfPatient) -> Vec<Row> {
    of.waits.iter().map(row).collect()
}

fn row(of: &WaitAlong) -> Row {
    let mut said = vec![of.label.clone()];
    if !of.with.is_empty() {
        said.push(of.with.join(", "));
    }
    said.push(match (of.ended, of.reason) {
        (false, _) => "Waiting".to_owned(),
        (true, None) => "Over: a visit was booked".to_owned(),
        (true, Some(reason)) => format!("Given up: {}", why(reason)),
    });
    let days: Vec<&str> =
        of.weekdays.iter().filter_map(|day| DAYS.get(usize::from(*day).checked_sub(1)?)).copied().collect();
    if !days.is_empty() {
        said.push(format!("On {}", days.join(", ")));
    }
    said.extend(of.not_before.map(|minute| format!("Not before {}", clock(minute))));
    said.extend(of.not_after.map(|minute| format!("Over by {}", clock(minute))));
    said.extend(of.until.map(|until| format!("Of use until {until}")));
    if !of.note.is_empty() {
        said.push(of.note.clone());
    }
    (format!("Since {}", of.since.format("%Y-%m-%d")), said.join("\n"))
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// Returns who acts for the patient, and how each is reached.
pub(super) fn contacts(of: &VisitsOfPatient) -> Vec<Row> {
    let row = |one: &ContactAlong| {
        let mut said = vec![one.relationship.clone()];
        said.extend(one.channels.iter().map(|channel| channel.value.clone()));
        said.retain(|line| !line.is_empty());
        (one.name.clone(), said.join("\n"))
    };
    of.contacts.iter().map(row).collect()
}
