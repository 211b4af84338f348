//! What comes from other systems and has no place here yet: kept as it was received, filed with its patient, never twice,
//! and never dropped in silence.

use crate::journeys::ledger::disclosure;
use crate::journeys::records::unzipped;
use crate::scene::{call, code, register, sign_in};
use base64::Engine as _;
use keepwell_kernel::{Failure, Purpose, Role};
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{Call, Continue, ImportReport};
use serde_json::{Value, json};
use std::path::Path;

fn lines(folder: &Path, name: &str, resources: &[Value]) {
    let text: String = resources.iter().map(|one| format!("{one}\n")).collect();
    std::fs::write(folder.join(name), text).unwrap();
}

fn refers(element: &str, to: &str) -> Value {
    json!({ element: { "reference": to } })
}

fn of(kind: &str, id: &str, more: Value) -> Value {
    crate::scene::with(json!({ "resourceType": kind, "id": id }), &more)
}

/// An export in files by type, read in the order of their names: appointments come before the patients they are of.
fn another_system(folder: &Path) {
    let person = |id: &str, family: &str| of("Patient", id, json!({ "name": [{ "family": family }] }));
    let both = json!({ "participant": [{ "actor": { "reference": "Patient/1" } }, { "actor": { "reference": "Patient/2" } }] });
    let one = json!({ "participant": [{ "actor": { "reference": "Location/9" } }, { "actor": { "reference": "Patient/1" } }] });
    let stranger = json!({ "subject": { "reference": "Patient/1" }, "patient": { "reference": "Patient/77" } });
    let appointments = [("a1", one), ("a2", both), ("a3", stranger)].map(|(id, more)| of("Appointment", id, more));
    lines(folder, "Appointment.ndjson", &appointments);
    lines(folder, "Coverage.ndjson", &[of("Coverage", "c1", refers("beneficiary", "Patient/2/_history/4"))]);
    lines(folder, "Location.ndjson", &[of("Location", "9", json!({ "name": "Front room" }))]);
    lines(folder, "Patient.ndjson", &[person("1", "Quillfeather"), person("2", "Nguyen")]);
    let entry = |url: &str, resource: Value| json!({ "fullUrl": url, "resource": resource });
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [
        entry("urn:uuid:s", of("Observation", "o1", refers("subject", "urn:uuid:p"))),
        entry("urn:uuid:p", of("Patient", "3", json!({ "name": [{ "family": "Okafor" }] }))),
        { "request": { "method": "DELETE" } },
    ] });
    std::fs::write(folder.join("bundle.json"), bundle.to_string()).unwrap();
    lines(folder, "large.ndjson", &[of("Binary", "b1", json!({ "data": "A".repeat(1_100_000) }))]);
}

fn import(test: &TestPractice, folder: &Path) -> ImportReport {
    test.practice.import(&[folder.to_owned()], &mut |_| Continue::Yes).unwrap()
}

fn counted(list: &[keepwell_exchange::LeftOut]) -> Vec<(String, u64)> {
    list.iter().map(|one| (one.resource_type.clone(), one.count)).collect()
}

