//! The screens: their packages, their build and their checks.

use crate::step::{Done, Step, Steps, Stop, root, works};
use std::path::Path;
use std::time::SystemTime;

/// The program that installs what Node runs.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

fn npm(name: &str, arguments: &[&str]) -> Step {
    Step::new(name, NPM, arguments).within("ui").minutes(20)
}

/// Installs exactly the locked packages, where they are not installed yet.
pub(crate) fn install(steps: &mut Steps) -> Done {
    if !works(NPM, &["--version"]) {
        return Err(Stop::failed(
            "Node is missing: install version 20.19 or newer (https://nodejs.org), which brings npm.",
        ));
    }
    let ui = root().join("ui");
    let locked = changed(&ui.join("package-lock.json"));
    if locked.is_some() && changed(&ui.join("node_modules/.package-lock.json")) >= locked {
        return Ok(());
    }
    steps.take(npm("screen packages", &["ci", "--no-audit", "--no-fund"]))
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|file| file.modified()).ok()
}

/// Builds the screens into ui/dist, which the program embeds.
pub(crate) fn build(steps: &mut Steps) -> Done {
    steps.take(npm("screens", &["run", "--silent", "build"]))
}

/// Checks types, lints and tests of the screens.
pub(crate) fn check(steps: &mut Steps) -> Done {
    steps.take(npm("screen types", &["run", "--silent", "check"]))?;
    steps.take(npm("screen lints", &["run", "--silent", "lint"]))?;
    steps.take(npm("screen tests", &["run", "--silent", "test"]))
}
