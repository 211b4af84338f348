//! Letters and seals as PDF files in a folder.

use crate::export::NewFolder;
use crate::practice::Practice;
use base64::Engine as _;
use keepwell_compliance::{AccountingLetter, AgreementFile, LetterItem};
use keepwell_documents::{self as documents, AccountedDisclosure, Repeated};
use keepwell_exchange::RECORDS_NOT_WRITTEN;
use keepwell_kernel::{AssociateId, Error, Failure, Fault, Instant, Purpose, utc_parts};
use keepwell_log::door::Call;
use keepwell_log::{LogReport, LogRow, Seal};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// A document that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The name of the file, which says nothing about anybody.
    pub name: String,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedReport {
    /// On paper.
    pub pdf: Saved,
    /// As a table.
    pub csv: Saved,
    /// How many entries it has.
    pub entries: u64,
}

impl Practice {
    /// Writes the letter that answers a request for an accounting into a folder that is there.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_accounting_letter(&self, within: &Path, accounting: &str) -> Result<Saved, Failure> {
        let call = Call {
            operation: "compliance.accounting_letter".to_owned(),
            input: json!({ "accounting": accounting }),
            purpose: Some(Purpose::PatientRequest),
            reason: None,
        };
        let answer = self.call(call)?;
        let letter: AccountingLetter = serde_json::from_value(answer).map_err(|error| self.broken(&error))?;
        let pdf = documents::accounting_letter(&printed(letter, self.clock.now()));
        let pdf = pdf.map_err(|error| self.broken(&error))?;
        self.saved_as(within, "keepwell-letter", "pdf", &pdf)
    }

    /// Writes the newest signed checkpoint of the log into a folder that is there, for the safe. Answers how many entries
    /// it covers, too.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_monthly_seal(&self, within: &Path) -> Result<(Saved, u64), Failure> {
        let call = Call { operation: "log.seal".to_owned(), input: json!({}), ..Call::default() };
        let seal: Seal = serde_json::from_value(self.call(call)?).map_err(|error| self.broken(&error))?;
        let (now, size) = (self.clock.now(), seal.size);
        let practice = self.status().practice_name.ok_or(Failure::SignedOut)?;
        let pdf = documents::monthly_seal(&documents::MonthlySeal {
            created: utc_parts(now),
            practice,
            vault: seal.vault,
            month: month(&seal.at),
            log_size: seal.size.to_string(),
            root: seal.root,
            state_digest: seal.state_digest,
            checkpoint: seal.note,
            public_key: seal.public_key,
        });
        let pdf = pdf.map_err(|error| self.broken(&error))?;
        self.saved_as(within, "keepwell-seal", "pdf", &pdf).map(|saved| (saved, size))
    }

    /// Writes a report of the log into a folder that is there: on paper, and as the table whose digest the report bears.
    /// It asks the log anew, so that taking it out is an entry of its own.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_log_report(&self, within: &Path, query: Value) -> Result<SavedReport, Failure> {
        let period = said(&query, &["from", "to"], "everything");
        let filter = said(&query, &["actor", "patient", "operation", "outcome"], "everybody and everything");
        let call = Call { operation: "log.report".to_owned(), input: query, ..Call::default() };
        let report: LogReport = serde_json::from_value(self.call(call)?).map_err(|error| self.broken(&error))?;
        let now = self.clock.now();
        let pdf = documents::audit_report(&documents::AuditReport {
            created: utc_parts(now),
            practice: self.status().practice_name.ok_or(Failure::SignedOut)?,
            title: "Audit report".to_owned(),
            period,
            filter,
            generated: now.format("%Y-%m-%d %H:%M UTC").to_string(),
            log_size: report.log_size.to_string(),
            root: report.root.unwrap_or_else(|| "nothing was sealed yet".to_owned()),
            rows: report.rows.iter().map(reported).collect(),
        });
        let pdf = pdf.map_err(|error| self.broken(&error))?;
        let pdf = self.saved_as(within, "keepwell-report", "pdf", &pdf)?;
        let csv = self.saved_as(within, "keepwell-report", "csv", report.csv.as_bytes())?;
        Ok(SavedReport { pdf, csv, entries: report.rows.len() as u64 })
    }

    /// Writes what was shown to whoever asks for help into a folder that is there.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_support_text(&self, within: &Path, text: &str) -> Result<Saved, Failure> {
        self.saved_as(within, "keepwell-support", "json", text.as_bytes())
    }

    /// Writes a business associate's signed agreement into a folder that is there, to be read or printed.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_agreement(&self, within: &Path, associate: AssociateId) -> Result<Saved, Failure> {
        let input = json!({ "associate": associate });
        let call = Call { operation: "compliance.agreement_file".to_owned(), input, ..Call::default() };
        let file: AgreementFile = serde_json::from_value(self.call(call)?).map_err(|error| self.broken(&error))?;
        let pdf = base64::engine::general_purpose::STANDARD.decode(&file.pdf_base64);
        self.saved_as(within, "keepwell-agreement", "pdf", &pdf.map_err(|error| self.broken(&error))?)
    }

    pub(crate) fn saved_as(&self, within: &Path, kind: &str, ending: &str, bytes: &[u8]) -> Result<Saved, Failure> {
        let written = saved(within, &format!("{kind}-{}.{ending}", uuid::Uuid::now_v7().simple()), bytes);
        self.write_faults();
        written.map_err(|error| self.fail(&error))
    }

    pub(crate) fn broken(&self, error: &(dyn std::error::Error + 'static)) -> Failure {
        self.fail(&Fault::from_error(error).into())
    }
}

