//! `patients.chart`: the head of a chart, now or as it stood.

use crate::patient::{Patient, UNKNOWN, look_at};
use crate::people::People;
use crate::views::ChartHeader;
use keepwell_kernel::{Code, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::{Record as _, Stored};
use serde::Deserialize;
use ts_rs::TS;

/// There is no such version.
pub const UNKNOWN_VERSION: Code =
    Code::new("patients.unknown_version", "There is no such version. Choose one from the list.");
/// More look-alikes than this are not counted.
const MOST_SIMILAR: usize = 50;

/// Opens a chart.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "OpenChart")]
pub struct Chart {
    /// The patient.
    pub patient: PatientId,
    /// The version to show; the newest when none is named.
    #[serde(default)]
    #[ts(optional = nullable, type = "number")]
    pub version: Option<u64>,
}

impl Operation for Chart {
    const NAME: &'static str = "patients.chart";
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
    type Output = ChartHeader;
}

impl Query for Chart {
    fn run(self, cx: &ReadCx<'_>) -> Result<ChartHeader, Error> {
        let (shown, current) = self.version_shown(cx)?;
        let id = self.patient.uuid();
        let similar = cx.resident::<People, _>(|people| people.index.similar_people(id, MOST_SIMILAR).len())?;
        Ok(ChartHeader::of(shown, current, (cx.today(), cx.zone()), similar))
    }
}

impl Chart {
    /// Returns the version that is asked for and the number of the newest.
    fn version_shown(&self, cx: &ReadCx<'_>) -> Result<(Stored<Patient>, u64), Error> {
        let Some(version) = self.version else {
            let newest = look_at(cx, self.patient)?;
            let current = newest.version;
            return Ok((newest, current));
        };
        let row = cx.key(Patient::TABLE)?.id(self.patient.bytes()).done();
        let versions = cx.versions::<Patient>(&row)?;
        let current = versions.first().map(|newest| newest.version).ok_or_else(|| UNKNOWN.at("patient"))?;
        let shown = versions.into_iter().find(|one| one.version == version);
        Ok((shown.ok_or_else(|| UNKNOWN_VERSION.at("version"))?, current))
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::{Trial, person, with};
    use chrono::Duration;
    use serde_json::json;

    #[test]
    fn a_chart_is_shown_as_it_stood() {
        let trial = Trial::open();
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        trial.clock.advance(Duration::hours(1));
        let corrected =
            with(person("Okafor", &["Linh"], "1990-06-02"), json!({ "patient": patient, "expected_version": 1 }));
        assert_eq!(trial.done("patients.correct", corrected), json!({ "version": 2 }));
        for (version, family, born, at) in [
            (json!(null), "Okafor", "1990-06-02", "2026-03-09T13:00:00.000+00:00"),
            (json!(2), "Okafor", "1990-06-02", "2026-03-09T13:00:00.000+00:00"),
            (json!(1), "Nguyen", "1990-06-01", "2026-03-09T12:00:00.000+00:00"),
        ] {
            let chart = trial.done("patients.chart", json!({ "patient": patient, "version": version }));
            assert_eq!(chart["demographics"]["name"]["family"], family);
            assert_eq!(chart["demographics"]["date_of_birth"], born);
            assert_eq!(chart["as_of"], at);
            assert_eq!(chart["current_version"], 2);
            assert_eq!(chart["registered_at"], "2026-03-09T12:00:00.000+00:00");
            assert_eq!(trial.noted("patients.chart"), [patient.as_str()]);
        }
        for (input, code, field) in [
            (json!({ "patient": patient, "version": 3 }), "patients.unknown_version", "version"),
            (json!({ "patient": patient, "version": 0 }), "patients.unknown_version", "version"),
            (json!({ "patient": keepwell_kernel::PatientId::make() }), "patients.unknown", "patient"),
            (json!({ "patient": keepwell_kernel::PatientId::make(), "version": 1 }), "patients.unknown", "patient"),
            (json!({ "patient": "x" }), "door.malformed", "patient"),
        ] {
            assert_eq!(trial.refused("patients.chart", input), (code.to_owned(), field.to_owned()));
        }
    }

    #[test]
    fn look_alikes_are_counted() {
        let trial = Trial::open();
        let one = trial.register("Garcia", &["Maria"], "1990-06-01");
        let chart = |patient: &str| trial.done("patients.chart", json!({ "patient": patient }));
        assert_eq!(chart(&one)["similar_patients"], 0);
        trial.register("Garcia", &["Marie"], "1955-12-24");
        assert_eq!(chart(&one)["similar_patients"], 1);
    }
}
