//! What is kept for six years, and what a legal hold keeps longer (45 CFR 164.316(b)(2)(i), 164.530(j), AT-73, AT-74).

use crate::journeys::ledger::{associate, disclosure};
use crate::scene::{code, entries_from, register, sign_in, with};
use chrono::Duration;
use keepwell_kernel::{Failure, Role};
use keepwell_practice::testing::{OWNER, TestPractice};
use serde_json::{Value, json};

fn destroy(test: &TestPractice, kind: &str, document: &Value) -> Result<Value, Failure> {
    let approval = json!({ "approved_by": "R. Example, privacy officer", "reason": "The practice's schedule" });
    test.call("compliance.destroy", with(json!({ "kind": kind, "document": document }), &approval))
}

fn retained(test: &TestPractice, patient: Option<&str>) -> Value {
    test.call("compliance.retained", json!({ "patient": patient })).unwrap()
}

fn after(test: &TestPractice, days: i64) {
    test.clock.advance(Duration::days(days));
    sign_in(&test.practice, OWNER).unwrap();
}

fn disclosed(test: &TestPractice, patient: &str) -> Value {
    test.call("compliance.disclose", disclosure(patient, "public_health")).unwrap()["disclosure"].clone()
}

#[test]
fn six_years_less_a_day_is_refused_and_six_years_are_enough_with_approval() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let row = disclosed(&test, &patient);
    let listed = retained(&test, Some(&patient));
    assert_eq!((&listed["rows"][0]["kept_until"], &listed["rows"][0]["due"]), (&json!("2032-11-21"), &json!(false)));
    // 2026-11-21 to 2032-11-21 are 2,192 days.
    after(&test, 2_191);
    assert_eq!(code(destroy(&test, "disclosure", &row)), "compliance.kept_longer");
    after(&test, 1);
    assert_eq!(retained(&test, Some(&patient))["rows"][0]["due"], true);
    let without = json!({ "kind": "disclosure", "document": row, "approved_by": " ", "reason": "Schedule" });
    assert_eq!(code(test.call("compliance.destroy", without)), "compliance.missing");
    let before = crate::scene::entries(&test.practice);
    destroy(&test, "disclosure", &row).unwrap();
    let entry = entries_from(&test.practice, before).into_iter().find(|one| one["operation"] == "compliance.destroy");
    assert_eq!(entry.unwrap()["patients"], json!([patient]));
    assert_eq!(code(destroy(&test, "disclosure", &row)), "compliance.unknown_document");

    let ledger = test.call("compliance.disclosures", json!({ "patient": patient })).unwrap();
    assert_eq!(ledger["rows"], json!([]));
    let listed = retained(&test, Some(&patient));
    assert_eq!((&listed["rows"], listed["destroyed"].as_array().unwrap().len()), (&json!([]), 1));
    assert_eq!(listed["destroyed"][0]["approved_by"], "R. Example, privacy officer");
    assert_eq!(test.call("log.verify", json!({})).unwrap()["ok"], true, "the state digest follows");
}

