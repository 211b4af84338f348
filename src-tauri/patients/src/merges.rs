//! `patients.merges`: what was proposed, confirmed and taken back.

use crate::merge::Merge;
use crate::patient::look_at;
use crate::staff;
use crate::views::MergeProposal;
use keepwell_kernel::{Error, Operation, Permission, Purpose, instant_text};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use ts_rs::TS;

/// The most merges on the page: two patients are shown for each, and a page shows at most two hundred.
const ROWS_MAX: usize = 100;

/// Lists merges.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "ListMerges")]
pub struct Merges {}

/// The merges, the newest first.
#[derive(Serialize, TS)]
pub struct MergeList {
    /// One row a merge.
    pub rows: Vec<MergeProposal>,
}

impl Operation for Merges {
    const NAME: &'static str = "patients.merges";
    const PERMISSION: Permission = Permission::MergePatients;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Legal];
    type Output = MergeList;
}

impl Query for Merges {
    fn run(self, cx: &ReadCx<'_>) -> Result<MergeList, Error> {
        let mut newest: VecDeque<Merge> = VecDeque::new();
        let mut after = None;
        loop {
            let page = cx.page::<Merge>(after.as_ref(), ROWS_MAX)?;
            let Some((last, _)) = page.last() else { break };
            after = Some(last.clone());
            newest.extend(page.into_iter().map(|(_, stored)| stored.record));
            newest.drain(..newest.len().saturating_sub(ROWS_MAX));
        }
        let rows = newest.into_iter().rev().map(|merge| proposal(cx, merge));
        Ok(MergeList { rows: rows.collect::<Result<_, Error>>()? })
    }
}

/// Reads both patients, which notes that their names were shown.
fn proposal(cx: &ReadCx<'_>, merge: Merge) -> Result<MergeProposal, Error> {
    let (from, into) = (look_at(cx, merge.from)?.record, look_at(cx, merge.into)?.record);
    Ok(MergeProposal {
        merge: merge.id,
        from: merge.from,
        from_name: from.demographics.listed_name(),
        from_mrn: from.mrn,
        into: merge.into,
        into_name: into.demographics.listed_name(),
        into_mrn: into.mrn,
        reason: merge.reason,
        proposed_by: staff::display_name(cx, merge.proposed_by)?,
        proposed_at: instant_text(merge.proposed_at, cx.zone()),
        state: merge.state,
    })
}
