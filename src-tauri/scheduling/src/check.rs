//! `scheduling.check`: everything that stands against a booking, and what it still needs.

use crate::busy::TakenBy;
use crate::conflict::{Clash, ConflictKind, Wish, about, clashes};
use crate::day_visit::label;
use crate::gate::{GateView, gates};
use crate::looking::Look;
use crate::needs::{complete, met, of};
use crate::refusals::UNKNOWN;
use crate::resource::{Resource, ResourceKind};
use crate::setup::Setup;
use crate::slot::{Slot, clocks, is_second};
use crate::span::Span;
use crate::theatre::allocation::ResourceAllocation;
use crate::theatre::reservation::{TheatreReservation, reservation};
use crate::unit::{FulfillmentUnit, visit, visit_row};
use keepwell_kernel::{Error, Operation, PatientId, Permission, ProductId, Purpose, ResourceId, SlotHoldId, UnitId};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::RowKey;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks what stands against a booking.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "CheckBooking")]
pub struct Check {
    /// What is to be booked.
    pub product: ProductId,
    /// For whom.
    pub patient: Option<PatientId>,
    /// When.
    pub slot: Slot,
    /// With whom and what.
    pub resources: Vec<ResourceId>,
    /// The visit that is moved.
    pub unit: Option<UnitId>,
    /// The hold that is used.
    pub hold: Option<SlotHoldId>,
}

/// What stands against it.
#[derive(Debug, Serialize, TS)]
pub struct BookingCheck {
    /// The time as the clock shows it.
    pub time: String,
    /// The clock shows this time twice on that day, and this is the second.
    pub second: bool,
    /// What the product needs.
    pub needs: Vec<Need>,
    /// What is free and would meet what is missing.
    pub complete_with: Vec<ResourceId>,
    /// All that stands against it; empty where it can be booked.
    pub conflicts: Vec<Conflict>,
    /// The person may book all the same, with a reason.
    pub may_override: bool,
    /// What is checked before the visit.
    pub gates: Vec<GateView>,
    /// How the patient wants to be reached (45 CFR 164.522(b)).
    pub reach_by: Option<String>,
}

/// One need of a product.
#[derive(Debug, Serialize, TS)]
pub struct Need {
    /// What kind of thing.
    pub kind: ResourceKind,
    /// What it must be able to do.
    pub capability: Option<String>,
    /// How many.
    pub count: u16,
    /// What was chosen and meets it.
    pub met_by: Vec<ResourceId>,
    /// How many are missing.
    pub missing: u16,
}

/// One thing that stands against a booking.
#[derive(Debug, Serialize, TS)]
pub struct Conflict {
    /// What kind.
    pub kind: ConflictKind,
    /// The resource it is about.
    pub resource: Option<ResourceId>,
    /// Its name, or the patient's; what is missing stands among the needs.
    pub name: String,
    /// When it is taken.
    pub time: Option<String>,
    /// What takes it, or what is not valid: as much as the front desk may see.
    pub held_by: String,
    /// It can be overridden by somebody who may.
    pub can_override: bool,
}

impl Operation for Check {
    const NAME: &'static str = "scheduling.check";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = BookingCheck;
}

impl Query for Check {
    fn run(self, cx: &ReadCx<'_>) -> Result<BookingCheck, Error> {
        let setup = Setup::read(cx)?;
        let product = setup.product(self.product).ok_or_else(|| UNKNOWN.at("product"))?;
        let (date, span) = self.slot.resolve(cx.zone())?;
        let resources = setup.usable(&self.resources)?;
        let waivers = match self.unit {
            Some(unit) => visit(cx, unit)?.record.waivers,
            None => Vec::new(),
        };
        let wish = Wish {
            product: Some(product),
            patient: self.patient,
            date,
            span,
            buffers: (product.before, product.after),
            resources,
            own: self.unit.map(|unit| visit_row(cx, unit)).transpose()?.into_iter().collect(),
            hold: self.hold,
        };
        let found = clashes(cx, &setup, &wish)?;
        let needs = of(product);
        let met = met(&needs, &wish.resources, date);
        let rows = needs.iter().zip(met.by.iter().zip(&met.missing)).map(|(need, (by, missing))| Need {
            kind: need.kind,
            capability: need.capability.clone(),
            count: need.count,
            met_by: by.clone(),
            missing: *missing,
        });
        Ok(BookingCheck {
            time: clocks(cx.zone(), span),
            second: is_second(cx.zone(), span.from),
            needs: rows.collect(),
            complete_with: completion(cx, &setup, &wish)?,
            conflicts: found.iter().map(|clash| shown(cx, &setup, clash)).collect::<Result<_, _>>()?,
            may_override: cx.may(Permission::ScheduleOverride) && found.iter().all(Clash::can_override),
            gates: gates(product, &wish.resources, date, &waivers),
            reach_by: match self.patient {
                Some(patient) => cx.patient(patient)?.reach_by,
                None => None,
            },
        })
    }
}

