//! What breached a policy of the calendar, and what followed from it. Both are written once.

use crate::conflict::ConflictKind;
use crate::theatre::reservation::TheatreReservation;
use crate::unit::FulfillmentUnit;
use keepwell_kernel::{BreachId, Instant, PatientId, ReservationId, StaffId, UnitId};
use serde::{Deserialize, Serialize};

/// That somebody booked against the calendar, knowingly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyBreachEvent {
    /// Its id.
    pub id: BreachId,
    /// The visit that stands where the calendar refused it.
    pub unit: Option<UnitId>,
    /// The reservation of a theatre that does. The first form knew visits only.
    #[serde(default)]
    pub reservation: Option<ReservationId>,
    /// Whom it is about.
    pub patient: Option<PatientId>,
    /// What was breached, by kind.
    pub breached: Vec<ConflictKind>,
    /// Why.
    pub reason: String,
    /// Who took it upon them.
    pub by: StaffId,
    /// When.
    pub at: Instant,
}

/// What stands where the calendar refused it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Breaching {
    pub(crate) unit: Option<UnitId>,
    pub(crate) reservation: Option<ReservationId>,
    pub(crate) patient: Option<PatientId>,
}

impl From<&FulfillmentUnit> for Breaching {
    fn from(unit: &FulfillmentUnit) -> Self {
        Self { unit: Some(unit.id), patient: Some(unit.patient), ..Self::default() }
    }
}

impl From<&TheatreReservation> for Breaching {
    fn from(one: &TheatreReservation) -> Self {
        Self { reservation: Some(one.id), patient: one.patient, ..Self::default() }
    }
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
