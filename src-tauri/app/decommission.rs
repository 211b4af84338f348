//! Ending the practice on this computer.

use crate::desk::Desk;
use crate::door::fault;
use crate::export::chosen;
use keepwell_kernel::Failure;
use keepwell_practice::{Ended, Ending, Media, Progress};
use serde::Deserialize;
use serde_json::{Value, json};
use tauri::ipc::Channel;

#[derive(Deserialize)]
struct Asked {
    folder: String,
    practice_name: String,
    custodian: String,
    media: Labels,
}

/// What stands on the computer or drive.
#[derive(Deserialize)]
struct Labels {
    manufacturer: String,
    model: String,
    serial: String,
    property_number: String,
    kind: String,
    source: String,
}

/// Makes a last backup, proves it, erases the store and writes the certificate.
pub(crate) fn run(
    desk: &Desk,
    input: Value,
    reason: Option<String>,
    progress: &Channel<Progress>,
) -> Result<Value, Failure> {
    let asked: Asked =
        serde_json::from_value(input).map_err(|_| fault("an ending was asked for without its fields"))?;
    let Labels { manufacturer, model, serial, property_number, kind, source } = asked.media;
    let within = chosen(desk, &asked.folder)?;
    let ending = Ending {
        within: &within,
        practice_name: asked.practice_name,
        custodian: asked.custodian,
        reason,
        media: Media { manufacturer, model, serial, property_number, kind, source },
    };
    let job = desk.jobs.start();
    let ended = desk.practice().decommission(ending, &mut |step| job.tell(step, progress))?;
    let Ended { backup, certificate, log_size } = ended.ok_or_else(|| Failure::Refused {
        code: "shell.ending_stopped".to_owned(),
        field: None,
        remedy: "It was stopped before anything was erased. The practice is as it was.".to_owned(),
    })?;
    Ok(json!({ "backup": backup, "certificate": certificate.map(|saved| saved.name), "log_size": log_size }))
}
