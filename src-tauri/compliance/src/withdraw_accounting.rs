//! `compliance.withdraw_accounting`: the patient no longer asks.

use crate::accounting::take_up;
use keepwell_kernel::{AccountingId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Closes a request that the patient withdrew.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WithdrawAccounting {
    /// The request.
    pub accounting: AccountingId,
}

impl Operation for WithdrawAccounting {
    const NAME: &'static str = "compliance.withdraw_accounting";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for WithdrawAccounting {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.accounting)?;
        request.withdrawn_on = Some(cx.today());
        cx.put(&request)?;
        Ok(())
    }
}
