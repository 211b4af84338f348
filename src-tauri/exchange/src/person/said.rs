//! What extensions say about sex, gender and pronouns.

use super::Left;
use crate::fhir::patient::{Concept, Extension, Gender};
use crate::fhir::{HL7, US_CORE};
use keepwell_patients::AdministrativeSex;

/// What the extensions say.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) gender_identity: Option<String>,
    pub(super) pronouns: Option<String>,
    birth_sex: Option<AdministrativeSex>,
}

/// Codes of SNOMED CT and LOINC that the profiles bind, in words of our own.
const WORDS: [(&str, &str); 8] = [
    ("446151000124109", "male"),
    ("446141000124107", "female"),
    ("407377005", "transgender man"),
    ("407376001", "transgender woman"),
    ("446131000124102", "non-binary"),
    ("LA29518-0", "he/him/his"),
    ("LA29519-8", "she/her/hers"),
    ("LA29520-6", "they/them/theirs"),
];
/// Codes that say that nothing is known (v3-NullFlavor).
const NOT_KNOWN: [&str; 4] = ["UNK", "ASKU", "NASK", "NI"];

/// Reads the extensions; those that are not taken are named.
pub(super) fn of(extensions: &[Extension], left: &mut Left) -> Said {
    let mut said = Said::default();
    for extension in extensions {
        let url = extension.url.as_ref().map(|url| url.0.as_str()).unwrap_or_default();
        let name = url.strip_prefix(US_CORE).or_else(|| url.strip_prefix(HL7)).unwrap_or_default();
        match name {
            "us-core-genderIdentity" | "patient-genderIdentity" | "individual-genderIdentity" => {
                said.gender_identity = said.gender_identity.or_else(|| words_of(extension));
            }
            "individual-pronouns" => said.pronouns = said.pronouns.or_else(|| words_of(extension)),
            "us-core-birthsex" => {
                said.birth_sex = match extension.value_code.as_ref().map(|code| code.0.as_str()) {
                    Some("F") => Some(AdministrativeSex::F),
                    Some("M") => Some(AdministrativeSex::M),
                    _ => None,
                };
            }
            _ => left.part("extension", url),
        }
    }
    said
}

impl Said {
    /// Returns the sex for claims: the administrative gender, or without one the sex that is noted at birth. A sex at
    /// birth that differs is not kept in a place the front desk can see; it is named as left out instead.
    pub(super) fn sex(&self, gender: Option<Gender>, left: &mut Left) -> AdministrativeSex {
        let sex = match gender {
            Some(Gender::Male) => AdministrativeSex::M,
            Some(Gender::Female) => AdministrativeSex::F,
            Some(Gender::Other | Gender::Unknown) => AdministrativeSex::U,
            None => self.birth_sex.unwrap_or(AdministrativeSex::U),
        };
        if self.birth_sex.is_some_and(|birth_sex| birth_sex != sex) {
            left.part("extension", "us-core-birthsex");
        }
        sex
    }
}

/// Finds the concept of an extension, whether it stands in it or in its part `value`.
fn words_of(extension: &Extension) -> Option<String> {
    let part = || {
        let is_value = |one: &&Extension| one.url.as_ref().is_some_and(|url| url.0 == "value");
        extension.extension.iter().find(is_value).and_then(|one| one.value_codeable_concept.as_ref())
    };
    let concept: &Concept = extension.value_codeable_concept.as_ref().or_else(part)?;
    if concept.codes().any(|code| NOT_KNOWN.contains(&code)) {
        return None;
    }
    let known = WORDS.iter().find(|(code, _)| concept.is(code)).map(|(_, words)| *words);
    known.or_else(|| concept.words()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::patient;
    use serde_json::json;

    #[test]
    fn what_is_said_is_taken_and_what_is_unknown_stays_empty() {
        let concept = |code: &str| json!({ "coding": [{ "code": code }] });
        let patient = patient::read(&json!({ "extension": [
            { "url": format!("{US_CORE}us-core-genderIdentity"), "valueCodeableConcept": concept("UNK") },
            { "url": format!("{US_CORE}us-core-genderIdentity"), "valueCodeableConcept": concept("446131000124102") },
            { "url": format!("{HL7}individual-pronouns"), "extension": [
                { "url": "value", "valueCodeableConcept": { "coding": [{ "code": "LA29520-6" }], "text": "they" } }] },
            { "url": format!("{US_CORE}us-core-birthsex"), "valueCode": "F" },
            { "url": format!("{US_CORE}us-core-race") },
            { "url": "http://nema.org/fhir/extensions#0010:1010" },
            { "url": "http://e.org/a name with spaces" },
        ] }))
        .unwrap();
        let mut left = Left(Vec::new());
        let said = of(&patient.extension, &mut left);
        assert_eq!(said.gender_identity.as_deref(), Some("non-binary"));
        assert_eq!(said.pronouns.as_deref(), Some("they/them/theirs"));
        let all = ["us-core-race", "0010:1010", "unknown"].map(|name| format!("Patient.extension:{name}"));
        assert_eq!(left.0, all);
        left.0.clear();
        for (gender, sex, differs) in [
            (None, AdministrativeSex::F, false),
            (Some(Gender::Female), AdministrativeSex::F, false),
            (Some(Gender::Male), AdministrativeSex::M, true),
            (Some(Gender::Other), AdministrativeSex::U, true),
        ] {
            assert_eq!((said.sex(gender, &mut left), !left.0.is_empty()), (sex, differs));
            left.0.clear();
        }
    }
}
