//! Bringing a record back that this program wrote elsewhere: the same id, the same number, every version in its order.

use crate::check::{self, Leave};
use crate::demographics::Demographics;
use crate::links::put_link;
use crate::merge::Merge;
use crate::note_restriction::{RESTRICTION_LONGEST, RESTRICTIONS_MOST};
use crate::patient::Patient;
use crate::people::People;
use crate::set_photo::check_jpeg;
use crate::shapes::mrn;
use crate::table::{BY_EXTERNAL_ID, external_key};
use crate::take_in::ImportLink;
use keepwell_kernel::{CivilDate, Code, Compartment, Error, PatientId, Refusal};
use keepwell_log::door::WriteCx;
use keepwell_vault::Record as _;
use zeroize::Zeroizing;

/// There is a record with this id.
pub const ID_TAKEN: Code = Code::new(
    "patients.id_taken",
    "This record is here already, and not as this file has it. Nothing was taken from the file. Compare the two by hand.",
);
/// Another patient has the number.
pub const NUMBER_TAKEN: Code = Code::new(
    "patients.number_taken",
    "Another patient here has this record number. Nothing was taken from the file. Bring it into a practice that is new.",
);
/// Another patient here is known by the id that the record has in another system.
pub const LINK_TAKEN: Code = Code::new(
    "patients.link_taken",
    "Another patient here is known by the same id in another system. Nothing was taken from the file. Compare the two by hand.",
);
/// A record that was merged into this one is not here yet.
pub const MERGED_MISSING: Code = Code::new(
    "patients.merged_missing",
    "A record that was merged into this one is not here. Bring that one in first, then this one again.",
);
/// A value that this program would have kept in another form, or not at all.
pub const NOT_AS_KEPT: Code = Code::new(
    "patients.not_as_kept",
    "The named field does not have the form in which Keepwell keeps it, so somebody else wrote it. Nothing was taken from the file.",
);

/// The longest reason of a merge or of another look at somebody alike, in characters: that of a call's reason.
const REASON_LONGEST: usize = 2_000;
/// The longest part of an id elsewhere, in characters.
const LINK_LONGEST: usize = 500;

/// A record as it comes back.
pub struct BroughtBack {
    /// Every version, the oldest first, without a photo; and the place of its photo among the photos.
    pub versions: Vec<(Patient, Option<usize>)>,
    /// The photos, JPEG files.
    pub photos: Vec<Zeroizing<Vec<u8>>>,
    /// What the patient is called in other systems. The links get ids of their own.
    pub links: Vec<ImportLink>,
    /// The merges in which the record stands on either side. One whose other record is not here yet comes with that one.
    pub merges: Vec<Merge>,
}

/// Brings a record back, in the transaction of the operation that read it. The versions get times and authors of their
/// own, as everything has that is written here.
///
/// # Errors
/// A refusal at the field, after which the transaction must be given up, and [`Error`].
pub fn bring_back(cx: &mut WriteCx<'_, '_>, brought: BroughtBack) -> Result<PatientId, Error> {
    let (patient, merged) = checked(&brought, cx.today())?;
    let row = cx.key(Patient::TABLE)?.id(patient.bytes()).done();
    if cx.get::<Patient>(&row)?.is_some() {
        return Err(ID_TAKEN.at("patient").into());
    }
    for one in merged {
        if !is_here(cx, one)? {
            return Err(MERGED_MISSING.at("merged_from").into());
        }
    }
    put_versions(cx, brought.versions, &brought.photos)?;
    for (at, link) in brought.links.into_iter().enumerate() {
        let key = external_key(cx.key(ImportLink::TABLE)?, &link.system, &link.value);
        if cx.find_one::<ImportLink>(BY_EXTERNAL_ID, &key)?.is_some() {
            return Err(LINK_TAKEN.at(format!("external_ids.{at}")).into());
        }
        put_link(cx, &ImportLink { id: *PatientId::make().bytes(), patient, ..link })?;
    }
    for (at, merge) in brought.merges.into_iter().enumerate() {
        put_merge(cx, patient, merge).map_err(|error| placed(error, &format!("merges.{at}")))?;
    }
    Ok(patient)
}

