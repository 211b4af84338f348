//! `compliance.keep_associate`: enters a business associate into the register, or changes what stands there.

use crate::associate::{BusinessAssociate, Clause};
use crate::fields::{LINE, TEXT_MAX, optional, optional_date, past, required};
use crate::refusals::{DATE_ORDER, ENDED, MISSING, NOT_PDF, NOTICE_TOO_LONG, STALE, UNKNOWN_ASSOCIATE};
use base64::Engine as _;
use keepwell_kernel::{AssociateId, CivilDate, Compartment, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use ts_rs::TS;

/// The law's sixty days, in hours (164.410(b)).
const NOTICE_HOURS_MAX: u32 = 60 * 24;
/// The largest agreement, in bytes.
const AGREEMENT_BYTES_MAX: usize = 4 * 1024 * 1024;
const SUBCONTRACTORS_MAX: usize = 50;

/// Enters a business associate, or changes one (45 CFR 164.504(e)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepAssociate {
    /// The associate; nothing for a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub associate: Option<AssociateId>,
    /// The version that was looked at, for one that is there.
    #[serde(default)]
    #[ts(optional = nullable, type = "number")]
    pub expected_version: Option<u64>,
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
    /// When the agreement was signed; nothing while it is not.
    #[ts(type = "CivilDate | null")]
    pub signed_on: Option<String>,
    /// The first day on which it holds.
    #[ts(type = "CivilDate | null")]
    pub effective_on: Option<String>,
    /// The last day on which it holds; nothing where it holds until it is ended.
    #[ts(type = "CivilDate | null")]
    pub expires_on: Option<String>,
    /// When it is to be looked through again.
    #[ts(type = "CivilDate | null")]
    pub review_on: Option<String>,
    /// The terms that the agreement has.
    pub clauses: Vec<Clause>,
    /// Within how many hours it reports an incident, at most 1,440.
    pub incident_notice_hours: u32,
    /// What it does with the information at the end.
    pub return_or_destroy: String,
    /// The signed agreement, a PDF file in base64 (RFC 4648, section 4); nothing leaves the one that is there.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub agreement_base64: Option<String>,
}

/// It stands in the register.
#[derive(Debug, Serialize, TS)]
pub struct AssociateKept {
    /// The associate.
    pub associate: AssociateId,
    /// The terms that the agreement lacks (164.504(e)(2)).
    pub missing_clauses: Vec<Clause>,
}

impl Operation for KeepAssociate {
    const NAME: &'static str = "compliance.keep_associate";
    const PERMISSION: Permission = Permission::AssociateWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = AssociateKept;
}

impl Command for KeepAssociate {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<AssociateKept, Error> {
        let before = self.before(cx)?;
        let mut kept = self.checked(before, cx.today())?;
        if let Some(pdf) = self.agreement()? {
            kept.agreement_sha256 = Some(hex::encode(Sha256::digest(&pdf)));
            kept.agreement = Some(cx.put_blob(Compartment::Compliance, &pdf)?);
        }
        cx.put(&kept)?;
        keep_term(cx, &kept)?;
        Ok(AssociateKept { associate: kept.id, missing_clauses: kept.missing_clauses() })
    }
}

/// Keeps the term beside the associate, where whoever writes backups finds it.
pub(crate) fn keep_term(cx: &mut WriteCx<'_, '_>, of: &BusinessAssociate) -> Result<(), Error> {
    if let Some(term) = of.term() {
        cx.put(&term)?;
        return Ok(());
    }
    let key = cx.key(crate::AgreementTerm::TABLE)?.id(of.id.bytes()).done();
    if cx.get::<crate::AgreementTerm>(&key)?.is_some() {
        cx.remove::<crate::AgreementTerm>(&key)?;
    }
    Ok(())
}

