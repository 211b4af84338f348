//! What a reservation of a theatre would take, and everything that stands against it: the theatre, the patient, and whoever
//! and whatever is allocated.

use crate::conflict::{Clash, ConflictKind, Wish, about, clashes, out_of_date};
use crate::fields::within;
use crate::looking::Look;
use crate::refusals::{NOT_A_THEATRE, UNKNOWN};
use crate::resource::{Resource, ResourceKind};
use crate::setup::Setup;
use crate::slot::Slot;
use crate::span::Span;
use crate::theatre::allocation::{ResourceAllocation, allocation_row, allocations};
use crate::theatre::reservation::{ReservationPurpose, TheatreReservation, reservation_row};
use keepwell_kernel::{CivilDate, Error, PatientId, Refusal, ResourceId};
use keepwell_vault::RowKey;

/// The longest setup or turnover: eight hours.
const AROUND_MAX: u16 = 480;

/// Where and when a theatre is wanted.
pub(crate) struct Place<'s> {
    pub(crate) theatre: &'s Resource,
    pub(crate) date: CivilDate,
    /// The procedure itself.
    pub(crate) span: Span,
    pub(crate) setup: u16,
    pub(crate) turnover: u16,
}

impl<'s> Place<'s> {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A refusal at `theatre`, `slot`, `setup_minutes` or `turnover_minutes`.
    pub(crate) fn read(
        cx: &impl Look,
        setup: &'s Setup,
        theatre: ResourceId,
        slot: &Slot,
        around: (u16, u16),
    ) -> Result<Self, Refusal> {
        let (date, span) = slot.resolve(cx.here())?;
        let theatre = usable(setup, theatre, "theatre")?;
        if theatre.kind != ResourceKind::Theatre {
            return Err(NOT_A_THEATRE.at("theatre"));
        }
        Ok(Self {
            theatre,
            date,
            span,
            setup: within(around.0, 0..=AROUND_MAX, "setup_minutes")?,
            turnover: within(around.1, 0..=AROUND_MAX, "turnover_minutes")?,
        })
    }
}

/// Returns a resource that can be booked.
///
/// # Errors
/// A refusal at the field.
pub(crate) fn usable<'s>(setup: &'s Setup, id: ResourceId, field: &str) -> Result<&'s Resource, Refusal> {
    let one = setup.resource(id).ok_or_else(|| UNKNOWN.at(field))?;
    if one.ended { Err(crate::refusals::ENDED.at(field)) } else { Ok(one) }
}

/// What is to be reserved.
pub(crate) struct Plan<'s> {
    pub(crate) place: Place<'s>,
    pub(crate) purpose: ReservationPurpose,
    pub(crate) patient: Option<PatientId>,
    /// Who and what goes along, and when.
    pub(crate) along: Vec<(&'s Resource, Span)>,
    /// The rows of what is moved.
    pub(crate) own: Vec<RowKey>,
}

impl<'s> Plan<'s> {
    /// Plans a reservation at another place, with everything that it takes along shifted as it is itself.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) fn of_move(
        cx: &impl Look,
        setup: &'s Setup,
        one: &TheatreReservation,
        place: Place<'s>,
    ) -> Result<(Self, Vec<ResourceAllocation>), Error> {
        let mut own = vec![reservation_row(cx, one.id)?];
        let (mut along, mut moved) = (Vec::new(), Vec::new());
        for mut allocation in allocations(cx, one.id)? {
            own.push(allocation_row(cx, allocation.id)?);
            allocation.stands_at(shifted(one, &place, allocation.span()));
            let resource = allocation.resource().and_then(|id| setup.resource(id));
            along.extend(resource.map(|resource| (resource, allocation.span())));
            moved.push(allocation);
        }
        Ok((Self { place, purpose: one.purpose, patient: one.patient, along, own }, moved))
    }
}

/// Moves a stretch along with its reservation, and into it where setup, procedure or turnover became shorter.
fn shifted(one: &TheatreReservation, place: &Place<'_>, span: Span) -> Span {
    let by = place.span.from - one.span().from;
    let whole = crate::unit::buffered(place.span, place.setup, place.turnover);
    // Whoever was there throughout stays throughout.
    if span == one.span() {
        return place.span;
    }
    if span == one.taken() {
        return whole;
    }
    Span::new(span.from + by, span.to + by).within(whole).unwrap_or(place.span)
}

/// Returns everything that stands against a plan.
///
/// # Errors
/// [`Error`].
pub(crate) fn against(cx: &impl Look, setup: &Setup, plan: &Plan<'_>) -> Result<Vec<Clash>, Error> {
    let place = &plan.place;
    let wish = |span, buffers, resources, patient| Wish {
        product: None,
        patient,
        date: place.date,
        span,
        buffers,
        resources,
        own: plan.own.clone(),
        hold: None,
    };
    let theatre = wish(place.span, (place.setup, place.turnover), vec![place.theatre], plan.patient);
    let mut all = clashes(cx, setup, &theatre)?;
    // A theatre is maintained when nobody works in it.
    let is_work = plan.purpose == ReservationPurpose::Surgery;
    all.retain(|clash| is_work || clash.kind != ConflictKind::Closed);
    all.extend(out_of_date(place.theatre, place.date).into_iter().filter(|_| is_work));
    for (one, span) in &plan.along {
        all.extend(out_of_date(one, place.date));
        all.extend(about(cx, setup, &wish(*span, (0, 0), vec![*one], None), one)?);
    }
    all.sort_by_key(|clash| clash.kind);
    Ok(all)
}
