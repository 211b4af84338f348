//! `compliance.charge_access`: what is charged for access, line by line, before it is handed over.

use crate::access::take_up;
use crate::fee::{TypedFeeLine, checked};
use crate::refusals::FEE_AFTER_DELIVERY;
use keepwell_kernel::{AccessId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Sets what is charged; the lines take the place of those before (45 CFR 164.524(c)(4)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChargeAccess {
    /// The request.
    pub access: AccessId,
    /// The lines; none where nothing is charged.
    pub lines: Vec<TypedFeeLine>,
}

impl Operation for ChargeAccess {
    const NAME: &'static str = "compliance.charge_access";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for ChargeAccess {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.access)?;
        if !request.deliveries.is_empty() {
            return Err(FEE_AFTER_DELIVERY.at("access").into());
        }
        request.fee_lines = checked(&self.lines, cx.today())?;
        cx.put(&request)?;
        Ok(())
    }
}
