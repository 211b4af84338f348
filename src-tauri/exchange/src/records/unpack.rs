//! Reading what somebody says is a file of ours: nothing it says of sizes, names and digests is believed.

use super::beside;
use super::files::{File, MANIFEST, MANIFEST_FORM, RECORD, sha256};
use super::form::{
    CONTACTS, KeptRecord, KeptVisits, OPERATION_DETAILS, OPERATIONS, RECEIVED, RECORD_FORM, RECORD_FORM_2,
    RECORD_FORM_3, VISIT_REASONS, VISITS, WAITS,
};
use crate::fhir::resources::type_of;
use crate::import_patients::SOURCE_MAX;
use crate::received::{RESOURCE_BYTES_MAX, RESOURCE_ID_MAX};
use crate::refusals::{
    RECORDS_DAMAGED, RECORDS_FORM, RECORDS_MISSING, RECORDS_PATH, RECORDS_TOO_LARGE, RECORDS_UNLISTED,
    RECORDS_UNREADABLE,
};
use keepwell_kernel::Refusal;
use keepwell_scheduling::VisitsOfPatient;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// The largest package of one patient, unpacked, in bytes.
pub(super) const PACKAGE_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// The longest path inside a package, in characters.
const PATH_MAX: usize = 120;
/// What is made of `keepwell.json` for others to read, and so is not read again.
const DERIVED: [&str; 8] = [
    "README.txt",
    "RECORDS.md",
    "record.html",
    "record.pdf",
    "fhir/bundle.json",
    "fhir/Patient.ndjson",
    "fhir/Coverage.ndjson",
    "fhir/Appointment.ndjson",
];

/// The files of an archive by their paths.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Unpacks an archive of at most so many bytes and files. No file is longer than it says, and none is written anywhere.
///
/// # Errors
/// A refusal that names the file.
pub(super) fn unzipped(archive: &[u8], bytes_max: u64, files_max: usize) -> Result<Files, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(|_| RECORDS_UNREADABLE.refusal())?;
    if archive.len() > files_max {
        return Err(RECORDS_TOO_LARGE.refusal());
    }
    if archive.has_duplicate_names() {
        return Err(RECORDS_DAMAGED.refusal());
    }
    let (mut files, mut left) = (Files::new(), bytes_max);
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| RECORDS_UNREADABLE.refusal())?;
        let name = file.name().map_err(|_| RECORDS_PATH.refusal())?.into_owned();
        if !is_plain_path(&name) || !file.is_file() {
            return Err(RECORDS_PATH.refusal());
        }
        let stated = file.size();
        left = left.checked_sub(stated).ok_or_else(|| RECORDS_TOO_LARGE.at(name.as_str()))?;
        let mut bytes = Vec::new();
        // One byte more than it says is enough to know that it lies.
        let read = file.take(stated + 1).read_to_end(&mut bytes);
        if read.is_err() || bytes.len() as u64 != stated {
            return Err(RECORDS_DAMAGED.at(name));
        }
        files.insert(name, bytes);
    }
    Ok(files)
}

/// Says whether a path leads to a file within the archive and nowhere else, on every system.
pub(super) fn is_plain_path(path: &str) -> bool {
    let plain = |part: &str| {
        let signs = part.bytes().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'.' | b'-' | b'_'));
        signs && !part.is_empty() && !part.starts_with('.')
    };
    path.len() <= PATH_MAX && path.split('/').all(plain)
}

#[derive(Deserialize)]
struct Manifest {
    files: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    name: String,
    bytes: u64,
    sha256: String,
}

#[derive(Deserialize)]
struct Format {
    format: String,
}

/// A patient's package whose every byte is as its manifest says.
pub(super) struct Package {
    pub(super) record: KeptRecord,
    /// How long `keepwell.json` is.
    pub(super) record_bytes: usize,
    /// SHA-256 of the manifest, in hex.
    pub(super) sha256: String,
    /// The photos by their names.
    pub(super) photos: Files,
    /// What came from other systems, each as its JSON.
    pub(super) received: Vec<String>,
    /// The visits and the operations, and what they were for.
    pub(super) visits: VisitsOfPatient,
    /// Each `keepwell.json` that the record came with before, oldest first, and at last the package's own.
    pub(super) originals: Vec<Vec<u8>>,
}

impl Package {
    /// Reads a package.
    ///
    /// # Errors
    /// A refusal that names the file or the field.
    pub(super) fn read(archive: &[u8]) -> Result<Self, Refusal> {
        let mut files = unzipped(archive, PACKAGE_BYTES_MAX, 2_000)?;
        let manifest = files.remove(MANIFEST).ok_or_else(|| RECORDS_MISSING.at(MANIFEST))?;
        as_listed(&manifest, &files)?;
        let record = files.remove(RECORD).ok_or_else(|| RECORDS_MISSING.at(RECORD))?;
        let kept = kept_record(&record)?;
        let received = received(files.remove(RECEIVED), &kept)?;
        let visits = visits(&mut files, &kept)?;
        files.retain(|name, _| !DERIVED.contains(&name.as_str()));
        let mut originals = Vec::new();
        while let Some(before) = files.remove(&beside::name(originals.len())) {
            originals.push(before);
        }
        let record_bytes = record.len();
        originals.push(record);
        let named = |name: &str| kept.versions.iter().any(|version| version.photo.as_deref() == Some(name));
        if let Some((name, _)) = files.iter().find(|(name, _)| !named(name)) {
            return Err(RECORDS_UNLISTED.at(name.as_str()));
        }
        Ok(Self { record: kept, record_bytes, sha256: sha256(&manifest), photos: files, received, visits, originals })
    }
}

