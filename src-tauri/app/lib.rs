//! The shell of Keepwell: one window, one command, and what only the machine itself can do.
//!
//! Everything about patients, staff and the log is decided behind `keepwell-practice`; the shell carries a call there
//! and its answer back, runs the long jobs, and locks the practice when nobody is at the desk.

mod backup;
mod copy;
mod day_sheets;
mod decommission;
mod demonstration;
mod desk;
mod door;
mod environment;
mod export;
mod jobs;
mod launch;
mod letters;
mod lock;
mod look;
mod records;
mod shell;
mod sleep;
mod window;

use desk::Desk;
use launch::{Launch, Request};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Opens the program as its arguments say and returns when the window closes.
#[must_use]
pub fn open() -> ExitCode {
    quiet_panics();
    if let Some(code) = environment::settle() {
        return code;
    }
    match Launch::from_arguments(std::env::args_os().skip(1)) {
        Ok(Request::Open(launch)) => run(launch),
        Ok(Request::Say(text)) => say(std::io::stdout(), &text, ExitCode::SUCCESS),
        Err(what) => say(std::io::stderr(), &format!("{what}\n\n{}", launch::USAGE), ExitCode::from(2)),
    }
}

fn run(launch: Launch) -> ExitCode {
    let desk = match Desk::at(launch) {
        Ok(desk) => Arc::new(desk),
        Err(what) => return say(std::io::stderr(), &what, ExitCode::from(2)),
    };
    if desk.launch.demonstration
        && let Err(what) = demonstration::enter(&desk)
    {
        return say(std::io::stderr(), &what, ExitCode::from(2));
    }
    match build(&desk) {
        Ok(app) => {
            // Tauri ends the process by itself, so the keys are dropped and the log closed in the last event.
            app.run(move |_app, event| match event {
                tauri::RunEvent::Exit => desk.close(),
                // A Mac tells what was opened by an event, other systems by an argument.
                #[cfg(target_os = "macos")]
                tauri::RunEvent::Opened { urls } => {
                    let paths = urls.iter().filter_map(|url| url.to_file_path().ok());
                    paths.filter_map(|path| launch::backup_named(&path)).for_each(|folder| desk.note_opened(folder));
                    window::bring_forward(_app);
                }
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(std::io::stderr(), &format!("Keepwell could not open its window: {error}"), ExitCode::FAILURE)
        }
    }
}

fn build(desk: &Arc<Desk>) -> tauri::Result<tauri::App> {
    let mut builder = tauri::Builder::default();
    // A second start of the same profile brings the first window forward. A profile named by hand may run beside it:
    // the vault itself refuses a second process on the same folder.
    if desk.launch.is_usual() {
        let first = Arc::clone(desk);
        builder = builder.plugin(tauri_plugin_single_instance::init(move |app, arguments, from| {
            let named = arguments.iter().skip(1).find_map(|one| launch::backup_named(&Path::new(&from).join(one)));
            if let Some(folder) = named {
                first.note_opened(folder);
            }
            window::bring_forward(app);
        }));
    }
    if cfg!(not(feature = "e2e")) {
        let kept = tauri_plugin_window_state::StateFlags::SIZE
            | tauri_plugin_window_state::StateFlags::POSITION
            | tauri_plugin_window_state::StateFlags::MAXIMIZED;
        builder = builder.plugin(tauri_plugin_window_state::Builder::default().with_state_flags(kept).build());
    }
    let for_setup = Arc::clone(desk);
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(door::plugin())
        .manage(Arc::clone(desk))
        .setup(move |app| {
            window::open(app.handle(), &for_setup.launch)?;
            lock::watch(&for_setup);
            sleep::watch(&for_setup);
            backup::watch(&for_setup);
            Ok(())
        })
        .build(tauri::generate_context!())
}

/// A panic message may quote the value that caused it, so only the place is told.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_else(|| "an unknown place".to_owned());
        let _ = writeln!(std::io::stderr(), "Keepwell met a defect at {place}.");
    }));
}

fn say(mut to: impl Write, text: &str, code: ExitCode) -> ExitCode {
    match writeln!(to, "{text}") {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}
