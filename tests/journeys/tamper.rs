//! Invariant 7: an edited, reordered, truncated, dropped or rolled-back store or log is found, and the first bad place
//! is named. Each test says which detector finds it: the look at opening, the check of the log, or the sweep over the
//! rows that ends it.

use crate::scene::{call, code, person, register, sign_in, with};
use keepwell_practice::Practice;
use keepwell_practice::testing::{OWNER, TestPractice};
use serde_json::{Value, json};
use std::collections::BTreeMap;

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

const ROLLED_BACK: &str = "log.rolled_back";
const FORKED: &str = "log.forked";
const BROKEN: &str = "log.broken";

/// Makes the key of an entry: the log's space, the kind of its entries, its place.
fn entry(sequence: u64) -> Vec<u8> {
    [vec![0x50, 1], sequence.to_be_bytes().to_vec()].concat()
}

fn entry_count(rows: &Rows) -> u64 {
    rows.keys().filter(|key| key.starts_with(&[0x50, 1])).count() as u64
}

/// Makes a practice whose log is longer than one checkpoint, closes it, and returns it with a patient.
fn closed() -> (TestPractice, String) {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    for at in 0..70 {
        test.call("patients.search", json!({ "query": format!("nguyen {at}"), "limit": 1 })).unwrap();
    }
    test.practice.close();
    (test, patient)
}

/// Opens what somebody has tampered with: why it is read-only, and what the check of the log says.
fn found(test: &TestPractice) -> (Option<&'static str>, Value) {
    let practice = test.again();
    let why = read_only(&practice);
    sign_in(&practice, OWNER).unwrap();
    let checked = call(&practice, "log.verify", json!({})).unwrap();
    if why.is_some() {
        refuses_changes(&practice);
    }
    (why, checked)
}

/// Returns the code whose words the status shows.
fn read_only(practice: &Practice) -> Option<&'static str> {
    let words = practice.status().read_only?;
    let codes = keepwell_practice::refusals();
    Some(codes.iter().find(|code| code.remedy == words).unwrap_or_else(|| panic!("no code says: {words}")).code)
}

fn refuses_changes(practice: &Practice) {
    let refused = call(practice, "patients.register", person("Okafor", "Grace", "1961-04-02"));
    assert_eq!(code(refused), "door.read_only");
    assert_eq!(code(call(practice, "identity.new_recovery_kit", json!({}))), "door.read_only");
}

#[track_caller]
fn bad_at(checked: &Value, first_bad: Option<u64>) {
    assert_eq!((&checked["ok"], checked["first_bad"].as_u64()), (&json!(false), first_bad), "{checked}");
    assert!(checked["what"].as_str().is_some_and(|what| !what.is_empty()), "{checked}");
}

#[test]
fn nothing_is_found_where_nothing_was_done() {
    let (test, _) = closed();
    let (why, checked) = found(&test);
    assert_eq!((why, &checked["ok"], checked.get("first_bad")), (None, &json!(true), None), "{checked}");
}

#[test]
fn an_edited_entry_is_found_by_the_check() {
    for sequence in [0, 5, 40] {
        let (test, _) = closed();
        test.home.engine.tamper(|rows| *rows.get_mut(&entry(sequence)).unwrap().last_mut().unwrap() ^= 1);
        let (why, checked) = found(&test);
        assert_eq!(why, None, "the look at opening does not read entries");
        bad_at(&checked, Some(sequence));
    }
}

#[test]
fn an_edited_leaf_is_found_by_the_check_and_at_opening_where_the_tree_is_still_open() {
    for sequence in [3, 68] {
        let (test, _) = closed();
        test.home.engine.tamper(|rows| rows.get_mut(&entry(sequence)).unwrap()[0] ^= 1);
        bad_at(&found(&test).1, Some(sequence));
    }
}

#[test]
fn a_dropped_entry_is_found_by_the_check() {
    for sequence in [0, 30, 66] {
        let (test, _) = closed();
        test.home.engine.tamper(|rows| rows.remove(&entry(sequence)).unwrap());
        bad_at(&found(&test).1, Some(sequence));
    }
}