/// Compares the files with the manifest: each stands in it once, and is as long and as it says.
fn as_listed(manifest: &[u8], files: &Files) -> Result<(), Refusal> {
    form(manifest, MANIFEST_FORM, MANIFEST)?;
    let Manifest { files: listed } = serde_json::from_slice(manifest).map_err(|_| RECORDS_DAMAGED.at(MANIFEST))?;
    let mut seen = BTreeMap::new();
    for Listed { name, bytes, sha256: stated } in &listed {
        if !is_plain_path(name) {
            return Err(RECORDS_PATH.at(MANIFEST));
        }
        let file = files.get(name).ok_or_else(|| RECORDS_MISSING.at(name.as_str()))?;
        let same = file.len() as u64 == *bytes && sha256(file) == *stated;
        if !same || seen.insert(name, ()).is_some() {
            return Err(RECORDS_DAMAGED.at(name.as_str()));
        }
    }
    match files.keys().find(|name| !seen.contains_key(name)) {
        Some(name) => Err(RECORDS_UNLISTED.at(name.as_str())),
        None => Ok(()),
    }
}

/// Takes the lines apart: there is one for each that the record lists, and each is a resource of the type listed.
fn received(file: Option<Vec<u8>>, kept: &KeptRecord) -> Result<Vec<String>, Refusal> {
    let damaged = || RECORDS_DAMAGED.at(RECEIVED);
    // Without the file there is no line, which is right only where none is listed.
    let text = file.map_or_else(|| Ok(String::new()), |file| String::from_utf8(file).map_err(|_| damaged()))?;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.len() != kept.received.len() {
        return Err(damaged());
    }
    for (line, listed) in lines.iter().zip(&kept.received) {
        let resource: Value = serde_json::from_str(line).map_err(|_| damaged())?;
        let short = listed.source.chars().count() <= SOURCE_MAX && listed.id.chars().count() <= RESOURCE_ID_MAX;
        if type_of(&resource) != Some(&listed.resource_type) || line.len() > RESOURCE_BYTES_MAX || !short {
            return Err(damaged());
        }
    }
    Ok(lines)
}

/// Reads the visits and the operations: as many as the record counts. A form before the fourth has none, and no file of them either.
fn visits(files: &mut Files, kept: &KeptRecord) -> Result<VisitsOfPatient, Refusal> {
    let Some(KeptVisits { reasons_whole, .. }) = kept.visits else { return Ok(VisitsOfPatient::default()) };
    let along = VisitsOfPatient {
        visits: list(files, VISITS)?,
        reasons: list(files, VISIT_REASONS)?,
        operations: list(files, OPERATIONS)?,
        details: list(files, OPERATION_DETAILS)?,
        waits: list(files, WAITS)?,
        contacts: list(files, CONTACTS)?,
        reasons_whole,
    };
    if kept.visits == Some(KeptVisits::of(&along)) { Ok(along) } else { Err(RECORDS_DAMAGED.at("visits")) }
}

/// Reads a list that is a file of its own; without the file there is nothing in it.
fn list<T: serde::de::DeserializeOwned>(files: &mut Files, name: &str) -> Result<Vec<T>, Refusal> {
    let Some(bytes) = files.remove(name) else { return Ok(Vec::new()) };
    let mut reading = serde_json::Deserializer::from_slice(&bytes);
    let read = serde_path_to_error::deserialize(&mut reading);
    let read = read.map_err(|error| RECORDS_DAMAGED.at(format!("{name} {}", error.path())))?;
    reading.end().map_err(|_| RECORDS_DAMAGED.at(name))?;
    Ok(read)
}

fn kept_record(bytes: &[u8]) -> Result<KeptRecord, Refusal> {
    let (has_amendments, has_visits) = match form_of(bytes, RECORD)?.as_str() {
        RECORD_FORM => (true, true),
        RECORD_FORM_3 => (true, false),
        RECORD_FORM_2 => (false, false),
        _ => return Err(RECORDS_FORM.at(RECORD)),
    };
    let mut reading = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reading);
    let read: KeptRecord = read.map_err(|error| RECORDS_DAMAGED.at(error.path().to_string()))?;
    reading.end().map_err(|_| RECORDS_DAMAGED.at(RECORD))?;
    if read.amendments.is_some() != has_amendments {
        return Err(RECORDS_DAMAGED.at("amendments"));
    }
    if read.visits.is_some() == has_visits { Ok(read) } else { Err(RECORDS_DAMAGED.at("visits")) }
}

/// Reads the name of a form before anything else, so that a newer file is called newer and not damaged.
pub(super) fn form(bytes: &[u8], expected: &str, name: &str) -> Result<(), Refusal> {
    if form_of(bytes, name)? == expected { Ok(()) } else { Err(RECORDS_FORM.at(name)) }
}

fn form_of(bytes: &[u8], name: &str) -> Result<String, Refusal> {
    let Format { format } = serde_json::from_slice(bytes).map_err(|_| RECORDS_DAMAGED.at(name))?;
    Ok(format)
}

/// Takes the packages of an archive apart: the one that it is, or one for each folder in it, each an archive of its own.
///
/// # Errors
/// A refusal that names the file.
pub(super) fn apart(archive: &[u8], bytes_max: u64) -> Result<Vec<(String, Vec<File>)>, Refusal> {
    let files = unzipped(archive, bytes_max, 200_000)?;
    if files.contains_key(MANIFEST) {
        return Ok(vec![(String::new(), files.into_iter().collect())]);
    }
    let mut folders: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for (path, bytes) in files {
        let (folder, name) = path.split_once('/').ok_or_else(|| RECORDS_UNLISTED.at(path.as_str()))?;
        folders.entry(folder.to_owned()).or_default().push((name.to_owned(), bytes));
    }
    Ok(folders.into_iter().collect())
}
