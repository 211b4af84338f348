//! Taking a part of the log out into a folder that the person chooses.

use crate::desk::Desk;
use crate::door::fault;
use keepwell_kernel::{Failure, Purpose};
use keepwell_practice::{Bundled, Call, Progress};
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
}

/// Writes an audit bundle into a new folder within the one that was chosen.
pub(crate) fn run(
    desk: &Desk,
    input: Value,
    purpose: Option<Purpose>,
    reason: Option<String>,
    progress: &Channel<Progress>,
) -> Result<Value, Failure> {
    let run: Run = serde_json::from_value(input).map_err(|_| fault("an export was started without its folder"))?;
    let chosen = chosen(desk, &run.folder)?;
    // The name says nothing about anybody, and two on one day do not meet.
    let name = format!("keepwell-log-{}", uuid::Uuid::now_v7().simple());
    let call = Call { operation: "log.export".to_owned(), input: run.query, purpose, reason };
    let job = desk.jobs.start();
    let bundled = desk.practice.export_log(&call, &chosen.join(&name), &mut |step| job.tell(step, progress))?;
    let Bundled { log_size, entries, redacted } = bundled.ok_or_else(|| Failure::Refused {
        code: "shell.export_stopped".to_owned(),
        field: None,
        remedy: format!("It was stopped. Delete the folder {name}: what is in it is not whole."),
    })?;
    Ok(json!({ "entries": entries, "redacted": redacted, "log_size": log_size, "name": name }))
}
