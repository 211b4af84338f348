//! `exchange.note_downtime`: a downtime pack was written to its end.

use super::table::DowntimeStanding;
use crate::backup::Every;
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Says that a pack lies in its folder now.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteDowntime {
    /// How many patients are in it.
    #[ts(type = "number")]
    pub patients: u64,
}

impl Operation for NoteDowntime {
    const NAME: &'static str = "exchange.note_downtime";
    const PERMISSION: Permission = Permission::ExportRecords;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ();
}

impl Command for NoteDowntime {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let before = cx.get::<DowntimeStanding>(&cx.key(DowntimeStanding::TABLE)?.ordered(1).done())?;
        let (folder, every) =
            before.map_or((None, Every::Day), |stored| (stored.record.folder.clone(), stored.record.every));
        cx.put(&DowntimeStanding { folder, every, last: Some(cx.now()), patients: self.patients })?;
        Ok(())
    }
}
