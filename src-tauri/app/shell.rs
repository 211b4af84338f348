//! What the shell answers by itself: it touches no record, so it leaves no entry.

use crate::desk::Desk;
use crate::door::fault;
use keepwell_kernel::Failure;
use keepwell_practice::State;
use serde::Deserialize;
use serde_json::{Value, json};
use tauri::{Runtime, WebviewWindow};

/// The state of the practice as the screens need it before and after sign-in.
pub(crate) fn status(desk: &Desk) -> Result<Value, Failure> {
    let mut status = desk.practice().status();
    if status.state == State::Unopenable {
        // What was wrong may have been mended since: a keychain unlocked, another window closed.
        desk.practice().reopen();
        status = desk.practice().status();
    }
    serde_json::to_value(status).map_err(|error| fault(error.to_string()))
}

/// Says whether the screens add to their question that a hand was on the keys or the mouse since they last asked.
pub(crate) fn says_somebody_is_there(input: &Value) -> bool {
    input.get("present").and_then(Value::as_bool) == Some(true)
}

/// Every time zone by its name, and the one of this computer.
pub(crate) fn time_zones() -> Value {
    let zones: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    // A computer whose zone has no name that we know gets one that is never wrong by a law.
    let here = iana_time_zone::get_timezone().ok().filter(|name| zones.contains(&name.as_str()));
    let here = here.unwrap_or_else(|| "UTC".to_owned());
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
    let advice = keepwell_practice::passphrase_advice(passphrase.reveal(), &hints);
    serde_json::to_value(advice).map_err(|error| fault(error.to_string()))
}

/// Opens the system's print dialog for what the window shows.
pub(crate) fn print<R: Runtime>(window: &WebviewWindow<R>) -> Result<Value, Failure> {
    window.print().map(|()| Value::Null).map_err(|error| fault(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{passphrase_advice, says_somebody_is_there, time_zones};
    use serde_json::json;

    #[test]
    fn the_list_of_zones_holds_the_one_of_this_computer_or_utc() {
        let answer = time_zones();
        let zones = answer["zones"].as_array().unwrap();
        assert!(zones.contains(&json!("America/New_York")));
        assert!(zones.contains(&answer["here"]), "{}", answer["here"]);
    }

    #[test]
    fn advice_is_given_and_a_malformed_question_is_a_fault() {
        let weak = passphrase_advice(json!({ "passphrase": "password", "hints": [] })).unwrap();
        assert_eq!(weak["acceptable"], false);
        assert!(passphrase_advice(json!({ "passphrase": 7 })).is_err());
    }

    #[test]
    fn only_a_plain_yes_counts_as_somebody() {
        for (input, expected) in
            [(json!({}), false), (json!({ "present": "yes" }), false), (json!({ "present": true }), true)]
        {
            assert_eq!(says_somebody_is_there(&input), expected, "{input}");
        }
    }
}
