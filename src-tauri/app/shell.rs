//! What the shell answers by itself: it touches no record, so it leaves no entry.

use crate::desk::Desk;
use crate::door::fault;
use keepwell_kernel::Failure;
use serde::Deserialize;
use serde_json::{Value, json};
use tauri::{Runtime, WebviewWindow};

/// The state of the practice as the screens need it before and after sign-in.
pub(crate) fn status(desk: &Desk) -> Value {
    let mut status = desk.practice.status();
    if let Some(fields) = status.as_object_mut() {
        let signed_in = fields.get("state").and_then(Value::as_str) == Some("signed_in");
        let minutes = fields.get("idle_minutes").and_then(Value::as_u64);
        let locks_at = signed_in.then(|| minutes.map(|minutes| desk.idle.locks_at(minutes))).flatten();
        fields.insert("locks_at".to_owned(), locks_at.map_or(Value::Null, |at| Value::from(at.to_rfc3339())));
        fields.insert("demonstration".to_owned(), Value::from(desk.launch.demonstration));
    }
    status
}

/// Every time zone by its name, and the one of this computer.
pub(crate) fn time_zones() -> Value {
    let zones: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    let here = iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".to_owned());
    json!({ "zones": zones, "here": here })
}

#[derive(Deserialize)]
struct Advise {
    passphrase: keepwell_kernel::Secret,
    hints: Vec<String>,
}

/// Advice while somebody types a new passphrase (NIST SP 800-63B-4, 3.1.1.2: no composition rules, plain advice).
pub(crate) fn passphrase_advice(input: Value) -> Result<Value, Failure> {
    let Ok(Advise { passphrase, hints }) = serde_json::from_value(input) else {
        return Err(fault("the advice was asked for with other fields than it has"));
    };
    let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
    let estimate = zxcvbn::zxcvbn(passphrase.reveal(), &hints);
    let score = u8::from(estimate.score());
    let advice = match estimate.feedback() {
        Some(feedback) => feedback
            .warning()
            .map(|warning| warning.to_string())
            .or_else(|| feedback.suggestions().first().map(ToString::to_string))
            .unwrap_or_default(),
        None => String::new(),
    };
    Ok(json!({ "score": score, "acceptable": score >= 3, "advice": advice }))
}

/// Opens the system's print dialog for what the window shows.
pub(crate) fn print<R: Runtime>(window: &WebviewWindow<R>) -> Result<Value, Failure> {
    window.print().map(|()| Value::Null).map_err(|error| fault(error.to_string()))
}
