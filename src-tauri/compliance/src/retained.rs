//! `compliance.retained`: until when documents are kept, what holds there are, and what was destroyed.

use crate::access::AccessRequest;
use crate::accounting::Accounting;
use crate::amendment::AmendmentRequest;
use crate::associate::BusinessAssociate;
use crate::destruction::Destruction;
use crate::disclosure::Disclosure;
use crate::ledger::{MOST, every};
use crate::legal_hold::LegalHold;
use crate::retention::{Retained, RetainedKind, kept_until};
use crate::suspension::Suspension;
use crate::table::{ACCESS_OF, ACCOUNTING_OF, AMENDMENT_OF, DISCLOSURE_OF, SUSPENSION_OF};
use keepwell_kernel::{CivilDate, Error, HoldId, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use keepwell_vault::{Index, Stored};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Asks about the documents of a patient, or about those that are of none.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskRetained {
    /// The patient; where none is named, the practice's own documents.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<PatientId>,
}

/// Whose documents they are.
#[derive(Debug, Serialize, TS)]
pub struct RetainedOf {
    /// The patient's name.
    pub display_name: String,
    /// The record number.
    pub mrn: String,
    /// The date of birth.
    #[ts(type = "CivilDate | null")]
    pub date_of_birth: Option<CivilDate>,
}

/// What is kept, and by what order.
#[derive(Debug, Serialize, TS)]
pub struct RetainedList {
    /// The patient; nobody for the practice's own documents.
    pub patient: Option<RetainedOf>,
    /// The documents, those whose time comes first in front.
    pub rows: Vec<RetainedRow>,
    /// The holds that live.
    pub holds: Vec<HoldRow>,
    /// What was destroyed.
    pub destroyed: Vec<DestroyedRow>,
}

/// A document.
#[derive(Debug, Serialize, TS)]
pub struct RetainedRow {
    /// What kind it is of.
    pub kind: RetainedKind,
    /// Its id.
    #[ts(type = "string")]
    pub document: Uuid,
    /// What it is known by.
    pub label: String,
    /// The first day on which it may be destroyed; nothing while it is in effect.
    #[ts(type = "CivilDate | null")]
    pub kept_until: Option<CivilDate>,
    /// That day has come.
    pub due: bool,
}

/// A hold.
#[derive(Debug, Serialize, TS)]
pub struct HoldRow {
    /// Its id.
    pub hold: HoldId,
    /// The patient; nobody where it holds for the whole practice.
    pub patient: Option<PatientId>,
    /// The matter.
    pub matter: String,
    /// Why, and who ordered it.
    pub reason: String,
    /// From when.
    #[ts(type = "CivilDate")]
    pub placed_on: CivilDate,
    /// By whom.
    pub placed_by: String,
}

/// A destruction.
#[derive(Debug, Serialize, TS)]
pub struct DestroyedRow {
    /// What kind of document it was.
    pub kind: RetainedKind,
    /// When.
    #[ts(type = "CivilDate")]
    pub destroyed_on: CivilDate,
    /// By whom.
    pub destroyed_by: String,
    /// Who approved.
    pub approved_by: String,
    /// Why.
    pub reason: String,
}

impl Operation for AskRetained {
    const NAME: &'static str = "compliance.retained";
    const PERMISSION: Permission = Permission::Retention;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal];
    type Output = RetainedList;
}

impl Query for AskRetained {
    fn run(self, cx: &ReadCx<'_>) -> Result<RetainedList, Error> {
        let patient = self.patient.map(|patient| known(cx, patient)).transpose()?;
        let whose: Vec<PatientId> = patient.iter().flat_map(|patient| patient.records()).collect();
        let about = |patient: Option<PatientId>| match self.patient {
            Some(_) => patient.is_some_and(|patient| whose.contains(&patient)),
            None => patient.is_none(),
        };
        let mut rows = match self.patient {
            Some(_) => of_patient(cx, &whose)?,
            None => of_practice(cx)?,
        };
        rows.extend(released(cx, &about)?);
        rows.sort_by_key(|row| (row.kept_until.is_none(), row.kept_until));
        let living = every!(cx, LegalHold).into_iter().map(|stored| stored.record).filter(LegalHold::lives);
        // A hold of the whole practice keeps a patient's documents too.
        let holds = living.filter(|one| about(one.patient) || one.patient.is_none()).map(hold).collect();
        let destroyed = every!(cx, Destruction).into_iter().map(|stored| stored.record);
        let destroyed = destroyed.filter(|one| about(one.patient)).map(destruction).collect();
        let patient = patient.map(|one| RetainedOf {
            display_name: one.listed_name,
            mrn: one.mrn,
            date_of_birth: one.date_of_birth,
        });
        Ok(RetainedList { patient, rows, holds, destroyed })
    }
}

