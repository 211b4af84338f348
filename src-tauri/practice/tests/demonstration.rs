//! Made-up patients: the same for the same seed, and only where they belong.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at a surprise"
)]

use keepwell_kernel::Failure;
use keepwell_practice::testing::TestPractice;
use keepwell_practice::{Continue, demo};
use serde_json::json;

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
