//! `patients.versions`: who changed which fields, and when. Names of fields only; what stood in them is in the chart.

use crate::patient::{Patient, UNKNOWN};
use crate::staff;
use crate::views::PatientVersion;
use keepwell_kernel::{Error, Fault, Operation, PatientId, Permission, Purpose, instant_text};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Lists the versions of a patient.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "ListVersions")]
pub struct Versions {
    /// The patient.
    pub patient: PatientId,
}

/// The versions of a patient.
#[derive(Serialize, TS)]
pub struct VersionList {
    /// The newest first.
    pub rows: Vec<PatientVersion>,
}

impl Operation for Versions {
    const NAME: &'static str = "patients.versions";
    const PERMISSION: Permission = Permission::ChartRead;
    const PURPOSES: &'static [Purpose] = &[
        Purpose::Treatment,
        Purpose::Operations,
        Purpose::Payment,
        Purpose::PatientRequest,
        Purpose::Emergency,
        Purpose::PublicHealth,
        Purpose::Legal,
    ];
    type Output = VersionList;
}

impl Query for Versions {
    fn run(self, cx: &ReadCx<'_>) -> Result<VersionList, Error> {
        let row = cx.key(Patient::TABLE)?.id(self.patient.bytes()).done();
        let versions = cx.versions::<Patient>(&row)?;
        if versions.is_empty() {
            return Err(UNKNOWN.at("patient").into());
        }
        let mut rows = Vec::with_capacity(versions.len());
        for (place, stored) in versions.iter().enumerate() {
            let before = versions.get(place + 1).map(|before| &before.record);
            rows.push(PatientVersion {
                version: stored.version,
                at: instant_text(stored.at, cx.zone()),
                by: stored.by.map_or(Ok(String::new()), |staff| staff::display_name(cx, staff))?,
                changed: before.map_or(Ok(Vec::new()), |before| changed(before, &stored.record))?,
            });
        }
        Ok(VersionList { rows })
    }
}

/// Returns the names of the fields that differ, those of the demographics without the word before them.
fn changed(before: &Patient, after: &Patient) -> Result<Vec<String>, Error> {
    let (Value::Object(before), Value::Object(after)) = (fields(before)?, fields(after)?) else {
        return Err(Fault::because("a record that is no map").into());
    };
    let mut names: Vec<String> =
        after.into_iter().filter(|(name, value)| before.get(name) != Some(value)).map(|(name, _)| name).collect();
    names.sort_unstable();
    Ok(names)
}

fn fields(of: &Patient) -> Result<Value, Error> {
    let unreadable = |_| Fault::because("a record cannot be compared");
    let mut fields = serde_json::to_value(of).map_err(unreadable)?;
    let demographics = serde_json::to_value(&of.demographics).map_err(unreadable)?;
    if let (Value::Object(all), Value::Object(inner)) = (&mut fields, demographics) {
        all.remove("demographics");
        all.extend(inner);
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use crate::trial::{Trial, person, with};
    use chrono::Duration;
    use keepwell_kernel::Role;
    use serde_json::json;

    #[test]
    fn versions_name_who_when_and_which_fields_but_no_values() {
        let trial = Trial::open();
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        trial.enter("ito", &[Role::Physician, Role::PrivacyOfficer]);
        trial.clock.advance(Duration::days(1));
        let corrected =
            with(person("Okafor", &["Linh"], "1990-06-02"), json!({ "patient": patient, "expected_version": 1 }));
        trial.done("patients.correct", corrected);
        trial.done("patients.mark_deceased", json!({ "patient": patient, "on": null }));
        let answer = trial.done("patients.versions", json!({ "patient": patient }));
        let at = "2026-03-10T12:00:00.000+00:00";
        let expected = json!({ "rows": [
            { "version": 3, "at": at, "by": "Name of ito", "changed": ["deceased"] },
            { "version": 2, "at": at, "by": "Name of ito", "changed": ["date_of_birth", "name"] },
            { "version": 1, "at": "2026-03-09T12:00:00.000+00:00", "by": "Name of owner", "changed": [] },
        ] });
        assert_eq!(answer, expected);
        assert_eq!(trial.noted("patients.versions"), [patient.as_str()]);
        let nobody = json!({ "patient": keepwell_kernel::PatientId::make() });
        assert_eq!(trial.refused("patients.versions", nobody).0, "patients.unknown");
    }
}
