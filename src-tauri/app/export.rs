//! Taking a part of the log out into a folder that the person chooses.

use crate::desk::Desk;
use crate::door::fault;
use keepwell_kernel::{Failure, Purpose, Secret};
use keepwell_practice::{BundleTo, Bundled, Call, Progress};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::PathBuf;
use tauri::ipc::Channel;
use tauri::{Runtime, WebviewWindow};

/// Lets the person choose a folder in the system's own dialog; the screens get its name and a token, never the path.
pub(crate) fn choose_folder<R: Runtime>(desk: &Desk, window: &WebviewWindow<R>) -> Result<Value, Failure> {
    let Some(path) = chosen_path(window)? else { return Ok(Value::Null) };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(json!({ "folder": desk.jobs.keep(path), "name": name }))
}

/// A WebDriver cannot press the buttons of a system dialog, so a build for the window tests takes a path named outside.
#[cfg(feature = "e2e")]
fn chosen_path<R: Runtime>(_: &WebviewWindow<R>) -> Result<Option<PathBuf>, Failure> {
    Ok(std::env::var_os("KEEPWELL_E2E_FOLDER").map(PathBuf::from))
}

#[cfg(not(feature = "e2e"))]
fn chosen_path<R: Runtime>(window: &WebviewWindow<R>) -> Result<Option<PathBuf>, Failure> {
    use tauri_plugin_dialog::DialogExt;
    let chosen = window.dialog().file().set_parent(window).blocking_pick_folder();
    chosen.map(|folder| folder.into_path().map_err(|_| fault("the chosen folder has no path"))).transpose()
}

/// Returns the folder that a token stands for.
pub(crate) fn chosen(desk: &Desk, token: &str) -> Result<PathBuf, Failure> {
    desk.jobs.path_of(token).ok_or_else(|| Failure::Refused {
        code: "shell.folder_not_chosen".to_owned(),
        field: Some("folder".to_owned()),
        remedy: "Choose the folder again.".to_owned(),
    })
}

#[derive(Deserialize)]
struct Run {
    folder: String,
    query: Value,
    passphrase: Option<Secret>,
}

/// Writes an audit bundle into the folder that was chosen: one sealed file, or a new folder in clear.
pub(crate) fn run(
    desk: &Desk,
    input: Value,
    purpose: Option<Purpose>,
    reason: Option<String>,
    progress: &Channel<Progress>,
) -> Result<Value, Failure> {
    // The decoder's own words could repeat the passphrase.
    let run: Run =
        serde_json::from_value(input).map_err(|_| fault("an export was started with other fields than it has"))?;
    let chosen = chosen(desk, &run.folder)?;
    // The name says nothing about anybody, and two on one day do not meet.
    let name = format!("keepwell-audit-{}", uuid::Uuid::now_v7().simple());
    let call = Call { operation: "log.export".to_owned(), input: run.query, purpose, reason };
    let job = desk.jobs.start();
    let folder = if run.passphrase.is_some() { chosen } else { chosen.join(&name) };
    let to = BundleTo { folder: &folder, passphrase: run.passphrase.as_ref() };
    let written = desk.practice().export_log(&call, &to, &mut |step| job.tell(step, progress))?;
    let (Bundled { log_size, entries, redacted }, file) = written.ok_or_else(|| Failure::Refused {
        code: "shell.export_stopped".to_owned(),
        field: None,
        remedy: "It was stopped. A folder that it left is not whole: delete it.".to_owned(),
    })?;
    Ok(json!({ "entries": entries, "redacted": redacted, "log_size": log_size, "name": file.unwrap_or(name) }))
}
