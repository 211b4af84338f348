//! A series: visits that repeat by one rule (RFC 5545, 3.3.10), materialised as visits of their own over the horizon.
//!
//! The rule runs on wall-clock times, written as if they were UTC; each result is then found on the line of instants by the
//! policy of the kernel. So a visit at 9:00 stays at 9:00 when the clocks change, one in the spring gap moves forward, and one
//! in the autumn fold means the first.

use crate::refusals::BAD_RULE;
use chrono::NaiveDateTime;
use keepwell_kernel::{PatientId, Refusal, SeriesId, UnitId};
use rrule::{RRule, RRuleError, Tz, Unvalidated};
use serde::{Deserialize, Serialize};

/// The most visits of a series.
pub(crate) const MOST: u16 = 60;
/// The longest rule, in characters.
const RULE_MAX: usize = 200;

/// Visits that repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// Whose.
    pub patient: PatientId,
    /// The visit it was made from.
    pub first: UnitId,
    /// The rule.
    pub rule: String,
    /// The wall-clock time of the first.
    pub begins: NaiveDateTime,
    /// The visits, in their order; one that was moved or cancelled stays among them.
    pub units: Vec<UnitId>,
}

/// Returns the wall-clock times of a rule after its first, up to and including a last one.
///
/// # Errors
/// [`BAD_RULE`] at `rule`.
pub(crate) fn times(rule: &str, begins: NaiveDateTime, until: NaiveDateTime) -> Result<Vec<NaiveDateTime>, Refusal> {
    let bad = |_: RRuleError| BAD_RULE.at("rule");
    if rule.len() > RULE_MAX {
        return Err(BAD_RULE.at("rule"));
    }
    let rule: RRule<Unvalidated> = rule.parse().map_err(bad)?;
    let set = rule.build(begins.and_utc().with_timezone(&Tz::UTC)).map_err(bad)?;
    let found = set.before(until.and_utc().with_timezone(&Tz::UTC)).all(MOST + 1);
    let times = found.dates.into_iter().map(|at| at.naive_utc());
    Ok(times.filter(|at| *at > begins).take(usize::from(MOST)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use keepwell_kernel::Zone;

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_rule_keeps_to_the_clock_on_the_wall() {
        let zone = Zone::named("America/New_York").unwrap();
        let times =
            times("FREQ=WEEKLY;BYDAY=SU;COUNT=4", wall("2026-02-22T02:30:00"), wall("2027-01-01T00:00:00")).unwrap();
        assert_eq!(times, ["2026-03-01T02:30:00", "2026-03-08T02:30:00", "2026-03-15T02:30:00"].map(wall));
        let found: Vec<_> = times.iter().map(|at| zone.resolve(*at)).collect();
        assert_eq!(found.iter().map(|one| one.gap).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(zone.wall_of(found[1].instant), wall("2026-03-08T03:30:00"), "the gap moves it forward");
        assert_eq!(
            zone.wall_of(found[2].instant),
            wall("2026-03-15T02:30:00"),
            "and the week after stands where it stood"
        );
    }

    #[test]
    fn rules_end_at_their_count_at_the_horizon_and_at_the_most() {
        let (begins, far) = (wall("2026-01-31T09:00:00"), wall("2036-01-01T00:00:00"));
        for (rule, until, count) in [
            ("FREQ=DAILY;COUNT=3", far, 2),
            ("FREQ=DAILY", wall("2026-02-05T09:00:00"), 5),
            ("FREQ=DAILY", far, 60),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;COUNT=5", far, 4),
            // The 31st: months without one are left out, as RFC 5545 says.
            ("FREQ=MONTHLY;COUNT=4", far, 3),
        ] {
            assert_eq!(times(rule, begins, until).unwrap().len(), count, "{rule}");
        }
        let months = times("FREQ=MONTHLY;COUNT=4", begins, far).unwrap();
        assert_eq!(months[0], wall("2026-03-31T09:00:00"));
        for refused in ["", "FREQ=SOMETIMES", "COUNT=3", "FREQ=WEEKLY;BYDAY=XX", &"X".repeat(201)] {
            assert!(times(refused, begins, far).is_err(), "{refused}");
        }
    }
}
