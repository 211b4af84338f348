//! `cargo xtask crash`: power cuts, disks that fail, and programs that are ended.

use keepwell_proof::cuts::{every_subset, replayed, sampled, small};
use keepwell_proof::faults::{Beginning, Seen, tried, troubles};
use keepwell_proof::kill::{kills, work_until_ended};
use keepwell_proof::oracle::Tally;
use keepwell_proof::workload::Step;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "Usage: crash [--images N] [--seed S] [--kills N]

  --images N  how many images of power cuts, 50000 where nothing is said
  --seed S    the first seed, 1 where nothing is said; each seed has a workload of its own
  --kills N   how many times a program is ended, 50 where nothing is said";
/// Images of one workload; more images means more workloads.
const IMAGES_A_SEED: u64 = 5000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["--child", folder] => work_until_ended(Path::new(folder)),
        options => asked(options).and_then(|(images, seed, count)| all(images, seed, count)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            say(&format!("FAILED: {what}"));
            ExitCode::FAILURE
        }
    }
}

fn say(line: &str) {
    // There is nobody to tell when that fails.
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn asked(options: &[&str]) -> Result<(u64, u64, u64), String> {
    let (mut images, mut seed, mut count) = (50_000, 1, 50);
    for pair in options.chunks(2) {
        let [name, value] = pair else { return Err(USAGE.to_owned()) };
        let value: u64 = value.parse().map_err(|_| USAGE.to_owned())?;
        match *name {
            "--images" => images = value,
            "--seed" => seed = value,
            "--kills" => count = value,
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok((images, seed, count))
}

fn all(images: u64, first: u64, count: u64) -> Result<(), String> {
    replayed()?;
    let mut tally = Tally::default();
    let mut seed = first;
    while tally.images < images {
        tally += sampled(seed, IMAGES_A_SEED.min(images - tally.images))?;
        seed += 1;
    }
    say(&format!("power cuts, seeds {first} to {}: {tally}", seed - 1));
    let mut tally = Tally::default();
    for step in Step::ALONE {
        tally += every_subset(&[step])?;
    }
    tally += every_subset(&[Step::Register, Step::Correct, Step::Lock])?;
    say(&format!("every subset of pending writes, short workloads: {tally}"));
    let (media, secrets) = small(first).map_err(|failure| format!("{failure:?}"))?;
    let beginning = Beginning { media, secrets };
    let mut seen = Seen::default();
    for trouble in troubles(&beginning) {
        seen += tried(&beginning, trouble)?;
    }
    say(&format!("disks that fail: {seen}"));
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let kept = kills(&program, first, count)?;
    say(&format!("{count} programs ended, {kept} acknowledged rounds, none lost"));
    Ok(())
}
