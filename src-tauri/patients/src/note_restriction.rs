//! `patients.note_restriction`: what the patient asked not to be shared.

use crate::check;
use crate::patient::{NotedRestriction, keep, take_up};
use keepwell_kernel::{Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// The longest restriction, in characters.
pub(crate) const RESTRICTION_LONGEST: usize = 1000;
/// The most restrictions of one patient.
pub(crate) const RESTRICTIONS_MOST: usize = 20;

/// Notes a restriction.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteRestriction {
    /// The patient.
    pub patient: PatientId,
    /// What may not be shared, at most 1,000 characters.
    pub text: String,
}

impl Operation for NoteRestriction {
    const NAME: &'static str = "patients.note_restriction";
    const PERMISSION: Permission = Permission::ChartNote;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Treatment, Purpose::PatientRequest, Purpose::Operations, Purpose::Legal];
    type Output = ();
}

impl Command for NoteRestriction {
    fn run(mut self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        check::text(&mut self.text, "text".to_owned(), RESTRICTION_LONGEST)?;
        if self.text.is_empty() {
            return Err(check::MISSING.at("text").into());
        }
        let mut patient = take_up(cx, self.patient, "patient")?.record;
        if patient.restrictions.len() >= RESTRICTIONS_MOST {
            return Err(check::TOO_MANY.at("text").into());
        }
        patient.restrictions.push(NotedRestriction { text: self.text, noted_at: cx.now() });
        keep(cx, &patient)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[test]
    fn restrictions_are_added_and_stand_in_the_chart() {
        let trial = Trial::open();
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        for (text, code) in [
            (String::new(), "patients.missing"),
            ("  ".to_owned(), "patients.missing"),
            ("x".repeat(1001), "patients.bad_text"),
        ] {
            let refused = trial.refused("patients.note_restriction", json!({ "patient": patient, "text": text }));
            assert_eq!(refused, (code.to_owned(), "text".to_owned()));
        }
        for text in ["Nothing to the employer", "No message to the husband"] {
            trial.done("patients.note_restriction", json!({ "patient": patient, "text": text }));
        }
        let at = "2026-03-09T12:00:00.000+00:00";
        let expected = json!([
            { "text": "Nothing to the employer", "noted_at": at },
            { "text": "No message to the husband", "noted_at": at },
        ]);
        assert_eq!(trial.done("patients.chart", json!({ "patient": patient }))["restrictions"], expected);
    }
}
