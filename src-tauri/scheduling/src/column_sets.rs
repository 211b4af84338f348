//! Which columns of the day one person keeps together, and the key that brings them back.

use keepwell_kernel::{ResourceId, StaffId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One person's sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSets {
    /// Whose.
    pub staff: StaffId,
    /// The sets.
    pub sets: Vec<ColumnSet>,
}

/// A set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ColumnSet {
    /// The number of the key that brings it back.
    pub number: u8,
    /// What it shows.
    pub resources: Vec<ResourceId>,
}
