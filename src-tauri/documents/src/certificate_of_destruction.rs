//! The certificate that media with a practice's records were sanitized, with the fields of NIST SP 800-88.

use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use serde::Serialize;

/// What a certificate of destruction says. A field that is left empty is a line to write on: the paper is signed by hand.
#[derive(Debug, Clone, Serialize)]
pub struct CertificateOfDestruction {
    /// When it was made; it stands in the PDF's own description, so that the same certificate is the same bytes.
    pub created: Created,
    /// The practice whose records they were.
    pub practice: String,
    /// Which store was on them.
    pub vault: String,
    /// How many entries its log held at last.
    pub log_size: String,
    /// The log's last root in hex.
    pub root: String,
    /// The hash of the final backup, which says what was kept; empty when none was.
    pub final_backup: String,
    /// What was sanitized.
    pub media: Media,
    /// How.
    pub sanitization: Sanitization,
    /// Who did it.
    pub performed_by: Signatory,
    /// Who looked whether it was done, where that was somebody else.
    pub verified_by: Option<Signatory>,
}

/// What was sanitized.
#[derive(Debug, Clone, Serialize)]
pub struct Media {
    /// Who made it.
    pub manufacturer: String,
    /// Its model.
    pub model: String,
    /// Its serial number.
    pub serial: String,
    /// The practice's own number for it.
    pub property_number: String,
    /// What it is: solid-state drive, USB stick, paper.
    pub kind: String,
    /// Whose it was, or which computer it came from.
    pub source: String,
}

/// How media were sanitized.
#[derive(Debug, Clone, Serialize)]
pub struct Sanitization {
    /// Clear, Purge or Destroy.
    pub description: String,
    /// The technique: cryptographic erase, overwrite, shredding.
    pub method: String,
    /// The tool and its version.
    pub tool: String,
    /// How it was verified.
    pub verification: String,
    /// How much was looked at.
    pub sample: String,
    /// What may be done with the media now.
    pub classification_after: String,
    /// Where they go.
    pub destination: String,
}

/// Somebody who signs.
#[derive(Debug, Clone, Serialize)]
pub struct Signatory {
    /// Name.
    pub name: String,
    /// Title or position.
    pub title: String,
    /// When it was done.
    pub date: String,
    /// Where.
    pub place: String,
    /// Where to ask.
    pub phone: String,
}

/// Makes the certificate, PDF/A-2u, with lines for signatures.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn certificate_of_destruction(of: &CertificateOfDestruction) -> Result<Vec<u8>, DocumentError> {
    print(Order {
        template: "certificate_of_destruction.typ",
        values: of,
        picture: None,
        created: of.created,
        promise: Promise::Kept,
    })
}
