//! The measurements, as `cargo xtask bench` starts them.

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    keepwell_bench::run()
}

/// Elsewhere there is no `/proc` and no way to empty the page cache, and a figure that was not measured is no figure.
#[cfg(not(target_os = "linux"))]
fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(2)
}
