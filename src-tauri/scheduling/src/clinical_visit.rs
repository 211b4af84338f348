//! `scheduling.clinical_visit`: what a visit is for, for who treats.

use crate::came_visits::reason_elsewhere;
use crate::detail::VisitDetail;
use crate::setup::Setup;
use crate::unit::visit;
use keepwell_kernel::{Error, Operation, Permission, Purpose, UnitId};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens what a visit is for.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenClinicalVisit {
    /// The visit.
    pub unit: UnitId,
}

/// What a visit is for.
#[derive(Debug, Serialize, TS)]
pub struct ClinicalVisitView {
    /// The visit.
    pub unit: UnitId,
    /// What it is, where the calendar shows a visit and nothing else.
    pub product_name: String,
    /// Why the patient comes.
    pub reason_for_visit: Option<String>,
    /// What will be done.
    pub procedure_detail: Option<String>,
}

impl Operation for OpenClinicalVisit {
    const NAME: &'static str = "scheduling.clinical_visit";
    const PERMISSION: Permission = Permission::ScheduleDetail;
    const PURPOSES: &'static [Purpose] = &[Purpose::Treatment, Purpose::Operations, Purpose::Emergency];
    type Output = ClinicalVisitView;
}

impl Query for OpenClinicalVisit {
    fn run(self, cx: &ReadCx<'_>) -> Result<ClinicalVisitView, Error> {
        if let Some(came) = elsewhere(cx, self.unit)? {
            return Ok(came);
        }
        let unit = visit(cx, self.unit)?.record;
        let setup = Setup::read(cx)?;
        let row = cx.key(VisitDetail::TABLE)?.id(unit.id.bytes()).done();
        let detail = cx.get::<VisitDetail>(&row)?.map(|stored| stored.record);
        let (reason_for_visit, procedure_detail) =
            detail.map(|detail| (detail.reason_for_visit, detail.procedure_detail)).unzip();
        let product_name = setup.product(unit.product).map_or_else(String::new, |product| product.label.clone());
        Ok(ClinicalVisitView { unit: unit.id, product_name, reason_for_visit, procedure_detail })
    }
}

/// Finds what a visit was for that came with the patient's records.
fn elsewhere(cx: &ReadCx<'_>, unit: UnitId) -> Result<Option<ClinicalVisitView>, Error> {
    let Some((visit, noted)) = reason_elsewhere(cx, unit)? else { return Ok(None) };
    let (reason_for_visit, procedure_detail) =
        noted.map(|noted| (noted.reason_for_visit, noted.procedure_detail)).unzip();
    Ok(Some(ClinicalVisitView { unit, product_name: visit.label, reason_for_visit, procedure_detail }))
}
