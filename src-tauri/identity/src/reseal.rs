//! `identity.reseal`: one step of sealing anew what bears an old key.

use crate::key_rotation::{KeyRotation, PERSONAL, RotationCause, rotation_of};
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Goes on where the last step ended. Whoever asks says nothing of the place: a wrong one would leave rows behind under keys
/// that are then taken away.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Reseal {}

/// How far it has come.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct ResealStep {
    /// Values that were sealed anew since the keys were changed.
    #[ts(type = "number")]
    pub values: u64,
    /// Nothing bears an old key any more, and the old keys are gone.
    pub done: bool,
}

impl Operation for Reseal {
    const NAME: &'static str = "identity.reseal";
    const PERMISSION: Permission = Permission::KeysRotate;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = ResealStep;
}

impl Command for Reseal {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<ResealStep, Error> {
        let last = rotation_of!(cx);
        let Some(mut pass) = pass(cx, last.as_ref()) else { return Ok(ResealStep { values: 0, done: true }) };
        let goes_on = last.is_some_and(|last| last.finished_at.is_none());
        let step = cx.reseal(pass.next.as_deref(), &PERSONAL)?;
        pass.values += step.values;
        pass.next = step.next;
        let done = pass.next.is_none();
        if done {
            cx.retire_epochs(&PERSONAL)?;
            pass.finished_at = Some(cx.now());
        }
        // A version for each step would be a thousand of them, and none worth reading; each rotation is one.
        if goes_on {
            cx.put_over(&pass)?
        } else {
            cx.put(&pass)?
        };
        Ok(ResealStep { values: pass.values, done })
    }
}

/// Returns what is being done, or what is to be begun; nothing where no old key is left. A key that was made meanwhile, as
/// when a role was taken from somebody, is a reason to begin again: rows behind this place bear one that is old now.
fn pass(cx: &WriteCx<'_, '_>, last: Option<&KeyRotation>) -> Option<KeyRotation> {
    let epochs = cx.epochs();
    match last.filter(|last| last.finished_at.is_none()) {
        Some(last) if last.epochs == epochs => Some(last.clone()),
        Some(last) => Some(KeyRotation { epochs, next: None, values: 0, ..last.clone() }),
        None if cx.has_old_epochs() => {
            Some(KeyRotation { epochs, ..KeyRotation::of(RotationCause::RoleTaken, cx.now()) })
        }
        None => None,
    }
}
