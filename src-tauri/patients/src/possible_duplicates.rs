//! `patients.possible_duplicates`: who is likely the person that is being typed in, side by side.

use crate::demographics::{demographic_request, demographics_of};
use crate::likeness::SAME;
use crate::patient::look_at;
use crate::people::{Alike, alike_now};
use crate::views::{PossibleDuplicate, Verdict};
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use serde::Serialize;
use ts_rs::TS;

/// More are not shown; who finds twenty should look at the spelling first.
const ROWS_MAX: usize = 20;

demographic_request! {
    /// Asks who is likely this person.
    pub struct PossibleDuplicates(String) {}
}

/// Who is likely this person.
#[derive(Serialize, TS)]
pub struct LikelyPatients {
    /// The likeliest first.
    pub rows: Vec<PossibleDuplicate>,
}

impl Operation for PossibleDuplicates {
    const NAME: &'static str = "patients.possible_duplicates";
    const PERMISSION: Permission = Permission::DemographicsRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Treatment, Purpose::Payment, Purpose::Operations, Purpose::PatientRequest, Purpose::Emergency];
    type Output = LikelyPatients;
}

impl Query for PossibleDuplicates {
    fn run(self, cx: &ReadCx<'_>) -> Result<LikelyPatients, Error> {
        // Nothing is kept, so what is half typed need not be whole yet; only a date must be one.
        let demographics = demographics_of!(&self);
        let alike = alike_now(cx, &demographics)?;
        let rows = alike.into_iter().take(ROWS_MAX).map(|one| row(cx, one));
        Ok(LikelyPatients { rows: rows.collect::<Result<_, Error>>()? })
    }
}

fn row(cx: &ReadCx<'_>, alike: Alike) -> Result<PossibleDuplicate, Error> {
    let patient = look_at(cx, alike.patient)?.record;
    let known = patient.demographics;
    let likeness = alike.likeness;
    let named = |fields: Vec<&'static str>| fields.into_iter().map(field).map(str::to_owned).collect();
    Ok(PossibleDuplicate {
        patient: patient.id,
        mrn: patient.mrn,
        display_name: known.listed_name(),
        date_of_birth: known.date_of_birth,
        administrative_sex: known.administrative_sex,
        phone_last4: known.phone_last4(),
        verdict: if likeness.score >= SAME { Verdict::Same } else { Verdict::Likely },
        // Cut, not rounded, so that no score is shown that the verdict belies.
        score: (f64::from(likeness.score) * 1000.0).floor() / 1000.0,
        agrees: named(likeness.agrees),
        differs: named(likeness.differs),
    })
}

/// Returns the wire's word for a field that was compared.
fn field(compared: &'static str) -> &'static str {
    match compared {
        "family_name" => "family",
        "given_name" => "given",
        "previous_name" => "other_names",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::{Trial, person};
    use serde_json::json;

    #[test]
    fn the_likely_are_shown_with_what_agrees_and_noted() {
        let trial = Trial::open();
        let known = trial.register("Nguyen", &["Linh"], "1990-06-01");
        trial.register("Okafor", &["Ada"], "1955-12-24");
        for (typed, verdict, differs) in [
            (person("Nguyen", &["Linh"], "1990-06-01"), "same", json!([])),
            (person("Nguyen", &["Linh"], "1990-01-06"), "likely", json!(["date_of_birth"])),
        ] {
            let rows = trial.done("patients.possible_duplicates", typed)["rows"].clone();
            assert_eq!(rows.as_array().map(Vec::len), Some(1));
            assert_eq!((&rows[0]["patient"], &rows[0]["verdict"]), (&json!(known), &json!(verdict)));
            assert_eq!(rows[0]["differs"], differs);
            let score = rows[0]["score"].as_f64().unwrap();
            assert_eq!(score >= 0.95, verdict == "same", "{score}");
            assert!(rows[0]["agrees"].as_array().unwrap().contains(&json!("family")));
            assert_eq!(trial.noted("patients.possible_duplicates"), [known.as_str()]);
        }
        let other = trial.done("patients.possible_duplicates", person("Lopez", &["Ana"], "2001-01-01"));
        assert_eq!(other["rows"], json!([]));
        assert!(trial.noted("patients.possible_duplicates").is_empty());
    }
}
