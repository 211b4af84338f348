//! `keepwell.json`: everything the program keeps of a patient, every version of it, in fields of its own, because FHIR has
//! no place for all of them. The form is described in `RECORDS.md`.

use super::page::Told;
use crate::received::Received;
use keepwell_compliance::AmendmentRequest;
use keepwell_kernel::{Instant, MergeId, PatientId};
use keepwell_patients::{Deceased, Demographics, ImportLink, MergeState, NotedRestriction, RecordMerge, RecordVersion};
use keepwell_scheduling::VisitsOfPatient;
use serde::{Deserialize, Serialize};

/// The name of the form.
pub(super) const RECORD_FORM: &str = "keepwell-record-4";
/// The name of the form before this one, which had no visits.
pub(super) const RECORD_FORM_3: &str = "keepwell-record-3";
/// The name of the form before that, which had no requests for amendments.
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
    /// How many visits stand beside it. It is there since the fourth form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) visits: Option<KeptVisits>,
}

/// The visits of the patient, the first first. They are not in this file, because what is kept of a file that comes back is
/// kept for whoever sees demographics.
pub(super) const VISITS: &str = "visits.json";
/// What they were for.
pub(super) const VISIT_REASONS: &str = "visit-reasons.json";

/// The operations of the patient, the one that was planned first first.
pub(super) const OPERATIONS: &str = "operations.json";
/// What is done in them.
pub(super) const OPERATION_DETAILS: &str = "operation-details.json";

/// What the patient waits for, the first first.
pub(super) const WAITS: &str = "waits.json";
/// Who acts for the patient.
pub(super) const CONTACTS: &str = "contacts.json";

/// What stands in [`VISITS`] and the files named behind it; a file that would hold nothing is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptVisits {
    pub(super) visits: u64,
    pub(super) reasons: u64,
    pub(super) operations: u64,
    pub(super) details: u64,
    /// In [`WAITS`]; the first files of this form had none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub(super) waits: u64,
    /// In [`CONTACTS`]; the first files of this form had none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub(super) contacts: u64,
    /// Whoever handed them out could say of each what it was for or what is done in it, where anybody had noted it.
    pub(super) reasons_whole: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks with a reference.
const fn is_none(count: &u64) -> bool {
    *count == 0
}

impl KeptVisits {
    pub(super) fn of(along: &VisitsOfPatient) -> Self {
        let VisitsOfPatient { visits, reasons, operations, details, waits, contacts, reasons_whole } = along;
        let [visits, reasons] = [visits.len() as u64, reasons.len() as u64];
        let [operations, details] = [operations.len() as u64, details.len() as u64];
        let [waits, contacts] = [waits.len() as u64, contacts.len() as u64];
        Self { visits, reasons, operations, details, waits, contacts, reasons_whole: *reasons_whole }
    }
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
    pub(super) fn of(told: Told<'_>, received: &[(Received, String)]) -> Self {
        let whole = told.of;
        Self {
            received: received.iter().map(|(one, _)| KeptResource::of(one)).collect(),
            format: RECORD_FORM.to_owned(),
            patient: whole.patient.id,
            versions: whole.versions.iter().map(KeptVersion::of).collect(),
            external_ids: whole.links.iter().map(KeptLink::of).collect(),
            merges: whole.merges.iter().map(KeptMerge::of).collect(),
            amendments: Some(told.asked.to_vec()),
            visits: Some(KeptVisits::of(told.visits)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use keepwell_scheduling::{OperationAlong, OperationDetail, VisitAlong, VisitReason};

    /// Reads a file of the fourth form as it was handed out and writes it again.
    fn holds<T: Serialize + serde::de::DeserializeOwned>(name: &str) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
        let golden = std::fs::read_to_string(path).unwrap();
        let read: T = serde_json::from_str(&golden).unwrap();
        assert_eq!(
            serde_json::to_string_pretty(&read).unwrap(),
            golden.trim_end(),
            "{name}: the form needs a new name"
        );
    }

    #[test]
    fn what_was_handed_out_once_is_read_for_ever() {
        holds::<KeptRecord>("record-4.json");
        holds::<Vec<VisitAlong>>("visits-4.json");
        holds::<Vec<VisitReason>>("visit-reasons-4.json");
        holds::<Vec<OperationAlong>>("operations-4.json");
        holds::<Vec<OperationDetail>>("operation-details-4.json");
    }
}
