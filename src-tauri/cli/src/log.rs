//! `log verify` and `log tail`.

use crate::Ended;
use crate::arguments::{Place, Tail, Who};
use crate::desk::{call, signed_in};
use crate::ending::Ending;
use crate::said;
use serde_json::{Value, json};

/// Checks the whole log. A check that was done is done, even if it found something: the answer says what.
///
/// # Errors
/// The ending to take.
pub(crate) fn verify(place: &Place, who: &Who) -> Ended {
    signed_in(place, who, |practice| {
        let found = practice.call(call("log.verify", json!({})))?;
        said::json(&found)?;
        if found.get("ok") != Some(&Value::Bool(true)) {
            said::words("The log does not hold. Keep the file as it is and call whoever answers for security.");
        }
        Ok(Ending::Done)
    })
}

/// Prints the newest entries, newest first.
///
/// # Errors
/// The ending to take.
pub(crate) fn tail(place: &Place, tail: &Tail) -> Ended {
    signed_in(place, &tail.who, |practice| {
        let page = practice.call(call("log.entries", json!({ "limit": tail.limit })))?;
        said::json(&page)?;
        Ok(Ending::Done)
    })
}
