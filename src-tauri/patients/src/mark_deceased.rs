//! `patients.mark_deceased`: somebody has died.

use crate::check;
use crate::patient::{Deceased, keep, take_up};
use keepwell_kernel::{Code, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// A death in the future.
pub const DEATH_IN_FUTURE: Code = Code::new(
    "patients.death_in_future",
    "This date is in the future. Check it, or leave it empty if it is not known.",
);
/// A death before the birth.
pub const DEATH_BEFORE_BIRTH: Code = Code::new(
    "patients.death_before_birth",
    "This date is before the date of birth. Check both, or leave it empty if it is not known.",
);

/// Marks a patient as deceased.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MarkDeceased {
    /// The patient.
    pub patient: PatientId,
    /// The date of death (`YYYY-MM-DD`), null where it is not known.
    #[serde(deserialize_with = "crate::demographics::stated")]
    pub on: Option<String>,
}

impl Operation for MarkDeceased {
    const NAME: &'static str = "patients.mark_deceased";
    const PERMISSION: Permission = Permission::ChartNote;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Treatment, Purpose::Operations, Purpose::PatientRequest, Purpose::PublicHealth, Purpose::Legal];
    type Output = ();
}

impl Command for MarkDeceased {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let on = check::civil_date(self.on.as_deref(), "on")?;
        let mut patient = take_up(cx, self.patient, "patient")?.record;
        if on.is_some_and(|on| on > cx.today()) {
            return Err(DEATH_IN_FUTURE.at("on").into());
        }
        if on.zip(patient.demographics.date_of_birth).is_some_and(|(on, born)| on < born) {
            return Err(DEATH_BEFORE_BIRTH.at("on").into());
        }
        patient.deceased = Some(Deceased { on });
        keep(cx, &patient)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use keepwell_kernel::{Error, Role};
    use serde_json::json;

    #[test]
    fn a_death_is_noted_once_its_date_can_be() {
        let trial = Trial::open();
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        for (on, code) in [
            ("2026-03-10", "patients.death_in_future"),
            ("1990-05-31", "patients.death_before_birth"),
            ("2025-02-29", "patients.date_impossible"),
        ] {
            let refused = trial.refused("patients.mark_deceased", json!({ "patient": patient, "on": on }));
            assert_eq!(refused, (code.to_owned(), "on".to_owned()));
        }
        for (on, age) in [(json!("2020-05-31"), json!("29 years")), (json!(null), json!(null))] {
            trial.done("patients.mark_deceased", json!({ "patient": patient, "on": on }));
            let chart = trial.done("patients.chart", json!({ "patient": patient }));
            assert_eq!((&chart["deceased"]["on"], &chart["age"]), (&on, &age));
            assert!(chart["deceased"].is_object());
        }
        assert_eq!(trial.done("patients.front_desk_card", json!({ "patient": patient }))["deceased"], true);
        let rows = trial.done("patients.search", json!({ "query": "Nguyen", "limit": 1 }))["rows"].clone();
        assert_eq!(rows[0]["deceased"], true);
        trial.enter("desk", &[Role::Receptionist]);
        let answer = trial.call("patients.mark_deceased", json!({ "patient": patient, "on": null }), None);
        assert_eq!(answer, Err(Error::Denied));
    }
}
