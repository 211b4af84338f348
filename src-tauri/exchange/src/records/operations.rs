//! What a copy of the record says of operations, for people.

use super::page::Row;
use super::visits::{when, why};
use keepwell_kernel::CaseId;
use keepwell_scheduling::{
    AllocationAlong, Laterality, OperationAlong, OperationDetail, TheatreAlong, TheatreStep, Urgency, VisitsOfPatient,
};
use std::collections::BTreeMap;

/// Returns what is said of each operation.
pub(super) fn rows(of: &VisitsOfPatient) -> Vec<Row> {
    let noted: BTreeMap<CaseId, &OperationDetail> = of.details.iter().map(|one| (one.case, one)).collect();
    let mut rows: Vec<Row> = of.operations.iter().map(|one| row(one, noted.get(&one.case).copied())).collect();
    // Whoever gets a copy that is not whole could not tell otherwise.
    if !of.reasons_whole && !rows.is_empty() {
        let said =
            "Not in this copy, or not of every operation: whoever handed it out has no key to it. Ask the practice.";
        rows.push(("What is done in operations".to_owned(), said.to_owned()));
    }
    rows
}

fn row(of: &OperationAlong, noted: Option<&OperationDetail>) -> Row {
    let mut said = vec![state(of)];
    said.extend(noted.map(|one| format!("{}{}", one.procedure, side(one.laterality))));
    said.extend(of.surgeon.iter().map(|name| format!("Surgeon: {name}")));
    said.extend(of.department.iter().map(|name| format!("Department: {name}")));
    if let Some(theatre) = &of.theatre {
        said.push(theatre.name.clone());
        said.extend(theatre.allocations.iter().map(along));
    }
    if let Some(one) = noted {
        let parts = [("Anesthesia", &one.anaesthesia), ("To know", &one.note)];
        said.extend(
            parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(what, text)| format!("{what}: {text}")),
        );
    }
    let at = of.theatre.as_ref().map(|one| when(one.starts_at, one.minutes, one.offset_seconds));
    (at.unwrap_or_else(|| format!("Planned since {}", of.planned_at.format("%Y-%m-%d"))), said.join("\n"))
}

fn along(one: &AllocationAlong) -> String {
    let many = if one.quantity == 1 { String::new() } else { format!("{} × ", one.quantity) };
    if one.role.is_empty() { format!("{many}{}", one.name) } else { format!("{}: {many}{}", one.role, one.name) }
}

fn state(of: &OperationAlong) -> String {
    let urgency = match of.urgency {
        Urgency::Emergency => "emergency",
        Urgency::Urgent => "urgent",
        Urgency::Elective => "elective",
    };
    let stands = match (&of.cancelled, &of.theatre) {
        (Some(off), _) => format!("Cancelled: {}", why(off.reason)),
        (None, _) if of.done_at.is_some() => "Over".to_owned(),
        (None, Some(theatre)) => reached(theatre).to_owned(),
        (None, None) => "Planned, without a theatre".to_owned(),
    };
    format!("{stands} ({urgency})")
}

fn reached(theatre: &TheatreAlong) -> &'static str {
    match theatre.checkpoints.last().map(|one| one.step) {
        None | Some(TheatreStep::Reserved) => "A theatre is reserved",
        Some(TheatreStep::SetUp) => "The theatre is being set up",
        Some(TheatreStep::PatientIn) => "In the theatre",
        Some(TheatreStep::Begun) => "Under way",
        Some(TheatreStep::Ended) => "Ended",
        Some(TheatreStep::PatientOut | TheatreStep::TurnedOver) => "Over",
    }
}

const fn side(side: Laterality) -> &'static str {
    match side {
        Laterality::None => "",
        Laterality::Left => ", left",
        Laterality::Right => ", right",
        Laterality::Both => ", both sides",
    }
}
