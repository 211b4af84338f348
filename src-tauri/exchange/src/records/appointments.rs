//! A patient's visits as FHIR R4 appointments. Who and what was booked goes inside each, so that a file is whole by itself.

use super::resources::object;
use super::visits::why;
use keepwell_kernel::{CaseId, PatientId, UnitId};
use keepwell_scheduling::{
    OperationAlong, OperationDetail, ResourceAlong, ResourceKind, StandReason, TheatreStep, VisitAlong, VisitReason,
    VisitStatus, VisitsOfPatient,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CANCELLATION: &str = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";

/// Returns the entries of a Bundle, where the patient is named by an address in it.
pub(super) fn appointment_entries(patient: PatientId, of: &VisitsOfPatient) -> Vec<Value> {
    let resources = appointments(of, &format!("urn:uuid:{patient}"));
    let entry =
        |(of, one): (&VisitAlong, Value)| json!({ "fullUrl": format!("urn:uuid:{}", of.unit), "resource": one });
    let visits = of.visits.iter().zip(resources).map(entry);
    let operation =
        |(of, one): (&OperationAlong, Value)| json!({ "fullUrl": format!("urn:uuid:{}", of.case), "resource": one });
    let operations = of.operations.iter().zip(operations(of, &format!("urn:uuid:{patient}"))).map(operation);
    visits.chain(operations).collect()
}

/// Returns the resources that stand one a line, where the patient is named by type and id.
pub(super) fn appointment_lines(patient: PatientId, of: &VisitsOfPatient) -> Vec<Value> {
    let patient = format!("Patient/{patient}");
    [appointments(of, &patient), operations(of, &patient)].concat()
}

fn operations(of: &VisitsOfPatient, patient: &str) -> Vec<Value> {
    let noted: BTreeMap<CaseId, &OperationDetail> = of.details.iter().map(|one| (one.case, one)).collect();
    of.operations.iter().map(|one| operation(one, noted.get(&one.case).copied(), patient)).collect()
}

/// An operation is an appointment in a theatre. One without a theatre waits: it has no time yet, and needs none.
fn operation(of: &OperationAlong, noted: Option<&OperationDetail>, patient: &str) -> Value {
    let taking_part = of.theatre.iter().flat_map(|theatre| {
        let team = theatre.allocations.iter().map(|one| one.name.as_str());
        std::iter::once(theatre.name.as_str()).chain(team)
    });
    let came = json!({ "actor": { "reference": patient }, "status": "accepted" });
    let others = taking_part.map(|name| json!({ "actor": { "display": name }, "status": "accepted" }));
    let mut resource = object(json!({
        "resourceType": "Appointment",
        "id": of.case,
        "identifier": [{ "system": "urn:keepwell:surgical-case", "value": of.case }],
        "status": operation_status(of),
        "serviceType": [{ "text": "Surgery" }],
        "created": instant(of.planned_at),
        "minutesDuration": of.theatre.as_ref().map_or(of.minutes, |theatre| theatre.minutes),
        "participant": std::iter::once(came).chain(others).collect::<Vec<_>>(),
    }));
    if let Some(theatre) = &of.theatre {
        let ends = theatre.starts_at + chrono::Duration::minutes(i64::from(theatre.minutes));
        resource.insert("start".to_owned(), json!(instant(theatre.starts_at)));
        resource.insert("end".to_owned(), json!(instant(ends)));
    }
    if let Some(off) = &of.cancelled {
        resource.insert("cancelationReason".to_owned(), cancelation(off.reason));
    }
    if let Some(noted) = noted {
        resource.insert("reasonCode".to_owned(), json!([{ "text": noted.procedure }]));
    }
    Value::Object(resource)
}

/// Returns the code of `appointmentstatus`.
fn operation_status(of: &OperationAlong) -> &'static str {
    let reached = of.theatre.as_ref().and_then(|theatre| theatre.checkpoints.last()).map(|one| one.step);
    match reached {
        _ if of.cancelled.is_some() => "cancelled",
        _ if of.done_at.is_some() => "fulfilled",
        None => "waitlist",
        Some(TheatreStep::Reserved | TheatreStep::SetUp) => "booked",
        Some(_) => "checked-in",
    }
}

