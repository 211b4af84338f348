//! A patient's records written into a folder that the person chooses.

use crate::desk::Desk;
use crate::door::fault;
use crate::export::chosen;
use keepwell_kernel::{Failure, Purpose, Secret};
use keepwell_practice::{HandOut, HandedOut};
use serde::Deserialize;
use serde_json::{Value, json};

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
    let HandedOut { name, sha256, bytes } = desk.practice.export_records(&folder, out)?;
    Ok(json!({ "name": name, "sha256": sha256, "bytes": bytes }))
}
