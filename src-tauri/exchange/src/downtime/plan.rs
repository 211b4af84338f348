//! `exchange.plan_downtime` and `exchange.downtime`: where the downtime pack goes by itself, how often, and what opens it.

use super::seal::key_for;
use super::table::{DowntimeKey, DowntimeStanding};
use crate::backup::{Every, name_of};
use crate::refusals::{BACKUP_PLACE, PASSPHRASE_SHORT};
use keepwell_kernel::{Error, Operation, Permission, Purpose, Secret, instant_text};
use keepwell_log::door::{Command, Query, ReadCx, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// The longest path of a folder, in characters.
const PLACE_MAX: usize = 1_000;

/// Says where the pack goes by itself and how often; without a folder, that none is written.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlanDowntime {
    /// The whole path of a folder that is there.
    #[ts(type = "string | null")]
    pub folder: Option<String>,
    /// How often.
    pub every: Every,
    /// Opens the packs from now on; nothing where the one of before stays.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub passphrase: Option<Secret>,
}

impl Operation for PlanDowntime {
    const NAME: &'static str = "exchange.plan_downtime";
    const PERMISSION: Permission = Permission::ExportRecords;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ();
}

impl Command for PlanDowntime {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let fits = |folder: &String| folder.chars().count() <= PLACE_MAX && Path::new(folder).is_absolute();
        if self.folder.as_ref().is_some_and(|folder| !fits(folder)) {
            return Err(BACKUP_PLACE.at("folder").into());
        }
        let before = cx.get::<DowntimeStanding>(&cx.key(DowntimeStanding::TABLE)?.ordered(1).done())?;
        let sealed = cx.get::<DowntimeKey>(&cx.key(DowntimeKey::TABLE)?.ordered(1).done())?.is_some();
        match &self.passphrase {
            Some(passphrase) => {
                cx.put(&DowntimeKey { key: key_for(passphrase)? })?;
            }
            None if self.folder.is_some() && !sealed => return Err(PASSPHRASE_SHORT.at("passphrase").into()),
            None => {}
        }
        let (last, patients) = before.map_or((None, 0), |stored| (stored.record.last, stored.record.patients));
        cx.put(&DowntimeStanding { folder: self.folder, every: self.every, last, patients })?;
        Ok(())
    }
}

/// Asks how the downtime pack stands.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowDowntime {}

/// How it stands.
#[derive(Debug, Serialize, TS)]
pub struct DowntimeList {
    /// The plan; nothing where none is in force.
    pub plan: Option<DowntimePlanned>,
    /// A passphrase was set before, and opens the packs if no other is.
    pub has_passphrase: bool,
    /// When the last one was written, with the offset in force.
    pub last: Option<String>,
    /// How many patients were in it.
    #[ts(type = "number")]
    pub patients: u64,
}

/// A plan.
#[derive(Debug, Serialize, TS)]
pub struct DowntimePlanned {
    /// The folder's name.
    pub folder: String,
    /// How often.
    pub every: Every,
}

impl Operation for ShowDowntime {
    const NAME: &'static str = "exchange.downtime";
    const PERMISSION: Permission = Permission::ExportRecords;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = DowntimeList;
}

impl Query for ShowDowntime {
    fn run(self, cx: &ReadCx<'_>) -> Result<DowntimeList, Error> {
        let has_passphrase = cx.get::<DowntimeKey>(&cx.key(DowntimeKey::TABLE)?.ordered(1).done())?.is_some();
        let stored = cx.get::<DowntimeStanding>(&cx.key(DowntimeStanding::TABLE)?.ordered(1).done())?;
        let Some(DowntimeStanding { folder, every, last, patients }) = stored.map(|stored| stored.record) else {
            return Ok(DowntimeList { plan: None, has_passphrase, last: None, patients: 0 });
        };
        let plan = folder.map(|folder| DowntimePlanned { folder: name_of(&folder), every });
        Ok(DowntimeList { plan, has_passphrase, last: last.map(|last| instant_text(last, cx.zone())), patients })
    }
}
