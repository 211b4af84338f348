//! A real program on a real file, ended by the system in the middle of its work.

use crate::chance::Chance;
use crate::oracle::verifies;
use crate::workload::{call, founding, person, sign_in};
use keepwell_practice::Practice;
use keepwell_practice::testing::{OWNER, PASSPHRASE};
use keepwell_vault::FileKeychain;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// After so many rounds, each of three or four commits, the journal has had a long lap.
const LAP_ROUNDS: usize = 50;

/// Before what the child has been told is kept: the entries of the log, and a patient.
const KEPT: &str = "kept ";

fn practice_in(folder: &Path) -> Result<Practice, String> {
    let vault = folder.join("practice");
    let keychain = FileKeychain::at(&folder.join("keys"), &vault).map_err(|error| error.to_string())?;
    Ok(Practice::at(&vault, Arc::new(keychain), "desk".to_owned()))
}

/// Works until it is ended, and says after each round what it was told is kept.
///
/// # Errors
/// What an operation says that fails.
pub fn work_until_ended(folder: &Path) -> Result<(), String> {
    let practice = practice_in(folder)?;
    sign_in(&practice, OWNER).map_err(|failure| format!("{failure:?}"))?;
    let mut out = std::io::stdout();
    for round in 0u64.. {
        let ask = |operation: &str, input: Value| {
            call(&practice, operation, input).map_err(|failure| format!("{operation}: {failure:?}"))
        };
        let made = ask("patients.register", person("Quillfeather", "Ada", "1980-01-01"))?;
        let name = json!({ "family": "Quillfeather", "given": ["Adah"] });
        ask(
            "patients.correct",
            json!({ "patient": made["patient"], "expected_version": 1, "name": name,
            "date_of_birth": "1980-01-01", "administrative_sex": "F" }),
        )?;
        match round % 3 {
            0 => drop(ask("patients.search", json!({ "query": "Quill", "limit": 20 }))?),
            1 => {
                ask("identity.lock", json!({ "drafts": [{ "screen": "register", "content": "half a name" }] }))?;
                ask("identity.unlock", json!({ "passphrase": PASSPHRASE }))?;
            }
            _ => {
                let photo = format!("/9j/{}", "AbCd".repeat(22_000));
                ask("patients.set_photo", json!({ "patient": made["patient"], "jpeg_base64": photo }))?;
            }
        }
        let entries = practice.status().log_entries.unwrap_or(0);
        let patient = made["patient"].as_str().unwrap_or_default();
        // One write, so that the end never leaves half a line.
        let line = format!("\n{KEPT}{entries} {patient}\n");
        out.write_all(line.as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Ends a child so many times, each at another moment, and looks at what it leaves. Returns rounds kept in all.
///
/// # Errors
/// What is wrong, and after which kill.
pub fn kills(program: &Path, seed: u64, count: u64) -> Result<u64, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let practice = practice_in(folder.path())?;
    call(&practice, "identity.create_practice", founding()).map_err(|failure| format!("{failure:?}"))?;
    practice.close();
    drop(practice);
    let mut kept = 0;
    for number in 0..count {
        let told = |what| format!("seed {seed}, kill {number}: {what}");
        kept += one(program, folder.path(), &mut Chance::of(seed, number)).map_err(told)?;
    }
    Ok(kept)
}

fn one(program: &Path, folder: &Path, chance: &mut Chance) -> Result<u64, String> {
    let mut child = Command::new(program)
        .arg("--child")
        .arg(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines().map_while(Result::ok);
    let taken = |line: String| line.strip_prefix(KEPT).map(str::to_owned);
    // Every fourth lives long enough for the journal to be ended and begun again, which the program does beside its work.
    let rounds = if chance.below(4) == 0 { LAP_ROUNDS + chance.below(LAP_ROUNDS) } else { chance.below(4) };
    let mut kept: Vec<String> = lines.by_ref().filter_map(taken).take(rounds).collect();
    std::thread::sleep(Duration::from_micros(chance.draw() % 40_000));
    child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
    kept.extend(lines.filter_map(taken));
    let practice = practice_in(folder)?;
    let status = practice.status();
    if let Some(problem) = status.problem {
        return Err(format!("it does not open: {}", problem.code));
    }
    verifies(&practice)?;
    for line in &kept {
        let (entries, patient) = line.split_once(' ').ok_or("a line that says nothing")?;
        let entries: u64 = entries.parse().map_err(|_| "a line without entries")?;
        if status.log_entries < Some(entries) {
            return Err(format!("{entries} entries were acknowledged, and {:?} are there", status.log_entries));
        }
        let versions = call(&practice, "patients.versions", json!({ "patient": patient }));
        let versions = versions.map_err(|failure| format!("{patient} was acknowledged: {failure:?}"))?;
        if versions["rows"].as_array().is_none_or(|rows| rows.len() < 2) {
            return Err(format!("{patient} was corrected, and that is lost: {versions}"));
        }
    }
    practice.close();
    Ok(kept.len() as u64)
}
