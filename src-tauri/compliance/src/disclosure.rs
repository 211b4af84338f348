//! One disclosure, and whether it must be accounted for (45 CFR 164.528(a)(1)).

use crate::agreement_term;
use crate::associate::must_hold;
use crate::fields::{LINE, TEXT_MAX, date, optional, optional_date, past, required};
use crate::refusals::{ASSOCIATE_MISSING, AUTHORIZATION_INVALID, MISSING, NO_AUTHORIZATION, NOT_VERIFIED};
use keepwell_kernel::{AssociateId, CivilDate, DisclosureId, Error, Instant, PatientId, Refusal};
use keepwell_log::door::WriteCx;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! bases {
    ($($(#[doc = $doc:literal])+ $name:ident: $cite:literal, $accountable:literal;)+) => {
        /// The legal basis of a disclosure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[ts(rename = "DisclosureBasis")]
        pub enum Basis {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Basis {
            /// Every basis, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the place in title 45 of the Code of Federal Regulations.
            #[must_use]
            pub const fn cite(self) -> &'static str {
                match self { $(Self::$name => $cite),+ }
            }

            /// Says whether 164.528(a)(1) asks for such a disclosure to be accounted for.
            #[must_use]
            pub const fn is_accountable(self) -> bool {
                match self { $(Self::$name => $accountable),+ }
            }
        }
    };
}

bases! {
    /// Care of the patient.
    Treatment: "164.506(c)(1)", false;
    /// Getting care paid for.
    Payment: "164.506(c)(3)", false;
    /// Running the practice, or a business associate doing so for it.
    Operations: "164.506(c)(4)", false;
    /// To the patient, or to whoever stands in the patient's place.
    Individual: "164.524", false;
    /// Incident to a permitted use.
    Incidental: "164.502(a)(1)(iii)", false;
    /// The patient signed an authorization.
    Authorization: "164.508", false;
    /// To family and others involved in the care, or in a directory.
    InvolvedInCare: "164.510", false;
    /// National security and intelligence.
    NationalSecurity: "164.512(k)(2)", false;
    /// A correctional institution, or an officer who has the patient in custody.
    Custody: "164.512(k)(5)", false;
    /// A limited data set under a data use agreement.
    LimitedDataSet: "164.514(e)", false;
    /// A law requires it.
    RequiredByLaw: "164.512(a)", true;
    /// Public health.
    PublicHealth: "164.512(b)", true;
    /// Abuse, neglect or domestic violence.
    Abuse: "164.512(c)", true;
    /// Health oversight.
    Oversight: "164.512(d)", true;
    /// Courts and administrative proceedings.
    Judicial: "164.512(e)", true;
    /// Law enforcement.
    LawEnforcement: "164.512(f)", true;
    /// Coroners, medical examiners, funeral directors.
    Decedent: "164.512(g)", true;
    /// Organ, eye and tissue donation.
    OrganDonation: "164.512(h)", true;
    /// Research without an authorization.
    Research: "164.512(i)", true;
    /// A serious threat to health or safety.
    SeriousThreat: "164.512(j)", true;
    /// Military, veterans and other functions of government.
    Government: "164.512(k)", true;
    /// Workers' compensation.
    WorkersCompensation: "164.512(l)", true;
    /// The Secretary of Health and Human Services.
    Secretary: "164.502(a)(2)(ii)", true;
    /// It was not permitted: a slip or a breach.
    Impermissible: "164.528(a)(1)", true;
}

impl Basis {
    /// Nobody asked for what slipped out, so there is nobody whose asking could have been verified (164.514(h)).
    const fn was_asked_for(self) -> bool {
        !matches!(self, Self::Impermissible | Self::Incidental)
    }
}

/// What a recipient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecipientKind {
    /// The patient, or whoever stands in the patient's place.
    Individual,
    /// Family and friends.
    Family,
    /// Another provider.
    Provider,
    /// A health plan.
    HealthPlan,
    /// A business associate of the practice.
    BusinessAssociate,
    /// An authority.
    Authority,
    /// A court or a lawyer.
    Court,
    /// Somebody else.
    Other,
}

/// Who received it (164.528(b)(2)(ii)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// What it is.
    pub kind: RecipientKind,
    /// The name, of a person or an institution.
    pub name: String,
    /// The address, where it is known.
    pub address: Option<String>,
    /// The business associate, where it is one.
    pub associate: Option<AssociateId>,
}

