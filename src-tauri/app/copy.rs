//! A backup opened for looking only, in the place of the practice, until it is closed.

use crate::desk::{Desk, workstation};
use crate::door::fault;
use crate::export::chosen;
use keepwell_kernel::{Failure, Secret};
use keepwell_practice::{Copied, Progress, State};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Instant;
use tauri::ipc::Channel;

#[derive(Deserialize)]
struct Asked {
    folder: String,
    recovery_key: Secret,
}

/// Opens a backup in a folder that was chosen. Whoever is signed in to the practice leaves it first: nobody should wonder
/// which of the two a screen shows.
pub(crate) fn open(desk: &Desk, input: Value, progress: &Channel<Progress>) -> Result<Value, Failure> {
    // The decoder's own words could repeat the key.
    let Asked { folder, recovery_key } =
        serde_json::from_value(input).map_err(|_| fault("a copy was asked for with other fields than it has"))?;
    let status = desk.practice().status();
    if status.copy_made_at.is_some() || matches!(status.state, State::SignedIn) {
        return Err(refused("shell.copy_somebody_is_here", "Sign out first, and close the copy that is open."));
    }
    let (folder, began) = (chosen(desk, &folder)?, Instant::now());
    let job = desk.jobs.start();
    let (place, telling) = (desk.launch.vault(), &mut |step| job.tell(step, progress));
    let copied = desk.own().open_copy(&folder, &recovery_key, &place, workstation(), telling)?;
    let Copied { practice, made_at, rows, entries } = copied.ok_or_else(|| {
        refused("shell.copy_stopped", "It was stopped. Nothing of the copy is left on this computer.")
    })?;
    desk.show_copy(Some(practice));
    Ok(json!({ "made_at": made_at, "rows": rows, "entries": entries, "seconds": began.elapsed().as_secs() }))
}

/// Closes the copy that is open: whoever is signed in to it is signed out, and it is thrown away.
pub(crate) fn close(desk: &Desk) -> Result<Value, Failure> {
    desk.jobs.forget();
    let copy = desk.show_copy(None).ok_or_else(|| refused("shell.copy_not_open", "No copy is open."))?;
    copy.close_copy().map(|()| Value::Null)
}

fn refused(code: &str, remedy: &str) -> Failure {
    Failure::Refused { code: code.to_owned(), field: None, remedy: remedy.to_owned() }
}
