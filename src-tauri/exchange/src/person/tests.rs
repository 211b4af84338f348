use super::*;
use crate::fhir::resources::{Found, each};
use serde_json::json;
use std::path::{Path, PathBuf};

fn today() -> CivilDate {
    "2026-11-21".parse().unwrap()
}

fn read_one(resource: &Value) -> (Result<Person, Refusal>, Vec<String>) {
    let mut left = NotImported::new();
    let person = read(resource, None, "a file", today(), &mut left);
    (person, left.into_keys().collect())
}

/// Returns every file of a folder of the shared data.
fn shared(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fhir").join(folder);
    assert!(folder.is_dir(), "the shared FHIR files are missing: put them into shared/data beside the repository");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn patients_of(folder: &str) -> Vec<Value> {
    let mut patients = Vec::new();
    for file in shared(folder) {
        let value: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        each(&value, &mut |found| match found {
            Found::Patient { resource, .. } => patients.push(resource.clone()),
            Found::Other { .. } => {}
            Found::Foreign => panic!("an official example is no resource"),
        });
    }
    patients
}

/// The official examples that cannot be taken, each with its reason.
const REFUSED: [(&str, &str, &str); 4] = [
    ("animal", "exchange.animal", "extension.0"),
    ("infant-fetal", "exchange.no_name", "name"),
    ("newborn", "exchange.no_name", "name"),
    ("proband", "exchange.no_name", "name"),
];

#[test]
fn the_files_of_others_are_read_and_the_odd_ones_say_why_not() {
    let mut refused = Vec::new();
    for (folder, count) in [("bundles", 60), ("us-core-6.1.0", 5), ("r4", 22)] {
        let patients = patients_of(folder);
        assert_eq!(patients.len(), count, "{folder}");
        for patient in patients {
            if let (Err(refusal), _) = read_one(&patient) {
                let id = patient["id"].as_str().unwrap().to_owned();
                refused.push((id, refusal.code.code, refusal.field.unwrap()));
            }
        }
    }
    let refused: Vec<_> = refused.iter().map(|(id, code, field)| (id.as_str(), *code, field.as_str())).collect();
    assert_eq!(refused, REFUSED);
}

#[test]
fn a_synthea_patient_keeps_what_it_says() {
    let patients = patients_of("bundles");
    let patient = patients.iter().find(|one| one["name"][0]["family"] == "Mejía").unwrap();
    let (person, left) = read_one(patient);
    let Person { source, demographics, deceased } = person.unwrap_or_else(|_| panic!("refused"));
    assert_eq!((source.system.as_str(), source.value.len()), ("http://hospital.smarthealthit.org", 36));
    assert_eq!(demographics.name.given, ["Gustavo"]);
    assert!(demographics.date_of_birth.is_some() && !demographics.channels.is_empty());
    assert_eq!(demographics.addresses.first().map(|home| home.country.as_str()), Some("US"));
    assert!(demographics.flags.is_empty() && deceased.is_none());
    for part in ["Patient.maritalStatus", "Patient.extension:us-core-race", "Patient.extension:patient-birthPlace"] {
        assert!(left.iter().any(|name| name == part), "{part} is not named as left out: {left:?}");
    }
}

#[test]
fn the_official_example_becomes_the_person_it_describes() {
    let patients = patients_of("r4");
    let patient = patients.iter().find(|one| one["id"] == "example").unwrap();
    let (person, left) = read_one(patient);
    let Person { source, demographics, .. } = person.unwrap_or_else(|_| panic!("refused"));
    assert_eq!((source.system.as_str(), source.value.as_str()), ("urn:oid:1.2.36.146.595.217.0.1", "12345"));
    assert_eq!((demographics.name.family.as_str(), demographics.other_names.len()), ("Chalmers", 2));
    assert_eq!(demographics.channels.len(), 2);
    assert_eq!(demographics.emergency_contacts.first().map(|one| one.name.as_str()), Some("Bénédicte du Marché"));
    assert_eq!(left, ["Patient._birthDate", "Patient.managingOrganization", "Patient.telecom:old"]);
}

#[test]
fn what_is_half_known_is_flagged_and_never_made_up() {
    let (person, _) = read_one(&json!({
        "id": "a", "active": false, "name": [{ "family": "A" }], "birthDate": "1974-02", "deceasedDateTime": "2020",
        "link": [{ "type": "replaced-by", "other": { "reference": "Patient/b" } }],
    }));
    let Person { demographics, deceased, .. } = person.unwrap_or_else(|_| panic!("refused"));
    assert_eq!(demographics.date_of_birth, None);
    assert!(deceased.is_some_and(|deceased| deceased.on.is_none()));
    let flags = demographics.flags.join("; ");
    for words in ["birth known only as 1974-02", "death known only as 2020", "not in use", "Replaced by"] {
        assert!(flags.contains(words), "{words}: {flags}");
    }
}

#[test]
fn what_may_mean_something_else_is_refused() {
    for (part, code, field) in [
        (
            json!({ "modifierExtension": [{ "url": "http://e.org/negated" }] }),
            "exchange.unknown_modifier",
            "modifierExtension",
        ),
        (json!({ "implicitRules": "http://e.org/rules" }), "exchange.unknown_modifier", "implicitRules"),
        (json!({ "birthDate": "24.12.1974" }), "exchange.malformed_value", "birthDate"),
        (json!({ "name": [{ "family": 7 }] }), "exchange.malformed_value", "name.0.family"),
    ] {
        let mut resource = json!({ "id": "a", "name": [{ "family": "A" }] });
        resource.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        let Err(refusal) = read_one(&resource).0 else { panic!("taken: {resource}") };
        assert_eq!((refusal.code.code, refusal.field.as_deref()), (code, Some(field)));
    }
}

#[test]
fn a_deceased_flag_alone_is_enough_and_false_means_alive() {
    for (part, deceased) in [(json!(true), true), (json!(false), false)] {
        let (person, _) = read_one(&json!({ "name": [{ "family": "A" }], "deceasedBoolean": part }));
        assert_eq!(person.is_ok_and(|person| person.deceased.is_some()), deceased);
    }
}