/// Returns what is free at that time and would meet what is missing, beside what was chosen.
fn completion(cx: &impl Look, setup: &Setup, wish: &Wish<'_>) -> Result<Vec<ResourceId>, Error> {
    let Some(product) = wish.product else { return Ok(Vec::new()) };
    let chosen: Vec<ResourceId> = wish.resources.iter().map(|one| one.id).collect();
    let mut free: Vec<&Resource> = wish.resources.clone();
    for one in setup.resources.iter().filter(|one| !one.ended && !chosen.contains(&one.id)) {
        if about(cx, setup, wish, one)?.is_empty() {
            free.push(one);
        }
    }
    let found = complete(&of(product), &chosen, &free, wish.date).into_iter().flatten();
    Ok(found.filter(|one| !chosen.contains(one)).collect())
}

/// Names what stands against a booking, as much as the front desk may see. Whoever is named is noted.
///
/// # Errors
/// [`Error`].
pub(crate) fn shown(cx: &impl Look, setup: &Setup, clash: &Clash) -> Result<Conflict, Error> {
    let (mut time, mut held_by) = (None, clash.what.iter().cloned().collect::<String>());
    let mut name = clash.resource.map_or_else(String::new, |resource| setup.name(resource));
    if let Some((by, row)) = &clash.by {
        let taking = taking(cx, setup, *by, row)?;
        time = Some(clocks(cx.here(), taking.span));
        held_by = [taking.patient.clone(), Some(taking.label)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        if clash.kind == ConflictKind::PatientBusy {
            name = taking.patient.unwrap_or(name);
        }
    }
    if let Some((holder, span)) = clash.holder {
        time = Some(clocks(cx.here(), span));
        held_by = cx.staff_name(holder)?;
    }
    Ok(Conflict { kind: clash.kind, resource: clash.resource, name, time, held_by, can_override: clash.can_override() })
}

/// What takes a time, as the front desk sees it.
struct Taking {
    span: Span,
    patient: Option<String>,
    label: String,
}

fn taking(cx: &impl Look, setup: &Setup, by: TakenBy, row: &RowKey) -> Result<Taking, Error> {
    let of_reservation = |one: &TheatreReservation, span, label: String| {
        let patient = one.patient.map(|patient| Ok::<_, Error>(cx.patient(patient)?.listed_name)).transpose()?;
        Ok(Taking { span, patient, label })
    };
    match by {
        TakenBy::Visit => {
            let unit = cx.record::<FulfillmentUnit>(row)?.ok_or(UNKNOWN)?.record;
            let patient = Some(cx.patient(unit.patient)?.listed_name);
            Ok(Taking { span: unit.span(), patient, label: label(setup, &unit) })
        }
        TakenBy::Reservation => {
            let one = cx.record::<TheatreReservation>(row)?.ok_or(UNKNOWN)?.record;
            of_reservation(&one, one.taken(), one.label())
        }
        TakenBy::Allocation => {
            let allocated = cx.record::<ResourceAllocation>(row)?.ok_or(UNKNOWN)?.record;
            let one = reservation(cx, allocated.reservation)?.record;
            of_reservation(&one, allocated.span(), format!("{} · {}", one.label(), allocated.role))
        }
    }
}
