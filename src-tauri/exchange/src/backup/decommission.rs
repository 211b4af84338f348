//! `exchange.decommission`: the practice ends on this computer, once a proved backup of all of it is in somebody's hands.

use super::table::{Backup, RestoreTest};
use crate::refusals::{CUSTODIAN, FINAL_BACKUP_STALE, FINAL_BACKUP_UNPROVED, NAME_DIFFERS};
use keepwell_kernel::{BackupId, Error, Operation, Permission, Purpose, typed_text};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many entries may stand behind the last backup: those of its own end, of its proof, and of the steps between them.
const ENTRIES_BEHIND: u64 = 12;
const CUSTODIAN_MAX: usize = 200;
/// How many backups and proofs are looked through.
const LOOKED_AT: usize = 400;

/// Allows the end. What is still to be kept by law is kept in the backup, which its custodian keeps with the recovery kit;
/// under a legal hold nothing ends.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Decommission {
    /// The practice's name, typed out, so that nobody ends another.
    pub practice_name: String,
    /// Who keeps the last backup and the recovery kit from now on.
    pub custodian: String,
    /// The last backup.
    pub backup: BackupId,
}

/// It may end.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct MayEnd {
    /// SHA-256 of the last backup's sealed file, in hex.
    pub backup_sha256: String,
}

impl Operation for Decommission {
    const NAME: &'static str = "exchange.decommission";
    const PERMISSION: Permission = Permission::Decommission;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = MayEnd;
}

impl Command for Decommission {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<MayEnd, Error> {
        if keepwell_identity::practice_name(cx)? != self.practice_name.trim() {
            return Err(NAME_DIFFERS.at("practice_name").into());
        }
        if typed_text(&self.custodian, CUSTODIAN_MAX).is_none_or(|custodian| custodian.is_empty()) {
            return Err(CUSTODIAN.at("custodian").into());
        }
        keepwell_compliance::no_hold_at_all(cx)?;
        let backups = cx.page::<Backup>(None, LOOKED_AT)?.into_iter().map(|(_, stored)| stored.record);
        let backup = backups.into_iter().find(|one| one.id == self.backup);
        let backup = backup.ok_or_else(|| FINAL_BACKUP_UNPROVED.at("backup"))?;
        let newest = cx.page::<RestoreTest>(None, LOOKED_AT)?.into_iter().map(|(_, stored)| stored.record);
        if !newest.into_iter().find(|test| test.backup == backup.id).is_some_and(|test| test.ok) {
            return Err(FINAL_BACKUP_UNPROVED.at("backup").into());
        }
        if cx.log_entries()? > backup.log_size + ENTRIES_BEHIND {
            return Err(FINAL_BACKUP_STALE.at("backup").into());
        }
        cx.allow_erasing();
        Ok(MayEnd { backup_sha256: backup.sha256 })
    }
}
