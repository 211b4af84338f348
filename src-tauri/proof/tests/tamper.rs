//! Invariant 7: what somebody has done to a store is found, and the first bad place is named.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(clippy::print_stdout, reason = "the table is read by people")]

use keepwell_proof::tamper::judge::Found;
use keepwell_proof::tamper::scene::Scene;
use keepwell_proof::tamper::{Attack, Table, inside, journal, pages, rows, whole};

fn judged(scene: &Scene, attacks: impl Iterator<Item = Attack>) -> Table {
    let mut table = Table::default();
    attacks.for_each(|attack| table.enter(scene, &attack));
    println!("{table}");
    table
}

#[track_caller]
fn nothing_unknown(table: &Table) {
    let unknown = table.unknown();
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

/// One page in eight at a time; the command does them all.
#[test]
fn pages_of_the_file() {
    let scene = Scene::make().unwrap();
    let table = judged(&scene, pages::attacks(&scene, (0, 8)));
    nothing_unknown(&table);
    assert!(table.ended(Found::AtOpen).len() > 20 && !table.ended(Found::NoEffect).is_empty());
}

/// One row in four at a time; the command does them all.
#[test]
fn rows_of_the_store() {
    let scene = Scene::make().unwrap();
    let table = judged(&scene, rows::attacks(&scene, (1, 4)));
    nothing_unknown(&table);
    assert!(!table.ended(Found::WhenRead).is_empty() && !table.ended(Found::ByCheck).is_empty());
}

#[test]
fn the_log_the_whole_file_and_the_grants() {
    let scene = Scene::make().unwrap();
    let table = judged(&scene, whole::attacks(&scene).into_iter());
    nothing_unknown(&table);
    assert!(table.ended(Found::Silent).is_empty() && !table.ended(Found::AtOpen).is_empty());
}

#[test]
fn the_journal_after_a_power_cut() {
    let scene = Scene::make().unwrap();
    let table = judged(&scene, journal::attacks(&scene).into_iter());
    nothing_unknown(&table);
    assert!(table.ended(Found::AtOpen).len() > 5, "a record that is broken before whole ones is damage");
}

/// What a low role with the keychain can forge is not found today; that it ends without a panic is all that is held.
#[test]
fn somebody_with_the_keychain() {
    let scene = Scene::make().unwrap();
    let attacks: Vec<_> = inside::attacks(&scene);
    let few = attacks.into_iter().enumerate().filter(|(at, _)| at % 4 == 0).map(|(_, attack)| attack);
    let table = judged(&scene, few);
    assert_eq!(table.ended(Found::Panicked), Vec::<String>::new());
}
