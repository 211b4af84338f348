//! A demonstration: made-up patients and the years behind them, all through the door, the same for the same seed.
//!
//! The entries of the history bear the day on which it is made. The clock is the machine's, and a release build has no
//! way to set it, for a demonstration no more than for anybody who would like to have done something yesterday.

mod calendar;
mod staff;
mod theatre;
mod work;

use crate::made_up::{self, history::History};
use crate::practice::{Continue, Practice, Progress};
use crate::take_in_made_up::{MadeUpTaken, PATIENTS_MAX};
use keepwell_kernel::{Error, Failure, Fault, PatientId};
use keepwell_log::door::Call;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use staff::{PASSPHRASE as STAFF_PASSPHRASE, STAFF};

/// The name of a demonstration.
pub const NAME: &str = "Lakeside Family Medicine (demonstration)";
/// The time zone of a demonstration.
pub const TIME_ZONE: &str = "America/New_York";

/// What a demonstration shall hold.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How many patients.
    pub patients: u32,
    /// How many years of history: each patient-year leaves about ten entries in the log.
    pub years: u32,
    /// The same seed makes the same patients, the same history and the same calendar.
    pub seed: u64,
    /// How many days of the calendar are filled before today and after it; there is none where nothing is said.
    pub days: Option<(u16, u16)>,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// How many patients are taken in.
    pub patients: u64,
    /// How many entries the history left in the log, those of coming and going apart.
    pub entries: u64,
    /// How many visits the calendar has.
    pub visits: u64,
    /// It was stopped before all was made.
    pub stopped: bool,
}

/// Takes made-up patients into the demonstration that somebody is signed in to, and says how many. The same seed gives
/// the same patients, and taking them in twice makes no second one. Whoever is signed in stays so.
///
/// # Errors
/// [`Failure`]; `practice.not_a_demonstration` in a real practice.
pub fn demo(
    practice: &Practice,
    patients: u32,
    seed: u64,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<u64, Failure> {
    let wanted = Wanted { patients, years: 0, seed, days: None };
    with_history(practice, wanted, progress).map(|made| made.patients)
}

/// Does what [`demo`] does and lives through the years after it. Where there are any, made-up staff are invited, work
/// and sign out, and nobody is signed in at the end.
///
/// # Errors
/// [`Failure`]; `practice.not_a_demonstration` in a real practice, `identity.user_name_taken` where there is a history
/// already.
pub fn with_history(
    practice: &Practice,
    wanted: Wanted,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Made, Failure> {
    let mut history = History::of(wanted.seed, wanted.years);
    let (known, stopped) = take_in(practice, wanted, &mut history, progress)?;
    let patients = known.len() as u64;
    let visits = match wanted.days.filter(|_| !stopped) {
        Some(days) => calendar::fill(practice, wanted.seed, &known, days, progress)?,
        None => 0,
    };
    if stopped || wanted.years == 0 {
        return Ok(Made { patients, entries: 0, visits, stopped });
    }
    staff::hire(practice)?;
    let (done, stopped) = work::live(practice, &known, history, progress)?;
    Ok(Made { patients, entries: done, visits, stopped })
}

/// Takes the people in, and says who they are here and whether it was stopped.
fn take_in(
    practice: &Practice,
    wanted: Wanted,
    history: &mut History,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<(Vec<PatientId>, bool), Failure> {
    let total = u64::from(wanted.patients);
    let mut people = made_up::patients(wanted.patients as usize, wanted.seed);
    let mut known: Vec<PatientId> = Vec::new();
    loop {
        let mut batch: Vec<Value> = Vec::new();
        for patient in people.by_ref().take(PATIENTS_MAX) {
            history.add(&patient);
            batch.push(serde_json::to_value(&patient).map_err(|error| broken(practice, &error))?);
        }
        if batch.is_empty() {
            return Ok((known, false));
        }
        let input = json!({ "seed": wanted.seed, "first": known.len(), "patients": batch });
        let taken: MadeUpTaken = ask(practice, "practice.take_in_made_up", input, None)?;
        known.extend(taken.patients);
        if progress(Progress::of("making", known.len() as u64, total)) == Continue::No {
            return Ok((known, true));
        }
    }
}

/// Does an operation and reads its answer.
fn ask<T: DeserializeOwned>(
    practice: &Practice,
    operation: &str,
    input: Value,
    reason: Option<&str>,
) -> Result<T, Failure> {
    let reason = reason.map(str::to_owned);
    let answer = practice.call(Call { operation: operation.to_owned(), input, purpose: None, reason })?;
    serde_json::from_value(answer).map_err(|error| broken(practice, &error))
}

/// An answer of our own that cannot be read is a defect.
fn broken(practice: &Practice, error: &(dyn std::error::Error + 'static)) -> Failure {
    practice.fail(&Error::Fault(Fault::from_error(error)))
}
