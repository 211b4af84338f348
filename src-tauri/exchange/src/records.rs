//! A patient's records, as they leave for the patient or for somebody else (45 CFR 164.524, 170.315(b)(10)).

mod export_records;
mod files;
mod package;
mod page;
mod print;
mod resources;

pub use export_records::{ExportRecords, RecordsOut};
pub use package::check_passphrase;
