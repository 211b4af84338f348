//! `exchange.export_population`: the records of the next patients, and the disclosure of each, in one transaction.

use super::files::{File, sha256};
use super::hand_out::{Everything, Gathered, HandedOver, Words, may_be_plain};
use super::package::{Lock, package};
use crate::received::anything_unreadable;
use crate::refusals::{BAD_RECIPIENT, RECEIVED_CLOSED};
use age::x25519::Recipient;
use base64::Engine as _;
use keepwell_compliance::DisclosureDetails;
use keepwell_kernel::{Error, Operation, PatientId, Permission, Purpose, Refusal};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::how_many;
use serde::{Deserialize, Serialize};
use std::str::FromStr as _;
use ts_rs::TS;

/// The most patients in one answer; the entry names each of them.
const PATIENTS_MAX: usize = 100;
/// An answer is held in memory as a whole, so it ends before the patient with whom it would be longer than this.
const BYTES_MAX: usize = 16 * 1024 * 1024;

/// Takes the records of the next patients out, in one file, in the order of their ids; a record that was merged into
/// another is a record of its own here. The file is sealed before it leaves the operation.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportPopulation {
    /// The last patient of the page before; nothing for the first page.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub after: Option<PatientId>,
    /// Who gets them, why, and on what legal basis; it becomes a row of the ledger for each patient.
    pub details: DisclosureDetails,
    /// The age X25519 recipient who can open the file, `age1` and so on; without one the file is plain, for which the call
    /// needs a reason.
    pub recipient: Option<String>,
}

/// The records of some patients.
#[derive(Serialize, Deserialize, TS)]
pub struct PopulationPage {
    /// How many patients are in the file. After the last there may be a page with nobody.
    #[ts(type = "number")]
    pub patients: u64,
    /// The file in base64 (RFC 4648, section 4): a zip archive with a folder for each patient, inside an age file where
    /// there is a recipient.
    pub base64: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Where the next page begins; nothing after the last.
    pub next: Option<PatientId>,
    /// How many records of patients there are in all.
    #[ts(type = "number")]
    pub of: u64,
}

impl Operation for ExportPopulation {
    const NAME: &'static str = "exchange.export_population";
    const PERMISSION: Permission = Permission::ExportRecords;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal, Purpose::PublicHealth];
    type Output = PopulationPage;
}

impl Command for ExportPopulation {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<PopulationPage, Error> {
        let recipient = self.recipient.as_deref().map(recipient).transpose()?;
        let lock = recipient.as_ref().map_or(Lock::None, Lock::Recipient);
        may_be_plain(cx, &lock)?;
        // Known before the first page: otherwise the records of many would be handed over and then the rest refused.
        if self.after.is_none() && anything_unreadable(cx)? {
            return Err(RECEIVED_CLOSED.into());
        }
        let of = how_many(cx)? as u64;
        let Page { patients, files, next } = page(cx, self.after, &self.details)?;
        let file = package(&files, &lock)?;
        let (base64, sha256) = (base64::engine::general_purpose::STANDARD.encode(&file), sha256(&file));
        Ok(PopulationPage { patients, base64, sha256, next, of })
    }
}

fn recipient(text: &str) -> Result<Recipient, Refusal> {
    Recipient::from_str(text.trim()).map_err(|_| BAD_RECIPIENT.at("recipient"))
}

struct Page {
    patients: u64,
    files: Vec<File>,
    next: Option<PatientId>,
}

/// Gathers patients until there are enough of them. One whose records alone are longer than an answer should be comes
/// alone: nobody is left out for having much.
fn page(cx: &mut WriteCx<'_, '_>, mut after: Option<PatientId>, details: &DisclosureDetails) -> Result<Page, Error> {
    let everything = Everything::of(cx)?;
    let (mut patients, mut bytes, mut files) = (0, 0, Vec::new());
    while let Some(patient) = everything.behind(cx, after)? {
        let gathered = Gathered::of(cx, &everything, patient, Words::Beside)?;
        bytes += gathered.bytes();
        if patients > 0 && bytes > BYTES_MAX {
            return Ok(Page { patients, files, next: after });
        }
        let HandedOver { files: own, .. } = gathered.hand_over(cx, details)?;
        files.extend(own.into_iter().map(|(name, bytes)| (format!("{patient}/{name}"), bytes)));
        (patients, after) = (patients + 1, Some(patient));
        if patients as usize >= PATIENTS_MAX {
            return Ok(Page { patients, files, next: after });
        }
    }
    Ok(Page { patients, files, next: None })
}
