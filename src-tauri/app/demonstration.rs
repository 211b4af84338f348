//! The demonstration: a practice with made-up patients that opens by itself, so that anybody can look around.
//!
//! How to sign in stands beside it in plain text, which is right here and nowhere else: there is nobody in it to protect.

use crate::desk::Desk;
use keepwell_kernel::Failure;
use keepwell_practice::demo::{self, Wanted};
use keepwell_practice::{Continue, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::time::{SystemTime, UNIX_EPOCH};

const USER: &str = "n.ito";
const PASSPHRASE: &str = "made up harbor lantern quilt";
/// Enough to fill every list, and made in seconds.
const PATIENTS: u32 = 240;
/// How many days of the calendar are full before today, and after it.
const DAYS: (u16, u16) = (3, 14);
/// The same people each time.
const SEED: u64 = 7;

/// How to sign in to the demonstration.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    user_name: String,
    passphrase: String,
    /// For an authenticator.
    secret: String,
    /// One-use codes, where there is no authenticator at hand.
    recovery_codes: Vec<String>,
}

/// The practice that was made, as far as it is shown once. Without any of it nobody could sign in again, so an answer
/// that lacks a part ends the making.
#[derive(Deserialize)]
struct Founded {
    kit: Kit,
    second_factor: Factor,
}

#[derive(Deserialize)]
struct Kit {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Factor {
    secret: String,
    recovery_codes: Vec<String>,
}

/// Makes the demonstration if it is not there yet, and signs in. The error is a sentence for the person.
pub(crate) fn enter(desk: &Desk) -> Result<(), String> {
    let status = desk.practice().status();
    match status.state {
        State::Absent => make(desk),
        _ if !status.demonstration => Err("This folder holds a real practice. The demonstration needs another.".into()),
        State::SignedOut => {
            if let Some(note) = read_note(desk)? {
                // Whoever has changed the passphrase, or starts twice within one code, signs in by hand.
                let _ = sign_in(desk, &note);
            }
            Ok(())
        }
        State::SignedIn | State::Locked | State::Unopenable => Ok(()),
    }
}

fn make(desk: &Desk) -> Result<(), String> {
    let practice = json!({ "name": demo::NAME, "address": null, "phone": null, "npi": null,
        "time_zone": demo::TIME_ZONE, "hours": [], "anonymous_mrn": false, "idle_minutes": 15 });
    let name = json!({ "family": "Ito", "given": ["Naomi"], "prefix": "Dr.", "suffix": null });
    let created = call(
        desk,
        "identity.create_practice",
        json!({ "practice": practice, "owner": { "user_name": USER, "name": name }, "passphrase": PASSPHRASE,
            "suite": "xchacha20-poly1305", "demonstration": true }),
    )?;
    let Founded { kit, second_factor } =
        serde_json::from_value(created).map_err(|error| unready(&error.to_string()))?;
    let answers: Vec<Value> = (1..)
        .zip(kit.words.iter().take(2))
        .map(|(position, word)| json!({ "position": position, "word": word }))
        .collect();
    call(desk, "identity.confirm_recovery_kit", json!({ "answers": answers }))?;
    let Factor { secret, recovery_codes } = second_factor;
    let note = Note { user_name: USER.to_owned(), passphrase: PASSPHRASE.to_owned(), secret, recovery_codes };
    call(desk, "identity.confirm_second_factor", json!({ "code": code(&note.secret)? }))?;
    let written = serde_json::to_string_pretty(&note).map_err(|error| error.to_string())?;
    std::fs::write(desk.launch.sign_in_note(), written).map_err(|error| format!("The demonstration: {error}."))?;
    let wanted = Wanted { patients: PATIENTS, years: 0, seed: SEED, days: Some(DAYS) };
    demo::with_history(desk.own(), wanted, &mut |_| Continue::Yes).map_err(|failure| words(&failure))?;
    Ok(())
}

/// Returns the note, or nothing when somebody took it away and signs in by hand.
fn read_note(desk: &Desk) -> Result<Option<Note>, String> {
    match std::fs::read_to_string(desk.launch.sign_in_note()) {
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(|error| unreadable(&error)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&error)),
    }
}

