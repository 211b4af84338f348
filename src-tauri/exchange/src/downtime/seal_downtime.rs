//! `exchange.seal_downtime`: seals a pack under the key of the plan.

use super::seal::page;
use super::table::DowntimeKey;
use crate::refusals::PASSPHRASE_SHORT;
use keepwell_kernel::{Error, Operation, Permission, Purpose, Secret};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks to seal a pack.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SealDowntime {
    /// The pack as it is read once it is opened.
    pub pack: Secret,
}

/// The pack, sealed.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct SealedDowntime {
    /// A page that opens itself in a browser for whoever types the passphrase.
    pub page: String,
}

impl Operation for SealDowntime {
    const NAME: &'static str = "exchange.seal_downtime";
    const PERMISSION: Permission = Permission::ExportRecords;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = SealedDowntime;
}

impl Query for SealDowntime {
    fn run(self, cx: &ReadCx<'_>) -> Result<SealedDowntime, Error> {
        let stored = cx.get::<DowntimeKey>(&cx.key(DowntimeKey::TABLE)?.ordered(1).done())?;
        let key = stored.ok_or_else(|| PASSPHRASE_SHORT.at("passphrase"))?;
        Ok(SealedDowntime { page: page(&key.record.key, self.pack.reveal())? })
    }
}