/// The authorization that a disclosure rests on (164.508(c)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "DisclosureAuthorization")]
pub struct Authorization {
    /// When it was signed.
    pub signed_on: String,
    /// The last day on which it holds.
    pub expires_on: Option<String>,
    /// Or the event with which it ends.
    pub expires_with: Option<String>,
}

/// What is typed of a disclosure.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DisclosureDetails {
    /// The day.
    #[ts(type = "CivilDate")]
    pub disclosed_on: String,
    /// Who received it.
    pub recipient: Recipient,
    /// A brief description of what was disclosed, at most 2,000 characters.
    pub description: String,
    /// The purpose, or what the request said.
    pub purpose: String,
    /// The legal basis.
    pub basis: Basis,
    /// The authorization, where that is the basis.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub authorization: Option<Authorization>,
    /// How whoever asked was verified (164.514(h)).
    #[serde(default)]
    #[ts(optional = nullable)]
    pub verification: Option<String>,
    /// Where the request is kept.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub request_reference: Option<String>,
}

/// A row of `phi_disclosure_events`; written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// Its id.
    pub id: DisclosureId,
    /// Whose information it was.
    pub patient: PatientId,
    /// The day.
    pub disclosed_on: CivilDate,
    /// When the row was written.
    pub recorded_at: Instant,
    /// Who received it.
    pub recipient: Recipient,
    /// What was disclosed.
    pub description: String,
    /// Why.
    pub purpose: String,
    /// The legal basis.
    pub basis: Basis,
    /// The authorization, where that is the basis.
    pub authorization: Option<Authorization>,
    /// How whoever asked was verified.
    pub verification: Option<String>,
    /// Where the request is kept.
    pub request_reference: Option<String>,
    /// The user name of whoever released it.
    pub released_by: String,
    /// The row that this one replaces.
    pub corrects: Option<DisclosureId>,
    /// This row only takes the other one back.
    pub void: bool,
    /// Why the other one was wrong.
    pub correction: Option<String>,
    /// SHA-256 of the file that was handed out, in hex, where the program made one.
    pub file_sha256: Option<String>,
}

impl Disclosure {
    /// Says whether this row belongs into an accounting, corrections and suspensions left aside.
    #[must_use]
    pub const fn is_accountable(&self) -> bool {
        !self.void && self.basis.is_accountable()
    }
}

/// Checks what was typed and makes a row of it, which is not written yet.
///
/// # Errors
/// A refusal at the field.
pub(crate) fn checked(
    cx: &WriteCx<'_, '_>,
    patient: PatientId,
    typed: &DisclosureDetails,
) -> Result<Disclosure, Error> {
    let disclosed_on = past(&typed.disclosed_on, cx.today(), "disclosed_on")?;
    let recipient = recipient(cx, &typed.recipient, disclosed_on)?;
    let authorization = typed.authorization.as_ref().map(tidy).transpose()?;
    if typed.basis == Basis::Authorization {
        let given = authorization.as_ref().ok_or_else(|| NO_AUTHORIZATION.at("authorization"))?;
        covers(given, disclosed_on)?;
    }
    let verification = optional(typed.verification.as_deref(), LINE, "verification")?;
    if verification.is_none() && typed.basis.was_asked_for() {
        return Err(NOT_VERIFIED.at("verification").into());
    }
    Ok(Disclosure {
        id: DisclosureId::make(),
        patient,
        disclosed_on,
        recorded_at: cx.now(),
        recipient,
        description: required(&typed.description, TEXT_MAX, "description")?,
        purpose: required(&typed.purpose, TEXT_MAX, "purpose")?,
        basis: typed.basis,
        authorization,
        verification,
        request_reference: optional(typed.request_reference.as_deref(), LINE, "request_reference")?,
        released_by: cx.actor()?.user_name.clone(),
        corrects: None,
        void: false,
        correction: None,
        file_sha256: None,
    })
}

