//! `identity.rotate_keys`: new keys for everything that is written from now on.

use crate::key_rotation::{KeyRotation, RotationCause, rotation_of};
use crate::refusals::RESEALING_RUNS;
use keepwell_kernel::{Compartment, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Makes new keys. What was written before is sealed anew by `identity.reseal`, step by step, until the old keys open
/// nothing. Keys that blind the order of rows, the device's own and those of the staff are others and stay.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RotateKeys {
    /// Somebody may have got hold of the keys; then it does not wait for what is still being sealed anew.
    pub suspected_leak: bool,
}

impl Operation for RotateKeys {
    const NAME: &'static str = "identity.rotate_keys";
    const PERMISSION: Permission = Permission::KeysRotate;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = ();
}

impl Command for RotateKeys {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let running = rotation_of!(cx).is_some_and(|last| last.finished_at.is_none());
        if running && !self.suspected_leak {
            return Err(RESEALING_RUNS.into());
        }
        Compartment::GRANTED.into_iter().try_for_each(|compartment| cx.raise(compartment))?;
        let cause = if self.suspected_leak { RotationCause::SuspectedLeak } else { RotationCause::Yearly };
        cx.put(&KeyRotation::of(cause, cx.now()))?;
        Ok(())
    }
}
