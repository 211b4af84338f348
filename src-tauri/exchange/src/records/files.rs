//! What files a patient's records are.

use super::appointments::{appointment_entries, appointment_lines};
use super::form::{
    CONTACTS, KeptRecord, OPERATION_DETAILS, OPERATIONS, RECEIVED, VISIT_REASONS, VISITS, WAITS, photo_name,
};
use super::page::{Told, page};
use super::resources::{entries, lines};
use crate::received::Received;
use keepwell_kernel::{Error, Fault, Instant, Zone, instant_text};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What the files are, for whoever gets them.
const README: &str = include_str!("README.txt");
/// How the files are made up, for whoever reads them with another program (170.315(b)(10)(i)(B)).
pub(super) const FORM: &str = include_str!("../../RECORDS.md");
/// The name of the form of a manifest.
pub(super) const MANIFEST_FORM: &str = "keepwell-records-1";
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const RECORD: &str = "keepwell.json";

/// A name and what is in the file.
pub(super) type File = (String, Vec<u8>);

/// Returns the two files that say what the others are.
pub(super) fn explained() -> [File; 2] {
    [("README.txt".to_owned(), README.as_bytes().to_vec()), ("RECORDS.md".to_owned(), FORM.as_bytes().to_vec())]
}

/// Returns every file that says something of the patient.
///
/// # Errors
/// [`Error`].
pub(super) fn files(
    told: Told<'_>,
    received: &[(Received, String)],
    (now, zone): (Instant, Zone),
) -> Result<Vec<File>, Error> {
    let made = instant_text(now, zone);
    let (of, visits) = (told.of, told.visits);
    let entry = [entries(of), appointment_entries(of.patient.id, visits)].concat();
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "timestamp": made, "entry": entry });
    let mut files = vec![
        ("record.html".to_owned(), page(told, &made).into_bytes()),
        ("fhir/bundle.json".to_owned(), pretty(&bundle)?),
        (RECORD.to_owned(), pretty(&KeptRecord::of(told, received))?),
    ];
    let resources = [lines(of), appointment_lines(of.patient.id, visits)].concat();
    for kind in ["Patient", "Coverage", "Appointment"] {
        let of_kind = resources.iter().filter(|one| one["resourceType"] == kind);
        let text: String = of_kind.map(|one| format!("{one}\n")).collect();
        if !text.is_empty() {
            files.push((format!("fhir/{kind}.ndjson"), text.into_bytes()));
        }
    }
    for (name, bytes) in [
        (VISITS, listed(&visits.visits)?),
        (VISIT_REASONS, listed(&visits.reasons)?),
        (OPERATIONS, listed(&visits.operations)?),
        (OPERATION_DETAILS, listed(&visits.details)?),
        (WAITS, listed(&visits.waits)?),
        (CONTACTS, listed(&visits.contacts)?),
    ] {
        files.extend(bytes.map(|bytes| (name.to_owned(), bytes)));
    }
    if !received.is_empty() {
        let lines: String = received.iter().map(|(_, json)| format!("{json}\n")).collect();
        files.push((RECEIVED.to_owned(), lines.into_bytes()));
    }
    files.extend(of.photos.iter().enumerate().map(|(place, photo)| (photo_name(place), photo.to_vec())));
    Ok(files)
}

/// Returns the list of the files with the digest of each.
///
/// # Errors
/// [`Error`].
pub(super) fn manifest(files: &[File]) -> Result<Vec<u8>, Error> {
    let rows: Vec<Value> = files
        .iter()
        .map(|(name, bytes)| json!({ "name": name, "bytes": bytes.len(), "sha256": sha256(bytes) }))
        .collect();
    pretty(&json!({ "format": MANIFEST_FORM, "files": rows }))
}

/// Returns a digest in hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Writes a list as a file of its own; what is empty is no file.
fn listed<T: serde::Serialize>(list: &Vec<T>) -> Result<Option<Vec<u8>>, Error> {
    if list.is_empty() { Ok(None) } else { pretty(list).map(Some) }
}

pub(super) fn pretty<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    Ok(serde_json::to_vec_pretty(value).map_err(|error| Fault::from_error(&error))?)
}