fn of_patient(cx: &ReadCx<'_>, whose: &[PatientId]) -> Result<Vec<RetainedRow>, Error> {
    let mut rows = listed::<Disclosure>(cx, whose, DISCLOSURE_OF, |one| {
        (RetainedKind::Disclosure, one.id.uuid(), format!("{} {}", one.disclosed_on, one.recipient.name))
    })?;
    rows.extend(listed::<Suspension>(cx, whose, SUSPENSION_OF, |one| {
        (RetainedKind::Suspension, one.id.uuid(), format!("{} {}", one.stated_on, one.agency))
    })?);
    rows.extend(listed::<Accounting>(cx, whose, ACCOUNTING_OF, |one| {
        (RetainedKind::Accounting, one.id.uuid(), one.received_on.to_string())
    })?);
    rows.extend(listed::<AccessRequest>(cx, whose, ACCESS_OF, |one| {
        (RetainedKind::Access, one.id.uuid(), one.received_on.to_string())
    })?);
    rows.extend(listed::<AmendmentRequest>(cx, whose, AMENDMENT_OF, |one| {
        (RetainedKind::Amendment, one.id.uuid(), one.received_on.to_string())
    })?);
    Ok(rows)
}

fn listed<R: Retained>(
    cx: &ReadCx<'_>,
    whose: &[PatientId],
    index: Index,
    named: fn(&R) -> (RetainedKind, Uuid, String),
) -> Result<Vec<RetainedRow>, Error> {
    let mut rows = Vec::new();
    for patient in whose {
        let prefix = cx.key(R::TABLE)?.id(patient.bytes()).done();
        for row in cx.find::<R>(index, &prefix, MOST)? {
            rows.extend(cx.get::<R>(&row)?.map(|stored| retained(cx, &stored, named(&stored.record))));
        }
    }
    Ok(rows)
}

fn of_practice(cx: &ReadCx<'_>) -> Result<Vec<RetainedRow>, Error> {
    let associates = every!(cx, BusinessAssociate);
    let associate = |stored: &Stored<BusinessAssociate>| {
        retained(cx, stored, (RetainedKind::Associate, stored.record.id.uuid(), stored.record.name.clone()))
    };
    Ok(associates.iter().map(associate).collect())
}

/// Holds that were released are documents too, of the patient or the practice that they held.
fn released(cx: &ReadCx<'_>, about: &dyn Fn(Option<PatientId>) -> bool) -> Result<Vec<RetainedRow>, Error> {
    let holds = every!(cx, LegalHold).into_iter();
    let released = holds.filter(|stored| !stored.record.lives() && about(stored.record.patient));
    let row = |stored: Stored<LegalHold>| {
        retained(cx, &stored, (RetainedKind::Hold, stored.record.id.uuid(), stored.record.matter.clone()))
    };
    Ok(released.map(row).collect())
}

fn retained<R: Retained>(cx: &ReadCx<'_>, of: &Stored<R>, named: (RetainedKind, Uuid, String)) -> RetainedRow {
    let (kind, document, label) = named;
    let ended = of.record.last_in_effect(cx.today());
    let until = ended.map(|ended| kept_until(cx.zone().date_of(of.at), ended));
    RetainedRow { kind, document, label, kept_until: until, due: until.is_some_and(|until| until <= cx.today()) }
}

fn hold(of: LegalHold) -> HoldRow {
    let LegalHold { id: hold, patient, matter, reason, placed_on, placed_by, .. } = of;
    HoldRow { hold, patient, matter, reason, placed_on, placed_by }
}

fn destruction(of: Destruction) -> DestroyedRow {
    let Destruction { kind, destroyed_on, destroyed_by, approved_by, reason, .. } = of;
    DestroyedRow { kind, destroyed_on, destroyed_by, approved_by, reason }
}