#[test]
fn a_legal_hold_keeps_what_its_time_has_come_for_until_it_is_released() {
    let test = TestPractice::new();
    let held = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let other = register(&test.practice, "Okafor", "Ada", "1985-02-02");
    let (of_held, of_other) = (disclosed(&test, &held), disclosed(&test, &other));
    after(&test, 2_192);
    let place = |patient: Value| {
        let hold = json!({ "patient": patient, "matter": "Example v. Example", "reason": "Letter of counsel" });
        test.call("compliance.place_hold", hold).unwrap()["hold"].clone()
    };
    let release = |hold: &Value| test.call("compliance.release_hold", json!({ "hold": hold, "release": "Settled" }));
    let hold = place(json!(held));
    assert_eq!(retained(&test, Some(&held))["holds"][0]["matter"], "Example v. Example");
    assert_eq!(retained(&test, Some(&other))["holds"], json!([]));
    assert_eq!(code(destroy(&test, "disclosure", &of_held)), "compliance.legal_hold");
    destroy(&test, "disclosure", &of_other).unwrap();
    let of_other = disclosed(&test, &other);
    release(&hold).unwrap();
    assert_eq!(code(release(&hold)), "compliance.unknown_hold");
    let listed = retained(&test, Some(&held));
    let kinds: Vec<&Value> = listed["rows"].as_array().unwrap().iter().map(|row| &row["kind"]).collect();
    assert_eq!(
        (kinds, &listed["patient"]["display_name"]),
        (vec![&json!("disclosure"), &json!("hold")], &json!("Nguyen, Linh"))
    );
    let everything = place(Value::Null);
    assert_eq!(code(destroy(&test, "disclosure", &of_held)), "compliance.legal_hold");
    assert_eq!(code(destroy(&test, "disclosure", &of_other)), "compliance.legal_hold");
    release(&everything).unwrap();
    destroy(&test, "disclosure", &of_held).unwrap();
    assert_eq!(code(destroy(&test, "disclosure", &of_other)), "compliance.kept_longer", "it was recorded today");
    // A hold is a document too: its own six years begin when it is released.
    assert_eq!(code(destroy(&test, "hold", &everything)), "compliance.kept_longer");
}

/// A hold of one record is one of the person: what stands under a merged record is kept too.
#[test]
fn a_hold_keeps_what_stands_under_a_merged_record() {
    let test = TestPractice::new();
    let kept = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let merged = register(&test.practice, "Okafor", "Ada", "1985-02-02");
    let row = disclosed(&test, &merged);
    let proposed = json!({ "from": merged, "into": kept });
    let proposal = test.call("patients.propose_merge", proposed).unwrap()["merge"].clone();
    test.call_as(Role::Physician, "patients.confirm_merge", json!({ "merge": proposal })).unwrap();
    sign_in(&test.practice, OWNER).unwrap();
    test.call("compliance.place_hold", json!({ "patient": kept, "matter": "A matter", "reason": "Counsel" })).unwrap();
    after(&test, 2_192);
    assert_eq!(code(destroy(&test, "disclosure", &row)), "compliance.legal_hold");
}

#[test]
fn what_is_in_effect_is_kept_and_an_agreement_goes_with_its_file() {
    let test = TestPractice::new();
    let pdf = json!({ "agreement_base64": "JVBERi0xLjcK" });
    let kept = test.call("compliance.keep_associate", with(associate(), &pdf)).unwrap()["associate"].clone();
    assert_eq!(code(destroy(&test, "associate", &kept)), "compliance.still_in_effect");
    let chunks = || test.home.engine.tamper(|rows| rows.keys().filter(|key| key[0] == 0x40).count());
    assert_eq!(chunks(), 1);
    let ended = json!({ "associate": kept, "ended_on": "2026-11-20", "returned": "Destroyed, with a certificate" });
    test.call("compliance.end_associate", ended).unwrap();
    assert_eq!(code(destroy(&test, "associate", &kept)), "compliance.kept_longer");
    after(&test, 2_192);
    assert_eq!(retained(&test, None)["rows"][0]["due"], true);
    destroy(&test, "associate", &kept).unwrap();
    assert_eq!(chunks(), 0);
    assert_eq!(test.call("compliance.associates", json!({})).unwrap()["rows"], json!([]));
    assert_eq!(test.call("log.verify", json!({})).unwrap()["ok"], true);
}

#[test]
fn holds_and_destruction_are_for_the_owner_and_the_privacy_officer() {
    let test = TestPractice::new();
    for role in Role::ALL {
        test.sign_in_as(role);
        let hold = json!({ "matter": "A matter", "reason": "Counsel" });
        let placed = test.call("compliance.place_hold", hold);
        assert_eq!(placed.is_ok(), [Role::Owner, Role::PrivacyOfficer].contains(&role), "{role:?}");
    }
}
