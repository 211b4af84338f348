//! `scheduling.keep_site`: a place where the practice works.

use crate::fields::{LINE, TEXT, required, text};
use crate::looking::Look as _;
use crate::refusals::{NAME_TAKEN, UNKNOWN};
use crate::resource::Site;
use keepwell_kernel::{Error, Operation, Permission, Purpose, SiteId};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Keeps a site.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepSite {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub site: Option<SiteId>,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
}

/// It is kept.
#[derive(Debug, Serialize, TS)]
pub struct SiteKept {
    /// The site.
    pub site: SiteId,
}

impl Operation for KeepSite {
    const NAME: &'static str = "scheduling.keep_site";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = SiteKept;
}

impl Command for KeepSite {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<SiteKept, Error> {
        let all: Vec<Site> = cx.every::<Site>()?.into_iter().map(|stored| stored.record).collect();
        let id = self.site.unwrap_or_else(SiteId::make);
        if self.site.is_some() && !all.iter().any(|one| one.id == id) {
            return Err(UNKNOWN.at("site").into());
        }
        let name = required(&self.name, LINE, "name")?;
        if all.iter().any(|one| one.id != id && one.name == name) {
            return Err(NAME_TAKEN.at("name").into());
        }
        cx.put(&Site { id, name, address: text(&self.address, TEXT, "address")? })?;
        Ok(SiteKept { site: id })
    }
}
