//! `paper`: what is printed, as PDF files in a folder.

use crate::arguments::{Place, Who};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::{Ended, said};
use clap::{Args, Subcommand};
use keepwell_kernel::{AssociateId, Failure, ResourceId};
use keepwell_practice::{
    DaySheetKind, DecisionLetterKind, Practice, RemindersKind, Saved, SavedReminders, SavedReport,
};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

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
    /// A day for the front desk; with `--resource`, for one practitioner, with room for notes.
    Day(Day),
    /// A day for when the computers do not work: who is expected, how each may be reached, and blank forms.
    Downtime(Downtime),
    /// The list of whom to call about the visits of a day.
    Calls(OfDay),
    /// Letters that remind of the visits of a day, a page each.
    Reminders(OfDay),
    /// One's own calendar as an iCalendar file that names nobody.
    Calendar(Calendar),
}

#[derive(Args)]
pub(crate) struct OfDay {
    /// The day, YYYY-MM-DD.
    #[arg(value_name = "DATE")]
    date: String,
    #[command(flatten)]
    to: Where,
}

#[derive(Args)]
pub(crate) struct Day {
    #[command(flatten)]
    of: OfDay,
    /// Whose day.
    #[arg(long, value_name = "ID", value_parser = ResourceId::parse)]
    resource: Option<ResourceId>,
}

#[derive(Args)]
pub(crate) struct Downtime {
    #[command(flatten)]
    of: OfDay,
    /// How many blank forms for a visit, up to 50.
    #[arg(long, value_name = "N", default_value_t = 5)]
    forms: u8,
}

#[derive(Args)]
pub(crate) struct Calendar {
    /// Oneself, as the calendar knows one.
    #[arg(value_name = "RESOURCE", value_parser = ResourceId::parse)]
    resource: ResourceId,
    #[command(flatten)]
    to: Where,
    /// The first day, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    from: String,
    /// The last day, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    until: String,
    /// Why it is taken out.
    #[arg(long, value_name = "TEXT")]
    reason: String,
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
        PaperWhat::Day(day) => &day.of.to,
        PaperWhat::Downtime(pack) => &pack.of.to,
        PaperWhat::Calls(of) | PaperWhat::Reminders(of) => &of.to,
        PaperWhat::Calendar(calendar) => &calendar.to,
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
        PaperWhat::Day(day) => of_a_day(practice, within, day),
        PaperWhat::Downtime(pack) => {
            let (saved, visits) = practice.save_downtime_paper(within, &pack.of.date, pack.forms)?;
            Ok(json!({ "file": within.join(saved.name), "sha256": saved.sha256, "visits": visits }))
        }
        PaperWhat::Calls(of) => reminders(practice, within, &of.date, RemindersKind::List),
        PaperWhat::Reminders(of) => reminders(practice, within, &of.date, RemindersKind::Letters),
        PaperWhat::Calendar(calendar) => own_calendar(practice, within, calendar),
    }
}

fn of_a_day(practice: &Practice, within: &Path, day: &Day) -> Result<Value, Failure> {
    let kind = if day.resource.is_some() { DaySheetKind::Practitioner } else { DaySheetKind::Desk };
    let (saved, visits) = practice.save_day_sheet(within, &day.of.date, kind, day.resource)?;
    Ok(json!({ "file": within.join(saved.name), "sha256": saved.sha256, "visits": visits }))
}

fn reminders(practice: &Practice, within: &Path, date: &str, kind: RemindersKind) -> Result<Value, Failure> {
    let SavedReminders { saved, people, left_out } = practice.save_reminders(within, date, kind)?;
    Ok(json!({ "file": within.join(saved.name), "sha256": saved.sha256, "people": people, "left_out": left_out }))
}

fn own_calendar(practice: &Practice, within: &Path, of: &Calendar) -> Result<Value, Failure> {
    let period = (of.from.as_str(), of.until.as_str());
    let (saved, events) = practice.save_calendar(within, of.resource, period, Some(of.reason.clone()))?;
    Ok(json!({ "file": within.join(saved.name), "sha256": saved.sha256, "events": events }))
}

fn asked(report: &Report) -> Value {
    let Report { patient, actor, operation, outcome, from, to_time, sort, descending, .. } = report;
    json!({ "patient": patient, "actor": actor, "operation": operation, "outcome": outcome, "from": from,
        "to": to_time, "sort": sort, "descending": descending })
}
