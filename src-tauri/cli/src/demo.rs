//! `demo`: a practice of made-up patients.

use crate::Ended;
use crate::arguments::{Demo, Init, Place};
use crate::desk::{leave, open_for_demonstration};
use crate::ending::Ending;
use crate::init::ShownOnce;
use crate::stop::Stop;
use crate::told::Told;
use crate::{init, said};
use keepwell_practice::Progress;
use keepwell_practice::demo::{self, Made, Wanted};
use serde::Serialize;

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
    visits: u64,
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
    let wanted = Wanted {
        patients: arguments.patients,
        years: arguments.years,
        seed: arguments.seed,
        days: Some(days(arguments.years)),
    };
    let mut told = Told::new(counted);
    let made = demo::with_history(&practice, wanted, &mut |step| {
        told.tell(&step);
        stop.asked()
    });
    leave(&practice);
    let Made { patients, entries, visits, stopped } = made.inspect_err(|_| half_made(place))?;
    // Whoever stopped it before the history has no staff to sign in as.
    let staff = if entries > 0 { colleagues() } else { Vec::new() };
    said::json(&Answer {
        shown: founded.shown(),
        owner: &arguments.owner,
        seed: arguments.seed,
        years: arguments.years,
        patients,
        entries,
        visits,
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

/// Returns how many days of the calendar are filled: the years, and five days ahead.
fn days(years: u32) -> (u16, u16) {
    (u16::try_from(years * 365).unwrap_or(u16::MAX).max(2), 5)
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

fn counted(step: &Progress) -> &'static str {
    match step.phase.as_str() {
        "making" => "patients",
        "booking" => "days of the calendar",
        _ => "entries of the history",
    }
}
