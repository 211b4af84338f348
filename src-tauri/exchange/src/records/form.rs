//! `keepwell.json`: everything the program keeps of a patient, every version of it, in fields of its own, because FHIR has
//! no place for all of them. The form is described in `RECORDS.md`.

use crate::received::Received;
use keepwell_compliance::AmendmentRequest;
use keepwell_kernel::{Instant, MergeId, PatientId};
use keepwell_patients::{
    Deceased, Demographics, ImportLink, MergeState, NotedRestriction, RecordMerge, RecordVersion, WholeRecord,
};
use serde::{Deserialize, Serialize};

/// The name of the form.
pub(super) const RECORD_FORM: &str = "keepwell-record-3";
/// The name of the form before this one, which had no requests for amendments.
pub(super) const RECORD_FORM_2: &str = "keepwell-record-2";

/// The whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptRecord {
    pub(super) format: String,
    pub(super) patient: PatientId,
    /// Newest first.
    pub(super) versions: Vec<KeptVersion>,
    pub(super) external_ids: Vec<KeptLink>,
    pub(super) merges: Vec<KeptMerge>,
    /// Where each line of [`RECEIVED`] came from, in its order.
    pub(super) received: Vec<KeptResource>,
    /// The requests for amendments of this record and of those that were merged into it, oldest first. They are there since
    /// the third form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) amendments: Option<Vec<AmendmentRequest>>,
}

/// Resources of other systems, one a line.
pub(super) const RECEIVED: &str = "fhir/received.ndjson";

/// Where a resource of another system came from, and when.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptResource {
    pub(super) resource_type: String,
    pub(super) id: String,
    pub(super) source: String,
    pub(super) received_at: Instant,
}

/// One version.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptVersion {
    pub(super) version: u64,
    pub(super) at: Instant,
    pub(super) by: Option<String>,
    pub(super) mrn: String,
    pub(super) registered_at: Instant,
    pub(super) demographics: Demographics,
    pub(super) deceased: Option<Deceased>,
    pub(super) restrictions: Vec<NotedRestriction>,
    /// The name of the file.
    pub(super) photo: Option<String>,
    pub(super) merged_into: Option<PatientId>,
    pub(super) merged_from: Vec<PatientId>,
    pub(super) duplicate_override: Option<String>,
    pub(super) similar: bool,
}

/// What the patient is called in another system, and what that system said last.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptLink {
    pub(super) system: String,
    pub(super) value: String,
    pub(super) demographics: Demographics,
    pub(super) deceased: Option<Deceased>,
}

/// A merge on either side of which the record stands.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptMerge {
    pub(super) id: MergeId,
    pub(super) from: PatientId,
    pub(super) into: PatientId,
    pub(super) reason: String,
    pub(super) state: MergeState,
    pub(super) proposed_by: String,
    pub(super) proposed_at: Instant,
}

impl KeptRecord {
    pub(super) fn of(whole: &WholeRecord, asked: &[AmendmentRequest], received: &[(Received, String)]) -> Self {
        Self {
            received: received.iter().map(|(one, _)| KeptResource::of(one)).collect(),
            format: RECORD_FORM.to_owned(),
            patient: whole.patient.id,
            versions: whole.versions.iter().map(KeptVersion::of).collect(),
            external_ids: whole.links.iter().map(KeptLink::of).collect(),
            merges: whole.merges.iter().map(KeptMerge::of).collect(),
            amendments: Some(asked.to_vec()),
        }
    }
}

impl KeptResource {
    fn of(one: &Received) -> Self {
        let Received { resource_type, resource_id, source, received_at, .. } = one.clone();
        Self { resource_type, id: resource_id, source, received_at }
    }
}

impl KeptVersion {
    fn of(version: &RecordVersion) -> Self {
        let said = version.record.clone();
        Self {
            version: version.version,
            at: version.at,
            by: version.by.clone(),
            mrn: said.mrn,
            registered_at: said.registered_at,
            demographics: said.demographics,
            deceased: said.deceased,
            restrictions: said.restrictions,
            photo: version.photo.map(photo_name),
            merged_into: said.merged_into,
            merged_from: said.merged_from,
            duplicate_override: said.duplicate_override,
            similar: said.similar,
        }
    }
}

impl KeptLink {
    fn of(link: &ImportLink) -> Self {
        let ImportLink { system, value, taken, deceased, .. } = link.clone();
        Self { system, value, demographics: taken, deceased }
    }
}

impl KeptMerge {
    fn of(one: &RecordMerge) -> Self {
        let merge = one.merge.clone();
        Self {
            id: merge.id,
            from: merge.from,
            into: merge.into,
            reason: merge.reason,
            state: merge.state,
            proposed_by: one.proposed_by.clone(),
            proposed_at: merge.proposed_at,
        }
    }
}

/// Names the file of a photo by its place among the photos; the first is the newest.
pub(super) fn photo_name(place: usize) -> String {
    match place {
        0 => "attachments/photo.jpg".to_owned(),
        earlier => format!("attachments/photo-{}.jpg", earlier + 1),
    }
}
