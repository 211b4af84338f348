//! `patients.set_photo`: a face for the banner, against opening the wrong chart.

use crate::patient::{keep, take_up};
use base64::Engine as _;
use keepwell_kernel::{Code, Compartment, Error, Operation, PatientId, Permission, Purpose, Refusal};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// The largest photo, in bytes.
pub const PHOTO_BYTES_MAX: usize = 2 * 1024 * 1024;
/// How a JPEG begins (ITU-T T.81: start of image, then another marker).
const JPEG: [u8; 3] = [0xFF, 0xD8, 0xFF];

/// Not a JPEG.
pub const PHOTO_FORM: Code = Code::new("patients.photo_form", "This is not a JPEG picture. Choose another file.");
/// Too large.
pub const PHOTO_SIZE: Code = Code::new("patients.photo_size", "The photo is larger than 2 MB. Make it smaller.");

/// Sets the photo.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetPhoto {
    /// The patient.
    pub patient: PatientId,
    /// The JPEG file in base64 (RFC 4648, section 4), at most 2 MB before encoding.
    pub jpeg_base64: String,
}

impl Operation for SetPhoto {
    const NAME: &'static str = "patients.set_photo";
    const PERMISSION: Permission = Permission::DemographicsWrite;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Treatment, Purpose::Operations, Purpose::PatientRequest, Purpose::Emergency];
    type Output = ();
}

impl Command for SetPhoto {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        // The length is checked first, so that nothing huge is decoded.
        if self.jpeg_base64.len() > PHOTO_BYTES_MAX.div_ceil(3) * 4 {
            return Err(PHOTO_SIZE.at("jpeg_base64").into());
        }
        let decoded = base64::engine::general_purpose::STANDARD.decode(&self.jpeg_base64);
        let jpeg = zeroize::Zeroizing::new(decoded.map_err(|_| PHOTO_FORM.at("jpeg_base64"))?);
        check_jpeg(&jpeg, "jpeg_base64")?;
        let mut patient = take_up(cx, self.patient, "patient")?.record;
        patient.photo = Some(cx.put_blob(Compartment::Demographics, &jpeg)?);
        keep(cx, &patient)?;
        Ok(())
    }
}

/// Says whether a file can be a photo.
///
/// # Errors
/// [`PHOTO_FORM`] or [`PHOTO_SIZE`] at the field.
pub(crate) fn check_jpeg(jpeg: &[u8], field: &str) -> Result<(), Refusal> {
    if !jpeg.starts_with(&JPEG) {
        return Err(PHOTO_FORM.at(field));
    }
    if jpeg.len() > PHOTO_BYTES_MAX { Err(PHOTO_SIZE.at(field)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Trial;
    use serde_json::json;

    fn base64(bytes: &[u8]) -> String {
        base64::engine::general_purpose::STANDARD.encode(bytes)
    }

    #[test]
    fn a_photo_is_kept_whole_up_to_two_megabytes() {
        let trial = Trial::open();
        let patient = trial.register("Nguyen", &["Linh"], "1990-06-01");
        assert_eq!(trial.refused("patients.photo", json!({ "patient": patient })).0, "patients.no_photo");
        let jpeg = |length: usize| {
            let mut bytes = vec![0x5A; length];
            bytes[..3].copy_from_slice(&JPEG);
            base64(&bytes)
        };
        for (photo, code) in [
            (base64(b"\x89PNG\r\n\x1a\n"), PHOTO_FORM.code),
            (base64(&JPEG[..2]), PHOTO_FORM.code),
            (String::new(), PHOTO_FORM.code),
            ("not base64".to_owned(), PHOTO_FORM.code),
            (jpeg(PHOTO_BYTES_MAX + 1), PHOTO_SIZE.code),
            (jpeg(PHOTO_BYTES_MAX + 100), PHOTO_SIZE.code),
        ] {
            let refused = trial.refused("patients.set_photo", json!({ "patient": patient, "jpeg_base64": photo }));
            assert_eq!(refused, (code.to_owned(), "jpeg_base64".to_owned()));
        }
        for length in [3, 70_000, PHOTO_BYTES_MAX] {
            let photo = jpeg(length);
            trial.done("patients.set_photo", json!({ "patient": patient, "jpeg_base64": photo }));
            assert!(trial.done("patients.photo", json!({ "patient": patient }))["jpeg_base64"] == photo.as_str());
            assert_eq!(trial.noted("patients.photo"), [patient.as_str()]);
        }
        assert_eq!(trial.done("patients.chart", json!({ "patient": patient }))["has_photo"], true);
    }
}
