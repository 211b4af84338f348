#![doc = include_str!("../README.md")]

pub mod audit_bundle;
pub mod canonical;
pub mod checkpoint;
pub mod chosen;
pub mod door;
mod entries;
pub mod entry;
mod export;
pub mod proof;
pub mod readers;
mod report;
mod seal;
mod status;
pub mod store;
pub mod tree;
pub mod verify;
mod verify_operation;

pub use entries::{Entries, LogPage, LogRow};
pub use export::{Export, Exporting, NOT_WRITTEN};
pub use report::{AskReport, LogReport, ReportOrder};
pub use seal::{AskSeal, Seal};
pub use status::{CheckpointView, LogStatus, Status};
pub use verify_operation::Verify;

use door::Entry;
use keepwell_kernel::Code;

/// Everything that can be done with the log. Nothing here changes it: entries come from the door alone.
pub const SURFACE: &[Entry] = &[
    Entry::query::<Entries>(),
    Entry::query::<Verify>(),
    Entry::query::<Status>(),
    Entry::query::<Export>(),
    Entry::query::<AskSeal>(),
    Entry::query::<AskReport>(),
];

/// Every refusal of the log and the door.
pub const REFUSALS: &[Code] = &[
    entries::LIMIT,
    chosen::UNKNOWN_PATIENT,
    export::NOT_WRITTEN,
    seal::NO_CHECKPOINT,
    report::TOO_LONG,
    door::DAMAGED,
    verify::ROLLED_BACK,
    verify::FORKED,
    verify::BROKEN,
    door::MALFORMED,
    door::UNKNOWN,
    door::PURPOSE,
    door::REASON_NEEDED,
    door::REASON_TOO_LONG,
    door::READ_ONLY,
    door::EXISTS,
    door::UNOPENABLE,
    door::WRONG_RECOVERY_KEY,
];
