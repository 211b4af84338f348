//! A contact (`crm_contacts`): somebody who acts for patients, a parent, a carer, and the channels that reach them.

use crate::looking::Look;
use crate::refusals::UNKNOWN;
use keepwell_kernel::{ContactId, Error, PatientId};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a contact is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContactChannelKind {
    /// A voice call.
    Phone,
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
}

/// One channel of a contact (`crm_contact_channels`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "ChannelOfContact")]
pub struct ContactChannel {
    /// What kind.
    pub kind: ContactChannelKind,
    /// The number or the address.
    pub value: String,
    /// It is tried first.
    pub preferred: bool,
}

/// Somebody who acts for patients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Who it is.
    pub name: String,
    /// What the contact is to the patients: mother, guardian, carer.
    pub relationship: String,
    /// For whom.
    pub patients: Vec<PatientId>,
    /// How the contact is reached.
    pub channels: Vec<ContactChannel>,
    /// The contact acts for nobody any more.
    pub ended: bool,
}

/// Refuses a contact who does not act for the patient.
///
/// # Errors
/// [`UNKNOWN`] at `contact`.
pub(crate) fn acts_for(cx: &impl Look, contact: Option<ContactId>, patient: PatientId) -> Result<(), Error> {
    let Some(contact) = contact else { return Ok(()) };
    let row = cx.maker(Contact::TABLE)?.id(contact.bytes()).done();
    let found = cx.record::<Contact>(&row)?.map(|stored| stored.record);
    let acts = found.is_some_and(|one| !one.ended && one.patients.contains(&patient));
    if acts { Ok(()) } else { Err(UNKNOWN.at("contact").into()) }
}
