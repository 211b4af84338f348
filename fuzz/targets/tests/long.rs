//! What is longer than anybody types, which no mutation of a small seed reaches.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use keepwell_fuzz_targets::{batch_line, checkpoint, fhir, import, typed};
use serde_json::{Value, json};

/// More than a value of the store can hold, and less than a transaction.
const LONG: usize = 70_000;

fn call(operation: &str, input: &Value, reason: Option<&str>) {
    batch_line(json!({ "operation": operation, "input": input, "reason": reason }).to_string().as_bytes());
}

#[test]
fn a_long_reason_leaves_its_entry() {
    call("patients.search", &json!({ "query": "a", "limit": 1 }), Some(&"x".repeat(LONG)));
}

#[test]
fn a_long_operation_purpose_or_query_leaves_its_entry() {
    let long = "x".repeat(LONG);
    call(&long, &json!({}), None);
    call("patients.search", &json!({ "query": long, "limit": 1, "visit": long }), None);
    call("log.entries", &json!({ "actor": long, "operation": long, "limit": 1 }), None);
}

#[test]
fn long_fields_of_people_and_staff_are_refused_in_words() {
    let long = "x".repeat(LONG);
    let name = json!({ "family": "Nguyen", "given": ["Linh"] });
    let person = |field: &str, value: Value| {
        let mut person = json!({ "name": name, "date_of_birth": "1990-06-01", "administrative_sex": "F" });
        person[field] = value;
        call("patients.register", &person, None);
    };
    person("name", json!({ "family": long, "given": ["Linh"] }));
    person("name", json!({ "family": "Nguyen", "given": vec!["Linh"; 9000] }));
    person("flags", json!(vec!["Hard of hearing"; 9000]));
    person("duplicate_override", json!(long));
    person("ehr_link", json!(long));
    person("channels", json!(vec![json!({ "kind": "phone", "value": "3125550142", "use": "home" }); 3000]));
    call("identity.invite", &json!({ "user_name": long, "name": name, "roles": [{ "role": "nurse" }] }), None);
    let roles = vec![json!({ "role": "nurse" }); 2000];
    call("identity.invite", &json!({ "user_name": "ana.nurse", "name": name, "roles": roles }), None);
    let given = vec!["Linh"; 9000];
    let many =
        json!({ "user_name": "bea.nurse", "name": { "family": "A", "given": given }, "roles": [{ "role": "nurse" }] });
    call("identity.invite", &many, None);
    let drafts: Vec<Value> =
        (0..60).map(|at| json!({ "screen": format!("s{at}"), "content": "x".repeat(47_000) })).collect();
    call("identity.lock", &json!({ "drafts": drafts }), None);
    let details = json!({ "name": "L", "time_zone": "America/Chicago", "hours": [], "npi": null, "phone": long,
        "address": { "lines": vec!["1 Main St"; 9000], "city": "B", "state": "MA", "postal_code": "02118", "country": "US" } });
    call("identity.change_practice", &json!({ "details": details }), None);
}

#[test]
fn deep_and_long_files_are_refused_in_words() {
    let deep = |open: &str, close: &str| format!("j{}{}", open.repeat(LONG), close.repeat(LONG)).into_bytes();
    fhir(&deep("[", "]"));
    fhir(&deep("{\"a\":", "}"));
    fhir(&deep("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":", "}]}"));
    let family = "x".repeat(LONG);
    let patient = json!({ "resourceType": "Patient", "id": "a", "name": [{ "family": family, "given": [family] }] });
    fhir(format!("j{patient}").as_bytes());
    import(patient.to_string().as_bytes());
    let names = vec![json!({ "family": "Nguyen", "given": ["Linh", "Thi"] }); 5000];
    import(json!({ "resourceType": "Patient", "id": "b", "name": names }).to_string().as_bytes());
    let telecom: Vec<Value> =
        (0..5000).map(|at| json!({ "system": "email", "value": format!("a{at}@example.org") })).collect();
    let name = json!([{ "family": "Nguyen", "given": ["Linh"] }]);
    import(json!({ "resourceType": "Patient", "id": "c", "name": name, "telecom": telecom }).to_string().as_bytes());
}

#[test]
fn long_texts_are_read_in_reasonable_work() {
    for text in ["a", "1", "a ", "3/4/70 ", "o'", "王", "e\u{301}", "ﷺ"] {
        typed(text.repeat(LONG / text.len()).as_bytes());
        checkpoint(text.repeat(LONG / text.len()).as_bytes());
    }
}
