//! `identity.lock` and `identity.sign_out`: the keys go.

use crate::draft::{CONTENT_BYTES_MAX, DRAFTS_MAX, StoredDraft};
use crate::refusals::DRAFT_TOO_LONG;
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Entrance, GateCx};
use serde::Deserialize;
use ts_rs::TS;

/// Locks: what was typed is kept sealed, the keys are dropped, the place is remembered.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// What was typed and not saved, by screen.
    #[serde(default)]
    pub drafts: Vec<DraftToKeep>,
}

/// What was typed on one screen.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftToKeep {
    /// The screen.
    pub screen: String,
    /// What was typed, as the screen writes it.
    pub content: String,
}

impl Operation for Lock {
    const NAME: &'static str = "identity.lock";
    const PERMISSION: Permission = Permission::OwnSession;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = ();
}

impl Entrance for Lock {
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<(), Error> {
        let staff = cx.actor()?.staff;
        let too_long = self.drafts.iter().position(|draft| draft.content.len() > CONTENT_BYTES_MAX);
        // The lock itself never waits for a draft: it closes first, and says afterwards what it could not keep.
        cx.lock();
        for draft in self.drafts.into_iter().filter(|draft| draft.content.len() <= CONTENT_BYTES_MAX).take(DRAFTS_MAX) {
            let saved_at = cx.now();
            cx.put_over(&StoredDraft { staff, screen: draft.screen, content: draft.content, saved_at })?;
        }
        too_long.map_or(Ok(()), |at| Err(DRAFT_TOO_LONG.at(format!("drafts.{at}")).into()))
    }
}

/// Ends the session.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignOut {}

impl Operation for SignOut {
    const NAME: &'static str = "identity.sign_out";
    const PERMISSION: Permission = Permission::OwnSession;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = ();
}

impl Entrance for SignOut {
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<(), Error> {
        cx.close();
        Ok(())
    }
}
