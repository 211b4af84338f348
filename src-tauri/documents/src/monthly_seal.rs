//! The monthly seal: a sheet for the safe that fixes what the log held.

use crate::error::DocumentError;
use crate::press::{Created, Order, Promise, print};
use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};
use serde::Serialize;

/// What a monthly seal says.
#[derive(Debug, Clone, Serialize)]
pub struct MonthlySeal {
    /// When it was made; it stands in the PDF's own description, so that the same seal is the same bytes.
    pub created: Created,
    /// The practice as its patients know it.
    pub practice: String,
    /// Which store it seals: a practice may have had more than one.
    pub vault: String,
    /// The month as people say it: `November 2026`.
    pub month: String,
    /// How many entries the log held.
    pub log_size: String,
    /// The log's root in hex, which somebody can type where no scanner is at hand.
    pub root: String,
    /// The digest of the store's state.
    pub state_digest: String,
    /// The whole signed note as it is, for the verifier: it is printed line by line and stands in the QR code.
    pub checkpoint: String,
    /// The key that signed it, in base64.
    pub public_key: String,
}

/// What the template reads: the seal, and what cannot be told from legible text.
#[derive(Serialize)]
struct Sheet<'a> {
    #[serde(flatten)]
    seal: &'a MonthlySeal,
    /// Whether there is a QR code to show.
    scanned: bool,
}

/// Makes the sheet, PDF/A-2u. A checkpoint that is too long for a QR code is printed without one, and the sheet says so.
///
/// # Errors
/// [`DocumentError`] when it cannot be made.
pub fn monthly_seal(of: &MonthlySeal) -> Result<Vec<u8>, DocumentError> {
    let picture = QrCode::with_error_correction_level(&of.checkpoint, EcLevel::M).ok().map(|code| drawn(&code));
    print(Order {
        template: "monthly_seal.typ",
        values: &Sheet { seal: of, scanned: picture.is_some() },
        picture,
        created: of.created,
        promise: Promise::Kept,
    })
}

/// Draws the code as paths, which are sharp at every size.
fn drawn(code: &QrCode) -> String {
    code.render::<Color<'_>>().module_dimensions(1, 1).build()
}
