//! `scheduling.note_case`: who treats notes what an operation is.

use crate::fields::{LINE, TEXT, required, text};
use crate::theatre::surgical_case::{CaseDetail, Laterality, case};
use keepwell_kernel::{CaseId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Notes what an operation is.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteCase {
    /// The case.
    pub case: CaseId,
    /// What is done.
    pub procedure: String,
    /// On which side.
    pub laterality: Laterality,
    /// How the patient is anaesthetised.
    pub anaesthesia: String,
    /// What else the team must know.
    pub note: String,
}

impl Operation for NoteCase {
    const NAME: &'static str = "scheduling.note_case";
    const PERMISSION: Permission = Permission::ScheduleDetail;
    const PURPOSES: &'static [Purpose] = &[Purpose::Treatment, Purpose::Operations, Purpose::Emergency];
    type Output = ();
}

impl Command for NoteCase {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let of = case(cx, self.case)?.record;
        cx.put(&CaseDetail {
            case: of.id,
            patient: of.patient,
            procedure: required(&self.procedure, TEXT, "procedure")?,
            laterality: self.laterality,
            anaesthesia: text(&self.anaesthesia, LINE, "anaesthesia")?,
            note: text(&self.note, TEXT, "note")?,
            noted_by: cx.actor()?.staff,
            noted_at: cx.now(),
        })?;
        Ok(())
    }
}
