//! Made-up patients: the same for the same seed, and only where they belong.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at a surprise"
)]

use keepwell_kernel::{Failure, Role};
use keepwell_practice::demo::{Made, Wanted};
use keepwell_practice::testing::TestPractice;
use keepwell_practice::{Continue, demo};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Returns what a search shows of people, without what differs from practice to practice.
fn shown(test: &TestPractice, query: &str) -> Vec<String> {
    let found = test.call("patients.search", json!({ "query": query, "limit": 50 })).unwrap();
    let mut people: Vec<String> = found["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {} {}", row["mrn"], row["name"], row["date_of_birth"]))
        .collect();
    people.sort();
    people
}

#[test]
fn the_same_seed_makes_the_same_practice_and_twice_makes_no_second_patient() {
    let (one, other, different) =
        (TestPractice::demonstration(), TestPractice::demonstration(), TestPractice::demonstration());
    for (test, seed) in [(&one, 7), (&other, 7), (&different, 8)] {
        assert_eq!(demo::demo(&test.practice, 450, seed, &mut |_| Continue::Yes), Ok(450));
        assert!(test.practice.status().demonstration);
    }
    let people = shown(&one, "Smith");
    assert!(!people.is_empty());
    assert_eq!(people, shown(&other, "Smith"));
    assert_ne!(people, shown(&different, "Smith"));
    demo::demo(&one.practice, 450, 7, &mut |_| Continue::Yes).unwrap();
    assert_eq!(people, shown(&one, "Smith"));
}

#[test]
fn it_stops_when_asked() {
    let test = TestPractice::demonstration();
    assert_eq!(demo::demo(&test.practice, 1000, 1, &mut |_| Continue::No), Ok(100));
}

#[test]
fn a_real_practice_takes_nobody_made_up() {
    let test = TestPractice::new();
    let Err(Failure::Refused { code, .. }) = demo::demo(&test.practice, 1, 1, &mut |_| Continue::Yes) else {
        panic!("a real practice took made-up patients")
    };
    assert_eq!(code, "practice.not_a_demonstration");
}

