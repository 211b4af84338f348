//! A visit as the front desk sees it in a calendar (45 CFR 164.502(b)): when, who, with whom, what to call it, how it stands.

use crate::looking::Look;
use crate::resource::ResourceKind;
use crate::setup::Setup;
use crate::slot::{clocks, short};
use crate::span::Span;
use crate::told::ToldTime;
use crate::unit::{FulfillmentUnit, VisitStatus};
use keepwell_kernel::{Error, Instant, PatientId, ProductId, ResourceId, UnitId, instant_text};
use keepwell_vault::Stored;
use serde::Serialize;
use ts_rs::TS;

/// What the front desk sees of a visit. Nothing clinical.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DayVisit {
    /// The visit.
    pub unit: UnitId,
    /// Its version, for a change.
    pub version: u64,
    /// What it is.
    pub product: ProductId,
    /// Whose visit it is.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub patient_name: String,
    /// Who and what is assigned.
    pub resources: Vec<ResourceId>,
    /// When it begins, in minutes since the day began; below nothing where that was the day before.
    pub from: i32,
    /// How long it takes.
    pub minutes: u16,
    /// What is kept free before.
    pub before: u16,
    /// What is kept free after.
    pub after: u16,
    /// The same as the clock shows it.
    pub time: String,
    /// What to call it.
    pub label: String,
    /// How it stands.
    pub status: VisitStatus,
    /// Since when.
    pub since: Option<String>,
    /// It stands where the calendar refused it.
    pub overridden: bool,
    /// It is one of a series.
    pub repeats: bool,
    /// The time that the patient was told, where the zone or its rules have changed since: `scheduling.resettle` puts the
    /// visit there.
    pub told: Option<ToldTime>,
}

/// Shows a visit within a day.
///
/// # Errors
/// [`Error`].
pub(crate) fn day_visit(
    cx: &impl Look,
    setup: &Setup,
    day: Span,
    stored: &Stored<FulfillmentUnit>,
) -> Result<DayVisit, Error> {
    let unit = &stored.record;
    let span = unit.span();
    // No visit is longer than a day, so the minutes before one fit as well.
    let from = i32::try_from(span.from - day.from).unwrap_or(i32::MIN);
    Ok(DayVisit {
        unit: unit.id,
        version: stored.version,
        product: unit.product,
        patient: unit.patient,
        patient_name: cx.patient(unit.patient)?.listed_name,
        resources: unit.resources(),
        from,
        minutes: short(span.to - span.from),
        before: unit.before,
        after: unit.after,
        time: clocks(cx.here(), span),
        label: label(setup, unit),
        status: unit.status,
        since: unit.since().map(|at: Instant| instant_text(at, cx.here())),
        overridden: !unit.overrides.is_empty(),
        repeats: unit.series.is_some(),
        told: unit.told(cx.here()).map(|span| ToldTime::of(cx.here(), span)),
    })
}

/// Returns what a visit is called wherever others may read it: a sensitive one is a visit and nothing else.
pub(crate) fn label(setup: &Setup, unit: &FulfillmentUnit) -> String {
    let product = setup.product(unit.product);
    if let Some(product) = product.filter(|product| !product.sensitive) {
        return product.label.clone();
    }
    let resources = unit.resources();
    let mut assigned = setup.resources.iter().filter(|one| resources.contains(&one.id));
    let with = assigned.find(|one| one.kind == ResourceKind::Practitioner);
    with.map_or_else(|| "Visit".to_owned(), |one| format!("Visit with {}", one.name))
}
