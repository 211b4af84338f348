//! The record of a destruction: what it was, how long it was kept, who approved. It outlives what was destroyed.

use crate::retention::RetainedKind;
use keepwell_kernel::{CivilDate, DestructionId, PatientId};
use serde::{Deserialize, Serialize};

/// A destruction. It is written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destruction {
    /// Its id.
    pub id: DestructionId,
    /// What kind of document it was.
    pub kind: RetainedKind,
    /// The document's id.
    pub document: [u8; 16],
    /// The patient it was about.
    pub patient: Option<PatientId>,
    /// The day up to which it had to be kept.
    pub kept_until: CivilDate,
    /// When it was destroyed.
    pub destroyed_on: CivilDate,
    /// By whom, by user name.
    pub destroyed_by: String,
    /// Who approved.
    pub approved_by: String,
    /// Why, such as the practice's schedule.
    pub reason: String,
}
