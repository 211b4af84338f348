//! `identity.staff`: everybody who works here, or did.

use crate::staff::{StaffCard, StaffMember};
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::engine::SCAN_ROWS_MAX;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the staff list.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListStaff {}

/// The staff list.
#[derive(Serialize, TS)]
pub struct StaffList {
    /// By name.
    pub rows: Vec<StaffCard>,
}

impl Operation for ListStaff {
    const NAME: &'static str = "identity.staff";
    const PERMISSION: Permission = Permission::StaffRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = StaffList;
}

impl Query for ListStaff {
    fn run(self, cx: &ReadCx<'_>) -> Result<StaffList, Error> {
        let everyone = cx.page::<StaffMember>(None, SCAN_ROWS_MAX)?;
        let mut rows: Vec<StaffCard> =
            everyone.into_iter().map(|(_, stored)| StaffCard::of(stored.record, cx.now(), cx.zone())).collect();
        rows.sort_by_key(|card| (card.name.family.to_lowercase(), card.name.given.clone()));
        Ok(StaffList { rows })
    }
}
