//! Taking visits in that are made up: whole, with the steps they took, where nothing collides.

use crate::book::step;
use crate::conflict::{ConflictKind, Wish, clashes};
use crate::order::BookingOrder;
use crate::setup::Setup;
use crate::slot::Slot;
use crate::span::{Span, minute};
use crate::unit::{FulfillmentCheckpoint, FulfillmentUnit, StandReason, VisitStatus};
use chrono::Duration;
use keepwell_kernel::{Error, PatientId, ProductId, ResourceId};
use keepwell_log::door::WriteCx;
use serde::Deserialize;
use ts_rs::TS;

/// A visit that is made up.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MadeUpVisit {
    /// Whose.
    pub patient: PatientId,
    /// What it is.
    pub product: ProductId,
    /// When.
    pub slot: Slot,
    /// With whom and what.
    pub resources: Vec<ResourceId>,
    /// How many minutes after its time the patient comes; nobody comes at all where nothing is said.
    pub comes_after: Option<i16>,
}

/// What takes visits in, one after the other; it reads what is set up once.
pub struct TakingVisits {
    setup: Setup,
}

impl TakingVisits {
    /// Begins.
    ///
    /// # Errors
    /// [`Error`].
    pub fn begin(cx: &WriteCx<'_, '_>) -> Result<Self, Error> {
        Ok(Self { setup: Setup::read(cx)? })
    }

    /// Takes a visit in, unless somebody or something is taken at that time; says whether it did.
    ///
    /// # Errors
    /// [`Error`]; a refusal at what is not there.
    pub fn take(&self, cx: &mut WriteCx<'_, '_>, visit: MadeUpVisit) -> Result<bool, Error> {
        let product = self.setup.bookable(visit.product)?;
        let resources = crate::book::chosen(&self.setup, &visit.resources)?;
        let (date, span) = visit.slot.resolve(cx.zone())?;
        let buffers = (product.before, product.after);
        let patient = Some(visit.patient);
        let wish = Wish { product: None, patient, date, span, buffers, resources, own: Vec::new(), hold: None };
        let taken = |kind| matches!(kind, ConflictKind::ResourceBusy | ConflictKind::PatientBusy | ConflictKind::Held);
        if clashes(cx, &self.setup, &wish)?.iter().any(|clash| taken(clash.kind)) {
            return Ok(false);
        }
        let mut made = FulfillmentUnit::new(product, visit.patient, span, cx.zone());
        made.takes(&visit.resources);
        for step in steps(cx, span, visit.comes_after)? {
            made.becomes(step);
        }
        let accepted_at = made.checkpoints.first().map_or_else(|| cx.now(), |booked| booked.at);
        cx.put(&BookingOrder::of_one(product, &made, cx.actor()?.staff, accepted_at))?;
        cx.put(&made)?;
        Ok(true)
    }
}

/// Returns the steps a visit has taken by now: booked a week before, confirmed the day before, and then as offices go.
fn steps(cx: &WriteCx<'_, '_>, span: Span, comes_after: Option<i16>) -> Result<Vec<FulfillmentCheckpoint>, Error> {
    let comes = i64::from(comes_after.unwrap_or(0));
    let mut times = vec![(VisitStatus::Booked, span.from - 7 * 1_440), (VisitStatus::Confirmed, span.from - 1_440)];
    if comes_after.is_some() {
        times.extend([
            (VisitStatus::Arrived, span.from + comes),
            (VisitStatus::Roomed, span.from + comes.max(0) + 4),
            (VisitStatus::InCare, span.from + comes.max(0) + 9),
            (VisitStatus::Done, span.to + comes.max(0) + 2),
            (VisitStatus::CheckedOut, span.to + comes.max(0) + 7),
        ]);
    } else {
        times.push((VisitStatus::NoShow, span.from + 20));
    }
    let now = minute(cx.now());
    let mut steps = Vec::new();
    for (status, at) in times {
        let booked = status == VisitStatus::Booked;
        if at > now && !booked {
            break;
        }
        let reason = (status == VisitStatus::NoShow).then_some(StandReason::NoAnswer);
        let at = cx.now() - Duration::minutes((now - at).max(0));
        steps.push(FulfillmentCheckpoint { at, reason, ..step(cx, status)? });
    }
    Ok(steps)
}
