//! `scheduling.keep_column_sets`: one's own sets of columns.

use crate::column_sets::{ColumnSet, ColumnSets};
use crate::fields::at_most;
use crate::looking::Look;
use crate::refusals::{NO_RESOURCE, TOO_MANY, UNKNOWN};
use crate::setup::Setup;
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// The numbers of the keys; those before bring back what is always there.
const NUMBERS: std::ops::RangeInclusive<u8> = 4..=8;
/// The most columns of a set.
const COLUMNS_MAX: usize = 100;

/// Keeps one's own sets of columns.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepColumnSets {
    /// All of them: those that are not named are gone.
    pub sets: Vec<ColumnSet>,
}

impl Operation for KeepColumnSets {
    const NAME: &'static str = "scheduling.keep_column_sets";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::Payment];
    type Output = ();
}

impl Command for KeepColumnSets {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let setup = Setup::read(cx)?;
        for (at, set) in self.sets.iter().enumerate() {
            let twice = self.sets.iter().take(at).any(|other| other.number == set.number);
            if twice || !NUMBERS.contains(&set.number) {
                return Err(TOO_MANY.at(format!("sets.{at}.number")).into());
            }
            let field = format!("sets.{at}.resources");
            at_most(&set.resources, COLUMNS_MAX, &field)?;
            if set.resources.is_empty() {
                return Err(NO_RESOURCE.at(field).into());
            }
            if set.resources.iter().any(|id| setup.resource(*id).is_none()) {
                return Err(UNKNOWN.at(field).into());
            }
        }
        cx.put(&ColumnSets { staff: cx.actor()?.staff, sets: self.sets })?;
        Ok(())
    }
}

/// Returns the sets of whoever looks.
///
/// # Errors
/// [`Error`].
pub(crate) fn own_sets(cx: &impl Look) -> Result<Vec<ColumnSet>, Error> {
    let row = cx.maker(ColumnSets::TABLE)?.id(cx.who()?.staff.bytes()).done();
    Ok(cx.record::<ColumnSets>(&row)?.map_or_else(Vec::new, |stored| stored.record.sets))
}
