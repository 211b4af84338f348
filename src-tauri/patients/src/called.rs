//! A patient as a calendar names one: what to call, and how to reach, and nothing else.

use crate::patient::{Patient, look_at, take_up};
use keepwell_kernel::{Error, PatientId};
use keepwell_log::door::{ReadCx, WriteCx};

/// A patient's name, and the way the patient wants to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalledPatient {
    /// The patient.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub listed_name: String,
    /// What the patient asked for where another way was asked for (45 CFR 164.522(b)), and that alone; else the preferred
    /// channel that may be used. Nothing where none may.
    pub reach_by: Option<String>,
    /// Whether the patient has died.
    pub deceased: bool,
    /// The record that stays, where this one was merged.
    pub merged_into: Option<PatientId>,
}

impl CalledPatient {
    fn of(patient: &Patient) -> Self {
        let known = &patient.demographics;
        let mut channels: Vec<_> = known.channels.iter().filter(|one| one.consent).collect();
        channels.sort_by_key(|one| !one.preferred);
        Self {
            patient: patient.id,
            listed_name: known.listed_name(),
            reach_by: match &known.confidential_communication {
                Some(asked) => Some(asked.clone()),
                None => channels.first().map(|one| one.value.clone()),
            },
            deceased: patient.deceased.is_some(),
            merged_into: patient.merged_into,
        }
    }
}

/// Looks at a patient, which notes the look.
///
/// # Errors
/// A refusal at `patient` where there is none.
pub fn called(cx: &ReadCx<'_>, patient: PatientId) -> Result<CalledPatient, Error> {
    Ok(CalledPatient::of(&look_at(cx, patient)?.record))
}

/// Takes up a patient for a change, at the request's field `patient`.
///
/// # Errors
/// A refusal at `patient` where there is none.
pub fn called_to(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<CalledPatient, Error> {
    Ok(CalledPatient::of(&take_up(cx, patient, "patient")?.record))
}