/// Records that a file of a patient was handed out, in the transaction that hands it out.
///
/// # Errors
/// A refusal at the field.
pub fn record(
    cx: &mut WriteCx<'_, '_>,
    patient: PatientId,
    details: &DisclosureDetails,
    file_sha256: Option<String>,
) -> Result<DisclosureId, Error> {
    let row = Disclosure { file_sha256, ..checked(cx, patient, details)? };
    cx.put(&row)?;
    Ok(row.id)
}

/// A business associate is named by its id, and only while its agreement is in force (164.502(e)).
fn recipient(cx: &WriteCx<'_, '_>, typed: &Recipient, on: CivilDate) -> Result<Recipient, Error> {
    let kept = Recipient {
        name: required(&typed.name, LINE, "recipient.name")?,
        address: optional(typed.address.as_deref(), LINE, "recipient.address")?,
        ..typed.clone()
    };
    match (kept.kind, kept.associate) {
        (RecipientKind::BusinessAssociate, None) => Err(ASSOCIATE_MISSING.at("recipient.associate").into()),
        (_, None) => Ok(kept),
        (_, Some(associate)) => {
            must_hold(agreement_term!(cx, associate)?.as_ref(), on, "recipient.associate")?;
            Ok(Recipient { kind: RecipientKind::BusinessAssociate, ..kept })
        }
    }
}

fn tidy(typed: &Authorization) -> Result<Authorization, Refusal> {
    let ends = optional(typed.expires_with.as_deref(), LINE, "authorization.expires_with")?;
    let on = optional_date(typed.expires_on.as_deref(), "authorization.expires_on")?;
    if ends.is_none() && on.is_none() {
        return Err(MISSING.at("authorization.expires_on"));
    }
    Ok(Authorization {
        signed_on: date(&typed.signed_on, "authorization.signed_on")?.to_string(),
        expires_on: on.map(|on| on.to_string()),
        expires_with: ends,
    })
}

/// An authorization covers the days from its signature to its end, both among them.
fn covers(given: &Authorization, on: CivilDate) -> Result<(), Refusal> {
    if date(&given.signed_on, "authorization.signed_on")? > on {
        return Err(AUTHORIZATION_INVALID.at("authorization.signed_on"));
    }
    match optional_date(given.expires_on.as_deref(), "authorization.expires_on")? {
        Some(last) if last < on => Err(AUTHORIZATION_INVALID.at("authorization.expires_on")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_the_law_leaves_out_of_an_accounting_is_left_out_and_nothing_else() {
        let left_out: Vec<&str> = Basis::ALL.iter().filter(|one| !one.is_accountable()).map(|one| one.cite()).collect();
        assert_eq!(
            left_out,
            [
                "164.506(c)(1)",
                "164.506(c)(3)",
                "164.506(c)(4)",
                "164.524",
                "164.502(a)(1)(iii)",
                "164.508",
                "164.510",
                "164.512(k)(2)",
                "164.512(k)(5)",
                "164.514(e)"
            ]
        );
        let cites: BTreeSet<&str> = Basis::ALL.iter().map(|one| one.cite()).collect();
        assert_eq!(cites.len(), Basis::ALL.len());
    }

    #[test]
    fn an_authorization_covers_its_own_days() {
        let given = |signed: &str, expires: Option<&str>| Authorization {
            signed_on: signed.to_owned(),
            expires_on: expires.map(str::to_owned),
            expires_with: None,
        };
        let on = "2026-11-20".parse().unwrap();
        for (given, code) in [
            (given("2026-11-20", Some("2026-11-20")), None),
            (given("2026-01-01", None), None),
            (given("2026-11-21", Some("2027-01-01")), Some("authorization.signed_on")),
            (given("2026-01-01", Some("2026-11-19")), Some("authorization.expires_on")),
        ] {
            let refused = covers(&given, on).err().and_then(|refusal| refusal.field);
            assert_eq!(refused.as_deref(), code, "{given:?}");
        }
    }
}
