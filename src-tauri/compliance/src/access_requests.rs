//! `compliance.access_requests`: the requests for access and the day by which each must be acted on.

use crate::access::{AccessDecision, AccessDelivery, AccessRequest, AccessReview, AccessState, CLOCK};
use crate::clock::Extension;
use crate::fee::FeeLine;
use crate::ledger::{CLOSED, all_of, every};
use crate::requester::Requester;
use crate::table::ACCESS_OF;
use keepwell_kernel::{AccessId, CivilDate, Error, Fault, Money, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the requests.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AskAccessRequests")]
pub struct AccessRequests {
    /// The patient, with the records that were merged into this one; everybody where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<PatientId>,
}

/// The requests: those with which something is to be done first, by the day they are due; then the others, newest first.
#[derive(Debug, Serialize, TS)]
pub struct AccessRequestList {
    /// Every one that is open, and at most 200 others.
    pub rows: Vec<AccessRow>,
}

/// One request.
#[derive(Debug, Serialize, TS)]
pub struct AccessRow {
    /// The request.
    pub access: AccessId,
    /// The patient.
    pub patient: PatientId,
    /// The patient's name.
    pub display_name: String,
    /// The record number.
    pub mrn: String,
    /// How it stands.
    pub state: AccessState,
    /// Who asks, and how that was verified.
    pub requester: Requester,
    /// When it was received.
    #[ts(type = "CivilDate")]
    pub received_on: CivilDate,
    /// What is asked for; nothing where it is the whole designated record set.
    pub scope: Option<String>,
    /// The first day asked for.
    #[ts(type = "CivilDate | null")]
    pub from: Option<CivilDate>,
    /// The last day asked for.
    #[ts(type = "CivilDate | null")]
    pub to: Option<CivilDate>,
    /// In what form.
    pub form: String,
    /// That form is electronic.
    pub electronic: bool,
    /// On what way it is handed over.
    pub channel: String,
    /// The day by which it must be acted on.
    #[ts(type = "CivilDate")]
    pub due_on: CivilDate,
    /// Its days run, and that day has passed.
    pub overdue: bool,
    /// The extension.
    pub extension: Option<Extension>,
    /// It can still be extended.
    pub can_extend: bool,
    /// What is charged, line by line.
    pub fee_lines: Vec<FeeLine>,
    /// What is charged in all, in cents.
    #[ts(type = "number")]
    pub fee_cents: Money,
    /// What was decided.
    pub decision: Option<AccessDecision>,
    /// What was denied can be reviewed, and was not yet.
    pub can_review: bool,
    /// The review of a denial.
    pub review: Option<AccessReview>,
    /// What was handed over.
    pub deliveries: Vec<AccessDelivery>,
    /// When it was withdrawn.
    #[ts(type = "CivilDate | null")]
    pub withdrawn_on: Option<CivilDate>,
}

impl Operation for AccessRequests {
    const NAME: &'static str = "compliance.access_requests";
    const PERMISSION: Permission = Permission::DisclosureRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::PatientRequest];
    type Output = AccessRequestList;
}

impl Query for AccessRequests {
    fn run(self, cx: &ReadCx<'_>) -> Result<AccessRequestList, Error> {
        let asked = match self.patient {
            Some(patient) => all_of!(cx, AccessRequest, ACCESS_OF, known(cx, patient)?.records()),
            None => all(cx)?,
        };
        let (mut open, mut closed): (Vec<_>, Vec<_>) = asked.into_iter().partition(AccessRequest::is_open);
        open.sort_by_key(|one| (one.due_on(), one.id));
        closed.sort_by_key(|one| std::cmp::Reverse((one.received_on, one.id)));
        closed.truncate(CLOSED);
        let rows = open.into_iter().chain(closed).map(|one| row(cx, one)).collect::<Result<_, Error>>()?;
        Ok(AccessRequestList { rows })
    }
}

/// Returns every request. That notes nobody: whoever shows one reads its patient.
pub(crate) fn all(cx: &ReadCx<'_>) -> Result<Vec<AccessRequest>, Error> {
    Ok(every!(cx, AccessRequest).into_iter().map(|stored| stored.record).collect())
}

fn row(cx: &ReadCx<'_>, of: AccessRequest) -> Result<AccessRow, Error> {
    let patient = known(cx, of.patient)?;
    let (today, state) = (cx.today(), of.state());
    let sum = |sum: Money, line: &FeeLine| sum.plus(line.cents).map_err(|error| Fault::from_error(&error));
    let in_time = today <= CLOCK.due_on(of.received_on, None);
    let reviewed = of.review.as_ref().is_some_and(|review| review.outcome.is_some());
    Ok(AccessRow {
        access: of.id,
        patient: of.patient,
        display_name: patient.listed_name,
        mrn: patient.mrn,
        state,
        due_on: of.due_on(),
        overdue: of.is_overdue(today),
        can_extend: of.clock_runs() && of.extension.is_none() && in_time,
        fee_cents: of.fee_lines.iter().try_fold(Money::ZERO, sum)?,
        can_review: of.is_reviewable() && !reviewed && state != AccessState::Withdrawn,
        requester: of.requester,
        received_on: of.received_on,
        scope: of.scope,
        from: of.from,
        to: of.to,
        form: of.form,
        electronic: of.electronic,
        channel: of.channel,
        extension: of.extension,
        fee_lines: of.fee_lines,
        decision: of.decision,
        review: of.review,
        deliveries: of.deliveries,
        withdrawn_on: of.withdrawn_on,
    })
}
