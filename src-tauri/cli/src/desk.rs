//! The practice on this machine, and somebody signed in to it for the time of one command.

use crate::Ended;
use crate::arguments::{KeyPlace, Place, Who};
use crate::ending::Ending;
use crate::passphrase;
use keepwell_kernel::Error;
use keepwell_practice::{Call, Practice};
use keepwell_vault::{FileKeychain, Keychain, OsKeychain, VaultError};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// Opens the practice that the arguments name.
///
/// # Errors
/// The ending to take.
pub(crate) fn open(place: &Place) -> Result<Practice, Ending> {
    at(place, Practice::at)
}

/// Opens the folder that the arguments name for a demonstration to be made there.
///
/// # Errors
/// The ending to take.
pub(crate) fn open_for_demonstration(place: &Place) -> Result<Practice, Ending> {
    at(place, Practice::demonstration_at)
}

fn at(place: &Place, stand: fn(&Path, Arc<dyn Keychain>, String) -> Practice) -> Result<Practice, Ending> {
    let Some(vault) = &place.vault else {
        return Err(unnamed());
    };
    let keychain: Arc<dyn Keychain> = match &place.keychain {
        KeyPlace::Os => Arc::new(OsKeychain),
        KeyPlace::File(file) => {
            let at = FileKeychain::at(file, vault).map_err(|error| Error::from(VaultError::from(error)));
            Arc::new(at.map_err(|error| match error {
                Error::Refused(refusal) => Ending::refused(refusal.code),
                _ => Ending::Failed((&error).into()),
            })?)
        }
    };
    Ok(stand(vault, keychain, workstation()))
}

/// Ends where no folder was named.
pub(crate) fn unnamed() -> Ending {
    Ending::Usage("Name the practice's folder with --vault DIR.".to_owned())
}

/// Signs somebody in, does something and signs out again, whatever came of it.
///
/// # Errors
/// The ending to take.
pub(crate) fn signed_in(place: &Place, who: &Who, work: impl FnOnce(&Practice) -> Ended) -> Ended {
    as_somebody(&open(place)?, who, work)
}

/// Does what [`signed_in`] does, in a practice that stands open.
///
/// # Errors
/// The ending to take.
pub(crate) fn as_somebody(practice: &Practice, who: &Who, work: impl FnOnce(&Practice) -> Ended) -> Ended {
    let passphrase = passphrase::ask(false)?;
    let input = json!({ "user_name": who.user, "passphrase": passphrase.as_str(), "code": who.totp });
    drop(passphrase);
    practice.call(call("identity.sign_in", input))?;
    let ended = work(practice);
    leave(practice);
    ended
}

/// Signs out and seals the log.
pub(crate) fn leave(practice: &Practice) {
    // A line of a batch may have signed out already, which the door refuses to do twice; either way nobody stays.
    let _ = practice.call(call("identity.sign_out", json!({})));
    practice.close();
}

/// Names an operation with its request.
pub(crate) fn call(operation: &str, input: Value) -> Call {
    Call { operation: operation.to_owned(), input, ..Call::default() }
}

/// The computer's name, as the log names the workstation (45 CFR 164.312(b)).
pub(crate) fn workstation() -> String {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let named = [kernel, variable("COMPUTERNAME"), variable("HOSTNAME")];
    let name = named.iter().map(|name| name.trim()).find(|name| !name.is_empty());
    name.unwrap_or("this computer").to_owned()
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
