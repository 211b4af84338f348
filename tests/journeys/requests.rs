//! Requests for access with their fee, and requests for amendment that travel with the record (45 CFR 164.524, 164.526).

use serde_json::{Value, json};

/// The patient asks, and showed a card.
fn requester() -> Value {
    json!({ "representative": null, "verification": "Photo ID" })
}

/// A request of today for everything.
pub fn access(patient: &str) -> Value {
    json!({ "patient": patient, "requester": requester(), "received_on": "2026-11-21", "form": "PDF on a drive",
        "electronic": true, "channel": "Picked up" })
}

/// What grants a request today.
pub fn granted() -> Value {
    json!({ "outcome": "granted", "decided_on": "2026-11-21", "decided_by": "N. Ito" })
}

/// What denies a request today.
pub fn denied(ground: &str) -> Value {
    json!({ "outcome": "denied", "ground": ground, "basis": "It is so", "decided_on": "2026-11-21",
        "decided_by": "N. Ito" })
}

/// A request of today about the first version of a record.
pub fn amendment(patient: &str) -> Value {
    json!({ "patient": patient, "requester": requester(), "received_on": "2026-11-21",
        "target": { "kind": "patient", "version": 1 }, "text": "I was born a day earlier", "reason": "My certificate" })
}

/// What accepts a request today.
pub fn accepted() -> Value {
    json!({ "appended": "Born a day earlier", "told_on": "2026-11-21", "persons": [] })
}

/// What denies a request for an amendment today.
pub fn refused() -> Value {
    json!({ "ground": "accurate_and_complete", "basis": "The certificate says so", "told_on": "2026-11-21" })
}
