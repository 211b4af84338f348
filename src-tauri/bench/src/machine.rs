//! The machine that the figures are true of.

use crate::Done;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

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
