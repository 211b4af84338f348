//! `exchange.backups`: the newest backups, and how the proof of each went.

use super::plan::Every;
use super::table::{Backup, BackupPlan, RestoreTest};
use keepwell_kernel::{AssociateId, BackupId, Error, Operation, Permission, Purpose, instant_text};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use ts_rs::TS;

/// How many backups are shown.
const SHOWN: usize = 100;
/// How many tests are looked through for them.
const TESTS: usize = 400;

/// Asks for the newest backups.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListBackups {}

/// The newest backups.
#[derive(Debug, Serialize, TS)]
pub struct BackupList {
    /// Newest first.
    pub rows: Vec<BackupRow>,
    /// Where backups go by themselves; nothing where there is no plan.
    pub plan: Option<PlanRow>,
    /// A custodian's public key that every backup is sealed to, as age writes it; nothing where only the practice opens them.
    pub custodian: Option<String>,
}

/// Where backups go by themselves.
#[derive(Debug, Serialize, TS)]
pub struct PlanRow {
    /// The name of the folder; screens never hold a path.
    pub folder: String,
    /// How often.
    pub every: Every,
    /// The business associate whose place it is.
    pub associate: Option<AssociateId>,
}

/// One backup.
#[derive(Debug, Serialize, TS)]
pub struct BackupRow {
    /// Its id, which its folder bears.
    pub backup: BackupId,
    /// When it was made, with the offset in force.
    pub made_at: String,
    /// The user name of whoever made it; empty where the plan did.
    pub made_by: String,
    /// Entries of the log in it.
    #[ts(type = "number")]
    pub log_size: u64,
    /// Bytes of the sealed file.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How long it took, in milliseconds.
    #[ts(type = "number")]
    pub took_ms: u64,
    /// The business associate whose place it went to.
    pub associate: Option<AssociateId>,
    /// The newest proof; a backup without one was never proved.
    pub proof: Option<ProofRow>,
}

/// How a proof went.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProofRow {
    /// When, with the offset in force.
    pub at: String,
    /// The user name of whoever proved it.
    pub by: String,
    /// Everything held.
    pub ok: bool,
    /// The refusal's code where it did not.
    #[ts(type = "RefusalCode | null")]
    pub code: Option<String>,
    /// Entries of its log that were checked.
    #[ts(type = "number")]
    pub entries: u64,
    /// Rows that add up.
    #[ts(type = "number")]
    pub rows: u64,
    /// How long the restore and the check took, in milliseconds.
    #[ts(type = "number")]
    pub took_ms: u64,
}

impl Operation for ListBackups {
    const NAME: &'static str = "exchange.backups";
    const PERMISSION: Permission = Permission::BackUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = BackupList;
}

impl Query for ListBackups {
    fn run(self, cx: &ReadCx<'_>) -> Result<BackupList, Error> {
        let mut proofs: HashMap<BackupId, ProofRow> = HashMap::new();
        for (_, stored) in cx.page::<RestoreTest>(None, TESTS)? {
            let RestoreTest { backup, at, by, ok, code, entries, rows, took_ms, .. } = stored.record;
            let at = instant_text(at, cx.zone());
            proofs.entry(backup).or_insert(ProofRow { at, by, ok, code, entries, rows, took_ms });
        }
        let rows = cx.page::<Backup>(None, SHOWN)?.into_iter().map(|(_, stored)| {
            let Backup { id, made_at, made_by, log_size, bytes, took_ms, associate, .. } = stored.record;
            let (made_at, proof) = (instant_text(made_at, cx.zone()), proofs.remove(&id));
            BackupRow { backup: id, made_at, made_by, log_size, bytes, took_ms, associate, proof }
        });
        let rows = rows.collect();
        let plan = cx.get::<BackupPlan>(&cx.key(BackupPlan::TABLE)?.ordered(1).done())?;
        let Some(stored) = plan else { return Ok(BackupList { rows, plan: None, custodian: None }) };
        let BackupPlan { folder, every, associate, custodian } = stored.record;
        let plan = folder.map(|folder| PlanRow { folder: name_of(&folder), every, associate });
        Ok(BackupList { rows, plan, custodian })
    }
}

/// Returns the last part of a path; that of a drive is the drive.
pub(crate) fn name_of(folder: &str) -> String {
    Path::new(folder).file_name().map_or_else(|| folder.to_owned(), |name| name.to_string_lossy().into_owned())
}
