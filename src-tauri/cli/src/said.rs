//! The only place that writes to the terminal: JSON to standard output, words to standard error.

#![allow(clippy::print_stderr, reason = "a terminal program speaks through its standard streams, and only here")]

use crate::ending::Ending;
use serde::Serialize;
use std::io::{ErrorKind, Write as _};

/// Prints one JSON value on a line and hands it on at once.
///
/// # Errors
/// The ending to take when nobody reads any more, or the value cannot be written as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Ending> {
    let line = serde_json::to_string(value).map_err(|error| Ending::fault(&error))?;
    text(&format!("{line}\n"))
}

/// Prints text and hands it on at once.
///
/// # Errors
/// The ending to take when nobody reads any more.
pub(crate) fn text(text: &str) -> Result<(), Ending> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        // Whoever reads has seen enough, as `head` has after its lines.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Ending::silent()),
        Err(error) => Err(Ending::fault(&error)),
        Ok(()) => Ok(()),
    }
}

/// Says something to the person.
pub(crate) fn words(words: &str) {
    eprintln!("{words}");
}
