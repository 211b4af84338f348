//! `compliance.amendment_requests`: the requests for amendments, and what became of each.

use crate::amendment::{
    AmendmentAccepted, AmendmentDenied, AmendmentDisagreement, AmendmentRebuttal, AmendmentRequest, AmendmentState,
    AmendmentTarget, CLOCK,
};
use crate::clock::Extension;
use crate::ledger::{CLOSED, all_of, every};
use crate::requester::Requester;
use crate::table::AMENDMENT_OF;
use keepwell_kernel::{AmendmentId, CivilDate, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the requests.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AskAmendmentRequests")]
pub struct AmendmentRequests {
    /// The patient, with the records that were merged into this one: all of their requests. Everybody where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<PatientId>,
}

/// The requests: those that wait first, by the day they are due; then the others, newest first.
#[derive(Debug, Serialize, TS)]
pub struct AmendmentRequestList {
    /// Every one that waits, and the others: of a patient all, of everybody at most 200.
    pub rows: Vec<AmendmentRow>,
}

/// One request.
#[derive(Debug, Serialize, TS)]
pub struct AmendmentRow {
    /// The request.
    pub amendment: AmendmentId,
    /// The patient.
    pub patient: PatientId,
    /// The patient's name.
    pub display_name: String,
    /// The record number.
    pub mrn: String,
    /// How it stands.
    pub state: AmendmentState,
    /// Who asks, and how that was verified.
    pub requester: Requester,
    /// When it was received.
    #[ts(type = "CivilDate")]
    pub received_on: CivilDate,
    /// Which record is to be amended.
    pub target: AmendmentTarget,
    /// What it should say.
    pub text: String,
    /// Why.
    pub reason: Option<String>,
    /// The day by which it must be acted on.
    #[ts(type = "CivilDate")]
    pub due_on: CivilDate,
    /// It waits, and that day has passed.
    pub overdue: bool,
    /// The extension.
    pub extension: Option<Extension>,
    /// It can still be extended.
    pub can_extend: bool,
    /// What was done, where it was accepted.
    pub accepted: Option<AmendmentAccepted>,
    /// Why, where it was denied.
    pub denied: Option<AmendmentDenied>,
    /// The statement against a denial.
    pub disagreement: Option<AmendmentDisagreement>,
    /// When whoever asked wished that request and denial go along with disclosures.
    #[ts(type = "CivilDate | null")]
    pub accompany_asked_on: Option<CivilDate>,
    /// The practice's answer to the statement.
    pub rebuttal: Option<AmendmentRebuttal>,
}

impl Operation for AmendmentRequests {
    const NAME: &'static str = "compliance.amendment_requests";
    const PERMISSION: Permission = Permission::DisclosureRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::PatientRequest];
    type Output = AmendmentRequestList;
}

impl Query for AmendmentRequests {
    fn run(self, cx: &ReadCx<'_>) -> Result<AmendmentRequestList, Error> {
        let asked = match self.patient {
            Some(patient) => all_of!(cx, AmendmentRequest, AMENDMENT_OF, known(cx, patient)?.records()),
            None => all(cx)?,
        };
        list(cx, asked, if self.patient.is_none() { CLOSED } else { usize::MAX })
    }
}

/// Puts those that wait first, and of the others at most so many.
pub(crate) fn list(cx: &ReadCx<'_>, asked: Vec<AmendmentRequest>, most: usize) -> Result<AmendmentRequestList, Error> {
    let (mut open, mut closed): (Vec<_>, Vec<_>) = asked.into_iter().partition(AmendmentRequest::is_open);
    open.sort_by_key(|one| (one.due_on(), one.id));
    closed.sort_by_key(|one| std::cmp::Reverse((one.received_on, one.id)));
    closed.truncate(most);
    let rows = open.into_iter().chain(closed).map(|one| row(cx, one)).collect::<Result<_, Error>>()?;
    Ok(AmendmentRequestList { rows })
}

/// Returns every request. That notes nobody: whoever shows one reads its patient.
pub(crate) fn all(cx: &ReadCx<'_>) -> Result<Vec<AmendmentRequest>, Error> {
    Ok(every!(cx, AmendmentRequest).into_iter().map(|stored| stored.record).collect())
}

fn row(cx: &ReadCx<'_>, of: AmendmentRequest) -> Result<AmendmentRow, Error> {
    let patient = known(cx, of.patient)?;
    let (today, due_on) = (cx.today(), of.due_on());
    let in_time = today <= CLOCK.due_on(of.received_on, None);
    Ok(AmendmentRow {
        amendment: of.id,
        patient: of.patient,
        display_name: patient.listed_name,
        mrn: patient.mrn,
        state: of.state(),
        due_on,
        overdue: of.is_open() && today > due_on,
        can_extend: of.is_open() && of.extension.is_none() && in_time,
        requester: of.requester,
        received_on: of.received_on,
        target: of.target,
        text: of.text,
        reason: of.reason,
        extension: of.extension,
        accepted: of.accepted,
        denied: of.denied,
        disagreement: of.disagreement,
        accompany_asked_on: of.accompany_asked_on,
        rebuttal: of.rebuttal,
    })
}
