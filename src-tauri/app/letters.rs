//! Letters and seals written into a folder that the person chooses.

use crate::desk::Desk;
use crate::door::fault;
use crate::export::chosen;
use keepwell_kernel::{AssociateId, Failure};
use keepwell_practice::{DecisionLetterKind, SavedReport};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Letter {
    folder: String,
    accounting: String,
}

#[derive(Deserialize)]
struct Decision {
    folder: String,
    kind: DecisionLetterKind,
    request: String,
}

#[derive(Deserialize)]
struct Seal {
    folder: String,
}

#[derive(Deserialize)]
struct Agreement {
    folder: String,
    associate: AssociateId,
}

/// Writes the letter that answers a request for an accounting.
pub(crate) fn accounting(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let asked: Letter =
        serde_json::from_value(input).map_err(|_| fault("a letter was asked for without its fields"))?;
    let saved = desk.practice().save_accounting_letter(&chosen(desk, &asked.folder)?, &asked.accounting)?;
    Ok(json!({ "name": saved.name, "sha256": saved.sha256 }))
}

/// Writes the letter that tells of a denial or of a delay.
pub(crate) fn decision(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let asked: Decision =
        serde_json::from_value(input).map_err(|_| fault("a letter was asked for without its fields"))?;
    let saved = desk.practice().save_decision_letter(&chosen(desk, &asked.folder)?, asked.kind, &asked.request)?;
    Ok(json!({ "name": saved.name, "sha256": saved.sha256 }))
}

/// Writes the newest signed checkpoint, for the safe.
pub(crate) fn seal(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let asked: Seal = serde_json::from_value(input).map_err(|_| fault("a seal was asked for without its folder"))?;
    let (saved, log_size) = desk.practice().save_monthly_seal(&chosen(desk, &asked.folder)?)?;
    Ok(json!({ "name": saved.name, "log_size": log_size }))
}

#[derive(Deserialize)]
struct Report {
    folder: String,
    query: Value,
}

/// Writes a report of the log.
pub(crate) fn report(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let asked: Report =
        serde_json::from_value(input).map_err(|_| fault("a report was asked for without its folder"))?;
    let SavedReport { pdf, csv, entries } =
        desk.practice().save_log_report(&chosen(desk, &asked.folder)?, asked.query)?;
    Ok(json!({ "pdf": pdf.name, "csv": csv.name, "sha256": csv.sha256, "entries": entries }))
}

#[derive(Deserialize)]
struct Support {
    folder: String,
    text: String,
}

/// Shows what whoever helps would get.
pub(crate) fn support_text(desk: &Desk) -> Result<Value, Failure> {
    Ok(json!({ "text": desk.practice().support_text()? }))
}

/// Writes what was shown, and nothing else.
pub(crate) fn save_support(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let asked: Support =
        serde_json::from_value(input).map_err(|_| fault("a text was to be kept without its folder"))?;
    let saved = desk.practice().save_support_text(&chosen(desk, &asked.folder)?, &asked.text)?;
    Ok(json!({ "name": saved.name }))
}

/// Writes a business associate's signed agreement.
pub(crate) fn agreement(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let asked: Agreement =
        serde_json::from_value(input).map_err(|_| fault("an agreement was asked for without its fields"))?;
    let saved = desk.practice().save_agreement(&chosen(desk, &asked.folder)?, asked.associate)?;
    Ok(json!({ "name": saved.name, "sha256": saved.sha256 }))
}
