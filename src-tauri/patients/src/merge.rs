//! A merge: a link from one record to the one that stays. Nothing is moved, so nothing can be lost by it.

use crate::patient::Patient;
use keepwell_kernel::{Code, Error, Instant, MergeId, PatientId, Refusal, StaffId};
use keepwell_log::door::WriteCx;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// There is no such merge.
pub const UNKNOWN_MERGE: Code =
    Code::new("patients.unknown_merge", "This merge was not found. Look at the list again.");
/// One of the records is merged already.
pub const ALREADY_MERGED: Code = Code::new(
    "patients.already_merged",
    "This record was merged into another one already. Open that one, or undo its merge first.",
);
/// The records carry different restrictions.
pub const RESTRICTIONS_DIFFER: Code = Code::new(
    "patients.restrictions_differ",
    "The two records carry different restrictions. Note the missing ones on both, then merge.",
);

/// How far a merge has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MergeState {
    /// Waits for a second person.
    Proposed,
    /// In force.
    Confirmed,
    /// Taken back, before or after it was confirmed.
    Undone,
}

/// A merge, as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub struct Merge {
    /// The id.
    pub id: MergeId,
    /// The record that closes.
    pub from: PatientId,
    /// The record that stays.
    pub into: PatientId,
    /// How the proposer knows that they are one person.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: StaffId,
    /// When.
    pub proposed_at: Instant,
    /// How far it has come.
    pub state: MergeState,
}

/// Takes up a merge for a change.
///
/// # Errors
/// [`UNKNOWN_MERGE`] at `merge`.
pub(crate) fn take_up_merge(cx: &WriteCx<'_, '_>, merge: MergeId) -> Result<Merge, Error> {
    let row = cx.key(Merge::TABLE)?.id(merge.bytes()).done();
    Ok(cx.get::<Merge>(&row)?.ok_or_else(|| UNKNOWN_MERGE.at("merge"))?.record)
}

/// Says whether two records can be one: neither is closed already, and what may not be shared is the same, or a merge
/// would open what one record keeps back.
///
/// # Errors
/// [`ALREADY_MERGED`] at the field, [`RESTRICTIONS_DIFFER`].
pub(crate) fn can_merge(from: &Patient, into: &Patient) -> Result<(), Refusal> {
    for (patient, field) in [(from, "from"), (into, "into")] {
        if patient.merged_into.is_some() {
            return Err(ALREADY_MERGED.at(field));
        }
    }
    let restrictions = |of: &Patient| of.restrictions.iter().map(|one| one.text.clone()).collect::<BTreeSet<_>>();
    if restrictions(from) == restrictions(into) { Ok(()) } else { Err(RESTRICTIONS_DIFFER.refusal()) }
}

#[cfg(test)]
mod tests {
    use crate::trial::{Trial, person, with};
    use keepwell_kernel::{MergeId, PatientId, Role, StaffId};
    use serde_json::{Value, json};

    struct Two {
        trial: Trial,
        first: StaffId,
        from: String,
        into: String,
    }

    fn two_records() -> Two {
        let trial = Trial::open();
        let from = trial.register("Nguyen", &["Linh"], "1990-06-01");
        let into = trial.register("Okafor", &["Linh"], "1955-12-24");
        let first = trial.enter("first", &[Role::Physician]);
        Two { trial, first, from, into }
    }

    impl Two {
        fn propose(&self) -> Value {
            let input = json!({ "from": self.from, "into": self.into });
            self.trial.call("patients.propose_merge", input, Some("Same insurance card")).unwrap()
        }

        fn chart(&self, patient: &str) -> Value {
            self.trial.done("patients.chart", json!({ "patient": patient }))
        }

        fn found(&self) -> Vec<Value> {
            let rows = self.trial.done("patients.search", json!({ "query": "Linh", "limit": 9 }))["rows"].clone();
            rows.as_array().unwrap().iter().map(|row| row["patient"].clone()).collect()
        }
    }

