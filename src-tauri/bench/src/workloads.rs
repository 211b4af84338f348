//! What is measured, one group after the other.

use crate::Done;
use crate::arguments::{Arguments, Workload};
use crate::report::Report;
use crate::shelf::Shelf;
use crate::{calendar, door, keeping, load, machine, opening, readers, reads, save};
use clap::Parser as _;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

/// Runs what the arguments ask for and prints the table.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match measured(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("The measurement could not be made: {error}"));
            ExitCode::from(2)
        }
    }
}

type Group = (&'static [Workload], fn(&Arguments, &mut Report) -> Done<()>);

/// The groups, in the order in which they are measured.
const GROUPS: &[Group] = &[
    (&[Workload::Save], save::run),
    (&[Workload::Load], load::run),
    (&[Workload::Reads, Workload::Open, Workload::Readers], on_the_shelf),
    (&[Workload::Door], door::run),
    (&[Workload::Keeping], keeping::run),
    (&[Workload::Calendar], calendar::run),
];

/// Fills the stores that are read once for all who read them.
fn on_the_shelf(arguments: &Arguments, report: &mut Report) -> Done<()> {
    let mut shelf = Shelf::fill(arguments, if arguments.quick { 50_000 } else { 100_000 })?;
    if arguments.wants(Workload::Reads) {
        shelf = reads::run(arguments, report, shelf)?;
    }
    if arguments.wants(Workload::Open) {
        shelf = opening::run(arguments, report, shelf)?;
    }
    if arguments.wants(Workload::Readers) {
        readers::run(arguments, report, &mut shelf)?;
    }
    Ok(())
}

fn measured(arguments: &Arguments) -> Done<bool> {
    std::fs::create_dir_all(&arguments.stores)?;
    #[cfg(feature = "sqlcipher")]
    crate::sqlcipher_peer::ROWID.store(arguments.sqlcipher_rowid, std::sync::atomic::Ordering::Relaxed);
    if let Some(side) = arguments.memory_of {
        return opening::memory_of(arguments, side).map(|()| true);
    }
    if let Some(patients) = arguments.alone {
        return door::one_size(arguments, patients).map(|()| true);
    }
    let mut report = Report::default();
    let wanted = |group: &&Group| group.0.iter().any(|workload| arguments.wants(*workload));
    for (workloads, measure) in GROUPS.iter().filter(wanted) {
        let begun = Instant::now();
        measure(arguments, &mut report)?;
        progress(&format!("{workloads:?} took {:.0} s", begun.elapsed().as_secs_f64()));
    }
    if arguments.sqlcipher_rowid {
        report.note("SQLCipher has ordinary tables with an index here, not tables WITHOUT ROWID.");
    }
    say(&report.table());
    report.write(&arguments.json, machine::described(&arguments.stores))?;
    if !arguments.gate {
        return Ok(true);
    }
    let (text, all) = report.gate();
    say(&text);
    Ok(all)
}

/// Prints a result.
pub(crate) fn say(text: &str) {
    // Where standard output is gone, there is nobody to tell.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints how far the work is, beside the results.
pub(crate) fn progress(text: &str) {
    // Where standard error is gone, there is nobody to tell.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
