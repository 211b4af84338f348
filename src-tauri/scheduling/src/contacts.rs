//! `scheduling.contacts`: who acts for a patient.

use crate::contact::{Contact, ContactChannel};
use crate::refusals::UNKNOWN;
use crate::table::CONTACT_BY_PATIENT;
use keepwell_kernel::{ContactId, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most contacts of a patient.
const MOST: usize = 100;

/// Opens who acts for a patient.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenContacts {
    /// The patient.
    pub patient: PatientId,
}

/// Who acts for a patient.
#[derive(Debug, Serialize, TS)]
pub struct ContactList {
    /// Those who still do.
    pub rows: Vec<ContactRow>,
}

/// One of them.
#[derive(Debug, Serialize, TS)]
pub struct ContactRow {
    /// The contact.
    pub contact: ContactId,
    /// Who it is.
    pub name: String,
    /// What the contact is to the patient.
    pub relationship: String,
    /// For whom, this patient among them.
    pub patients: Vec<PatientId>,
    /// How the contact is reached.
    pub channels: Vec<ContactChannel>,
}

impl Operation for OpenContacts {
    const NAME: &'static str = "scheduling.contacts";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = ContactList;
}

impl Query for OpenContacts {
    fn run(self, cx: &ReadCx<'_>) -> Result<ContactList, Error> {
        let mut rows = Vec::new();
        for record in known(cx, self.patient)?.records() {
            let prefix = cx.key(Contact::TABLE)?.id(record.bytes()).done();
            for row in cx.find::<Contact>(CONTACT_BY_PATIENT, &prefix, MOST)? {
                let one = cx.get::<Contact>(&row)?.ok_or(UNKNOWN)?.record;
                rows.push(ContactRow {
                    contact: one.id,
                    name: one.name,
                    relationship: one.relationship,
                    patients: one.patients,
                    channels: one.channels,
                });
            }
        }
        Ok(ContactList { rows })
    }
}
