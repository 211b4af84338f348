//! `scheduling.visit`: one visit, as the front desk sees it.

use crate::contact::Contact;
use crate::day_visit::label;
use crate::gate::{GateView, gates};
use crate::looking::Look;
use crate::order::BookingOrder;
use crate::refusals::UNKNOWN;
use crate::resource::Resource;
use crate::setup::Setup;
use crate::slot::{Slot, clocks};
use crate::told::ToldTime;
use crate::unit::{FulfillmentCheckpoint, FulfillmentUnit, StandReason, VisitStatus, visit};
use keepwell_kernel::{
    CivilDate, ContactId, Error, Operation, OrderId, PatientId, Permission, ProductId, Purpose, ResourceId, UnitId,
    instant_text,
};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::{Record as _, Stored};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens a visit.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenVisit {
    /// The visit.
    pub unit: UnitId,
}

/// One visit as the front desk sees it. Nothing clinical.
#[derive(Debug, Serialize, TS)]
pub struct VisitView {
    /// The visit.
    pub unit: UnitId,
    /// Its version, for a change.
    pub version: u64,
    /// The order it fulfils.
    pub order: OrderId,
    /// Whose visit it is.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub patient_name: String,
    /// Its day.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Its time.
    pub slot: Slot,
    /// The same as the clock shows it.
    pub time: String,
    /// What to call it.
    pub label: String,
    /// What it is.
    pub product: ProductId,
    /// The version of the offer that was accepted.
    pub offer_version: u32,
    /// Who and what is assigned.
    pub resources: Vec<ResourceId>,
    /// Their names, in the same order.
    pub names: Vec<String>,
    /// How it stands.
    pub status: VisitStatus,
    /// What it may become.
    pub next: Vec<VisitStatus>,
    /// The steps it took, oldest first.
    pub checkpoints: Vec<CheckpointOfVisit>,
    /// Who accepted it, where that was not the patient.
    pub contact: Option<VisitContact>,
    /// What the front desk noted.
    pub desk_note: Option<String>,
    /// What the patient does beforehand.
    pub preparation: String,
    /// Who booked it.
    pub booked_by: String,
    /// When.
    pub booked_at: String,
    /// Why it stands where the calendar refused it.
    pub overridden: Vec<String>,
    /// How the patient wants to be reached (45 CFR 164.522(b)).
    pub reach_by: Option<String>,
    /// The time that the patient was told, where it stands elsewhere.
    pub told: Option<ToldTime>,
    /// What is checked before it.
    pub gates: Vec<GateView>,
    /// It is one of a series.
    pub repeats: bool,
}

/// Who accepted a visit for the patient.
#[derive(Debug, Serialize, TS)]
pub struct VisitContact {
    /// The contact.
    pub contact: ContactId,
    /// Who it is.
    pub name: String,
    /// What the contact is to the patient.
    pub relationship: String,
}

/// One step of a visit.
#[derive(Debug, Serialize, TS)]
pub struct CheckpointOfVisit {
    /// What it became.
    pub status: VisitStatus,
    /// When.
    pub at: String,
    /// Who said so.
    pub by: String,
    /// Why.
    pub reason: Option<StandReason>,
    /// What was noted.
    pub note: Option<String>,
}

impl Operation for OpenVisit {
    const NAME: &'static str = "scheduling.visit";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = VisitView;
}

impl Query for OpenVisit {
    fn run(self, cx: &ReadCx<'_>) -> Result<VisitView, Error> {
        let setup = Setup::read(cx)?;
        let stored = visit(cx, self.unit)?;
        shown(cx, &setup, &stored)
    }
}

fn shown(cx: &impl Look, setup: &Setup, stored: &Stored<FulfillmentUnit>) -> Result<VisitView, Error> {
    let (unit, zone) = (&stored.record, cx.here());
    let patient = cx.patient(unit.patient)?;
    let checkpoints = unit.checkpoints.iter().map(|step| checkpoint(cx, step)).collect::<Result<Vec<_>, Error>>()?;
    let (booked_by, booked_at) =
        checkpoints.first().map_or_else(Default::default, |first| (first.by.clone(), first.at.clone()));
    let date = zone.date_of(unit.starts_at);
    let resources = unit.resources();
    let assigned: Vec<&Resource> = resources.iter().filter_map(|id| setup.resource(*id)).collect();
    let product = setup.product(unit.product);
    Ok(VisitView {
        unit: unit.id,
        version: stored.version,
        order: unit.order,
        patient: unit.patient,
        patient_name: patient.listed_name,
        date,
        slot: Slot::of(zone, unit.span()),
        time: clocks(zone, unit.span()),
        label: label(setup, unit),
        product: unit.product,
        offer_version: unit.offer_version,
        names: resources.iter().map(|id| setup.name(*id)).collect(),
        resources,
        status: unit.status,
        next: unit.status.next(),
        checkpoints,
        contact: contact(cx, unit.order)?,
        desk_note: unit.desk_note.clone(),
        preparation: product.map_or_else(String::new, |product| product.preparation.clone()),
        booked_by,
        booked_at,
        overridden: unit.overrides.clone(),
        reach_by: patient.reach_by,
        told: unit.told(zone).map(|span| ToldTime::of(zone, span)),
        gates: product.map_or_else(Vec::new, |product| gates(product, &assigned, date, &unit.waivers)),
        repeats: unit.series.is_some(),
    })
}

fn contact(cx: &impl Look, order: OrderId) -> Result<Option<VisitContact>, Error> {
    let row = cx.maker(BookingOrder::TABLE)?.id(order.bytes()).done();
    let Some(id) = cx.record::<BookingOrder>(&row)?.ok_or(UNKNOWN)?.record.contact else { return Ok(None) };
    let row = cx.maker(Contact::TABLE)?.id(id.bytes()).done();
    let one = cx.record::<Contact>(&row)?.ok_or(UNKNOWN)?.record;
    Ok(Some(VisitContact { contact: one.id, name: one.name, relationship: one.relationship }))
}

fn checkpoint(cx: &impl Look, step: &FulfillmentCheckpoint) -> Result<CheckpointOfVisit, Error> {
    Ok(CheckpointOfVisit {
        status: step.status,
        at: instant_text(step.at, cx.here()),
        by: cx.staff_name(step.by)?,
        reason: step.reason,
        note: step.note.clone(),
    })
}
