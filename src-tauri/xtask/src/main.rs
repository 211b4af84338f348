#![doc = include_str!("../README.md")]

// Packages for Linux are made of Linux.
#[cfg(target_os = "linux")]
mod bundle;
mod display;
mod errands;
mod fhir;
mod icons;
mod machine;
mod screens;
mod step;
mod trials;

use std::io::Write;
use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  run [--demo] [--profile DIR] [--keychain os|file:PATH]
                 install what is missing, build everything and open the window
  test [--fast]  every check: format, lints, tests, screens, and journeys in the real window (--fast: no window)
  tour           play the journeys and keep a picture of each screen, light and dark, in target/tour/
  check-fhir     hand out the records and the log of a made-up practice, and hold what is FHIR in them to validators that are
                 not ours (the first time it wants a network)
  crash [--images N] [--seed S]
                 cut the power on a recorded disk, and look at what is left
  tamper         attack a store in every way of the table, and print what finds it
  fuzz [--seconds N] [TARGET]
                 feed hostile bytes to the parsers (needs nightly and cargo-fuzz)
  mutants [ARGUMENTS]
                 change the vault, the log and the door one place at a time, and say which change no test finds
                 (needs cargo-mutants; its arguments are passed on, such as --shard 0/8 or --file NAME)
  bench [--quick] [--gate] [--only NAME]
                 measure beside plain redb and SQLCipher, in one process
  bundle [--debug] [--try]
                 make the .deb and .rpm packages (--debug: of the debug build), and try them in a fresh system (Linux,
                 for the trial root and a network)
  icons          draw every size of the icon from icons/keepwell.svg (needs rsvg-convert)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut words = arguments.iter().map(String::as_str);
    let command = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let done = match command {
        "run" => errands::run(&rest),
        "test" => errands::test(&rest),
        "tour" => errands::tour(&rest),
        "check-fhir" => fhir::check_alone(&rest),
        "crash" => trials::crash(&rest),
        "tamper" => trials::tamper(&rest),
        "bench" => trials::bench(&rest),
        "fuzz" => trials::fuzz(&rest),
        "mutants" => trials::mutants(&rest),
        #[cfg(target_os = "linux")]
        "bundle" => bundle::bundle(&rest),
        "icons" => icons::draw(),
        // Not for people: what `test` and `tour` call to get a screen, a window manager and a keychain of their own.
        "session" => return display::session(&rest),
        "" | "help" | "--help" | "-h" => Err(step::Stop::usage(USAGE)),
        other => Err(step::Stop::usage(format!("cargo xtask does not know `{other}`.\n\n{USAGE}"))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            let _ = writeln!(std::io::stderr(), "{}", stop.words);
            ExitCode::from(stop.status)
        }
    }
}