/// Says what of a question was asked, in the question's own words.
fn said(query: &Value, fields: &[&str], nothing: &str) -> String {
    let asked = fields.iter().filter_map(|field| Some(format!("{field} {}", query.get(field)?.as_str()?)));
    let asked: Vec<String> = asked.collect();
    if asked.is_empty() { nothing.to_owned() } else { asked.join(", ") }
}

fn reported(row: &LogRow) -> documents::AuditRow {
    let patients: Vec<String> = row.patients.iter().map(ToString::to_string).collect();
    documents::AuditRow {
        sequence: row.sequence.to_string(),
        when: row.at.clone(),
        who: row.actor.clone(),
        role: row.role.clone(),
        operation: row.operation.clone(),
        purpose: row.purpose.map_or("", Purpose::word).to_owned(),
        patients: patients.join(" "),
        outcome: row.outcome.word().to_owned(),
        reason: row.reason.clone().or_else(|| row.code.clone()).unwrap_or_default(),
    }
}

/// Writes a file into a folder that is there.
///
/// # Errors
/// A refusal where it cannot be written.
pub(crate) fn saved(within: &Path, name: &str, bytes: &[u8]) -> Result<Saved, Error> {
    if !within.is_dir() {
        return Err(RECORDS_NOT_WRITTEN.into());
    }
    NewFolder::at(within).write(name, bytes).map_err(|_| RECORDS_NOT_WRITTEN)?;
    Ok(Saved { name: name.to_owned(), sha256: hex::encode(Sha256::digest(bytes)) })
}

/// `2026-11-21T…` is of November 2026.
fn month(at: &str) -> String {
    chrono::DateTime::parse_from_rfc3339(at).map_or_else(|_| at.to_owned(), |at| at.format("%B %Y").to_string())
}

fn printed(letter: AccountingLetter, now: Instant) -> documents::AccountingLetter {
    let long = |date: keepwell_kernel::CivilDate| date.format("%B %-d, %Y").to_string();
    let practice = letter.practice;
    let practice_address = home(practice.address);
    let fee = (letter.fee_cents > 0).then(|| {
        let (dollars, cents) = (letter.fee_cents / 100, letter.fee_cents % 100);
        format!("The charge for this accounting is ${dollars}.{cents:02}, as you were told before.")
    });
    documents::AccountingLetter {
        created: utc_parts(now),
        practice: practice.name,
        practice_address,
        practice_phone: practice.phone.unwrap_or_default(),
        privacy_officer: "Privacy Officer".to_owned(),
        patient: letter.display_name,
        birth_date: letter.date_of_birth.map_or_else(|| "not known".to_owned(), long),
        record_number: letter.mrn,
        patient_address: letter.mail_to,
        date: long(letter.date),
        request_received: long(letter.received_on),
        period_from: long(letter.from),
        period_to: long(letter.to),
        disclosures: letter.items.into_iter().map(|item| told(item, long)).collect(),
        fee,
    }
}

/// Returns where the practice is, line by line.
pub(crate) fn home(address: Option<keepwell_identity::Address>) -> Vec<String> {
    address.map_or_else(Vec::new, |home| {
        let place = [home.city.as_str(), &home.state, &home.postal_code].join(" ");
        home.lines.into_iter().chain([place.trim().to_owned()]).filter(|line| !line.is_empty()).collect()
    })
}

fn told(item: LetterItem, long: fn(keepwell_kernel::CivilDate) -> String) -> AccountedDisclosure {
    let times = (item.times > 1).then(|| Repeated { count: item.times.to_string(), last: long(item.last_on) });
    AccountedDisclosure {
        date: long(item.disclosed_on),
        recipient: item.recipient,
        recipient_address: item.address.unwrap_or_default(),
        what: item.description,
        purpose: item.purpose,
        legal_basis: format!("45 CFR {}", item.cite),
        times,
    }
}
