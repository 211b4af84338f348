//! Taking a patient in from another system: twice the same makes no second patient, and nothing that was written here
//! is lost to what comes from there.

use crate::check::{self, Leave};
use crate::demographics::Demographics;
use crate::links::put_link;
use crate::mark_deceased;
use crate::patient::{Deceased, Patient, keep, take_up};
use crate::people::alike_before;
use crate::record_number;
use crate::table::{BY_EXTERNAL_ID, external_key};
use keepwell_kernel::{Code, Error, PatientId, Refusal};
use keepwell_log::door::WriteCx;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};

/// The longest part of an id elsewhere, in characters.
const LONGEST: usize = 500;

/// There is no id to know the patient again by.
pub const EXTERNAL_ID: Code = Code::new(
    "patients.external_id",
    "This patient has no usable id in the other system, so it could not be known again. Add one in the file.",
);

/// What a patient is called in another system.
#[derive(Clone, PartialEq, Eq)]
pub struct ExternalId {
    /// The system, as a URI or a name.
    pub system: String,
    /// The id there.
    pub value: String,
}

/// A link from a record elsewhere to the patient here, with what was last taken in from there.
#[derive(Clone, Serialize, Deserialize)]
pub struct ImportLink {
    /// The id of the link.
    pub id: [u8; 16],
    /// The system.
    pub system: String,
    /// The id there.
    pub value: String,
    /// The patient here.
    pub patient: PatientId,
    /// What the other system said last.
    pub taken: Demographics,
    /// What the other system said last about a death.
    pub deceased: Option<Deceased>,
}

/// What taking in came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taking {
    /// A new patient.
    Created,
    /// A new version of a known one.
    Updated,
    /// Nothing was different.
    Unchanged,
}

/// A patient who was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenIn {
    /// What it came to.
    pub outcome: Taking,
    /// The patient.
    pub patient: PatientId,
    /// A new patient who looks like somebody known; the record is marked for a look at both.
    pub similar: bool,
}

/// Takes a patient in, in the transaction of the operation that read the file.
///
/// A patient who is new is registered, even beside somebody who looks alike, because nobody is there to be asked. Of a
/// known one only the fields that changed in the other system since last time are taken over, so a correction made here
/// stands until the other system says something new about that field. Nothing is written before everything is checked:
/// after a refusal the caller can go on with the next patient.
///
/// # Errors
/// A refusal at the field's path, and [`Error`].
pub fn take_in(
    cx: &mut WriteCx<'_, '_>,
    source: &ExternalId,
    mut demographics: Demographics,
    deceased: Option<Deceased>,
) -> Result<TakenIn, Error> {
    let mut source = source.clone();
    for part in [&mut source.system, &mut source.value] {
        check::text(part, String::new(), LONGEST).map_err(|_| EXTERNAL_ID)?;
        if part.is_empty() {
            return Err(EXTERNAL_ID.into());
        }
    }
    check::demographics(&mut demographics, cx.today(), Leave::AsWritten)?;
    death(&demographics, deceased, cx)?;
    let key = external_key(cx.key(ImportLink::TABLE)?, &source.system, &source.value);
    match cx.find_one::<ImportLink>(BY_EXTERNAL_ID, &key)? {
        Some(link) => update(cx, link.record, demographics, deceased),
        None => create(cx, source, demographics, deceased),
    }
}

fn death(of: &Demographics, deceased: Option<Deceased>, cx: &WriteCx<'_, '_>) -> Result<(), Refusal> {
    let Some(on) = deceased.and_then(|deceased| deceased.on) else { return Ok(()) };
    if on > cx.today() {
        return Err(mark_deceased::DEATH_IN_FUTURE.at("deceased.on"));
    }
    match of.date_of_birth {
        Some(born) if on < born => Err(mark_deceased::DEATH_BEFORE_BIRTH.at("deceased.on")),
        _ => Ok(()),
    }
}

