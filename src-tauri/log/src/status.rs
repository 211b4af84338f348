//! `log.status`: how the log stands, at a glance.

use crate::door::{Query, ReadCx};
use crate::store::Head;
use crate::verify::{Verification, newest_checkpoint};
use keepwell_kernel::{Error, Operation, Permission, Purpose, instant_text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks how the log stands.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AskLogStatus")]
pub struct Status {}

/// The newest signed checkpoint.
#[derive(Debug, Serialize, TS)]
pub struct CheckpointView {
    /// Entries it covers.
    #[ts(type = "number")]
    pub size: u64,
    /// The tree's root, in hex.
    pub root: String,
    /// When it was signed.
    pub at: String,
}

/// How the log stands.
#[derive(Debug, Serialize, TS)]
pub struct LogStatus {
    /// Entries so far.
    #[ts(type = "number")]
    pub entries: u64,
    /// The newest checkpoint.
    pub last_checkpoint: Option<CheckpointView>,
    /// The keychain holds an anchor.
    pub anchored: bool,
    /// The store may only be read.
    pub read_only: bool,
    /// The last check of the log since the program started.
    pub last_verification: Option<Verification>,
}

impl Operation for Status {
    const NAME: &'static str = "log.status";
    const PERMISSION: Permission = Permission::LogVerify;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System, Purpose::Legal];
    type Output = LogStatus;
}

impl Query for Status {
    fn run(self, cx: &ReadCx<'_>) -> Result<LogStatus, Error> {
        let head = Head::read(cx.log_rows())?;
        let newest =
            if cx.read_only().is_some() { None } else { newest_checkpoint(cx.log_rows(), cx.vault().id(), &head)? };
        Ok(LogStatus {
            entries: head.frontier.size(),
            last_checkpoint: newest.map(|one| CheckpointView {
                size: one.size,
                root: hex::encode(one.root),
                at: instant_text(one.at.to_utc(), cx.zone()),
            }),
            anchored: cx.vault().anchor()?.is_some(),
            read_only: cx.read_only().is_some(),
            last_verification: cx.verification().cloned(),
        })
    }
}
