//! The lock that does not depend on the screens: when nobody has done anything for the practice's idle time, the keys
//! are dropped here, whatever the window shows (45 CFR 164.312(a)(2)(iii)).

use crate::desk::Desk;
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often the clock is looked at. A lock is late by at most this.
const TICK: Duration = Duration::from_secs(5);

/// When somebody last did something.
pub(crate) struct Idle {
    last: Mutex<Instant>,
}

impl Default for Idle {
    fn default() -> Self {
        Self { last: Mutex::new(Instant::now()) }
    }
}

impl Idle {
    /// Notes that somebody is at the desk.
    pub(crate) fn somebody_is_there(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Returns for how long nobody has done anything.
    fn for_how_long(&self) -> Duration {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }

    /// Returns when the practice locks if nobody does anything until then.
    pub(crate) fn locks_at(&self, idle_minutes: u64) -> DateTime<Utc> {
        let left = Duration::from_secs(idle_minutes.saturating_mul(60)).saturating_sub(self.for_how_long());
        Utc::now() + chrono::Duration::from_std(left).unwrap_or_else(|_| chrono::Duration::zero())
    }
}

/// Says whether the practice must lock now.
fn must_lock(status: &Value, idle: Duration) -> bool {
    let signed_in = status.get("state").and_then(Value::as_str) == Some("signed_in");
    // A practice that cannot say its idle time gets the shortest one allowed: failing closed.
    let minutes = status.get("idle_minutes").and_then(Value::as_u64).unwrap_or(1);
    signed_in && idle >= Duration::from_secs(minutes.saturating_mul(60))
}

/// Watches the desk for as long as the program runs.
pub(crate) fn watch(desk: &Arc<Desk>) {
    let desk = Arc::downgrade(desk);
    std::thread::spawn(move || {
        while let Some(desk) = desk.upgrade() {
            // Somebody waits for a running job, even if their hands are still.
            if desk.jobs.any_running() {
                desk.idle.somebody_is_there();
            }
            if must_lock(&desk.practice.status(), desk.idle.for_how_long()) {
                desk.lock();
            }
            drop(desk);
            std::thread::sleep(TICK);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::must_lock;
    use serde_json::json;
    use std::time::Duration;

    #[test]
    fn the_practice_locks_exactly_when_its_idle_time_is_over() {
        for (status, idle, expected) in [
            (json!({ "state": "signed_in", "idle_minutes": 15 }), 15 * 60, true),
            (json!({ "state": "signed_in", "idle_minutes": 15 }), 15 * 60 - 1, false),
            (json!({ "state": "signed_in" }), 60, true),
            (json!({ "state": "locked", "idle_minutes": 15 }), 99_999, false),
            (json!({ "state": "absent", "idle_minutes": 15 }), 99_999, false),
        ] {
            assert_eq!(must_lock(&status, Duration::from_secs(idle)), expected, "{status} after {idle} s");
        }
    }
}
