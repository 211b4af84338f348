//! `patients.correct`: other fields for the same person; the version before stays.

use crate::check::{self, Leave};
use crate::demographics::{demographic_request, demographics_of};
use crate::patient::{keep, take_up};
use keepwell_kernel::{Code, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Serialize;
use ts_rs::TS;

/// Somebody saved in between.
pub const STALE: Code =
    Code::new("patients.stale", "Somebody changed this record meanwhile. Look at the newest version, then save again.");
/// The record was merged.
pub const MERGED_AWAY: Code = Code::new(
    "patients.merged_away",
    "This record was merged into another one. Correct that one, or undo the merge first.",
);

demographic_request! {
    /// Corrects a patient: every field is given anew, and what is left out is removed.
    pub struct Correct(String) {
        /// The patient.
        pub patient: PatientId,
        /// The version that the person has before them.
        #[ts(type = "number")]
        pub expected_version: u64,
    }
}

/// A patient who was corrected.
#[derive(Serialize, TS)]
pub struct Corrected {
    /// The newest version; the one before when nothing was different.
    #[ts(type = "number")]
    pub version: u64,
}

impl Operation for Correct {
    const NAME: &'static str = "patients.correct";
    const PERMISSION: Permission = Permission::DemographicsWrite;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Treatment, Purpose::Operations, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Corrected;
}

impl Command for Correct {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Corrected, Error> {
        let stored = take_up(cx, self.patient, "patient")?;
        if stored.version != self.expected_version {
            return Err(STALE.at("expected_version").into());
        }
        let mut patient = stored.record;
        if patient.merged_into.is_some() {
            return Err(MERGED_AWAY.at("patient").into());
        }
        let mut demographics = demographics_of!(&self);
        check::demographics(&mut demographics, cx.today(), Leave::AsBefore(&patient.demographics))?;
        if demographics == patient.demographics {
            return Ok(Corrected { version: stored.version });
        }
        patient.demographics = demographics;
        Ok(Corrected { version: keep(cx, &patient)? })
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::{Trial, person, whole_person, with};
    use serde_json::json;

    #[test]
    fn a_version_that_was_not_seen_is_never_saved_over() {
        let trial = Trial::open();
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        let save = |family: &str, version: u64| {
            with(person(family, &["Linh"], "1990-06-01"), json!({ "patient": patient, "expected_version": version }))
        };
        assert_eq!(trial.done("patients.correct", save("Okafor", 1)), json!({ "version": 2 }));
        for stale in [0, 1, 3] {
            let refused = trial.refused("patients.correct", save("Lopez", stale));
            assert_eq!(refused, ("patients.stale".to_owned(), "expected_version".to_owned()));
        }
        // The same again makes no version.
        assert_eq!(trial.done("patients.correct", save("Okafor", 2)), json!({ "version": 2 }));
        let chart = trial.done("patients.chart", json!({ "patient": patient }));
        assert_eq!((&chart["version"], &chart["display_name"]), (&json!(2), &json!("Okafor, Linh")));
        let bad = with(save("Okafor", 2), json!({ "date_of_birth": "2030-01-01" }));
        assert_eq!(trial.refused("patients.correct", bad).1, "date_of_birth");
    }

    #[test]
    fn what_is_left_out_is_removed_and_stays_in_the_version_before() {
        let trial = Trial::open();
        let patient = trial.done("patients.register", whole_person())["patient"].clone();
        let bare =
            with(person("Hallorán", &["Grace"], "1961-04-02"), json!({ "patient": patient, "expected_version": 1 }));
        trial.done("patients.correct", bare);
        let shown = |version: u64| trial.done("patients.chart", json!({ "patient": patient, "version": version }));
        assert_eq!(shown(2)["demographics"]["channels"], json!([]));
        assert_eq!(shown(1)["demographics"]["channels"].as_array().map(Vec::len), Some(2));
        let rows = trial.done("patients.versions", json!({ "patient": patient }))["rows"].clone();
        let changed = rows[0]["changed"].as_array().unwrap();
        for field in ["name", "channels", "insurance", "guarantor", "flags"] {
            assert!(changed.contains(&json!(field)), "{field}");
        }
        assert!(!changed.contains(&json!("date_of_birth")));
    }
}
