//! `log.seal`: the newest signed checkpoint, to be printed and kept where the computer cannot reach it.

use crate::checkpoint::Checkpoint;
use crate::door::{Query, ReadCx};
use crate::store::{Head, checkpoint_note};
use crate::verify::newest_checkpoint;
use keepwell_kernel::{Code, Error, Operation, Permission, Purpose, instant_text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Nothing was sealed yet.
pub const NO_CHECKPOINT: Code =
    Code::new("log.no_checkpoint", "Nothing of the log is signed yet. Wait a minute and try again.");

/// Asks for the newest signed checkpoint, whole.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AskSeal")]
pub struct AskSeal {}

/// A checkpoint as it is printed. It names no patient and nobody of the staff.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct Seal {
    /// The store.
    pub vault: String,
    /// Entries it covers.
    #[ts(type = "number")]
    pub size: u64,
    /// The tree's root, in hex.
    pub root: String,
    /// The digest of every row, in hex.
    pub state_digest: String,
    /// When it was signed.
    pub at: String,
    /// The signed note, as it is (C2SP).
    pub note: String,
    /// The key that signed it, in hex.
    pub public_key: String,
}

impl Operation for AskSeal {
    const NAME: &'static str = "log.seal";
    const PERMISSION: Permission = Permission::LogRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System, Purpose::Legal];
    type Output = Seal;
}

impl Query for AskSeal {
    fn run(self, cx: &ReadCx<'_>) -> Result<Seal, Error> {
        let head = Head::read(cx.log_rows())?;
        let newest = newest_checkpoint(cx.log_rows(), cx.vault().id(), &head)?;
        let Checkpoint { size, root, digest, at, .. } = newest.ok_or_else(|| NO_CHECKPOINT.refusal())?;
        let note = checkpoint_note(cx.log_rows(), head.checkpoints)?.ok_or_else(|| NO_CHECKPOINT.refusal())?;
        let key = cx.log_rows().keyring().device().log_signing().verifying_key();
        Ok(Seal {
            vault: cx.vault().id().to_string(),
            size,
            root: hex::encode(root),
            state_digest: hex::encode(digest),
            at: instant_text(at.to_utc(), cx.zone()),
            note,
            public_key: hex::encode(key.as_bytes()),
        })
    }
}
