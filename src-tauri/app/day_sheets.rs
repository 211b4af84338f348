//! The calendar on paper and as a file, written into a folder that the person chooses.

use crate::desk::Desk;
use crate::door::fault;
use crate::export::chosen;
use keepwell_kernel::{Failure, ResourceId};
use keepwell_practice::{DaySheetKind, RemindersKind, SavedReminders};
use serde::Deserialize;
use serde_json::{Value, json};

/// What is answered here.
pub(crate) const CALLS: [&str; 4] =
    ["shell.save_day_sheet", "shell.save_downtime_paper", "shell.save_reminders", "shell.save_calendar"];

/// Writes what was asked for.
pub(crate) fn save(desk: &Desk, call: &str, input: Value) -> Result<Value, Failure> {
    match call {
        "shell.save_day_sheet" => sheet(desk, input),
        "shell.save_downtime_paper" => downtime(desk, input),
        "shell.save_reminders" => reminders(desk, input),
        "shell.save_calendar" => calendar(desk, input),
        _ => Err(fault("the calendar has no such paper")),
    }
}

#[derive(Deserialize)]
struct Sheet {
    folder: String,
    date: String,
    kind: DaySheetKind,
    resource: Option<ResourceId>,
}

/// Writes the sheet of a day.
fn sheet(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let Sheet { folder, date, kind, resource } =
        serde_json::from_value(input).map_err(|_| fault("a sheet was asked for without its fields"))?;
    let (saved, visits) = desk.practice().save_day_sheet(&chosen(desk, &folder)?, &date, kind, resource)?;
    Ok(json!({ "name": saved.name, "sha256": saved.sha256, "visits": visits }))
}

#[derive(Deserialize)]
struct Downtime {
    folder: String,
    date: String,
    forms: u8,
}

/// Writes what the front desk works from while the computers do not.
fn downtime(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let Downtime { folder, date, forms } =
        serde_json::from_value(input).map_err(|_| fault("a downtime pack was asked for without its fields"))?;
    let (saved, visits) = desk.practice().save_downtime_paper(&chosen(desk, &folder)?, &date, forms)?;
    Ok(json!({ "name": saved.name, "sha256": saved.sha256, "visits": visits }))
}

#[derive(Deserialize)]
struct Reminders {
    folder: String,
    date: String,
    kind: RemindersKind,
}

/// Writes the list of whom to call, or letters.
fn reminders(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let Reminders { folder, date, kind } =
        serde_json::from_value(input).map_err(|_| fault("reminders were asked for without their fields"))?;
    let SavedReminders { saved, people, left_out } =
        desk.practice().save_reminders(&chosen(desk, &folder)?, &date, kind)?;
    Ok(json!({ "name": saved.name, "sha256": saved.sha256, "people": people, "left_out": left_out }))
}

#[derive(Deserialize)]
struct Own {
    folder: String,
    resource: ResourceId,
    from: String,
    until: String,
    reason: String,
}

/// Writes the calendar of whoever is signed in.
fn calendar(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let Own { folder, resource, from, until, reason } =
        serde_json::from_value(input).map_err(|_| fault("a calendar was asked for without its fields"))?;
    let within = chosen(desk, &folder)?;
    let (saved, events) = desk.practice().save_calendar(&within, resource, (&from, &until), Some(reason))?;
    Ok(json!({ "name": saved.name, "sha256": saved.sha256, "events": events }))
}
