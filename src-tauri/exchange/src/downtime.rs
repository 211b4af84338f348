//! The downtime pack: what a practice works from on paper while its computers do not work (45 CFR 164.308(a)(7)(ii)(C)).
//! Its form stands in `DOWNTIME.md`.

mod note_downtime;
mod page;
mod plan;
mod print;
mod seal;
mod seal_downtime;
mod table;

pub use note_downtime::NoteDowntime;
pub use page::{DowntimePage, DowntimePatient, ReadDowntimePage};
pub use plan::{DowntimeList, DowntimePlanned, PlanDowntime, ShowDowntime};
pub use print::{DaySheet, ENCOUNTER, SheetVisit, pack};
pub use seal_downtime::{SealDowntime, SealedDowntime};
pub use table::DowntimeStanding;
