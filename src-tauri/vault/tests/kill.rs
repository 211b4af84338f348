//! A program that is killed in the middle of its work loses nothing that it acknowledged and leaves nothing half done.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
#![allow(clippy::print_stdout, reason = "the child acknowledges to its parent, and the counts are read by people")]

mod records;

use keepwell_vault::engine::FileEngine;
use keepwell_vault::{FileKeychain, Record as _, Suite, Vault, VaultError};
use records::{BY_MINUTE, Note, Person, at, change, recovery, sweep};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

const FOLDER: &str = "KEEPWELL_KILL_FOLDER";
const KILLS: u64 = 50;

fn keychain(folder: &Path) -> Arc<FileKeychain> {
    Arc::new(FileKeychain::at(&folder.join("keychain"), &folder.join("practice")).unwrap())
}

fn open(folder: &Path) -> Result<Vault, VaultError> {
    Vault::open(Box::new(FileEngine::open(&folder.join("practice/store"))?), keychain(folder))
}

fn id(number: u64) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}

/// The one record that every change puts again: it counts the changes.
fn counter(number: u64) -> Person {
    Person { minute: number, about: number.to_string(), ..Person::at(255) }
}

fn note(number: u64) -> Note {
    Note { id: id(number), text: format!("{number} {}", "x".repeat((number % 7) as usize * 900)) }
}

/// Returns how many changes the store holds, after looking at every one of them.
fn count(vault: &Vault) -> u64 {
    let keys = vault.recover(&recovery()).unwrap();
    assert!(sweep(vault, &keys).digest_agrees, "the sweep agrees");
    vault
        .read::<_, VaultError>(&keys, |look| {
            let mut notes = Vec::new();
            look.each::<Note, _>(|stored| stored, |stored| notes.push(stored.record))?;
            let held = notes.len() as u64;
            assert_eq!(notes, (1..=held).map(note).collect::<Vec<_>>(), "no note is missing, doubled or changed");
            let key = look.key_of(Person::TABLE)?;
            let row = key.clone().id(&[255; 16]).done();
            let counted = look.get::<Person>(&row)?;
            assert_eq!(counted.as_ref().map_or(0, |one| one.version), held, "both records of a change, or neither");
            if let Some(counted) = counted {
                assert_eq!(counted.record, counter(held));
                assert_eq!(
                    look.find::<Person>(BY_MINUTE, &key.clone().ordered(held).done(), 9)?,
                    std::slice::from_ref(&row)
                );
                assert!(held == 1 || look.find::<Person>(BY_MINUTE, &key.ordered(held - 1).done(), 9)?.is_empty());
            }
            assert_eq!(look.log_get(1, &held.to_be_bytes())?.is_some(), held > 0);
            Ok(held)
        })
        .unwrap()
}

#[test]
fn fifty_kills_lose_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let practice = folder.path().join("practice");
    std::fs::create_dir(&practice).unwrap();
    let engine = Box::new(FileEngine::create(&practice.join("store")).unwrap());
    drop(Vault::create(engine, keychain(folder.path()), Suite::XChaCha20Poly1305, &recovery()).unwrap());
    FileEngine::keep(&practice.join("store")).unwrap();
    let (mut held, mut unacknowledged, mut chance) = (0, 0, 0x2545_f491_4f6c_dd1d_u64);
    for round in 0..KILLS {
        // Xorshift: every round kills after another number of acknowledgements and another moment within a commit.
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let acknowledged = kill_after(folder.path(), chance % 12, Duration::from_micros((chance >> 8) % 1500));
        let vault = open(folder.path()).unwrap();
        let now = count(&vault);
        let told = acknowledged.unwrap_or(held);
        assert!(now == told || now == told + 1, "round {round}: {told} acknowledged, {now} there");
        unacknowledged += now - told;
        assert!(now >= held);
        held = now;
    }
    println!("{KILLS} kills, {held} changes kept, {unacknowledged} of them not yet acknowledged");
    assert!(held > KILLS, "{held} changes: the kills came too early to mean anything");
}

/// Starts a writer, kills it a moment after so many acknowledgements, and returns the last number it acknowledged.
fn kill_after(folder: &Path, acknowledgements: u64, moment: Duration) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_writes", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut last = None;
    let mut heard = 0;
    let number = |line: &str| line.strip_prefix("kept ").map(|number| number.parse::<u64>().unwrap());
    while heard < acknowledgements {
        let line = lines.next().expect("the writer writes until it is killed").unwrap();
        if let Some(number) = number(&line) {
            last = Some(number);
            heard += 1;
        }
    }
    std::thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
    // What the writer said before it died counts as acknowledged too. A line this short is written whole or not at all.
    lines.map_while(Result::ok).filter_map(|line| number(&line)).last().or(last)
}

#[test]
fn child_writes() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let vault = open(&folder).unwrap();
    let keys = vault.recover(&recovery()).unwrap();
    let mut number = count(&vault);
    let mut out = std::io::stdout();
    writeln!(out).unwrap();
    loop {
        number += 1;
        change(&vault, &keys, |tx| {
            tx.put(&note(number), at(0), None)?;
            tx.put(&counter(number), at(0), None)?;
            tx.log_put(1, &number.to_be_bytes(), b"entry")
        })
        .unwrap();
        writeln!(out, "kept {number}").unwrap();
        out.flush().unwrap();
    }
}
