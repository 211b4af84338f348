//! `compliance.disclose`: writes a disclosure into the ledger.

use crate::disclosure::{DisclosureDetails, checked};
use keepwell_kernel::{DisclosureId, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::known_to;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes a disclosure into the ledger (45 CFR 164.528(b)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Disclose {
    /// Whose information it was.
    pub patient: PatientId,
    /// What was disclosed, to whom, and why.
    pub details: DisclosureDetails,
}

/// It stands in the ledger.
#[derive(Debug, Serialize, TS)]
pub struct Disclosed {
    /// The row.
    pub disclosure: DisclosureId,
    /// It belongs into an accounting.
    pub accountable: bool,
}

impl Operation for Disclose {
    const NAME: &'static str = "compliance.disclose";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::PatientRequest, Purpose::Legal, Purpose::PublicHealth];
    type Output = Disclosed;
}

impl Command for Disclose {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Disclosed, Error> {
        known_to(cx, self.patient, "patient")?;
        let row = checked(cx, self.patient, &self.details)?;
        cx.put(&row)?;
        Ok(Disclosed { disclosure: row.id, accountable: row.is_accountable() })
    }
}
