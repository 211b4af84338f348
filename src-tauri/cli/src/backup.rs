//! `backup make`, `backup prove` and `backup restore`.

use crate::Ended;
use crate::arguments::{BackupMake, BackupProve, BackupRestore, Place};
use crate::desk::{open, signed_in};
use crate::ending::Ending;
use crate::stop::Stop;
use crate::told::Told;
use crate::{passphrase, said};
use keepwell_kernel::Secret;
use keepwell_practice::{BackedUp, Progress, RestoreTest, Restored};
use serde_json::json;
use std::time::Instant;

/// Writes a backup. Ctrl-C ends it and leaves nothing behind.
///
/// # Errors
/// The ending to take.
pub(crate) fn make(place: &Place, make: &BackupMake) -> Ended {
    signed_in(place, &make.who, |practice| {
        let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(counted));
        let made = practice.back_up(&make.within, make.associate, &mut |step| {
            told.tell(&step);
            stop.asked()
        })?;
        let Some(BackedUp { note, name }) = made else { return Ok(Ending::Stopped) };
        let folder = make.within.join(name);
        said::json(&json!({ "backup": note.backup, "folder": folder, "log_size": note.log_size, "rows": note.rows,
            "bytes": note.bytes, "sha256": note.sha256 }))?;
        said::words("Prove it before you rely on it: keepwell-cli backup prove.");
        Ok(Ending::Done)
    })
}

/// Proves a backup. A proof that was done is done, even if the backup does not hold: the answer says so.
///
/// # Errors
/// The ending to take.
pub(crate) fn prove(place: &Place, prove: &BackupProve) -> Ended {
    signed_in(place, &prove.who, |practice| {
        let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(counted));
        let tested = practice.prove_backup(&prove.folder, &mut |step| {
            told.tell(&step);
            stop.asked()
        })?;
        let Some(RestoreTest { backup, ok, code, entries, rows, took_ms, .. }) = tested else {
            return Ok(Ending::Stopped);
        };
        said::json(&json!({ "backup": backup, "ok": ok, "code": code, "entries": entries, "rows": rows,
            "took_ms": took_ms }))?;
        if !ok {
            said::words("This backup does not hold. Do not rely on it: make another one now, and prove that.");
        }
        Ok(Ending::Done)
    })
}

/// Restores a practice.
///
/// # Errors
/// The ending to take.
pub(crate) fn restore(place: &Place, restore: &BackupRestore) -> Ended {
    let practice = open(place)?;
    let key = Secret::new(passphrase::recovery_key()?.as_str().to_owned());
    let (stop, mut told, began) = (Stop::on_ctrl_c()?, Told::new(counted), Instant::now());
    let restored = practice.restore(&restore.folder, &key, &mut |step| {
        told.tell(&step);
        stop.asked()
    });
    practice.close();
    let Some(Restored { vault, rows, entries }) = restored? else { return Ok(Ending::Stopped) };
    let seconds = began.elapsed().as_secs_f64();
    said::json(
        &json!({ "vault_id": vault, "rows": rows, "entries": entries, "seconds": (seconds * 10.0).round() / 10.0 }),
    )?;
    said::words("Now open Keepwell and come in with the recovery kit: an owner gets a new passphrase there.");
    Ok(Ending::Done)
}

/// Names what a phase counts.
fn counted(step: &Progress) -> &'static str {
    match step.phase.as_str() {
        "reading" => "bytes of the backup compared",
        "restoring" => "rows put back",
        "checking" => "entries of the log checked",
        "waiting" => "rows written, and the drive has gone: connect it again, or stop with Ctrl-C",
        _ => "rows written",
    }
}
