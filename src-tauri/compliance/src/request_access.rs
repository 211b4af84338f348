//! `compliance.request_access`: somebody asks to see a patient's records or for a copy of them.

use crate::access::AccessRequest;
use crate::fields::{LINE, TEXT_MAX, optional, optional_date, past, required};
use crate::refusals::DATE_ORDER;
use crate::requester::Requester;
use keepwell_kernel::{AccessId, CivilDate, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::known_to;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Takes a request for access (45 CFR 164.524).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RequestAccess {
    /// The patient.
    pub patient: PatientId,
    /// Who asks, and how that was verified.
    pub requester: Requester,
    /// When the request was received.
    #[ts(type = "CivilDate")]
    pub received_on: String,
    /// What is asked for; where nothing is named, the whole designated record set.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub scope: Option<String>,
    /// The first day asked for; from the beginning where none is named.
    #[serde(default)]
    #[ts(optional = nullable, type = "CivilDate")]
    pub from: Option<String>,
    /// The last day asked for; to the end where none is named.
    #[serde(default)]
    #[ts(optional = nullable, type = "CivilDate")]
    pub to: Option<String>,
    /// In what form, in the words of whoever asks.
    pub form: String,
    /// That form is electronic.
    pub electronic: bool,
    /// On what way it is to be handed over, in the words of whoever asks.
    pub channel: String,
}

/// The request waits for its answer.
#[derive(Debug, Serialize, TS)]
pub struct AccessRequested {
    /// The request.
    pub access: AccessId,
    /// The day by which it must be acted on.
    #[ts(type = "CivilDate")]
    pub due_on: CivilDate,
}

impl Operation for RequestAccess {
    const NAME: &'static str = "compliance.request_access";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = AccessRequested;
}

impl Command for RequestAccess {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<AccessRequested, Error> {
        known_to(cx, self.patient, "patient")?;
        let from = optional_date(self.from.as_deref(), "from")?;
        let to = optional_date(self.to.as_deref(), "to")?;
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(DATE_ORDER.at("to").into());
        }
        let request = AccessRequest {
            id: AccessId::make(),
            patient: self.patient,
            requester: self.requester.checked()?,
            received_on: past(&self.received_on, cx.today(), "received_on")?,
            scope: optional(self.scope.as_deref(), TEXT_MAX, "scope")?,
            from,
            to,
            form: required(&self.form, LINE, "form")?,
            electronic: self.electronic,
            channel: required(&self.channel, LINE, "channel")?,
            extension: None,
            fee_lines: Vec::new(),
            decision: None,
            review: None,
            deliveries: Vec::new(),
            withdrawn_on: None,
        };
        cx.put(&request)?;
        Ok(AccessRequested { access: request.id, due_on: request.due_on() })
    }
}
