//! `demo`: a practice of made-up patients.

use crate::Ended;
use crate::arguments::{Demo, Init, Place};
use crate::desk::{leave, open_for_demonstration};
use crate::ending::Ending;
use crate::init::ShownOnce;
use crate::stop::Stop;
use crate::{init, said};
use keepwell_practice::Progress;
use keepwell_practice::demo::{self, Made, Wanted};
use serde::Serialize;
use std::time::{Duration, Instant};

/// How often to say how far it is.
const TELLING: Duration = Duration::from_secs(2);

/// What is printed at the end.
#[derive(Serialize)]
struct Answer<'f> {
    #[serde(flatten)]
    shown: ShownOnce<'f>,
    owner: &'f str,
    seed: u64,
    years: u32,
    patients: u64,
    entries: u64,
    interrupted: bool,
    staff: Vec<Colleague>,
}

/// Somebody of the made-up staff. There is nobody in a demonstration to protect.
#[derive(Serialize)]
struct Colleague {
    user_name: &'static str,
    role: &'static str,
    passphrase: &'static str,
}

/// Makes a demonstration and fills it.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, arguments: &Demo) -> Ended {
    let stop = Stop::on_ctrl_c()?;
    let practice = open_for_demonstration(place)?;
    let founded = init::found(&practice, &owner(arguments), true)?;
    let wanted = Wanted { patients: arguments.patients, years: arguments.years, seed: arguments.seed };
    let mut told = Told::new();
    let made = demo::with_history(&practice, wanted, &mut |step| {
        told.tell(&step);
        stop.asked()
    });
    leave(&practice);
    let Made { patients, entries, stopped } = made.inspect_err(|_| half_made(place))?;
    // Whoever stopped it before the history has no staff to sign in as.
    let staff = if entries > 0 { colleagues() } else { Vec::new() };
    said::json(&Answer {
        shown: founded.shown(),
        owner: &arguments.owner,
        seed: arguments.seed,
        years: arguments.years,
        patients,
        entries,
        interrupted: stopped,
        staff,
    })?;
    if stopped {
        half_made(place);
    } else if arguments.years > 0 {
        said::words("The entries bear today's date: the clock is the machine's, and nothing can set it.");
    }
    Ok(if stopped { Ending::Stopped } else { Ending::Done })
}

fn colleagues() -> Vec<Colleague> {
    let colleague = |(user_name, _, _, role): (&'static str, _, _, keepwell_kernel::Role)| Colleague {
        user_name,
        role: role.word(),
        passphrase: demo::STAFF_PASSPHRASE,
    };
    demo::STAFF.into_iter().map(colleague).collect()
}

fn half_made(place: &Place) {
    let folder = place.vault.as_ref().map(|folder| folder.display().to_string()).unwrap_or_default();
    said::words(&format!(
        "The demonstration is not whole. What is there can be opened; to make it anew, delete {folder} first."
    ));
}

fn owner(arguments: &Demo) -> Init {
    Init {
        practice: demo::NAME.to_owned(),
        time_zone: demo::TIME_ZONE.to_owned(),
        owner: arguments.owner.clone(),
        owner_name: "Naomi Ito".to_owned(),
        suite: "xchacha20-poly1305".to_owned(),
    }
}

/// What was said of the progress, and when.
struct Told {
    phase: String,
    /// When the first step of the phase was told, and what was done by then.
    began: Instant,
    before: u64,
    last: Instant,
}

impl Told {
    fn new() -> Self {
        let now = Instant::now();
        Self { phase: String::new(), began: now, before: 0, last: now }
    }

    /// Says how far it is, every few seconds and at the end of each phase.
    fn tell(&mut self, step: &Progress) {
        if self.phase != step.phase {
            (self.phase, self.began, self.before) = (step.phase.clone(), Instant::now(), step.done);
        }
        if step.done < step.total && self.last.elapsed() < TELLING {
            return;
        }
        self.last = Instant::now();
        said::words(&words(step, self.before, self.began.elapsed()));
    }
}

/// Says how far it is, and how long it will take if it goes on as it did since the first step.
fn words(step: &Progress, before: u64, passed: Duration) -> String {
    let what = if step.phase == "making" { "patients" } else { "entries of the history" };
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
            assert_eq!(words(&step, before, Duration::from_secs(passed)), said);
        }
    }
}
