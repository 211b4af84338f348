//! `patients.register`: a new patient, unless somebody like this is here already.

use crate::check::{self, Leave};
use crate::demographics::{demographic_request, demographics_of};
use crate::patient::{Patient, keep, take_up};
use crate::people::alike_before;
use crate::record_number;
use keepwell_kernel::{Code, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Serialize;
use ts_rs::TS;

/// Somebody like this is registered already.
pub const POSSIBLE_DUPLICATE: Code = Code::new(
    "patients.possible_duplicate",
    "Somebody like this is registered already. Look at them side by side, then open that record or say why this is somebody else.",
);
const OVERRIDE_LONGEST: usize = 500;

demographic_request! {
    /// Registers a patient.
    pub struct Register(String) {
        /// Why this is somebody else than those who look alike.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub duplicate_override: Option<String>,
    }
}

/// A patient who was registered.
#[derive(Serialize, TS)]
pub struct Registered {
    /// The patient.
    pub patient: PatientId,
    /// The record number.
    pub mrn: String,
}

impl Operation for Register {
    const NAME: &'static str = "patients.register";
    const PERMISSION: Permission = Permission::DemographicsWrite;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Treatment, Purpose::Operations, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Registered;
}

impl Command for Register {
    fn run(mut self, cx: &mut WriteCx<'_, '_>) -> Result<Registered, Error> {
        let mut demographics = demographics_of!(&self);
        check::demographics(&mut demographics, cx.today(), Leave::Nothing)?;
        if let Some(reason) = &mut self.duplicate_override {
            check::text(reason, "duplicate_override".to_owned(), OVERRIDE_LONGEST)?;
        }
        let reason = self.duplicate_override.filter(|reason| !reason.is_empty());
        let alike = alike_before(cx, &demographics)?;
        // Whoever comes into question is named in the entry, whether this ends in a refusal or is overridden.
        for one in &alike {
            take_up(cx, one.patient, "patient")?;
        }
        if !alike.is_empty() && reason.is_none() {
            return Err(POSSIBLE_DUPLICATE.into());
        }
        let mut patient = Patient::new(record_number::draw(cx)?, demographics, cx.now());
        patient.duplicate_override = reason;
        keep(cx, &patient)?;
        Ok(Registered { patient: patient.id, mrn: patient.mrn })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::mrn;
    use crate::trial::{Trial, person, whole_person, with};
    use keepwell_kernel::Role;
    use keepwell_log::door::Entry;
    use serde_json::json;
    use std::collections::HashSet;

    #[test]
    fn the_least_and_the_most_are_registered_and_come_back() {
        let trial = Trial::open();
        let least = trial.done("patients.register", person("Nguyen", &["Linh"], "1990-06-01"));
        let number = least["mrn"].as_str().unwrap();
        assert!(number.starts_with("MRN-2026-") && mrn::parse(number).as_deref() == Ok(number), "{number}");
        let most = trial.done("patients.register", whole_person());
        let chart = trial.done("patients.chart", json!({ "patient": most["patient"] }));
        let known = &chart["demographics"];
        assert_eq!(chart["display_name"], "Hallorán Jr., Grace Ann");
        assert_eq!(chart["preferred_name"], "Gracie");
        assert_eq!(chart["age"], "64 years");
        assert_eq!(known["channels"][0]["value"], "+13125550142");
        assert_eq!(known["channels"][1]["value"], "grace@example.com");
        assert_eq!(known["addresses"][0]["state"], "IL");
        assert_eq!(known["addresses"][0]["postal_code"], "60613-1234");
        assert_eq!(known["addresses"][0]["country"], "US");
        assert_eq!(known["insurance"][0]["group_number"], "789");
        assert_eq!(trial.noted("patients.register"), [most["patient"].as_str().unwrap()]);
    }

    #[test]
    fn a_field_that_cannot_be_kept_is_named() {
        let trial = Trial::open();
        let channel = |kind: &str, value: &str| {
            json!([{ "kind": kind, "use": "home", "value": value, "consent": true, "voicemail_allowed": true,
                     "preferred": true }])
        };
        let home = |state: &str, code: &str, line: &str| {
            json!([{ "use": "home", "lines": [line], "city": "", "state": state, "postal_code": code,
                     "country": "US" }])
        };
        let insured = json!({ "rank": "primary", "provider": "A", "policy_number": "1", "group_number": null });
        for (fields, code, field) in [
            (json!({ "name": { "family": " ", "given": ["A"] } }), "patients.bad_name", "name.family"),
            (json!({ "name": { "family": "A", "given": ["B", "7"] } }), "patients.bad_name", "name.given.1"),
            (json!({ "name": { "family": "A\u{202E}", "given": [] } }), "patients.bad_name", "name.family"),
            (json!({ "date_of_birth": "1990-02-30" }), "patients.date_impossible", "date_of_birth"),
            (json!({ "date_of_birth": "02/03/1990" }), "patients.date_impossible", "date_of_birth"),
            (json!({ "date_of_birth": "1990-2-3" }), "patients.date_impossible", "date_of_birth"),
            (json!({ "date_of_birth": "2026-03-10" }), "patients.birth_in_future", "date_of_birth"),
            (json!({ "date_of_birth": "1876-03-08" }), "patients.birth_too_early", "date_of_birth"),
            (json!({ "channels": channel("phone", "12") }), "patients.bad_phone", "channels.0.value"),
            (json!({ "channels": channel("sms", "555-0142") }), "patients.bad_phone", "channels.0.value"),
            (json!({ "channels": channel("email", "ana") }), "patients.bad_email", "channels.0.value"),
            (json!({ "channels": channel("fax", "312 555 0142") }), "door.malformed", "channels[0].kind"),
            (json!({ "addresses": home("ZZ", "", "1 A St") }), "patients.bad_state", "addresses.0.state"),
            (json!({ "addresses": home("IL", "1", "1 A St") }), "patients.bad_postal_code", "addresses.0.postal_code"),
            (json!({ "addresses": home("", "", " ") }), "patients.address_empty", "addresses.0.lines"),
            (json!({ "insurance": [insured, insured] }), "patients.insurance_rank", "insurance.1.rank"),
            (json!({ "flags": [" "] }), "patients.missing", "flags.0"),
            (json!({ "flags": vec!["x"; 21] }), "patients.too_many", "flags"),
            (json!({ "pronouns": "x".repeat(101) }), "patients.bad_text", "pronouns"),
            (json!({ "ehr_link": "a\u{0}b" }), "patients.bad_text", "ehr_link"),
            (
                json!({ "emergency_contacts": [{ "name": "", "relationship": "", "phone": "3125550142" }] }),
                "patients.missing",
                "emergency_contacts.0.name",
            ),
            (
                json!({ "guarantor": { "name": "A", "relationship": "", "phone": "1", "address": null } }),
                "patients.bad_phone",
                "guarantor.phone",
            ),
            (json!({ "administrative_sex": "X" }), "door.malformed", "administrative_sex"),
            (json!({ "ssn": "078-05-1120" }), "door.malformed", "ssn"),
        ] {
            let input = with(person("Nguyen", &["Linh"], "1990-06-01"), fields.clone());
            assert_eq!(trial.refused("patients.register", input), (code.to_owned(), field.to_owned()), "{fields}");
        }
        let mut without_birth = person("Nguyen", &["Linh"], "1990-06-01");
        without_birth.as_object_mut().unwrap().remove("date_of_birth");
        assert_eq!(trial.refused("patients.register", without_birth).1, "date_of_birth");
        assert_eq!(trial.done("patients.search", json!({ "query": "Nguyen", "limit": 5 }))["rows"], json!([]));
    }

    #[test]
    fn somebody_like_this_is_registered_only_with_a_reason() {
        let trial = Trial::open();
        let known = trial.register("Nguyen", &["Linh"], "1990-06-01");
        let nickname = trial.register("Smith", &["Robert"], "1970-01-02");
        for (again, like) in [
            (person("Nguyen", &["Linh"], "1990-06-01"), &known),
            (person("nguyen", &["LINH"], "1990-06-01"), &known),
            (person("Smith", &["Bob"], "1970-01-02"), &nickname),
            (person("Smith", &["Robert"], "1970-02-01"), &nickname),
        ] {
            for reason in [json!(null), json!("  ")] {
                let input = with(again.clone(), json!({ "duplicate_override": reason }));
                assert_eq!(trial.refused("patients.register", input).0, POSSIBLE_DUPLICATE.code, "{again}");
                assert_eq!(trial.noted("patients.register"), [like.as_str()]);
            }
        }
        let twin = with(person("Nguyen", &["Linh"], "1990-06-01"), json!({ "duplicate_override": "Two cousins" }));
        let other = trial.done("patients.register", twin);
        assert_ne!(other["patient"], known.as_str());
        trial.register("Nguyen", &["Thomas"], "1955-12-24");
    }

    /// Registers many in one transaction, because the engine in memory copies all it holds for each.
    #[derive(serde::Deserialize, TS)]
    struct TrialRegisterMany {
        #[ts(type = "unknown")]
        people: Vec<serde_json::Value>,
    }

    impl Operation for TrialRegisterMany {
        const NAME: &'static str = "trial.register_many";
        const PERMISSION: Permission = Permission::DemographicsWrite;
        const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
        type Output = Vec<Registered>;
    }

    impl Command for TrialRegisterMany {
        fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Vec<Registered>, Error> {
            self.people.into_iter().map(|one| serde_json::from_value::<Register>(one).unwrap().run(cx)).collect()
        }
    }

    /// Returns a surname that sounds like no other.
    fn surname(mut number: u32) -> String {
        let mut name = String::new();
        for _ in 0..4 {
            name.push_str(["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu"][number as usize % 10]);
            number /= 10;
        }
        name
    }

    #[test]
    fn two_thousand_numbers_are_all_different() {
        let trial = Trial::open_with(&[Entry::command::<TrialRegisterMany>()]);
        let mut seen = HashSet::new();
        for hundred in 0..20u32 {
            let many = (0..100).map(|one| person(&surname(hundred * 100 + one), &["Given"], ""));
            // Some of these names are one slip apart; this is about the numbers.
            let many = many.map(|one| with(one, json!({ "duplicate_override": "Made up for a test" })));
            let made = trial.done("trial.register_many", json!({ "people": many.collect::<Vec<_>>() }));
            let numbers = made.as_array().unwrap().iter().map(|one| one["mrn"].as_str().unwrap().to_owned());
            assert!(numbers.into_iter().all(|number| seen.insert(number)), "{hundred}");
        }
        assert_eq!(seen.len(), 2000);
    }

    #[test]
    fn numbers_show_no_year_where_the_practice_wants_none() {
        let trial = Trial::open();
        trial.without_years();
        let made = trial.done("patients.register", person("Nguyen", &["Linh"], "1990-06-01"));
        assert!(made["mrn"].as_str().unwrap().starts_with("MRN-0000-"));
    }

    #[test]
    fn roles_that_see_no_patient_are_turned_away_from_everything() {
        let trial = Trial::open();
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        for role in [Role::ItSupport, Role::Auditor, Role::SecurityOfficer] {
            trial.enter("nobody", &[role]);
            for entry in crate::SURFACE {
                let answer = trial.call(entry.name, json!({ "patient": patient }), None);
                assert_eq!(answer, Err(Error::Denied), "{role:?} {}", entry.name);
            }
        }
    }
}
