//! `compliance.accounting_letter`: what the letter to the patient says (45 CFR 164.528(b)).

use crate::accounting::Accounting;
use crate::disclosure::Disclosure;
use crate::ledger::{accountable, all_of};
use crate::refusals::UNKNOWN_ACCOUNTING;
use crate::suspension::Suspension;
use crate::table::{DISCLOSURE_OF, SUSPENSION_OF};
use keepwell_identity::PracticeDetails;
use keepwell_kernel::{AccountingId, CivilDate, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the letter that answers a request.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskAccountingLetter {
    /// The request.
    pub accounting: AccountingId,
}

/// What the letter says.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct AccountingLetter {
    /// Who writes.
    pub practice: PracticeDetails,
    /// Today.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// The patient's name.
    pub display_name: String,
    /// The record number.
    pub mrn: String,
    /// The date of birth.
    #[ts(type = "CivilDate | null")]
    pub date_of_birth: Option<CivilDate>,
    /// Where the letter goes, line by line: the alternative address where the patient asked for one (164.522(b)).
    pub mail_to: Vec<String>,
    /// When the request was received.
    #[ts(type = "CivilDate")]
    pub received_on: CivilDate,
    /// The first day it covers.
    #[ts(type = "CivilDate")]
    pub from: CivilDate,
    /// The last day it covers.
    #[ts(type = "CivilDate")]
    pub to: CivilDate,
    /// What the patient pays, in cents.
    #[ts(type = "number")]
    pub fee_cents: i64,
    /// What was disclosed, oldest first.
    pub items: Vec<LetterItem>,
}

/// One disclosure, or several of the same kind to the same recipient (164.528(b)(3)).
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LetterItem {
    /// The day, or the first of the days.
    #[ts(type = "CivilDate")]
    pub disclosed_on: CivilDate,
    /// Who received it.
    pub recipient: String,
    /// Where, as far as it is known.
    pub address: Option<String>,
    /// What was disclosed.
    pub description: String,
    /// Why.
    pub purpose: String,
    /// The place in 45 CFR that permits or requires it.
    pub cite: String,
    /// How many disclosures these were.
    #[ts(type = "number")]
    pub times: usize,
    /// The last of the days.
    #[ts(type = "CivilDate")]
    pub last_on: CivilDate,
}

impl Operation for AskAccountingLetter {
    const NAME: &'static str = "compliance.accounting_letter";
    const PERMISSION: Permission = Permission::DisclosureRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = AccountingLetter;
}

impl Query for AskAccountingLetter {
    fn run(self, cx: &ReadCx<'_>) -> Result<AccountingLetter, Error> {
        let key = cx.key(Accounting::TABLE)?.id(self.accounting.bytes()).done();
        let request = cx.get::<Accounting>(&key)?.ok_or_else(|| UNKNOWN_ACCOUNTING.at("accounting"))?.record;
        let patient = known(cx, request.patient)?;
        let rows = all_of!(cx, Disclosure, DISCLOSURE_OF, patient.records());
        let suspensions = all_of!(cx, Suspension, SUSPENSION_OF, patient.records());
        let rows = match request.delivered_on {
            // A letter that was handed over says what it said then.
            Some(_) => rows.into_iter().filter(|row| request.listed.contains(&row.id)).collect(),
            None => accountable(rows, &suspensions, (request.from, request.to), cx.today()),
        };
        Ok(AccountingLetter {
            practice: keepwell_identity::practice_of_query(cx)?.details,
            date: request.delivered_on.unwrap_or_else(|| cx.today()),
            display_name: patient.listed_name,
            mrn: patient.mrn,
            date_of_birth: patient.date_of_birth,
            mail_to: patient.mail_to,
            received_on: request.received_on,
            from: request.from,
            to: request.to,
            fee_cents: request.fee.as_cents(),
            items: items(rows),
        })
    }
}

/// Puts disclosures to the same recipient for the same purpose into one item: the first in full, how many, and the last.
fn items(mut rows: Vec<Disclosure>) -> Vec<LetterItem> {
    rows.sort_by_key(|row| (row.disclosed_on, row.id));
    let mut items: Vec<LetterItem> = Vec::new();
    for row in rows {
        let cite = row.basis.cite().to_owned();
        let same = |item: &&mut LetterItem| {
            item.cite == cite && item.recipient == row.recipient.name && item.purpose == row.purpose
        };
        if let Some(item) = items.iter_mut().find(same) {
            (item.times, item.last_on) = (item.times + 1, row.disclosed_on);
            continue;
        }
        items.push(LetterItem {
            disclosed_on: row.disclosed_on,
            recipient: row.recipient.name,
            address: row.recipient.address,
            description: row.description,
            purpose: row.purpose,
            cite,
            times: 1,
            last_on: row.disclosed_on,
        });
    }
    items
}
