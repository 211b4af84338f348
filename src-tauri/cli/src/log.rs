//! `log verify`, `log tail` and `log export`.

use crate::arguments::{Export, Place, Tail, Who};
use crate::desk::{call, signed_in};
use crate::ending::Ending;
use crate::stop::Stop;
use crate::{Ended, passphrase, said};
use keepwell_kernel::Secret;
use keepwell_practice::{BundleTo, Bundled, Call};
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

/// Writes an audit bundle. Ctrl-C ends it; what is there then has no manifest, and no verifier takes it for a bundle.
///
/// # Errors
/// The ending to take.
pub(crate) fn export(place: &Place, export: &Export) -> Ended {
    let passphrase = match export.plain {
        true => None,
        false => Some(Secret::new(passphrase::of_a_file()?.as_str().to_owned())),
    };
    signed_in(place, &export.who, |practice| {
        let stop = Stop::on_ctrl_c()?;
        let Export { patient, actor, from, to, .. } = export;
        let input = json!({ "patient": patient, "actor": actor, "from": from, "to": to });
        let call = Call { reason: Some(export.reason.clone()), ..call("log.export", input) };
        let target = BundleTo { folder: &export.folder, passphrase: passphrase.as_ref() };
        let written = practice.export_log(&call, &target, &mut |_| stop.asked())?;
        let Some((Bundled { log_size, entries, redacted }, file)) = written else {
            said::words(&format!("Stopped. If {} is new, delete it before you begin again.", export.folder.display()));
            return Ok(Ending::Stopped);
        };
        let file = file.map(|name| export.folder.join(name));
        said::json(&json!({ "entries": entries, "redacted": redacted, "log_size": log_size, "file": file }))?;
        said::words(match passphrase {
            Some(_) => "Tell the passphrase by another way than the file. Nobody can open the file without it.",
            None => "Nothing in it is sealed. Keep it as you would keep a medical record.",
        });
        Ok(Ending::Done)
    })
}
