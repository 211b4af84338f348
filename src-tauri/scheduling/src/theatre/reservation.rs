//! A theatre reservation: setup, procedure and turnover of one theatre, for a case, for maintenance or to keep it free.

use crate::looking::Look;
use crate::refusals::{ENDED, STALE, UNKNOWN};
use crate::slot::short;
use crate::span::{Span, instant, minute};
use crate::theatre::lapse::LapseWaiver;
use crate::theatre::surgical_case::CalledOff;
use crate::unit::{buffered, told};
use keepwell_kernel::{CaseId, Error, Instant, PatientId, ReservationId, ResourceId, StaffId, Zone};
use keepwell_vault::{Record as _, RowKey, Stored};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a theatre is reserved for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReservationPurpose {
    /// A case.
    Surgery,
    /// Work on the theatre itself.
    Maintenance,
    /// It is kept free.
    Block,
}

/// Where a reservation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TheatreStep {
    /// It is in the calendar.
    Reserved,
    /// The theatre is being set up.
    SetUp,
    /// The patient is in the theatre.
    PatientIn,
    /// The procedure has begun.
    Begun,
    /// The procedure has ended.
    Ended,
    /// The patient has left the theatre.
    PatientOut,
    /// The theatre is ready for the next.
    TurnedOver,
}

impl TheatreStep {
    const STEPS: [Self; 7] =
        [Self::Reserved, Self::SetUp, Self::PatientIn, Self::Begun, Self::Ended, Self::PatientOut, Self::TurnedOver];

    /// Says whether it can stand in a reservation for this: where nobody is operated on, no patient comes in.
    fn is_for(self, purpose: ReservationPurpose) -> bool {
        purpose == ReservationPurpose::Surgery || matches!(self, Self::Reserved | Self::SetUp | Self::TurnedOver)
    }

    /// Returns what it may become: any later step, or one back where something was tapped too soon.
    #[must_use]
    pub fn next(self, purpose: ReservationPurpose) -> Vec<Self> {
        let steps = Self::STEPS.into_iter().filter(|one| one.is_for(purpose));
        let (before, after): (Vec<Self>, Vec<Self>) = steps.filter(|one| *one != self).partition(|one| *one < self);
        after.into_iter().chain(before.last().copied()).collect()
    }
}

/// One step, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheatreCheckpoint {
    /// What it became.
    pub step: TheatreStep,
    /// When.
    pub at: Instant,
    /// Who said so.
    pub by: StaffId,
}

/// A stretch of a theatre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheatreReservation {
    /// Its id.
    pub id: ReservationId,
    /// The theatre.
    pub theatre: ResourceId,
    /// What for.
    pub purpose: ReservationPurpose,
    /// The case, where it is for one.
    pub case: Option<CaseId>,
    /// Who is operated on, where somebody is.
    pub patient: Option<PatientId>,
    /// When the procedure begins, in UTC.
    pub starts_at: Instant,
    /// The offset that was in force for that moment when it was reserved, in seconds east.
    pub offset_seconds: i32,
    /// How long the procedure takes.
    pub minutes: u16,
    /// How long the theatre is set up before.
    pub setup: u16,
    /// How long it is made ready after.
    pub turnover: u16,
    /// What was noted. Nothing clinical.
    pub note: Option<String>,
    /// Where it stands.
    pub step: TheatreStep,
    /// The steps it took, oldest first.
    pub checkpoints: Vec<TheatreCheckpoint>,
    /// Why it stands where the calendar refused it.
    pub overrides: Vec<String>,
    /// What has ended of it, and was waived. The first form had none.
    #[serde(default)]
    pub waivers: Vec<LapseWaiver>,
    /// That the theatre is free again.
    pub released: Option<CalledOff>,
}

impl TheatreReservation {
    /// Puts it at a time, with the offset that is in force then.
    pub(crate) fn stands_at(&mut self, span: Span, zone: Zone) {
        self.starts_at = instant(span.from);
        self.offset_seconds = zone.offset_seconds(self.starts_at);
        self.minutes = short(span.to - span.from);
    }

    /// Returns where the time that was told lies today, where that is not where the procedure stands.
    pub(crate) fn told(&self, zone: Zone) -> Option<Span> {
        told(self.starts_at, self.offset_seconds, zone).map(|from| Span::new(from, from + i64::from(self.minutes)))
    }

    /// Returns when the procedure takes place.
    pub(crate) fn span(&self) -> Span {
        let from = minute(self.starts_at);
        Span::new(from, from + i64::from(self.minutes))
    }

    /// Returns when the theatre is taken, setup and turnover included.
    pub(crate) fn taken(&self) -> Span {
        buffered(self.span(), self.setup, self.turnover)
    }

    /// Returns what to call it wherever others may read it.
    pub(crate) fn label(&self) -> String {
        match (self.purpose, &self.note) {
            (ReservationPurpose::Surgery, _) => "Surgery".to_owned(),
            (_, Some(note)) => note.clone(),
            (ReservationPurpose::Maintenance, None) => "Maintenance".to_owned(),
            (ReservationPurpose::Block, None) => "Kept free".to_owned(),
        }
    }

    /// Notes a step.
    pub(crate) fn becomes(&mut self, checkpoint: TheatreCheckpoint) {
        self.step = checkpoint.step;
        self.checkpoints.push(checkpoint);
    }
}

/// Returns the row of a reservation.
///
/// # Errors
/// [`Error`].
pub(crate) fn reservation_row(cx: &impl Look, id: ReservationId) -> Result<RowKey, Error> {
    Ok(cx.maker(TheatreReservation::TABLE)?.id(id.bytes()).done())
}

/// Returns a reservation.
///
/// # Errors
/// [`UNKNOWN`] at `reservation`.
pub(crate) fn reservation(cx: &impl Look, id: ReservationId) -> Result<Stored<TheatreReservation>, Error> {
    Ok(cx.record::<TheatreReservation>(&reservation_row(cx, id)?)?.ok_or_else(|| UNKNOWN.at("reservation"))?)
}

/// Returns a reservation that holds, for a change of the version that was shown.
///
/// # Errors
/// [`UNKNOWN`], [`STALE`] or [`ENDED`].
pub(crate) fn held_as_shown(
    cx: &impl Look,
    id: ReservationId,
    version: Option<u64>,
) -> Result<TheatreReservation, Error> {
    let stored = reservation(cx, id)?;
    if version.is_some_and(|version| version != stored.version) {
        return Err(STALE.at("version").into());
    }
    if stored.record.released.is_some() {
        return Err(ENDED.at("reservation").into());
    }
    Ok(stored.record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ReservationPurpose::{Maintenance, Surgery};
    use TheatreStep::{Begun, Ended, PatientIn, PatientOut, Reserved, SetUp, TurnedOver};

    #[test]
    fn a_theatre_goes_on_or_one_step_back_and_nobody_comes_in_for_maintenance() {
        assert_eq!(Reserved.next(Surgery), [SetUp, PatientIn, Begun, Ended, PatientOut, TurnedOver]);
        assert_eq!(Begun.next(Surgery), [Ended, PatientOut, TurnedOver, PatientIn]);
        assert_eq!(TurnedOver.next(Surgery), [PatientOut]);
        assert_eq!(Reserved.next(Maintenance), [SetUp, TurnedOver]);
        assert_eq!(TurnedOver.next(Maintenance), [SetUp]);
    }
}
