//! `out records`, `out population` and `out deidentified`.

use crate::arguments::{Place, Who};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::stop::Stop;
use crate::told::Told;
use crate::{Ended, passphrase, said};
use clap::{Args, Subcommand, value_parser};
use keepwell_kernel::{Purpose, Secret};
use keepwell_practice::{Aids, DeidentifiedOut, HandOut, HandOutAll, HandedOut, HandedOutAll};
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum OutWhat {
    /// Write a patient's records into one file, sealed with a passphrase, and the disclosure into the ledger.
    ///
    /// The passphrase comes from KEEPWELL_FILE_PASSPHRASE or a prompt; the program `age` opens the file with it.
    Records(OutRecords),
    /// Write the records of all patients into a new folder, sealed with a passphrase, and a disclosure of each.
    ///
    /// The passphrase comes from KEEPWELL_FILE_PASSPHRASE or a prompt; the README in the folder says how to open it.
    Population(OutPopulation),
    /// Write data about all patients from which every identifier of 45 CFR 164.514(b)(2) was taken away.
    Deidentified(OutDeidentified),
}

#[derive(Args)]
pub(crate) struct OutRecords {
    /// The patient's id.
    #[arg(value_name = "PATIENT")]
    patient: String,
    /// A folder that is there, such as a drive of its own.
    #[arg(value_name = "FOLDER")]
    within: PathBuf,
    /// The disclosure as JSON, as `compliance.disclose` takes it: who gets it, what for, on what basis, how verified.
    #[arg(long, value_name = "JSON")]
    details: String,
    /// Write a file that anybody can open, for this reason.
    #[arg(long, value_name = "REASON")]
    plain_because: Option<String>,
    #[command(flatten)]
    who: Who,
}

#[derive(Args)]
pub(crate) struct OutPopulation {
    /// A folder that is there, such as a drive of its own.
    #[arg(value_name = "FOLDER")]
    within: PathBuf,
    /// The disclosure as JSON, as `compliance.disclose` takes it; it is recorded for each patient.
    #[arg(long, value_name = "JSON")]
    details: String,
    /// Write files that anybody can open, for this reason.
    #[arg(long, value_name = "REASON")]
    plain_because: Option<String>,
    #[command(flatten)]
    who: Who,
}

#[derive(Args)]
pub(crate) struct OutDeidentified {
    /// A folder that is there.
    #[arg(value_name = "FOLDER")]
    within: PathBuf,
    /// Leave out whoever stands in a group of fewer people alike; an aid to an expert's determination.
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = value_parser!(u64).range(1..))]
    k: u64,
    /// Count people with noise of this epsilon; an aid to an expert's determination.
    #[arg(long, value_name = "EPSILON", value_parser = epsilon)]
    epsilon: Option<f64>,
    #[command(flatten)]
    who: Who,
}

/// Writes a patient's records.
///
/// # Errors
/// The ending to take.
pub(crate) fn records(place: &Place, asked: &OutRecords) -> Ended {
    let details = details(&asked.details)?;
    let passphrase = unless_plain(asked.plain_because.as_ref())?;
    signed_in(place, &asked.who, |practice| {
        let out = HandOut {
            patient: json!(asked.patient),
            details,
            passphrase: passphrase.as_ref(),
            purpose: Some(Purpose::PatientRequest),
            reason: asked.plain_because.clone(),
        };
        let HandedOut { name, sha256, bytes } = practice.export_records(&asked.within, out)?;
        said::json(&json!({ "file": asked.within.join(name), "sha256": sha256, "bytes": bytes }))?;
        if passphrase.is_some() {
            said::words("Tell the passphrase by another way than the file. Nobody can open the file without it.");
        }
        Ok(Ending::Done)
    })
}

/// Writes the records of all patients. Ctrl-C ends it and leaves nothing behind but the rows of the ledger.
///
/// # Errors
/// The ending to take.
pub(crate) fn population(place: &Place, asked: &OutPopulation) -> Ended {
    let details = details(&asked.details)?;
    let passphrase = unless_plain(asked.plain_because.as_ref())?;
    signed_in(place, &asked.who, |practice| {
        let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(|_| "patients written"));
        let (purpose, reason) = (Some(Purpose::Operations), asked.plain_because.clone());
        let out = HandOutAll { details, passphrase: passphrase.as_ref(), purpose, reason };
        let made = practice.export_population(&asked.within, out, &mut |step| {
            told.tell(&step);
            stop.asked()
        })?;
        let HandedOutAll { name, parts, patients, bytes } = made;
        let Some(name) = name else {
            said::words(&format!(
                "Nothing was kept. The ledger of disclosures names {patients} patients all the same."
            ));
            return Ok(Ending::Stopped);
        };
        let folder = asked.within.join(name);
        said::json(&json!({ "folder": folder, "parts": parts, "patients": patients, "bytes": bytes }))?;
        if passphrase.is_some() {
            said::words("Tell the passphrase by another way than the folder. Nobody can open it without it.");
        }
        Ok(Ending::Done)
    })
}

fn details(text: &str) -> Result<Value, Ending> {
    serde_json::from_str(text).map_err(|_| Ending::Usage("--details is not JSON.".to_owned()))
}

fn unless_plain(reason: Option<&String>) -> Result<Option<Secret>, Ending> {
    match reason {
        Some(_) => Ok(None),
        None => Ok(Some(Secret::new(passphrase::of_a_file()?.as_str().to_owned()))),
    }
}

/// Writes de-identified data. Ctrl-C ends it and leaves nothing behind.
///
/// # Errors
/// The ending to take.
pub(crate) fn deidentified(place: &Place, asked: &OutDeidentified) -> Ended {
    signed_in(place, &asked.who, |practice| {
        let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(|_| "people read"));
        let aids = Aids { k: asked.k, epsilon: asked.epsilon };
        let made = practice.deidentify(&asked.within, aids, &mut |step| {
            told.tell(&step);
            stop.asked()
        })?;
        let Some(DeidentifiedOut { name, rows, report }) = made else { return Ok(Ending::Stopped) };
        said::json(&json!({ "folder": asked.within.join(name), "rows": rows, "report": report }))?;
        Ok(Ending::Done)
    })
}

fn epsilon(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.001..=100.0).contains(number));
    number.ok_or_else(|| "a number from 0.001 to 100".to_owned())
}
