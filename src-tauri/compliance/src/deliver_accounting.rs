//! `compliance.deliver_accounting`: the letter was handed over; what it listed is kept.

use crate::accounting::{Accounting, take_up};
use crate::disclosure::Disclosure;
use crate::fields::{digest, past};
use crate::ledger::{accountable, all_of};
use crate::refusals::DATE_ORDER;
use crate::suspension::Suspension;
use crate::table::{DISCLOSURE_OF, SUSPENSION_OF};
use keepwell_kernel::{AccountingId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::known_to;
use serde::Deserialize;
use ts_rs::TS;

/// Closes a request with the letter that answers it.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeliverAccounting {
    /// The request.
    pub accounting: AccountingId,
    /// When the letter was handed over or sent.
    #[ts(type = "CivilDate")]
    pub delivered_on: String,
    /// SHA-256 of the letter, in hex, where the program made one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub letter_sha256: Option<String>,
}

impl Operation for DeliverAccounting {
    const NAME: &'static str = "compliance.deliver_accounting";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for DeliverAccounting {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let request = take_up(cx, self.accounting)?;
        let delivered_on = past(&self.delivered_on, cx.today(), "delivered_on")?;
        if delivered_on < request.received_on {
            return Err(DATE_ORDER.at("delivered_on").into());
        }
        let letter_sha256 = digest(self.letter_sha256, "letter_sha256")?;
        let patient = known_to(cx, request.patient, "accounting")?;
        let rows = all_of!(cx, Disclosure, DISCLOSURE_OF, patient.records());
        let suspensions = all_of!(cx, Suspension, SUSPENSION_OF, patient.records());
        let listed = accountable(rows, &suspensions, (request.from, request.to), cx.today());
        cx.put(&Accounting {
            delivered_on: Some(delivered_on),
            listed: listed.iter().map(|row| row.id).collect(),
            letter_sha256,
            ..request
        })?;
        Ok(())
    }
}
