//! `scheduling.keep_department`: a department of a site.

use crate::fields::{LINE, required};
use crate::looking::Look as _;
use crate::refusals::{NAME_TAKEN, UNKNOWN};
use crate::resource::{Department, Site};
use keepwell_kernel::{DepartmentId, Error, Operation, Permission, Purpose, SiteId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Keeps a department.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepDepartment {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub department: Option<DepartmentId>,
    /// Where it is.
    pub site: SiteId,
    /// Its name.
    pub name: String,
}

/// It is kept.
#[derive(Debug, Serialize, TS)]
pub struct DepartmentKept {
    /// The department.
    pub department: DepartmentId,
}

impl Operation for KeepDepartment {
    const NAME: &'static str = "scheduling.keep_department";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = DepartmentKept;
}

impl Command for KeepDepartment {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<DepartmentKept, Error> {
        let all: Vec<Department> = cx.every::<Department>()?.into_iter().map(|stored| stored.record).collect();
        let id = self.department.unwrap_or_else(DepartmentId::make);
        if self.department.is_some() && !all.iter().any(|one| one.id == id) {
            return Err(UNKNOWN.at("department").into());
        }
        let site = cx.key(Site::TABLE)?.id(self.site.bytes()).done();
        if cx.get::<Site>(&site)?.is_none() {
            return Err(UNKNOWN.at("site").into());
        }
        let name = required(&self.name, LINE, "name")?;
        if all.iter().any(|one| one.id != id && one.site == self.site && one.name == name) {
            return Err(NAME_TAKEN.at("name").into());
        }
        cx.put(&Department { id, site: self.site, name })?;
        Ok(DepartmentKept { department: id })
    }
}
