//! `compliance.request_accounting`: a patient asks to whom the practice disclosed what.

use crate::accounting::{Accounting, earliest, is_free};
use crate::fields::{optional_date, past};
use crate::ledger::all_of;
use crate::refusals::{DATE_ORDER, FEE_NOTICE, FEE_RANGE, FIRST_IS_FREE, SIX_YEARS};
use crate::table::ACCOUNTING_OF;
use keepwell_kernel::{AccountingId, CivilDate, Error, Money, Operation, PatientId, Permission, Purpose, Refusal};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::known_to;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The highest fee, in cents; a cost-based one is far below.
const FEE_MAX: i64 = 1_000_000;

/// Takes a patient's request for an accounting (45 CFR 164.528).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RequestAccounting {
    /// The patient.
    pub patient: PatientId,
    /// When the request was received.
    #[ts(type = "CivilDate")]
    pub received_on: String,
    /// The first day asked for; six years back where none is named.
    #[serde(default)]
    #[ts(optional = nullable, type = "CivilDate")]
    pub from: Option<String>,
    /// The last day asked for; the day of the request where none is named.
    #[serde(default)]
    #[ts(optional = nullable, type = "CivilDate")]
    pub to: Option<String>,
    /// What the patient pays, in cents; nothing for the first in twelve months.
    #[serde(default)]
    #[ts(type = "number")]
    pub fee_cents: i64,
    /// When the patient was told of the fee.
    #[serde(default)]
    #[ts(optional = nullable, type = "CivilDate")]
    pub fee_notice_sent_on: Option<String>,
}

/// The request waits for its answer.
#[derive(Debug, Serialize, TS)]
pub struct AccountingRequested {
    /// The request.
    pub accounting: AccountingId,
    /// The day by which it must be answered.
    #[ts(type = "CivilDate")]
    pub due_on: CivilDate,
}

impl Operation for RequestAccounting {
    const NAME: &'static str = "compliance.request_accounting";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = AccountingRequested;
}

impl Command for RequestAccounting {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<AccountingRequested, Error> {
        let patient = known_to(cx, self.patient, "patient")?;
        let received_on = past(&self.received_on, cx.today(), "received_on")?;
        let (from, to) = self.period(received_on)?;
        let others = all_of!(cx, Accounting, ACCOUNTING_OF, patient.records());
        let (fee, fee_notice_sent_on) = self.fee(is_free(received_on, &others), cx.today())?;
        let request = Accounting {
            id: AccountingId::make(),
            patient: self.patient,
            received_on,
            from,
            to,
            fee,
            fee_notice_sent_on,
            extension: None,
            withdrawn_on: None,
            delivered_on: None,
            listed: Vec::new(),
            letter_sha256: None,
        };
        cx.put(&request)?;
        Ok(AccountingRequested { accounting: request.id, due_on: request.due_on() })
    }
}

impl RequestAccounting {
    fn period(&self, received_on: CivilDate) -> Result<(CivilDate, CivilDate), Refusal> {
        let to = optional_date(self.to.as_deref(), "to")?.unwrap_or(received_on);
        let from = optional_date(self.from.as_deref(), "from")?.unwrap_or_else(|| earliest(received_on));
        if from < earliest(received_on) {
            return Err(SIX_YEARS.at("from"));
        }
        if to < from || to > received_on {
            return Err(DATE_ORDER.at("to"));
        }
        Ok((from, to))
    }

    /// A fee is for a later request within twelve months, and only where it was said before (164.528(c)(2)).
    fn fee(&self, free: bool, today: CivilDate) -> Result<(Money, Option<CivilDate>), Refusal> {
        if !(0..=FEE_MAX).contains(&self.fee_cents) {
            return Err(FEE_RANGE.at("fee_cents"));
        }
        let fee = Money::cents(self.fee_cents);
        if fee == Money::ZERO {
            return Ok((fee, None));
        }
        if free {
            return Err(FIRST_IS_FREE.at("fee_cents"));
        }
        let told = self.fee_notice_sent_on.as_deref().filter(|typed| !typed.is_empty());
        let told = past(told.ok_or_else(|| FEE_NOTICE.at("fee_notice_sent_on"))?, today, "fee_notice_sent_on")?;
        Ok((fee, Some(told)))
    }
}
