//! `exchange.export_records`: everything about a patient, and the disclosure of it, in one transaction.

use super::files::{files, manifest};
use crate::refusals::PLAIN_WITHOUT_REASON;
use base64::Engine as _;
use keepwell_compliance::{DisclosureDetails, record};
use keepwell_kernel::{DisclosureId, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use ts_rs::TS;

/// Takes a patient's records out. What is answered is clear text for whoever is named; the program packs it before it
/// reaches a disk.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportRecords {
    /// The patient.
    pub patient: PatientId,
    /// Who gets them, why, and on what legal basis; it becomes a row of the ledger.
    pub details: DisclosureDetails,
    /// They are sealed with a passphrase before they are written; without one, the call needs a reason.
    pub sealed: bool,
}

/// A patient's records.
#[derive(Serialize, Deserialize, TS)]
pub struct RecordsOut {
    /// The row of the ledger.
    pub disclosure: DisclosureId,
    /// Each file, the manifest last.
    pub files: Vec<RecordFile>,
    /// SHA-256 of the manifest, in hex, as the ledger keeps it. The manifest has that of every other file.
    pub sha256: String,
}

/// A file of the records.
#[derive(Serialize, Deserialize, TS)]
pub struct RecordFile {
    /// Its name.
    pub name: String,
    /// What is in it, in base64 (RFC 4648, section 4).
    pub base64: String,
}

impl Operation for ExportRecords {
    const NAME: &'static str = "exchange.export_records";
    const PERMISSION: Permission = Permission::ExportRecords;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::PatientRequest, Purpose::Treatment, Purpose::Legal, Purpose::PublicHealth];
    type Output = RecordsOut;
}

impl Command for ExportRecords {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<RecordsOut, Error> {
        if !self.sealed && cx.reason().is_none_or(|reason| reason.trim().is_empty()) {
            return Err(PLAIN_WITHOUT_REASON.at("passphrase").into());
        }
        let whole = keepwell_patients::whole_record(cx, self.patient, "patient")?;
        let mut files = files(&whole, cx.now(), cx.zone())?;
        let manifest = manifest(&files)?;
        let sha256 = hex::encode(Sha256::digest(&manifest));
        let disclosure = record(cx, self.patient, &self.details, Some(sha256.clone()))?;
        files.push(("manifest.json".to_owned(), manifest));
        let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
        let files = files.into_iter().map(|(name, bytes)| RecordFile { name, base64: base64(&bytes) }).collect();
        Ok(RecordsOut { disclosure, files, sha256 })
    }
}
