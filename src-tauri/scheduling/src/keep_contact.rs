//! `scheduling.keep_contact`: somebody who acts for patients, and how to reach them.

use crate::contact::{Contact, ContactChannel};
use crate::fields::{LINE, at_most, required, text};
use crate::looking::Look as _;
use crate::refusals::UNKNOWN;
use keepwell_kernel::{ContactId, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most patients of a contact.
pub(crate) const PATIENTS_MAX: usize = 30;
/// The most channels of a contact.
pub(crate) const CHANNELS_MAX: usize = 10;

/// Keeps a contact.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepContact {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub contact: Option<ContactId>,
    /// Who it is.
    pub name: String,
    /// What the contact is to the patients.
    pub relationship: String,
    /// For whom.
    pub patients: Vec<PatientId>,
    /// How the contact is reached.
    pub channels: Vec<ContactChannel>,
    /// The contact acts for nobody any more.
    pub ended: bool,
}

/// It is kept.
#[derive(Debug, Serialize, TS)]
pub struct ContactKept {
    /// The contact.
    pub contact: ContactId,
}

impl Operation for KeepContact {
    const NAME: &'static str = "scheduling.keep_contact";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest];
    type Output = ContactKept;
}

impl Command for KeepContact {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<ContactKept, Error> {
        let id = self.contact.unwrap_or_else(ContactId::make);
        if self.contact.is_some() {
            let row = cx.key(Contact::TABLE)?.id(id.bytes()).done();
            cx.get::<Contact>(&row)?.ok_or_else(|| UNKNOWN.at("contact"))?;
        }
        at_most(&self.patients, PATIENTS_MAX, "patients")?;
        at_most(&self.channels, CHANNELS_MAX, "channels")?;
        for patient in &self.patients {
            cx.patient(*patient)?;
        }
        let keep = |(at, one): (usize, &ContactChannel)| {
            let value = required(&one.value, LINE, &format!("channels.{at}.value"))?;
            Ok(ContactChannel { value, ..one.clone() })
        };
        let channels = self.channels.iter().enumerate().map(keep).collect::<Result<_, Error>>()?;
        cx.put(&Contact {
            id,
            name: required(&self.name, LINE, "name")?,
            relationship: text(&self.relationship, LINE, "relationship")?,
            patients: self.patients,
            channels,
            ended: self.ended,
        })?;
        Ok(ContactKept { contact: id })
    }
}
