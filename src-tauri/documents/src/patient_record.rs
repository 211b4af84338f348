//! A patient's record as somebody can read it without a program: for the patient, or for whoever treats the patient next.

use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use serde::Serialize;

/// What the copy of a record says.
#[derive(Debug, Clone, Serialize)]
pub struct PatientRecord {
    /// When it was made; it stands in the PDF's own description, so that the same copy is the same bytes.
    pub created: Created,
    /// The practice that keeps the record.
    pub practice: String,
    /// The patient's name: it stands on every page with the next two, because pages part.
    pub patient: String,
    /// The patient's date of birth.
    pub birth_date: String,
    /// The patient's record number.
    pub record_number: String,
    /// The record, in the order in which it is read.
    pub sections: Vec<RecordSection>,
    /// The files that belong to it and are given beside it.
    pub attachments: Vec<Attachment>,
}

/// A part of a record.
#[derive(Debug, Clone, Serialize)]
pub struct RecordSection {
    /// Its heading.
    pub title: String,
    /// Single facts: what it is, and what the record says of it.
    pub rows: Vec<(String, String)>,
    /// Facts of one kind.
    pub table: Option<RecordTable>,
    /// Text as somebody wrote it, lines kept.
    pub note: Option<String>,
}

/// Facts of one kind, one a row.
#[derive(Debug, Clone, Serialize)]
pub struct RecordTable {
    /// What stands over the columns.
    pub head: Vec<String>,
    /// The rows. One that is longer than the head is printed whole all the same.
    pub rows: Vec<Vec<String>>,
}

/// A file that belongs to the record.
#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What it is, in a word.
    pub kind: String,
    /// Its size as people say it.
    pub bytes: String,
    /// Its SHA-256 in hex, by which the file beside the paper is known to be that one.
    pub sha256: String,
}

/// Makes the copy, PDF/UA-1 and PDF/A-2u at once.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn patient_record(of: &PatientRecord) -> Result<Vec<u8>, DocumentError> {
    print(Order {
        template: "patient_record.typ",
        values: of,
        picture: None,
        created: of.created,
        promise: Promise::ReadByAnybody,
    })
}
