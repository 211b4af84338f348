//! A practice at its door, as the window has it: real keys, a real file, a keychain file beside it.

use crate::Done;
use crate::own::keychain;
use keepwell_practice::{Call, Practice};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

const OWNER: &str = "naomi.ito";
const PASSPHRASE: &str = "harbor lantern quilt 61";
/// A derivation that is quicker than this is not the one that people get.
const DERIVATION_SECONDS_MIN: f64 = 0.1;

/// A practice and the person in front of it.
pub(crate) struct Desk {
    /// The practice.
    pub(crate) practice: Practice,
}

impl Desk {
    /// Opens the practice in a folder.
    pub(crate) fn at(folder: &Path) -> Done<Self> {
        Ok(Self { practice: Practice::at(folder, keychain(folder)?, "front-desk-2".to_owned()) })
    }

    /// Opens the practice in a folder for one session. The store is let go of at its end.
    pub(crate) fn session<R>(folder: &Path, work: impl FnOnce(&Self) -> Done<R>) -> Done<R> {
        let desk = Self::at(folder)?;
        desk.sign_in()?;
        let done = work(&desk)?;
        desk.sign_out()?;
        desk.practice.close();
        Ok(done)
    }

    /// Makes a demonstration; its owner is signed in.
    pub(crate) fn found(&self) -> Done<()> {
        let input = json!({
            "practice": { "name": keepwell_practice::demo::NAME, "address": null, "phone": null, "npi": null,
                "time_zone": "America/New_York", "hours": [], "anonymous_mrn": false, "idle_minutes": 15 },
            "owner": { "user_name": OWNER,
                "name": { "family": "Ito", "given": ["Naomi"], "prefix": null, "suffix": null } },
            "passphrase": PASSPHRASE, "suite": "xchacha20-poly1305", "demonstration": true,
        });
        self.call("identity.create_practice", input).map(drop)
    }

    /// Signs in and returns the seconds it took.
    pub(crate) fn sign_in(&self) -> Done<f64> {
        let input = json!({ "user_name": OWNER, "passphrase": PASSPHRASE, "code": "" });
        let begun = Instant::now();
        self.call("identity.sign_in", input)?;
        Ok(begun.elapsed().as_secs_f64())
    }

    /// Tries a wrong passphrase and returns the seconds that took: the key derivation and little else.
    pub(crate) fn fail_to_sign_in(&self) -> Done<f64> {
        let input = json!({ "user_name": OWNER, "passphrase": "not the passphrase 61", "code": "" });
        let begun = Instant::now();
        let answer = self.call("identity.sign_in", input);
        let seconds = begun.elapsed().as_secs_f64();
        match answer {
            Ok(_) => Err("a wrong passphrase was let in".into()),
            Err(_) if seconds < DERIVATION_SECONDS_MIN => Err("the key derivation is the cheap one of tests".into()),
            Err(_) => Ok(seconds),
        }
    }

    /// Signs out.
    pub(crate) fn sign_out(&self) -> Done<()> {
        self.call("identity.sign_out", json!({})).map(drop)
    }

    /// Carries a call through the door.
    pub(crate) fn call(&self, operation: &str, input: Value) -> Done<Value> {
        let call = Call { operation: operation.to_owned(), input, ..Call::default() };
        self.practice.call(call).map_err(|failure| format!("{operation}: {failure:?}").into())
    }

    /// Carries a call through the door and returns the microseconds with the answer.
    pub(crate) fn timed(&self, operation: &str, input: Value) -> Done<(f64, Value)> {
        let begun = Instant::now();
        let answer = self.call(operation, input)?;
        Ok((begun.elapsed().as_secs_f64() * 1e6, answer))
    }
}
