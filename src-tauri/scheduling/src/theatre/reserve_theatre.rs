//! `scheduling.reserve_theatre`: a theatre for a case, for maintenance, or kept free.

use crate::book::{allowed, breach};
use crate::fields::{TEXT, optional};
use crate::refusals::{CASE_NEEDED, CASE_PLACED};
use crate::setup::Setup;
use crate::slot::Slot;
use crate::span::Span;
use crate::theatre::allocation::{AllocatedThing, ResourceAllocation};
use crate::theatre::plan::{Place, Plan, against, usable};
use crate::theatre::reservation::{ReservationPurpose, TheatreCheckpoint, TheatreReservation, TheatreStep};
use crate::theatre::surgical_case::{SurgicalCase, open_case_as_shown};
use keepwell_kernel::{
    AllocationId, CaseId, Error, Instant, Operation, Permission, Purpose, Refusal, ReservationId, ResourceId,
};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the allocation of the case's own surgeon is called.
const SURGEON: &str = "Surgeon";

/// Reserves a theatre.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReserveTheatre {
    /// The theatre.
    pub theatre: ResourceId,
    /// When the procedure takes place; setup lies before it, turnover after it.
    pub slot: Slot,
    /// How long the theatre is set up before.
    pub setup_minutes: u16,
    /// How long it is made ready after.
    pub turnover_minutes: u16,
    /// What for.
    pub purpose: ReservationPurpose,
    /// The case, where it is for one.
    pub case: Option<CaseId>,
    /// What is noted. Nothing clinical.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
    /// Why it is reserved against the calendar.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub override_reason: Option<String>,
}

/// It is reserved.
#[derive(Debug, Serialize, TS)]
pub struct TheatreReserved {
    /// The reservation.
    pub reservation: ReservationId,
    /// Its version.
    pub version: u64,
}

impl Operation for ReserveTheatre {
    const NAME: &'static str = "scheduling.reserve_theatre";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = TheatreReserved;
}

impl Command for ReserveTheatre {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<TheatreReserved, Error> {
        let setup = Setup::read(cx)?;
        let around = (self.setup_minutes, self.turnover_minutes);
        let place = Place::read(cx, &setup, self.theatre, &self.slot, around)?;
        if (self.purpose == ReservationPurpose::Surgery) != self.case.is_some() {
            return Err(CASE_NEEDED.at("case").into());
        }
        let case = self.case.map(|id| open_case_as_shown(cx, id, None)).transpose()?;
        if case.as_ref().is_some_and(|case| case.reservation.is_some()) {
            return Err(CASE_PLACED.at("case").into());
        }
        let note = optional(self.note.as_deref(), TEXT, "note")?;
        let plan = plan_of(&setup, place, self.purpose, case.as_ref())?;
        let clashes = against(cx, &setup, &plan)?;
        let override_reason = allowed(cx, &clashes, self.override_reason.as_deref())?;
        let mut held = reserved(cx, &plan, case.as_ref().map(|case| case.id))?;
        held.note = note;
        held.overrides = override_reason.iter().cloned().collect();
        let version = cx.put(&held)?;
        for (one, span) in &plan.along {
            let what = AllocatedThing::Resource { resource: one.id };
            cx.put(&allocated(cx, &held, what, SURGEON.to_owned(), *span)?)?;
        }
        if let Some(case) = case {
            cx.put(&SurgicalCase { reservation: Some(held.id), ..case })?;
        }
        if let Some(reason) = override_reason {
            breach(cx, (&held).into(), &clashes, reason)?;
        }
        Ok(TheatreReserved { reservation: held.id, version })
    }
}

/// Plans a reservation that is not there yet: a case takes its patient and its surgeon along.
///
/// # Errors
/// A refusal at `case` where its surgeon works here no more.
pub(crate) fn plan_of<'s>(
    setup: &'s Setup,
    place: Place<'s>,
    purpose: ReservationPurpose,
    case: Option<&SurgicalCase>,
) -> Result<Plan<'s>, Refusal> {
    let surgeon = case.and_then(|case| case.surgeon).map(|id| usable(setup, id, "case")).transpose()?;
    let along = surgeon.map(|surgeon| (surgeon, place.span)).into_iter().collect();
    Ok(Plan { place, purpose, patient: case.map(|case| case.patient), along, own: Vec::new() })
}

fn reserved(cx: &WriteCx<'_, '_>, plan: &Plan<'_>, case: Option<CaseId>) -> Result<TheatreReservation, Error> {
    let place = &plan.place;
    let mut held = TheatreReservation {
        id: ReservationId::make(),
        theatre: place.theatre.id,
        purpose: plan.purpose,
        case,
        patient: plan.patient,
        starts_at: Instant::UNIX_EPOCH,
        offset_seconds: 0,
        minutes: 0,
        setup: place.setup,
        turnover: place.turnover,
        note: None,
        step: TheatreStep::Reserved,
        checkpoints: Vec::new(),
        overrides: Vec::new(),
        waivers: Vec::new(),
        released: None,
    };
    held.stands_at(place.span, cx.zone());
    held.becomes(TheatreCheckpoint { step: TheatreStep::Reserved, at: cx.now(), by: cx.actor()?.staff });
    Ok(held)
}

/// Returns an allocation, made now by whoever acts.
///
/// # Errors
/// [`Error`].
pub(crate) fn allocated(
    cx: &WriteCx<'_, '_>,
    held: &TheatreReservation,
    what: AllocatedThing,
    role: String,
    span: Span,
) -> Result<ResourceAllocation, Error> {
    let mut one = ResourceAllocation {
        id: AllocationId::make(),
        reservation: held.id,
        what,
        role,
        starts_at: Instant::UNIX_EPOCH,
        minutes: 0,
        by: cx.actor()?.staff,
        at: cx.now(),
        ended_at: None,
    };
    one.stands_at(span);
    Ok(one)
}
