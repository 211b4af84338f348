//! Civil time in the practice's zone, with one stated policy.
//!
//! A wall-clock time that does not exist (the spring gap) moves forward by the length of the gap; one that exists
//! twice (the autumn fold) means the first. Both are flagged, so that a screen can say so.

use crate::{CivilDate, Instant};
use chrono::{Datelike as _, Duration, MappedLocalTime, NaiveDateTime, Offset as _, TimeZone as _, Timelike as _};
use chrono_tz::Tz;

/// The practice's time zone, from the IANA database compiled into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

/// A zone name that the compiled-in IANA database does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the time zone is not known")]
pub struct ZoneUnknown;

/// A wall-clock time found on the line of instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// The instant.
    pub instant: Instant,
    /// The wall-clock time did not exist and was moved forward.
    pub gap: bool,
    /// The wall-clock time exists twice and the first was taken.
    pub fold: bool,
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);
    /// The release of the IANA time zone database that is compiled into the program.
    pub const RELEASE: &'static str = chrono_tz::IANA_TZDB_VERSION;

    /// Finds a zone by its IANA name (`America/New_York`).
    ///
    /// # Errors
    /// [`ZoneUnknown`] when the database does not have it.
    pub fn named(name: &str) -> Result<Self, ZoneUnknown> {
        name.parse::<Tz>().map(Self).map_err(|_| ZoneUnknown)
    }

    /// Returns the IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Returns the names of every zone, in the database's order.
    pub fn all_names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// Returns the civil date that an instant falls on here.
    #[must_use]
    pub fn date_of(self, instant: Instant) -> CivilDate {
        instant.with_timezone(&self.0).date_naive()
    }

    /// Returns the offset from UTC in force at an instant, in seconds east.
    #[must_use]
    pub fn offset_seconds(self, instant: Instant) -> i32 {
        self.0.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc()
    }

    /// Finds the instant of a wall-clock time by the stated policy.
    #[must_use]
    pub fn resolve(self, wall: NaiveDateTime) -> Resolved {
        match self.0.from_local_datetime(&wall) {
            MappedLocalTime::Single(at) => Resolved { instant: at.to_utc(), gap: false, fold: false },
            MappedLocalTime::Ambiguous(first, _) => Resolved { instant: first.to_utc(), gap: false, fold: true },
            MappedLocalTime::None => self.over_the_gap(wall),
        }
    }

    /// Reads the wall-clock time with the offset that held before the gap, which lands as far behind the gap as the
    /// time stood inside it.
    fn over_the_gap(self, wall: NaiveDateTime) -> Resolved {
        let day_before = wall - Duration::days(1);
        let offset = self.offset_seconds(day_before.and_utc());
        let instant = (wall - Duration::seconds(i64::from(offset))).and_utc();
        Resolved { instant, gap: true, fold: false }
    }

    /// Returns the instant at which a civil day begins here.
    #[must_use]
    pub fn start_of(self, date: CivilDate) -> Instant {
        self.resolve(date.and_time(chrono::NaiveTime::MIN)).instant
    }
}

impl Zone {
    /// Returns how many minutes a civil day has here: 1440, less or more where the clocks change.
    #[must_use]
    pub fn minutes_of(self, date: CivilDate) -> u16 {
        let next = date.succ_opt().map_or(date, |next| next);
        // No zone has ever changed by so much that a day would not fit.
        u16::try_from((self.start_of(next) - self.start_of(date)).num_minutes()).map_or(1440, |minutes| minutes)
    }

    /// Returns the minutes that have gone by since a civil day began, below nothing before it.
    #[must_use]
    pub fn minute_of(self, date: CivilDate, at: Instant) -> i64 {
        (at - self.start_of(date)).num_minutes()
    }

    /// Returns the instant some minutes after a civil day began.
    #[must_use]
    pub fn at_minute(self, date: CivilDate, minute: i64) -> Instant {
        self.start_of(date) + Duration::minutes(minute)
    }

    /// Returns the wall-clock time of an instant.
    #[must_use]
    pub fn wall_of(self, at: Instant) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }
}

/// Writes an instant as RFC 3339 with the offset in force in the zone.
#[must_use]
pub fn instant_text(instant: Instant, zone: Zone) -> String {
    instant.with_timezone(&zone.0).to_rfc3339_opts(chrono::SecondsFormat::Millis, false)
}

/// Returns year, month, day, hour, minute and second in UTC, as the description of a PDF file keeps them.
#[must_use]
pub fn utc_parts(at: Instant) -> (i32, u8, u8, u8, u8, u8) {
    // None of them is above 60, so that none is cut.
    let [month, day, hour, minute, second] =
        [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(|part| part.to_le_bytes()[0]);
    (at.year(), month, day, hour, minute, second)
}

/// Returns an age in words a clinician uses: days under a month, months under two years, then years.
#[must_use]
pub fn age_on(today: CivilDate, born: CivilDate) -> Option<String> {
    if born > today {
        return None;
    }
    let mut months = (today.year() - born.year()) * 12 + today.month() as i32 - born.month() as i32;
    if today.day() < born.day() {
        months -= 1;
    }
    Some(match months {
        0 => format!("{} days", (today - born).num_days()),
        1..24 => format!("{months} months"),
        _ => format!("{} years", months / 12),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn gaps_move_forward_and_folds_take_the_first() {
        let zone = Zone::named("America/New_York").unwrap();
        for (local, utc, gap, fold) in [
            ("2026-03-08 01:59", "2026-03-08 06:59", false, false),
            ("2026-03-08 02:30", "2026-03-08 07:30", true, false),
            ("2026-03-08 03:00", "2026-03-08 07:00", false, false),
            ("2026-11-01 01:30", "2026-11-01 05:30", false, true),
            ("2026-11-01 02:00", "2026-11-01 07:00", false, false),
        ] {
            let found = zone.resolve(wall(local));
            assert_eq!(found, Resolved { instant: wall(utc).and_utc(), gap, fold }, "{local}");
        }
    }

    #[test]
    fn days_are_23_24_and_25_hours_long() {
        let zone = Zone::named("America/New_York").unwrap();
        for (date, hours) in [("2026-03-08", 23), ("2026-03-09", 24), ("2026-11-01", 25)] {
            let day: CivilDate = date.parse().unwrap();
            let length = zone.start_of(day.succ_opt().unwrap()) - zone.start_of(day);
            assert_eq!(length, Duration::hours(hours), "{date}");
        }
    }

    #[test]
    fn ages_read_as_clinicians_say_them() {
        let today: CivilDate = "2026-11-21".parse().unwrap();
        for (born, age) in [
            ("2026-11-21", "0 days"),
            ("2026-10-22", "30 days"),
            ("2026-10-21", "1 months"),
            ("2024-11-22", "23 months"),
            ("2024-11-21", "2 years"),
            ("1926-11-22", "99 years"),
            ("2004-02-29", "22 years"),
        ] {
            assert_eq!(age_on(today, born.parse().unwrap()).as_deref(), Some(age), "{born}");
        }
        assert_eq!(age_on(today, "2026-11-22".parse().unwrap()), None);
    }

    proptest! {
        #[test]
        fn an_instant_survives_the_wall_clock_unless_it_is_a_second_hour(seconds in 0i64..4_000_000_000, at in 0usize..590) {
            let zone = Zone(chrono_tz::TZ_VARIANTS[at % chrono_tz::TZ_VARIANTS.len()]);
            let instant = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
            let back = zone.resolve(instant.with_timezone(&zone.0).naive_local());
            prop_assert!(!back.gap);
            prop_assert!(back.instant == instant || (back.fold && back.instant < instant));
        }
    }
}
