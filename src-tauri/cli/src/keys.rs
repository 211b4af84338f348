//! `keys status`, `keys rotate` and `support`.

use crate::arguments::{Place, Rotate, Who};
use crate::desk::{call, open, signed_in};
use crate::ending::Ending;
use crate::stop::Stop;
use crate::told::Told;
use crate::{Ended, said};
use serde_json::json;

/// Says how old the keys are.
///
/// # Errors
/// The ending to take.
pub(crate) fn status(place: &Place, who: &Who) -> Ended {
    signed_in(place, who, |practice| {
        said::json(&practice.call(call("identity.key_status", json!({})))?)?;
        Ok(Ending::Done)
    })
}

/// Makes new keys and seals everything anew.
///
/// # Errors
/// The ending to take.
pub(crate) fn rotate(place: &Place, rotate: &Rotate) -> Ended {
    signed_in(place, &rotate.who, |practice| {
        let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(|_| "values sealed anew"));
        if !rotate.go_on {
            practice.call(call("identity.rotate_keys", json!({ "suspected_leak": rotate.suspected_leak })))?;
        }
        let values = practice.reseal(&mut |step| {
            told.tell(&step);
            stop.asked()
        })?;
        let Some(values) = values else {
            said::words("Stopped. The old keys are kept until it is gone on with: keys rotate --go-on");
            return Ok(Ending::Stopped);
        };
        said::json(&json!({ "values": values }))?;
        Ok(Ending::Done)
    })
}

/// Prints how the program stands.
///
/// # Errors
/// The ending to take.
pub(crate) fn support(place: &Place) -> Ended {
    said::text(&format!("{}\n", open(place)?.support_text()?))?;
    Ok(Ending::Done)
}
