//! A resource allocation: who and what a reservation of a theatre takes along, and when within it.

use crate::looking::Look;
use crate::refusals::UNKNOWN;
use crate::slot::short;
use crate::span::{Span, instant, minute};
use crate::table::ALLOCATION_BY_RESERVATION;
use keepwell_kernel::{AllocationId, Error, Instant, ReservationId, ResourceId, StaffId};
use keepwell_vault::{Record as _, RowKey};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most allocations of a reservation.
pub(crate) const MOST: usize = 60;

/// Who or what is allocated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AllocatedThing {
    /// Staff, a room or a piece of equipment: nobody else has it meanwhile.
    Resource {
        /// Which.
        resource: ResourceId,
    },
    /// Something from the stock, in words: what there is of it is not checked.
    Item {
        /// What.
        name: String,
        /// How many.
        quantity: u16,
    },
}

/// An allocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceAllocation {
    /// Its id.
    pub id: AllocationId,
    /// The reservation it belongs to.
    pub reservation: ReservationId,
    /// Who or what.
    pub what: AllocatedThing,
    /// As what: surgeon, anaesthetist, scrub nurse.
    pub role: String,
    /// From when, in UTC; within the reservation.
    pub starts_at: Instant,
    /// For how long.
    pub minutes: u16,
    /// Who allocated it.
    pub by: StaffId,
    /// When.
    pub at: Instant,
    /// When it was taken back.
    pub ended_at: Option<Instant>,
}

impl ResourceAllocation {
    pub(crate) fn span(&self) -> Span {
        let from = minute(self.starts_at);
        Span::new(from, from + i64::from(self.minutes))
    }

    pub(crate) fn stands_at(&mut self, span: Span) {
        self.starts_at = instant(span.from);
        self.minutes = short(span.to - span.from);
    }

    pub(crate) const fn resource(&self) -> Option<ResourceId> {
        match self.what {
            AllocatedThing::Resource { resource } => Some(resource),
            AllocatedThing::Item { .. } => None,
        }
    }
}

/// Returns the row of an allocation.
///
/// # Errors
/// [`Error`].
pub(crate) fn allocation_row(cx: &impl Look, id: AllocationId) -> Result<RowKey, Error> {
    Ok(cx.maker(ResourceAllocation::TABLE)?.id(id.bytes()).done())
}

/// Returns the living allocations of a reservation, in the order in which they begin.
///
/// # Errors
/// [`Error`].
pub(crate) fn allocations(cx: &impl Look, of: ReservationId) -> Result<Vec<ResourceAllocation>, Error> {
    let prefix = cx.maker(ResourceAllocation::TABLE)?.id(of.bytes()).done();
    let rows = cx.keys::<ResourceAllocation>(ALLOCATION_BY_RESERVATION, &prefix, MOST + 1)?;
    let read = |row| Ok(cx.record::<ResourceAllocation>(&row)?.ok_or(UNKNOWN)?.record);
    let mut all = rows.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    all.sort_by_key(|one| (one.starts_at, one.id));
    Ok(all)
}
