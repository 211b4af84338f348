//! `scheduling.book`: a visit, unless something stands against it.

use crate::conflict::{Clash, Wish, clashes};
use crate::contact::acts_for;
use crate::fields::{TEXT, at_most, optional};
use crate::leave_waitlist::leave;
use crate::looking::Look as _;
use crate::order::BookingOrder;
use crate::policy::{Breaching, Consequence, PolicyBreachEvent, PolicyConsequenceEvent};
use crate::refusals::{CONFLICT, HOLD_GONE, NO_RESOURCE, OVERRIDE_DENIED, OVERRIDE_REASON, PATIENT_CLOSED};
use crate::resource::Resource;
use crate::setup::Setup;
use crate::slot::Slot;
use crate::slot_hold::SlotHold;
use crate::unit::{FulfillmentCheckpoint, FulfillmentUnit, VisitStatus};
use keepwell_kernel::{
    BreachId, ContactId, Error, Operation, OrderId, OrderLineId, PatientId, Permission, ProductId, Purpose, Refusal,
    ResourceId, SlotHoldId, UnitId, WaitId,
};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most resources of a visit.
pub(crate) const RESOURCES_MAX: usize = 20;

/// Books a visit.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "BookVisit")]
pub struct Book {
    /// What.
    pub product: ProductId,
    /// For whom.
    pub patient: PatientId,
    /// Who accepted it, where that is not the patient: a parent, a carer.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub contact: Option<ContactId>,
    /// When.
    pub slot: Slot,
    /// With whom and what.
    pub resources: Vec<ResourceId>,
    /// The hold that is used up by it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub hold: Option<SlotHoldId>,
    /// The place on the waitlist that is answered by it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub wait: Option<WaitId>,
    /// What the front desk notes. Nothing clinical.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub desk_note: Option<String>,
    /// Why it is booked against the calendar.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub override_reason: Option<String>,
}

/// It is booked.
#[derive(Debug, Serialize, TS)]
pub struct Booked {
    /// The order.
    pub order: OrderId,
    /// Its line.
    pub line: OrderLineId,
    /// The visit.
    pub unit: UnitId,
    /// The visit's version.
    pub version: u64,
}

impl Operation for Book {
    const NAME: &'static str = "scheduling.book";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Booked;
}

impl Command for Book {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Booked, Error> {
        let setup = Setup::read(cx)?;
        let product = setup.bookable(self.product)?;
        seen_here(cx, self.patient)?;
        let resources = chosen(&setup, &self.resources)?;
        let (date, span) = self.slot.resolve(cx.zone())?;
        let desk_note = optional(self.desk_note.as_deref(), TEXT, "desk_note")?;
        acts_for(cx, self.contact, self.patient)?;
        let hold = self.hold.map(|hold| own_hold(cx, hold)).transpose()?;
        let buffers = (product.before, product.after);
        let (patient, own, hold_id) = (Some(self.patient), Vec::new(), self.hold);
        let wish = Wish { product: Some(product), patient, date, span, buffers, resources, own, hold: hold_id };
        let against = clashes(cx, &setup, &wish)?;
        let override_reason = allowed(cx, &against, self.override_reason.as_deref())?;
        let mut visit = FulfillmentUnit::new(product, self.patient, span, cx.zone());
        visit.takes(&self.resources);
        visit.desk_note = desk_note;
        visit.overrides = override_reason.iter().cloned().collect();
        let order = BookingOrder::of_one(product, &visit, cx.actor()?.staff, cx.now());
        cx.put(&BookingOrder { contact: self.contact, ..order })?;
        visit.becomes(step(cx, VisitStatus::Booked)?);
        let version = cx.put(&visit)?;
        if let Some(hold) = hold {
            release(cx, &hold)?;
        }
        if let Some(wait) = self.wait {
            leave(cx, wait, None)?;
        }
        if let Some(reason) = override_reason {
            breach(cx, (&visit).into(), &against, reason)?;
        }
        Ok(Booked { order: visit.order, line: visit.line, unit: visit.id, version })
    }
}

