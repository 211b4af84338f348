//! Operating theatres: what is planned (a surgical case), where and when (a theatre reservation), with whom and what
//! (resource allocations). They are kept apart, because each changes without the others.

pub(crate) mod allocation;
pub(crate) mod lapse;
pub(crate) mod plan;
pub(crate) mod reservation;
pub(crate) mod surgical_case;

mod advance_theatre;
mod allocate;
mod board;
mod cancel_case;
mod check_allocation;
mod check_theatre;
mod clinical_case;
mod end_allocation;
mod keep_case;
mod move_reservation;
mod note_case;
mod reinstate_case;
mod release_theatre;
mod reserve_theatre;
mod waive_lapse;

pub(crate) use board::held_on;

pub use advance_theatre::AdvanceTheatre;
pub use allocate::{Allocate, Allocated};
pub use allocation::AllocatedThing;
pub use board::{
    BoardAllocation, BoardReservation, CaseRow, OpenTheatreBoard, TheatreBoardView, TheatreCheckpointView,
};
pub use cancel_case::CancelCase;
pub use check_allocation::CheckAllocation;
pub use check_theatre::{CheckTheatre, TheatreCheck};
pub use clinical_case::{CaseDetailView, ClinicalCaseView, OpenClinicalCase};
pub use end_allocation::EndAllocation;
pub use keep_case::{CaseKept, KeepCase};
pub use lapse::TheatreLapse;
pub use move_reservation::MoveReservation;
pub use note_case::NoteCase;
pub use reinstate_case::ReinstateCase;
pub use release_theatre::ReleaseTheatre;
pub use reservation::{ReservationPurpose, TheatreStep};
pub use reserve_theatre::{ReserveTheatre, TheatreReserved};
pub use surgical_case::{Laterality, Urgency};
pub use waive_lapse::WaiveLapse;
