//! The errands that try and measure the program from outside: crash, tamper, bench, fuzz, mutants. What `test` runs of them is
//! bounded in time; these run as long as they are told to.

use crate::errands::target_folder;
use crate::machine;
use crate::step::{Done, Step, Steps, Stop, cargo, root, say, works};

/// Cuts the power on a recorded disk and looks at what is left; `--images N` and `--seed S` go to the program.
pub(crate) fn crash(arguments: &[&str]) -> Done {
    proof("crash", arguments)
}

/// Attacks a store in every way in the table and prints which detector finds it.
pub(crate) fn tamper(arguments: &[&str]) -> Done {
    proof("tamper", arguments)
}

fn proof(program: &str, arguments: &[&str]) -> Done {
    let line = ["run", "--release", "--quiet", "--package", "keepwell-proof", "--bin", program, "--"];
    Steps::begin().take(Step::new(program, &cargo(), &[&line, arguments].concat()).minutes(60 * 24))
}

/// Measures Keepwell beside its peers; `--gate` fails where a ratio misses its target.
pub(crate) fn bench(arguments: &[&str]) -> Done {
    let mut steps = Steps::begin();
    machine::install(&mut steps, &machine::TO_MEASURE)?;
    let line =
        ["run", "--release", "--quiet", "--package", "keepwell-bench", "--features", "sqlcipher", "--bin", "bench"];
    steps.take(Step::new("bench", &cargo(), &[&line[..], &["--"], arguments].concat()).minutes(60 * 24))
}

/// Feeds hostile bytes to one parser or to all; what `test` runs are the replays of what was found.
pub(crate) fn fuzz(arguments: &[&str]) -> Done {
    let (seconds, wanted) = match arguments {
        [] => ("60", None),
        ["--seconds", seconds] => (*seconds, None),
        ["--seconds", seconds, target] => (*seconds, Some(*target)),
        [target] => ("60", Some(*target)),
        _ => return Err(Stop::usage("Usage: cargo xtask fuzz [--seconds N] [TARGET]")),
    };
    if seconds.parse::<u32>().is_err() {
        return Err(Stop::usage(format!("`{seconds}` is not a number of seconds.")));
    }
    if !works("cargo", &["+nightly", "fuzz", "--version"]) {
        return Err(Stop::failed(
            "Fuzzing needs the nightly compiler and cargo-fuzz:\n  rustup toolchain install nightly\n  cargo install cargo-fuzz",
        ));
    }
    let targets = targets()?;
    let chosen: Vec<&String> = targets.iter().filter(|name| wanted.is_none_or(|wanted| wanted == *name)).collect();
    if chosen.is_empty() {
        return Err(Stop::usage(format!("There is no such target. There are:\n  {}", targets.join("\n  "))));
    }
    let mut steps = Steps::begin();
    let limit = format!("-max_total_time={seconds}");
    for target in chosen {
        // The fuzzer writes what is new to it into the first folder, and the seeds stay as they were committed.
        let found = target_folder().join("fuzz").join(target);
        std::fs::create_dir_all(&found).map_err(|error| Stop::failed(format!("{}: {error}", found.display())))?;
        let (found, seeds) = (found.to_string_lossy(), format!("fuzz/corpus/{target}"));
        let line = ["+nightly", "fuzz", "run", target, found.as_ref(), &seeds, "--", &limit];
        steps.take(Step::new(target, "cargo", &line).minutes(60 * 24))?;
    }
    steps.table();
    say("\nNothing was found.");
    Ok(())
}

/// Changes the code one place at a time and runs the tests on each, so that a test that proves nothing is found. The
/// door is held by the journeys above it, so those of the practice are run as well.
pub(crate) fn mutants(arguments: &[&str]) -> Done {
    if !works("cargo", &["mutants", "--version"]) {
        return Err(Stop::failed("Changing the code needs cargo-mutants:\n  cargo install cargo-mutants"));
    }
    let output = target_folder();
    let output = output.to_string_lossy();
    let mutated = ["--package", "keepwell-vault", "--package", "keepwell-log"];
    let tested = ["--test-package", "keepwell-vault,keepwell-log,keepwell-practice"];
    let line = [&["mutants", "--output", output.as_ref()], &mutated[..], &tested[..], arguments].concat();
    Steps::begin().take(Step::new("mutants", &cargo(), &line).minutes(60 * 24))
}

/// Returns the names of the fuzz targets, which are their files'.
fn targets() -> Result<Vec<String>, Stop> {
    let folder = root().join("fuzz/fuzz_targets");
    let listed = std::fs::read_dir(&folder).map_err(|error| Stop::failed(format!("{}: {error}", folder.display())))?;
    let mut names = Vec::new();
    for file in listed {
        let path = file.map_err(|error| Stop::failed(format!("{}: {error}", folder.display())))?.path();
        names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}
