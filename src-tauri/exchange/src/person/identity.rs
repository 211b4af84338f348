//! By what a person is known again, so that the same file twice makes no second patient.

use crate::fhir::patient::{Identifier, IdentifierUse, Patient};
use keepwell_patients::ExternalId;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The system of identifiers that are URIs and so need no other (RFC 3986; FHIR R4, identifier systems).
const URI: &str = "urn:ietf:rfc:3986";
/// The system of records that carry no identifier at all: a hash of what they say.
const CONTENT: &str = "urn:keepwell:content";
/// What one person may share with another by mistake, and what is more than is needed to know somebody again
/// (v2-0203: social security number, driver's licence, passport).
const NOT_FOR_THIS: [&str; 4] = ["SS", "DL", "PPN", "PN"];

/// Finds the identifier: a record number of the system the record comes from, or another of its identifiers, or its
/// address, or its id there, or at last its content.
pub(super) fn of(patient: &Patient, resource: &Value, full_url: Option<&str>, source: &str) -> ExternalId {
    let external = |system: &str, value: &str| ExternalId { system: system.to_owned(), value: value.to_owned() };
    if let Some((system, value)) = best(&patient.identifier) {
        return external(system, value);
    }
    if let Some(url) = full_url.filter(|url| url.starts_with("urn:uuid:") || url.starts_with("http")) {
        return external(URI, url);
    }
    match (&patient.id, full_url) {
        (Some(id), _) => external(source, &id.0),
        (None, Some(url)) => external(source, url),
        (None, None) => external(CONTENT, &hex::encode(Sha256::digest(resource.to_string()))),
    }
}

fn best(identifiers: &[Identifier]) -> Option<(&str, &str)> {
    let usable = identifiers.iter().filter_map(|one| {
        let (system, value) = (one.system.as_ref()?, one.value.as_ref()?);
        let codes = || one.r#type.iter().flat_map(|kind| kind.codes());
        let unfit = codes().any(|code| NOT_FOR_THIS.contains(&code)) || system.0.ends_with("us-ssn");
        let passing = matches!(one.r#use, Some(IdentifierUse::Old | IdentifierUse::Temp | IdentifierUse::Secondary));
        let rank = u8::from(!codes().any(|code| code == "MR"));
        (!unfit && !passing).then_some((rank, system.0.as_str(), value.0.as_str()))
    });
    usable.min_by_key(|(rank, ..)| *rank).map(|(_, system, value)| (system, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::patient;
    use serde_json::json;

    #[test]
    fn the_best_identifier_is_taken() {
        let mr = json!({ "type": { "coding": [{ "code": "MR" }] }, "system": "s:mr", "value": "1" });
        let other = json!({ "system": "s:other", "value": "2" });
        let ssn = json!({ "system": "http://hl7.org/fhir/sid/us-ssn", "value": "3" });
        let licence = json!({ "type": { "coding": [{ "code": "DL" }] }, "system": "s:dl", "value": "4" });
        let old = json!({ "use": "old", "system": "s:old", "value": "5" });
        let bare = json!({ "value": "6" });
        for (identifiers, id, url, expected) in [
            (json!([other, mr]), Some("x"), Some("urn:uuid:9"), ("s:mr", "1")),
            (json!([ssn, other]), Some("x"), Some("urn:uuid:9"), ("s:other", "2")),
            (json!([ssn, licence, old, bare]), Some("x"), Some("urn:uuid:9"), (URI, "urn:uuid:9")),
            (json!([]), Some("x"), Some("https://e.org/Patient/x"), (URI, "https://e.org/Patient/x")),
            (json!([]), Some("x"), Some("Patient/x"), ("file", "x")),
            (json!([]), None, Some("Patient/x"), ("file", "Patient/x")),
        ] {
            let resource = json!({ "identifier": identifiers, "id": id });
            let found = of(&patient::read(&resource).unwrap(), &resource, url, "file");
            assert_eq!((found.system.as_str(), found.value.as_str()), expected, "{resource}");
        }
    }

    #[test]
    fn a_record_without_any_is_known_by_what_it_says() {
        let read = |resource: Value| of(&patient::read(&resource).unwrap(), &resource, None, "file");
        let (one, other) = (json!({ "gender": "male" }), json!({ "gender": "female" }));
        assert_eq!(read(one.clone()).value, read(one.clone()).value);
        assert_ne!(read(one).value, read(other).value);
    }
}