fn unreadable(error: &dyn std::error::Error) -> String {
    unready(&format!("The note on how to sign in cannot be read ({error}). Delete the note and sign in by hand."))
}

fn sign_in(desk: &Desk, note: &Note) -> Result<(), String> {
    let input = json!({ "user_name": note.user_name, "passphrase": note.passphrase, "code": code(&note.secret)? });
    call(desk, "identity.sign_in", input).map(drop)
}

/// The code an authenticator would show now (RFC 6238).
fn code(secret: &str) -> Result<String, String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?;
    let secret = totp_rs::Secret::try_from_base32(secret).map_err(|error| error.to_string())?;
    Ok(totp_rs::Builder::new().with_secret(secret).build_noncompliant().generate(now.as_secs()).to_string())
}

fn call(desk: &Desk, operation: &str, input: Value) -> Result<Value, String> {
    desk.call(operation.to_owned(), input, None, None).map_err(|failure| words(&failure))
}

fn words(failure: &Failure) -> String {
    let why = match failure {
        Failure::Refused { remedy, .. } => remedy.clone(),
        Failure::Fault { reference } => format!("Something failed. Reference: {reference}"),
        Failure::Denied | Failure::Locked | Failure::SignedOut => "The practice does not allow it.".to_owned(),
    };
    unready(&why)
}

fn unready(why: &str) -> String {
    format!("The demonstration could not be made ready. {why}")
}

#[cfg(test)]
mod tests {
    use super::enter;
    use crate::desk::Desk;
    use crate::launch::{Launch, Request};
    use serde_json::json;
    use std::path::Path;

    fn desk(profile: &Path) -> Desk {
        let key = format!("file:{}", profile.join("device").display());
        let arguments = ["--demo", "--profile", profile.to_str().unwrap(), "--keychain", &key];
        match Launch::from_arguments(arguments.iter().map(Into::into)) {
            Ok(Request::Open(launch)) => Desk::at(launch).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_demonstration_opens_signed_in_with_its_patients_and_says_what_it_is() {
        let profile = tempfile::tempdir().unwrap();
        let desk = desk(profile.path());
        enter(&desk).unwrap();
        let status = serde_json::to_value(desk.practice().status()).unwrap();
        assert_eq!((&status["state"], &status["demonstration"]), (&json!("signed_in"), &json!(true)));
        for confirmed in ["recovery_kit_confirmed", "second_factor_confirmed"] {
            assert_eq!(status["session"][confirmed], true, "{confirmed}");
        }
        let input = json!({ "query": "a", "limit": 50 });
        let found = desk.call("patients.search".to_owned(), input, None, None).unwrap();
        assert!(!found["rows"].as_array().unwrap().is_empty());
        // A second entrance while it is open, and one after it was left, leave the same practice standing.
        enter(&desk).unwrap();
        assert_eq!(desk.practice().status().vault_id.map(|id| json!(id)), Some(status["vault_id"].clone()));
    }

    #[test]
    fn a_note_that_cannot_be_read_is_said_and_one_taken_away_is_not_missed() {
        let profile = tempfile::tempdir().unwrap();
        enter(&desk(profile.path())).unwrap();
        let desk = desk(profile.path());
        std::fs::write(desk.launch.sign_in_note(), "{\"user_name\":\"n.ito\"}").unwrap();
        assert!(enter(&desk).unwrap_err().contains("cannot be read"));
        std::fs::remove_file(desk.launch.sign_in_note()).unwrap();
        enter(&desk).unwrap();
        assert_eq!(serde_json::to_value(desk.practice().status()).unwrap()["state"], "signed_out");
    }
}
