//! Every name is `feature.verb`, stands once, and its feature is a crate.

use crate::scene::root;
use keepwell_practice::{refusals, surface};
use std::collections::BTreeSet;

fn crates() -> BTreeSet<String> {
    let folders = std::fs::read_dir(root().join("src-tauri")).unwrap().map(Result::unwrap);
    folders
        .filter(|folder| folder.path().join("Cargo.toml").is_file())
        .map(|folder| folder.file_name().into_string().unwrap())
        .collect()
}

fn parts(name: &str) -> (&str, &str) {
    let (feature, rest) = name.split_once('.').unwrap_or_else(|| panic!("{name} names no feature"));
    let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    assert!(word(feature) && word(rest), "{name} is not feature.verb");
    (feature, rest)
}

#[test]
fn every_operation_is_named_after_its_crate_and_stands_once() {
    let (crates, mut seen) = (crates(), BTreeSet::new());
    for entry in surface() {
        assert!(crates.contains(parts(entry.name).0), "{} belongs to no crate", entry.name);
        assert!(seen.insert(entry.name), "{} stands twice", entry.name);
    }
}

#[test]
fn every_refusal_is_named_after_its_crate_or_the_door_and_stands_once() {
    let (mut crates, mut seen) = (crates(), BTreeSet::new());
    crates.insert("door".to_owned());
    for code in refusals() {
        assert!(crates.contains(parts(code.code).0), "{} belongs to no crate", code.code);
        assert!(seen.insert(code.code), "{} stands twice", code.code);
    }
}
