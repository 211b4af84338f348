//! Visits go along with a patient's records: every one, whatever became of it, in words that say enough where nobody knows
//! this practice's resources and staff (45 CFR 164.524).

use crate::came_visits::{came_details, came_operations, came_reasons, came_visits};
use crate::catalogue::{GateKind, OfferVersion, Service};
use crate::contact::Contact;
use crate::detail::VisitDetail;
use crate::looking::Look as _;
use crate::operations_along::{OperationAlong, OperationDetail, operations_of};
use crate::order::BookingOrder;
use crate::resource::ResourceKind;
use crate::setup::Setup;
use crate::table::UNIT_BY_PATIENT;
use crate::unit::{FulfillmentCheckpoint, FulfillmentUnit, GateWaiver, StandReason, VisitStatus};
use crate::waits_along::{ContactAlong, WaitAlong, add_waits};
use keepwell_kernel::{
    CaseId, Compartment, Error, Fault, Instant, Money, OrderId, OrderLineId, PatientId, ProductId, ResourceId,
    SeriesId, StaffId, UnitId,
};
use keepwell_log::door::WriteCx;
use keepwell_patients::known_to;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The most visits of one record.
pub(crate) const MOST: usize = 10_000;

/// A visit as it goes along. Nothing clinical: what it was for stands in a [`VisitReason`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitAlong {
    /// The visit.
    pub unit: UnitId,
    /// The record it is about: the patient's own, or one that was merged into it.
    pub patient: PatientId,
    /// The order it fulfils.
    pub order: OrderId,
    /// The line of it.
    pub line: OrderLineId,
    /// When the order was accepted.
    pub accepted_at: Instant,
    /// Who accepted it, where that was not the patient.
    pub accepted_by: Option<String>,
    /// Who took it.
    pub taken_by: String,
    /// What was booked.
    pub product: ProductId,
    /// The version of its offer.
    pub offer_version: u32,
    /// What it belongs to.
    pub service: String,
    /// What it is called, also where calendars show a visit and nothing else: it is the patient's own record.
    pub label: String,
    /// On calendars and paper it shows as a visit and nothing else.
    pub sensitive: bool,
    /// What the patient does beforehand.
    pub preparation: String,
    /// What it costs who pays it alone.
    pub price_cents: Option<Money>,
    /// When it begins.
    pub starts_at: Instant,
    /// The offset that was in force for that moment when it was booked, in seconds east.
    pub offset_seconds: i32,
    /// How long it takes.
    pub minutes: u16,
    /// What is kept free before.
    pub before: u16,
    /// What is kept free after.
    pub after: u16,
    /// With whom, where and with what.
    pub resources: Vec<ResourceAlong>,
    /// Where it stands.
    pub status: VisitStatus,
    /// The steps it took, oldest first.
    pub checkpoints: Vec<CheckpointAlong>,
    /// What the front desk noted.
    pub desk_note: Option<String>,
    /// Why it stands where the calendar refused it.
    pub overrides: Vec<String>,
    /// Checks that were waived.
    pub waivers: Vec<WaiverAlong>,
    /// The series it is one of.
    pub series: Option<SeriesId>,
}

impl VisitAlong {
    /// Returns what it is called wherever others may read it: a sensitive one is a visit and nothing else.
    pub(crate) fn shown_to_everybody(&self) -> String {
        if !self.sensitive {
            return self.label.clone();
        }
        let with = self.resources.iter().find(|one| one.kind == ResourceKind::Practitioner);
        with.map_or_else(|| "Visit".to_owned(), |one| format!("Visit with {}", one.name))
    }
}

/// Who or what was assigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceAlong {
    /// The resource.
    pub resource: ResourceId,
    /// What kind of thing.
    pub kind: ResourceKind,
    /// Its name.
    pub name: String,
}

/// One step of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointAlong {
    /// What it became.
    pub status: VisitStatus,
    /// When.
    pub at: Instant,
    /// Who said so.
    pub by: String,
    /// Why.
    pub reason: Option<StandReason>,
    /// What was noted.
    pub note: Option<String>,
}

/// A check that was waived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaiverAlong {
    /// The check.
    pub gate: GateKind,
    /// Why.
    pub reason: String,
    /// Who took it upon them.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What a visit was for. It is clinical, and stays apart on every way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitReason {
    /// The visit.
    pub unit: UnitId,
    /// Why the patient came.
    pub reason_for_visit: String,
    /// What was done.
    pub procedure_detail: String,
}

