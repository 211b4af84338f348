//! What other features may know of a patient: who it is, and where letters go.

use crate::patient::{Patient, look_at, take_up};
use keepwell_kernel::{CivilDate, Error, PatientId};
use keepwell_log::door::{ReadCx, WriteCx};

/// A patient as other features name one: always with two identifiers, and with the way letters take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPatient {
    /// The patient.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub listed_name: String,
    /// The record number.
    pub mrn: String,
    /// The date of birth, where it is known.
    pub date_of_birth: Option<CivilDate>,
    /// Where letters go, line by line. Where the patient asked for another way (45 CFR 164.522(b)), that and nothing else.
    pub mail_to: Vec<String>,
    /// The records that were merged into this one, and into those.
    pub merged_from: Vec<PatientId>,
}

impl KnownPatient {
    /// Returns this record and those that were merged into it.
    pub fn records(&self) -> impl Iterator<Item = PatientId> + '_ {
        std::iter::once(self.patient).chain(self.merged_from.iter().copied())
    }

    fn of(patient: Patient) -> Self {
        let known = &patient.demographics;
        let listed_name = known.listed_name();
        let mail_to = match &known.confidential_communication {
            Some(asked) => asked.lines().map(str::to_owned).collect(),
            None => known.addresses.first().map_or_else(Vec::new, |home| {
                let place = [home.city.as_str(), &home.state, &home.postal_code];
                let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
                home.lines.iter().cloned().chain([place.join(" ")]).filter(|line| !line.is_empty()).collect()
            }),
        };
        Self {
            patient: patient.id,
            listed_name,
            date_of_birth: known.date_of_birth,
            mail_to,
            merged_from: patient.merged_from,
            mrn: patient.mrn,
        }
    }
}

/// Adds the records that were merged into those that were merged into a patient: whoever asks about somebody asks about
/// all of them.
fn with_all_merged(
    mut known: KnownPatient,
    look: impl Fn(PatientId) -> Result<Patient, Error>,
) -> Result<KnownPatient, Error> {
    let mut seen = 0;
    while let Some(merged) = known.merged_from.get(seen).copied() {
        let further = look(merged)?.merged_from.into_iter().filter(|one| *one != known.patient);
        let further: Vec<PatientId> = further.filter(|one| !known.merged_from.contains(one)).collect();
        known.merged_from.extend(further);
        seen += 1;
    }
    Ok(known)
}

/// Looks at a patient and at the records that were merged into it, which notes the looks.
///
/// # Errors
/// A refusal at `patient` where there is none.
pub fn known(cx: &ReadCx<'_>, patient: PatientId) -> Result<KnownPatient, Error> {
    let looked_at = KnownPatient::of(look_at(cx, patient)?.record);
    with_all_merged(looked_at, |merged| Ok(look_at(cx, merged)?.record))
}

/// Looks at a patient and at the records that were merged into it, within a change; `field` is the request's field that
/// names the patient.
///
/// # Errors
/// A refusal at the field where there is none.
pub fn known_to(cx: &WriteCx<'_, '_>, patient: PatientId, field: &str) -> Result<KnownPatient, Error> {
    let looked_at = KnownPatient::of(take_up(cx, patient, field)?.record);
    with_all_merged(looked_at, |merged| Ok(take_up(cx, merged, field)?.record))
}

/// Returns how many versions a patient's own record has; they are counted from 1, without gaps.
///
/// # Errors
/// A refusal at the field where there is no such patient.
pub fn newest_version(cx: &WriteCx<'_, '_>, patient: PatientId, field: &str) -> Result<u64, Error> {
    Ok(take_up(cx, patient, field)?.version)
}
