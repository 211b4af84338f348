//! `scheduling.setup`: what is set up: who and what can be booked, when, and for what.

use crate::calendar::{AvailabilityRule, Calendar, RuleKind};
use crate::catalogue::{GateKind, Requirement, Service, ServiceProduct};
use crate::looking::Look as _;
use crate::resource::{Capability, Department, Practitioner, Resource, ResourceKind, Site};
use crate::setup::Setup;
use keepwell_kernel::{
    CalendarId, CivilDate, DepartmentId, Error, Operation, Permission, ProductId, Purpose, ResourceId, RuleId,
    ServiceId, SiteId, StaffId,
};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens what is set up.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenSetup {}

/// What is set up.
#[derive(Debug, Serialize, TS)]
pub struct SetupView {
    /// Where the practice works.
    pub sites: Vec<SiteView>,
    /// The departments.
    pub departments: Vec<DepartmentView>,
    /// Who and what can be booked.
    pub resources: Vec<ResourceView>,
    /// What the practice gives.
    pub services: Vec<ServiceView>,
    /// As it is booked.
    pub products: Vec<ProductView>,
    /// The calendars.
    pub calendars: Vec<CalendarView>,
    /// Their rules.
    pub rules: Vec<RuleView>,
}

/// A site.
#[derive(Debug, Serialize, TS)]
pub struct SiteView {
    /// Its id.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
}

/// A department.
#[derive(Debug, Serialize, TS)]
pub struct DepartmentView {
    /// Its id.
    pub department: DepartmentId,
    /// Where it is.
    pub site: SiteId,
    /// Its name.
    pub name: String,
}

/// A resource.
#[derive(Debug, Serialize, TS)]
pub struct ResourceView {
    /// Its id.
    pub resource: ResourceId,
    /// Its kind.
    pub kind: ResourceKind,
    /// Its name.
    pub name: String,
    /// What stands below the name.
    pub note: String,
    /// Its department.
    pub department: Option<DepartmentId>,
    /// The member of staff it is.
    pub staff: Option<StaffId>,
    /// The licence.
    pub practitioner: Option<Practitioner>,
    /// What it can be used for.
    pub capabilities: Vec<Capability>,
    /// How many bookings it takes at once.
    pub capacity: u16,
    /// It is not booked any more.
    pub ended: bool,
    /// What is not valid today: names of capabilities, and `license`.
    pub lapsed: Vec<String>,
}

/// A service.
#[derive(Debug, Serialize, TS)]
pub struct ServiceView {
    /// Its id.
    pub service: ServiceId,
    /// Its name.
    pub name: String,
}

/// A product.
#[derive(Debug, Serialize, TS)]
pub struct ProductView {
    /// Its id.
    pub product: ProductId,
    /// What it belongs to.
    pub service: ServiceId,
    /// What everybody who books may read.
    pub label: String,
    /// How long it takes.
    pub minutes: u16,
    /// What is kept free before.
    pub before: u16,
    /// What is kept free after.
    pub after: u16,
    /// What the patient does beforehand.
    pub preparation: String,
    /// It shows as a visit and nothing else.
    pub sensitive: bool,
    /// How long before it must be booked, in minutes.
    pub notice_minutes: u32,
    /// What it needs.
    pub requirements: Vec<Requirement>,
    /// What is checked before.
    pub gates: Vec<GateKind>,
    /// Its price in cents.
    pub price_cents: Option<i64>,
    /// It is not booked any more.
    pub ended: bool,
    /// The version of its offer.
    pub offer_version: u32,
}

/// A calendar.
#[derive(Debug, Serialize, TS)]
pub struct CalendarView {
    /// Its id.
    pub calendar: CalendarId,
    /// Its name.
    pub name: String,
    /// The resources bound to it.
    pub resources: Vec<ResourceId>,
    /// Its grid.
    pub grid_minutes: u16,
    /// How many days ahead may be booked.
    pub horizon_days: u16,
}

