//! The errands themselves: run, test, tour.

use crate::display;
use crate::fhir;
use crate::machine;
use crate::screens;
use crate::step::{Done, Step, Steps, Stop, cargo, root, say, works};

/// Installs, builds and opens the window; without a display it plays the tour.
pub(crate) fn run(arguments: &[&str]) -> Done {
    check_run(arguments)?;
    if !display::there_is_one() {
        say("There is no display here, so a virtual one is started and the tour is played on it.");
        return tour(&[]);
    }
    let mut steps = Steps::begin();
    machine::install(&mut steps, &machine::TO_BUILD)?;
    screens::install(&mut steps)?;
    screens::build(&mut steps)?;
    let cargo = cargo();
    steps.take(Step::new("program", &cargo, &["build", "--package", "keepwell"]))?;
    steps.table();
    say("\nThe window opens. Close it to end.");
    let line = [&["run", "--quiet", "--package", "keepwell", "--"], arguments].concat();
    steps.take(Step::new("Keepwell", &cargo, &line).minutes(60 * 24 * 30))
}

fn check_run(arguments: &[&str]) -> Done {
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match *word {
            "--demo" => {}
            "--profile" | "--keychain" if words.next().is_some() => {}
            other => return Err(Stop::usage(format!("cargo xtask run does not know `{other}`."))),
        }
    }
    Ok(())
}

/// Runs every check.
pub(crate) fn test(arguments: &[&str]) -> Done {
    let fast = match arguments {
        [] => false,
        ["--fast"] => true,
        _ => return Err(Stop::usage("cargo xtask test takes nothing but --fast.")),
    };
    let mut steps = Steps::begin();
    prepare(&mut steps)?;
    let cargo = cargo();
    steps.take(Step::new("format", &cargo, &["fmt", "--all", "--check"]))?;
    let lint = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    steps.take(Step::new("lints", &cargo, &lint))?;
    let lint = ["clippy", "--workspace", "--features", E2E, "--all-targets", "--", "-D", "warnings"];
    steps.take(Step::new("lints of the test build", &cargo, &lint))?;
    licences(&mut steps, &cargo)?;
    rust_tests(&mut steps, &cargo)?;
    if cfg!(target_os = "linux") {
        fhir::check_where_it_can(&mut steps)?;
    } else {
        steps.not_run("FHIR by others' validators", "they are pinned for Linux");
    }
    screens::check(&mut steps)?;
    if fast {
        steps.not_run("window journeys", "--fast was asked for");
    } else if !cfg!(target_os = "linux") {
        steps.not_run("window journeys", "they drive WebKitGTK, which only Linux has");
    } else {
        journeys(&mut steps, &cargo, "window journeys", None)?;
    }
    steps.table();
    say("\nEvery check passed.");
    Ok(())
}

/// The build that a WebDriver may drive. It is always asked for of the whole workspace: for one package alone cargo chooses
/// other features of what all share, and builds most of it once more.
const E2E: &str = "keepwell/e2e";

/// Plays the journeys and keeps the pictures.
pub(crate) fn tour(arguments: &[&str]) -> Done {
    if !arguments.is_empty() {
        return Err(Stop::usage("cargo xtask tour takes no arguments."));
    }
    if !cfg!(target_os = "linux") {
        return Err(Stop::usage("The tour drives WebKitGTK, which only Linux has."));
    }
    let mut steps = Steps::begin();
    prepare(&mut steps)?;
    let pictures = target_folder().join("tour");
    // Pictures of an earlier tour would pass for this one's.
    if pictures.exists() {
        std::fs::remove_dir_all(&pictures).map_err(|error| Stop::failed(format!("{}: {error}", pictures.display())))?;
    }
    journeys(&mut steps, &cargo(), "tour", Some(&pictures.to_string_lossy()))?;
    steps.table();
    say(&format!("\nThe pictures are in {}", pictures.display()));
    Ok(())
}

/// Installs what is needed and builds the screens, which the program embeds.
fn prepare(steps: &mut Steps) -> Done {
    let packages = [&machine::TO_BUILD[..], &machine::TO_DRIVE[..], &machine::TO_VERIFY[..]].concat();
    machine::install(steps, &packages)?;
    machine::rust_parts(steps)?;
    screens::install(steps)?;
    screens::build(steps)
}

fn licences(steps: &mut Steps, cargo: &str) -> Done {
    if !works(cargo, &["deny", "--version"]) {
        steps.not_run("licences and advisories", "cargo-deny is not installed here");
        return Ok(());
    }
    steps.take(Step::new("licences and advisories", cargo, &["deny", "check"]))
}

/// The Rust tests run in a session too: the vault's tests speak with a real keychain.
fn rust_tests(steps: &mut Steps, cargo: &str) -> Done {
    if works(cargo, &["nextest", "--version"]) {
        steps.take(Step::new("test build", cargo, &["nextest", "run", "--workspace", "--no-run"]))?;
        steps
            .take(display::in_a_session("Rust tests", &[cargo, "nextest", "run", "--workspace", "--no-fail-fast"])?)?;
        return steps.take(Step::new("documentation tests", cargo, &["test", "--workspace", "--doc", "--quiet"]));
    }
    steps.take(Step::new("test build", cargo, &["test", "--workspace", "--no-run"]))?;
    steps.take(display::in_a_session("Rust tests", &[cargo, "test", "--workspace", "--no-fail-fast", "--quiet"])?)
}

fn journeys(steps: &mut Steps, cargo: &str, name: &str, pictures: Option<&str>) -> Done {
    let target = ["--workspace", "--features", E2E, "--test", "window"];
    steps.take(Step::new("window build", cargo, &[&["test", "--no-run"], &target[..]].concat()))?;
    // One session at a time is all a WebKit driver takes.
    let line = [&[cargo, "test", "--quiet"], &target[..], &["--", "--test-threads=1", "--nocapture"]].concat();
    let step = display::in_a_session(name, &line)?.minutes(20);
    steps.take(match pictures {
        Some(folder) => step.with("KEEPWELL_PICTURES", folder),
        None => step,
    })
}

/// Returns where everything that is built goes.
pub(crate) fn target_folder() -> std::path::PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}
