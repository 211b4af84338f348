//! From a FHIR patient to what the practice keeps about a person. Pure: what day it is comes in as a value.

mod identity;
mod names;
mod others;
mod reach;
mod said;

use crate::fhir::patient::{self, LinkType, Patient};
use crate::fhir::resources::NotImported;
use crate::refusals;
use keepwell_kernel::{CivilDate, Refusal};
use keepwell_patients::{Deceased, Demographics, ExternalId};
use serde_json::Value;

/// What a resource says about a person.
pub struct Person {
    /// By what the person is known again.
    pub source: ExternalId,
    /// What is kept.
    pub demographics: Demographics,
    /// The person is dead.
    pub deceased: Option<Deceased>,
}

/// The elements that are taken, or that say nothing about the person.
const TAKEN: [&str; 19] = [
    "resourceType",
    "id",
    "meta",
    "implicitRules",
    "language",
    "text",
    "extension",
    "modifierExtension",
    "identifier",
    "active",
    "name",
    "telecom",
    "gender",
    "birthDate",
    "deceasedBoolean",
    "deceasedDateTime",
    "address",
    "contact",
    "communication",
];

/// Reads a person from a Patient resource. Every part that is not taken is counted in `left_out`.
///
/// # Errors
/// A refusal that names the field.
pub fn read(
    resource: &Value,
    full_url: Option<&str>,
    source: &str,
    today: CivilDate,
    left_out: &mut NotImported,
) -> Result<Person, Refusal> {
    let patient = patient::read(resource).map_err(|field| match field.as_str() {
        "" => refusals::NOT_A_RESOURCE.refusal(),
        _ => refusals::MALFORMED_VALUE.at(field),
    })?;
    understood(&patient)?;
    let mut left = Left(Vec::new());
    let names = names::of(&patient.name, today).ok_or_else(|| refusals::NO_NAME.at("name"))?;
    let said = said::of(&patient.extension, &mut left);
    let others = others::of(&patient.contact, today, &mut left);
    let demographics = Demographics {
        name: names.legal,
        other_names: names.others,
        date_of_birth: patient.birth_date.and_then(|date| date.day()),
        administrative_sex: said.sex(patient.gender, &mut left),
        gender_identity: said.gender_identity,
        pronouns: said.pronouns,
        addresses: reach::addresses(&patient.address, today, &mut left),
        channels: reach::channels(&patient.telecom, today, &mut left),
        confidential_communication: None,
        language: reach::language(&patient.communication, &mut left),
        emergency_contacts: others.emergency_contacts,
        guarantor: others.guarantor,
        insurance: Vec::new(),
        flags: flags(&patient),
        ehr_link: None,
    };
    let deceased = deceased(&patient);
    let source = identity::of(&patient, resource, full_url, source);
    left.elements(resource);
    left.0.into_iter().for_each(|name| *left_out.entry(name).or_default() += 1);
    Ok(Person { source, demographics, deceased })
}

/// Refuses what may mean something else than it seems to (FHIR R4, extensibility: modifier extensions must not be
/// ignored, and `implicitRules` must be known).
fn understood(patient: &Patient) -> Result<(), Refusal> {
    if !patient.modifier_extension.is_empty() {
        return Err(refusals::UNKNOWN_MODIFIER.at("modifierExtension"));
    }
    if patient.implicit_rules.is_some() {
        return Err(refusals::UNKNOWN_MODIFIER.at("implicitRules"));
    }
    let animal = |url: &str| url.strip_prefix(crate::fhir::HL7) == Some("patient-animal");
    match patient.extension.iter().position(|one| one.url.as_ref().is_some_and(|url| animal(&url.0))) {
        Some(at) => Err(refusals::ANIMAL.at(format!("extension.{at}"))),
        None => Ok(()),
    }
}

/// Says at the front desk what has no field of its own and must not be lost.
fn flags(patient: &Patient) -> Vec<String> {
    let mut flags = Vec::new();
    if let Some(date) = patient.birth_date.filter(|date| date.day().is_none()) {
        flags.push(format!("Date of birth known only as {date}"));
    }
    if let Some(date) = patient.deceased_date_time.filter(|date| date.0.day().is_none()) {
        flags.push(format!("Date of death known only as {}", date.0));
    }
    if patient.active == Some(false) {
        flags.push("Marked as not in use in the record this came from".to_owned());
    }
    if patient.link.iter().any(|link| link.r#type == Some(LinkType::ReplacedBy)) {
        flags.push("Replaced by another record where this came from".to_owned());
    }
    flags
}

fn deceased(patient: &Patient) -> Option<Deceased> {
    match (patient.deceased_date_time, patient.deceased_boolean) {
        (Some(at), _) => Some(Deceased { on: at.0.day() }),
        (None, Some(true)) => Some(Deceased { on: None }),
        (None, _) => None,
    }
}

/// The names of the parts that are not taken.
struct Left(Vec<String>);

impl Left {
    /// Notes a part of the resource, with what sets it apart.
    fn part(&mut self, element: &str, which: &str) {
        let which = which.rsplit(['/', '#']).next().unwrap_or_default();
        self.0.push(format!("Patient.{element}:{}", plain(which)));
    }

    /// Notes the elements that are not taken at all.
    fn elements(&mut self, resource: &Value) {
        let keys = resource.as_object().into_iter().flat_map(|fields| fields.keys());
        self.0.extend(keys.filter(|key| !TAKEN.contains(&key.as_str())).map(|key| format!("Patient.{}", plain(key))));
    }
}

/// Returns a name that a file gives, if it is one: it is shown to people and could be anything.
fn plain(name: &str) -> &str {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
    if (1..=64).contains(&name.len()) && name.bytes().all(fits) { name } else { "unknown" }
}

#[cfg(test)]
mod tests;
