//! `compliance.request_amendment`: somebody asks that a patient's record be amended.

use crate::amendment::{AmendedKind, AmendmentRequest, AmendmentTarget};
use crate::fields::{STATEMENT_MAX, TEXT_MAX, optional, past, required};
use crate::refusals::UNKNOWN_VERSION;
use crate::requester::Requester;
use keepwell_kernel::{AmendmentId, CivilDate, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::{known_to, newest_version};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Takes a request for an amendment (45 CFR 164.526).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RequestAmendment {
    /// The patient.
    pub patient: PatientId,
    /// Who asks, and how that was verified.
    pub requester: Requester,
    /// When the request was received.
    #[ts(type = "CivilDate")]
    pub received_on: String,
    /// Which record is to be amended.
    pub target: AmendmentTarget,
    /// What it should say, at most 4,000 characters.
    pub text: String,
    /// Why, where a reason is given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

/// The request waits for its answer.
#[derive(Debug, Serialize, TS)]
pub struct AmendmentRequested {
    /// The request.
    pub amendment: AmendmentId,
    /// The day by which it must be acted on.
    #[ts(type = "CivilDate")]
    pub due_on: CivilDate,
}

impl Operation for RequestAmendment {
    const NAME: &'static str = "compliance.request_amendment";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = AmendmentRequested;
}

impl Command for RequestAmendment {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<AmendmentRequested, Error> {
        known_to(cx, self.patient, "patient")?;
        let newest = match self.target.kind {
            AmendedKind::Patient => newest_version(cx, self.patient, "patient")?,
        };
        if !(1..=newest).contains(&self.target.version) {
            return Err(UNKNOWN_VERSION.at("target.version").into());
        }
        let request = AmendmentRequest {
            id: AmendmentId::make(),
            patient: self.patient,
            requester: self.requester.checked()?,
            received_on: past(&self.received_on, cx.today(), "received_on")?,
            target: self.target,
            text: required(&self.text, STATEMENT_MAX, "text")?,
            reason: optional(self.reason.as_deref(), TEXT_MAX, "reason")?,
            extension: None,
            accepted: None,
            denied: None,
            disagreement: None,
            accompany_asked_on: None,
            rebuttal: None,
        };
        cx.put(&request)?;
        Ok(AmendmentRequested { amendment: request.id, due_on: request.due_on() })
    }
}
