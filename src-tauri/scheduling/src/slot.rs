//! A time of a day as the screens say it: minutes that have gone by since local midnight. Such a minute always exists and
//! exists once, on days of 23 and of 25 hours too.

use crate::fields::{date, within};
use crate::hours::day_span;
use crate::refusals::BAD_MINUTES;
use crate::span::{Span, instant, minute};
use chrono::Timelike as _;
use keepwell_kernel::{CivilDate, Refusal, Zone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest visit, in minutes.
pub(crate) const LONGEST: u16 = 1_440;

/// A time of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// The day, YYYY-MM-DD.
    pub date: String,
    /// Minutes since it began.
    pub minute: u16,
    /// How long.
    pub minutes: u16,
}

impl Slot {
    /// Returns the day and the stretch.
    ///
    /// # Errors
    /// A refusal at `slot.date`, `slot.minute` or `slot.minutes`.
    pub(crate) fn resolve(&self, zone: Zone) -> Result<(CivilDate, Span), Refusal> {
        let date = date(&self.date, "slot.date")?;
        let length = i64::from(within(self.minutes, 5..=LONGEST, "slot.minutes")?);
        if self.minute >= zone.minutes_of(date) {
            return Err(BAD_MINUTES.at("slot.minute"));
        }
        let from = day_span(zone, date).from + i64::from(self.minute);
        Ok((date, Span::new(from, from + length)))
    }

    /// Returns the slot of a stretch on the day it begins.
    pub(crate) fn of(zone: Zone, span: Span) -> Self {
        let date = zone.date_of(instant(span.from));
        Self {
            date: date.to_string(),
            minute: short(span.from - day_span(zone, date).from),
            minutes: short(span.to - span.from),
        }
    }
}

/// Minutes within a day fit sixteen bits; what does not is no minute of a day and shows as the last there is.
pub(crate) fn short(minutes: i64) -> u16 {
    u16::try_from(minutes.max(0)).unwrap_or(u16::MAX)
}

/// Writes a minute as the clock on the wall shows it, `9:45`.
pub(crate) fn clock(zone: Zone, at: i64) -> String {
    let wall = zone.wall_of(instant(at));
    let (_, hour) = wall.hour12();
    format!("{hour}:{:02}", wall.minute())
}

/// Writes a stretch as the clock on the wall shows it, `9:45 to 10:30`.
pub(crate) fn clocks(zone: Zone, span: Span) -> String {
    format!("{} to {}", clock(zone, span.from), clock(zone, span.to))
}

/// Says whether the clock shows the first minute of a stretch twice on its day.
pub(crate) fn is_second(zone: Zone, at: i64) -> bool {
    let wall = zone.wall_of(instant(at));
    let first = zone.resolve(wall);
    first.fold && minute(first.instant) != at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_with_another_length_have_their_own_minutes() {
        let zone = Zone::named("America/New_York").unwrap();
        let slot = |date: &str, minute| Slot { date: date.to_owned(), minute, minutes: 30 };
        for (date, minute, shown, second) in [
            ("2026-03-08", 119, "1:59 to 3:29", false),
            ("2026-03-08", 120, "3:00 to 3:30", false),
            ("2026-11-01", 60, "1:00 to 1:30", false),
            ("2026-11-01", 120, "1:00 to 1:30", true),
            ("2026-11-01", 1_499, "11:59 to 12:29", false),
        ] {
            let (_, span) = slot(date, minute).resolve(zone).unwrap();
            assert_eq!((clocks(zone, span).as_str(), is_second(zone, span.from)), (shown, second), "{date} {minute}");
        }
        assert!(slot("2026-03-08", 1_380).resolve(zone).is_err() && slot("2026-11-01", 1_499).resolve(zone).is_ok());
        assert!(slot("2026-02-29", 0).resolve(zone).is_err());
        assert!(Slot { minutes: 4, ..slot("2026-03-08", 0) }.resolve(zone).is_err());
    }

    proptest! {
        #[test]
        fn a_slot_and_its_stretch_are_the_same_time(day in 0i64..20_000, minute in 0u16..1_380, minutes in 5u16..600, at in 0usize..590) {
            let names: Vec<&str> = Zone::all_names().collect();
            let zone = Zone::named(names[at % names.len()]).unwrap();
            let date = CivilDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Duration::days(day);
            prop_assume!(zone.minutes_of(date) >= 1_380);
            let slot = Slot { date: date.to_string(), minute, minutes };
            let (found, span) = slot.resolve(zone).unwrap();
            prop_assert_eq!(found, date);
            prop_assert_eq!(Slot::of(zone, span), slot);
        }
    }
}
