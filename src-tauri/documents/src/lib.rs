#![doc = include_str!("../README.md")]

mod accounting_letter;
mod audit_report;
mod certificate_of_destruction;
mod day_sheet;
mod decision_letter;
mod downtime_paper;
mod error;
mod legible;
mod monthly_seal;
mod patient_record;
mod press;
mod reminders;
mod world;

pub use accounting_letter::{AccountedDisclosure, AccountingLetter, Repeated, accounting_letter};
pub use audit_report::{AuditReport, AuditRow, audit_report};
pub use certificate_of_destruction::{
    CertificateOfDestruction, Media, Sanitization, Signatory, certificate_of_destruction,
};
pub use day_sheet::{DaySheet, DaySheetRow, day_sheet};
pub use decision_letter::{DecisionKind, DecisionLetter, decision_letter};
pub use downtime_paper::{DowntimePaper, downtime_paper};
pub use error::DocumentError;
pub use monthly_seal::{MonthlySeal, monthly_seal};
pub use patient_record::{Attachment, PatientRecord, RecordSection, RecordTable, patient_record};
pub use press::Created;
pub use reminders::{CallList, CallRow, ReminderLetter, ReminderLetters, call_list, reminder_letters};
