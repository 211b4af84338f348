//! `patients.photo`: the face in the banner.

use crate::patient::look_at;
use base64::Engine as _;
use keepwell_kernel::{Code, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// There is no photo.
pub const NO_PHOTO: Code = Code::new("patients.no_photo", "There is no photo of this patient yet.");

/// Opens the photo.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenPhoto {
    /// The patient.
    pub patient: PatientId,
}

/// A photo.
#[derive(Serialize, TS)]
pub struct Photo {
    /// The JPEG file in base64.
    pub jpeg_base64: String,
}

impl Operation for OpenPhoto {
    const NAME: &'static str = "patients.photo";
    const PERMISSION: Permission = Permission::DemographicsRead;
    const PURPOSES: &'static [Purpose] = &[
        Purpose::Treatment,
        Purpose::Payment,
        Purpose::Operations,
        Purpose::PatientRequest,
        Purpose::Emergency,
        Purpose::Legal,
    ];
    type Output = Photo;
}

impl Query for OpenPhoto {
    fn run(self, cx: &ReadCx<'_>) -> Result<Photo, Error> {
        let patient = look_at(cx, self.patient)?.record;
        let jpeg = cx.blob(&patient.photo.ok_or_else(|| NO_PHOTO.at("patient"))?)?;
        Ok(Photo { jpeg_base64: base64::engine::general_purpose::STANDARD.encode(&*jpeg) })
    }
}