fn expected(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

fn list(test: &TestPractice, input: Value) -> Vec<(String, Value)> {
    let rows = test.call("exchange.received", input).unwrap()["rows"].clone();
    let row = |row: &Value| {
        let name = format!("{}/{}", row["resource_type"].as_str().unwrap(), row["resource_id"].as_str().unwrap());
        (name, row["patient"].clone())
    };
    let mut rows: Vec<_> = rows.as_array().unwrap().iter().map(row).collect();
    rows.sort_by_key(|(name, _)| name.clone());
    rows
}

fn patient(test: &TestPractice, family: &str) -> Value {
    test.call("patients.search", json!({ "query": family, "limit": 1 })).unwrap()["rows"][0]["patient"].clone()
}

#[test]
fn what_has_no_place_here_yet_is_kept_as_received_and_filed_with_its_patient() {
    let (test, folder) = (TestPractice::new(), tempfile::tempdir().unwrap());
    another_system(folder.path());
    let kept = [("Appointment", 3), ("Coverage", 1), ("Location", 1), ("Observation", 1)];
    let left = [("Binary", 1), ("Bundle.entry", 1)];
    // The same files twice keep nothing twice.
    for created in [3, 0] {
        let report = import(&test, folder.path());
        assert_eq!((report.created, counted(&report.kept)), (created, expected(&kept)));
        assert_eq!(counted(&report.not_imported), expected(&left));
        let refused: Vec<_> = report.refused.iter().map(|row| (row.id.as_str(), row.code.as_deref())).collect();
        assert_eq!(refused, [("b1", Some("exchange.received_large"))]);
    }
    let [first, second, third] = ["Quillfeather", "Nguyen", "Okafor"].map(|family| patient(&test, family));
    let all = [
        ("Appointment/a1", first.clone()),
        // It is about two people, so it stands in nobody's records; so does what is about somebody unknown as well.
        ("Appointment/a2", json!(null)),
        ("Appointment/a3", json!(null)),
        ("Coverage/c1", second),
        ("Location/9", json!(null)),
        ("Observation/o1", third),
    ];
    let all: Vec<(String, Value)> = all.map(|(name, patient)| (name.to_owned(), patient)).to_vec();
    assert_eq!(list(&test, json!({})), all);
    assert_eq!(list(&test, json!({ "patient": first })), all[..1]);
    assert_eq!(list(&test, json!({ "resource_type": "Coverage" })), all[3..4]);
    let row = test.call("exchange.received", json!({ "patient": first })).unwrap()["rows"][0].clone();
    let json: Value = serde_json::from_str(row["json"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&json["participant"][1]["actor"]["reference"], &row["source"]),
        (&json!("Patient/1"), &json!("Appointment.ndjson"))
    );
    let asked = json!({ "limit": 1, "operation": "exchange.received" });
    let noted = test.call("log.entries", asked).unwrap()["rows"][0]["patients"].clone();
    assert_eq!(noted, json!([first]));
    assert_eq!(code(test.call("exchange.received", json!({ "after": "x" }))), "exchange.received_cursor");
}

#[test]
fn who_has_no_key_to_charts_keeps_nothing_and_is_told_so() {
    let (test, folder) = (TestPractice::new(), tempfile::tempdir().unwrap());
    another_system(folder.path());
    test.sign_in_as(Role::DepartmentManager);
    let report = import(&test, folder.path());
    assert_eq!((report.created, counted(&report.kept)), (3, Vec::new()));
    let left =
        [("Appointment", 3), ("Binary", 1), ("Bundle.entry", 1), ("Coverage", 1), ("Location", 1), ("Observation", 1)];
    assert_eq!(counted(&report.not_imported), expected(&left));
    assert_eq!(test.call("exchange.received", json!({})), Err(Failure::Denied));
    sign_in(&test.practice, OWNER).unwrap();
    assert_eq!(list(&test, json!({})), []);
}

#[test]
fn a_list_goes_on_where_it_ended_until_everything_was_shown_once() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    for hundred in 0..5 {
        let resource =
            |at: u32| json!({ "resource": of("Slot", &format!("{hundred}-{at}"), json!({})), "patient": patient });
        let resources: Vec<Value> = (0..90).map(resource).collect();
        test.call("exchange.keep_received", json!({ "source": "a file", "resources": resources })).unwrap();
    }
    for asked in [json!({}), json!({ "patient": patient })] {
        let (mut seen, mut after) = (std::collections::BTreeSet::new(), json!(null));
        loop {
            let input = crate::scene::with(asked.clone(), &json!({ "after": after }));
            let page = call(&test.practice, "exchange.received", input).unwrap();
            let rows = page["rows"].as_array().unwrap();
            assert!(rows.len() <= 200);
            assert!(rows.iter().all(|row| seen.insert(row["resource_id"].as_str().unwrap().to_owned())));
            if page["next"].is_null() {
                break;
            }
            after = page["next"].clone();
        }
        assert_eq!(seen.len(), 450);
    }
}

#[test]
fn records_go_out_with_what_was_received_or_not_at_all() {
    let (test, folder) = (TestPractice::new(), tempfile::tempdir().unwrap());
    another_system(folder.path());
    import(&test, folder.path());
    let whole = patient(&test, "Quillfeather");
    let other = register(&test.practice, "Halloran", "Grace", "1961-04-02");
    let out = |patient: &str| {
        let details = disclosure(patient, "individual")["details"].clone();
        test.practice.call(Call {
            operation: "exchange.export_records".to_owned(),
            input: json!({ "patient": patient, "details": details, "passphrase": null }),
            purpose: Some(Purpose::PatientRequest),
            reason: Some("For a test".to_owned()),
        })
    };
    let made = out(whole.as_str().unwrap()).unwrap();
    let archive = base64::engine::general_purpose::STANDARD.decode(made["base64"].as_str().unwrap()).unwrap();
    let files = unzipped(archive.clone());
    let received: Value = serde_json::from_slice(&files["fhir/received.ndjson"]).unwrap();
    assert_eq!((&received["resourceType"], &received["id"]), (&json!("Appointment"), &json!("a1")));
    // The privacy officer holds no keys of charts: records that are not whole do not leave as if they were.
    test.sign_in_as(Role::PrivacyOfficer);
    assert_eq!(code(out(whole.as_str().unwrap())), "exchange.received_closed");
    out(&other).unwrap();
    // Of everybody's records none leave then: the ledger would have rows of those who came first.
    let all = |details: &Value| {
        let input = json!({ "after": null, "details": details, "recipient": null });
        let operation = "exchange.export_population".to_owned();
        test.practice.call(Call {
            operation,
            input,
            purpose: Some(Purpose::Legal),
            reason: Some("For a test".to_owned()),
        })
    };
    let details = disclosure(&other, "individual")["details"].clone();
    let listed =
        || test.call("compliance.disclosures", json!({ "patient": other })).unwrap()["rows"].as_array().unwrap().len();
    let before = listed();
    assert_eq!((code(all(&details)), listed()), ("exchange.received_closed".to_owned(), before));
    // Nor does anybody take them back who could not keep all of them.
    let new = TestPractice::new();
    new.sign_in_as(Role::DepartmentManager);
    let package = json!({ "base64": base64::engine::general_purpose::STANDARD.encode(archive) });
    assert_eq!(code(new.call("exchange.take_back", package)), "exchange.received_closed");
    assert_eq!(crate::scene::found(&new.practice, "Quillfeather"), Vec::<String>::new());
}
