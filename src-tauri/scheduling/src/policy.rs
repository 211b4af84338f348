//! What breached a policy of the calendar, and what followed from it. Both are written once.

use crate::conflict::ConflictKind;
use keepwell_kernel::{BreachId, Instant, PatientId, StaffId, UnitId};
use serde::{Deserialize, Serialize};

/// That somebody booked against the calendar, knowingly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyBreachEvent {
    /// Its id.
    pub id: BreachId,
    /// The visit that stands where the calendar refused it.
    pub unit: UnitId,
    /// Whose visit it is.
    pub patient: PatientId,
    /// What was breached, by kind.
    pub breached: Vec<ConflictKind>,
    /// Why.
    pub reason: String,
    /// Who took it upon them.
    pub by: StaffId,
    /// When.
    pub at: Instant,
}

/// What followed from a breach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyConsequenceEvent {
    /// Its id.
    pub id: BreachId,
    /// The breach it follows from.
    pub breach: BreachId,
    /// What follows: the visit is marked in the calendar and waits for a review.
    pub consequence: Consequence,
    /// When.
    pub at: Instant,
}

/// The consequences a breach can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// The visit is marked wherever it shows.
    Marked,
}
