#![doc = include_str!("../README.md")]

pub mod backup;
pub mod deidentified;
pub mod downtime;
pub mod fhir;
pub mod file;
#[cfg(feature = "testing")]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(test)]
mod golden;
mod import_patients;
mod person;
pub mod received;
pub mod records;
mod refusals;

pub use import_patients::{ImportOutcome, ImportPatients, ImportRow, Imported, LeftOut, left_out};
pub use refusals::{
    BACKUP_NOT_WRITTEN, NO_FILES, POPULATION_CUT, RECORDS_MISSING, RECORDS_NOT_WRITTEN, RECORDS_TOO_LARGE, REFUSALS,
    UNREADABLE,
};

use keepwell_log::door::Entry;

/// Everything that can be exchanged.
pub const SURFACE: &[Entry] = &[
    Entry::command::<ImportPatients>(),
    Entry::query::<backup::BackUp>(),
    Entry::query::<backup::ProveBackup>(),
    Entry::query::<backup::ListBackups>(),
    Entry::command::<backup::PlanBackups>(),
    Entry::command::<backup::Decommission>(),
    Entry::command::<records::ExportRecords>(),
    Entry::command::<records::ExportPopulation>(),
    Entry::command::<records::TakeBack>(),
    Entry::command::<received::KeepReceived>(),
    Entry::query::<received::ListReceived>(),
    Entry::query::<deidentified::Deidentify>(),
    Entry::command::<downtime::PlanDowntime>(),
    Entry::query::<downtime::ShowDowntime>(),
    Entry::query::<downtime::ReadDowntimePage>(),
    Entry::query::<downtime::SealDowntime>(),
    Entry::command::<downtime::NoteDowntime>(),
];
