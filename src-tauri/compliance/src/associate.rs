//! A business associate and its agreement (45 CFR 164.502(e), 164.504(e), 164.314(a)).

use crate::refusals::NO_AGREEMENT;
use keepwell_kernel::{AssociateId, CivilDate, Refusal};
use keepwell_vault::BlobRef;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An agreement that ends within so many days is said to.
pub const IN_FORCE_WARNING_DAYS: i64 = 60;

/// The terms that 164.504(e)(2) asks of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Clause {
    /// What the associate may use and disclose.
    PermittedUses,
    /// Safeguards, and the Security Rule.
    Safeguards,
    /// Reporting of impermissible uses, incidents and breaches.
    Reporting,
    /// Subcontractors agree to the same.
    Subcontractors,
    /// Access for patients (164.524).
    Access,
    /// Amendment (164.526).
    Amendment,
    /// Accounting of disclosures (164.528).
    Accounting,
    /// Books and records for the Secretary.
    BooksAndRecords,
    /// Return or destruction at the end.
    ReturnOrDestroy,
    /// Termination for a material breach.
    Termination,
}

impl Clause {
    /// Every term, in the order of the rule.
    pub const ALL: [Self; 10] = [
        Self::PermittedUses,
        Self::Safeguards,
        Self::Reporting,
        Self::Subcontractors,
        Self::Access,
        Self::Amendment,
        Self::Accounting,
        Self::BooksAndRecords,
        Self::ReturnOrDestroy,
        Self::Termination,
    ];
}

/// How an agreement stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AgreementState {
    /// It was never signed.
    Unsigned,
    /// It begins later.
    NotYet,
    /// It is in force.
    InForce,
    /// It is in force and ends within sixty days.
    Expiring,
    /// It has run out.
    Expired,
    /// It was ended.
    Ended,
}

/// A business associate; a row of `business_associate_agreements`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessAssociate {
    /// Its id.
    pub id: AssociateId,
    /// Its name.
    pub name: String,
    /// Whom to call there.
    pub contact: String,
    /// The telephone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// What it does for the practice.
    pub services: String,
    /// What information it gets.
    pub phi_categories: Option<String>,
    /// The subcontractors it has named.
    pub subcontractors: Vec<String>,
    /// When the agreement was signed.
    pub signed_on: Option<CivilDate>,
    /// The first day on which it holds.
    pub effective_on: Option<CivilDate>,
    /// The last day on which it holds; nothing where it holds until it is ended.
    pub expires_on: Option<CivilDate>,
    /// When it is to be looked through again.
    pub review_on: Option<CivilDate>,
    /// The terms that the agreement has.
    pub clauses: Vec<Clause>,
    /// Within how many hours it reports an incident.
    pub incident_notice_hours: u32,
    /// What it does with the information at the end.
    pub return_or_destroy: String,
    /// The signed agreement, a PDF file.
    pub agreement: Option<BlobRef>,
    /// SHA-256 of that file, in hex.
    pub agreement_sha256: Option<String>,
    /// When the agreement was ended.
    pub ended_on: Option<CivilDate>,
    /// What became of the information then.
    pub returned: Option<String>,
}

impl BusinessAssociate {
    /// Says how the agreement stands on a day.
    #[must_use]
    pub fn state_on(&self, on: CivilDate) -> AgreementState {
        let Some(term) = self.term() else { return AgreementState::Unsigned };
        if self.ended_on.is_some_and(|ended| ended <= on) {
            return AgreementState::Ended;
        }
        if on < term.from {
            return AgreementState::NotYet;
        }
        match self.expires_on {
            Some(last) if last < on => AgreementState::Expired,
            Some(last) if (last - on).num_days() <= IN_FORCE_WARNING_DAYS => AgreementState::Expiring,
            _ => AgreementState::InForce,
        }
    }

    /// Returns when the agreement holds; nothing before it was signed. It does not hold on the day of its end.
    #[must_use]
    pub fn term(&self) -> Option<AgreementTerm> {
        let (signed, effective) = (self.signed_on?, self.effective_on?);
        let ended = self.ended_on.and_then(|ended| ended.pred_opt());
        let until = match (self.expires_on, ended) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Some(AgreementTerm { associate: self.id, from: signed.max(effective), until })
    }

