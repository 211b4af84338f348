//! `log.verify`: checks the whole log in one call. The window uses the door's own check, which shows progress.

use crate::door::{Query, ReadCx};
use crate::verify::{Verification, whole};
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use serde::Deserialize;
use ts_rs::TS;

/// Checks every entry, the tree, every checkpoint and the rows of the store.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "VerifyLog")]
pub struct Verify {}

impl Operation for Verify {
    const NAME: &'static str = "log.verify";
    const PERMISSION: Permission = Permission::LogVerify;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System, Purpose::Legal];
    type Output = Verification;
}

impl Query for Verify {
    fn run(self, cx: &ReadCx<'_>) -> Result<Verification, Error> {
        let keyring = cx.log_rows().keyring();
        let checked = whole(cx.vault(), keyring, cx.now(), &mut |_, _| true)?;
        checked.ok_or_else(|| keepwell_kernel::Fault::because("a check that nobody stopped did not end").into())
    }
}
