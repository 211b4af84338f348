//! The environment the program accepts: no variable may hand the screens over to somebody else.
//!
//! Changing one's own environment is unsafe once threads run, and WebKit reads it early, so the program starts itself
//! again with a clean one. The new program finds nothing to change, so this happens once and needs no marker.

use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, ExitCode};

/// Variables through which another program could read or drive the screens. A build for the window tests keeps them.
const DRIVERS: [&str; 5] = [
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
];

/// Without it the window stays blank on some graphics drivers under Linux (tauri#13899).
const BLANK_WINDOW: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");

#[derive(Debug, Default, PartialEq, Eq)]
struct Changes {
    remove: Vec<&'static str>,
    set: Vec<(&'static str, &'static str)>,
}

/// Says what must change, given a way to ask whether a variable is there.
fn changes(present: impl Fn(&str) -> bool, drivers_allowed: bool, linux: bool) -> Changes {
    let mut changes = Changes::default();
    if !drivers_allowed {
        changes.remove.extend(DRIVERS.into_iter().filter(|name| present(name)));
    }
    if linux && !present(BLANK_WINDOW.0) {
        changes.set.push(BLANK_WINDOW);
    }
    changes
}

/// Starts the program again where its environment must change; returns nothing where it may go on.
pub(crate) fn settle() -> Option<ExitCode> {
    let changes = changes(|name| std::env::var_os(name).is_some(), cfg!(feature = "e2e"), cfg!(target_os = "linux"));
    if changes == Changes::default() {
        return None;
    }
    match start_again(&changes) {
        Ok(code) => Some(code),
        Err(error) => {
            // Going on would mean going on with the environment that was refused.
            let _ = writeln!(std::io::stderr(), "Keepwell could not start itself in a clean environment: {error}");
            Some(ExitCode::FAILURE)
        }
    }
}

fn prepared(changes: &Changes) -> std::io::Result<Command> {
    let mut arguments = std::env::args_os();
    let name: OsString = arguments.next().unwrap_or_else(|| "keepwell".into());
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments);
    for variable in &changes.remove {
        command.env_remove(variable);
    }
    command.envs(changes.set.iter().copied());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(&mut command, name);
    #[cfg(not(unix))]
    drop(name);
    Ok(command)
}

/// Takes this process over, so that whoever started it still holds the right process.
#[cfg(unix)]
fn start_again(changes: &Changes) -> std::io::Result<ExitCode> {
    Err(std::os::unix::process::CommandExt::exec(&mut prepared(changes)?))
}

#[cfg(not(unix))]
fn start_again(changes: &Changes) -> std::io::Result<ExitCode> {
    let status = prepared(changes)?.status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::{BLANK_WINDOW, Changes, DRIVERS, changes};

    #[test]
    fn every_driver_is_removed_unless_the_build_is_for_tests() {
        let clean = [BLANK_WINDOW.0];
        for driver in DRIVERS {
            let present = |name: &str| name == driver || clean.contains(&name);
            assert_eq!(changes(present, false, true).remove, [driver]);
            assert_eq!(changes(present, true, true), Changes::default());
        }
    }

    #[test]
    fn a_second_start_has_nothing_left_to_change() {
        let first = changes(|name| DRIVERS.contains(&name), false, true);
        assert_eq!(first.remove, DRIVERS);
        assert_eq!(first.set, [BLANK_WINDOW]);
        let after = |name: &str| first.set.iter().any(|(set, _)| *set == name);
        assert_eq!(changes(after, false, true), Changes::default());
    }

    #[test]
    fn the_renderer_is_left_alone_where_somebody_chose_it_and_off_linux() {
        assert!(changes(|name| name == BLANK_WINDOW.0, false, true).set.is_empty());
        assert!(changes(|_| false, false, false).set.is_empty());
    }
}
