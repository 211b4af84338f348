//! `scheduling.keep_resource`: somebody or something that can be booked, and its calendar.

use crate::busy::taken_of;
use crate::calendar::Calendar;
use crate::fields::{LINE, at_most, optional_date, required, text};
use crate::looking::Look as _;
use crate::refusals::{BAD_MINUTES, IN_USE, NAME_TAKEN, UNKNOWN};
use crate::resource::{Capability, Department, Practitioner, Resource, ResourceKind};
use crate::setup::{GRID, HORIZON, Setup};
use crate::span::{DAY, Span, minute};
use keepwell_kernel::{CalendarId, DepartmentId, Error, Operation, Permission, Purpose, Refusal, ResourceId, StaffId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most capabilities of a resource.
const CAPABILITIES_MAX: usize = 30;
/// The most bookings at once.
const CAPACITY_MAX: u16 = 200;

/// Keeps a resource. One that is bound to no calendar gets one of its own.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepResource {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub resource: Option<ResourceId>,
    /// What kind of thing it is.
    pub kind: ResourceKind,
    /// Its name.
    pub name: String,
    /// What stands below the name.
    pub note: String,
    /// Its department.
    pub department: Option<DepartmentId>,
    /// The member of staff it is.
    pub staff: Option<StaffId>,
    /// The licence, where it is a practitioner.
    pub practitioner: Option<LicenseTyped>,
    /// What it can be used for.
    pub capabilities: Vec<CapabilityTyped>,
    /// How many bookings it takes at once.
    pub capacity: u16,
    /// It is not booked any more.
    pub ended: bool,
}

/// A licence, as it is typed.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LicenseTyped {
    /// Its number.
    pub license_number: String,
    /// Its last day, YYYY-MM-DD.
    pub license_expires: Option<String>,
    /// What the practitioner specializes in.
    pub specialization: String,
}

/// A capability, as it is typed.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CapabilityTyped {
    /// What it is called.
    pub name: String,
    /// Its last day, YYYY-MM-DD.
    pub valid_until: Option<String>,
}

/// It is kept.
#[derive(Debug, Serialize, TS)]
pub struct ResourceKept {
    /// The resource.
    pub resource: ResourceId,
    /// A calendar it is bound to.
    pub calendar: CalendarId,
}

impl Operation for KeepResource {
    const NAME: &'static str = "scheduling.keep_resource";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ResourceKept;
}

impl Command for KeepResource {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<ResourceKept, Error> {
        let setup = Setup::read(cx)?;
        let id = self.resource.unwrap_or_else(ResourceId::make);
        if self.resource.is_some() && setup.resource(id).is_none() {
            return Err(UNKNOWN.at("resource").into());
        }
        let name = required(&self.name, LINE, "name")?;
        if setup.resources.iter().any(|one| one.id != id && !one.ended && one.name == name) {
            return Err(NAME_TAKEN.at("name").into());
        }
        if !(1..=CAPACITY_MAX).contains(&self.capacity) {
            return Err(BAD_MINUTES.at("capacity").into());
        }
        known(cx, &self)?;
        if self.ended {
            nothing_to_come(cx, id)?;
        }
        let practitioner = self.practitioner.map(LicenseTyped::kept).transpose()?;
        cx.put(&Resource {
            id,
            kind: self.kind,
            name: name.clone(),
            note: text(&self.note, LINE, "note")?,
            department: self.department,
            staff: self.staff,
            practitioner,
            capabilities: capabilities(&self.capabilities)?,
            capacity: self.capacity,
            ended: self.ended,
        })?;
        let bound = setup.calendars.iter().find(|calendar| calendar.bound.contains(&id)).map(|calendar| calendar.id);
        let calendar = bound.map_or_else(|| own_calendar(cx, id, name), Ok)?;
        Ok(ResourceKept { resource: id, calendar })
    }
}

impl LicenseTyped {
    fn kept(self) -> Result<Practitioner, Refusal> {
        Ok(Practitioner {
            license_number: text(&self.license_number, LINE, "practitioner.license_number")?,
            license_expires: optional_date(self.license_expires.as_deref(), "practitioner.license_expires")?,
            specialization: text(&self.specialization, LINE, "practitioner.specialization")?,
        })
    }
}

fn capabilities(typed: &[CapabilityTyped]) -> Result<Vec<Capability>, Refusal> {
    at_most(typed, CAPABILITIES_MAX, "capabilities")?;
    let keep = |(at, one): (usize, &CapabilityTyped)| {
        Ok(Capability {
            name: required(&one.name, LINE, &format!("capabilities.{at}.name"))?,
            valid_until: optional_date(one.valid_until.as_deref(), &format!("capabilities.{at}.valid_until"))?,
        })
    };
    typed.iter().enumerate().map(keep).collect()
}

/// Refuses a department or a member of staff that is not there.
fn known(cx: &WriteCx<'_, '_>, typed: &KeepResource) -> Result<(), Error> {
    if let Some(department) = typed.department {
        let row = cx.key(Department::TABLE)?.id(department.bytes()).done();
        cx.get::<Department>(&row)?.ok_or_else(|| UNKNOWN.at("department"))?;
    }
    if let Some(staff) = typed.staff {
        cx.staff_name(staff)?;
    }
    Ok(())
}

/// Refuses to end what visits to come are booked with.
fn nothing_to_come(cx: &WriteCx<'_, '_>, resource: ResourceId) -> Result<(), Error> {
    let now = minute(cx.now());
    let ahead = Span::new(now, now + i64::from(HORIZON) * DAY);
    if taken_of(cx, resource, ahead)?.iter().any(|one| one.span.to > now) {
        return Err(IN_USE.at("ended").into());
    }
    Ok(())
}

fn own_calendar(cx: &mut WriteCx<'_, '_>, resource: ResourceId, name: String) -> Result<CalendarId, Error> {
    let id = CalendarId::make();
    cx.put(&Calendar { id, name, bound: vec![resource], grid_minutes: GRID, horizon_days: HORIZON })?;
    Ok(id)
}
