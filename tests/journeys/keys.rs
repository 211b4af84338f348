//! New keys: what was written before is sealed anew while work goes on, the old keys open nothing afterwards, and yesterday's
//! backup still comes back with its own (45 CFR 164.312(a)(2)(iv), AT-84).

use crate::journeys::backups::{BareMachine, backed_up, prove, words};
use crate::scene::{call, card, code, entries, entries_from, found, register, sign_in};
use base64::Engine as _;
use chrono::Duration;
use keepwell_kernel::{Failure, Role};
use keepwell_practice::Continue;
use keepwell_practice::testing::{OWNER, TestPractice, user_name};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const GIVEN: [&str; 4] = ["Ada", "Bruno", "Chiyo", "Esma"];

fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn status(test: &TestPractice) -> Value {
    test.call("identity.key_status", json!({})).unwrap()
}

fn rotate(test: &TestPractice, suspected_leak: bool) -> Result<Value, Failure> {
    test.call("identity.rotate_keys", json!({ "suspected_leak": suspected_leak }))
}

fn reseal(test: &TestPractice) -> u64 {
    test.practice.reseal(&mut |_| Continue::Yes).unwrap().unwrap()
}

/// Which epochs people hold of each compartment, as it stands in the store.
fn granted(test: &TestPractice) -> BTreeMap<u8, BTreeSet<u32>> {
    let mut granted: BTreeMap<u8, BTreeSet<u32>> = BTreeMap::new();
    test.home.engine.tamper(|rows| {
        for key in rows.keys().filter(|key| key[0] == 0x08) {
            granted.entry(key[17]).or_default().insert(u32::from_be_bytes(key[18..].try_into().unwrap()));
        }
    });
    granted
}

/// Which epochs the rows of patients bear.
fn borne(test: &TestPractice) -> BTreeSet<u32> {
    test.home.engine.tamper(|rows| {
        let of_patients = |key: &&Vec<u8>| [0x10, 0x20].contains(&key[0]) && key[1..3] == [0x03, 0x01];
        let epoch = |key: &Vec<u8>| u32::from_be_bytes(rows[key][2..6].try_into().unwrap());
        rows.keys().filter(of_patients).map(epoch).collect()
    })
}

#[test]
fn old_keys_are_dead_on_the_new_store_and_open_their_own_backup() {
    let test = TestPractice::new();
    for given in GIVEN {
        register(&test.practice, "Quillfeather", given, "1990-06-01");
    }
    let drive = tempfile::tempdir().unwrap();
    let before = backed_up(&test.practice, drive.path());
    assert_eq!(borne(&test), BTreeSet::from([1]));

    rotate(&test, false).unwrap();
    assert_eq!((&status(&test)["old_keys"], &status(&test)["cause"]), (&json!(true), &json!("yearly")));
    assert_eq!(code(rotate(&test, false)), "identity.resealing_runs");
    register(&test.practice, "Between", "Anna", "1990-06-01");
    assert_eq!(borne(&test), BTreeSet::from([1, 2]));
    assert!(reseal(&test) > 4);
    assert_eq!(borne(&test), BTreeSet::from([2]));
    let granted = granted(&test);
    assert!(
        granted.iter().all(|(one, epochs)| *epochs == BTreeSet::from([if *one == 11 { 1 } else { 2 }])),
        "{granted:?}"
    );
    assert_eq!(status(&test)["old_keys"], false);
    assert_eq!(reseal(&test), 0, "nothing is left to do");

    // The practice goes on: now, after a restart, and with the recovery kit.
    assert_eq!(found(&test.practice, "quillfeather").len(), GIVEN.len());
    assert_eq!(test.call("log.verify", json!({})).unwrap()["ok"], true);
    test.practice.close();
    let again = test.again();
    sign_in(&again, OWNER).unwrap();
    assert_eq!(found(&again, "between").len(), 1);
    let after = backed_up(&again, drive.path());
    for (backup, patients) in [(before, 0), (after, 1)] {
        assert!(prove(&again, &backup).unwrap().unwrap().ok, "both are whole");
        let bare = BareMachine::new();
        bare.restore(&backup, &words(&test)).unwrap().unwrap();
        bare.recover(&words(&test));
        assert_eq!(found(&bare.practice, "quillfeather").len(), GIVEN.len());
        assert_eq!(found(&bare.practice, "between").len(), patients);
    }
}

#[test]
fn a_role_that_was_taken_is_a_reason_and_a_key_made_meanwhile_begins_anew() {
    let test = TestPractice::new();
    register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    assert_eq!(status(&test)["old_keys"], false);
    test.sign_in_as(Role::Nurse);
    let nurse = card(&test, &user_name(Role::Nurse));
    rotate(&test, true).unwrap();
    let taken = json!({ "staff": nurse["staff"], "assignment": nurse["roles"][0]["assignment"] });
    test.call("identity.revoke_role", taken).unwrap();
    rotate(&test, true).unwrap();
    assert!(reseal(&test) > 0);
    assert_eq!(borne(&test).len(), 1);
    assert!(granted(&test).values().all(|epochs| epochs.len() == 1));
    assert_eq!(found(&test.practice, "quillfeather").len(), 1);
}

#[test]
fn keys_are_due_after_a_year_and_a_role_that_was_taken_makes_them_no_younger() {
    let test = TestPractice::new();
    let made = status(&test);
    assert_eq!(
        (&made["since"], &made["due_on"], &made["due"]),
        (&json!("2026-11-21"), &json!("2027-11-21"), &json!(false))
    );
    test.clock.advance(Duration::days(364));
    sign_in(&test.practice, OWNER).unwrap();
    assert_eq!(status(&test)["due"], false);
    test.clock.advance(Duration::days(1));
    sign_in(&test.practice, OWNER).unwrap();
    assert_eq!(status(&test)["due"], true);
    rotate(&test, false).unwrap();
    assert_eq!(status(&test)["due"], true, "they are not changed before all is sealed under the new ones");
    reseal(&test);
    let renewed = status(&test);
    assert_eq!((&renewed["since"], &renewed["due"]), (&json!("2027-11-21"), &json!(false)));
}

#[test]
fn only_the_owner_changes_keys_and_what_was_stopped_goes_on() {
    let test = TestPractice::new();
    let photo = base64(&[&[0xff, 0xd8, 0xff][..], &[7; 1_000_000]].concat());
    for given in GIVEN {
        let patient = register(&test.practice, "Quillfeather", given, "1990-06-01");
        test.call("patients.set_photo", json!({ "patient": patient, "jpeg_base64": photo })).unwrap();
    }
    rotate(&test, false).unwrap();
    let before = entries(&test.practice);
    assert_eq!(test.practice.reseal(&mut |_| Continue::No).unwrap(), None, "three megabytes are more than one step");
    assert_eq!((&status(&test)["old_keys"], &status(&test)["cause"]), (&json!(true), &json!("yearly")));
    let steps = entries_from(&test.practice, before);
    assert_eq!(steps.iter().filter(|entry| entry["operation"] == "identity.reseal").count(), 1, "a step is an entry");
    assert!(reseal(&test) > 48);
    assert_eq!(status(&test)["old_keys"], false);
    for role in Role::ALL {
        test.sign_in_as(role);
        let answer = call(&test.practice, "identity.rotate_keys", json!({ "suspected_leak": true }));
        assert_eq!(answer.is_ok(), role == Role::Owner, "{role:?}");
    }
}
