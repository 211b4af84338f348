//! Who a resource is about, as far as it says so by a reference.

use serde_json::Value;

/// Returns every name by which other resources of the same source may call a patient: the address that a Bundle gives it,
/// and its type with its id.
#[must_use]
pub fn names_of_patient(found: &Value) -> Vec<String> {
    let resource = found.get("resource").unwrap_or(found);
    let full_url = found.get("fullUrl").and_then(Value::as_str).map(|url| url.trim().to_owned());
    let id = resource.get("id").and_then(Value::as_str).map(|id| format!("Patient/{id}"));
    full_url.into_iter().chain(id).collect()
}

/// Returns the references by which a resource says which patients it is about.
#[must_use]
pub fn patients_named(resource: &Value) -> Vec<&str> {
    let direct = ["subject", "patient", "beneficiary"].into_iter().filter_map(|element| resource.get(element));
    let participants = resource.get("participant").and_then(Value::as_array).into_iter().flatten();
    let actors = participants.filter_map(|one| one.get("actor"));
    let references = direct.chain(actors).filter_map(|one| one.get("reference").and_then(Value::as_str));
    references.map(without_version).collect()
}

/// A reference to one version of a patient is one to the patient.
fn without_version(reference: &str) -> &str {
    let reference = reference.trim();
    reference.split_once("/_history/").map_or(reference, |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn patients_are_called_by_their_names() {
        let patient = json!({ "resourceType": "Patient", "id": "1" });
        assert_eq!(names_of_patient(&patient), ["Patient/1"]);
        let entry = json!({ "fullUrl": " urn:uuid:7 ", "resource": patient });
        assert_eq!(names_of_patient(&entry), ["urn:uuid:7", "Patient/1"]);
        let refers = |to: &str| json!({ "reference": to });
        for (resource, named) in [
            (json!({ "subject": refers("Patient/1/_history/3") }), vec!["Patient/1"]),
            (json!({ "beneficiary": refers("urn:uuid:7"), "payor": [refers("Organization/2")] }), vec!["urn:uuid:7"]),
            (
                json!({ "participant": [{ "actor": refers("Location/1") }, { "actor": refers("Patient/1") }] }),
                vec!["Location/1", "Patient/1"],
            ),
            (json!({ "patient": { "display": "Ana" }, "participant": "Ana", "subject": 7 }), vec![]),
        ] {
            assert_eq!(patients_named(&resource), named, "{resource}");
        }
    }
}
