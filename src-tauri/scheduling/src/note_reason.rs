//! `scheduling.note_reason`: who treats notes what a visit is for.

use crate::detail::VisitDetail;
use crate::fields::{TEXT, text};
use crate::unit::visit;
use keepwell_kernel::{Error, Operation, Permission, Purpose, UnitId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Notes what a visit is for.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteReason {
    /// The visit.
    pub unit: UnitId,
    /// Why the patient comes.
    pub reason_for_visit: String,
    /// What will be done.
    pub procedure_detail: String,
}

impl Operation for NoteReason {
    const NAME: &'static str = "scheduling.note_reason";
    const PERMISSION: Permission = Permission::ScheduleDetail;
    const PURPOSES: &'static [Purpose] = &[Purpose::Treatment, Purpose::Operations, Purpose::Emergency];
    type Output = ();
}

impl Command for NoteReason {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let unit = visit(cx, self.unit)?.record;
        let detail = VisitDetail {
            unit: unit.id,
            patient: unit.patient,
            reason_for_visit: text(&self.reason_for_visit, TEXT, "reason_for_visit")?,
            procedure_detail: text(&self.procedure_detail, TEXT, "procedure_detail")?,
        };
        cx.put(&detail)?;
        Ok(())
    }
}
