//! Saying how far a long command is.

use crate::said;
use keepwell_practice::Progress;
use std::time::{Duration, Instant};

/// How often to say how far it is.
const TELLING: Duration = Duration::from_secs(2);

/// What was said of the progress, and when.
pub(crate) struct Told {
    /// Names what a phase counts.
    counted: fn(&Progress) -> &'static str,
    phase: String,
    /// When the first step of the phase was told, and what was done by then.
    began: Instant,
    before: u64,
    last: Instant,
}

impl Told {
    pub(crate) fn new(counted: fn(&Progress) -> &'static str) -> Self {
        let now = Instant::now();
        Self { counted, phase: String::new(), began: now, before: 0, last: now }
    }

    /// Says how far it is, every few seconds and at the end of each phase.
    pub(crate) fn tell(&mut self, step: &Progress) {
        if self.phase != step.phase {
            (self.phase, self.began, self.before) = (step.phase.clone(), Instant::now(), step.done);
        }
        let last = step.total > 0 && step.done >= step.total;
        if !last && self.last.elapsed() < TELLING {
            return;
        }
        self.last = Instant::now();
        said::words(&words(step, (self.counted)(step), self.before, self.began.elapsed()));
    }
}

/// Says how far it is, and how long it will take if it goes on as it did since the first step.
fn words(step: &Progress, what: &str, before: u64, passed: Duration) -> String {
    if step.total == 0 {
        return format!("{} {what} so far", step.done);
    }
    let so_far = format!("{} of {} {what}", step.done, step.total);
    let left = passed.as_secs().checked_mul(step.total - step.done);
    match left.and_then(|left| left.checked_div(step.done - before)) {
        None | Some(0) => so_far,
        Some(seconds @ 1..60) => format!("{so_far}, about {seconds} s left"),
        Some(seconds) => format!("{so_far}, about {} min left", seconds / 60 + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_said_in_words() {
        for (before, done, passed, said) in [
            (0, 0, 5, "0 of 1000 patients"),
            (100, 100, 0, "100 of 1000 patients"),
            (0, 500, 20, "500 of 1000 patients, about 20 s left"),
            (0, 100, 60, "100 of 1000 patients, about 10 min left"),
            (100, 200, 60, "200 of 1000 patients, about 9 min left"),
            (0, 1000, 60, "1000 of 1000 patients"),
        ] {
            let step = Progress::of("making", done, 1000);
            assert_eq!(words(&step, "patients", before, Duration::from_secs(passed)), said);
        }
        let uncounted = Progress::of("sealing", 7, 0);
        assert_eq!(words(&uncounted, "values", 0, Duration::from_secs(9)), "7 values so far");
    }
}
