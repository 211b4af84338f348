//! A surgical case: that somebody is to be operated on, by whom and how urgently. It exists before any theatre is found, and
//! stays when its reservation is released. What is done lies in the clinical compartment.

use crate::looking::Look;
use crate::refusals::{CASE_CLOSED, STALE, UNKNOWN};
use crate::unit::StandReason;
use keepwell_kernel::{CaseId, DepartmentId, Error, Instant, PatientId, ReservationId, ResourceId, StaffId};
use keepwell_vault::{Record as _, Stored};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How long a case can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Not at all.
    Emergency,
    /// A day or two.
    Urgent,
    /// Until it suits.
    Elective,
}

/// The side of the body, which is never left to be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Laterality {
    /// The procedure has no side.
    None,
    /// The patient's left.
    Left,
    /// The patient's right.
    Right,
    /// Both.
    Both,
}

/// That something planned will not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledOff {
    /// Why.
    pub reason: StandReason,
    /// What was noted. Nothing clinical.
    pub note: Option<String>,
    /// Who said so.
    pub by: StaffId,
    /// When.
    pub at: Instant,
}

/// A planned operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurgicalCase {
    /// Its id.
    pub id: CaseId,
    /// Who is operated on.
    pub patient: PatientId,
    /// Who operates.
    pub surgeon: Option<ResourceId>,
    /// For which department.
    pub department: Option<DepartmentId>,
    /// How long it can wait.
    pub urgency: Urgency,
    /// How long the procedure is thought to take.
    pub minutes: u16,
    /// Since when it is planned.
    pub planned_at: Instant,
    /// Who planned it.
    pub planned_by: StaffId,
    /// The theatre that is reserved for it.
    pub reservation: Option<ReservationId>,
    /// When the patient left the theatre.
    pub done_at: Option<Instant>,
    /// That it will not take place.
    pub cancelled: Option<CalledOff>,
}

impl SurgicalCase {
    /// Says whether it is planned and has no theatre.
    pub(crate) const fn waits(&self) -> bool {
        self.reservation.is_none() && self.is_open()
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.done_at.is_none() && self.cancelled.is_none()
    }
}

/// What a case is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseDetail {
    /// The case.
    pub case: CaseId,
    /// Who is operated on.
    pub patient: PatientId,
    /// What is done.
    pub procedure: String,
    /// On which side.
    pub laterality: Laterality,
    /// How the patient is anaesthetised.
    pub anaesthesia: String,
    /// What else the team must know.
    pub note: String,
    /// Who noted it.
    pub noted_by: StaffId,
    /// When.
    pub noted_at: Instant,
}

impl CaseDetail {
    /// Returns all of it for paper, the side right behind the procedure.
    pub(crate) fn in_words(&self) -> String {
        let side = match self.laterality {
            Laterality::None => "",
            Laterality::Left => ", left",
            Laterality::Right => ", right",
            Laterality::Both => ", both sides",
        };
        let procedure = format!("{}{side}", self.procedure);
        let parts = [procedure.as_str(), &self.anaesthesia, &self.note];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// Returns a case.
///
/// # Errors
/// [`UNKNOWN`] at `case`.
pub(crate) fn case(cx: &impl Look, case: CaseId) -> Result<Stored<SurgicalCase>, Error> {
    let row = cx.maker(SurgicalCase::TABLE)?.id(case.bytes()).done();
    Ok(cx.record::<SurgicalCase>(&row)?.ok_or_else(|| UNKNOWN.at("case"))?)
}

/// Returns a case that still lies ahead, for a change of the version that was shown.
///
/// # Errors
/// [`UNKNOWN`], [`STALE`] or [`CASE_CLOSED`].
pub(crate) fn open_case_as_shown(cx: &impl Look, id: CaseId, version: Option<u64>) -> Result<SurgicalCase, Error> {
    let stored = case(cx, id)?;
    if version.is_some_and(|version| version != stored.version) {
        return Err(STALE.at("version").into());
    }
    if !stored.record.is_open() {
        return Err(CASE_CLOSED.at("case").into());
    }
    Ok(stored.record)
}
