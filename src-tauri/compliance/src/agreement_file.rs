//! `compliance.agreement_file`: the signed agreement itself.

use crate::associate::BusinessAssociate;
use crate::refusals::{NO_FILE, UNKNOWN_ASSOCIATE};
use base64::Engine as _;
use keepwell_kernel::{AssociateId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for a signed agreement.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenAgreement {
    /// The associate.
    pub associate: AssociateId,
}

/// A signed agreement.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct AgreementFile {
    /// The PDF file in base64 (RFC 4648, section 4).
    pub pdf_base64: String,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

impl Operation for OpenAgreement {
    const NAME: &'static str = "compliance.agreement_file";
    const PERMISSION: Permission = Permission::AssociateRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal];
    type Output = AgreementFile;
}

impl Query for OpenAgreement {
    fn run(self, cx: &ReadCx<'_>) -> Result<AgreementFile, Error> {
        let key = cx.key(BusinessAssociate::TABLE)?.id(self.associate.bytes()).done();
        let found = cx.get::<BusinessAssociate>(&key)?.ok_or_else(|| UNKNOWN_ASSOCIATE.at("associate"))?.record;
        let kept = found.agreement.as_ref().zip(found.agreement_sha256);
        let (blob, sha256) = kept.ok_or_else(|| NO_FILE.at("associate"))?;
        let pdf_base64 = base64::engine::general_purpose::STANDARD.encode(cx.blob(blob)?.as_slice());
        Ok(AgreementFile { pdf_base64, sha256 })
    }
}
