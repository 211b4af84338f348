//! `scheduling.note_desk`: what the front desk notes of a visit. Nothing clinical.

use crate::fields::{TEXT, optional};
use crate::move_visit::Moved;
use crate::unit::visit_as_shown;
use keepwell_kernel::{Error, Operation, Permission, Purpose, UnitId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Changes the front desk's note.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteDesk {
    /// The visit.
    pub unit: UnitId,
    /// The version that was shown.
    pub version: u64,
    /// What is noted; nothing where it is empty.
    pub desk_note: String,
}

impl Operation for NoteDesk {
    const NAME: &'static str = "scheduling.note_desk";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Moved;
}

impl Command for NoteDesk {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Moved, Error> {
        let mut unit = visit_as_shown(cx, self.unit, self.version)?;
        unit.desk_note = optional(Some(&self.desk_note), TEXT, "desk_note")?;
        Ok(Moved { version: cx.put(&unit)? })
    }
}
