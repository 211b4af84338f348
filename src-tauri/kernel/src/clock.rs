//! The clock is passed in; only tests can set one.

use crate::Instant;
use chrono::SubsecRound as _;

/// The source of the present. In a release build there is only the machine's own.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    #[cfg(any(test, feature = "test-clock"))]
    set_to: Option<std::sync::Arc<std::sync::atomic::AtomicI64>>,
}

impl Clock {
    /// Returns the machine's clock.
    #[must_use]
    pub fn of_the_machine() -> Self {
        Self::default()
    }

    /// Returns the present, cut to milliseconds because the log keeps milliseconds.
    #[must_use]
    pub fn now(&self) -> Instant {
        #[cfg(any(test, feature = "test-clock"))]
        if let Some(set) = &self.set_to {
            let millis = set.load(std::sync::atomic::Ordering::SeqCst);
            return chrono::DateTime::from_timestamp_millis(millis).unwrap_or(chrono::DateTime::UNIX_EPOCH);
        }
        chrono::Utc::now().trunc_subsecs(3)
    }

    /// Returns a clock that stands still where a test puts it.
    #[cfg(any(test, feature = "test-clock"))]
    #[must_use]
    pub fn standing_at(instant: Instant) -> Self {
        let millis = std::sync::atomic::AtomicI64::new(instant.timestamp_millis());
        Self { set_to: Some(std::sync::Arc::new(millis)) }
    }

    /// Moves a test's clock, forward or back.
    #[cfg(any(test, feature = "test-clock"))]
    pub fn advance(&self, by: chrono::Duration) {
        if let Some(set) = &self.set_to {
            set.fetch_add(by.num_milliseconds(), std::sync::atomic::Ordering::SeqCst);
        }
    }
}
