//! The practices that are measured, each made once and kept: patients by the door, years of log by the log's own pen.

use crate::Done;
use crate::desk::Desk;
use crate::disk::{copy, fresh, remove};
use crate::own::{keychain_file, store_in};
use crate::past::Past;
use crate::queries::PEOPLE_SEED;
use crate::workloads::progress;
use chrono::Duration;
use keepwell_kernel::{Clock, PatientId};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Entries of log for each patient: ten a year for six years.
const ENTRIES_A_PATIENT: u64 = 60;
/// The log of the practice that is only asked about its log.
pub(crate) const LONG_LOG: u64 = 10_000_000;
const YEARS: i64 = 6;
const BATCH: usize = 100;

/// A practice that has been made.
pub(crate) struct Made {
    /// Where.
    pub(crate) folder: PathBuf,
    /// Everybody in it.
    pub(crate) patients: Vec<PatientId>,
}

impl Made {
    /// Returns the practice with so many patients, making it where there is none yet.
    pub(crate) fn with(stores: &Path, patients: u64) -> Done<Self> {
        let folder = stores.join(format!("practice-{patients}"));
        if let Some(made) = Self::kept(&folder)? {
            return Ok(made);
        }
        progress(&format!("making a practice of {patients} patients"));
        fresh(&folder)?;
        remove(&keychain_file(&folder))?;
        let desk = Desk::at(&folder)?;
        desk.found()?;
        take_in(&desk, patients as usize)?;
        let everybody = everybody(&desk)?;
        desk.sign_out()?;
        desk.practice.close();
        drop(desk);
        let made = Self { folder, patients: everybody };
        made.remember(patients * ENTRIES_A_PATIENT)?;
        Ok(made)
    }

    /// Returns a practice with ten million entries, making it from the one of that size without.
    pub(crate) fn with_long_log(stores: &Path, patients: u64) -> Done<Self> {
        let folder = stores.join(format!("practice-{patients}-long-log"));
        if let Some(made) = Self::kept(&folder)? {
            return Ok(made);
        }
        let shorter = Self::with(stores, patients)?;
        progress(&format!("making a log of {LONG_LOG} entries"));
        copy(&shorter.folder, &folder)?;
        std::fs::copy(keychain_file(&shorter.folder), keychain_file(&folder))?;
        let made = Self { folder, patients: shorter.patients };
        made.remember(LONG_LOG)?;
        Ok(made)
    }

    /// Fills the log and writes down that the practice is complete.
    fn remember(&self, entries: u64) -> Done<()> {
        let from = Clock::of_the_machine().now() - Duration::days(365 * YEARS);
        Past { folder: &self.folder, patients: &self.patients, from, seed: PEOPLE_SEED }.fill(entries)?;
        Ok(std::fs::write(list_of(&self.folder), serde_json::to_vec(&self.patients)?)?)
    }

    fn kept(folder: &Path) -> Done<Option<Self>> {
        if !list_of(folder).is_file() || !store_in(folder).is_file() {
            return Ok(None);
        }
        let patients = serde_json::from_slice(&std::fs::read(list_of(folder))?)?;
        Ok(Some(Self { folder: folder.to_owned(), patients }))
    }
}

/// The list of patients, written last: where it is missing, the practice was not finished.
fn list_of(folder: &Path) -> PathBuf {
    folder.with_extension("patients.json")
}

fn take_in(desk: &Desk, count: usize) -> Done<()> {
    let mut people = keepwell_practice::made_up::patients(count, PEOPLE_SEED);
    for first in (0..count).step_by(BATCH) {
        let batch: Vec<Value> = people
            .by_ref()
            .take(BATCH)
            .map(|one| serde_json::to_value(one).map_err(Into::into))
            .collect::<Done<_>>()?;
        let input = json!({ "seed": PEOPLE_SEED, "first": first, "patients": batch });
        desk.call("practice.take_in_made_up", input)?;
        if first % 10_000 == 0 {
            progress(&format!("{first} of {count} patients"));
        }
    }
    Ok(())
}

/// Asks the log whom the practice has taken in.
fn everybody(desk: &Desk) -> Done<Vec<PatientId>> {
    let (mut patients, mut after) = (Vec::new(), Value::Null);
    loop {
        let input = json!({ "operation": "practice.take_in_made_up", "limit": 200, "after": after });
        let page = desk.call("log.entries", input)?;
        for row in page.pointer("/rows").and_then(Value::as_array).into_iter().flatten() {
            let named = row.pointer("/patients").cloned().ok_or("an entry without its patients")?;
            patients.extend(serde_json::from_value::<Vec<PatientId>>(named)?);
        }
        after = page.pointer("/next").cloned().unwrap_or_default();
        if after.is_null() {
            patients.sort();
            patients.dedup();
            return Ok(patients);
        }
    }
}