    /// Returns the terms that the agreement lacks.
    #[must_use]
    pub fn missing_clauses(&self) -> Vec<Clause> {
        Clause::ALL.into_iter().filter(|clause| !self.clauses.contains(clause)).collect()
    }
}

/// When an agreement holds, without a name: it stands under the device keys, so that a backup which the plan writes while
/// nobody is signed in keeps to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementTerm {
    /// The associate.
    pub associate: AssociateId,
    /// The first day.
    pub from: CivilDate,
    /// The last day; nothing while none is known.
    pub until: Option<CivilDate>,
}

impl AgreementTerm {
    /// Says whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, on: CivilDate) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}

/// Refuses where no agreement holds on a day (164.502(e)).
///
/// # Errors
/// [`NO_AGREEMENT`] at the field.
pub fn must_hold(term: Option<&AgreementTerm>, on: CivilDate, field: &str) -> Result<(), Refusal> {
    if term.is_some_and(|term| term.holds_on(on)) { Ok(()) } else { Err(NO_AGREEMENT.at(field)) }
}

/// Reads when an associate's agreement holds, through any context; nothing where it was never signed.
#[macro_export]
#[doc(hidden)]
macro_rules! agreement_term {
    ($cx:expr, $associate:expr) => {{
        let key = $cx.key(<$crate::AgreementTerm as keepwell_vault::Record>::TABLE)?.id($associate.bytes()).done();
        let found = $cx.get::<$crate::AgreementTerm>(&key)?;
        Ok::<_, keepwell_kernel::Error>(found.map(|stored| stored.record))
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    fn associate(
        signed: Option<&str>,
        effective: Option<&str>,
        expires: Option<&str>,
        ended: Option<&str>,
    ) -> BusinessAssociate {
        BusinessAssociate {
            id: AssociateId::make(),
            name: "Clearing House".to_owned(),
            contact: "Ana Lopez".to_owned(),
            phone: None,
            email: None,
            services: "Claims".to_owned(),
            phi_categories: None,
            subcontractors: Vec::new(),
            signed_on: signed.map(date),
            effective_on: effective.map(date),
            expires_on: expires.map(date),
            review_on: None,
            clauses: vec![Clause::Safeguards],
            incident_notice_hours: 24,
            return_or_destroy: "Destroy".to_owned(),
            agreement: None,
            agreement_sha256: None,
            ended_on: ended.map(date),
            returned: None,
        }
    }

    #[test]
    fn an_agreement_holds_from_its_signature_and_beginning_to_its_end() {
        use AgreementState::{Ended, Expired, Expiring, InForce, NotYet, Unsigned};
        let (signed, begun) = (Some("2026-01-10"), Some("2026-01-01"));
        let on = "2026-11-22";
        for (one, state, holds) in [
            (associate(None, begun, None, None), Unsigned, false),
            (associate(signed, None, None, None), Unsigned, false),
            (associate(signed, begun, None, None), InForce, true),
            (associate(signed, Some("2026-11-23"), None, None), NotYet, false),
            (associate(Some("2026-11-22"), begun, None, None), InForce, true),
            (associate(signed, begun, Some("2026-11-21"), None), Expired, false),
            (associate(signed, begun, Some("2026-11-22"), None), Expiring, true),
            (associate(signed, begun, Some("2027-01-21"), None), Expiring, true),
            (associate(signed, begun, Some("2027-01-22"), None), InForce, true),
            (associate(signed, begun, None, Some("2026-11-22")), Ended, false),
            (associate(signed, begun, Some("2027-05-01"), Some("2026-11-23")), InForce, true),
        ] {
            assert_eq!(one.state_on(date(on)), state, "{one:?}");
            assert_eq!(one.term().is_some_and(|term| term.holds_on(date(on))), holds, "{one:?}");
        }
        assert_eq!(associate(None, None, None, None).missing_clauses().len(), 9);
    }
}
