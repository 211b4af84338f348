//! What leaves the program as FHIR, held to validators that are not ours. They are pinned by version and hash in `tests/fhir/`
//! and kept in `target/fhir/` from then on.

use crate::errands::target_folder;
use crate::screens::NPM;
use crate::step::{Done, Step, Steps, Stop, cargo, root, say};
use std::path::Path;

/// What is installed; the copy of each in `target/fhir/` says which.
const PINNED: [&str; 3] = ["requirements.txt", "package.json", "package-lock.json"];

const NAME: &str = "FHIR by others' validators";

/// Runs the check alone.
pub(crate) fn check_alone(arguments: &[&str]) -> Done {
    if !arguments.is_empty() {
        return Err(Stop::usage("cargo xtask check-fhir takes no arguments."));
    }
    let mut steps = Steps::begin();
    steps.take(Step::new("terminal build", &cargo(), &["build", "--package", "keepwell-cli"]))?;
    check(&mut steps)?;
    steps.table();
    say("\nNothing was found.");
    Ok(())
}

/// Checks as part of every check, with the terminal program that the tests were built with: where the validators cannot be fetched, that is said and nothing is called checked.
pub(crate) fn check_where_it_can(steps: &mut Steps) -> Done {
    let place = target_folder().join("fhir");
    if !is_installed(&place) && install(steps, &place).is_err() {
        steps.not_run(NAME, "its validators could not be fetched from PyPI or npm");
        return Ok(());
    }
    check(steps)
}

/// Has the terminal program make a practice, hands everything out and checks it.
fn check(steps: &mut Steps) -> Done {
    let place = target_folder().join("fhir");
    if !is_installed(&place) {
        install(steps, &place)?;
    }
    let python = place.join("python/bin/python").to_string_lossy().into_owned();
    let program = target_folder().join("debug/keepwell-cli").to_string_lossy().into_owned();
    let line = ["tests/fhir/check.py", &program, &place.to_string_lossy()];
    steps.take(Step::new(NAME, &python, &line).minutes(10))
}

fn is_installed(place: &Path) -> bool {
    PINNED.iter().all(|name| {
        let (ours, kept) = (std::fs::read(root().join("tests/fhir").join(name)), std::fs::read(place.join(name)));
        matches!((ours, kept), (Ok(ours), Ok(kept)) if ours == kept)
    })
}

fn install(steps: &mut Steps, place: &Path) -> Done {
    let at = |error: std::io::Error| Stop::failed(format!("{}: {error}", place.display()));
    if place.exists() {
        std::fs::remove_dir_all(place).map_err(at)?;
    }
    std::fs::create_dir_all(place).map_err(at)?;
    let [python, pip] = ["python", "python/bin/pip"].map(|path| place.join(path).to_string_lossy().into_owned());
    steps.take(Step::new("Python of the validators", "python3", &["-m", "venv", &python]))?;
    let quiet = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"];
    let line = [&quiet[..], &["--requirement", "tests/fhir/requirements.txt"]].concat();
    steps.take(Step::new("validators in Python", &pip, &line).minutes(10))?;
    for name in ["package.json", "package-lock.json"] {
        std::fs::copy(root().join("tests/fhir").join(name), place.join(name)).map_err(at)?;
    }
    let folder = place.to_string_lossy();
    let line = ["ci", "--prefix", &folder, "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"];
    steps.take(Step::new("HL7's definitions", NPM, &line).minutes(10))?;
    // Last, so that what was installed in part is installed anew.
    std::fs::copy(root().join("tests/fhir/requirements.txt"), place.join("requirements.txt")).map_err(at)?;
    Ok(())
}
