//! A demonstration: made-up patients through the door, the same for the same seed.

use crate::made_up;
use crate::practice::{Continue, Practice, Progress};
use crate::take_in_made_up::PATIENTS_MAX;
use keepwell_kernel::{Error, Failure, Fault};
use keepwell_log::door::Call;
use serde_json::{Value, json};

/// The name of a demonstration.
pub const NAME: &str = "Lakeside Family Medicine (demonstration)";

/// Takes made-up patients into the demonstration that somebody is signed in to, and says how many. The same seed gives
/// the same patients, and taking them in twice makes no second one.
///
/// # Errors
/// [`Failure`]; `practice.not_a_demonstration` in a real practice.
pub fn demo(
    practice: &Practice,
    patients: u32,
    seed: u64,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<u64, Failure> {
    let total = u64::from(patients);
    let mut people = made_up::patients(patients as usize, seed);
    let mut done = 0;
    while done < total {
        let batch: Vec<Value> = people
            .by_ref()
            .take(PATIENTS_MAX)
            .map(serde_json::to_value)
            .collect::<Result<_, _>>()
            .map_err(|error| practice.fail(&Error::Fault(Fault::from_error(&error))))?;
        let count = batch.len() as u64;
        let input = json!({ "seed": seed, "first": done, "patients": batch });
        practice.call(Call { operation: "practice.take_in_made_up".to_owned(), input, ..Call::default() })?;
        done += count;
        if count == 0 || progress(Progress::of("making", done, total)) == Continue::No {
            break;
        }
    }
    Ok(done)
}
