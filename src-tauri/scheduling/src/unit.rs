//! A fulfillment unit: one visit, who and what is assigned to it, and the checkpoints it went through.

use crate::catalogue::{GateKind, ServiceProduct};
use crate::looking::Look;
use crate::refusals::{STALE, UNKNOWN};
use crate::slot::short;
use crate::span::{Span, instant, minute};
use keepwell_kernel::{
    Error, Instant, OrderId, OrderLineId, PatientId, ProductId, ResourceId, SeriesId, StaffId, UnitId, Zone,
};
use keepwell_vault::{Record as _, RowKey, Stored};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VisitStatus {
    /// It is in the calendar.
    Booked,
    /// The patient said that it stays.
    Confirmed,
    /// The patient is here.
    Arrived,
    /// The patient is in a room.
    Roomed,
    /// The patient is being treated.
    InCare,
    /// Treatment is over.
    Done,
    /// The patient has left the front desk.
    CheckedOut,
    /// The patient did not come.
    NoShow,
    /// It will not take place.
    Cancelled,
}

impl VisitStatus {
    /// The steps of a visit that takes place.
    const STEPS: [Self; 7] =
        [Self::Booked, Self::Confirmed, Self::Arrived, Self::Roomed, Self::InCare, Self::Done, Self::CheckedOut];

    fn step(self) -> Option<usize> {
        Self::STEPS.iter().position(|one| *one == self)
    }

    /// Says whether the time is taken while it stands so.
    #[must_use]
    pub const fn takes_time(self) -> bool {
        !matches!(self, Self::NoShow | Self::Cancelled)
    }

    /// Says whether the patient is still to come.
    pub(crate) const fn is_ahead(self) -> bool {
        matches!(self, Self::Booked | Self::Confirmed)
    }

    /// Says whether it needs a reason to become so.
    pub(crate) const fn needs_reason(self) -> bool {
        !self.takes_time()
    }

    /// Returns what it may become: any later step, one step back where something was tapped too soon, missed or cancelled
    /// as long as nobody came, and back into the calendar from there.
    #[must_use]
    pub fn next(self) -> Vec<Self> {
        let Some(step) = self.step() else { return vec![Self::Booked] };
        let back = step.checked_sub(1).and_then(|before| Self::STEPS.get(before)).copied();
        let on = Self::STEPS.iter().skip(step + 1).copied();
        let off = self.is_ahead().then_some([Self::NoShow, Self::Cancelled]).into_iter().flatten();
        on.chain(off).chain(back).collect()
    }
}

/// Why a visit was missed or cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StandReason {
    /// The patient asked for it.
    PatientAsked,
    /// The practice asked for it.
    PracticeAsked,
    /// Somebody is ill.
    Ill,
    /// The weather.
    Weather,
    /// Nobody answered.
    NoAnswer,
    /// The patient came too late.
    Late,
    /// Something else, in the note.
    Other,
}

/// One step that a visit took, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FulfillmentCheckpoint {
    /// What it became.
    pub status: VisitStatus,
    /// When.
    pub at: Instant,
    /// Who said so.
    pub by: StaffId,
    /// Why, where it was missed or cancelled.
    pub reason: Option<StandReason>,
    /// What was noted. Nothing clinical.
    pub note: Option<String>,
}

/// Who or what is assigned to a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FulfillmentAssignment {
    /// The resource.
    pub resource: ResourceId,
}

/// That a gate was passed by without what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateWaiver {
    /// The gate.
    pub gate: GateKind,
    /// Why.
    pub reason: String,
    /// Who took it upon them.
    pub by: StaffId,
    /// When.
    pub at: Instant,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FulfillmentUnit {
    /// Its id.
    pub id: UnitId,
    /// The order it fulfils.
    pub order: OrderId,
    /// The line of it.
    pub line: OrderLineId,
    /// Whose visit it is.
    pub patient: PatientId,
    /// What it is.
    pub product: ProductId,
    /// The version of the offer that was accepted.
    pub offer_version: u32,
    /// When it begins, in UTC.
    pub starts_at: Instant,
    /// The offset that was in force for that moment when it was booked, in seconds east. With `starts_at` it is the
    /// wall-clock time that the patient was told, which a change of the zone's rules does not change.
    pub offset_seconds: i32,
    /// How long it takes.
    pub minutes: u16,
    /// What is kept free before.
    pub before: u16,
    /// What is kept free after.
    pub after: u16,
    /// Who and what is assigned.
    pub assignments: Vec<FulfillmentAssignment>,
    /// Where it stands.
    pub status: VisitStatus,
    /// The steps it took, oldest first.
    pub checkpoints: Vec<FulfillmentCheckpoint>,
    /// What the front desk noted. Nothing clinical.
    pub desk_note: Option<String>,
    /// Why it stands where the calendar refused it.
    pub overrides: Vec<String>,
    /// Gates that were waived.
    pub waivers: Vec<GateWaiver>,
    /// The series it is one of.
    pub series: Option<SeriesId>,
}

