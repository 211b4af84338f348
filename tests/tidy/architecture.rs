//! The invariants of src-tauri/ARCHITECTURE.md are held by tests that exist.

use super::source::{Source, rust};
use crate::scene::root;
use std::collections::BTreeSet;

/// Returns the functions that a Rust file declares.
fn declared(source: &Source) -> impl Iterator<Item = &str> {
    source.text.lines().filter_map(|line| {
        let (_, rest) = line.split_once("fn ")?;
        rest.split(['(', '<']).next()
    })
}

#[test]
fn every_invariant_is_held_by_a_test_that_exists() {
    let text = std::fs::read_to_string(root().join("src-tauri/ARCHITECTURE.md")).unwrap();
    let source = rust();
    let names: BTreeSet<&str> = source.iter().flat_map(declared).collect();
    let mut held = 0;
    for line in text.lines().filter(|line| line.contains("held by")) {
        let (_, tests) = line.split_once("held by").unwrap();
        for name in tests.split('`').skip(1).step_by(2) {
            let name = name.rsplit("::").next().unwrap();
            assert!(names.contains(name), "an invariant is held by `{name}`, which is no test");
            held += 1;
        }
    }
    assert!(held >= 10, "ARCHITECTURE.md names {held} tests");
}