fn create(
    cx: &mut WriteCx<'_, '_>,
    source: ExternalId,
    taken: Demographics,
    deceased: Option<Deceased>,
) -> Result<TakenIn, Error> {
    // Who looks alike is not read: it is a mark for later, and shows nobody to anybody.
    let similar = !alike_before(cx, &taken)?.is_empty();
    let mut patient = Patient::new(record_number::draw(cx)?, taken.clone(), cx.now());
    (patient.deceased, patient.similar) = (deceased, similar);
    keep(cx, &patient)?;
    let id = *PatientId::make().bytes();
    let ExternalId { system, value } = source;
    put_link(cx, &ImportLink { id, system, value, patient: patient.id, taken, deceased })?;
    Ok(TakenIn { outcome: Taking::Created, patient: patient.id, similar })
}

fn update(
    cx: &mut WriteCx<'_, '_>,
    mut link: ImportLink,
    taken: Demographics,
    deceased: Option<Deceased>,
) -> Result<TakenIn, Error> {
    let answer = |outcome| TakenIn { outcome, patient: link.patient, similar: false };
    if link.taken == taken && link.deceased == deceased {
        return Ok(answer(Taking::Unchanged));
    }
    let before = take_up(cx, link.patient, "patient")?.record;
    let mut patient = before.clone();
    take_over(&mut patient.demographics, &link.taken, &taken);
    if link.deceased != deceased {
        patient.deceased = deceased;
    }
    let outcome = if patient == before { Taking::Unchanged } else { Taking::Updated };
    let answer = answer(outcome);
    if outcome == Taking::Updated {
        keep(cx, &patient)?;
    }
    (link.taken, link.deceased) = (taken, deceased);
    cx.put(&link)?;
    Ok(answer)
}

