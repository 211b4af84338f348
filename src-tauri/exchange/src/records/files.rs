//! What files a patient's records are.

use super::page::page;
use super::print::printed;
use super::resources::resources;
use keepwell_kernel::{Error, Fault, Instant, Zone, instant_text};
use keepwell_patients::WholeRecord;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const README: &str = include_str!("README.txt");

/// A name and what is in the file.
pub(super) type File = (String, Vec<u8>);

/// Returns every file but the manifest. `practice` is who hands them out.
///
/// # Errors
/// [`Error`].
pub(super) fn files(of: &WholeRecord, practice: &str, now: Instant, zone: Zone) -> Result<Vec<File>, Error> {
    let resources = resources(of);
    let entries: Vec<Value> = resources.iter().map(|(url, one)| json!({ "fullUrl": url, "resource": one })).collect();
    let made = instant_text(now, zone);
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "timestamp": made, "entry": entries });
    let mut files = vec![
        ("README.txt".to_owned(), README.as_bytes().to_vec()),
        ("record.html".to_owned(), page(of, &made).into_bytes()),
        ("fhir/bundle.json".to_owned(), pretty(&bundle)?),
        ("keepwell.json".to_owned(), pretty(&whole(of, zone)?)?),
    ];
    for kind in ["Patient", "Coverage"] {
        let mut lines = String::new();
        for one in resources.iter().map(|(_, one)| one).filter(|one| one["resourceType"] == kind) {
            lines.push_str(&one.to_string());
            lines.push('\n');
        }
        if !lines.is_empty() {
            files.push((format!("fhir/{kind}.ndjson"), lines.into_bytes()));
        }
    }
    if let Some(photo) = &of.photo {
        files.push(("attachments/photo.jpg".to_owned(), photo.to_vec()));
    }
    let paper = printed(of, practice, now, &files)?;
    files.push(("record.pdf".to_owned(), paper));
    Ok(files)
}

/// Everything the program keeps, every version of it, in fields of its own: FHIR has no place for all of them.
fn whole(of: &WholeRecord, zone: Zone) -> Result<Value, Error> {
    let mut versions = Vec::new();
    for version in &of.versions {
        versions.push(json!({
            "version": version.version,
            "at": instant_text(version.at, zone),
            "mrn": version.record.mrn,
            "demographics": as_json(&version.record.demographics)?,
            "deceased": as_json(&version.record.deceased)?,
            "restrictions": version.record.restrictions.iter().map(|one| one.text.clone()).collect::<Vec<_>>(),
        }));
    }
    Ok(json!({ "format": "keepwell-record-1", "patient": of.patient.id, "versions": versions,
        "merged_from": of.patient.merged_from, "photo": of.photo.as_ref().map(|_| "attachments/photo.jpg") }))
}

fn as_json<T: serde::Serialize>(value: &T) -> Result<Value, Error> {
    Ok(serde_json::to_value(value).map_err(|error| Fault::from_error(&error))?)
}

/// Returns the list of the files with the digest of each.
///
/// # Errors
/// [`Error`].
pub(super) fn manifest(files: &[File]) -> Result<Vec<u8>, Error> {
    let rows: Vec<Value> = files
        .iter()
        .map(
            |(name, bytes)| json!({ "name": name, "bytes": bytes.len(), "sha256": hex::encode(Sha256::digest(bytes)) }),
        )
        .collect();
    pretty(&json!({ "format": "keepwell-records-1", "files": rows }))
}

fn pretty(value: &Value) -> Result<Vec<u8>, Error> {
    Ok(serde_json::to_vec_pretty(value).map_err(|error| Fault::from_error(&error))?)
}
