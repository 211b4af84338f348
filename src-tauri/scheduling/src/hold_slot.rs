//! `scheduling.hold_slot`: a slot is kept for ten minutes, for one person.

use crate::book::chosen;
use crate::busy::dead_holds_of;
use crate::conflict::{Wish, clashes};
use crate::refusals::CONFLICT;
use crate::setup::Setup;
use crate::slot::Slot;
use crate::slot_hold::{HOLD_SECONDS, SlotHold};
use crate::span::{Span, instant};
use crate::unit::buffered;
use keepwell_kernel::{Error, Operation, Permission, ProductId, Purpose, ResourceId, SlotHoldId, instant_text};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Holds a slot.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HoldSlot {
    /// What it is held for; its buffers are held too.
    pub product: Option<ProductId>,
    /// When.
    pub slot: Slot,
    /// With whom and what.
    pub resources: Vec<ResourceId>,
}

/// The slot is held.
#[derive(Debug, Serialize, TS)]
pub struct SlotHeld {
    /// The hold.
    pub hold: SlotHoldId,
    /// Until when.
    pub until: String,
    /// For how many seconds.
    pub seconds_left: u32,
}

impl Operation for HoldSlot {
    const NAME: &'static str = "scheduling.hold_slot";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = SlotHeld;
}

impl Command for HoldSlot {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<SlotHeld, Error> {
        let setup = Setup::read(cx)?;
        let product = self.product.map(|product| setup.bookable(product)).transpose()?;
        let resources = chosen(&setup, &self.resources)?;
        let (date, span) = self.slot.resolve(cx.zone())?;
        let buffers = product.map_or((0, 0), |product| (product.before, product.after));
        let wish = Wish { product: None, patient: None, date, span, buffers, resources, own: Vec::new(), hold: None };
        if !clashes(cx, &setup, &wish)?.is_empty() {
            return Err(CONFLICT.at("slot").into());
        }
        let taken = buffered(span, buffers.0, buffers.1);
        sweep(cx, &self.resources, taken)?;
        let expires_at = cx.now() + chrono::Duration::seconds(i64::from(HOLD_SECONDS));
        let hold = SlotHold {
            id: SlotHoldId::make(),
            product: self.product,
            resources: self.resources,
            from: instant(taken.from),
            to: instant(taken.to),
            before: buffers.0,
            after: buffers.1,
            owner: cx.actor()?.staff,
            expires_at,
        };
        cx.put(&hold)?;
        Ok(SlotHeld { hold: hold.id, until: instant_text(expires_at, cx.zone()), seconds_left: HOLD_SECONDS })
    }
}

/// Removes what has expired around the new hold, so that the index stays small without a clock of its own.
fn sweep(cx: &mut WriteCx<'_, '_>, resources: &[ResourceId], taken: Span) -> Result<(), Error> {
    for resource in resources {
        for row in dead_holds_of(cx, *resource, taken)? {
            cx.remove::<SlotHold>(&row)?;
        }
    }
    Ok(())
}
