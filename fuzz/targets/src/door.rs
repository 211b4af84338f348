//! Requests through the door of a whole practice in memory: imports, and the lines of a batch.

use keepwell_kernel::{Failure, Purpose};
use keepwell_practice::Call;
use keepwell_practice::testing::{OWNER, PASSPHRASE, TestPractice};
use serde::Deserialize;
use serde_json::{Value, json};
use std::cell::RefCell;

/// A practice is begun anew after so many inputs, so that none grows for ever.
const INPUTS: u32 = 200;

thread_local! {
    static PRACTICE: RefCell<Option<(TestPractice, u32)>> = const { RefCell::new(None) };
}

/// Runs with a practice whose owner is signed in.
fn with_practice(work: impl FnOnce(&TestPractice)) {
    PRACTICE.with_borrow_mut(|held| {
        let signed_in = |test: &TestPractice| {
            let input = json!({ "user_name": OWNER, "passphrase": PASSPHRASE, "code": "" });
            test.call("identity.practice", json!({})).is_ok() || test.call("identity.sign_in", input).is_ok()
        };
        let usable = held.take().filter(|(test, inputs)| *inputs < INPUTS && signed_in(test));
        let (test, inputs) = usable.unwrap_or_else(|| (TestPractice::new(), 0));
        work(&test);
        *held = Some((test, inputs + 1));
    });
}

fn entries(test: &TestPractice) -> u64 {
    test.practice.status().log_entries.unwrap_or(0)
}

/// Calls, and holds the door to one entry for each outcome and to words for each failure.
fn call(test: &TestPractice, call: Call) -> Result<Value, Failure> {
    let (before, operation) = (entries(test), call.operation.clone());
    let answer = test.practice.call(call);
    assert!(!matches!(answer, Err(Failure::Fault { .. })), "{operation} ended in a fault: {answer:?}");
    assert_eq!(entries(test), before + 1, "{operation} left another number of entries: {answer:?}");
    answer
}

/// Resources, each on a line, imported twice.
pub fn import(data: &[u8]) {
    let lines = data.split(|byte| *byte == b'\n').take(20);
    let resources: Vec<Value> = lines.filter_map(|line| serde_json::from_slice(line).ok()).collect();
    if resources.is_empty() {
        return;
    }
    with_practice(|test| {
        let input = json!({ "source": "a file", "resources": resources });
        let ask = || {
            call(
                test,
                Call { operation: "exchange.import_patients".to_owned(), input: input.clone(), ..Call::default() },
            )
        };
        let (Ok(first), Ok(second)) = (ask(), ask()) else { return };
        let outcomes = |answer: &Value| -> Vec<(Value, Value)> {
            let rows = answer["rows"].as_array().cloned().unwrap_or_default();
            rows.iter().map(|row| (row["outcome"].clone(), row["patient"].clone())).collect()
        };
        assert_eq!(outcomes(&first).len(), outcomes(&second).len());
        for ((outcome, patient), (again, same)) in outcomes(&first).into_iter().zip(outcomes(&second)) {
            assert_ne!(again, "created", "the same resource became a second patient");
            assert_eq!(patient, same, "the same resource became somebody else");
            assert_eq!(outcome == "refused", again == "refused", "what was refused is not refused again");
        }
    });
}

/// A line as `keepwell-cli batch` reads it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default, rename = "id")]
    _id: Value,
    operation: String,
    #[serde(default = "no_fields")]
    input: Value,
    #[serde(default)]
    purpose: Option<Purpose>,
    #[serde(default)]
    reason: Option<String>,
}

fn no_fields() -> Value {
    json!({})
}

/// Lines of a batch, in one session.
pub fn batch_line(data: &[u8]) {
    let lines: Vec<Line> = data
        .split(|byte| *byte == b'\n')
        .take(8)
        .filter_map(|line| serde_json::from_str(std::str::from_utf8(line).ok()?).ok())
        .collect();
    if lines.is_empty() {
        return;
    }
    with_practice(|test| {
        for Line { operation, input, purpose, reason, .. } in lines {
            let answer = call(test, Call { operation, input, purpose, reason });
            if let Err(Failure::Refused { code, remedy, .. }) = &answer {
                assert!(!code.is_empty() && !remedy.is_empty());
            }
        }
    });
}