/// Says whether there is a record with this id.
///
/// # Errors
/// [`Error`].
fn is_here(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<bool, Error> {
    let row = cx.key(Patient::TABLE)?.id(patient.bytes()).done();
    Ok(cx.get::<Patient>(&row)?.is_some())
}

fn put_versions(
    cx: &mut WriteCx<'_, '_>,
    versions: Vec<(Patient, Option<usize>)>,
    photos: &[Zeroizing<Vec<u8>>],
) -> Result<(), Error> {
    let kept = photos.iter().map(|jpeg| cx.put_blob(Compartment::Demographics, jpeg)).collect::<Result<Vec<_>, _>>()?;
    let mut newest = None;
    for (version, photo) in versions {
        let photo = photo.and_then(|place| kept.get(place).cloned());
        let version = Patient { photo, ..version };
        cx.put_or(&version, NUMBER_TAKEN.at("mrn"))?;
        newest = Some(version);
    }
    cx.after_commit(move |residents| {
        residents.update::<People>(|people| newest.iter().for_each(|newest| people.put(newest)));
    });
    Ok(())
}

/// Puts a merge once both of its records are here. Whoever brings them back stands for who proposed it, because nobody of
/// the other practice is here; who it was stays in the file that is kept beside the record.
fn put_merge(cx: &mut WriteCx<'_, '_>, patient: PatientId, merge: Merge) -> Result<(), Error> {
    let other = if merge.from == patient { merge.into } else { merge.from };
    if !is_here(cx, other)? {
        return Ok(());
    }
    let row = cx.key(Merge::TABLE)?.id(merge.id.bytes()).done();
    match cx.get::<Merge>(&row)?.map(|stored| stored.record) {
        Some(known) if (known.from, known.into) == (merge.from, merge.into) => Ok(()),
        Some(_) => Err(NOT_AS_KEPT.at("id").into()),
        None => {
            let proposed_by = cx.actor()?.staff;
            cx.put(&Merge { proposed_by, ..merge }).map(|_| ())
        }
    }
}

fn placed(error: Error, place: &str) -> Error {
    match error {
        Error::Refused(refusal) => within(refusal, place).into(),
        other => other,
    }
}

/// Puts a place before the field of a refusal.
fn within(refusal: Refusal, place: &str) -> Refusal {
    let field = refusal.field.filter(|field| !field.is_empty());
    Refusal { field: Some(field.map_or_else(|| place.to_owned(), |field| format!("{place}.{field}"))), ..refusal }
}

/// Checks everything that needs no look into the store, and returns whose record it is and who was merged into it.
fn checked(brought: &BroughtBack, today: CivilDate) -> Result<(PatientId, Vec<PatientId>), Refusal> {
    let Some((newest, _)) = brought.versions.last() else { return Err(NOT_AS_KEPT.at("versions")) };
    for jpeg in &brought.photos {
        check_jpeg(jpeg, "attachments")?;
    }
    for (at, (version, photo)) in brought.versions.iter().enumerate() {
        let place = format!("versions.{}", at + 1);
        if version.id != newest.id || photo.is_some_and(|photo| photo >= brought.photos.len()) {
            return Err(NOT_AS_KEPT.at(place));
        }
        // A record keeps its number from its first version on.
        if version.mrn != newest.mrn {
            return Err(NOT_AS_KEPT.at(format!("{place}.mrn")));
        }
        as_kept(version, today).map_err(|refusal| within(refusal, &place))?;
    }
    for (at, link) in brought.links.iter().enumerate() {
        let place = format!("external_ids.{at}");
        let same = same_text(&link.system, LINK_LONGEST) && same_text(&link.value, LINK_LONGEST);
        if !same || link.system.is_empty() || link.value.is_empty() {
            return Err(NOT_AS_KEPT.at(place));
        }
        same_demographics(&link.taken, today).map_err(|refusal| within(refusal, &place))?;
    }
    for (at, merge) in brought.merges.iter().enumerate() {
        let tied = (merge.from == newest.id) != (merge.into == newest.id);
        if !tied || !same_text(&merge.reason, REASON_LONGEST) {
            return Err(NOT_AS_KEPT.at(format!("merges.{at}")));
        }
    }
    Ok((newest.id, newest.merged_from.clone()))
}

fn as_kept(version: &Patient, today: CivilDate) -> Result<(), Refusal> {
    same_demographics(&version.demographics, today)?;
    if mrn::parse(&version.mrn).as_deref() != Ok(&*version.mrn) {
        return Err(NOT_AS_KEPT.at("mrn"));
    }
    let noted = &version.restrictions;
    let restrictions = noted.iter().all(|one| !one.text.is_empty() && same_text(&one.text, RESTRICTION_LONGEST));
    if !restrictions || noted.len() > RESTRICTIONS_MOST {
        return Err(NOT_AS_KEPT.at("restrictions"));
    }
    if version.duplicate_override.as_ref().is_some_and(|reason| !same_text(reason, REASON_LONGEST)) {
        return Err(NOT_AS_KEPT.at("duplicate_override"));
    }
    Ok(())
}

/// What was kept once has its form already; a value that gets another one was never kept.
fn same_demographics(said: &Demographics, today: CivilDate) -> Result<(), Refusal> {
    let mut kept = said.clone();
    check::demographics(&mut kept, today, Leave::AsWritten).map_err(|refusal| within(refusal, "demographics"))?;
    if kept == *said { Ok(()) } else { Err(NOT_AS_KEPT.at("demographics")) }
}

fn same_text(said: &str, longest: usize) -> bool {
    let mut kept = said.to_owned();
    check::text(&mut kept, String::new(), longest).is_ok() && kept == said
}
