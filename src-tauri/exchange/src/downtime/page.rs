//! `exchange.downtime_page`: of a page of patients, what the front desk needs to reach them and to know them apart.

use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::{ChannelKind, Patient, some_patients};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many patients are looked at for one answer; the entry names each of them.
const PAGE: usize = 200;

/// Asks for the next page.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadDowntimePage {
    /// The last patient of the page before; nothing for the first page.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub after: Option<PatientId>,
}

/// A page.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct DowntimePage {
    /// The living, each once.
    pub rows: Vec<DowntimePatient>,
    /// Where the next page begins; nothing after the last.
    pub next: Option<PatientId>,
}

/// A patient as the front desk needs to know one, without anything clinical.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DowntimePatient {
    /// The name, family name first.
    pub name: String,
    /// The medical record number.
    pub mrn: String,
    /// The date of birth.
    #[ts(type = "CivilDate | null")]
    pub date_of_birth: Option<CivilDate>,
    /// How the patient wants to be reached (45 CFR 164.522(b)); where this is said, nothing else is.
    pub confidential: Option<String>,
    /// Numbers, the preferred one first.
    pub phones: Vec<String>,
    /// Whom to call, and who that is.
    pub emergency: Vec<String>,
    /// What the practice marked the patient with.
    pub flags: Vec<String>,
}

impl Operation for ReadDowntimePage {
    const NAME: &'static str = "exchange.downtime_page";
    const PERMISSION: Permission = Permission::ExportRecords;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = DowntimePage;
}

impl Query for ReadDowntimePage {
    fn run(self, cx: &ReadCx<'_>) -> Result<DowntimePage, Error> {
        let patients = some_patients(cx, self.after, PAGE)?;
        // A record that was merged away is the same person once more.
        let people = patients.iter().filter(|patient| patient.merged_into.is_none() && patient.deceased.is_none());
        let rows = people.map(row).collect();
        let next = patients.last().filter(|_| patients.len() == PAGE).map(|patient| patient.id);
        Ok(DowntimePage { rows, next })
    }
}

fn row(patient: &Patient) -> DowntimePatient {
    let known = &patient.demographics;
    let mut phones: Vec<_> = known.channels.iter().filter(|channel| channel.kind == ChannelKind::Phone).collect();
    phones.sort_by_key(|channel| !channel.preferred);
    let confidential = known.confidential_communication.clone();
    // Whoever asked to be reached one way only is not listed with the others.
    let phones = phones.iter().filter(|_| confidential.is_none()).map(|channel| channel.value.clone()).collect();
    let emergency = known.emergency_contacts.iter();
    DowntimePatient {
        name: known.listed_name(),
        mrn: patient.mrn.clone(),
        date_of_birth: known.date_of_birth,
        confidential,
        phones,
        emergency: emergency.map(|one| format!("{} ({}) {}", one.name, one.relationship, one.phone)).collect(),
        flags: known.flags.clone(),
    }
}
