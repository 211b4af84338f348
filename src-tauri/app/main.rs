//! The desktop program. What it does is in the library beside it, where tests reach it.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    keepwell_app::open()
}
