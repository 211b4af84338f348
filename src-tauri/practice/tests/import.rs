//! The files of others, brought in through the door.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at a surprise"
)]

use keepwell_exchange::LeftOut;
use keepwell_kernel::{Failure, Role};
use keepwell_practice::testing::TestPractice;
use keepwell_practice::{Continue, ImportReport, Practice};
use serde_json::json;
use std::path::{Path, PathBuf};

fn shared(folder: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fhir").join(folder);
    assert!(folder.is_dir(), "the shared FHIR files are missing: put them into shared/data beside the repository");
    folder
}

fn import(practice: &Practice, paths: &[PathBuf]) -> Result<ImportReport, Failure> {
    practice.import(paths, &mut |_| Continue::Yes)
}

fn counts(report: &ImportReport) -> (u64, u64, u64, usize, u64) {
    (report.created, report.updated, report.unchanged, report.refused.len(), report.files)
}

#[test]
fn sixty_synthea_bundles_come_in_once_and_are_found() {
    let test = TestPractice::new();
    let folder = [shared("bundles")];
    let first = import(&test.practice, &folder).unwrap();
    assert_eq!(counts(&first), (60, 0, 0, 0, 60), "{:?}", first.refused);
    let named = |list: &[LeftOut], name: &str| list.iter().find(|one| one.resource_type == name).map(|one| one.count);
    assert!(named(&first.kept, "Observation").unwrap_or_default() > 4000);
    assert_eq!(named(&first.not_imported, "Observation"), None);
    assert_eq!(named(&first.not_imported, "Patient.maritalStatus"), Some(60));
    let again = import(&test.practice, &folder).unwrap();
    assert_eq!(counts(&again), (0, 0, 60, 0, 60), "{:?}", again.refused);
    assert_eq!((&again.not_imported, &again.kept), (&first.not_imported, &first.kept));
    let found = test.call("patients.search", json!({ "query": "Mejia Gustavo", "limit": 5 })).unwrap();
    assert!(found["rows"][0]["name"].as_str().unwrap().contains("Mejía"), "{found}");
    let asked = json!({ "limit": 200, "operation": "exchange.import_patients" });
    let imports = test.call("log.entries", asked).unwrap()["rows"].as_array().unwrap().clone();
    assert_eq!(imports.len(), 120, "one entry for each piece of each file");
    assert!(imports.iter().all(|row| row["patients"].as_array().unwrap().len() == 1 && row["outcome"] == "done"));
}

#[test]
fn the_official_examples_come_in_and_the_odd_ones_say_why_not() {
    let test = TestPractice::new();
    let report = import(&test.practice, &[shared("us-core-6.1.0"), shared("r4")]).unwrap();
    let refused: Vec<_> = report.refused.iter().map(|row| (row.id.as_str(), row.code.as_deref().unwrap())).collect();
    assert_eq!(
        refused,
        [
            ("animal", "exchange.animal"),
            ("infant-fetal", "exchange.no_name"),
            ("newborn", "exchange.no_name"),
            ("proband", "exchange.no_name")
        ]
    );
    // Two of the US Core examples are the same person under the same record number.
    assert_eq!((report.created + report.updated + report.unchanged, report.created), (23, 22));
    assert!(!report.cancelled);
}

#[test]
fn whoever_may_not_import_is_denied_even_files_without_patients() {
    let test = TestPractice::new();
    test.sign_in_as(Role::Receptionist);
    let folder = tempfile::tempdir().unwrap();
    let claim = folder.path().join("claim.json");
    std::fs::write(&claim, "{\"resourceType\":\"Claim\"}").unwrap();
    assert_eq!(import(&test.practice, &[claim]), Err(Failure::Denied));
    assert_eq!(import(&test.practice, &[shared("bundles")]), Err(Failure::Denied));
    let denied = test.log(20).iter().filter(|row| row["outcome"] == "denied").count();
    assert_eq!(denied, 2);
}

