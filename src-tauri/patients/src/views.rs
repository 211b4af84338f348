//! What is shown, one struct per audience. What an audience may not see has no place in its struct.

use crate::demographics::{
    AdministrativeSex, ContactChannel, Demographics, EmergencyContact, Guarantor, Insurance, PatientAddress,
};
use crate::merge::MergeState;
use crate::patient::{Deceased, Patient};
use keepwell_kernel::{CivilDate, MergeId, PatientId, Zone, instant_text};
use keepwell_vault::Stored;
use serde::Serialize;
use ts_rs::TS;

/// One patient found.
#[derive(Serialize, TS)]
pub struct SearchRow {
    /// The patient.
    pub patient: PatientId,
    /// The record number.
    pub mrn: String,
    /// `Family, Given Middle`.
    pub name: String,
    /// What the patient wants to be called.
    pub preferred_name: Option<String>,
    /// The date of birth.
    #[ts(type = "string | null")]
    pub date_of_birth: Option<CivilDate>,
    /// The age in words.
    pub age: Option<String>,
    /// The sex on claims.
    pub administrative_sex: AdministrativeSex,
    /// The last four digits of a phone number, to tell people apart.
    pub phone_last4: Option<String>,
    /// The patient has died.
    pub deceased: bool,
    /// Another patient could be taken for this one.
    pub similar_name: bool,
}

impl SearchRow {
    pub(crate) fn of(patient: &Patient, today: CivilDate, similar_name: bool) -> Self {
        let known = &patient.demographics;
        Self {
            patient: patient.id,
            mrn: patient.mrn.clone(),
            name: known.listed_name(),
            preferred_name: known.preferred_name(),
            date_of_birth: known.date_of_birth,
            age: patient.age(today),
            administrative_sex: known.administrative_sex,
            phone_last4: known.phone_last4(),
            deceased: patient.deceased.is_some(),
            similar_name,
        }
    }
}

/// A restriction, for those who must keep it.
#[derive(Serialize, TS)]
pub struct Restriction {
    /// What may not be shared.
    pub text: String,
    /// When it was noted.
    pub noted_at: String,
}

/// The head of a chart, for clinicians.
#[derive(Serialize, TS)]
pub struct ChartHeader {
    /// The patient.
    pub patient: PatientId,
    /// The record number.
    pub mrn: String,
    /// The version that is shown.
    #[ts(type = "number")]
    pub version: u64,
    /// The newest version.
    #[ts(type = "number")]
    pub current_version: u64,
    /// When the version that is shown was made.
    pub as_of: String,
    /// Who the patient is.
    pub demographics: Demographics,
    /// `Family, Given Middle`.
    pub display_name: String,
    /// What the patient wants to be called.
    pub preferred_name: Option<String>,
    /// The age in words.
    pub age: Option<String>,
    /// Whether and when the patient has died.
    pub deceased: Option<Deceased>,
    /// What may not be shared.
    pub restrictions: Vec<Restriction>,
    /// The record that stays, where this one was merged.
    pub merged_into: Option<PatientId>,
    /// The records that were merged into this one.
    pub merged_from: Vec<PatientId>,
    /// There is a photo.
    pub has_photo: bool,
    /// How many patients could be taken for this one.
    #[ts(type = "number")]
    pub similar_patients: usize,
    /// When the patient was registered.
    pub registered_at: String,
}

impl ChartHeader {
    pub(crate) fn of(
        stored: Stored<Patient>,
        current_version: u64,
        (today, zone): (CivilDate, Zone),
        similar_patients: usize,
    ) -> Self {
        let (version, at, patient) = (stored.version, stored.at, stored.record);
        let restrictions = patient
            .restrictions
            .iter()
            .map(|one| Restriction { text: one.text.clone(), noted_at: instant_text(one.noted_at, zone) });
        Self {
            patient: patient.id,
            version,
            current_version,
            as_of: instant_text(at, zone),
            display_name: patient.demographics.listed_name(),
            preferred_name: patient.demographics.preferred_name(),
            age: patient.age(today),
            deceased: patient.deceased,
            restrictions: restrictions.collect(),
            merged_into: patient.merged_into,
            has_photo: patient.photo.is_some(),
            similar_patients,
            registered_at: instant_text(patient.registered_at, zone),
            mrn: patient.mrn,
            demographics: patient.demographics,
            merged_from: patient.merged_from,
        }
    }
}

