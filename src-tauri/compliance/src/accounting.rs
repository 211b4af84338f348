//! A request for an accounting of disclosures, and its clocks (45 CFR 164.528(c)).

use crate::clock::{Clock, Extension};
use crate::refusals::{ACCOUNTING_CLOSED, UNKNOWN_ACCOUNTING};
use chrono::Months;
use keepwell_kernel::{AccountingId, CivilDate, DisclosureId, Error, Money, PatientId};
use keepwell_log::door::WriteCx;
use keepwell_patients::known_to;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};

/// The practice answers within so many days (164.528(c)(1)(i)).
pub(crate) const CLOCK: Clock = Clock { days: 60 };
/// An accounting looks back so many months (164.528(a)(1)).
const MONTHS_BACK: u32 = 6 * 12;

/// A request for an accounting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounting {
    /// Its id.
    pub id: AccountingId,
    /// The patient.
    pub patient: PatientId,
    /// When it was received.
    pub received_on: CivilDate,
    /// The first day it covers.
    pub from: CivilDate,
    /// The last day it covers.
    pub to: CivilDate,
    /// What the patient pays.
    pub fee: Money,
    /// When the patient was told of the fee, and that the request can be withdrawn or changed.
    pub fee_notice_sent_on: Option<CivilDate>,
    /// The extension.
    pub extension: Option<Extension>,
    /// When the patient withdrew it.
    pub withdrawn_on: Option<CivilDate>,
    /// When the letter was handed over.
    pub delivered_on: Option<CivilDate>,
    /// The rows that the letter listed.
    pub listed: Vec<DisclosureId>,
    /// SHA-256 of the letter, in hex, where the program made one.
    pub letter_sha256: Option<String>,
}

impl Accounting {
    /// Returns the day by which it must be answered.
    #[must_use]
    pub fn due_on(&self) -> CivilDate {
        CLOCK.due_on(self.received_on, self.extension.as_ref())
    }

    /// Returns the last day on which it can be extended.
    #[must_use]
    pub fn extend_by(&self) -> CivilDate {
        CLOCK.due_on(self.received_on, None)
    }

    /// Says whether it waits for an answer.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.withdrawn_on.is_none() && self.delivered_on.is_none()
    }
}

/// Returns the earliest day that a request received on a day can cover.
pub(crate) fn earliest(received_on: CivilDate) -> CivilDate {
    received_on - Months::new(MONTHS_BACK)
}

/// Says whether a request is the first within twelve months, which costs nothing (164.528(c)(2)).
pub(crate) fn is_free(received_on: CivilDate, others: &[Accounting]) -> bool {
    let year_before = received_on - Months::new(12);
    let counts = |one: &&Accounting| one.withdrawn_on.is_none() && one.received_on <= received_on;
    !others.iter().filter(counts).any(|one| one.received_on > year_before)
}

/// Takes up a request that waits for an answer, and notes its patient.
///
/// # Errors
/// A refusal where there is none or it is closed.
pub(crate) fn take_up(cx: &WriteCx<'_, '_>, accounting: AccountingId) -> Result<Accounting, Error> {
    let key = cx.key(Accounting::TABLE)?.id(accounting.bytes()).done();
    let found = cx.get::<Accounting>(&key)?.ok_or_else(|| UNKNOWN_ACCOUNTING.at("accounting"))?.record;
    known_to(cx, found.patient, "accounting")?;
    if found.is_open() { Ok(found) } else { Err(ACCOUNTING_CLOSED.at("accounting").into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    fn received(on: &str) -> Accounting {
        Accounting {
            id: AccountingId::make(),
            patient: PatientId::make(),
            received_on: date(on),
            from: earliest(date(on)),
            to: date(on),
            fee: Money::ZERO,
            fee_notice_sent_on: None,
            extension: None,
            withdrawn_on: None,
            delivered_on: None,
            listed: Vec::new(),
            letter_sha256: None,
        }
    }

    #[test]
    fn sixty_days_and_thirty_more() {
        let mut one = received("2026-01-15");
        assert_eq!((one.due_on(), one.extend_by()), (date("2026-03-16"), date("2026-03-16")));
        one.extension = Some(Extension { sent_on: date("2026-03-01"), reason: "Paper records".to_owned() });
        assert_eq!((one.due_on(), one.extend_by()), (date("2026-04-15"), date("2026-03-16")));
        assert_eq!(earliest(date("2026-01-15")), date("2020-01-15"));
        assert_eq!(earliest(date("2024-02-29")), date("2018-02-28"));
    }

    #[test]
    fn the_first_in_twelve_months_is_free() {
        let withdrawn = Accounting { withdrawn_on: Some(date("2026-02-01")), ..received("2026-01-15") };
        for (others, free) in [
            (vec![], true),
            (vec![received("2026-01-15")], false),
            (vec![received("2025-11-21")], true),
            (vec![received("2025-11-22")], false),
            (vec![received("2026-11-21")], false),
            (vec![withdrawn], true),
        ] {
            assert_eq!(is_free(date("2026-11-21"), &others), free, "{others:?}");
        }
    }
}
