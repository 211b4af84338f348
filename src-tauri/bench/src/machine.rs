//! The machine that the figures are true of.

use crate::Done;
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Describes the machine; what cannot be found out says so.
pub(crate) fn described(stores: &Path) -> Value {
    json!({
        "cpu": field("/proc/cpuinfo", "model name"),
        "cores": std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
        "memory": field("/proc/meminfo", "MemTotal"),
        "disk": said("df", &["--output=source,fstype,size", &stores.to_string_lossy()]),
        "kernel": said("uname", &["-sr"]),
        "rustc": said("rustc", &["--version"]),
        "load": std::fs::read_to_string("/proc/loadavg").unwrap_or_else(|_| UNKNOWN.to_owned()).trim(),
        "sqlcipher": cfg!(feature = "sqlcipher"),
    })
}

const UNKNOWN: &str = "not found out";

fn field(file: &str, name: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.split_once(':'));
    line.map_or_else(|| UNKNOWN.to_owned(), |(_, value)| value.trim().to_owned())
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map_or_else(|_| UNKNOWN.to_owned(), |output| String::from_utf8_lossy(&output.stdout).into());
    text.lines().last().unwrap_or(UNKNOWN).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the megabytes (10^6 bytes) that this process has in memory.
pub(crate) fn resident() -> Done<f64> {
    const PAGE_BYTES: f64 = 4096.0;
    let text = std::fs::read_to_string("/proc/self/statm")?;
    let pages: f64 = text.split_whitespace().nth(1).ok_or("no such field")?.parse()?;
    Ok(pages * PAGE_BYTES / 1e6)
}

/// How often a thread is looked for, and how long one may take to bear its name.
const LOOK: Duration = Duration::from_millis(1);

/// Waits until no thread of a store brings a lap of its journal to the disk, and returns the microseconds that took. What is
/// measured next would pay for it.
pub(crate) fn lap_has_ended() -> Done<f64> {
    let begun = Instant::now();
    let mut last = begun;
    // A thread that has just begun does not bear its name yet, so one look is not enough.
    for _ in 0..2 {
        while runs("lap")? {
            std::thread::sleep(LOOK);
            last = Instant::now();
        }
        std::thread::sleep(LOOK);
    }
    Ok(last.duration_since(begun).as_secs_f64() * 1e6)
}

/// What `/proc` says of a thread that ended while its file was read: ESRCH.
const ENDED: i32 = 3;

/// Says whether this process has a thread of that name.
fn runs(name: &str) -> Done<bool> {
    for thread in std::fs::read_dir("/proc/self/task")? {
        match std::fs::read_to_string(thread?.path().join("comm")) {
            Ok(named) if named.trim_end() == name => return Ok(true),
            // Another's, or one that has ended meanwhile.
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(ENDED) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_lap_that_runs_is_waited_for() {
        assert!(lap_has_ended().unwrap() < 10_000.0);
        let lap = std::thread::Builder::new().name("lap".to_owned());
        let lap = lap.spawn(|| std::thread::sleep(Duration::from_millis(50))).unwrap();
        let waited = lap_has_ended().unwrap();
        assert!(lap.is_finished() && waited > 10_000.0, "{waited}");
        lap.join().unwrap();
    }
}
