//! What a visit is for. It lies in the clinical compartment: whoever sits at the front desk has no key to it.

use keepwell_kernel::{PatientId, UnitId};
use serde::{Deserialize, Serialize};

/// Why somebody comes, and what will be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitDetail {
    /// The visit.
    pub unit: UnitId,
    /// Whose visit it is.
    pub patient: PatientId,
    /// Why the patient comes.
    pub reason_for_visit: String,
    /// What will be done.
    pub procedure_detail: String,
}
