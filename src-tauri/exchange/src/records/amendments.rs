//! What a copy of the record says of requests to amend it, for people: each in its order, with what became of it.

use super::page::Row;
use keepwell_compliance::{AmendmentAccepted, AmendmentDenied, AmendmentGround, AmendmentRequest};
use keepwell_kernel::PatientId;

/// Returns what is said of each request. `patient` is the record that is handed out: another one was merged into it.
pub(super) fn rows(amendments: &[AmendmentRequest], patient: PatientId) -> Vec<Row> {
    amendments.iter().flat_map(|one| of_one(one, patient)).collect()
}

fn of_one(one: &AmendmentRequest, patient: PatientId) -> Vec<Row> {
    let by = one.requester.representative.as_ref();
    let by = by.map_or_else(String::new, |who| format!("\nAsked by {}, {}", who.name, who.relation));
    let why = one.reason.as_ref().map_or_else(String::new, |reason| format!("\nReason: {reason}"));
    let whose = if one.patient == patient { "" } else { " of a record that was merged into this one" };
    let about = format!("{}\nAbout version {}{whose}{why}{by}", one.text, one.target.version);
    let mut rows = vec![(format!("Asked on {}", one.received_on), about)];
    rows.extend(one.accepted.iter().flat_map(accepted));
    rows.extend(one.denied.iter().map(denied));
    if let Some(stated) = &one.disagreement {
        rows.push((format!("Disagreed on {}", stated.received_on), stated.text.clone()));
    }
    if let Some(answer) = &one.rebuttal {
        rows.push((format!("Practice answered on {}", answer.sent_on), answer.text.clone()));
    }
    if let Some(on) = one.accompany_asked_on {
        let wish = "The request and its denial are to go along with what is disclosed.";
        rows.push((format!("Wished on {on}"), wish.to_owned()));
    }
    if one.accepted.is_none() && one.denied.is_none() {
        rows.push(("Not decided yet".to_owned(), format!("To be answered by {}", one.due_on())));
    }
    rows
}

fn accepted(one: &AmendmentAccepted) -> Vec<Row> {
    let carried = one.version.map(|version| format!("Carried by version {version} of the record"));
    let said: Vec<String> = one.appended.iter().cloned().chain(carried).collect();
    let told = one.persons.iter().map(|who| (format!("Told on {}", who.told_on), who.name.clone()));
    std::iter::once((format!("Amended on {}", one.told_on), said.join("\n"))).chain(told).collect()
}

fn denied(one: &AmendmentDenied) -> Row {
    let ground = match one.ground {
        AmendmentGround::NotCreatedByUs => "The practice did not make this record.",
        AmendmentGround::NotInRecordSet => "It is not in the designated record set.",
        AmendmentGround::NotOpenToAccess => "It is not open to access.",
        AmendmentGround::AccurateAndComplete => "The record is accurate and complete.",
    };
    (format!("Denied on {}", one.told_on), format!("{ground} (45 CFR {})\n{}", one.ground.cite(), one.basis))
}
