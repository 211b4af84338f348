//! Patients' records, and data of which nobody can be known, written into a folder that the person chooses.

use crate::desk::Desk;
use crate::door::fault;
use crate::export::chosen;
use crate::jobs;
use keepwell_kernel::{Failure, Purpose, Secret};
use keepwell_practice::{Aids, DeidentifiedOut, HandOut, HandOutAll, HandedOut, HandedOutAll, Progress};
use serde::Deserialize;
use serde_json::{Value, json};
use tauri::ipc::Channel;
use tauri::{Runtime, WebviewWindow};

#[derive(Deserialize)]
struct Asked {
    folder: String,
    patient: Value,
    details: Value,
    passphrase: Option<Secret>,
}

/// Writes a patient's records; what they say never comes back to the screen.
pub(crate) fn export(
    desk: &Desk,
    input: Value,
    purpose: Option<Purpose>,
    reason: Option<String>,
) -> Result<Value, Failure> {
    // The decoder's own words could repeat the passphrase.
    let asked: Asked =
        serde_json::from_value(input).map_err(|_| fault("records were asked for with other fields than they have"))?;
    let folder = chosen(desk, &asked.folder)?;
    let Asked { patient, details, passphrase, .. } = asked;
    let out = HandOut { patient, details, passphrase: passphrase.as_ref(), purpose, reason };
    let HandedOut { name, sha256, bytes } = desk.practice().export_records(&folder, out)?;
    Ok(json!({ "name": name, "sha256": sha256, "bytes": bytes }))
}

#[derive(Deserialize)]
struct Deidentify {
    folder: String,
    k: u64,
    epsilon: Option<f64>,
}

/// Writes de-identified data of all patients.
pub(crate) fn deidentify(desk: &Desk, input: Value, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let Deidentify { folder, k, epsilon } =
        serde_json::from_value(input).map_err(|_| fault("de-identified data was asked for without its fields"))?;
    let (within, job) = (chosen(desk, &folder)?, desk.jobs.start());
    let made = desk.practice().deidentify(&within, Aids { k, epsilon }, &mut |step| job.tell(step, progress))?;
    let DeidentifiedOut { name, rows, report } = made.ok_or_else(|| Failure::Refused {
        code: "shell.deidentify_stopped".to_owned(),
        field: None,
        remedy: "It was stopped. Nothing was written.".to_owned(),
    })?;
    Ok(json!({ "name": name, "rows": rows, "report": report }))
}

#[derive(Deserialize)]
struct AskedForAll {
    folder: String,
    details: Value,
    passphrase: Option<Secret>,
}

/// Writes the records of all patients. One that was stopped has left nothing behind but its rows in the ledger, and says
/// how many.
pub(crate) fn export_all(
    desk: &Desk,
    input: Value,
    purpose: Option<Purpose>,
    reason: Option<String>,
    progress: &Channel<Progress>,
) -> Result<Value, Failure> {
    // The decoder's own words could repeat the passphrase.
    let asked: AskedForAll =
        serde_json::from_value(input).map_err(|_| fault("records were asked for with other fields than they have"))?;
    let folder = chosen(desk, &asked.folder)?;
    let AskedForAll { details, passphrase, .. } = asked;
    let out = HandOutAll { details, passphrase: passphrase.as_ref(), purpose, reason };
    let job = desk.jobs.start();
    let made = desk.practice().export_population(&folder, out, &mut |step| job.tell(step, progress))?;
    let HandedOutAll { name, parts, patients, bytes } = made;
    Ok(json!({ "name": name, "parts": parts, "patients": patients, "bytes": bytes }))
}

/// Lets the person choose one file of records in the system's own dialog. Those of everybody are a folder.
pub(crate) fn choose<R: Runtime>(desk: &Desk, window: &WebviewWindow<R>) -> Result<Value, Failure> {
    let Some(path) = jobs::chosen_path(window, "Keepwell", &["age", "zip"])? else { return Ok(Value::Null) };
    jobs::keep_file(desk, path)
}

#[derive(Deserialize)]
struct Back {
    file: String,
    passphrase: Option<Secret>,
}

/// Takes back what this program wrote before: one file, or the folder with everybody's.
pub(crate) fn take_back(desk: &Desk, input: Value, progress: &Channel<Progress>) -> Result<Value, Failure> {
    // The decoder's own words could repeat the passphrase.
    let Back { file, passphrase } =
        serde_json::from_value(input).map_err(|_| fault("records were to come back without their file"))?;
    let path = jobs::chosen_file(desk, &file)?;
    let job = desk.jobs.start();
    let report = desk.practice().take_back(&path, passphrase.as_ref(), &mut |step| job.tell(step, progress))?;
    serde_json::to_value(report).map_err(|error| fault(error.to_string()))
}
