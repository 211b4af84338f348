//! The real thing through the door, at several sizes. Each size runs in a process of its own, so that its memory is its
//! own.

use crate::Done;
use crate::arguments::Arguments;
use crate::door_work::Work;
use crate::peers::Side;
use crate::practices::Made;
use crate::report::Report;
use crate::samples::{At, Samples};
use crate::workloads::progress;
use std::process::Command;

/// Patients in the practice with the long log. Not more, so that the disk holds it beside the others.
const LONG_LOG_PATIENTS: u64 = 16_000;

/// Measures every size, and the long log.
pub(crate) fn run(arguments: &Arguments, report: &mut Report) -> Done<()> {
    let sizes: &[u64] = if arguments.quick { &[1000, 16_000] } else { &[1000, 16_000, 64_000, 100_000] };
    let sizes = if arguments.patients.is_empty() { sizes } else { &arguments.patients };
    for size in sizes {
        report.join(alone(arguments, *size, false)?);
    }
    if arguments.full || !arguments.quick && arguments.patients.is_empty() {
        report.join(alone(arguments, LONG_LOG_PATIENTS, true)?);
    }
    compare_sizes(report, sizes);
    report.note(
        "Through the door: every call commits its own entry, flush included, before it answers; the floor on these \
         lines is one bare flush measured between the calls. The practices have ten entries of log per patient and \
         year for six years. Unlock is sign-in less the key derivation (a sign-in with a wrong passphrase) plus the \
         first search, which builds the index.",
    );
    Ok(())
}

/// Measures one size in a process of its own.
fn alone(arguments: &Arguments, patients: u64, long_log: bool) -> Done<Report> {
    let raw = arguments.stores.join("door.raw.json");
    let mut child = Command::new(std::env::current_exe()?);
    child.args(["--only", "door", "--alone", &patients.to_string(), "--rounds", &arguments.rounds.to_string()]);
    child.arg("--stores").arg(&arguments.stores).arg("--json").arg(&raw);
    for (given, flag) in [(arguments.quick, "--quick"), (long_log, "--long-log")] {
        child.args(given.then_some(flag));
    }
    progress(&format!("{patients} patients{}", if long_log { ", long log" } else { "" }));
    if !child.status()?.success() {
        return Err(format!("the measurement at {patients} patients failed").into());
    }
    Report::read(&raw)
}

/// Measures one size in this process and leaves the raw figures for the process that asked.
pub(crate) fn one_size(arguments: &Arguments, patients: u64) -> Done<()> {
    let mut report = Report::default();
    let made = if arguments.long_log {
        Made::with_long_log(&arguments.stores, patients)?
    } else {
        Made::with(&arguments.stores, patients)?
    };
    Work::run(arguments, &made, &mut report)?;
    report.keep(&arguments.json)
}

/// Returns a size as it is written in the names of lines.
pub(crate) fn written(patients: u64) -> String {
    format!("{}k patients", patients / 1000)
}

/// Adds, for each thing that was measured at several sizes, how much slower it is from size to size.
fn compare_sizes(report: &mut Report, sizes: &[u64]) {
    for what in Work::COMPARED {
        for pair in sizes.windows(2).chain([[1000, 100_000].as_slice()]) {
            let [small, large] = pair else { continue };
            let line = |size: &u64| format!("{what}, {}", written(*size));
            let of = |line: String| report.figure(&line, Side::Keepwell, At::P99);
            if let (Some(small_time), Some(large_time)) = (of(line(small)), of(line(large))) {
                let name = format!("{what}, p99, {} to {}", written(*large), written(*small));
                report.put(name, "×", Side::Keepwell, Samples::one(large_time / small_time));
            }
        }
    }
}
