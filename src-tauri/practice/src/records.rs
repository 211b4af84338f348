//! A patient's records, packed and written to a folder.

use crate::export::NewFolder;
use crate::practice::Practice;
use base64::Engine as _;
use keepwell_exchange::RECORDS_NOT_WRITTEN;
use keepwell_exchange::records::RecordsOut;
use keepwell_kernel::{Error, Failure, Fault, Purpose, Secret};
use keepwell_log::door::Call;
use serde_json::{Value, json};
use std::path::Path;

/// Who gets which patient's records, and how they are packed.
pub struct HandOut<'a> {
    /// The patient.
    pub patient: Value,
    /// Who gets them, why, and on what basis.
    pub details: Value,
    /// Opens the file; without one it is a plain archive, for which the call needs a reason.
    pub passphrase: Option<&'a Secret>,
    /// Why it is handed out.
    pub purpose: Option<Purpose>,
    /// Why it is plain.
    pub reason: Option<String>,
}

/// Records that were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOut {
    /// The name of the file, which says nothing about anybody.
    pub name: String,
    /// SHA-256 of the manifest inside, in hex, as the ledger keeps it.
    pub sha256: String,
    /// How large the file is.
    pub bytes: u64,
}

impl Practice {
    /// Writes a patient's records into a folder that is there. The disclosure stands in the ledger before the file is
    /// written: what could not be written was handed to nobody, and the ledger can be corrected.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn export_records(&self, within: &Path, out: HandOut<'_>) -> Result<HandedOut, Failure> {
        let HandOut { patient, details, passphrase, purpose, reason } = out;
        if !within.is_dir() {
            return Err(self.fail(&RECORDS_NOT_WRITTEN.into()));
        }
        let input = json!({ "patient": patient, "details": details, "passphrase": passphrase.map(Secret::reveal) });
        let call = Call { operation: "exchange.export_records".to_owned(), input, purpose, reason };
        let answer = self.call(call)?;
        let kind = if passphrase.is_some() { "zip.age" } else { "zip" };
        let written = written(within, answer, kind);
        self.write_faults();
        written.map_err(|error| self.fail(&error))
    }
}

fn written(within: &Path, answer: Value, kind: &str) -> Result<HandedOut, Error> {
    let out: RecordsOut = serde_json::from_value(answer).map_err(|error| Fault::from_error(&error))?;
    let packed = base64::engine::general_purpose::STANDARD.decode(&out.base64);
    let packed = packed.map_err(|error| Fault::from_error(&error))?;
    let name = format!("keepwell-records-{}.{kind}", uuid::Uuid::now_v7().simple());
    NewFolder::at(within).write(&name, &packed).map_err(|_| RECORDS_NOT_WRITTEN)?;
    Ok(HandedOut { name, sha256: out.sha256, bytes: packed.len() as u64 })
}
