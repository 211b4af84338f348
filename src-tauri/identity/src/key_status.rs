//! `identity.key_status`: how old the practice's keys are, and whether an old one still opens anything.

use crate::key_rotation::{KEYS_LAST_DAYS, KeyRotation, RotationCause, in_use_since, rotation_of};
use chrono::Days;
use keepwell_kernel::{CivilDate, Error, Fault, Operation, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks about the keys.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskKeyStatus {}

/// What is known of the keys.
#[derive(Debug, Serialize, TS)]
pub struct KeyStatus {
    /// Since which day they are used.
    #[ts(type = "CivilDate")]
    pub since: CivilDate,
    /// By when they should be changed: a year after that.
    #[ts(type = "CivilDate")]
    pub due_on: CivilDate,
    /// That day has come.
    pub due: bool,
    /// Something may still be sealed under an old key.
    pub old_keys: bool,
    /// Why it is being sealed anew, where that was begun and has not ended.
    pub cause: Option<RotationCause>,
    /// Values that were sealed anew so far, or the last time.
    #[ts(type = "number")]
    pub values: u64,
}

impl Operation for AskKeyStatus {
    const NAME: &'static str = "identity.key_status";
    const PERMISSION: Permission = Permission::KeysRotate;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = KeyStatus;
}

impl Query for AskKeyStatus {
    fn run(self, cx: &ReadCx<'_>) -> Result<KeyStatus, Error> {
        let since = cx.zone().date_of(in_use_since(cx)?);
        let due_on = since.checked_add_days(Days::new(KEYS_LAST_DAYS));
        let due_on = due_on.ok_or_else(|| Fault::because("the keys are due on no day of the calendar"))?;
        let last = rotation_of!(cx);
        let running = last.as_ref().filter(|last| last.finished_at.is_none());
        Ok(KeyStatus {
            since,
            due_on,
            due: due_on <= cx.today(),
            old_keys: running.is_some() || cx.has_old_epochs(),
            cause: running.map(|running| running.cause),
            values: last.as_ref().map_or(0, |last| last.values),
        })
    }
}
