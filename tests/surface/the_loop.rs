//! Invariant 1: no operation without a permission, a purpose and a log entry, for every outcome. The loops run over
//! the surface, so a new operation is tested on the day it appears (45 CFR 164.312(b)).

use super::settings::setting;
use crate::scene::{code, entries, entries_from, sign_in};
use keepwell_kernel::{Failure, Permission, Purpose, Role};
use keepwell_practice::testing::{OWNER, TestPractice, user_name};
use keepwell_practice::{Call, surface};
use serde_json::{Value, json};

/// Calls, and returns the answer with the one entry that the call has left.
fn one_entry(test: &TestPractice, call: Call) -> (Result<Value, Failure>, Value) {
    let (name, before) = (call.operation.clone(), entries(&test.practice));
    let answer = test.practice.call(call);
    assert_eq!(entries(&test.practice), before + 1, "{name} left another number of entries: {answer:?}");
    let entry = entries_from(&test.practice, before).swap_remove(0);
    assert_eq!(entry["sequence"], before, "{name}");
    (answer, entry)
}

fn to(operation: &str, input: Value) -> Call {
    Call { operation: operation.to_owned(), input, ..Call::default() }
}

/// Holds an entry to what it must say.
#[track_caller]
fn says(entry: &Value, operation: &str, (outcome, code): (&str, Value), actor: &str, role: &str) {
    let expected = json!([operation, outcome, code, actor, role]);
    let stated = json!([entry["operation"], entry["outcome"], entry["code"], entry["actor"], entry["role"]]);
    assert_eq!(stated, expected, "{entry}");
}

fn asks_for_a_session(permission: Permission) -> bool {
    permission != Permission::Anyone
}

#[test]
fn what_is_done_leaves_one_entry() {
    for entry in surface() {
        let test = TestPractice::demonstration();
        if entry.name == "identity.create_practice" {
            let first = entries_from(&test.practice, 0).swap_remove(0);
            says(&first, entry.name, ("done", json!(null)), OWNER, "owner");
            continue;
        }
        let setting = setting(entry.name, &test);
        // What leaves the practice asks for a reason; no operation minds one.
        let call = Call { reason: Some("For the loop.".to_owned()), ..to(entry.name, setting.input) };
        let (answer, noted) = one_entry(&test, call);
        assert!(answer.is_ok(), "{}: {answer:?}", entry.name);
        says(&noted, entry.name, ("done", json!(null)), &setting.actor, setting.role);
        assert!(entry.purposes.iter().any(|purpose| noted["purpose"] == purpose.word()), "{noted}");
    }
}

#[test]
fn what_is_malformed_leaves_one_entry() {
    let test = TestPractice::new();
    for entry in surface() {
        let (answer, noted) = one_entry(&test, to(entry.name, json!({ "nonsense": true })));
        let reason = code(answer);
        let founding = entry.name == "identity.create_practice";
        assert_eq!(reason, if founding { "door.practice_exists" } else { "door.malformed" }, "{}", entry.name);
        let role = if asks_for_a_session(entry.permission) { "owner" } else { "" };
        says(&noted, entry.name, ("refused", json!(reason)), OWNER, role);
    }
}

#[test]
fn what_is_denied_runs_nothing_and_leaves_one_entry() {
    let test = TestPractice::new();
    let mut denied = 0;
    for entry in surface().iter().filter(|entry| asks_for_a_session(entry.permission)) {
        for role in Role::ALL.into_iter().filter(|role| !role.holds(entry.permission)) {
            test.sign_in_as(role);
            let (answer, noted) = one_entry(&test, to(entry.name, json!({})));
            assert_eq!(answer, Err(Failure::Denied), "{} as {}", entry.name, role.word());
            says(&noted, entry.name, ("denied", json!(null)), &user_name(role), "");
            denied += 1;
        }
    }
    assert!(denied > 100, "the matrix denies next to nothing: {denied}");
}

#[test]
fn what_is_locked_or_signed_out_leaves_one_entry() {
    let test = TestPractice::new();
    let calls: Vec<_> = surface().into_iter().filter(|entry| asks_for_a_session(entry.permission)).collect();
    for (leave, failure, word) in
        [("identity.lock", Failure::Locked, "locked"), ("identity.sign_out", Failure::SignedOut, "signed_out")]
    {
        sign_in(&test.practice, OWNER).unwrap();
        test.call(leave, json!({})).unwrap();
        let before = entries(&test.practice);
        for (at, entry) in (1..).zip(&calls) {
            assert_eq!(test.call(entry.name, json!({})), Err(failure.clone()), "{}", entry.name);
            assert_eq!(entries(&test.practice), before + at, "{}", entry.name);
        }
        sign_in(&test.practice, OWNER).unwrap();
        for (entry, noted) in calls.iter().zip(entries_from(&test.practice, before)) {
            says(&noted, entry.name, ("denied", json!(word)), "", "");
        }
    }
}

#[test]
fn a_purpose_that_does_not_fit_leaves_one_entry() {
    for entry in surface().iter().filter(|entry| entry.name != "identity.create_practice") {
        let test = TestPractice::demonstration();
        let setting = setting(entry.name, &test);
        for purpose in Purpose::ALL.into_iter().filter(|purpose| !entry.purposes.contains(purpose)) {
            let call = Call {
                purpose: Some(purpose),
                reason: Some("a reason".to_owned()),
                ..to(entry.name, setting.input.clone())
            };
            let before = entries(&test.practice);
            assert_eq!(code(test.practice.call(call)), "door.purpose", "{} for {}", entry.name, purpose.word());
            assert_eq!(entries(&test.practice), before + 1, "{} for {}", entry.name, purpose.word());
        }
        let before = entries(&test.practice);
        let wrong = entries_from(&test.practice, 0).into_iter().filter(|row| row["code"] == "door.purpose").count();
        assert_eq!(wrong, Purpose::ALL.len() - entry.purposes.len(), "{} of {before}", entry.name);
    }
}

#[test]
fn an_emergency_without_a_reason_leaves_one_entry() {
    let test = TestPractice::new();
    for entry in surface().iter().filter(|entry| entry.purposes.contains(&Purpose::Emergency)) {
        for reason in [None, Some(" ".to_owned())] {
            let call = Call { purpose: Some(Purpose::Emergency), reason, ..to(entry.name, json!({})) };
            let (answer, noted) = one_entry(&test, call);
            assert_eq!(code(answer), "door.reason_needed", "{}", entry.name);
            says(&noted, entry.name, ("refused", json!("door.reason_needed")), OWNER, "");
        }
    }
}

#[test]
fn a_name_that_is_no_operation_is_not_repeated_in_the_log() {
    let test = TestPractice::new();
    let (answer, noted) = one_entry(&test, to("patients.Zzyzx Quillfeather", json!({ "name": "Zzyzx" })));
    assert_eq!(code(answer), "door.unknown_operation");
    says(&noted, "unknown", ("refused", json!("door.unknown_operation")), OWNER, "");
    let log = serde_json::to_string(&entries_from(&test.practice, 0)).unwrap();
    assert!(!log.contains("Zzyzx") && !log.contains("Quillfeather"));
}
