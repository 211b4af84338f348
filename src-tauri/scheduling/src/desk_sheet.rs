//! `scheduling.desk_sheet`: a day for the front desk's paper, or one column of it. Nothing clinical.

use crate::day_visit::label;
use crate::setup::Setup;
use crate::sheet::{SheetLine, lines};
use keepwell_kernel::{CivilDate, Error, Operation, Permission, Purpose, ResourceId};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens a day as it goes to paper.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenDeskSheet {
    /// Which day, YYYY-MM-DD.
    pub date: String,
    /// Of whom; of everybody where nobody is named.
    pub resource: Option<ResourceId>,
}

/// A day as it goes to paper.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct DeskSheetView {
    /// Which.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Of whom; empty for everybody.
    pub name: String,
    /// The visits in the order in which they begin.
    pub rows: Vec<SheetLine>,
}

impl Operation for OpenDeskSheet {
    const NAME: &'static str = "scheduling.desk_sheet";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::Emergency];
    type Output = DeskSheetView;
}

impl Query for OpenDeskSheet {
    fn run(self, cx: &ReadCx<'_>) -> Result<DeskSheetView, Error> {
        let setup = Setup::read(cx)?;
        let (date, rows) = lines(cx, &setup, &self.date, self.resource, |unit| label(&setup, unit))?;
        Ok(DeskSheetView { date, name: self.resource.map_or_else(String::new, |id| setup.name(id)), rows })
    }
}
