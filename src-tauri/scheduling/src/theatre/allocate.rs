//! `scheduling.allocate`: somebody or something that goes along with a reservation, within it.

use crate::book::{allowed, breach};
use crate::conflict::{Clash, Wish, about, out_of_date};
use crate::fields::{LINE, required, text};
use crate::looking::Look;
use crate::refusals::{BAD_MINUTES, OUTSIDE_RESERVATION, TOO_MANY};
use crate::setup::Setup;
use crate::span::{Span, instant};
use crate::theatre::allocation::{AllocatedThing, MOST, allocations};
use crate::theatre::plan::usable;
use crate::theatre::reservation::{TheatreReservation, held_as_shown};
use crate::theatre::reserve_theatre::allocated;
use keepwell_kernel::{AllocationId, Error, Operation, Permission, Purpose, Refusal, ReservationId};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most of one item.
const QUANTITY_MAX: u16 = 10_000;

/// Allocates somebody or something.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Allocate {
    /// The reservation.
    pub reservation: ReservationId,
    /// Who or what.
    pub what: AllocatedThing,
    /// As what: anaesthetist, scrub nurse.
    pub role: String,
    /// From when, in minutes since the reservation begins with its setup.
    pub from: u16,
    /// Until when, in the same minutes.
    pub to: u16,
    /// Why it is allocated against the calendar.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub override_reason: Option<String>,
}

/// It is allocated.
#[derive(Debug, Serialize, TS)]
pub struct Allocated {
    /// The allocation.
    pub allocation: AllocationId,
}

impl Operation for Allocate {
    const NAME: &'static str = "scheduling.allocate";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Allocated;
}

impl Command for Allocate {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Allocated, Error> {
        let mut held = held_as_shown(cx, self.reservation, None)?;
        if allocations(cx, held.id)?.len() >= MOST {
            return Err(TOO_MANY.at("reservation").into());
        }
        let span = inside(&held, self.from, self.to)?;
        let role = text(&self.role, LINE, "role")?;
        let what = kept(self.what)?;
        let against = clashing(cx, &what, span)?;
        let override_reason = allowed(cx, &against, self.override_reason.as_deref())?;
        let one = allocated(cx, &held, what, role, span)?;
        cx.put(&one)?;
        if let Some(reason) = override_reason {
            held.overrides.push(reason.clone());
            cx.put(&held)?;
            breach(cx, (&held).into(), &against, reason)?;
        }
        Ok(Allocated { allocation: one.id })
    }
}

/// Returns the stretch of an allocation, which lies inside its reservation.
///
/// # Errors
/// A refusal at `to`.
pub(crate) fn inside(held: &TheatreReservation, from: u16, to: u16) -> Result<Span, Refusal> {
    let whole = held.taken();
    let span = Span::new(whole.from + i64::from(from), whole.from + i64::from(to));
    if span.is_empty() {
        return Err(BAD_MINUTES.at("to"));
    }
    if whole.holds(span) { Ok(span) } else { Err(OUTSIDE_RESERVATION.at("to")) }
}

fn kept(what: AllocatedThing) -> Result<AllocatedThing, Refusal> {
    let AllocatedThing::Item { name, quantity } = what else { return Ok(what) };
    if !(1..=QUANTITY_MAX).contains(&quantity) {
        return Err(BAD_MINUTES.at("what.quantity"));
    }
    Ok(AllocatedThing::Item { name: required(&name, LINE, "what.name")?, quantity })
}

/// Returns what stands against somebody or something at that time. What comes from the stock is not looked up.
///
/// # Errors
/// A refusal at `what.resource`.
pub(crate) fn clashing(cx: &impl Look, what: &AllocatedThing, span: Span) -> Result<Vec<Clash>, Error> {
    let AllocatedThing::Resource { resource } = what else { return Ok(Vec::new()) };
    let setup = Setup::read(cx)?;
    let one = usable(&setup, *resource, "what.resource")?;
    let wish = Wish {
        product: None,
        patient: None,
        date: cx.here().date_of(instant(span.from)),
        span,
        buffers: (0, 0),
        resources: vec![one],
        own: Vec::new(),
        hold: None,
    };
    Ok([about(cx, &setup, &wish, one)?, out_of_date(one, wish.date)].concat())
}
