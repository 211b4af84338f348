//! Backups written to, proved in and restored from folders that the person chooses.

use crate::desk::Desk;
use crate::door::fault;
use crate::export::chosen;
use keepwell_kernel::{AssociateId, Failure, Secret};
use keepwell_practice::{BackedUp, DowntimePack, Every, Progress, RestoreTest, Restored};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tauri::ipc::Channel;

/// How often to look whether a backup is due. The first look comes once the window is open.
const LOOK: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct In {
    folder: String,
}

#[derive(Deserialize)]
struct Where {
    folder: String,
    #[serde(default)]
    associate: Option<AssociateId>,
}

#[derive(Deserialize)]
struct From {
    folder: String,
    recovery_key: Secret,
}

/// Writes a backup into a new folder within the one that was chosen, and hands out a token for it.
pub(crate) fn back_up(desk: &Desk, input: Value, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let Where { folder, associate } = asked(input)?;
    let within = chosen(desk, &folder)?;
    let job = desk.jobs.start();
    let made = desk.practice().back_up(&within, associate, &mut |step| job.tell(step, progress))?;
    let BackedUp { note, name } =
        made.ok_or_else(|| stopped("shell.backup_stopped", "The backup was stopped. Nothing of it was kept."))?;
    let folder = desk.jobs.keep(within.join(&name));
    Ok(json!({ "folder": folder, "name": name, "bytes": note.bytes, "rows": note.rows, "log_size": note.log_size }))
}

#[derive(Deserialize)]
struct Plan {
    folder: Option<String>,
    every: Every,
    #[serde(default)]
    associate: Option<AssociateId>,
    #[serde(default)]
    custodian: Option<String>,
}

/// Plans where backups are written by themselves; without a folder, that none are.
pub(crate) fn plan(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let Plan { folder, every, associate, custodian } = asked(input)?;
    let folder = folder.map(|token| chosen(desk, &token)).transpose()?;
    desk.practice().plan_backups(folder.as_deref(), every, associate, custodian.as_deref()).map(|()| Value::Null)
}

/// Keeps the plans for as long as the program runs, whoever is signed in; proofs and downtime packs wait for somebody who
/// may make them.
pub(crate) fn watch(desk: &Arc<Desk>) {
    let desk = Arc::clone(desk);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(LOOK);
            // Why one failed is in the local log, the attempt is in the practice's, and the status tells the screens.
            let _ = desk.own().back_up_by_plan();
            let job = desk.jobs.start_unawaited();
            let _ = desk.own().prove_by_plan(&mut |_| job.goes_on());
            let _ = desk.own().downtime_by_plan(&mut |_| job.goes_on());
        }
    });
}

#[derive(Deserialize)]
struct Downtime {
    folder: Option<String>,
    every: Every,
    passphrase: Option<Secret>,
}

/// Plans where the downtime pack is written by itself; without a folder, that none is.
pub(crate) fn plan_downtime(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let Downtime { folder, every, passphrase } = asked(input)?;
    let folder = folder.map(|token| chosen(desk, &token)).transpose()?;
    desk.practice().plan_downtime(folder.as_deref(), every, passphrase.as_ref()).map(|()| Value::Null)
}

/// Writes a downtime pack now.
pub(crate) fn write_downtime(desk: &Desk, input: Value, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let within = chosen(desk, &asked::<In>(input)?.folder)?;
    let job = desk.jobs.start();
    let written = desk.practice().write_downtime(&within, &mut |step| job.tell(step, progress))?;
    let DowntimePack { name, patients } = written.ok_or_else(|| {
        stopped("shell.downtime_stopped", "It was stopped. The pack that was there before is still there.")
    })?;
    Ok(json!({ "name": name, "patients": patients }))
}

/// Proves a backup.
pub(crate) fn prove(desk: &Desk, input: Value, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let folder = chosen(desk, &asked::<In>(input)?.folder)?;
    let job = desk.jobs.start();
    let tested = desk.practice().prove_backup(&folder, &mut |step| job.tell(step, progress))?;
    let RestoreTest { backup, ok, code, entries, rows, took_ms, .. } = tested.ok_or_else(|| {
        stopped("shell.proof_stopped", "The proof was stopped. Nothing is known about this backup until it is proved.")
    })?;
    Ok(json!({ "backup": backup, "ok": ok, "code": code, "entries": entries, "rows": rows, "took_ms": took_ms }))
}

/// Reads what a backup says of itself.
pub(crate) fn look_at(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let note = desk.practice().look_at_backup(&chosen(desk, &asked::<In>(input)?.folder)?)?;
    let made_at = note.made.to_rfc3339();
    Ok(json!({ "made_at": made_at, "version": note.version, "log_size": note.log_size, "bytes": note.bytes }))
}

/// Hands out the backup that somebody opened with the program, once. What is done with it, the person says: nothing is
/// restored or read in by a double click.
pub(crate) fn opened(desk: &Desk) -> Result<Value, Failure> {
    let Some(folder) = desk.take_opened() else { return Ok(Value::Null) };
    let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
    Ok(json!({ "folder": desk.jobs.keep(folder), "name": name }))
}

/// Brings a practice back where there is none.
pub(crate) fn restore(desk: &Desk, input: Value, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let From { folder, recovery_key } = asked(input)?;
    let (folder, began) = (chosen(desk, &folder)?, Instant::now());
    let job = desk.jobs.start();
    let restored = desk.practice().restore(&folder, &recovery_key, &mut |step| job.tell(step, progress))?;
    let Restored { rows, entries, .. } = restored.ok_or_else(|| {
        stopped("shell.restore_stopped", "The restore was stopped. There is still no practice on this computer.")
    })?;
    Ok(json!({ "rows": rows, "entries": entries, "seconds": began.elapsed().as_secs() }))
}

fn asked<T: for<'de> Deserialize<'de>>(input: Value) -> Result<T, Failure> {
    // The decoder's own words could repeat the key.
    serde_json::from_value(input).map_err(|_| fault("a backup was asked for with other fields than it has"))
}

fn stopped(code: &str, remedy: &str) -> Failure {
    Failure::Refused { code: code.to_owned(), field: None, remedy: remedy.to_owned() }
}
