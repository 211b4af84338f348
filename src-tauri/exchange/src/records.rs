//! Patients' records, as they leave for the patient or for somebody else (45 CFR 164.524, 170.315(b)(10)).

mod amendments;
mod appointments;
mod beside;
mod export_population;
mod export_records;
mod files;
mod form;
mod hand_out;
mod opening;
mod operations;
mod package;
mod page;
mod population;
mod print;
mod resources;
mod take_back;
mod unpack;
mod visits;
mod waits;

pub use export_population::{ExportPopulation, PopulationPage};
pub use export_records::{ExportRecords, RecordsOut};
pub use opening::{FolderKey, RECORDS_FILE_BYTES_MAX, RecordsPackage, open_records, records_packages};
pub use package::check_passphrase;
pub use population::{
    POPULATION_KEY, POPULATION_MANIFEST, PopulationKey, PopulationManifest, PopulationPart, population_words,
};
pub use take_back::{RecordTakenBack, TakeBack, TakeBackOutcome};