#[test]
fn a_wrong_file_is_a_row_among_others_and_a_refusal_alone() {
    let test = TestPractice::new();
    let folder = tempfile::tempdir().unwrap();
    let (wrong, right) = (folder.path().join("a.json"), folder.path().join("b.json"));
    std::fs::write(&wrong, "<Patient/>").unwrap();
    std::fs::write(&right, json!({ "resourceType": "Patient", "id": "1", "name": [{ "family": "Ito" }] }).to_string())
        .unwrap();
    let both = import(&test.practice, &[folder.path().to_owned()]).unwrap();
    assert_eq!(counts(&both), (1, 0, 0, 1, 1));
    assert_eq!((both.refused[0].id.as_str(), both.refused[0].code.as_deref()), ("a.json", Some("exchange.xml")));
    for (paths, expected) in [
        (vec![wrong], "exchange.xml"),
        (vec![folder.path().join("c.json")], "exchange.unreadable"),
        (vec![], "exchange.no_files"),
    ] {
        let Err(Failure::Refused { code, .. }) = import(&test.practice, &paths) else { panic!("{expected} was taken") };
        assert_eq!(code, expected);
    }
}

#[test]
fn an_import_that_is_stopped_keeps_what_came_in_and_says_so() {
    let test = TestPractice::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.ndjson");
    let lines: String = (0..200)
        .map(|n| format!("{}\n", json!({ "resourceType": "Patient", "id": n.to_string(), "name": [{ "family": "Ito", "given": [format!("N{n}")] }] })))
        .collect();
    std::fs::write(&file, lines).unwrap();
    let mut steps = Vec::new();
    let stopped = test
        .practice
        .import(std::slice::from_ref(&file), &mut |step| {
            steps.push((step.done, step.total));
            if steps.len() == 2 { Continue::No } else { Continue::Yes }
        })
        .unwrap();
    assert_eq!((stopped.created, stopped.cancelled), (100, true));
    assert!(steps.iter().all(|(done, total)| done <= total && *total > 0), "{steps:?}");
    let rest = import(&test.practice, &[file]).unwrap();
    assert_eq!(counts(&rest), (100, 0, 100, 0, 1));
}

#[test]
fn a_call_may_carry_whole_bundles_and_refuses_what_is_too_much() {
    let test = TestPractice::new();
    let patient = |id: u32| json!({ "resourceType": "Patient", "id": id.to_string(), "name": [{ "family": "Ito", "given": [format!("N{id}")] }] });
    let bundle = json!({ "resourceType": "Bundle", "entry": [{ "resource": patient(1) }, { "resource": { "resourceType": "Claim" } }] });
    let input = json!({ "source": "here", "resources": [bundle, 7, patient(2), { "resourceType": "Patient", "id": "x", "name": [{ "family": 3 }] }] });
    let answer = test.call("exchange.import_patients", input).unwrap();
    let rows: Vec<_> = answer["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["index"].as_u64().unwrap(), row["outcome"].as_str().unwrap(), row["field"].as_str()))
        .collect();
    assert_eq!(
        rows,
        [(0, "created", None), (1, "refused", None), (2, "created", None), (3, "refused", Some("name.0.family"))]
    );
    assert_eq!(answer["not_imported"], json!([{ "resource_type": "Claim", "count": 1 }]));
    let patients = |count: u32| (0..count).map(patient).collect::<Vec<_>>();
    let claims = vec![json!({ "resourceType": "Claim" }); 201];
    let most = test.call("exchange.import_patients", json!({ "source": "there", "resources": patients(100) })).unwrap();
    assert_eq!(most["rows"].as_array().unwrap().len(), 100);
    for (input, expected) in [
        (json!({ "source": "here", "resources": patients(101) }), "exchange.too_many"),
        (json!({ "source": "here", "resources": claims }), "exchange.too_many"),
        (json!({ "source": " ", "resources": [] }), "exchange.source_missing"),
    ] {
        let Err(Failure::Refused { code, .. }) = test.call("exchange.import_patients", input) else {
            panic!("{expected}")
        };
        assert_eq!(code, expected);
    }
}
