//! Everything that is kept of a patient, for whoever hands it out (45 CFR 164.524).

use crate::patient::{Patient, take_up};
use keepwell_kernel::{Error, Instant, PatientId};
use keepwell_log::door::{ReadCx, WriteCx};
use keepwell_vault::Record as _;

/// Everything that is kept of a patient.
pub struct WholeRecord {
    /// The newest version.
    pub patient: Patient,
    /// Every version, newest first.
    pub versions: Vec<RecordVersion>,
    /// The photo, a JPEG file.
    pub photo: Option<zeroize::Zeroizing<Vec<u8>>>,
}

/// One version of a patient's record.
pub struct RecordVersion {
    /// Its number.
    pub version: u64,
    /// When it was written.
    pub at: Instant,
    /// What it said.
    pub record: Patient,
}

/// Reads everything, which notes the look; `field` is the request's field that names the patient.
///
/// # Errors
/// A refusal at the field where there is no such patient.
pub fn whole_record(cx: &WriteCx<'_, '_>, patient: PatientId, field: &str) -> Result<WholeRecord, Error> {
    let newest = take_up(cx, patient, field)?.record;
    let row = cx.key(Patient::TABLE)?.id(patient.bytes()).done();
    let versions = cx.versions::<Patient>(&row)?.into_iter();
    let versions = versions.map(|one| RecordVersion { version: one.version, at: one.at, record: one.record }).collect();
    let photo = newest.photo.as_ref().map(|photo| cx.blob(photo)).transpose()?;
    Ok(WholeRecord { patient: newest, versions, photo })
}

/// Looks at up to `limit` patients behind one, in the order of their ids; the entry names each of them.
///
/// # Errors
/// [`Error`].
pub fn some_patients(cx: &ReadCx<'_>, after: Option<PatientId>, limit: usize) -> Result<Vec<Patient>, Error> {
    let after = match after {
        Some(patient) => Some(cx.key(Patient::TABLE)?.id(patient.bytes()).done()),
        None => None,
    };
    Ok(cx.page::<Patient>(after.as_ref(), limit)?.into_iter().map(|(_, stored)| stored.record).collect())
}
