//! `compliance.accountings`: the requests for accountings and the day by which each must be answered.

use crate::accounting::Accounting;
use crate::clock::Extension;
use crate::ledger::{CLOSED, every};
use keepwell_kernel::{AccountingId, CivilDate, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the requests.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AskAccountings")]
pub struct Accountings {}

/// The requests: those that wait first, by the day they are due; then the others, newest first.
#[derive(Debug, Serialize, TS)]
pub struct AccountingList {
    /// Every one that waits, and at most 200 others.
    pub rows: Vec<AccountingRow>,
}

/// One request.
#[derive(Debug, Serialize, TS)]
pub struct AccountingRow {
    /// The request.
    pub accounting: AccountingId,
    /// The patient.
    pub patient: PatientId,
    /// The patient's name.
    pub display_name: String,
    /// The record number.
    pub mrn: String,
    /// When it was received.
    #[ts(type = "CivilDate")]
    pub received_on: CivilDate,
    /// The first day it covers.
    #[ts(type = "CivilDate")]
    pub from: CivilDate,
    /// The last day it covers.
    #[ts(type = "CivilDate")]
    pub to: CivilDate,
    /// The day by which it must be answered.
    #[ts(type = "CivilDate")]
    pub due_on: CivilDate,
    /// It waits, and that day has passed.
    pub overdue: bool,
    /// The extension.
    pub extension: Option<Extension>,
    /// It can still be extended.
    pub can_extend: bool,
    /// What the patient pays, in cents.
    #[ts(type = "number")]
    pub fee_cents: i64,
    /// When the patient withdrew it.
    #[ts(type = "CivilDate | null")]
    pub withdrawn_on: Option<CivilDate>,
    /// When the letter was handed over.
    #[ts(type = "CivilDate | null")]
    pub delivered_on: Option<CivilDate>,
}

impl Operation for Accountings {
    const NAME: &'static str = "compliance.accountings";
    const PERMISSION: Permission = Permission::DisclosureRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::PatientRequest];
    type Output = AccountingList;
}

impl Query for Accountings {
    fn run(self, cx: &ReadCx<'_>) -> Result<AccountingList, Error> {
        let (mut open, mut closed): (Vec<_>, Vec<_>) = all(cx)?.into_iter().partition(Accounting::is_open);
        open.sort_by_key(|one| (one.due_on(), one.id));
        closed.sort_by_key(|one| std::cmp::Reverse((one.received_on, one.id)));
        closed.truncate(CLOSED);
        let rows = open.into_iter().chain(closed).map(|one| row(cx, one)).collect::<Result<_, Error>>()?;
        Ok(AccountingList { rows })
    }
}

/// Returns every request. That notes nobody: whoever shows one reads its patient.
pub(crate) fn all(cx: &ReadCx<'_>) -> Result<Vec<Accounting>, Error> {
    Ok(every!(cx, Accounting).into_iter().map(|stored| stored.record).collect())
}

fn row(cx: &ReadCx<'_>, of: Accounting) -> Result<AccountingRow, Error> {
    let patient = known(cx, of.patient)?;
    let (today, due_on) = (cx.today(), of.due_on());
    Ok(AccountingRow {
        accounting: of.id,
        patient: of.patient,
        display_name: patient.listed_name,
        mrn: patient.mrn,
        received_on: of.received_on,
        from: of.from,
        to: of.to,
        due_on,
        overdue: of.is_open() && today > due_on,
        can_extend: of.is_open() && of.extension.is_none() && today <= of.extend_by(),
        extension: of.extension,
        fee_cents: of.fee.as_cents(),
        withdrawn_on: of.withdrawn_on,
        delivered_on: of.delivered_on,
    })
}
