//! Files of FHIR, as people choose them in the dialog.

use chrono::NaiveDate;
use keepwell_exchange::fhir::resources::slim;
use keepwell_exchange::file::{BATCH, read_file};
use keepwell_exchange::fuzzing::person;
use serde_json::Value;
use std::sync::LazyLock;

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// A file of one resource, a Bundle or lines; the first byte says how the file is named.
pub fn fhir(data: &[u8]) {
    let [named, content @ ..] = data else { return };
    let ending = if named & 1 == 1 { "ndjson" } else { "json" };
    // One file for each thread, since the tests run several at a time.
    let path = FOLDER.path().join(format!("{:?}.{ending}", std::thread::current().id()));
    std::fs::write(&path, content).unwrap();
    let (mut patients, mut places, mut refused) = (Vec::new(), Vec::new(), 0u64);
    let read = read_file(&path, &mut |piece| {
        assert!(piece.patients.len() <= BATCH && piece.refused.len() <= BATCH);
        refused += piece.refused.len() as u64;
        places.extend(piece.patients.iter().map(|(place, _)| *place));
        places.extend(piece.refused.iter().map(|(place, _)| *place));
        patients.extend(piece.patients.into_iter().map(|(_, patient)| patient));
        Ok(true)
    });
    if let Ok(read) = read {
        let others: u64 = read.not_imported.values().sum();
        assert_eq!(read.resources, patients.len() as u64 + refused + others, "something was not counted");
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len() as u64, patients.len() as u64 + refused, "two resources have one place");
    }
    patients.iter().for_each(one);
}

/// Reads one person twice, whole and without what is not taken.
fn one(patient: &Value) {
    let resource = patient.get("resource").filter(|_| patient.get("resourceType").is_none()).unwrap_or(patient);
    let mut slimmed = resource.clone();
    slim(&mut slimmed);
    match (person(resource, today()), person(&slimmed, today())) {
        (Ok((source, demographics, deceased)), Ok((same_source, same_demographics, same_deceased))) => {
            assert!(source == same_source && demographics == same_demographics, "a photo or a text counted");
            assert!(deceased == same_deceased);
            assert!(demographics.name.family.trim().len() + demographics.name.given.len() > 0, "nobody without a name");
        }
        (Err(refusal), Err(same)) => assert_eq!(refusal.field, same.field),
        _ => panic!("a photo or a text decided whether somebody is taken"),
    }
}