/// The visits of one patient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitsOfPatient {
    /// Every visit, the first first.
    pub visits: Vec<VisitAlong>,
    /// What they were for, in the same order; nothing for those of which nobody noted it.
    pub reasons: Vec<VisitReason>,
    /// Every operation, the one that was planned first first.
    pub operations: Vec<OperationAlong>,
    /// What is done in them, in the same order.
    pub details: Vec<OperationDetail>,
    /// What the patient waits for or waited for, the first first.
    pub waits: Vec<WaitAlong>,
    /// Who acts for the patient.
    pub contacts: Vec<ContactAlong>,
    /// Nothing is missing from `reasons` and `details`. Something may be where the session has no key to it, or where whoever handed the
    /// visits out had none.
    pub reasons_whole: bool,
}

/// Reads the visits of patients within one change: what they share is read once.
pub struct VisitsAlong {
    setup: Setup,
    services: Vec<Service>,
    offers: BTreeMap<(ProductId, u32), OfferVersion>,
    staff: RefCell<BTreeMap<StaffId, String>>,
}

impl VisitsAlong {
    /// Begins to read.
    ///
    /// # Errors
    /// [`Error`].
    pub fn of(cx: &WriteCx<'_, '_>) -> Result<Self, Error> {
        let offers = cx.every::<OfferVersion>()?.into_iter().map(|stored| stored.record);
        Ok(Self {
            setup: Setup::read(cx)?,
            services: cx.every::<Service>()?.into_iter().map(|stored| stored.record).collect(),
            offers: offers.map(|one| ((one.product.id, one.product.offer_version), one)).collect(),
            staff: RefCell::default(),
        })
    }

    /// Reads every visit of a patient and of the records that were merged into it, those that came back with its records
    /// among them; `field` is the request's field that names the patient.
    ///
    /// # Errors
    /// A refusal at the field where there is no such patient.
    pub fn one(&self, cx: &WriteCx<'_, '_>, patient: PatientId, field: &str) -> Result<VisitsOfPatient, Error> {
        let clinical = cx.holds(Compartment::Clinical);
        let mut found = VisitsOfPatient { reasons_whole: clinical, ..VisitsOfPatient::default() };
        for record in known_to(cx, patient, field)?.records() {
            for row in own(cx, record)? {
                let unit = cx.get::<FulfillmentUnit>(&row)?.ok_or_else(gone)?.record;
                if clinical {
                    found.reasons.extend(reason(cx, unit.id)?);
                }
                found.visits.push(self.along(cx, unit)?);
            }
            for came in came_visits(cx, record)? {
                found.reasons_whole &= came.reasons_whole;
                found.visits.extend(came.visits);
            }
            if clinical {
                found.reasons.extend(came_reasons(cx, record)?);
            }
            self.operations(cx, record, &mut found)?;
            add_waits(cx, &self.setup, record, &mut found)?;
        }
        found.visits.sort_by_key(|one| (one.starts_at, one.unit));
        let place: BTreeMap<UnitId, usize> = found.visits.iter().enumerate().map(|(at, one)| (one.unit, at)).collect();
        found.reasons.sort_by_key(|one| place.get(&one.unit).copied());
        found.operations.sort_by_key(|one| (one.planned_at, one.case));
        let place: BTreeMap<CaseId, usize> =
            found.operations.iter().enumerate().map(|(at, one)| (one.case, at)).collect();
        found.details.sort_by_key(|one| place.get(&one.case).copied());
        Ok(found)
    }

    /// Adds the operations of one record, those that came back with it among them.
    fn operations(&self, cx: &WriteCx<'_, '_>, record: PatientId, found: &mut VisitsOfPatient) -> Result<(), Error> {
        let (operations, details) = operations_of(cx, &self.setup, record)?;
        found.operations.extend(operations);
        found.details.extend(details);
        for came in came_operations(cx, record)? {
            found.reasons_whole &= came.details_whole;
            found.operations.extend(came.operations);
        }
        if cx.holds(Compartment::Clinical) {
            found.details.extend(came_details(cx, record)?);
        }
        Ok(())
    }

