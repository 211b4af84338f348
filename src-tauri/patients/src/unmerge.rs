//! `patients.unmerge`: takes a merge back; both records are as they were, with what was written since.

use crate::merge::{MergeState, take_up_merge};
use crate::patient::{keep, take_up};
use keepwell_kernel::{Code, Error, MergeId, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// It was taken back already.
pub const ALREADY_UNDONE: Code =
    Code::new("patients.already_undone", "This merge was taken back already. Nothing needs to be done.");

/// Takes a merge back, or withdraws a proposal.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unmerge {
    /// The merge.
    pub merge: MergeId,
}

impl Operation for Unmerge {
    const NAME: &'static str = "patients.unmerge";
    const PERMISSION: Permission = Permission::MergePatients;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Legal];
    type Output = ();
}

impl Command for Unmerge {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut merge = take_up_merge(cx, self.merge)?;
        match merge.state {
            MergeState::Undone => return Err(ALREADY_UNDONE.at("merge").into()),
            MergeState::Proposed => {}
            MergeState::Confirmed => {
                let mut from = take_up(cx, merge.from, "merge")?.record;
                let mut into = take_up(cx, merge.into, "merge")?.record;
                from.merged_into = None;
                into.merged_from.retain(|merged| *merged != from.id);
                keep(cx, &from)?;
                keep(cx, &into)?;
            }
        }
        merge.state = MergeState::Undone;
        cx.put(&merge)?;
        Ok(())
    }
}
