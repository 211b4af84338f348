#![doc = include_str!("../README.md")]

mod backup;
mod decision_letters;
mod decommission;
mod deidentified;
pub mod demo;
mod export;
mod folder;
mod import;
mod keys;
mod letters;
pub mod made_up;
mod population;
mod practice;
mod records;
mod remembered;
mod sealed_archive;
mod status;
mod support;
mod surface;
mod take_back;
mod take_in_made_up;
#[cfg(feature = "testing")]
pub mod testing;
mod typescript;

pub use backup::BackedUp;
pub use decommission::{Ended, Ending};
pub use deidentified::{Aids, DeidentifiedOut};
pub use export::BundleTo;
pub use folder::{Faults, Folder, STORE};
pub use import::ImportReport;
pub use keepwell_compliance::DecisionLetterKind;
pub use keepwell_documents::Media;
pub use keepwell_exchange::backup::{BackupNote, Every, RestoreTest};
pub use keepwell_identity::{Advice, advice as passphrase_advice};
pub use keepwell_log::audit_bundle::Bundled;
pub use keepwell_log::door::{Call, Restored};
pub use letters::{Saved, SavedReport};
pub use population::{HandOutAll, HandedOutAll};
pub use practice::{Continue, Practice, Progress};
pub use records::{HandOut, HandedOut};
pub use status::{BackupStatus, KeychainKind, Problem, State, Status};
pub use surface::{refusals, surface};
pub use take_back::{NotTakenBack, TakenBack};
pub use take_in_made_up::TakeInMadeUp;
pub use typescript::typescript;
