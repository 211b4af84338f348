//! `exchange.take_back`: one patient's records, as this program handed them out, come in again.

use super::beside::{CameBack, Original, came_back, packed};
use super::form::{KeptRecord, KeptVersion, photo_name};
use super::unpack::{Files, PACKAGE_BYTES_MAX, Package};
use crate::received::{BYTES_AT_A_TIME, Kept, RESOURCES_AT_A_TIME, keep};
use crate::refusals::{
    RECEIVED_CLOSED, RECEIVED_FULL, RECORDS_DAMAGED, RECORDS_MISSING, RECORDS_TOO_LARGE, RECORDS_UNREADABLE,
    VISITS_CLOSED,
};
use base64::Engine as _;
use keepwell_compliance::bring_amendments_back;
use keepwell_kernel::{Compartment, Error, Operation, PatientId, Permission, Purpose, Refusal, StaffId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::{BroughtBack, ImportLink, Merge, Patient, bring_back};
use keepwell_scheduling::{VisitsOfPatient, bring_visits_back};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

/// The most versions of one record, with the rows that its visits fill: the entry that names each change must fit into one
/// value of the store.
const VERSIONS_MAX: usize = 400;
/// The longest version, in bytes of JSON: one value of the store is a little longer.
const VERSION_BYTES_MAX: usize = 60 * 1024;
/// What one record may take of a transaction, which holds 8 MiB, its history twice.
const RECORD_BYTES_MAX: usize = 7 * 1024 * 1024;

/// Takes one patient's records back in, under the same id and the same record number. What is not exactly as its manifest
/// says is refused, and nothing of it is kept.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeBack {
    /// The package in base64 (RFC 4648, section 4): a zip archive as `RECORDS.md` describes it, opened before.
    pub base64: String,
    /// Nothing for the record itself. Behind it, the place from 0 of the first resource of another system that is to be kept:
    /// one call keeps at most 100, and the answer says how many are left.
    #[serde(default)]
    #[ts(optional = nullable, type = "number")]
    pub received_from: Option<u64>,
}

/// What taking back came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TakeBackOutcome {
    /// The record is here now.
    Created,
    /// The same package came before.
    Unchanged,
}

/// A record that was taken back.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct RecordTakenBack {
    /// The patient.
    pub patient: PatientId,
    /// What it came to.
    pub outcome: TakeBackOutcome,
    /// How many versions the package has.
    #[ts(type = "number")]
    pub versions: u64,
    /// How many resources of other systems are still to be kept.
    #[ts(type = "number")]
    pub received_left: u64,
}

impl Operation for TakeBack {
    const NAME: &'static str = "exchange.take_back";
    const PERMISSION: Permission = Permission::Import;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment];
    type Output = RecordTakenBack;
}

impl Command for TakeBack {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<RecordTakenBack, Error> {
        if self.base64.len() as u64 > PACKAGE_BYTES_MAX.div_ceil(3) * 4 {
            return Err(RECORDS_TOO_LARGE.at("base64").into());
        }
        let archive = base64::engine::general_purpose::STANDARD.decode(&self.base64);
        let archive = Zeroizing::new(archive.map_err(|_| RECORDS_UNREADABLE.at("base64"))?);
        let package = Package::read(&archive)?;
        let closed = !cx.holds(Compartment::Clinical);
        if closed && !package.received.is_empty() {
            return Err(RECEIVED_CLOSED.at("base64").into());
        }
        if closed && !(package.visits.reasons.is_empty() && package.visits.details.is_empty()) {
            return Err(VISITS_CLOSED.at("base64").into());
        }
        match self.received_from {
            None => take_record(cx, package),
            Some(from) => keep_received(cx, package, from),
        }
    }
}

fn take_record(cx: &mut WriteCx<'_, '_>, package: Package) -> Result<RecordTakenBack, Error> {
    let Package { mut record, record_bytes, sha256, photos, received, visits, originals } = package;
    // The first form that was handed out had none.
    let amendments = record.amendments.take().into_iter().flatten().collect();
    let (patient, versions, received_left) = (record.patient, record.versions.len() as u64, received.len() as u64);
    let answer = |outcome| RecordTakenBack { patient, outcome, versions, received_left };
    if came_back(cx, patient)?.is_some_and(|before| before.sha256 == sha256) {
        return Ok(answer(TakeBackOutcome::Unchanged));
    }
    let brought = brought(record, photos)?;
    let mut room = room_for(&brought, record_bytes)?;
    let visits_bytes = visits_bytes(&visits)?;
    room = room.checked_sub(visits_bytes).ok_or_else(|| RECORDS_TOO_LARGE.at("visits"))?;
    bring_back(cx, brought)?;
    let rows = bring_visits_back(cx, patient, visits)?;
    if rows as u64 + versions > VERSIONS_MAX as u64 {
        return Err(RECORDS_TOO_LARGE.at("visits").into());
    }
    bring_amendments_back(cx, patient, amendments)?;
    let mut kept = Vec::new();
    for original in originals {
        let packed = packed(&original)?;
        room = room.checked_sub(packed.len()).ok_or_else(|| RECORDS_TOO_LARGE.at("received"))?;
        let packed = cx.put_blob(Compartment::Demographics, &packed)?;
        kept.push(Original { bytes: original.len() as u64, packed });
    }
    cx.put(&CameBack { patient, at: cx.now(), sha256, originals: kept })?;
    Ok(answer(TakeBackOutcome::Created))
}