#[test]
fn a_dropped_last_entry_is_found_at_opening() {
    let (test, _) = closed();
    let last = test.home.engine.tamper(|rows| {
        let last = entry_count(rows) - 1;
        rows.remove(&entry(last)).unwrap();
        last
    });
    let (why, checked) = found(&test);
    assert_eq!(why, Some(BROKEN));
    bad_at(&checked, Some(last));
}

#[test]
fn swapped_entries_are_found_by_the_check() {
    for (one, other) in [(4, 9), (64, 67)] {
        let (test, _) = closed();
        test.home.engine.tamper(|rows| {
            let (first, second) = (rows[&entry(one)].clone(), rows[&entry(other)].clone());
            rows.insert(entry(one), second);
            rows.insert(entry(other), first);
        });
        bad_at(&found(&test).1, Some(one));
    }
}

#[test]
fn an_inserted_entry_is_found_at_opening_and_by_the_check() {
    let (test, _) = closed();
    let size = test.home.engine.tamper(|rows| {
        let size = entry_count(rows);
        let copy = rows[&entry(size - 1)].clone();
        rows.insert(entry(size), copy);
        size
    });
    let (why, checked) = found(&test);
    assert_eq!(why, Some(BROKEN));
    bad_at(&checked, Some(size));
}

#[test]
fn a_log_cut_back_to_an_older_head_is_found_at_opening() {
    let (test, _) = closed();
    let older: Rows = test.home.engine.tamper(|rows| rows.clone());
    sign_in(&test.practice, OWNER).unwrap();
    register(&test.practice, "Lopezxxx", "Ana", "1985-02-03");
    test.practice.close();
    // The log alone is cut back; the records stay.
    test.home.engine.tamper(|rows| {
        rows.retain(|key, _| !key.starts_with(&[0x50]));
        rows.extend(
            older.iter().filter(|(key, _)| key.starts_with(&[0x50])).map(|(key, row)| (key.clone(), row.clone())),
        );
    });
    let (why, checked) = found(&test);
    assert_eq!(why, Some(ROLLED_BACK));
    assert_eq!(checked["ok"], false, "{checked}");
}

#[test]
fn yesterdays_store_is_found_at_opening_opens_read_only_and_is_named() {
    let (test, _) = closed();
    let yesterday: Rows = test.home.engine.tamper(|rows| rows.clone());
    sign_in(&test.practice, OWNER).unwrap();
    register(&test.practice, "Okafor", "Grace", "1961-04-02");
    test.practice.close();
    let size = entry_count(&yesterday);
    test.home.engine.tamper(|rows| *rows = yesterday.clone());
    let (why, checked) = found(&test);
    assert_eq!(why, Some(ROLLED_BACK));
    assert_eq!(checked["ok"], false, "a whole older store adds up by itself; only the anchor tells: {checked}");
    assert_eq!(checked["first_bad"].as_u64().unwrap_or(size), size, "{checked}");
    assert_eq!(test.home.engine.tamper(|rows| rows.clone()), yesterday, "it repaired itself");
}

#[test]
fn another_history_is_found_at_opening() {
    let (test, _) = closed();
    let fork: Rows = test.home.engine.tamper(|rows| rows.clone());
    sign_in(&test.practice, OWNER).unwrap();
    register(&test.practice, "Okafor", "Grace", "1961-04-02");
    test.practice.close();
    let anchors = test.home.keychain.tamper(|held| held.clone());
    test.home.engine.tamper(|rows| *rows = fork);
    test.home.keychain.tamper(|held| held.retain(|name, _| !name.contains("anchor")));
    let other = test.again();
    sign_in(&other, OWNER).unwrap();
    for at in 0..9 {
        call(&other, "patients.search", json!({ "query": format!("{at}"), "limit": 1 })).unwrap();
    }
    other.close();
    test.home.keychain.tamper(|held| *held = anchors);
    let (why, checked) = found(&test);
    assert_eq!((why, &checked["ok"]), (Some(FORKED), &json!(false)), "{checked}");
}