impl FulfillmentUnit {
    /// Returns a visit that has taken no step yet, with an order and a line of its own.
    pub(crate) fn new(product: &ServiceProduct, patient: PatientId, span: Span, zone: Zone) -> Self {
        let mut unit = Self {
            id: UnitId::make(),
            order: OrderId::make(),
            line: OrderLineId::make(),
            patient,
            product: product.id,
            offer_version: product.offer_version,
            starts_at: Instant::UNIX_EPOCH,
            offset_seconds: 0,
            minutes: 0,
            before: product.before,
            after: product.after,
            assignments: Vec::new(),
            status: VisitStatus::Booked,
            checkpoints: Vec::new(),
            desk_note: None,
            overrides: Vec::new(),
            waivers: Vec::new(),
            series: None,
        };
        unit.stands_at(span, zone);
        unit
    }

    /// Puts it at a time, with the offset that is in force then.
    pub(crate) fn stands_at(&mut self, span: Span, zone: Zone) {
        self.starts_at = instant(span.from);
        self.offset_seconds = zone.offset_seconds(self.starts_at);
        self.minutes = short(span.to - span.from);
    }

    /// Assigns these resources, and no others.
    pub(crate) fn takes(&mut self, resources: &[ResourceId]) {
        self.assignments = resources.iter().map(|resource| FulfillmentAssignment { resource: *resource }).collect();
    }

    /// Returns where the time that the patient was told lies today, where that is not where the visit stands: the practice
    /// went to another zone since, or the zone's rules changed.
    pub(crate) fn told(&self, zone: Zone) -> Option<Span> {
        told(self.starts_at, self.offset_seconds, zone).map(|from| Span::new(from, from + i64::from(self.minutes)))
    }

    /// Returns when the patient is here.
    pub(crate) fn span(&self) -> Span {
        let from = minute(self.starts_at);
        Span::new(from, from + i64::from(self.minutes))
    }

    /// Returns when its resources are taken, buffers included.
    pub(crate) fn taken(&self) -> Span {
        buffered(self.span(), self.before, self.after)
    }

    pub(crate) fn resources(&self) -> Vec<ResourceId> {
        self.assignments.iter().map(|one| one.resource).collect()
    }

    /// Notes a step.
    pub(crate) fn becomes(&mut self, step: FulfillmentCheckpoint) {
        self.status = step.status;
        self.checkpoints.push(step);
    }

    /// Returns when it began to stand as it does.
    pub(crate) fn since(&self) -> Option<Instant> {
        self.checkpoints.last().map(|step| step.at)
    }
}

/// Returns the minute at which a wall-clock time that was told begins by the rules of today, where it began elsewhere by those
/// that were in force. The wall-clock time stays; one that does not exist any more moves forward.
pub(crate) fn told(starts_at: Instant, offset_seconds: i32, zone: Zone) -> Option<i64> {
    if zone.offset_seconds(starts_at) == offset_seconds {
        return None;
    }
    let wall = (starts_at + chrono::Duration::seconds(i64::from(offset_seconds))).naive_utc();
    Some(minute(zone.resolve(wall).instant)).filter(|from| *from != minute(starts_at))
}

/// Returns a stretch with what is kept free around it.
pub(crate) fn buffered(span: Span, before: u16, after: u16) -> Span {
    Span::new(span.from - i64::from(before), span.to + i64::from(after))
}

/// Returns the row of a visit.
///
/// # Errors
/// [`Error`].
pub(crate) fn visit_row(cx: &impl Look, unit: UnitId) -> Result<RowKey, Error> {
    Ok(cx.maker(FulfillmentUnit::TABLE)?.id(unit.bytes()).done())
}

/// Returns a visit.
///
/// # Errors
/// [`UNKNOWN`] at `unit`.
pub(crate) fn visit(cx: &impl Look, unit: UnitId) -> Result<Stored<FulfillmentUnit>, Error> {
    Ok(cx.record::<FulfillmentUnit>(&visit_row(cx, unit)?)?.ok_or_else(|| UNKNOWN.at("unit"))?)
}

/// Returns a visit for a change of the version that was shown.
///
/// # Errors
/// [`UNKNOWN`] or [`STALE`].
pub(crate) fn visit_as_shown(cx: &impl Look, unit: UnitId, version: u64) -> Result<FulfillmentUnit, Error> {
    let stored = visit(cx, unit)?;
    if stored.version == version { Ok(stored.record) } else { Err(STALE.at("version").into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use VisitStatus::{Arrived, Booked, Cancelled, CheckedOut, Confirmed, Done, InCare, NoShow, Roomed};

    #[test]
    fn a_visit_goes_on_one_step_back_and_off_only_while_nobody_came() {
        assert_eq!(Booked.next(), [Confirmed, Arrived, Roomed, InCare, Done, CheckedOut, NoShow, Cancelled]);
        assert_eq!(Arrived.next(), [Roomed, InCare, Done, CheckedOut, Confirmed]);
        assert_eq!(CheckedOut.next(), [Done]);
        assert_eq!(NoShow.next(), [Booked]);
        assert_eq!(Cancelled.next(), [Booked]);
        for status in [Booked, Confirmed, Arrived, Roomed, InCare, Done, CheckedOut] {
            assert!(status.takes_time() && !status.needs_reason() && !status.next().contains(&status), "{status:?}");
        }
        assert!(NoShow.needs_reason() && Cancelled.needs_reason());
    }
}
