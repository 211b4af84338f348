//! A hold: a slot that one person keeps for a few minutes while the patient is on the phone.

use crate::span::{Span, minute};
use keepwell_kernel::{Instant, ProductId, ResourceId, SlotHoldId, StaffId};
use serde::{Deserialize, Serialize};

/// How long a hold lasts: ten minutes.
pub(crate) const HOLD_SECONDS: u32 = 600;

/// A hold of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotHold {
    /// Its id.
    pub id: SlotHoldId,
    /// What it is held for.
    pub product: Option<ProductId>,
    /// What is held.
    pub resources: Vec<ResourceId>,
    /// From when, buffers included.
    pub from: Instant,
    /// Until when, buffers included.
    pub to: Instant,
    /// What of it is kept free before.
    pub before: u16,
    /// What of it is kept free after.
    pub after: u16,
    /// Who holds it; nobody else can book it.
    pub owner: StaffId,
    /// When it ends by itself.
    pub expires_at: Instant,
}

impl SlotHold {
    /// Says whether it holds.
    pub(crate) fn lives_at(&self, now: Instant) -> bool {
        now < self.expires_at
    }

    pub(crate) fn taken(&self) -> Span {
        Span::new(minute(self.from), minute(self.to))
    }
}