/// Everything in the log, oldest first, as the owner reads it, with record numbers in place of what differs from
/// practice to practice.
fn log(test: &TestPractice) -> Vec<String> {
    test.sign_in_as(Role::Owner);
    let (mut rows, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = test.call("log.entries", json!({ "limit": 200, "after": after })).unwrap();
        rows.extend(page["rows"].as_array().unwrap().clone());
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    let mut number = |patient: &Value| {
        let known = numbers.entry(patient.as_str().unwrap().to_owned());
        let ask = || test.call("patients.chart", json!({ "patient": patient })).unwrap()["mrn"].to_string();
        known.or_insert_with(ask).clone()
    };
    let text = |row: &Value| {
        let patients: BTreeSet<String> = row["patients"].as_array().unwrap().iter().map(&mut number).collect();
        format!("{} {} {} {} {patients:?}", row["role"], row["operation"], row["purpose"], row["outcome"])
    };
    rows.iter().rev().map(text).collect()
}

fn with_history(test: &TestPractice, patients: u32, years: u32, seed: u64) -> Made {
    demo::with_history(&test.practice, Wanted { patients, years, seed, days: None }, &mut |_| Continue::Yes).unwrap()
}

#[test]
fn the_same_seed_lives_through_the_same_years() {
    let (one, other, different) =
        (TestPractice::demonstration(), TestPractice::demonstration(), TestPractice::demonstration());
    let made = with_history(&one, 40, 2, 7);
    assert!(made.patients == 40 && (500..1100).contains(&made.entries) && !made.stopped, "{made:?}");
    assert_eq!(made, with_history(&other, 40, 2, 7));
    with_history(&different, 40, 2, 8);
    let lived = log(&one);
    assert_eq!(lived, log(&other));
    assert_ne!(lived, log(&different));
    let of = |words: &str| lived.iter().filter(|row| row.contains(words)).count();
    for (role, operation) in [
        ("receptionist", "patients.search"),
        ("receptionist", "patients.front_desk_card"),
        ("nurse", "patients.chart"),
        ("nurse", "patients.correct"),
        ("physician", "patients.chart"),
        ("biller", "patients.billing_card"),
    ] {
        assert!(of(&format!("\"{role}\" \"{operation}\"")) > 0, "no {operation} by a {role}");
    }
    assert_eq!(of("\"done\""), lived.len(), "something was refused");
    let coming_and_going = of("\"identity.");
    let taken_in = of("\"practice.take_in_made_up\"");
    assert_eq!(lived.len() - coming_and_going - taken_in, usize::try_from(made.entries).unwrap());
}

/// Seed 18 has everything that can happen to 60 people within one year.
#[test]
fn what_happened_stands_on_the_records() {
    let test = TestPractice::demonstration();
    with_history(&test, 60, 1, 18);
    test.sign_in_as(Role::Owner);
    let done = |operation: &str| {
        let input = json!({ "operation": operation, "outcome": "done", "limit": 50 });
        test.call("log.entries", input).unwrap()["rows"].as_array().unwrap().clone()
    };
    let charts = |operation: &str| {
        let rows = done(operation);
        assert!(!rows.is_empty(), "nobody did {operation}");
        let chart = |patient: &Value| test.call("patients.chart", json!({ "patient": patient })).unwrap();
        rows.iter().map(|row| chart(&row["patients"][0])).collect::<Vec<Value>>()
    };
    assert!(charts("patients.mark_deceased").iter().all(|chart| chart["deceased"]["on"].is_string()));
    assert!(charts("patients.note_restriction").iter().all(|chart| chart["restrictions"][0]["text"].is_string()));
    let corrected = charts("patients.correct");
    assert!(corrected.iter().all(|chart| chart["version"].as_u64() > Some(1)));
    let previous = |chart: &Value| chart["demographics"]["other_names"].to_string().contains("\"previous\"");
    assert!(corrected.iter().any(previous), "nobody married");
    let merges = test.call("patients.merges", json!({})).unwrap()["rows"].as_array().unwrap().clone();
    assert!(!merges.is_empty() && merges.iter().all(|merge| merge["state"] == "confirmed"), "{merges:?}");
    let (proposed, confirmed) = (done("patients.propose_merge"), done("patients.confirm_merge"));
    assert_eq!((proposed.len(), confirmed.len()), (merges.len(), merges.len()));
    assert!(proposed.iter().zip(&confirmed).all(|(one, other)| one["actor"] != other["actor"]));
}

#[test]
fn a_history_stops_when_asked_and_nobody_stays_signed_in() {
    let test = TestPractice::demonstration();
    let wanted = Wanted { patients: 100, years: 2, seed: 7, days: None };
    let mut steps = 0;
    let made = demo::with_history(&test.practice, wanted, &mut |step| {
        steps += u32::from(step.phase == "living");
        if steps == 2 { Continue::No } else { Continue::Yes }
    })
    .unwrap();
    assert!(made.stopped && made.patients == 100 && (200..400).contains(&made.entries), "{made:?}");
    assert_eq!(test.call("patients.search", json!({ "query": "a", "limit": 1 })), Err(Failure::SignedOut));
    test.sign_in_as(Role::Owner);
    assert_eq!(test.call("log.verify", json!({})).unwrap()["ok"], true);
}

#[test]
fn the_calendar_is_full_around_today_and_the_same_for_the_same_seed() {
    let day = |test: &TestPractice| test.call("scheduling.day", json!({ "date": null })).unwrap();
    let filled = || {
        let test = TestPractice::demonstration();
        let wanted = Wanted { patients: 120, years: 0, seed: 7, days: Some((1, 1)) };
        let made = demo::with_history(&test.practice, wanted, &mut |_| Continue::Yes).unwrap();
        (test, made.visits)
    };
    let (one, visits) = filled();
    let (other, same) = filled();
    assert_eq!(visits, same);
    assert!((60..140).contains(&visits), "{visits} visits in three days of three people");
    let times = |test: &TestPractice| -> Vec<String> {
        let day = day(test);
        day["visits"].as_array().unwrap().iter().map(|one| format!("{} {}", one["time"], one["label"])).collect()
    };
    assert_eq!(times(&one), times(&other));
    let numbers = day(&one)["numbers"].clone();
    assert!(numbers["done"].as_u64().unwrap() > 0 && numbers["booked"].as_u64().unwrap() > 0, "{numbers}");
}
