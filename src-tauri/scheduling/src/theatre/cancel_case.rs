//! `scheduling.cancel_case`: an operation that will not take place; its theatre and its team are free again.

use crate::theatre::keep_case::CaseKept;
use crate::theatre::release_theatre::{called_off, release};
use crate::theatre::reservation::reservation;
use crate::theatre::surgical_case::open_case_as_shown;
use crate::unit::StandReason;
use keepwell_kernel::{CaseId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Cancels an operation.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CancelCase {
    /// The case.
    pub case: CaseId,
    /// The version that was shown.
    pub version: u64,
    /// Why.
    pub reason: StandReason,
    /// What is noted. Nothing clinical.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

impl Operation for CancelCase {
    const NAME: &'static str = "scheduling.cancel_case";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = CaseKept;
}

impl Command for CancelCase {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<CaseKept, Error> {
        let mut case = open_case_as_shown(cx, self.case, Some(self.version))?;
        let called_off = called_off(cx, self.reason, self.note.as_deref())?;
        if let Some(held) = case.reservation.take() {
            release(cx, reservation(cx, held)?.record, called_off.clone())?;
        }
        case.cancelled = Some(called_off);
        let version = cx.put(&case)?;
        Ok(CaseKept { case: case.id, version })
    }
}
