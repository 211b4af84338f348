//! `identity.discard_draft`: what was typed is saved or given up.

use crate::draft::{StoredDraft, draft_row};
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Forgets the draft of a screen.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DiscardDraft {
    /// The screen.
    pub screen: String,
}

impl Operation for DiscardDraft {
    const NAME: &'static str = "identity.discard_draft";
    const PERMISSION: Permission = Permission::OwnSession;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = ();
}

impl Command for DiscardDraft {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let row = draft_row(cx.key(StoredDraft::TABLE)?, cx.actor()?.staff, &self.screen);
        cx.remove::<StoredDraft>(&row)
    }
}
