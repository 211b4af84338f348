//! One patient's records, read, described and written into the ledger: the same for one patient and for all.

use super::beside::came_back;
use super::files::{File, MANIFEST, explained, files, manifest, sha256};
use super::package::Lock;
use super::page::Told;
use super::print::printed;
use crate::received::{received_of, unreadable_to};
use crate::refusals::{PLAIN_WITHOUT_REASON, RECEIVED_CLOSED};
use keepwell_compliance::{DisclosureDetails, amendments_of, record};
use keepwell_identity::practice_name;
use keepwell_kernel::{DisclosureId, Error, PatientId, Refusal};
use keepwell_log::door::WriteCx;
use keepwell_patients::{WholeRecord, WholeRecords};
use keepwell_scheduling::VisitsAlong;

/// Whether the files that say what the others are go along, or stand beside all records once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Along,
    Beside,
}

/// Reads everything that is kept of patients; what they share is read once.
pub(super) struct Everything {
    records: WholeRecords,
    visits: VisitsAlong,
}

impl Everything {
    /// Begins to read.
    ///
    /// # Errors
    /// [`Error`].
    pub(super) fn of(cx: &WriteCx<'_, '_>) -> Result<Self, Error> {
        Ok(Self { records: WholeRecords::of(cx)?, visits: VisitsAlong::of(cx)? })
    }

    /// Finds the patient behind one in the order of their ids.
    ///
    /// # Errors
    /// [`Error`].
    pub(super) fn behind(&self, cx: &WriteCx<'_, '_>, after: Option<PatientId>) -> Result<Option<PatientId>, Error> {
        self.records.behind(cx, after)
    }
}

/// A patient's files with their manifest, before they are handed out.
pub(super) struct Gathered {
    patient: PatientId,
    pub(super) files: Vec<File>,
    sha256: String,
}

/// Files that stand in the ledger and may go.
pub(super) struct HandedOver {
    pub(super) disclosure: DisclosureId,
    pub(super) files: Vec<File>,
    /// SHA-256 of the manifest, in hex.
    pub(super) sha256: String,
}

/// Refuses files that anybody can open where nobody said why.
///
/// # Errors
/// [`PLAIN_WITHOUT_REASON`] at `reason`.
pub(super) fn may_be_plain(cx: &WriteCx<'_, '_>, lock: &Lock<'_>) -> Result<(), Refusal> {
    let said = cx.reason().is_some_and(|reason| !reason.trim().is_empty());
    if matches!(lock, Lock::None) && !said { Err(PLAIN_WITHOUT_REASON.at("reason")) } else { Ok(()) }
}

impl Gathered {
    /// Reads a patient's records and makes the files.
    ///
    /// # Errors
    /// A refusal at `patient` where there is none or something of it is closed to the session, and [`Error`].
    pub(super) fn of(
        cx: &WriteCx<'_, '_>,
        everything: &Everything,
        patient: PatientId,
        words: Words,
    ) -> Result<Self, Error> {
        let whole: WholeRecord = everything.records.one(cx, patient, "patient")?;
        // Whoever gets records that are not whole could not tell.
        if unreadable_to(cx, patient)? {
            return Err(RECEIVED_CLOSED.at("patient").into());
        }
        let received = received_of(cx, patient)?;
        let asked = amendments_of(cx, patient, "patient")?;
        let visits = everything.visits.one(cx, patient, "patient")?;
        let told = Told { of: &whole, asked: &asked, visits: &visits };
        let mut files = files(told, &received, (cx.now(), cx.zone()))?;
        if let Some(came) = came_back(cx, patient)? {
            files.extend(came.files(cx)?);
        }
        if words == Words::Along {
            // Paper is set in a second, and the page says the same: of all patients at once it would be hours.
            let paper = printed(told, &practice_name(cx)?, cx.now(), &files)?;
            files.push(("record.pdf".to_owned(), paper));
            files.extend(explained());
        }
        let manifest = manifest(&files)?;
        let sha256 = sha256(&manifest);
        files.push((MANIFEST.to_owned(), manifest));
        Ok(Self { patient, files, sha256 })
    }

    pub(super) fn bytes(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// Writes the disclosure, with the digest that leads to every byte.
    ///
    /// # Errors
    /// A refusal at the field of `details`.
    pub(super) fn hand_over(self, cx: &mut WriteCx<'_, '_>, details: &DisclosureDetails) -> Result<HandedOver, Error> {
        let disclosure = record(cx, self.patient, details, Some(self.sha256.clone()))?;
        Ok(HandedOver { disclosure, files: self.files, sha256: self.sha256 })
    }
}
