//! `patients.front_desk_card`: what the front desk needs.

use crate::patient::look_at;
use crate::views::FrontDeskCard;
use keepwell_kernel::{Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use serde::Deserialize;
use ts_rs::TS;

/// Opens the front-desk card.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenFrontDeskCard {
    /// The patient.
    pub patient: PatientId,
}

impl Operation for OpenFrontDeskCard {
    const NAME: &'static str = "patients.front_desk_card";
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
    type Output = FrontDeskCard;
}

impl Query for OpenFrontDeskCard {
    fn run(self, cx: &ReadCx<'_>) -> Result<FrontDeskCard, Error> {
        Ok(FrontDeskCard::of(look_at(cx, self.patient)?, cx.today()))
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::{Trial, whole_person};
    use keepwell_kernel::{Error, Role};
    use serde_json::json;

    #[test]
    fn each_card_holds_what_its_audience_needs_and_nothing_else() {
        let trial = Trial::open();
        let patient = trial.done("patients.register", whole_person())["patient"].clone();
        trial.done("patients.note_restriction", json!({ "patient": patient, "text": "Nothing to the employer" }));
        let keys = |operation: &str| -> Vec<String> {
            let card = trial.done(operation, json!({ "patient": patient }));
            assert!(!card.to_string().contains("employer"), "{operation} shows a restriction");
            let mut keys: Vec<String> = card.as_object().unwrap().keys().cloned().collect();
            // JSON objects have no order, and serde_json keeps the written one where any crate of the build asks it to.
            keys.sort();
            keys
        };
        let desk = [
            "addresses",
            "administrative_sex",
            "age",
            "channels",
            "confidential_communication",
            "date_of_birth",
            "deceased",
            "display_name",
            "emergency_contacts",
            "flags",
            "language",
            "mrn",
            "patient",
            "preferred_name",
            "pronouns",
            "version",
        ];
        assert_eq!(keys("patients.front_desk_card"), desk);
        let billing = [
            "addresses",
            "administrative_sex",
            "date_of_birth",
            "display_name",
            "guarantor",
            "insurance",
            "mrn",
            "patient",
        ];
        assert_eq!(keys("patients.billing_card"), billing);
    }

    #[test]
    fn each_role_opens_its_own_cards() {
        let trial = Trial::open();
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        for (role, open) in [
            (Role::Physician, ["patients.front_desk_card", "patients.chart"].as_slice()),
            (Role::Nurse, &["patients.front_desk_card", "patients.chart"]),
            (Role::Receptionist, &["patients.front_desk_card"]),
            (Role::Biller, &["patients.front_desk_card", "patients.billing_card"]),
            (Role::DepartmentManager, &["patients.front_desk_card"]),
            (Role::PrivacyOfficer, &["patients.front_desk_card"]),
            (Role::ItSupport, &[]),
        ] {
            trial.enter("somebody", &[role]);
            for operation in ["patients.front_desk_card", "patients.billing_card", "patients.chart"] {
                let answer = trial.call(operation, json!({ "patient": patient }), None);
                match open.contains(&operation) {
                    true => assert!(answer.is_ok(), "{role:?} {operation}"),
                    false => assert_eq!(answer, Err(Error::Denied), "{role:?} {operation}"),
                }
            }
        }
    }
}
