//! `scheduling.keep_service`: a kind of care the practice gives.

use crate::catalogue::Service;
use crate::fields::{LINE, required};
use crate::looking::Look as _;
use crate::refusals::{NAME_TAKEN, UNKNOWN};
use keepwell_kernel::{Error, Operation, Permission, Purpose, ServiceId};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Keeps a service.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepService {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub service: Option<ServiceId>,
    /// Its name.
    pub name: String,
}

/// It is kept.
#[derive(Debug, Serialize, TS)]
pub struct ServiceKept {
    /// The service.
    pub service: ServiceId,
}

impl Operation for KeepService {
    const NAME: &'static str = "scheduling.keep_service";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ServiceKept;
}

impl Command for KeepService {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<ServiceKept, Error> {
        let all: Vec<Service> = cx.every::<Service>()?.into_iter().map(|stored| stored.record).collect();
        let id = self.service.unwrap_or_else(ServiceId::make);
        if self.service.is_some() && !all.iter().any(|one| one.id == id) {
            return Err(UNKNOWN.at("service").into());
        }
        let name = required(&self.name, LINE, "name")?;
        if all.iter().any(|one| one.id != id && one.name == name) {
            return Err(NAME_TAKEN.at("name").into());
        }
        cx.put(&Service { id, name })?;
        Ok(ServiceKept { service: id })
    }
}