/// Refuses whoever is not seen any more.
///
/// # Errors
/// [`PATIENT_CLOSED`] at `patient`, or a refusal where there is no such patient.
pub(crate) fn seen_here(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<(), Error> {
    let known = cx.patient(patient)?;
    if known.deceased || known.merged_into.is_some() {
        return Err(PATIENT_CLOSED.at("patient").into());
    }
    Ok(())
}

/// Returns the chosen resources.
///
/// # Errors
/// [`NO_RESOURCE`] where there are none, or a refusal at one that cannot be booked or stands twice.
pub(crate) fn chosen<'s>(setup: &'s Setup, resources: &[ResourceId]) -> Result<Vec<&'s Resource>, Refusal> {
    at_most(resources, RESOURCES_MAX, "resources")?;
    if resources.is_empty() {
        return Err(NO_RESOURCE.at("resources"));
    }
    let twice = (1..resources.len())
        .find(|at| resources.get(..*at).zip(resources.get(*at)).is_some_and(|(before, one)| before.contains(one)));
    match twice {
        Some(at) => Err(NO_RESOURCE.at(format!("resources.{at}"))),
        None => setup.usable(resources),
    }
}

/// Returns a hold that is one's own and lives.
///
/// # Errors
/// [`HOLD_GONE`] at `hold`.
pub(crate) fn own_hold(cx: &WriteCx<'_, '_>, hold: SlotHoldId) -> Result<SlotHold, Error> {
    let row = cx.key(SlotHold::TABLE)?.id(hold.bytes()).done();
    let (now, own) = (cx.now(), cx.actor()?.staff);
    let found = cx.get::<SlotHold>(&row)?.map(|stored| stored.record);
    Ok(found.filter(|hold| hold.owner == own && hold.lives_at(now)).ok_or_else(|| HOLD_GONE.at("hold"))?)
}

/// # Errors
/// [`Error`].
pub(crate) fn release(cx: &mut WriteCx<'_, '_>, hold: &SlotHold) -> Result<(), Error> {
    let row = cx.key(SlotHold::TABLE)?.id(hold.id.bytes()).done();
    cx.remove::<SlotHold>(&row)
}

/// Lets a booking through that nothing stands against, or one that somebody who may takes upon them. Returns the reason in
/// the second case.
///
/// # Errors
/// [`CONFLICT`], [`OVERRIDE_DENIED`] or [`OVERRIDE_REASON`].
pub(crate) fn allowed(cx: &WriteCx<'_, '_>, against: &[Clash], reason: Option<&str>) -> Result<Option<String>, Error> {
    let Some(reason) = reason.filter(|_| !against.is_empty()) else {
        return if against.is_empty() { Ok(None) } else { Err(CONFLICT.at("slot").into()) };
    };
    if !cx.may(Permission::ScheduleOverride) {
        return Err(OVERRIDE_DENIED.at("override_reason").into());
    }
    if !against.iter().all(Clash::can_override) {
        return Err(CONFLICT.at("slot").into());
    }
    let reason = optional(Some(reason), TEXT, "override_reason")?;
    Ok(Some(reason.ok_or_else(|| OVERRIDE_REASON.at("override_reason"))?))
}

/// Writes that the calendar was overridden, and what follows from it.
///
/// # Errors
/// [`Error`].
pub(crate) fn breach(
    cx: &mut WriteCx<'_, '_>,
    breaching: Breaching,
    against: &[Clash],
    reason: String,
) -> Result<(), Error> {
    let (id, at, by) = (BreachId::make(), cx.now(), cx.actor()?.staff);
    let mut breached: Vec<_> = against.iter().map(|clash| clash.kind).collect();
    breached.dedup();
    let Breaching { unit, reservation, patient } = breaching;
    cx.put(&PolicyBreachEvent { id, unit, reservation, patient, breached, reason, by, at })?;
    cx.put(&PolicyConsequenceEvent { id: BreachId::make(), breach: id, consequence: Consequence::Marked, at })?;
    Ok(())
}

/// Returns the step a visit takes now, by whoever acts.
///
/// # Errors
/// [`Error`].
pub(crate) fn step(cx: &WriteCx<'_, '_>, status: VisitStatus) -> Result<FulfillmentCheckpoint, Error> {
    Ok(FulfillmentCheckpoint { status, at: cx.now(), by: cx.actor()?.staff, reason: None, note: None })
}
