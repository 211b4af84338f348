//! Invariant 8: a kill at any moment loses nothing acknowledged and leaves nothing half done.

use crate::scene::{call, person, sign_in, with};
use keepwell_practice::Practice;
use keepwell_practice::testing::{OWNER, PASSPHRASE};
use keepwell_vault::FileKeychain;
use serde_json::json;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// Names the folder in which the child works; the parent alone sets it.
const CHILD: &str = "KEEPWELL_KILL_CHILD";
const MOMENTS: u64 = 50;
/// Before a record number that the child was told is kept.
const KEPT: &str = "kept ";

fn at(folder: &Path) -> Practice {
    let vault = folder.join("practice");
    Practice::at(&vault, Arc::new(FileKeychain::at(&folder.join("keys"), &vault).unwrap()), "desk".to_owned())
}

/// Registers patients until it is killed, and says each one that was acknowledged. Does nothing unless it is a child.
#[test]
fn a_child_that_registers_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let practice = at(Path::new(&folder));
    sign_in(&practice, OWNER).unwrap();
    let mut out = std::io::stdout();
    for count in 0.. {
        let name = format!("Example{}", letters(u64::from(std::process::id()) * 1000 + count));
        let reason = json!({ "duplicate_override": "made up for a test" });
        let made = call(&practice, "patients.register", with(person(&name, "Ana", "1985-02-03"), &reason)).unwrap();
        // One write, so that a kill never leaves half a line.
        out.write_all(format!("\n{KEPT}{}\n", made["mrn"].as_str().unwrap()).as_bytes()).unwrap();
        out.flush().unwrap();
    }
}

fn letters(mut number: u64) -> String {
    let mut text = String::new();
    while number > 0 {
        text.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    text
}

/// Lets a child write, kills it at a moment that differs each time, and returns what was acknowledged.
fn written_until_killed(folder: &Path, moment: u64) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "journeys::kill::a_child_that_registers_until_it_is_killed", "--nocapture"])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut kept: Vec<String> = Vec::new();
    let taken = |line: &String| line.strip_prefix(KEPT).map(str::to_owned);
    if moment > 0 {
        kept.extend(lines.by_ref().filter_map(|line| taken(&line)).take(1 + usize::try_from(moment % 4).unwrap()));
    }
    std::thread::sleep(Duration::from_micros(moment * 7919 % 9000));
    child.kill().unwrap();
    child.wait().unwrap();
    kept.extend(lines.filter_map(|line| taken(&line)));
    kept
}

#[test]
fn a_kill_at_any_of_fifty_moments_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let practice = at(folder.path());
    let created = json!({
        "practice": { "name": "Lakeside", "address": null, "phone": null, "npi": null, "time_zone": "America/New_York",
            "hours": [], "anonymous_mrn": false, "idle_minutes": 15 },
        "owner": { "user_name": OWNER, "name": { "family": "Ito", "given": ["Naomi"] } },
        "passphrase": PASSPHRASE, "suite": "xchacha20-poly1305",
    });
    call(&practice, "identity.create_practice", created).unwrap();
    practice.close();
    drop(practice);
    let mut all = Vec::new();
    for moment in 0..MOMENTS {
        let kept = written_until_killed(folder.path(), moment);
        let practice = at(folder.path());
        assert_eq!(practice.status().read_only, None, "moment {moment}");
        sign_in(&practice, OWNER).unwrap_or_else(|failure| panic!("moment {moment}: {failure:?}"));
        all.extend(kept.clone());
        let asked = if moment + 1 == MOMENTS { &all } else { &kept };
        for mrn in asked {
            let found = call(&practice, "patients.search", json!({ "query": mrn, "limit": 5 })).unwrap();
            let there = found["rows"].as_array().unwrap().iter().any(|row| row["mrn"] == **mrn);
            assert!(there, "moment {moment} lost {mrn}");
        }
        let checked = call(&practice, "log.verify", json!({})).unwrap();
        assert_eq!(checked["ok"], true, "moment {moment}: {checked}");
        practice.close();
    }
    assert!(all.len() as u64 > MOMENTS, "the child kept next to nothing: {}", all.len());
}