/// What the front desk needs to greet, reach and seat somebody. No restriction, guarantor, insurance or gender identity
/// has a place here.
#[derive(Serialize, TS)]
pub struct FrontDeskCard {
    /// The patient.
    pub patient: PatientId,
    /// The record number.
    pub mrn: String,
    /// `Family, Given Middle`.
    pub display_name: String,
    /// What the patient wants to be called.
    pub preferred_name: Option<String>,
    /// Pronouns.
    pub pronouns: Option<String>,
    /// The date of birth.
    #[ts(type = "string | null")]
    pub date_of_birth: Option<CivilDate>,
    /// The age in words.
    pub age: Option<String>,
    /// The sex on claims.
    pub administrative_sex: AdministrativeSex,
    /// The language to speak.
    pub language: Option<String>,
    /// Addresses.
    pub addresses: Vec<PatientAddress>,
    /// Ways to reach the patient.
    pub channels: Vec<ContactChannel>,
    /// How the patient asked to be reached in confidence.
    pub confidential_communication: Option<String>,
    /// Whom to call in an emergency.
    pub emergency_contacts: Vec<EmergencyContact>,
    /// Short notes for everybody.
    pub flags: Vec<String>,
    /// The patient has died.
    pub deceased: bool,
    /// The version, for a correction.
    #[ts(type = "number")]
    pub version: u64,
}

impl FrontDeskCard {
    pub(crate) fn of(stored: Stored<Patient>, today: CivilDate) -> Self {
        let (version, patient) = (stored.version, stored.record);
        let (age, deceased) = (patient.age(today), patient.deceased.is_some());
        let known = patient.demographics;
        Self {
            patient: patient.id,
            mrn: patient.mrn,
            display_name: known.listed_name(),
            preferred_name: known.preferred_name(),
            pronouns: known.pronouns,
            date_of_birth: known.date_of_birth,
            age,
            administrative_sex: known.administrative_sex,
            language: known.language,
            addresses: known.addresses,
            channels: known.channels,
            confidential_communication: known.confidential_communication,
            emergency_contacts: known.emergency_contacts,
            flags: known.flags,
            deceased,
            version,
        }
    }
}

/// What a claim needs.
#[derive(Serialize, TS)]
pub struct BillingCard {
    /// The patient.
    pub patient: PatientId,
    /// The record number.
    pub mrn: String,
    /// `Family, Given Middle`.
    pub display_name: String,
    /// The date of birth.
    #[ts(type = "string | null")]
    pub date_of_birth: Option<CivilDate>,
    /// The sex on claims.
    pub administrative_sex: AdministrativeSex,
    /// Addresses.
    pub addresses: Vec<PatientAddress>,
    /// Who answers for the bill, where it is not the patient.
    pub guarantor: Option<Guarantor>,
    /// Insurances.
    pub insurance: Vec<Insurance>,
}

impl BillingCard {
    pub(crate) fn of(patient: Patient) -> Self {
        let known = patient.demographics;
        Self {
            patient: patient.id,
            mrn: patient.mrn,
            display_name: known.listed_name(),
            date_of_birth: known.date_of_birth,
            administrative_sex: known.administrative_sex,
            addresses: known.addresses,
            guarantor: known.guarantor,
            insurance: known.insurance,
        }
    }
}

/// One version of a patient's record, without what stood in it.
#[derive(Serialize, TS)]
pub struct PatientVersion {
    /// Counts from 1.
    #[ts(type = "number")]
    pub version: u64,
    /// When it was made.
    pub at: String,
    /// Who made it.
    pub by: String,
    /// The names of the fields that differ from the version before; none in the first.
    pub changed: Vec<String>,
}

/// How likely two records are of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DuplicateVerdict")]
pub enum Verdict {
    /// The same identifiers.
    Same,
    /// Worth a look.
    Likely,
}

/// Somebody who may be the person that is being registered.
#[derive(Serialize, TS)]
pub struct PossibleDuplicate {
    /// The patient.
    pub patient: PatientId,
    /// The record number.
    pub mrn: String,
    /// `Family, Given Middle`.
    pub display_name: String,
    /// The date of birth.
    #[ts(type = "string | null")]
    pub date_of_birth: Option<CivilDate>,
    /// The sex on claims.
    pub administrative_sex: AdministrativeSex,
    /// The last four digits of a phone number.
    pub phone_last4: Option<String>,
    /// From 0, nothing in common, to 1, everything known agrees.
    pub score: f64,
    /// What the score means.
    pub verdict: Verdict,
    /// The fields that agree.
    pub agrees: Vec<String>,
    /// The fields that differ.
    pub differs: Vec<String>,
}

/// A merge, for those who may decide it.
#[derive(Serialize, TS)]
pub struct MergeProposal {
    /// The merge.
    pub merge: MergeId,
    /// The record that closes.
    pub from: PatientId,
    /// Its patient's name.
    pub from_name: String,
    /// Its record number.
    pub from_mrn: String,
    /// The record that stays.
    pub into: PatientId,
    /// Its patient's name.
    pub into_name: String,
    /// Its record number.
    pub into_mrn: String,
    /// How the proposer knows that they are one person.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: String,
    /// How far it has come.
    pub state: MergeState,
}