    fn along(&self, cx: &WriteCx<'_, '_>, unit: FulfillmentUnit) -> Result<VisitAlong, Error> {
        let offer = &self.offers.get(&(unit.product, unit.offer_version)).ok_or_else(gone)?.product;
        let service = self.services.iter().find(|one| one.id == offer.service).ok_or_else(gone)?;
        let row = cx.key(BookingOrder::TABLE)?.id(unit.order.bytes()).done();
        let order = cx.get::<BookingOrder>(&row)?.ok_or_else(gone)?.record;
        let resource = |id: ResourceId| {
            let one = self.setup.resource(id).ok_or_else(gone)?;
            Ok(ResourceAlong { resource: id, kind: one.kind, name: one.name.clone() })
        };
        let resources = unit.resources().into_iter().map(resource).collect::<Result<_, Error>>()?;
        let checkpoints = unit.checkpoints.into_iter().map(|one| self.checkpoint(cx, one)).collect::<Result<_, _>>()?;
        let waivers = unit.waivers.into_iter().map(|one| self.waiver(cx, one)).collect::<Result<_, _>>()?;
        Ok(VisitAlong {
            unit: unit.id,
            patient: unit.patient,
            order: unit.order,
            line: unit.line,
            accepted_at: order.accepted_at,
            accepted_by: order.contact.map(|contact| contact_name(cx, contact)).transpose()?,
            taken_by: self.name(cx, order.taken_by)?,
            product: unit.product,
            offer_version: unit.offer_version,
            service: service.name.clone(),
            label: offer.label.clone(),
            sensitive: offer.sensitive,
            preparation: offer.preparation.clone(),
            price_cents: offer.price,
            starts_at: unit.starts_at,
            offset_seconds: unit.offset_seconds,
            minutes: unit.minutes,
            before: unit.before,
            after: unit.after,
            resources,
            status: unit.status,
            checkpoints,
            desk_note: unit.desk_note,
            overrides: unit.overrides,
            waivers,
            series: unit.series,
        })
    }

    fn checkpoint(&self, cx: &WriteCx<'_, '_>, step: FulfillmentCheckpoint) -> Result<CheckpointAlong, Error> {
        let FulfillmentCheckpoint { status, at, by, reason, note } = step;
        Ok(CheckpointAlong { status, at, by: self.name(cx, by)?, reason, note })
    }

    fn waiver(&self, cx: &WriteCx<'_, '_>, waived: GateWaiver) -> Result<WaiverAlong, Error> {
        let GateWaiver { gate, reason, by, at } = waived;
        Ok(WaiverAlong { gate, reason, by: self.name(cx, by)?, at })
    }

    fn name(&self, cx: &WriteCx<'_, '_>, staff: StaffId) -> Result<String, Error> {
        if let Some(known) = self.staff.borrow().get(&staff) {
            return Ok(known.clone());
        }
        let name = cx.staff_name(staff)?;
        self.staff.borrow_mut().insert(staff, name.clone());
        Ok(name)
    }
}

/// Nothing of the calendar is ever taken away, so what is not there is a defect; records without it would not be whole.
fn gone() -> Error {
    Fault::because("a visit names something that is not there").into()
}

fn own(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<keepwell_vault::RowKey>, Error> {
    let prefix = cx.key(FulfillmentUnit::TABLE)?.id(patient.bytes()).done();
    let rows = cx.find::<FulfillmentUnit>(UNIT_BY_PATIENT, &prefix, MOST + 1)?;
    if rows.len() > MOST { Err(Fault::because("a patient has more visits than can be read").into()) } else { Ok(rows) }
}

fn reason(cx: &WriteCx<'_, '_>, unit: UnitId) -> Result<Option<VisitReason>, Error> {
    let row = cx.key(VisitDetail::TABLE)?.id(unit.bytes()).done();
    let noted = cx.get::<VisitDetail>(&row)?.map(|stored| stored.record);
    Ok(noted.map(|VisitDetail { unit, reason_for_visit, procedure_detail, .. }| VisitReason {
        unit,
        reason_for_visit,
        procedure_detail,
    }))
}

fn contact_name(cx: &WriteCx<'_, '_>, contact: keepwell_kernel::ContactId) -> Result<String, Error> {
    let row = cx.key(Contact::TABLE)?.id(contact.bytes()).done();
    let one = cx.get::<Contact>(&row)?.ok_or_else(gone)?.record;
    Ok(if one.relationship.is_empty() { one.name } else { format!("{}, {}", one.name, one.relationship) })
}