/// Takes over the fields in which the other system now says something else than last time.
fn take_over(here: &mut Demographics, last: &Demographics, now: &Demographics) {
    macro_rules! fields {
        ($($field:ident)+) => {$(
            if last.$field != now.$field {
                here.$field.clone_from(&now.$field);
            }
        )+};
    }
    fields! {
        name other_names date_of_birth administrative_sex gender_identity pronouns addresses channels
        confidential_communication language emergency_contacts guarantor insurance flags ehr_link
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{Trial, person, whole_person, with};
    use keepwell_kernel::{Operation, Permission, Purpose};
    use keepwell_log::door::{Command, Entry};
    use serde_json::{Value, json};
    use ts_rs::TS;

    /// Takes one patient in, as an import does.
    #[derive(Deserialize, TS)]
    struct TrialTakeIn {
        system: String,
        value: String,
        #[ts(type = "unknown")]
        demographics: Demographics,
        #[ts(type = "unknown")]
        deceased: Option<Deceased>,
    }

    impl Operation for TrialTakeIn {
        const NAME: &'static str = "trial.take_in";
        const PERMISSION: Permission = Permission::Import;
        const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
        type Output = Vec<String>;
    }

    impl Command for TrialTakeIn {
        fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Vec<String>, Error> {
            let source = ExternalId { system: self.system, value: self.value };
            let taken = take_in(cx, &source, self.demographics, self.deceased)?;
            Ok(vec![format!("{:?}", taken.outcome), taken.patient.to_string(), taken.similar.to_string()])
        }
    }

    fn trial() -> Trial {
        Trial::open_with(&[Entry::command::<TrialTakeIn>()])
    }

    fn brought(id: &str, demographics: Value) -> Value {
        json!({ "system": "https://synthea.example", "value": id, "demographics": demographics, "deceased": null })
    }

    fn take(trial: &Trial, input: Value) -> (String, String, bool) {
        let answer = trial.done("trial.take_in", input);
        let text = |place: usize| answer[place].as_str().unwrap().to_owned();
        (text(0), text(1), text(2) == "true")
    }

    #[test]
    fn the_same_twice_makes_no_second_patient_and_no_version() {
        let trial = trial();
        let (outcome, patient, similar) = take(&trial, brought("1", whole_person()));
        assert_eq!((outcome.as_str(), similar), ("Created", false));
        assert_eq!(take(&trial, brought("1", whole_person())), ("Unchanged".to_owned(), patient.clone(), false));
        let chart = trial.done("patients.chart", json!({ "patient": patient }));
        assert_eq!(
            (&chart["version"], &chart["demographics"]["channels"][0]["value"]),
            (&json!(1), &json!("+13125550142"))
        );
        // The same person under another id is somebody to look at, not somebody to lose.
        let (outcome, other, similar) = take(&trial, brought("2", whole_person()));
        assert_eq!((outcome.as_str(), similar), ("Created", true));
        assert_ne!(other, patient);
        let rows = trial.done("patients.search", json!({ "query": "Halloran", "limit": 9 }))["rows"].clone();
        assert_eq!(rows.as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn a_correction_made_here_stands_until_the_other_system_says_something_new() {
        let trial = trial();
        let there = with(person("Nguyen", &["Linh"], "1990-06-01"), json!({ "language": "vi" }));
        let (_, patient, _) = take(&trial, brought("1", there.clone()));
        let here = with(
            person("Nguyen", &["Linh", "Mai"], "1990-06-01"),
            json!({ "language": "vi", "pronouns": "she/her", "patient": patient, "expected_version": 1 }),
        );
        trial.done("patients.correct", here);
        assert_eq!(take(&trial, brought("1", there.clone())).0, "Unchanged");
        let moved = with(there, json!({ "language": "en" }));
        assert_eq!(take(&trial, brought("1", moved.clone())).0, "Updated");
        assert_eq!(take(&trial, brought("1", moved.clone())).0, "Unchanged");
        let known = trial.done("patients.chart", json!({ "patient": patient }))["demographics"].clone();
        assert_eq!((&known["language"], &known["pronouns"]), (&json!("en"), &json!("she/her")));
        assert_eq!(known["name"]["given"], json!(["Linh", "Mai"]));
        let died = with(brought("1", moved), json!({ "deceased": { "on": "2026-01-01" } }));
        assert_eq!(take(&trial, died).0, "Updated");
        let chart = trial.done("patients.chart", json!({ "patient": patient }));
        assert_eq!((&chart["deceased"]["on"], &chart["version"]), (&json!("2026-01-01"), &json!(4)));
    }

    #[test]
    fn contacts_without_shape_are_kept_as_written_and_the_rest_is_checked() {
        let trial = trial();
        let phone = json!([{ "kind": "phone", "use": "home", "value": " 555-162-8888 ", "consent": false,
            "voicemail_allowed": false, "preferred": false }]);
        let odd = with(person("Nguyen", &["Linh"], "1990-06-01"), json!({ "channels": phone }));
        let (_, patient, _) = take(&trial, brought("1", odd));
        let known = trial.done("patients.chart", json!({ "patient": patient }))["demographics"].clone();
        assert_eq!(known["channels"][0]["value"], "555-162-8888");
        // Another field can be corrected without mending the number; another bad number is refused.
        let corrected = with(known.clone(), json!({ "patient": patient, "expected_version": 1, "language": "vi" }));
        trial.done("patients.correct", corrected.clone());
        let mut worse = with(corrected, json!({ "expected_version": 2 }));
        worse["channels"][0]["value"] = json!("555-162-8889");
        assert_eq!(trial.refused("patients.correct", worse).1, "channels.0.value");
        for (input, code, field) in [
            (brought("3", person(" ", &["Linh"], "")), "patients.bad_name", "name.family"),
            (brought("3", person("Nguyen", &["Linh"], "2030-01-01")), "patients.birth_in_future", "date_of_birth"),
            (brought(" ", person("Nguyen", &["Linh"], "")), "patients.external_id", ""),
            (
                with(
                    brought("3", person("Nguyen", &["Linh"], "1990-06-01")),
                    json!({ "deceased": { "on": "1989-01-01" } }),
                ),
                "patients.death_before_birth",
                "deceased.on",
            ),
        ] {
            assert_eq!(trial.refused("trial.take_in", input), (code.to_owned(), field.to_owned()));
        }
    }
}
