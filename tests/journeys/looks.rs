//! Invariant 2, the reading half: a look is logged before it is shown, and the log stays readable.

use crate::scene::{call, entries, entries_from, found, register};
use keepwell_kernel::{Failure, Role};
use keepwell_practice::testing::{TestPractice, user_name};
use keepwell_practice::{Continue, demo};
use keepwell_vault::engine::EngineError;
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn a_search_typed_letter_by_letter_is_one_run_that_names_each_patient_once() {
    let test = TestPractice::new();
    for (family, given, born) in
        [("Mejia", "Ana", "1980-01-02"), ("Mejer", "Tom", "1955-03-04"), ("Meyer", "Lu", "2001-05-06")]
    {
        register(&test.practice, family, given, born);
    }
    test.sign_in_as(Role::Receptionist);
    let before = entries(&test.practice);
    for typed in ["M", "Me", "Mej", "Meji", "Mejia"] {
        let input = json!({ "query": typed, "limit": 20, "visit": "a visit" });
        call(&test.practice, "patients.search", input).unwrap();
    }
    assert_eq!(entries(&test.practice), before + 5);
    let run: Vec<_> = entries_from(&test.practice, before).into_iter().take(5).collect();
    assert!(
        run.iter().all(|row| row["operation"] == "patients.search" && row["actor"] == user_name(Role::Receptionist))
    );
    let correlations: BTreeSet<_> = run.iter().map(|row| row["correlation"].as_str().unwrap()).collect();
    assert_eq!(correlations.len(), 1);
    let named: Vec<_> = run.iter().flat_map(|row| row["patients"].as_array().unwrap()).collect();
    let once: BTreeSet<_> = named.iter().map(|patient| patient.as_str().unwrap()).collect();
    assert_eq!((named.len(), once.len()), (3, 3), "a patient is named twice within one visit");
}

#[test]
fn opening_a_chart_is_always_its_own_entry() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let before = entries(&test.practice);
    for _ in 0..3 {
        test.call("patients.chart", json!({ "patient": patient })).unwrap();
    }
    let looks: Vec<_> = entries_from(&test.practice, before).into_iter().take(3).collect();
    assert!(looks.iter().all(|row| row["patients"] == json!([patient]) && row["operation"] == "patients.chart"));
    let correlations: BTreeSet<_> = looks.iter().map(|row| row["correlation"].as_str().unwrap()).collect();
    assert_eq!(correlations.len(), 3);
}

#[test]
fn a_list_of_many_patients_costs_one_entry() {
    let test = TestPractice::demonstration();
    demo::demo(&test.practice, 300, 3, &mut |_| Continue::Yes).unwrap();
    let before = entries(&test.practice);
    let page = test.call("patients.search", json!({ "query": "a", "limit": 50 })).unwrap();
    let shown = page["rows"].as_array().unwrap().len();
    assert!(shown >= 30, "the search shows {shown}");
    assert_eq!(entries(&test.practice), before + 1);
    assert_eq!(entries_from(&test.practice, before)[0]["patients"].as_array().unwrap().len(), shown);
}

#[test]
fn nothing_is_shown_unless_its_entry_is_committed() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    let looks = [
        ("patients.chart", json!({ "patient": patient })),
        ("patients.search", json!({ "query": "quillfeather", "limit": 5, "visit": "a" })),
        ("patients.front_desk_card", json!({ "patient": patient })),
    ];
    let failures: [fn() -> EngineError; 3] =
        [|| EngineError::Full, || EngineError::ReadOnly, || EngineError::Engine("gone".to_owned())];
    for (operation, input) in looks {
        for failing in failures {
            let before = entries(&test.practice);
            test.home.engine.fail_commits_with(Some(failing));
            let answer = test.call(operation, input.clone());
            let words = match &answer {
                Err(Failure::Refused { remedy, .. }) => remedy.clone(),
                Err(Failure::Fault { reference }) => reference.clone(),
                other => panic!("{operation} showed something that is not in the log: {other:?}"),
            };
            assert!(!words.is_empty() && !words.contains("Quillfeather"));
            test.home.engine.fail_commits_with(None);
            assert_eq!(entries(&test.practice), before);
            let again = test.call(operation, input.clone()).unwrap();
            assert!(again.to_string().contains("Quillfeather"));
            let row = entries_from(&test.practice, before).swap_remove(0);
            if operation == "patients.chart" {
                assert_eq!(row["patients"], json!([patient]), "what was not shown counted as shown");
            }
        }
    }
    assert_eq!(found(&test.practice, "quillfeather").len(), 1);
}
