//! `exchange.deidentify`: a page of people of whom nothing is left that identifies them (45 CFR 164.514(b)(2)).

use super::safe_harbor::{DeidentifiedRow, Removed, row};
use keepwell_kernel::{Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::some_patients;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many people are looked at for one answer; the entry names each of them.
const PAGE: usize = 200;

/// Asks for the next page.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Deidentify {
    /// The last patient of the page before; nothing for the first page.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub after: Option<PatientId>,
}

/// A page.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct DeidentifiedPage {
    /// What stays of each person.
    pub rows: Vec<DeidentifiedRow>,
    /// What was taken away.
    pub removed: Removed,
    /// Where the next page begins; nothing after the last. It stays inside the program.
    pub next: Option<PatientId>,
}

impl Operation for Deidentify {
    const NAME: &'static str = "exchange.deidentify";
    const PERMISSION: Permission = Permission::ExportRecords;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::PublicHealth];
    type Output = DeidentifiedPage;
}

impl Query for Deidentify {
    fn run(self, cx: &ReadCx<'_>) -> Result<DeidentifiedPage, Error> {
        let patients = some_patients(cx, self.after, PAGE)?;
        let mut removed = Removed::default();
        // A record that was merged away is the same person once more.
        let people = patients.iter().filter(|patient| patient.merged_into.is_none());
        let rows = people.map(|patient| row(patient, cx.today(), &mut removed)).collect();
        let next = patients.last().filter(|_| patients.len() == PAGE).map(|patient| patient.id);
        Ok(DeidentifiedPage { rows, removed, next })
    }
}
