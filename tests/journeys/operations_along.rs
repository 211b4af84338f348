//! Operations go along with a patient's records as visits do, and come back with them.

use crate::journeys::records::{json_of, text};
use crate::journeys::scheduling::resource;
use crate::journeys::taking_back::{Files, handed_out, listed_anew, take, zipped};
use crate::journeys::theatre::{Theatres, theatres};
use crate::scene::{code, with};
use keepwell_kernel::Role;
use keepwell_practice::testing::TestPractice;
use serde_json::{Value, json};

fn done(test: &TestPractice, operation: &str, input: Value) -> Value {
    test.call(operation, input).unwrap_or_else(|failure| panic!("{operation}: {failure:?}"))
}

/// One operation that is over, one that is reserved with a note and a team, one that waits, one that was cancelled.
fn operated(test: &TestPractice) -> Theatres {
    let all = theatres(test);
    let (over, held) = all.placed(test, 540);
    let mut version = 1;
    for to in ["set_up", "patient_in", "begun", "ended", "patient_out"] {
        test.clock.advance(chrono::Duration::minutes(3));
        let step = json!({ "reservation": held, "version": version, "to": to });
        version = done(test, "scheduling.advance_theatre", step)["version"].as_u64().unwrap();
    }
    let detail = json!({ "case": over, "procedure": "Excision of a lipoma", "laterality": "left", "anaesthesia": "Local",
                         "note": "Latex-free" });
    done(test, "scheduling.note_case", detail);
    let (_, held) = all.placed(test, 840);
    let item = json!({ "reservation": held, "what": { "kind": "item", "name": "Suture 3-0", "quantity": 4 }, "role": "",
                       "from": 20, "to": 80 });
    done(test, "scheduling.allocate", item);
    let ended = json!([{ "name": "laminar flow hood", "valid_until": "2026-01-01" }]);
    let theatre = with(resource("theatre", "Theatre 1", &ended), &json!({ "resource": all.one }));
    done(test, "scheduling.keep_resource", theatre);
    let waived = json!({ "reservation": held, "version": 1, "resource": all.one, "what": "laminar flow hood",
                         "reason": "Smoke test passed" });
    done(test, "scheduling.waive_lapse", waived);
    done(test, "scheduling.keep_case", all.case());
    let off = done(test, "scheduling.keep_case", with(all.case(), &json!({ "urgency": "emergency" })));
    done(
        test,
        "scheduling.cancel_case",
        json!({ "case": off["case"], "version": 1, "reason": "ill", "note": "Fever" }),
    );
    all
}

fn along(files: &Files) -> [Value; 2] {
    ["operations.json", "operation-details.json"].map(|name| json_of(files, name))
}

#[test]
fn operations_come_back_whole_and_are_read_by_people_and_systems() {
    let test = TestPractice::new();
    let all = operated(&test);
    let before = handed_out(&test, &all.office.patient);
    let [operations, details] = along(&before);
    assert_eq!((operations.as_array().unwrap().len(), details.as_array().unwrap().len()), (4, 1));
    assert_eq!(json_of(&before, "keepwell.json")["visits"]["operations"], 4);
    assert!(operations.to_string().contains("Smoke test passed"));
    let shown =
        done(&test, "scheduling.patient_visits", json!({ "patient": all.office.patient }))["operations"].clone();
    assert_eq!((&shown[3]["state"], &shown[3]["theatre_name"]), (&json!("over"), &json!("Theatre 1")), "{shown}");
    assert!(!shown.to_string().contains("lipoma"), "what is done is clinical");
    let page = text(&before, "record.html");
    for said in [
        "Excision of a lipoma, left",
        "Theatre 1",
        "4 × Suture 3-0",
        "Planned, without a theatre",
        "Cancelled: somebody was ill",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let lines = text(&before, "fhir/Appointment.ndjson");
    let mut states: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["status"].as_str().unwrap().to_owned())
        .collect();
    states.sort();
    assert_eq!(states, ["booked", "cancelled", "fulfilled", "waitlist"]);

    let mut last = before.clone();
    for hop in 0..2 {
        let new = TestPractice::new();
        let own = take(&new, &zipped(&last)).unwrap()["patient"].as_str().unwrap().to_owned();
        last = handed_out(&new, &own);
        assert_eq!(along(&last), along(&before), "hop {hop}");
        let shown = new.call("scheduling.patient_visits", json!({ "patient": own })).unwrap()["operations"].clone();
        let states: Vec<&Value> = shown.as_array().unwrap().iter().map(|one| &one["state"]).collect();
        assert_eq!(states, ["cancelled", "planned", "reserved", "over"], "{shown}");
        assert!(shown.as_array().unwrap().iter().all(|one| one["elsewhere"] == true));
        let board = new.call("scheduling.theatre_board", json!({ "date": null })).unwrap();
        assert_eq!(board["unplaced"], json!([]), "what was planned elsewhere waits for no theatre here");
    }
}

#[test]
fn what_this_program_would_not_have_kept_so_is_refused() {
    let test = TestPractice::new();
    let all = operated(&test);
    let whole = handed_out(&test, &all.office.patient);
    type Case = (&'static str, &'static str, fn(&mut Value));
    let cases: [Case; 5] = [
        ("operations.json", "scheduling.not_as_kept", |all| all[0]["minutes"] = json!(0)),
        ("operations.json", "scheduling.not_as_kept", |all| all[1]["case"] = all[0]["case"].clone()),
        ("operations.json", "scheduling.not_as_kept", |all| all[0]["theatre"]["checkpoints"] = json!([])),
        ("operation-details.json", "scheduling.not_as_kept", |all| all[0]["procedure"] = json!("")),
        ("operations.json", "exchange.records_damaged", |all| all[0]["urgency"] = json!("whenever")),
    ];
    for (name, refused, change) in cases {
        let mut value = json_of(&whole, name);
        change(&mut value);
        let mut spoilt = whole.clone();
        spoilt.insert(name.to_owned(), serde_json::to_vec(&value).unwrap());
        listed_anew(&mut spoilt);
        assert_eq!(code(take(&TestPractice::new(), &zipped(&spoilt))), refused, "{name} {value}");
    }
}

#[test]
fn what_is_done_is_taken_back_by_nobody_without_the_keys_of_charts() {
    let test = TestPractice::new();
    let all = operated(&test);
    let files = handed_out(&test, &all.office.patient);
    let new = TestPractice::new();
    new.sign_in_as(Role::DepartmentManager);
    assert_eq!(code(take(&new, &zipped(&files))), "exchange.visits_closed");
}

#[test]
fn every_field_of_an_operation_is_described() {
    let test = TestPractice::new();
    let all = operated(&test);
    let files = handed_out(&test, &all.office.patient);
    let described = text(&files, "RECORDS.md");
    for value in along(&files) {
        for one in value.as_array().unwrap() {
            for field in one.as_object().unwrap().keys() {
                assert!(described.contains(&format!("`{field}`")), "{field} is not described");
            }
        }
    }
}
