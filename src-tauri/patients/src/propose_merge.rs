//! `patients.propose_merge`: two records of one person, says the first of two people.

use crate::merge::{Merge, MergeState, can_merge};
use crate::patient::take_up;
use crate::table::{MERGE_BY_PATIENTS, merge_key};
use keepwell_kernel::{Code, Error, MergeId, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A record cannot be merged with itself.
pub const SAME_RECORD: Code = Code::new("patients.same_record", "Choose another record. This is the same one twice.");
/// It was proposed already.
pub const ALREADY_PROPOSED: Code = Code::new(
    "patients.already_proposed",
    "This merge was proposed already. A second person can confirm it in the list of merges.",
);

/// Proposes a merge. The reason of the call says how one knows that they are one person.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposeMerge {
    /// The record that closes.
    pub from: PatientId,
    /// The record that stays.
    pub into: PatientId,
}

/// A merge that was proposed.
#[derive(Serialize, TS)]
pub struct MergeProposed {
    /// The merge.
    pub merge: MergeId,
}

impl Operation for ProposeMerge {
    const NAME: &'static str = "patients.propose_merge";
    const PERMISSION: Permission = Permission::MergePatients;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Legal];
    type Output = MergeProposed;
}

impl Command for ProposeMerge {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<MergeProposed, Error> {
        if self.from == self.into {
            return Err(SAME_RECORD.at("into").into());
        }
        let (from, into) = (take_up(cx, self.from, "from")?, take_up(cx, self.into, "into")?);
        can_merge(&from.record, &into.record)?;
        let key = merge_key(cx.key(Merge::TABLE)?, self.from, self.into);
        for row in cx.find::<Merge>(MERGE_BY_PATIENTS, &key, 200)? {
            if cx.get::<Merge>(&row)?.is_some_and(|known| known.record.state == MergeState::Proposed) {
                return Err(ALREADY_PROPOSED.into());
            }
        }
        let merge = Merge {
            id: MergeId::make(),
            from: self.from,
            into: self.into,
            reason: cx.reason().unwrap_or_default().trim().to_owned(),
            proposed_by: cx.actor()?.staff,
            proposed_at: cx.now(),
            state: MergeState::Proposed,
        };
        cx.put(&merge)?;
        Ok(MergeProposed { merge: merge.id })
    }
}
