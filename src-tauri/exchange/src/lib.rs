#![doc = include_str!("../README.md")]

pub mod fhir;
pub mod file;
#[cfg(feature = "testing")]
#[doc(hidden)]
pub mod fuzzing;
mod import_patients;
mod person;
mod refusals;

pub use import_patients::{ImportOutcome, ImportPatients, ImportRow, Imported, LeftOut, left_out};
pub use refusals::{NO_FILES, REFUSALS, UNREADABLE};

use keepwell_log::door::Entry;

/// Everything that can be exchanged.
pub const SURFACE: &[Entry] = &[Entry::command::<ImportPatients>()];
