//! Calendars: which resources they are bound to, and when these can be booked.

use chrono::Datelike as _;
use keepwell_kernel::{CalendarId, CivilDate, ProductId, ResourceId, RuleId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A calendar and what is bound to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its id.
    pub id: CalendarId,
    /// Its name.
    pub name: String,
    /// The resources bound to it.
    pub bound: Vec<ResourceId>,
    /// Visits begin at whole multiples of so many minutes since midnight.
    pub grid_minutes: u16,
    /// How many days ahead may be booked.
    pub horizon_days: u16,
}

/// What a rule says of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// It can be booked.
    Open,
    /// It cannot.
    Closed,
    /// Somebody is away.
    TimeOff,
    /// Something is repaired or calibrated.
    Maintenance,
    /// The practice keeps a holiday.
    Holiday,
}

/// One rule of a calendar. Everything but [`RuleKind::Open`] takes time away from what is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvailabilityRule {
    /// Its id.
    pub id: RuleId,
    /// Whose rule it is.
    pub calendar: CalendarId,
    /// What it says.
    pub kind: RuleKind,
    /// What is shown.
    pub label: String,
    /// The days of the week, 1 for Monday to 7; none means every day.
    pub weekdays: Vec<u8>,
    /// In every week, or in every so manieth from the week of its first day.
    pub every_weeks: u8,
    /// Its first day.
    pub from: CivilDate,
    /// Its last day.
    pub until: Option<CivilDate>,
    /// From when, in wall-clock minutes of the day.
    pub from_minute: u16,
    /// Until when, in wall-clock minutes; 1440 is the end of the day.
    pub to_minute: u16,
    /// For these products alone; for all where none is named.
    pub products: Vec<ProductId>,
    /// How many bookings its time takes at once; as many as the resource where nothing is said.
    pub capacity: Option<u16>,
}

impl AvailabilityRule {
    /// Says whether it speaks of a day.
    pub(crate) fn speaks_of(&self, date: CivilDate) -> bool {
        let weekday = date.weekday();
        let on_weekday =
            self.weekdays.is_empty() || self.weekdays.iter().any(|day| u32::from(*day) == weekday.number_from_monday());
        let monday = |date: CivilDate| date - chrono::Duration::days(i64::from(date.weekday().num_days_from_monday()));
        let weeks = (monday(date) - monday(self.from)).num_weeks();
        date >= self.from
            && self.until.is_none_or(|until| date <= until)
            && on_weekday
            && weeks.rem_euclid(i64::from(self.every_weeks.max(1))) == 0
    }

    /// Says whether it speaks of a product; of any where none is asked about.
    pub(crate) fn is_for(&self, product: Option<ProductId>) -> bool {
        self.products.is_empty() || product.is_none_or(|product| self.products.contains(&product))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternating_weeks_are_counted_from_the_week_of_the_first_day() {
        let rule = AvailabilityRule {
            id: RuleId::make(),
            calendar: CalendarId::make(),
            kind: RuleKind::Open,
            label: String::new(),
            weekdays: vec![1, 3],
            every_weeks: 2,
            from: "2026-03-11".parse().unwrap(),
            until: Some("2026-04-08".parse().unwrap()),
            from_minute: 540,
            to_minute: 1020,
            products: Vec::new(),
            capacity: None,
        };
        for (date, speaks) in [
            ("2026-03-09", false), // The Monday before its first day.
            ("2026-03-11", true),
            ("2026-03-12", false),
            ("2026-03-16", false),
            ("2026-03-18", false),
            ("2026-03-23", true),
            ("2026-03-25", true),
            ("2026-04-06", true),
            ("2026-04-08", true),
            ("2026-04-20", false),
        ] {
            assert_eq!(rule.speaks_of(date.parse().unwrap()), speaks, "{date}");
        }
    }
}
