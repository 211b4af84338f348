//! `init`: makes a practice.

use crate::Ended;
use crate::arguments::{Init, Place};
use crate::desk::{call, leave, open};
use crate::ending::Ending;
use crate::{passphrase, said};
use keepwell_practice::Practice;
use serde_json::{Value, json};

/// Makes a practice and prints what is shown once.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, init: &Init) -> Ended {
    let practice = open(place)?;
    let made = found(&practice, init, false);
    leave(&practice);
    said::json(&shown(&made?))?;
    said::words("Write the recovery key down and keep it away from this computer. It is not shown again.");
    Ok(Ending::Done)
}

/// Makes the practice; its owner is signed in then.
///
/// # Errors
/// The ending to take.
pub(crate) fn found(practice: &Practice, init: &Init, demonstration: bool) -> Result<Value, Ending> {
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
    Ok(practice.call(call("identity.create_practice", input))?)
}

/// Returns the part of the answer that is shown once.
pub(crate) fn shown(made: &Value) -> Value {
    let kit = |field: &str| made.pointer(&format!("/kit/{field}")).cloned().unwrap_or_default();
    let factor = |field: &str| made.pointer(&format!("/second_factor/{field}")).cloned().unwrap_or_default();
    json!({
        "vault_id": made.get("vault_id"),
        "recovery_key": kit("recovery_key"),
        "recovery_words": kit("words"),
        "totp_uri": factor("totp_uri"),
        "recovery_codes": factor("recovery_codes"),
    })
}

/// Takes a name apart as it was typed: `Family, Given`, or given names first and the family name last.
fn name(typed: &str) -> Value {
    let (family, given): (&str, Vec<&str>) = match typed.split_once(',') {
        Some((family, given)) => (family.trim(), given.split_whitespace().collect()),
        None => {
            let mut words: Vec<&str> = typed.split_whitespace().collect();
            (words.pop().unwrap_or_default(), words)
        }
    };
    json!({ "family": family, "given": given, "prefix": null, "suffix": null })
}

#[cfg(test)]
mod tests {
    use super::name;

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
