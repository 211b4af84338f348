//! `call`: one operation.

use crate::Ended;
use crate::arguments::{Call as Arguments, Place};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::said;
use keepwell_practice::Call;
use serde_json::Value;
use std::io::Read as _;

/// Signs in, does one operation and signs out. Nothing on standard input means a request without fields.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, arguments: &Arguments) -> Ended {
    let input = request()?;
    signed_in(place, &arguments.who, |practice| {
        let answer = practice.call(Call {
            operation: arguments.operation.clone(),
            input,
            purpose: arguments.purpose,
            reason: arguments.reason.clone(),
        })?;
        said::json(&answer)?;
        Ok(Ending::Done)
    })
}

fn request() -> Result<Value, Ending> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| Ending::fault(&error))?;
    if text.trim().is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    serde_json::from_str(&text)
        .map_err(|error| Ending::Usage(format!("The request on standard input is not JSON: {error}")))
}