impl KeepAssociate {
    /// Returns what stands in the register, as it was looked at.
    fn before(&self, cx: &WriteCx<'_, '_>) -> Result<Option<BusinessAssociate>, Error> {
        let Some(id) = self.associate else { return Ok(None) };
        let key = cx.key(BusinessAssociate::TABLE)?.id(id.bytes()).done();
        let stored = cx.get::<BusinessAssociate>(&key)?.ok_or_else(|| UNKNOWN_ASSOCIATE.at("associate"))?;
        if Some(stored.version) != self.expected_version {
            return Err(STALE.refusal().into());
        }
        if stored.record.ended_on.is_some() {
            return Err(ENDED.at("associate").into());
        }
        Ok(Some(stored.record))
    }

    fn checked(&self, before: Option<BusinessAssociate>, today: CivilDate) -> Result<BusinessAssociate, Error> {
        let signed_on = self.signed_on.as_deref().filter(|typed| !typed.is_empty());
        let signed_on = signed_on.map(|typed| past(typed, today, "signed_on")).transpose()?;
        let effective_on = optional_date(self.effective_on.as_deref(), "effective_on")?;
        let expires_on = optional_date(self.expires_on.as_deref(), "expires_on")?;
        if signed_on.is_some() && effective_on.is_none() {
            return Err(MISSING.at("effective_on").into());
        }
        if expires_on.zip(effective_on).is_some_and(|(last, first)| last < first) {
            return Err(DATE_ORDER.at("expires_on").into());
        }
        if !(1..=NOTICE_HOURS_MAX).contains(&self.incident_notice_hours) {
            return Err(NOTICE_TOO_LONG.at("incident_notice_hours").into());
        }
        let (id, agreement, agreement_sha256) = match before {
            Some(before) => (before.id, before.agreement, before.agreement_sha256),
            None => (AssociateId::make(), None, None),
        };
        let mut clauses = self.clauses.clone();
        clauses.sort_unstable();
        clauses.dedup();
        Ok(BusinessAssociate {
            id,
            name: required(&self.name, LINE, "name")?,
            contact: required(&self.contact, LINE, "contact")?,
            phone: optional(self.phone.as_deref(), LINE, "phone")?,
            email: optional(self.email.as_deref(), LINE, "email")?,
            services: required(&self.services, TEXT_MAX, "services")?,
            phi_categories: optional(self.phi_categories.as_deref(), TEXT_MAX, "phi_categories")?,
            subcontractors: self.subcontractors()?,
            signed_on,
            effective_on,
            expires_on,
            review_on: optional_date(self.review_on.as_deref(), "review_on")?,
            clauses,
            incident_notice_hours: self.incident_notice_hours,
            return_or_destroy: required(&self.return_or_destroy, TEXT_MAX, "return_or_destroy")?,
            agreement,
            agreement_sha256,
            ended_on: None,
            returned: None,
        })
    }

    fn subcontractors(&self) -> Result<Vec<String>, Error> {
        if self.subcontractors.len() > SUBCONTRACTORS_MAX {
            return Err(crate::refusals::TEXT.at("subcontractors").into());
        }
        let named = self.subcontractors.iter().enumerate();
        let kept = named.map(|(place, name)| required(name, LINE, &format!("subcontractors.{place}")));
        Ok(kept.collect::<Result<_, _>>()?)
    }

    /// The length is checked first, so that nothing huge is decoded.
    fn agreement(&self) -> Result<Option<Vec<u8>>, Error> {
        let Some(typed) = &self.agreement_base64 else { return Ok(None) };
        let refused = || NOT_PDF.at("agreement_base64");
        if typed.len() > AGREEMENT_BYTES_MAX.div_ceil(3) * 4 {
            return Err(refused().into());
        }
        let pdf = base64::engine::general_purpose::STANDARD.decode(typed).map_err(|_| refused())?;
        if pdf.starts_with(b"%PDF-") { Ok(Some(pdf)) } else { Err(refused().into()) }
    }
}