/// A rule.
#[derive(Debug, Serialize, TS)]
pub struct RuleView {
    /// Its id.
    pub rule: RuleId,
    /// Whose rule it is.
    pub calendar: CalendarId,
    /// What it says.
    pub kind: RuleKind,
    /// What is shown.
    pub label: String,
    /// The days of the week, 1 for Monday to 7.
    pub weekdays: Vec<u8>,
    /// In every week, or in every so manieth.
    pub every_weeks: u8,
    /// Its first day.
    #[ts(type = "CivilDate")]
    pub from: CivilDate,
    /// Its last day.
    #[ts(type = "CivilDate | null")]
    pub until: Option<CivilDate>,
    /// From when, in wall-clock minutes.
    pub from_minute: u16,
    /// Until when, in wall-clock minutes.
    pub to_minute: u16,
    /// For these products alone.
    pub products: Vec<ProductId>,
    /// How many bookings its time takes at once.
    pub capacity: Option<u16>,
}

impl Operation for OpenSetup {
    const NAME: &'static str = "scheduling.setup";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::Payment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = SetupView;
}

impl Query for OpenSetup {
    fn run(self, cx: &ReadCx<'_>) -> Result<SetupView, Error> {
        let Setup { resources, products, calendars, rules } = Setup::read(cx)?;
        let today = cx.today();
        let site = |one: Site| SiteView { site: one.id, name: one.name, address: one.address };
        let department = |one: Department| DepartmentView { department: one.id, site: one.site, name: one.name };
        let service = |one: Service| ServiceView { service: one.id, name: one.name };
        Ok(SetupView {
            sites: cx.every()?.into_iter().map(|stored| site(stored.record)).collect(),
            departments: cx.every()?.into_iter().map(|stored| department(stored.record)).collect(),
            resources: resources.into_iter().map(|one| ResourceView::of(one, today)).collect(),
            services: cx.every()?.into_iter().map(|stored| service(stored.record)).collect(),
            products: products.into_iter().map(ProductView::of).collect(),
            calendars: calendars.into_iter().map(CalendarView::of).collect(),
            rules: rules.into_iter().map(RuleView::of).collect(),
        })
    }
}

impl ResourceView {
    fn of(one: Resource, today: CivilDate) -> Self {
        Self {
            lapsed: one.lapsed_on(today),
            resource: one.id,
            kind: one.kind,
            name: one.name,
            note: one.note,
            department: one.department,
            staff: one.staff,
            practitioner: one.practitioner,
            capabilities: one.capabilities,
            capacity: one.capacity,
            ended: one.ended,
        }
    }
}

impl ProductView {
    fn of(one: ServiceProduct) -> Self {
        Self {
            product: one.id,
            service: one.service,
            label: one.label,
            minutes: one.minutes,
            before: one.before,
            after: one.after,
            preparation: one.preparation,
            sensitive: one.sensitive,
            notice_minutes: one.notice_minutes,
            requirements: one.requirements,
            gates: one.gates,
            price_cents: one.price.map(keepwell_kernel::Money::as_cents),
            ended: one.ended,
            offer_version: one.offer_version,
        }
    }
}

impl CalendarView {
    fn of(one: Calendar) -> Self {
        Self {
            calendar: one.id,
            name: one.name,
            resources: one.bound,
            grid_minutes: one.grid_minutes,
            horizon_days: one.horizon_days,
        }
    }
}

impl RuleView {
    fn of(one: AvailabilityRule) -> Self {
        Self {
            rule: one.id,
            calendar: one.calendar,
            kind: one.kind,
            label: one.label,
            weekdays: one.weekdays,
            every_weeks: one.every_weeks,
            from: one.from,
            until: one.until,
            from_minute: one.from_minute,
            to_minute: one.to_minute,
            products: one.products,
            capacity: one.capacity,
        }
    }
}