    #[test]
    fn two_people_merge_nothing_is_lost_and_it_can_be_undone() {
        let two = two_records();
        let trial = &two.trial;
        let merge = two.propose();
        assert_eq!(trial.refused("patients.confirm_merge", merge.clone()).0, "patients.second_person");
        assert_eq!(two.found().len(), 2);
        trial.enter("second", &[Role::Nurse, Role::PrivacyOfficer]);
        trial.done("patients.confirm_merge", merge.clone());
        assert_eq!(trial.refused("patients.confirm_merge", merge.clone()).0, "patients.not_proposed");
        assert_eq!(two.found(), [json!(two.into)]);
        assert_eq!(two.chart(&two.from)["merged_into"], json!(two.into));
        assert_eq!(two.chart(&two.from)["display_name"], "Nguyen, Linh");
        assert_eq!(two.chart(&two.into)["merged_from"], json!([two.from]));
        let corrected =
            with(person("Lopez", &["Linh"], "1990-06-01"), json!({ "patient": two.from, "expected_version": 2 }));
        assert_eq!(trial.refused("patients.correct", corrected).0, "patients.merged_away");
        let row = trial.done("patients.merges", json!({}))["rows"][0].clone();
        assert_eq!((&row["state"], &row["reason"]), (&json!("confirmed"), &json!("Same insurance card")));
        assert_eq!((&row["from_name"], &row["into_name"]), (&json!("Nguyen, Linh"), &json!("Okafor, Linh")));
        assert_eq!(row["proposed_by"], "Name of first");
        let noted = trial.noted("patients.merges");
        assert!(noted.contains(&two.from) && noted.contains(&two.into) && noted.len() == 2);
        trial.done("patients.unmerge", merge.clone());
        assert_eq!(trial.refused("patients.unmerge", merge).0, "patients.already_undone");
        assert_eq!(two.found().len(), 2);
        assert_eq!(two.chart(&two.from)["merged_into"], json!(null));
        assert_eq!(two.chart(&two.into)["merged_from"], json!([]));
        assert_eq!(trial.done("patients.merges", json!({}))["rows"][0]["state"], "undone");
    }

    #[test]
    fn a_proposal_can_be_withdrawn_and_made_again() {
        let two = two_records();
        let merge = two.propose();
        let again = json!({ "from": two.from, "into": two.into });
        assert_eq!(two.trial.refused("patients.propose_merge", again).0, "patients.already_proposed");
        two.trial.done("patients.unmerge", merge);
        two.propose();
        let rows = two.trial.done("patients.merges", json!({}))["rows"].clone();
        assert_eq!(rows.as_array().map(Vec::len), Some(2));
        assert_eq!((&rows[0]["state"], &rows[1]["state"]), (&json!("proposed"), &json!("undone")));
    }

    #[test]
    fn what_cannot_be_merged_is_refused() {
        let two = two_records();
        let trial = &two.trial;
        let nobody = PatientId::make().to_string();
        for (from, into, code, field) in [
            (&two.from, &two.from, "patients.same_record", "into"),
            (&nobody, &two.into, "patients.unknown", "from"),
            (&two.from, &nobody, "patients.unknown", "into"),
        ] {
            let refused = trial.refused("patients.propose_merge", json!({ "from": from, "into": into }));
            assert_eq!(refused, (code.to_owned(), field.to_owned()));
        }
        let unknown = json!({ "merge": MergeId::make() });
        for operation in ["patients.confirm_merge", "patients.unmerge"] {
            assert_eq!(trial.refused(operation, unknown.clone()).0, "patients.unknown_merge");
        }
        let merge = two.propose();
        trial.done("patients.note_restriction", json!({ "patient": two.from, "text": "Nothing to the employer" }));
        trial.enter("second", &[Role::Nurse]);
        assert_eq!(trial.refused("patients.confirm_merge", merge.clone()).0, "patients.restrictions_differ");
        trial.done("patients.note_restriction", json!({ "patient": two.into, "text": "Nothing to the employer" }));
        trial.done("patients.confirm_merge", merge);
        trial.enter_again("first", two.first);
        for (from, into, field) in [(&two.from, &two.into, "from"), (&two.into, &two.from, "into")] {
            let refused = trial.refused("patients.propose_merge", json!({ "from": from, "into": into }));
            assert_eq!(refused, ("patients.already_merged".to_owned(), field.to_owned()));
        }
    }

    #[test]
    fn merged_records_are_no_candidates_for_duplicates() {
        let two = two_records();
        let merge = two.propose();
        two.trial.enter("second", &[Role::Owner]);
        two.trial.done("patients.confirm_merge", merge);
        let typed = person("Nguyen", &["Linh"], "1990-06-01");
        assert_eq!(two.trial.done("patients.possible_duplicates", typed)["rows"], json!([]));
    }
}
