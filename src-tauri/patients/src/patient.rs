//! The record of a patient.

use crate::demographics::{AdministrativeSex, ChannelKind, Demographics, NameUse};
use crate::likeness::{Home, Traits};
use crate::people::People;
use crate::people_index::{NameKind, Person, PersonName};
use keepwell_kernel::{CivilDate, Code, Error, Instant, PatientId, age_on};
use keepwell_log::door::{ReadCx, WriteCx};
use keepwell_vault::{BlobRef, Record as _, Stored};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// There is no such patient.
pub const UNKNOWN: Code = Code::new("patients.unknown", "This patient was not found. Search again.");

/// That somebody has died.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Deceased {
    /// The date of death, where it is known.
    #[ts(type = "string | null")]
    pub on: Option<CivilDate>,
}

/// A restriction the patient asked for (45 CFR 164.522(a)).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotedRestriction {
    /// What may not be shared, in words.
    pub text: String,
    /// When it was noted.
    pub noted_at: Instant,
}

/// A patient, as it is kept. Each change puts a new version.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// The id, which never changes.
    pub id: PatientId,
    /// The medical record number, which people read.
    pub mrn: String,
    /// Who the patient is.
    pub demographics: Demographics,
    /// When the patient was registered.
    pub registered_at: Instant,
    /// Whether the patient has died.
    pub deceased: Option<Deceased>,
    /// What the patient asked not to be shared.
    pub restrictions: Vec<NotedRestriction>,
    /// The photo.
    pub photo: Option<BlobRef>,
    /// The record that stays, where this one was merged into another.
    pub merged_into: Option<PatientId>,
    /// The records that were merged into this one.
    pub merged_from: Vec<PatientId>,
    /// Why this is somebody else than the patients who look alike, where it had to be said.
    pub duplicate_override: Option<String>,
    /// It came from a file while somebody who looks alike was here; nobody was there to be asked.
    pub similar: bool,
}

impl Patient {
    /// Returns a new patient.
    #[must_use]
    pub fn new(mrn: String, demographics: Demographics, registered_at: Instant) -> Self {
        Self {
            id: PatientId::make(),
            mrn,
            demographics,
            registered_at,
            deceased: None,
            restrictions: Vec::new(),
            photo: None,
            merged_into: None,
            merged_from: Vec::new(),
            duplicate_override: None,
            similar: false,
        }
    }

    /// Returns the age in words: today's, or at death where the date of it is known. The dead have no age today.
    #[must_use]
    pub fn age(&self, today: CivilDate) -> Option<String> {
        let on = self.deceased.map_or(Some(today), |deceased| deceased.on)?;
        age_on(on, self.demographics.date_of_birth?)
    }

    /// Returns what the search index is told.
    pub(crate) fn person(&self) -> Person {
        Person {
            id: self.id.uuid(),
            mrn: self.mrn.clone(),
            names: names(&self.demographics),
            date_of_birth: self.demographics.date_of_birth,
            phones: values(&self.demographics, false),
            sex: self.demographics.administrative_sex.letter(),
            deceased: self.deceased.is_some(),
            merged: self.merged_into.is_some(),
        }
    }
}

/// Returns every name, the legal one first.
fn names(of: &Demographics) -> Vec<PersonName> {
    let legal = PersonName { family: of.name.family.clone(), given: of.name.given.clone(), kind: NameKind::Legal };
    let others = of.other_names.iter().map(|name| PersonName {
        family: name.family.clone(),
        given: name.given.clone(),
        kind: match name.r#use {
            NameUse::Legal => NameKind::Legal,
            NameUse::Preferred => NameKind::Preferred,
            NameUse::Previous => NameKind::Previous,
        },
    });
    std::iter::once(legal).chain(others).collect()
}

/// Returns the e-mail addresses, or the numbers.
fn values(of: &Demographics, emails: bool) -> Vec<String> {
    let wanted = of.channels.iter().filter(|channel| (channel.kind == ChannelKind::Email) == emails);
    wanted.map(|channel| channel.value.clone()).collect()
}

/// Returns what helps to know somebody again.
pub(crate) fn traits(of: &Demographics) -> Traits {
    let home = |lines: &[String], code: &str| Home { line: lines.join(" "), postal_code: code.to_owned() };
    // A preferred name is often a given name alone; compared without a family name it would agree with nobody.
    let family_or_legal = |mut name: PersonName| {
        if name.family.is_empty() {
            name.family.clone_from(&of.name.family);
        }
        name
    };
    Traits {
        names: names(of).into_iter().map(family_or_legal).collect(),
        date_of_birth: of.date_of_birth,
        sex: match of.administrative_sex {
            AdministrativeSex::U => ' ',
            known => known.letter(),
        },
        addresses: of.addresses.iter().map(|one| home(&one.lines, &one.postal_code)).collect(),
        phones: values(of, false),
        emails: values(of, true),
        insurance_ids: of.insurance.iter().map(|one| one.policy_number.clone()).collect(),
    }
}

/// Looks at a patient, which notes the look.
///
/// # Errors
/// [`UNKNOWN`] at `patient`.
pub(crate) fn look_at(cx: &ReadCx<'_>, patient: PatientId) -> Result<Stored<Patient>, Error> {
    let row = cx.key(Patient::TABLE)?.id(patient.bytes()).done();
    Ok(cx.get::<Patient>(&row)?.ok_or_else(|| UNKNOWN.at("patient"))?)
}

/// Takes up a patient for a change; `field` is the request's field that names the patient.
///
/// # Errors
/// [`UNKNOWN`] at the field.
pub(crate) fn take_up(cx: &WriteCx<'_, '_>, patient: PatientId, field: &str) -> Result<Stored<Patient>, Error> {
    let row = cx.key(Patient::TABLE)?.id(patient.bytes()).done();
    Ok(cx.get::<Patient>(&row)?.ok_or_else(|| UNKNOWN.at(field))?)
}

/// Puts a patient and, once that is committed, brings the search index up to date.
///
/// # Errors
/// [`Error`].
pub(crate) fn keep(cx: &mut WriteCx<'_, '_>, patient: &Patient) -> Result<u64, Error> {
    let version = cx.put(patient)?;
    let kept = patient.clone();
    cx.after_commit(move |residents| residents.update::<People>(|people| people.put(&kept)));
    Ok(version)
}
