//! `scheduling.reinstate_case`: an operation that was cancelled is planned again, with what was noted of it. It waits for a
//! theatre: what it had was given back and may be somebody else's.

use crate::book::seen_here;
use crate::refusals::{BAD_STATUS, STALE};
use crate::theatre::keep_case::CaseKept;
use crate::theatre::surgical_case::case;
use keepwell_kernel::{CaseId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Plans an operation again.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReinstateCase {
    /// The case.
    pub case: CaseId,
    /// The version that was shown.
    pub version: u64,
}

impl Operation for ReinstateCase {
    const NAME: &'static str = "scheduling.reinstate_case";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = CaseKept;
}

impl Command for ReinstateCase {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<CaseKept, Error> {
        let stored = case(cx, self.case)?;
        if stored.version != self.version {
            return Err(STALE.at("version").into());
        }
        let mut case = stored.record;
        if case.cancelled.take().is_none() {
            return Err(BAD_STATUS.at("case").into());
        }
        seen_here(cx, case.patient)?;
        let version = cx.put(&case)?;
        Ok(CaseKept { case: case.id, version })
    }
}
