//! Backups: made, proved, restored. What one is made of stands in `BACKUP.md`.

mod back_up;
mod container;
mod custodian;
mod decommission;
mod drive;
mod list_backups;
mod note;
mod plan;
mod prove_backup;
mod source;
mod table;

pub use back_up::{BackUp, BackUpJob, NOTE as BACKUP_NOTE, ToBackUp};
pub use decommission::{Decommission, MayEnd};
pub use drive::Drive;
pub(crate) use list_backups::name_of;
pub use list_backups::{BackupList, BackupRow, ListBackups, ProofRow};
pub use note::BackupNote;
pub use plan::{BackupStanding, Every, PlanBackups, kept};
pub use prove_backup::{ProveBackup, ProveBackupJob, Scratch, ToProve};
pub use source::{BackupFolder, FOLDER, backups_in, newest_in, note_in};
pub use table::{Backup, BackupPlan, RestoreTest, proved};
