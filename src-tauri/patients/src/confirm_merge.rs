//! `patients.confirm_merge`: the second of two people agrees, and one record points to the other.

use crate::merge::{MergeState, can_merge, take_up_merge};
use crate::patient::{keep, take_up};
use keepwell_kernel::{Code, Error, MergeId, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// The proposer cannot confirm.
pub const SECOND_PERSON: Code = Code::new(
    "patients.second_person",
    "You proposed this merge, so somebody else must confirm it. Ask a colleague who may merge records.",
);
/// It waits for nobody.
pub const NOT_PROPOSED: Code =
    Code::new("patients.not_proposed", "This merge was decided already. Look at the list again.");

/// Confirms a merge.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmMerge {
    /// The merge.
    pub merge: MergeId,
}

impl Operation for ConfirmMerge {
    const NAME: &'static str = "patients.confirm_merge";
    const PERMISSION: Permission = Permission::MergePatients;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Legal];
    type Output = ();
}

impl Command for ConfirmMerge {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut merge = take_up_merge(cx, self.merge)?;
        if merge.state != MergeState::Proposed {
            return Err(NOT_PROPOSED.at("merge").into());
        }
        if cx.actor()?.staff == merge.proposed_by {
            return Err(SECOND_PERSON.into());
        }
        let mut from = take_up(cx, merge.from, "merge")?.record;
        let mut into = take_up(cx, merge.into, "merge")?.record;
        // Either may have changed since the proposal.
        can_merge(&from, &into)?;
        from.merged_into = Some(into.id);
        into.merged_from.push(from.id);
        keep(cx, &from)?;
        keep(cx, &into)?;
        merge.state = MergeState::Confirmed;
        cx.put(&merge)?;
        Ok(())
    }
}
