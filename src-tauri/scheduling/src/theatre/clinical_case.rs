//! `scheduling.clinical_case`: what an operation is, for who treats.

use crate::looking::Look as _;
use crate::theatre::surgical_case::{CaseDetail, Laterality, case};
use keepwell_kernel::{CaseId, Error, Operation, PatientId, Permission, Purpose, instant_text};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens what an operation is.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenClinicalCase {
    /// The case.
    pub case: CaseId,
}

/// What an operation is.
#[derive(Debug, Serialize, TS)]
pub struct ClinicalCaseView {
    /// The case.
    pub case: CaseId,
    /// Who is operated on.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub patient_name: String,
    /// What is noted; nothing yet where nobody noted anything.
    pub detail: Option<CaseDetailView>,
}

/// What was noted of an operation.
#[derive(Debug, Serialize, TS)]
pub struct CaseDetailView {
    /// What is done.
    pub procedure: String,
    /// On which side.
    pub laterality: Laterality,
    /// How the patient is anaesthetised.
    pub anaesthesia: String,
    /// What else the team must know.
    pub note: String,
    /// Who noted it.
    pub noted_by: String,
    /// When.
    pub noted_at: String,
}

impl Operation for OpenClinicalCase {
    const NAME: &'static str = "scheduling.clinical_case";
    const PERMISSION: Permission = Permission::ScheduleDetail;
    const PURPOSES: &'static [Purpose] = &[Purpose::Treatment, Purpose::Operations, Purpose::Emergency];
    type Output = ClinicalCaseView;
}

impl Query for OpenClinicalCase {
    fn run(self, cx: &ReadCx<'_>) -> Result<ClinicalCaseView, Error> {
        let of = case(cx, self.case)?.record;
        let row = cx.key(CaseDetail::TABLE)?.id(of.id.bytes()).done();
        let detail = cx.get::<CaseDetail>(&row)?.map(|stored| {
            let one = stored.record;
            Ok::<_, Error>(CaseDetailView {
                procedure: one.procedure,
                laterality: one.laterality,
                anaesthesia: one.anaesthesia,
                note: one.note,
                noted_by: cx.staff_name(one.noted_by)?,
                noted_at: instant_text(one.noted_at, cx.zone()),
            })
        });
        let patient_name = cx.patient(of.patient)?.listed_name;
        Ok(ClinicalCaseView { case: of.id, patient: of.patient, patient_name, detail: detail.transpose()? })
    }
}
