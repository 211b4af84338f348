//! `batch`: one operation for each line, in one session.

use crate::Ended;
use crate::arguments::{Place, Who};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::said;
use keepwell_kernel::{Failure, Purpose};
use keepwell_log::door::MALFORMED;
use keepwell_practice::{Call, Continue, Practice};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::BufRead as _;
use std::time::Instant;

/// A line that comes in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// Whatever the caller wants back.
    #[serde(default)]
    id: Value,
    operation: String,
    #[serde(default = "no_fields")]
    input: Value,
    #[serde(default)]
    purpose: Option<Purpose>,
    #[serde(default)]
    reason: Option<String>,
}

fn no_fields() -> Value {
    Value::Object(serde_json::Map::new())
}

/// A line that goes out.
#[derive(Serialize)]
struct Answer {
    id: Value,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Failure>,
    micros: u64,
}

/// Answers each line as soon as it comes, so that another program can hold a conversation.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, who: &Who) -> Ended {
    signed_in(place, who, |practice| answered(practice, || Continue::Yes))
}

/// Answers each line until there is none, or until somebody wants it to end.
///
/// # Errors
/// The ending to take.
pub(crate) fn answered(practice: &Practice, goes_on: impl Fn() -> Continue) -> Ended {
    for line in std::io::stdin().lock().lines() {
        if goes_on() == Continue::No {
            return Ok(Ending::Stopped);
        }
        let line = line.map_err(|error| Ending::fault(&error))?;
        if !line.trim().is_empty() {
            said::json(&answer(practice, &line))?;
        }
    }
    Ok(Ending::Done)
}

fn answer(practice: &Practice, line: &str) -> Answer {
    let begun = Instant::now();
    let (id, answered) = match serde_json::from_str::<Line>(line) {
        Err(_) => (id_of(line), Err(malformed())),
        Ok(Line { id, operation, input, purpose, reason }) => {
            (id, practice.call(Call { operation, input, purpose, reason }))
        }
    };
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    match answered {
        Ok(output) => Answer { id, outcome: "done", output: Some(output), refusal: None, micros },
        Err(failure) => Answer { id, outcome: outcome(&failure), output: None, refusal: Some(failure), micros },
    }
}

/// Returns the id of a line whose other fields are wrong, so that the caller knows which one it was. A line whose id
/// cannot be read has none, and an answer without an id says null.
fn id_of(line: &str) -> Value {
    match serde_json::from_str(line) {
        Ok(Value::Object(mut fields)) => fields.remove("id").unwrap_or(Value::Null),
        Ok(_) | Err(_) => Value::Null,
    }
}

fn malformed() -> Failure {
    Failure::Refused { code: MALFORMED.code.to_owned(), field: None, remedy: MALFORMED.remedy.to_owned() }
}

const fn outcome(failure: &Failure) -> &'static str {
    match failure {
        Failure::Refused { .. } => "refused",
        Failure::Denied => "denied",
        Failure::Locked => "locked",
        Failure::SignedOut => "signed_out",
        Failure::Fault { .. } => "fault",
    }
}