/// Keeps what came from other systems, behind the record whose package it is in.
fn keep_received(cx: &mut WriteCx<'_, '_>, package: Package, from: u64) -> Result<RecordTakenBack, Error> {
    let Package { record, sha256, received, .. } = package;
    let (patient, versions, all) = (record.patient, record.versions.len() as u64, received.len() as u64);
    if came_back(cx, patient)?.is_none_or(|before| before.sha256 != sha256) {
        return Err(RECORDS_MISSING.at("received_from").into());
    }
    let first = usize::try_from(from).unwrap_or(usize::MAX);
    let (mut done, mut bytes) = (from.min(all), 0);
    for (json, listed) in received.into_iter().zip(record.received).skip(first).take(RESOURCES_AT_A_TIME) {
        bytes += json.len();
        if bytes > BYTES_AT_A_TIME {
            break;
        }
        let said = (listed.resource_type, listed.id);
        if keep(cx, said, (listed.source, listed.received_at), Some(patient), json)? == Kept::Full {
            return Err(RECEIVED_FULL.at("received_from").into());
        }
        done += 1;
    }
    Ok(RecordTakenBack { patient, outcome: TakeBackOutcome::Unchanged, versions, received_left: all - done })
}

/// Says how long visits and operations are at most where they are kept: JSON is longer.
fn visits_bytes(visits: &VisitsOfPatient) -> Result<usize, Refusal> {
    let damaged = |_| RECORDS_DAMAGED.at("visits");
    let desk = serde_json::to_vec(&(&visits.visits, &visits.operations, &visits.waits, &visits.contacts));
    let clinical = serde_json::to_vec(&(&visits.reasons, &visits.details));
    Ok(desk.map_err(damaged)?.len() + clinical.map_err(damaged)?.len())
}

/// Says how many bytes are left for what is kept beside the record. A value's JSON is longer than its stored form.
fn room_for(brought: &BroughtBack, record_bytes: usize) -> Result<usize, Refusal> {
    let photos: usize = brought.photos.iter().map(|photo| photo.len()).sum();
    let taken = photos.saturating_add(record_bytes.saturating_mul(2));
    let room = RECORD_BYTES_MAX.checked_sub(taken).ok_or_else(|| RECORDS_TOO_LARGE.at("versions"))?;
    if brought.versions.len() > VERSIONS_MAX {
        return Err(RECORDS_TOO_LARGE.at("versions"));
    }
    for (at, (version, _)) in brought.versions.iter().enumerate() {
        let place = || format!("versions.{}", at + 1);
        let bytes = serde_json::to_vec(version).map_err(|_| RECORDS_DAMAGED.at(place()))?.len();
        if bytes > VERSION_BYTES_MAX {
            return Err(RECORDS_TOO_LARGE.at(place()));
        }
    }
    Ok(room)
}

/// Makes of what stands in the files what is kept.
fn brought(record: KeptRecord, mut files: Files) -> Result<BroughtBack, Refusal> {
    let KeptRecord { patient, versions, external_ids, merges, .. } = record;
    let mut photos = Vec::new();
    while let Some(photo) = files.remove(&photo_name(photos.len())) {
        photos.push(Zeroizing::new(photo));
    }
    if let Some(stray) = files.keys().next() {
        return Err(RECORDS_DAMAGED.at(stray.as_str()));
    }
    let mut kept = Vec::new();
    for (number, version) in (1..).zip(versions.into_iter().rev()) {
        if version.version != number {
            return Err(RECORDS_DAMAGED.at("versions"));
        }
        let photo = version.photo.as_deref().map(|name| {
            let place = (0..photos.len()).find(|place| photo_name(*place) == name);
            place.ok_or_else(|| RECORDS_MISSING.at(name))
        });
        let photo = photo.transpose()?;
        kept.push((said(patient, version), photo));
    }
    let links = external_ids.into_iter().map(|one| ImportLink {
        id: [0; 16],
        system: one.system,
        value: one.value,
        patient,
        taken: one.demographics,
        deceased: one.deceased,
    });
    let merges = merges.into_iter().map(|one| Merge {
        id: one.id,
        from: one.from,
        into: one.into,
        reason: one.reason,
        proposed_by: StaffId::from_bytes([0; 16]),
        proposed_at: one.proposed_at,
        state: one.state,
    });
    Ok(BroughtBack { versions: kept, photos, links: links.collect(), merges: merges.collect() })
}

fn said(patient: PatientId, version: KeptVersion) -> Patient {
    Patient {
        id: patient,
        mrn: version.mrn,
        demographics: version.demographics,
        registered_at: version.registered_at,
        deceased: version.deceased,
        restrictions: version.restrictions,
        photo: None,
        merged_into: version.merged_into,
        merged_from: version.merged_from,
        duplicate_override: version.duplicate_override,
        similar: version.similar,
    }
}
