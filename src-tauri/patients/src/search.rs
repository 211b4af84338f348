//! `patients.search`: somebody, as one types.

use crate::patient::{Patient, UNKNOWN};
use crate::people::People;
use crate::people_index::MOST_HITS;
use crate::views::SearchRow;
use keepwell_kernel::{Code, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Too many rows are asked for.
pub const LIMIT: Code = Code::new("patients.limit", "A search shows 1 to 50 patients. Ask for fewer, or type more.");

/// Searches for patients.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "SearchPatients")]
pub struct Search {
    /// Parts of names, a date of birth, a phone number, a record number, in any order.
    pub query: String,
    /// The most rows, 1 to 50.
    pub limit: u32,
    /// The screen's visit.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub visit: Option<String>,
}

/// The patients found.
#[derive(Serialize, TS)]
pub struct FoundPatients {
    /// The best first.
    pub rows: Vec<SearchRow>,
}

impl Operation for Search {
    const NAME: &'static str = "patients.search";
    const PERMISSION: Permission = Permission::DemographicsRead;
    const PURPOSES: &'static [Purpose] = &[
        Purpose::Treatment,
        Purpose::Payment,
        Purpose::Operations,
        Purpose::PatientRequest,
        Purpose::Emergency,
        Purpose::PublicHealth,
        Purpose::Legal,
    ];
    type Output = FoundPatients;
}

impl Query for Search {
    fn run(self, cx: &ReadCx<'_>) -> Result<FoundPatients, Error> {
        let limit = usize::try_from(self.limit).ok().filter(|limit| (1..=MOST_HITS).contains(limit));
        let limit = limit.ok_or_else(|| LIMIT.at("limit"))?;
        let today = cx.today();
        let hits = cx.resident::<People, _>(|people| {
            let ids: Vec<_> = people.index.search(&self.query, limit, today).iter().map(|hit| hit.id).collect();
            let similar = people.index.similar_names(&ids);
            ids.into_iter().zip(similar).collect::<Vec<_>>()
        })?;
        // The index only names them; each patient who is shown is read, and so noted.
        let row = |(id, similar): (uuid::Uuid, bool)| {
            let key = cx.key(Patient::TABLE)?.id(PatientId::from(id).bytes()).done();
            let stored = cx.get::<Patient>(&key)?.ok_or(UNKNOWN)?;
            Ok(SearchRow::of(&stored.record, today, similar))
        };
        Ok(FoundPatients { rows: hits.into_iter().map(row).collect::<Result<_, Error>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{Trial, person, whole_person, with};
    use serde_json::{Value, json};

    fn found(trial: &Trial, query: &str) -> Vec<String> {
        let answer = trial.done("patients.search", json!({ "query": query, "limit": 50 }));
        answer["rows"].as_array().unwrap().iter().map(|row| row["patient"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn each_way_of_asking_finds_and_notes_exactly_those_shown() {
        let trial = Trial::open();
        let made = trial.done("patients.register", whole_person());
        let grace = made["patient"].as_str().unwrap().to_owned();
        trial.register("Nguyen", &["Linh"], "1990-06-01");
        let number = made["mrn"].as_str().unwrap().to_owned();
        for query in [
            "halloran",
            "Hallorán",
            "grace hall",
            "hall grace",
            "gracie",
            "okafor",
            "haloran",
            "04/02/1961",
            "1961-04-02",
            "312 555 0142",
            "0142",
            number.as_str(),
            number.strip_prefix("MRN-").unwrap(),
        ] {
            assert_eq!(found(&trial, query), [grace.as_str()], "{query}");
            assert_eq!(trial.noted("patients.search"), [grace.as_str()], "{query}");
        }
        assert!(found(&trial, "zzyzx").is_empty());
        assert!(trial.noted("patients.search").is_empty());
    }

    #[test]
    fn a_row_tells_people_apart() {
        let trial = Trial::open();
        let made = trial.done("patients.register", whole_person());
        let again = with(person("Halloran", &["Grace"], "1999-01-01"), json!({ "duplicate_override": "Niece" }));
        trial.done("patients.register", again);
        let rows = trial.done("patients.search", json!({ "query": "Gracie", "limit": 1 }))["rows"].clone();
        assert_eq!(
            rows[0],
            json!({
                "patient": made["patient"], "mrn": made["mrn"], "name": "Hallorán Jr., Grace Ann",
                "preferred_name": "Gracie", "date_of_birth": "1961-04-02", "age": "64 years",
                "administrative_sex": "F", "phone_last4": "0142", "deceased": false, "similar_name": true,
            })
        );
    }

    #[test]
    fn a_visit_notes_each_patient_once_and_limits_are_kept() {
        let trial = Trial::open();
        for place in 0..3 {
            trial.register(&format!("Nguyen{}", ["a", "b", "c"][place]), &["Linh"], &format!("199{place}-01-01"));
        }
        let ask = |limit: i64| json!({ "query": "Linh", "limit": limit, "visit": "one" });
        assert_eq!(trial.done("patients.search", ask(2))["rows"].as_array().map(Vec::len), Some(2));
        assert_eq!(trial.noted("patients.search").len(), 2);
        assert_eq!(trial.done("patients.search", ask(50))["rows"].as_array().map(Vec::len), Some(3));
        assert_eq!(trial.noted("patients.search").len(), 1);
        for limit in [0, 51, 1000] {
            assert_eq!(trial.refused("patients.search", ask(limit)), (LIMIT.code.to_owned(), "limit".to_owned()));
        }
    }

    #[test]
    fn the_index_follows_every_change() {
        let trial = Trial::open();
        assert!(found(&trial, "Nguyen").is_empty());
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        assert_eq!(found(&trial, "Nguyen"), [patient.as_str()]);
        let corrected =
            with(person("Okafor", &["Linh"], "1990-06-01"), json!({ "patient": patient, "expected_version": 1 }));
        trial.done("patients.correct", corrected);
        assert!(found(&trial, "Nguyen").is_empty());
        assert_eq!(found(&trial, "Okafor"), [patient.as_str()]);
        // Another session builds its own index from the store.
        trial.enter("later", &[keepwell_kernel::Role::Owner]);
        assert_eq!(found(&trial, "Okafor"), [patient.as_str()]);
        assert_eq!(trial.done("patients.search", json!({ "query": "", "limit": 5 }))["rows"], Value::Array(Vec::new()));
    }
}
