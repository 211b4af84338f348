//! `paper`: what is printed, as PDF files in a folder.

use crate::arguments::{Place, Who};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::{Ended, said};
use clap::{Args, Subcommand};
use keepwell_kernel::{AssociateId, Failure};
use keepwell_practice::{DecisionLetterKind, Practice, Saved, SavedReport};
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum PaperWhat {
    /// The newest signed checkpoint of the log, as text and QR code, for the safe.
    Seal(Where),
    /// A report of the log, on paper and as a table.
    Report(Report),
    /// The letter that answers a request for an accounting.
    Accounting(Letter),
    /// The letter that tells of a denial of access.
    AccessDenied(Letter),
    /// The letter that tells of a delay of access.
    AccessExtended(Letter),
    /// The letter that tells of a denial of an amendment.
    AmendmentDenied(Letter),
    /// The letter that tells of a delay of an amendment.
    AmendmentExtended(Letter),
    /// A business associate's signed agreement.
    Agreement(Agreement),
}

#[derive(Args)]
pub(crate) struct Where {
    /// A folder that is there.
    #[arg(value_name = "FOLDER")]
    within: PathBuf,
    #[command(flatten)]
    who: Who,
}

#[derive(Args)]
pub(crate) struct Letter {
    /// The request's id.
    #[arg(value_name = "REQUEST")]
    request: String,
    #[command(flatten)]
    to: Where,
}

#[derive(Args)]
pub(crate) struct Agreement {
    /// The associate's id.
    #[arg(value_name = "ASSOCIATE", value_parser = AssociateId::parse)]
    associate: AssociateId,
    #[command(flatten)]
    to: Where,
}

#[derive(Args)]
pub(crate) struct Report {
    #[command(flatten)]
    to: Where,
    /// Only entries that touched this patient.
    #[arg(long, value_name = "ID")]
    patient: Option<String>,
    /// Only entries of this user.
    #[arg(long, value_name = "USER")]
    actor: Option<String>,
    /// Only entries of this operation.
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
    /// Only entries that ended so: done, refused, denied, fault.
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
    /// Not before, such as 2026-01-01T00:00:00-05:00.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Before.
    #[arg(long, value_name = "TIME")]
    to_time: Option<String>,
    /// By what it is sorted, such as at, actor or operation.
    #[arg(long, value_name = "COLUMN", default_value = "sequence")]
    sort: String,
    /// The last first.
    #[arg(long)]
    descending: bool,
}

/// Writes a paper.
///
/// # Errors
/// The ending to take.
pub(crate) fn write(place: &Place, what: &PaperWhat) -> Ended {
    signed_in(place, &to(what).who, |practice| {
        said::json(&written(practice, what)?)?;
        Ok(Ending::Done)
    })
}

const fn to(what: &PaperWhat) -> &Where {
    match what {
        PaperWhat::Seal(to) => to,
        PaperWhat::Report(report) => &report.to,
        PaperWhat::Accounting(letter)
        | PaperWhat::AccessDenied(letter)
        | PaperWhat::AccessExtended(letter)
        | PaperWhat::AmendmentDenied(letter)
        | PaperWhat::AmendmentExtended(letter) => &letter.to,
        PaperWhat::Agreement(agreement) => &agreement.to,
    }
}

fn written(practice: &Practice, what: &PaperWhat) -> Result<Value, Failure> {
    let within = &to(what).within;
    let told = |saved: Saved| json!({ "file": within.join(saved.name), "sha256": saved.sha256 });
    let decision = |kind, letter: &Letter| practice.save_decision_letter(within, kind, &letter.request).map(told);
    match what {
        PaperWhat::Seal(_) => {
            let (saved, log_size) = practice.save_monthly_seal(within)?;
            Ok(json!({ "file": within.join(saved.name), "sha256": saved.sha256, "log_size": log_size }))
        }
        PaperWhat::Report(report) => {
            let SavedReport { pdf, csv, entries } = practice.save_log_report(within, asked(report))?;
            Ok(json!({ "pdf": told(pdf), "csv": told(csv), "entries": entries }))
        }
        PaperWhat::Accounting(letter) => practice.save_accounting_letter(within, &letter.request).map(told),
        PaperWhat::AccessDenied(letter) => decision(DecisionLetterKind::AccessDenied, letter),
        PaperWhat::AccessExtended(letter) => decision(DecisionLetterKind::AccessExtended, letter),
        PaperWhat::AmendmentDenied(letter) => decision(DecisionLetterKind::AmendmentDenied, letter),
        PaperWhat::AmendmentExtended(letter) => decision(DecisionLetterKind::AmendmentExtended, letter),
        PaperWhat::Agreement(agreement) => practice.save_agreement(within, agreement.associate).map(told),
    }
}

fn asked(report: &Report) -> Value {
    let Report { patient, actor, operation, outcome, from, to_time, sort, descending, .. } = report;
    json!({ "patient": patient, "actor": actor, "operation": operation, "outcome": outcome, "from": from,
        "to": to_time, "sort": sort, "descending": descending })
}
