//! `compliance.associates`: the register of business associates.

use crate::associate::{AgreementState, BusinessAssociate, Clause};
use keepwell_kernel::{AssociateId, CivilDate, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Stored;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most associates of one practice.
const MOST: usize = 1_000;

/// Asks for the register.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AskAssociates")]
pub struct Associates {}

/// The register, by name.
#[derive(Debug, Serialize, TS)]
pub struct AssociateList {
    /// Every associate, those whose agreement has ended too.
    pub rows: Vec<AssociateRow>,
}

/// One associate.
#[derive(Debug, Serialize, TS)]
pub struct AssociateRow {
    /// The associate.
    pub associate: AssociateId,
    /// The version of what stands here.
    #[ts(type = "number")]
    pub version: u64,
    /// How the agreement stands today.
    pub state: AgreementState,
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
    #[ts(type = "CivilDate | null")]
    pub signed_on: Option<CivilDate>,
    /// The first day on which it holds.
    #[ts(type = "CivilDate | null")]
    pub effective_on: Option<CivilDate>,
    /// The last day on which it holds.
    #[ts(type = "CivilDate | null")]
    pub expires_on: Option<CivilDate>,
    /// When it is to be looked through again.
    #[ts(type = "CivilDate | null")]
    pub review_on: Option<CivilDate>,
    /// The terms that the agreement has.
    pub clauses: Vec<Clause>,
    /// The terms that it lacks.
    pub missing_clauses: Vec<Clause>,
    /// Within how many hours it reports an incident.
    pub incident_notice_hours: u32,
    /// What it does with the information at the end.
    pub return_or_destroy: String,
    /// SHA-256 of the signed agreement, in hex; nothing where no file is kept.
    pub agreement_sha256: Option<String>,
    /// When the agreement was ended.
    #[ts(type = "CivilDate | null")]
    pub ended_on: Option<CivilDate>,
    /// What became of the information then.
    pub returned: Option<String>,
}

impl Operation for Associates {
    const NAME: &'static str = "compliance.associates";
    const PERMISSION: Permission = Permission::AssociateRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal];
    type Output = AssociateList;
}

impl Query for Associates {
    fn run(self, cx: &ReadCx<'_>) -> Result<AssociateList, Error> {
        let today = cx.today();
        let page = cx.page::<BusinessAssociate>(None, MOST)?;
        let mut rows: Vec<AssociateRow> = page.into_iter().map(|(_, stored)| row(stored, today)).collect();
        rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.associate));
        Ok(AssociateList { rows })
    }
}

fn row(stored: Stored<BusinessAssociate>, today: CivilDate) -> AssociateRow {
    let of = stored.record;
    AssociateRow {
        associate: of.id,
        version: stored.version,
        state: of.state_on(today),
        missing_clauses: of.missing_clauses(),
        name: of.name,
        contact: of.contact,
        phone: of.phone,
        email: of.email,
        services: of.services,
        phi_categories: of.phi_categories,
        subcontractors: of.subcontractors,
        signed_on: of.signed_on,
        effective_on: of.effective_on,
        expires_on: of.expires_on,
        review_on: of.review_on,
        clauses: of.clauses,
        incident_notice_hours: of.incident_notice_hours,
        return_or_destroy: of.return_or_destroy,
        agreement_sha256: of.agreement_sha256,
        ended_on: of.ended_on,
        returned: of.returned,
    }
}
