//! Everything that is kept of a patient, for whoever hands it out (45 CFR 164.524).

use crate::links::links_of;
use crate::merge::Merge;
use crate::patient::{Patient, take_up};
use crate::people::People;
use crate::staff;
use crate::take_in::ImportLink;
use keepwell_kernel::{Error, Fault, Instant, PatientId};
use keepwell_log::door::{ReadCx, WriteCx};
use keepwell_vault::{BlobRef, Record as _, Stored};
use zeroize::Zeroizing;

/// How many merges are read at a time.
const MERGES: usize = 500;

/// Everything that is kept of a patient.
pub struct WholeRecord {
    /// The newest version.
    pub patient: Patient,
    /// Every version, newest first.
    pub versions: Vec<RecordVersion>,
    /// Every photo that a version has, each once, the newest first; JPEG files.
    pub photos: Vec<Zeroizing<Vec<u8>>>,
    /// What the patient is called in other systems.
    pub links: Vec<ImportLink>,
    /// The merges in which the record stands on either side, whatever became of them.
    pub merges: Vec<RecordMerge>,
}

impl WholeRecord {
    /// Says whether the newest version has a photo, which is the first then.
    #[must_use]
    pub fn has_photo(&self) -> bool {
        self.patient.photo.is_some()
    }
}

/// One version of a patient's record.
pub struct RecordVersion {
    /// Its number.
    pub version: u64,
    /// When it was written.
    pub at: Instant,
    /// The name of whoever wrote it, where it was somebody.
    pub by: Option<String>,
    /// What it said.
    pub record: Patient,
    /// Its photo's place among the photos.
    pub photo: Option<usize>,
}

/// A merge, with the name of whoever proposed it.
pub struct RecordMerge {
    /// The merge.
    pub merge: Merge,
    /// The name.
    pub proposed_by: String,
}

/// Reads whole records within one change: what they share is read once.
pub struct WholeRecords {
    merges: Vec<Merge>,
}

impl WholeRecords {
    /// Begins to read.
    ///
    /// # Errors
    /// [`Error`].
    pub fn of(cx: &WriteCx<'_, '_>) -> Result<Self, Error> {
        let (mut merges, mut after) = (Vec::new(), None);
        loop {
            let page = cx.page::<Merge>(after.as_ref(), MERGES)?;
            let Some((last, _)) = page.last() else { break };
            after = Some(last.clone());
            merges.extend(page.into_iter().map(|(_, stored)| stored.record));
        }
        Ok(Self { merges })
    }

    /// Reads everything of a patient, which notes the look; `field` is the request's field that names the patient.
    ///
    /// # Errors
    /// A refusal at the field where there is no such patient.
    pub fn one(&self, cx: &WriteCx<'_, '_>, patient: PatientId, field: &str) -> Result<WholeRecord, Error> {
        let newest = take_up(cx, patient, field)?.record;
        let row = cx.key(Patient::TABLE)?.id(patient.bytes()).done();
        let stored = cx.versions::<Patient>(&row)?;
        // Whoever gets a record without its beginning could not tell.
        if stored.last().is_none_or(|first| first.version != 1) {
            return Err(Fault::because("a record has more versions than can be read").into());
        }
        let (mut versions, mut photos) = (Vec::with_capacity(stored.len()), Photos::default());
        for Stored { version, at, by, record } in stored {
            let by = by.map(|staff| staff::display_name_to(cx, staff)).transpose()?;
            let photo = record.photo.as_ref().map(|photo| photos.place(cx, photo)).transpose()?;
            versions.push(RecordVersion { version, at, by, record, photo });
        }
        let (links, merges) = (links_of(cx, patient)?, self.merges_of(cx, patient)?);
        Ok(WholeRecord { patient: newest, versions, photos: photos.files, links, merges })
    }

    fn merges_of(&self, cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<RecordMerge>, Error> {
        let own = self.merges.iter().filter(|merge| merge.from == patient || merge.into == patient);
        own.map(|merge| {
            let proposed_by = staff::display_name_to(cx, merge.proposed_by)?;
            Ok(RecordMerge { merge: merge.clone(), proposed_by })
        })
        .collect()
    }

    /// Finds the patient behind one in the order of their ids, which notes a look at who is found.
    ///
    /// # Errors
    /// [`Error`].
    pub fn behind(&self, cx: &WriteCx<'_, '_>, after: Option<PatientId>) -> Result<Option<PatientId>, Error> {
        let after = match after {
            Some(patient) => Some(cx.key(Patient::TABLE)?.id(patient.bytes()).done()),
            None => None,
        };
        Ok(cx.page::<Patient>(after.as_ref(), 1)?.into_iter().next().map(|(_, stored)| stored.record.id))
    }
}

/// The photos of a record, each once.
#[derive(Default)]
struct Photos {
    known: Vec<BlobRef>,
    files: Vec<Zeroizing<Vec<u8>>>,
}

impl Photos {
    fn place(&mut self, cx: &WriteCx<'_, '_>, photo: &BlobRef) -> Result<usize, Error> {
        if let Some(place) = self.known.iter().position(|known| known == photo) {
            return Ok(place);
        }
        self.files.push(cx.blob(photo)?);
        self.known.push(photo.clone());
        Ok(self.known.len() - 1)
    }
}

/// Reads everything of one patient, which notes the look; `field` is the request's field that names the patient.
///
/// # Errors
/// A refusal at the field where there is no such patient.
pub fn whole_record(cx: &WriteCx<'_, '_>, patient: PatientId, field: &str) -> Result<WholeRecord, Error> {
    WholeRecords::of(cx)?.one(cx, patient, field)
}

/// Says how many records of patients there are, those that were merged away among them. It looks at nobody.
///
/// # Errors
/// [`Error`].
pub fn how_many(cx: &WriteCx<'_, '_>) -> Result<usize, Error> {
    cx.resident::<People, _>(|people| people.index.len())
}

/// Looks at up to `limit` patients behind one, in the order of their ids; the entry names each of them.
///
/// # Errors
/// [`Error`].
pub fn some_patients(cx: &ReadCx<'_>, after: Option<PatientId>, limit: usize) -> Result<Vec<Patient>, Error> {
    let after = match after {
        Some(patient) => Some(cx.key(Patient::TABLE)?.id(patient.bytes()).done()),
        None => None,
    };
    Ok(cx.page::<Patient>(after.as_ref(), limit)?.into_iter().map(|(_, stored)| stored.record).collect())
}
