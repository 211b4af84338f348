//! How long documents are kept: six years from their making or from when they were last in effect, whichever is later
//! (45 CFR 164.316(b)(2)(i), 164.530(j)(2)). State law is often longer for the medical record itself, which nothing here
//! destroys.

use crate::access::AccessRequest;
use crate::accounting::Accounting;
use crate::amendment::AmendmentRequest;
use crate::associate::BusinessAssociate;
use crate::disclosure::Disclosure;
use crate::legal_hold::LegalHold;
use crate::suspension::Suspension;
use chrono::Months;
use keepwell_kernel::{CivilDate, PatientId};
use keepwell_vault::{BlobRef, Record};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const MONTHS_KEPT: u32 = 6 * 12;

/// A kind of document that is kept for six years and then may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RetainedKind {
    /// A row of the ledger of disclosures.
    Disclosure,
    /// A suspension of the right to an accounting.
    Suspension,
    /// A request for an accounting.
    Accounting,
    /// A request for access.
    Access,
    /// A request for an amendment.
    Amendment,
    /// A business associate with its agreement.
    Associate,
    /// A legal hold that was released.
    Hold,
}

/// A document that is kept for six years.
pub(crate) trait Retained: Record {
    /// Returns the last day on which it was in effect; nothing while it is.
    fn last_in_effect(&self, today: CivilDate) -> Option<CivilDate>;

    /// Returns the patient it is about.
    fn patient(&self) -> Option<PatientId>;

    /// Returns the large content that belongs to it.
    fn content(&self) -> Vec<BlobRef> {
        Vec::new()
    }
}

impl Retained for Disclosure {
    fn last_in_effect(&self, _: CivilDate) -> Option<CivilDate> {
        Some(self.disclosed_on)
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.patient)
    }
}

impl Retained for Suspension {
    fn last_in_effect(&self, today: CivilDate) -> Option<CivilDate> {
        Some(self.lifted_on.unwrap_or(self.until)).filter(|last| *last < today)
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.patient)
    }
}

impl Retained for Accounting {
    fn last_in_effect(&self, _: CivilDate) -> Option<CivilDate> {
        self.delivered_on.or(self.withdrawn_on)
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.patient)
    }
}

impl Retained for AccessRequest {
    fn last_in_effect(&self, _: CivilDate) -> Option<CivilDate> {
        if self.is_open() { None } else { self.last_day() }
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.patient)
    }
}

/// It is linked to the record (164.526(c)(1), (d)(4)), and the law names no end to that: it is in effect as long as the
/// record is there.
impl Retained for AmendmentRequest {
    fn last_in_effect(&self, _: CivilDate) -> Option<CivilDate> {
        None
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.patient)
    }
}

impl Retained for BusinessAssociate {
    fn last_in_effect(&self, today: CivilDate) -> Option<CivilDate> {
        self.ended_on.or(self.expires_on).filter(|last| *last < today)
    }

    fn patient(&self) -> Option<PatientId> {
        None
    }

    fn content(&self) -> Vec<BlobRef> {
        self.agreement.iter().cloned().collect()
    }
}

impl Retained for LegalHold {
    fn last_in_effect(&self, _: CivilDate) -> Option<CivilDate> {
        self.released_on
    }

    fn patient(&self) -> Option<PatientId> {
        self.patient
    }
}

/// Returns the first day on which a document may be destroyed.
pub(crate) fn kept_until(made_on: CivilDate, last_in_effect: CivilDate) -> CivilDate {
    made_on.max(last_in_effect) + Months::new(MONTHS_KEPT)
}

#[cfg(test)]
mod tests {
    use super::kept_until;

    #[test]
    fn six_years_from_the_later_day() {
        for (made, last, until) in [
            ("2020-11-22", "2020-11-20", "2026-11-22"),
            ("2020-11-20", "2020-11-22", "2026-11-22"),
            ("2020-02-29", "2019-01-01", "2026-02-28"),
        ] {
            let [made, last, until] = [made, last, until].map(|date| date.parse().unwrap());
            assert_eq!(kept_until(made, last), until);
        }
    }
}
