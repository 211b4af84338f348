//! NDJSON: one resource on each line.

use super::form::{judged, without_mark};
use super::{Gathering, LINE_BYTES_MAX};
use crate::refusals;
use keepwell_kernel::Error;
use serde_json::Value;
use std::io::{BufRead, Read as _};

/// The mark that some programs put before UTF-8.
pub(super) const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// Reads line by line. A line that cannot be read is refused by itself, and the others are taken.
pub(super) fn read(reader: impl BufRead, into: &mut Gathering<'_>) -> Result<(), Error> {
    let mut reader = without_mark(reader)?;
    let mut line = Vec::new();
    let mut good = false;
    loop {
        line.clear();
        let count = reader.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line);
        if count.map_err(|_| refusals::UNREADABLE)? == 0 {
            return if good { Ok(()) } else { Err(refusals::NOT_JSON.into()) };
        }
        if line.len() as u64 == LINE_BYTES_MAX && line.last() != Some(&b'\n') {
            reader.skip_until(b'\n').map_err(|_| refusals::UNREADABLE)?;
            good = true;
            if !into.refuse(refusals::TOO_LONG) {
                return Ok(());
            }
            continue;
        }
        let text = line.trim_ascii();
        if text.is_empty() {
            continue;
        }
        let go_on = match serde_json::from_slice::<Value>(text) {
            Ok(value) => {
                good = true;
                into.take(&value, false)
            }
            // Only the last line can have been cut short; another one that ends in the middle was made so.
            Err(error) if error.is_eof() && line.last() == Some(&b'\n') => into.refuse(refusals::NOT_JSON),
            Err(error) => into.refuse(judged(&error)),
        };
        if !go_on {
            return Ok(());
        }
    }
}
