//! Finding the resources in what somebody hands over: a resource alone, a Bundle, or an entry of one.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How many of what is not imported, by the name of the resource or of the part.
pub type NotImported = BTreeMap<String, u64>;

/// What was found.
#[derive(Clone, Copy)]
pub enum Found<'v> {
    /// A patient, with the address that a Bundle gives it.
    Patient {
        /// Where the resource says it lives: a URL, or `urn:uuid:`.
        full_url: Option<&'v str>,
        /// The resource.
        resource: &'v Value,
    },
    /// Another resource; or an entry without one.
    Other {
        /// Its type, or what an entry without one is called.
        name: &'v str,
        /// The resource, where there is one.
        resource: Option<&'v Value>,
    },
    /// Something that is no FHIR resource at all.
    Foreign,
}

/// What an entry of a Bundle is called that holds no resource.
pub const EMPTY_ENTRY: &str = "Bundle.entry";

/// Finds every resource, going into Bundles.
pub fn each<'v>(value: &'v Value, found: &mut dyn FnMut(Found<'v>)) {
    let Some(fields) = value.as_object() else { return found(Found::Foreign) };
    match resource_type(fields) {
        Some("Bundle") => match fields.get("entry") {
            None => {}
            Some(Value::Array(entries)) => entries.iter().for_each(|entry| in_entry(entry, found)),
            Some(_) => found(Found::Foreign),
        },
        Some("Patient") => found(Found::Patient { full_url: None, resource: value }),
        Some(other) => found(Found::Other { name: other, resource: Some(value) }),
        None if is_entry(fields) => in_entry(value, found),
        None => found(Found::Foreign),
    }
}

/// Finds the resources of one entry of a Bundle.
pub fn in_entry<'v>(entry: &'v Value, found: &mut dyn FnMut(Found<'v>)) {
    let Some(fields) = entry.as_object() else { return found(Found::Foreign) };
    let full_url = fields.get("fullUrl").and_then(Value::as_str).map(str::trim).filter(|url| !url.is_empty());
    match fields.get("resource") {
        None => found(Found::Other { name: EMPTY_ENTRY, resource: None }),
        Some(resource) => each(resource, &mut |one| {
            found(match one {
                Found::Patient { full_url: None, resource } => Found::Patient { full_url, resource },
                other => other,
            });
        }),
    }
}

/// Returns the type of a resource, where it is one.
#[must_use]
pub fn type_of(resource: &Value) -> Option<&str> {
    resource.as_object().and_then(resource_type)
}

fn is_entry(fields: &Map<String, Value>) -> bool {
    fields.get("resource").is_some_and(Value::is_object)
}

/// Returns the type of a resource. A type that is no FHIR name is none: it could be anything, even a name.
fn resource_type(fields: &Map<String, Value>) -> Option<&str> {
    let name = fields.get("resourceType")?.as_str()?;
    let fits = name.len() <= 64 && name.starts_with(|first: char| first.is_ascii_uppercase());
    (fits && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(name)
}

/// Leaves out what is never taken and can be large: the narrative, contained resources and the bytes of a photo. That
/// there were any stays to be seen.
pub fn slim(patient: &mut Value) {
    let Some(fields) = patient.as_object_mut() else { return };
    fields.remove("text");
    fields.get_mut("contained").and_then(Value::as_array_mut).into_iter().for_each(Vec::clear);
    for photo in fields.get_mut("photo").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(photo) = photo.as_object_mut() {
            photo.remove("data");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(value: &Value) -> Vec<String> {
        let mut names = Vec::new();
        each(value, &mut |found| {
            names.push(match found {
                Found::Patient { full_url, resource } => {
                    format!("{} {}", full_url.unwrap_or("-"), resource["id"].as_str().unwrap_or("-"))
                }
                Found::Other { name, .. } => name.to_owned(),
                Found::Foreign => "?".to_owned(),
            });
        });
        names
    }

    #[test]
    fn resources_are_found_wherever_they_lie() {
        let patient = json!({ "resourceType": "Patient", "id": "a" });
        let entry = json!({ "fullUrl": "urn:uuid:1", "resource": patient });
        let bundle = json!({ "resourceType": "Bundle", "entry": [
            entry, { "resource": { "resourceType": "Claim" } }, { "request": { "method": "DELETE" } }, 7,
            { "resource": { "resourceType": "Bundle", "entry": [{ "resource": patient }] } },
        ] });
        for (value, expected) in [
            (patient.clone(), vec!["- a"]),
            (entry, vec!["urn:uuid:1 a"]),
            (bundle, vec!["urn:uuid:1 a", "Claim", EMPTY_ENTRY, "?", "- a"]),
            (json!({ "resourceType": "Bundle" }), vec![]),
            (json!({ "resourceType": "Bundle", "entry": {} }), vec!["?"]),
            (json!({ "resourceType": "John Smith" }), vec!["?"]),
            (json!({ "name": "x" }), vec!["?"]),
            (json!([patient]), vec!["?"]),
        ] {
            assert_eq!(names(&value), expected, "{value}");
        }
    }

    #[test]
    fn a_slim_patient_still_says_what_there_was() {
        let mut patient =
            json!({ "text": { "div": "x" }, "contained": [{}], "photo": [{ "data": "AAAA", "title": "t" }] });
        slim(&mut patient);
        assert_eq!(patient, json!({ "contained": [], "photo": [{ "title": "t" }] }));
    }
}