fn appointments(of: &VisitsOfPatient, patient: &str) -> Vec<Value> {
    let noted: BTreeMap<UnitId, &VisitReason> = of.reasons.iter().map(|one| (one.unit, one)).collect();
    of.visits.iter().map(|one| appointment(one, noted.get(&one.unit).copied(), patient)).collect()
}

fn appointment(of: &VisitAlong, noted: Option<&VisitReason>, patient: &str) -> Value {
    let contained: Vec<Value> = of.resources.iter().enumerate().map(|(at, one)| contained(at, one)).collect();
    let came = json!({ "actor": { "reference": patient }, "status": "accepted" });
    let assigned = of.resources.iter().enumerate().map(|(at, one)| {
        json!({ "actor": { "reference": format!("#{}", contained_id(at)), "display": one.name }, "status": "accepted" })
    });
    let ends = of.starts_at + chrono::Duration::minutes(i64::from(of.minutes));
    let mut resource = object(json!({
        "resourceType": "Appointment",
        "id": of.unit,
        "contained": contained,
        "identifier": [{ "system": "urn:keepwell:visit", "value": of.unit }],
        "status": status(of.status),
        "serviceType": [{ "text": of.label }],
        "start": instant(of.starts_at),
        "end": instant(ends),
        "minutesDuration": of.minutes,
        "created": instant(of.accepted_at),
        "participant": std::iter::once(came).chain(assigned).collect::<Vec<_>>(),
    }));
    if let Some(reason) = off(of) {
        resource.insert("cancelationReason".to_owned(), reason);
    }
    if let Some(note) = &of.desk_note {
        resource.insert("comment".to_owned(), json!(note));
    }
    if !of.preparation.is_empty() {
        resource.insert("patientInstruction".to_owned(), json!(of.preparation));
    }
    // FHIR knows no empty lists, and no other place for what will be done.
    let reasons = noted.into_iter().flat_map(|noted| [&noted.reason_for_visit, &noted.procedure_detail]);
    let reasons: Vec<Value> = reasons.filter(|text| !text.is_empty()).map(|text| json!({ "text": text })).collect();
    if !reasons.is_empty() {
        resource.insert("reasonCode".to_owned(), json!(reasons));
    }
    Value::Object(resource)
}

/// An `instant` of FHIR has seconds and an offset.
fn instant(at: keepwell_kernel::Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Nobody knows of an id within a resource but that resource.
fn contained_id(at: usize) -> String {
    format!("r{}", at + 1)
}

fn contained(at: usize, of: &ResourceAlong) -> Value {
    let identifier = json!([{ "system": "urn:keepwell:resource", "value": of.resource }]);
    let id = contained_id(at);
    match of.kind {
        ResourceKind::Practitioner => {
            json!({ "resourceType": "Practitioner", "id": id, "identifier": identifier, "name": [{ "text": of.name }] })
        }
        ResourceKind::Room | ResourceKind::Theatre => {
            json!({ "resourceType": "Location", "id": id, "identifier": identifier, "name": of.name })
        }
        ResourceKind::Equipment => {
            let name = json!([{ "name": of.name, "type": "user-friendly-name" }]);
            json!({ "resourceType": "Device", "id": id, "identifier": identifier, "deviceName": name })
        }
    }
}

/// Returns the code of `appointmentstatus`.
const fn status(of: VisitStatus) -> &'static str {
    match of {
        VisitStatus::Booked | VisitStatus::Confirmed => "booked",
        VisitStatus::Arrived => "arrived",
        VisitStatus::Roomed | VisitStatus::InCare => "checked-in",
        VisitStatus::Done | VisitStatus::CheckedOut => "fulfilled",
        VisitStatus::NoShow => "noshow",
        VisitStatus::Cancelled => "cancelled",
    }
}

/// Returns why it did not take place: the code of R4 where it has one, and the words always.
fn off(of: &VisitAlong) -> Option<Value> {
    let reason = of.checkpoints.last().filter(|_| !of.status.takes_time()).and_then(|step| step.reason)?;
    Some(cancelation(reason))
}

fn cancelation(reason: StandReason) -> Value {
    let code = match reason {
        StandReason::PatientAsked => "pat",
        StandReason::PracticeAsked => "prov",
        StandReason::Weather => "oth-weath",
        StandReason::Ill | StandReason::NoAnswer | StandReason::Late | StandReason::Other => "other",
    };
    json!({ "coding": [{ "system": CANCELLATION, "code": code }], "text": why(reason) })
}
