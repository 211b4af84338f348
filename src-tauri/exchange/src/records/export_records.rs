//! `exchange.export_records`: everything about a patient, and the disclosure of it, in one transaction.

use super::hand_out::{Everything, Gathered, HandedOver, Words, may_be_plain};
use super::package::{Lock, check_passphrase, package};
use base64::Engine as _;
use keepwell_compliance::DisclosureDetails;
use keepwell_kernel::{DisclosureId, Error, Operation, PatientId, Permission, Purpose, Secret};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Takes a patient's records out, in one file. It is sealed before it leaves the operation, so that no caller of the door,
/// a script or a screen, gets it in clear without having said why.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportRecords {
    /// The patient.
    pub patient: PatientId,
    /// Who gets them, why, and on what legal basis; it becomes a row of the ledger.
    pub details: DisclosureDetails,
    /// Opens the file, at least 12 characters; without one the file is plain, for which the call needs a reason.
    pub passphrase: Option<Secret>,
}

/// A patient's records.
#[derive(Serialize, Deserialize, TS)]
pub struct RecordsOut {
    /// The row of the ledger.
    pub disclosure: DisclosureId,
    /// The file in base64 (RFC 4648, section 4): a zip archive, inside an age file where there is a passphrase.
    pub base64: String,
    /// SHA-256 of the manifest inside, in hex, as the ledger keeps it. The manifest has that of every other file.
    pub sha256: String,
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
        check_passphrase(self.passphrase.as_ref())?;
        let lock = self.passphrase.as_ref().map_or(Lock::None, Lock::Passphrase);
        may_be_plain(cx, &lock)?;
        let everything = Everything::of(cx)?;
        let gathered = Gathered::of(cx, &everything, self.patient, Words::Along)?;
        let HandedOver { disclosure, files, sha256 } = gathered.hand_over(cx, &self.details)?;
        let base64 = base64::engine::general_purpose::STANDARD.encode(package(&files, &lock)?);
        Ok(RecordsOut { disclosure, base64, sha256 })
    }
}
