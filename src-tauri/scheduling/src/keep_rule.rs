//! `scheduling.keep_rule`: when a calendar is open, and when it is not.

use crate::calendar::{AvailabilityRule, RuleKind};
use crate::fields::{LINE, at_most, date, optional_date, text, weekdays, within};
use crate::refusals::{BAD_DATE, BAD_MINUTES, UNKNOWN};
use crate::setup::Setup;
use keepwell_kernel::{CalendarId, Error, Operation, Permission, ProductId, Purpose, RuleId};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most rules of a calendar, those that have ended among them.
const RULES_MAX: usize = 500;
/// The most products a rule names.
const PRODUCTS_MAX: usize = 100;
/// The most bookings at once.
const CAPACITY_MAX: u16 = 200;

/// Keeps a rule.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepRule {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rule: Option<RuleId>,
    /// Whose rule it is.
    pub calendar: CalendarId,
    /// What it says.
    pub kind: RuleKind,
    /// What is shown.
    pub label: String,
    /// The days of the week, 1 for Monday to 7; none means every day.
    pub weekdays: Vec<u8>,
    /// In every week, or in every so manieth from the week of its first day: 1 to 8.
    pub every_weeks: u8,
    /// Its first day, YYYY-MM-DD.
    pub from: String,
    /// Its last day, YYYY-MM-DD.
    pub until: Option<String>,
    /// From when, in wall-clock minutes of the day.
    pub from_minute: u16,
    /// Until when, in wall-clock minutes; 1440 is the end of the day.
    pub to_minute: u16,
    /// For these products alone; for all where none is named.
    pub products: Vec<ProductId>,
    /// How many bookings its time takes at once.
    pub capacity: Option<u16>,
}

/// It is kept.
#[derive(Debug, Serialize, TS)]
pub struct RuleKept {
    /// The rule.
    pub rule: RuleId,
}

impl Operation for KeepRule {
    const NAME: &'static str = "scheduling.keep_rule";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = RuleKept;
}

impl Command for KeepRule {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<RuleKept, Error> {
        let setup = Setup::read(cx)?;
        let id = self.rule.unwrap_or_else(RuleId::make);
        if self.rule.is_some() && !setup.rules.iter().any(|one| one.id == id) {
            return Err(UNKNOWN.at("rule").into());
        }
        if !setup.calendars.iter().any(|one| one.id == self.calendar) {
            return Err(UNKNOWN.at("calendar").into());
        }
        let own: Vec<_> = setup.rules.iter().filter(|one| one.calendar == self.calendar).collect();
        at_most(&own, RULES_MAX - 1, "calendar")?;
        at_most(&self.products, PRODUCTS_MAX, "products")?;
        if let Some(at) = self.products.iter().position(|one| setup.product(*one).is_none()) {
            return Err(UNKNOWN.at(format!("products.{at}")).into());
        }
        let (from, until) = (date(&self.from, "from")?, optional_date(self.until.as_deref(), "until")?);
        if until.is_some_and(|until| until < from) {
            return Err(BAD_DATE.at("until").into());
        }
        if self.from_minute >= self.to_minute || self.to_minute > 1_440 {
            return Err(BAD_MINUTES.at("to_minute").into());
        }
        within(u16::from(self.every_weeks), 1..=8, "every_weeks")?;
        self.capacity.map(|capacity| within(capacity, 1..=CAPACITY_MAX, "capacity")).transpose()?;
        cx.put(&AvailabilityRule {
            id,
            calendar: self.calendar,
            kind: self.kind,
            label: text(&self.label, LINE, "label")?,
            weekdays: weekdays(&self.weekdays, "weekdays")?,
            every_weeks: self.every_weeks,
            from,
            until,
            from_minute: self.from_minute,
            to_minute: self.to_minute,
            products: self.products,
            capacity: self.capacity,
        })?;
        Ok(RuleKept { rule: id })
    }
}
