//! A patient's records on paper: the same that the page says, as a PDF file that keeps and that a screen reader reads.

use super::files::File;
use super::page::{Told, born, sections, versions};
use keepwell_documents::{Attachment, PatientRecord, RecordSection, RecordTable, patient_record};
use keepwell_kernel::{Error, Fault, Instant, utc_parts};
use sha2::{Digest as _, Sha256};

/// Returns the PDF file. It names the attachments among `beside`, with the digest of each.
///
/// # Errors
/// [`Error`].
pub(super) fn printed(told: Told<'_>, practice: &str, now: Instant, beside: &[File]) -> Result<Vec<u8>, Error> {
    let of = told.of;
    let fact = |title: &str, rows, table| RecordSection { title: title.to_owned(), rows, table, note: None };
    let mut parts: Vec<RecordSection> =
        sections(told).into_iter().map(|(title, rows)| fact(title, rows, None)).collect();
    let written = RecordTable {
        head: vec!["Version".to_owned(), "Written".to_owned()],
        rows: versions(of).map(|(version, at)| vec![version, at]).collect(),
    };
    parts.push(fact("Versions of this record", Vec::new(), Some(written)));
    let record = PatientRecord {
        created: utc_parts(now),
        practice: practice.to_owned(),
        patient: of.patient.demographics.listed_name(),
        birth_date: born(of),
        record_number: of.patient.mrn.clone(),
        sections: parts,
        attachments: beside.iter().filter(|(name, _)| name.starts_with("attachments/")).map(attached).collect(),
    };
    Ok(patient_record(&record).map_err(|error| Fault::from_error(&error))?)
}

fn attached((name, bytes): &File) -> Attachment {
    Attachment {
        name: name.clone(),
        kind: "Photo".to_owned(),
        bytes: format!("{} bytes", bytes.len()),
        sha256: hex::encode(Sha256::digest(bytes)),
    }
}
