//! `compliance.destroy`: a document whose time has come goes for good.

use crate::access::AccessRequest;
use crate::accounting::Accounting;
use crate::amendment::AmendmentRequest;
use crate::associate::{AgreementTerm, BusinessAssociate};
use crate::destruction::Destruction;
use crate::disclosure::Disclosure;
use crate::fields::{LINE, TEXT_MAX, required};
use crate::legal_hold::{LegalHold, no_hold};
use crate::refusals::{KEPT_LONGER, STILL_IN_EFFECT, UNKNOWN_DOCUMENT};
use crate::retention::{Retained, RetainedKind, kept_until};
use crate::suspension::Suspension;
use keepwell_kernel::{CivilDate, DestructionId, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Destroys one document with every version of it. What was done stays in the log and in the record of destructions.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Destroy {
    /// What kind of document.
    pub kind: RetainedKind,
    /// Its id.
    #[ts(type = "string")]
    pub document: Uuid,
    /// Who approved it.
    pub approved_by: String,
    /// Why, such as the practice's schedule.
    pub reason: String,
}

/// It is gone.
#[derive(Debug, Serialize, TS)]
pub struct Destroyed {
    /// The record of the destruction.
    pub destruction: DestructionId,
}

impl Operation for Destroy {
    const NAME: &'static str = "compliance.destroy";
    const PERMISSION: Permission = Permission::Retention;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal];
    type Output = Destroyed;
}

impl Command for Destroy {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Destroyed, Error> {
        let approved_by = required(&self.approved_by, LINE, "approved_by")?;
        let reason = required(&self.reason, TEXT_MAX, "reason")?;
        let document = *self.document.as_bytes();
        let (kept_until, patient) = match self.kind {
            RetainedKind::Disclosure => gone::<Disclosure>(cx, &document)?,
            RetainedKind::Suspension => gone::<Suspension>(cx, &document)?,
            RetainedKind::Accounting => gone::<Accounting>(cx, &document)?,
            RetainedKind::Access => gone::<AccessRequest>(cx, &document)?,
            RetainedKind::Amendment => gone::<AmendmentRequest>(cx, &document)?,
            RetainedKind::Hold => gone::<LegalHold>(cx, &document)?,
            RetainedKind::Associate => {
                let gone = gone::<BusinessAssociate>(cx, &document)?;
                let term = cx.key(AgreementTerm::TABLE)?.id(&document).done();
                cx.expunge::<AgreementTerm>(&term, &[])?;
                gone
            }
        };
        let destruction = Destruction {
            id: DestructionId::make(),
            kind: self.kind,
            document,
            patient,
            kept_until,
            destroyed_on: cx.today(),
            destroyed_by: cx.actor()?.user_name.clone(),
            approved_by,
            reason,
        };
        cx.put(&destruction)?;
        Ok(Destroyed { destruction: destruction.id })
    }
}

/// Destroys one document, if it is no longer in effect, its six years are over and no hold keeps it. When it was made is
/// when its newest version was written: a document that was added to begins its six years anew.
fn gone<R: Retained>(cx: &mut WriteCx<'_, '_>, document: &[u8; 16]) -> Result<(CivilDate, Option<PatientId>), Error> {
    let row = cx.key(R::TABLE)?.id(document).done();
    let versions = cx.versions::<R>(&row)?;
    let newest = versions.first().ok_or_else(|| UNKNOWN_DOCUMENT.at("document"))?;
    let patient = newest.record.patient();
    no_hold(cx, patient, "document")?;
    let ended = newest.record.last_in_effect(cx.today()).ok_or_else(|| STILL_IN_EFFECT.at("document"))?;
    let until = kept_until(cx.zone().date_of(newest.at), ended);
    if cx.today() < until {
        return Err(KEPT_LONGER.at("document").into());
    }
    let content: Vec<_> = versions.iter().flat_map(|version| version.record.content()).collect();
    cx.expunge::<R>(&row, &content)?;
    Ok((until, patient))
}
