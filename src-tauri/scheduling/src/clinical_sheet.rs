//! `scheduling.clinical_sheet`: a day of one practitioner for the practitioner's paper, with what each visit is for.

use crate::detail::VisitDetail;
use crate::setup::Setup;
use crate::sheet::{SheetLine, lines};
use crate::theatre::surgical_case::CaseDetail;
use crate::unit::FulfillmentUnit;
use keepwell_kernel::{CivilDate, Error, Operation, Permission, Purpose, ResourceId};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens a practitioner's day as it goes to paper.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenClinicalSheet {
    /// Which day, YYYY-MM-DD.
    pub date: String,
    /// Whose.
    pub resource: ResourceId,
}

/// A practitioner's day as it goes to paper.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct ClinicalSheetView {
    /// Which.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Whose.
    pub name: String,
    /// The visits in the order in which they begin.
    pub rows: Vec<ClinicalSheetLine>,
}

/// A visit with what it is for. It is called by its own name, sensitive or not.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct ClinicalSheetLine {
    /// The visit.
    pub visit: SheetLine,
    /// Why the patient comes.
    pub reason_for_visit: Option<String>,
    /// What will be done.
    pub procedure_detail: Option<String>,
}

impl Operation for OpenClinicalSheet {
    const NAME: &'static str = "scheduling.clinical_sheet";
    const PERMISSION: Permission = Permission::ScheduleDetail;
    const PURPOSES: &'static [Purpose] = &[Purpose::Treatment, Purpose::Operations, Purpose::Emergency];
    type Output = ClinicalSheetView;
}

impl Query for OpenClinicalSheet {
    fn run(self, cx: &ReadCx<'_>) -> Result<ClinicalSheetView, Error> {
        let setup = Setup::read(cx)?;
        let label = |unit: &FulfillmentUnit| {
            setup.product(unit.product).map_or_else(|| "Visit".to_owned(), |product| product.label.clone())
        };
        let (date, visits) = lines(cx, &setup, &self.date, Some(self.resource), label)?;
        let rows = visits.into_iter().map(|visit| with_reason(cx, visit)).collect::<Result<_, Error>>()?;
        Ok(ClinicalSheetView { date, name: setup.name(self.resource), rows })
    }
}

fn with_reason(cx: &ReadCx<'_>, visit: SheetLine) -> Result<ClinicalSheetLine, Error> {
    let (mut reason_for_visit, mut procedure_detail) = (None, None);
    if let Some(unit) = visit.unit {
        let row = cx.key(VisitDetail::TABLE)?.id(unit.bytes()).done();
        let noted = cx.get::<VisitDetail>(&row)?.map(|stored| stored.record);
        (reason_for_visit, procedure_detail) = noted.map(|one| (one.reason_for_visit, one.procedure_detail)).unzip();
    }
    if let Some(case) = visit.case {
        let row = cx.key(CaseDetail::TABLE)?.id(case.bytes()).done();
        procedure_detail = cx.get::<CaseDetail>(&row)?.map(|stored| stored.record.in_words());
    }
    Ok(ClinicalSheetLine { visit, reason_for_visit, procedure_detail })
}
