//! `compliance.disclosures`: a patient's ledger, as the practice sees it.

use crate::disclosure::{Authorization, Basis, Disclosure, Recipient};
use crate::ledger::{all_of, corrected, is_suspended};
use crate::suspension::{Suspension, SuspensionRow};
use crate::table::{DISCLOSURE_OF, SUSPENSION_OF};
use keepwell_kernel::{CivilDate, DisclosureId, Error, Operation, PatientId, Permission, Purpose, instant_text};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for a patient's ledger.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskDisclosures {
    /// The patient.
    pub patient: PatientId,
}

/// A patient's ledger.
#[derive(Debug, Serialize, TS)]
pub struct DisclosureLedger {
    /// The patient's name.
    pub display_name: String,
    /// The record number.
    pub mrn: String,
    /// The date of birth.
    #[ts(type = "CivilDate | null")]
    pub date_of_birth: Option<CivilDate>,
    /// Every row, newest first, corrected ones too.
    pub rows: Vec<DisclosureRow>,
    /// Every suspension, newest first.
    pub suspensions: Vec<SuspensionRow>,
}

/// A row of the ledger.
#[derive(Debug, Serialize, TS)]
pub struct DisclosureRow {
    /// The row.
    pub disclosure: DisclosureId,
    /// The day.
    #[ts(type = "CivilDate")]
    pub disclosed_on: CivilDate,
    /// When the row was written, with the offset in force.
    pub recorded_at: String,
    /// Who received it.
    pub recipient: Recipient,
    /// What was disclosed.
    pub description: String,
    /// Why.
    pub purpose: String,
    /// The legal basis.
    pub basis: Basis,
    /// Its place in 45 CFR.
    pub cite: &'static str,
    /// The authorization it rests on.
    pub authorization: Option<Authorization>,
    /// How whoever asked was verified.
    pub verification: Option<String>,
    /// Where the request is kept.
    pub request_reference: Option<String>,
    /// The user name of whoever released it.
    pub released_by: String,
    /// It belongs into an accounting: by its basis, and because no other row took its place.
    pub accountable: bool,
    /// It is hidden from the patient today.
    pub suspended: bool,
    /// It only takes another row back.
    pub void: bool,
    /// The row that it took the place of.
    pub corrects: Option<DisclosureId>,
    /// The row that took its place.
    pub corrected_by: Option<DisclosureId>,
    /// What was wrong with the row that it took the place of.
    pub correction: Option<String>,
    /// SHA-256 of the file that was handed out, in hex.
    pub file_sha256: Option<String>,
}

impl Operation for AskDisclosures {
    const NAME: &'static str = "compliance.disclosures";
    const PERMISSION: Permission = Permission::DisclosureRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::PatientRequest, Purpose::Legal];
    type Output = DisclosureLedger;
}

impl Query for AskDisclosures {
    fn run(self, cx: &ReadCx<'_>) -> Result<DisclosureLedger, Error> {
        let patient = known(cx, self.patient)?;
        let mut rows = all_of!(cx, Disclosure, DISCLOSURE_OF, patient.records());
        let mut suspensions = all_of!(cx, Suspension, SUSPENSION_OF, patient.records());
        rows.sort_by_key(|row| std::cmp::Reverse((row.disclosed_on, row.id)));
        suspensions.sort_by_key(|one| std::cmp::Reverse((one.stated_on, one.id)));
        let corrected = corrected(&rows);
        let today = cx.today();
        let shown = rows.into_iter().map(|row| DisclosureRow {
            accountable: row.is_accountable() && !corrected.contains_key(&row.id),
            suspended: is_suspended(&row, &suspensions, today),
            corrected_by: corrected.get(&row.id).copied(),
            recorded_at: instant_text(row.recorded_at, cx.zone()),
            cite: row.basis.cite(),
            disclosure: row.id,
            disclosed_on: row.disclosed_on,
            recipient: row.recipient,
            description: row.description,
            purpose: row.purpose,
            basis: row.basis,
            authorization: row.authorization,
            verification: row.verification,
            request_reference: row.request_reference,
            released_by: row.released_by,
            void: row.void,
            corrects: row.corrects,
            correction: row.correction,
            file_sha256: row.file_sha256,
        });
        let rows = shown.collect();
        Ok(DisclosureLedger {
            display_name: patient.listed_name,
            mrn: patient.mrn,
            date_of_birth: patient.date_of_birth,
            rows,
            suspensions: suspensions.into_iter().map(|one| SuspensionRow::of(one, today)).collect(),
        })
    }
}