#[test]
fn an_anchor_that_is_not_one_is_no_anchor() {
    let (test, _) = closed();
    test.home.keychain.tamper(|held| {
        let names: Vec<String> = held.keys().filter(|name| name.contains("anchor")).cloned().collect();
        assert!(!names.is_empty());
        names.into_iter().for_each(|name| drop(held.insert(name, b"something else".to_vec())));
    });
    assert_eq!(found(&test).0, Some(FORKED));
}

#[test]
fn a_forged_checkpoint_is_found() {
    let (test, _) = closed();
    test.home.engine.tamper(|rows| {
        let (_, note) = rows.iter_mut().find(|(key, _)| key.starts_with(&[0x50, 4])).unwrap();
        let at = note.len() / 2;
        note[at] ^= 1;
    });
    assert_eq!(found(&test).1["ok"], false);
}

/// The sweep: each row alone still opens, but the rows do not add up.
fn sweep_finds(change: impl FnOnce(&mut Rows)) {
    let (test, _) = closed();
    test.home.engine.tamper(change);
    let (why, checked) = found(&test);
    assert_eq!(why, None);
    bad_at(&checked, None);
    assert!(checked["what"].as_str().unwrap().contains("records"), "{checked}");
}

#[test]
fn a_dropped_index_row_is_found_by_the_sweep() {
    sweep_finds(|rows| {
        let key = rows.keys().find(|key| key.starts_with(&[0x30])).unwrap().clone();
        rows.remove(&key);
    });
}

#[test]
fn a_dropped_history_row_is_found_by_the_sweep() {
    sweep_finds(|rows| {
        let key = rows.keys().find(|key| key.starts_with(&[0x20])).cloned();
        // Where nothing has a history yet, a stray row is as bad.
        match key {
            Some(key) => drop(rows.remove(&key)),
            None => drop(rows.insert(vec![0x20, 0, 1], vec![1])),
        }
    });
}

#[test]
fn an_older_version_of_a_patient_put_back_is_found_by_the_sweep() {
    for put_back in [true, false] {
        let (test, patient) = closed();
        let before: Rows = test.home.engine.tamper(|rows| rows.clone());
        sign_in(&test.practice, OWNER).unwrap();
        let input = with(person("Okafor", "Linh", "1990-06-01"), &json!({ "patient": patient, "expected_version": 1 }));
        test.call("patients.correct", input).unwrap();
        test.practice.close();
        let changed = test.home.engine.tamper(|rows| {
            // Only the patient and the sign-in slot were put again; the slot's table is 0x0203.
            let differs = |(key, row): &(&Vec<u8>, &Vec<u8>)| {
                key.starts_with(&[0x10]) && !key.starts_with(&[0x10, 2, 3]) && rows.get(*key) != Some(row)
            };
            let changed: Vec<_> = before.iter().filter(differs).map(|(key, row)| (key.clone(), row.clone())).collect();
            for (key, row) in &changed {
                if put_back {
                    rows.insert(key.clone(), row.clone())
                } else {
                    rows.remove(key)
                };
            }
            changed.len()
        });
        assert_eq!(changed, 1, "one row holds the patient");
        let (why, checked) = found(&test);
        assert_eq!(why, None);
        bad_at(&checked, None);
    }
}

#[test]
fn a_value_moved_to_another_key_does_not_open() {
    let test = TestPractice::new();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let one: Rows = test.home.engine.tamper(|rows| rows.clone());
    let other = register(&test.practice, "Okafor", "Grace", "1961-04-02");
    test.home.engine.tamper(|rows| {
        let new = |key: &&Vec<u8>| key.starts_with(&[0x10]) && !one.contains_key(*key);
        let key = rows.keys().find(new).unwrap().clone();
        let table = key[..3].to_vec();
        let from = one.keys().find(|from| from.starts_with(&table)).unwrap();
        let moved = one[from].clone();
        rows.insert(key, moved);
    });
    let answer = test.call("patients.chart", json!({ "patient": other }));
    assert!(matches!(answer, Err(keepwell_kernel::Failure::Fault { .. })), "{answer:?}");
}
