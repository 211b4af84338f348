//! `init`: makes a practice.

use crate::Ended;
use crate::arguments::{Init, Place};
use crate::desk::{call, leave, open};
use crate::ending::Ending;
use crate::{passphrase, said};
use keepwell_practice::Practice;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The practice that was made, as far as it is shown once. The owner cannot do without any of it, so an answer that
/// lacks a part is a fault and never an empty line.
#[derive(Deserialize)]
pub(crate) struct Founded {
    vault_id: String,
    kit: Kit,
    second_factor: Factor,
}

#[derive(Deserialize)]
struct Kit {
    recovery_key: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Factor {
    totp_uri: String,
    recovery_codes: Vec<String>,
}

/// What is printed once.
#[derive(Serialize)]
pub(crate) struct ShownOnce<'f> {
    vault_id: &'f str,
    recovery_key: &'f str,
    recovery_words: &'f [String],
    totp_uri: &'f str,
    recovery_codes: &'f [String],
}

impl Founded {
    /// Reads the answer of the door.
    ///
    /// # Errors
    /// A fault where something is missing.
    fn read(answer: Value) -> Result<Self, Ending> {
        serde_json::from_value(answer).map_err(|error| Ending::fault(&error))
    }

    /// Returns what is printed once.
    pub(crate) fn shown(&self) -> ShownOnce<'_> {
        ShownOnce {
            vault_id: &self.vault_id,
            recovery_key: &self.kit.recovery_key,
            recovery_words: &self.kit.words,
            totp_uri: &self.second_factor.totp_uri,
            recovery_codes: &self.second_factor.recovery_codes,
        }
    }
}

/// Makes a practice and prints what is shown once.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, init: &Init) -> Ended {
    let practice = open(place)?;
    let made = found(&practice, init, false);
    leave(&practice);
    said::json(&made?.shown())?;
    said::words("Write the recovery key down and keep it away from this computer. It is not shown again.");
    Ok(Ending::Done)
}

/// Makes the practice; its owner is signed in then.
///
/// # Errors
/// The ending to take.
pub(crate) fn found(practice: &Practice, init: &Init, demonstration: bool) -> Result<Founded, Ending> {
    let passphrase = passphrase::ask(true)?;
    let input = json!({
        "practice": {
            "name": init.practice, "address": null, "phone": null, "npi": null, "time_zone": init.time_zone,
            "hours": [], "anonymous_mrn": false, "idle_minutes": 15,
        },
        "owner": { "user_name": init.owner, "name": name(&init.owner_name) },
        "passphrase": passphrase.as_str(),
        "suite": init.suite,
        "demonstration": demonstration,
    });
    Founded::read(practice.call(call("identity.create_practice", input))?)
}

/// Takes a name apart as it was typed: `Family, Given`, or given names first and the family name last.
fn name(typed: &str) -> Value {
    let (family, given): (&str, Vec<&str>) = match typed.split_once(',') {
        Some((family, given)) => (family.trim(), given.split_whitespace().collect()),
        None => {
            let mut words: Vec<&str> = typed.split_whitespace().collect();
            // Nothing typed is no name, which the door refuses in words.
            (words.pop().unwrap_or(""), words)
        }
    };
    json!({ "family": family, "given": given, "prefix": null, "suffix": null })
}

#[cfg(test)]
mod tests {
    use super::{Founded, name};
    use crate::ending::Ending;
    use keepwell_kernel::Failure;
    use serde_json::json;

    #[test]
    fn an_answer_that_lacks_what_is_shown_once_is_a_fault() {
        let whole = json!({ "vault_id": "v", "session": {}, "kit": { "recovery_key": "k", "words": ["w"], "qr_svg": "q" },
            "second_factor": { "totp_uri": "t", "recovery_codes": ["c"], "secret": "s" } });
        let shown = Founded::read(whole.clone()).map(|founded| serde_json::to_value(founded.shown()).unwrap()).unwrap();
        assert_eq!((&shown["recovery_key"], &shown["recovery_codes"]), (&json!("k"), &json!(["c"])));
        for path in
            ["/vault_id", "/kit/recovery_key", "/kit/words", "/second_factor/totp_uri", "/second_factor/recovery_codes"]
        {
            for broken in [json!(null), json!(7)] {
                let mut answer = whole.clone();
                *answer.pointer_mut(path).unwrap() = broken;
                let ended = Founded::read(answer).err();
                assert!(matches!(ended, Some(Ending::Failed(Failure::Fault { .. }))), "{path}");
            }
        }
    }

    #[test]
    fn names_are_taken_apart_as_they_were_typed() {
        for (typed, family, given) in [
            ("Naomi Ito", "Ito", vec!["Naomi"]),
            ("García Márquez, Ana María", "García Márquez", vec!["Ana", "María"]),
            ("Suharto", "Suharto", vec![]),
            ("", "", vec![]),
        ] {
            let taken = name(typed);
            assert_eq!((&taken["family"], &taken["given"]), (&family.into(), &given.into()), "{typed}");
        }
    }
}
