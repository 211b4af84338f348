//! `entries.csv` as it must be for the entries of the bundle (FORMAT.md section 8), and its comparison.

use crate::document::{Header, Payload, id_text};
use crate::lines::Measured;
use crate::source::{Unreadable, cannot};
use crate::tree::Hash;
use std::io::Read;

pub(crate) const FILE: &str = "entries.csv";
const COLUMNS: [&str; 14] = [
    "sequence",
    "time",
    "local_time",
    "user_name",
    "actor",
    "role",
    "workstation",
    "operation",
    "purpose",
    "reason",
    "patients",
    "outcome",
    "code",
    "redacted",
];

/// Adds the row of an entry.
pub(crate) fn add(rows: &mut Vec<u8>, header: &Header<'_>, payload: Option<&Payload<'_>>) {
    let patients = payload.map(|payload| payload.patients.iter().map(|id| id_text(id)).collect::<Vec<_>>().join(" "));
    let of = |read: for<'p> fn(&'p Payload<'p>) -> Option<&'p str>| payload.and_then(read).unwrap_or("");
    let (sequence, time, local_time) = (header.sequence.to_string(), header.at.utc(), header.at.local());
    let cells = [
        sequence.as_str(),
        time.as_str(),
        local_time.as_str(),
        of(|payload| Some(payload.user_name)),
        header.actor.unwrap_or(""),
        of(|payload| payload.role),
        of(|payload| Some(payload.workstation)),
        header.operation,
        of(|payload| payload.purpose),
        of(|payload| payload.reason),
        patients.as_deref().unwrap_or(""),
        header.outcome,
        of(|payload| payload.code),
        if payload.is_some() { "no" } else { "yes" },
    ];
    row(rows, cells);
}

fn row(rows: &mut Vec<u8>, cells: [&str; 14]) {
    for (place, cell) in cells.iter().enumerate() {
        rows.extend(if place == 0 { &b"\""[..] } else { b",\"" });
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            rows.push(b'\'');
        }
        for (number, part) in cell.split('"').enumerate() {
            if number > 0 {
                rows.extend(b"\"\"");
            }
            rows.extend(part.as_bytes());
        }
        rows.push(b'"');
    }
    rows.extend(b"\r\n");
}

/// The table of the bundle, compared row by row.
pub(crate) struct Table<R> {
    reader: Measured<R>,
    flaw: Option<Flaw>,
}

/// The first entry whose row differs, or nothing for the first row or the end; and what is wrong.
type Flaw = (Option<u64>, String);

impl<R: Read> Table<R> {
    /// Begins with the first row.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(crate) fn new(reader: R) -> Result<Self, Unreadable> {
        let mut table = Self { reader: Measured::new(reader), flaw: None };
        let mut first = b"\xef\xbb\xbf".to_vec();
        row(&mut first, COLUMNS);
        if table.take(first.len())? != first {
            table.flaw = Some((None, "Its first row is not as it must be.".to_owned()));
        }
        Ok(table)
    }

    /// Compares the next rows, given as they must be with the entry and the end of each.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(crate) fn compare(&mut self, rows: &[u8], ends: impl Iterator<Item = (u64, usize)>) -> Result<(), Unreadable> {
        if self.flaw.is_some() {
            return Ok(());
        }
        let found = self.take(rows.len())?;
        if found == rows {
            return Ok(());
        }
        let mut start = 0;
        for (entry, end) in ends {
            if found.get(start..end) != rows.get(start..end) {
                let words = format!("Its row for entry {entry} is missing or does not say what the entry says.");
                self.flaw = Some((Some(entry), words));
                break;
            }
            start = end;
        }
        Ok(())
    }

    /// Returns size and SHA-256 of the whole file, and where it is not as it must be; what follows the last row is a flaw.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(crate) fn end(mut self) -> Result<((u64, Hash), Option<Flaw>), Unreadable> {
        if !self.take(1)?.is_empty() && self.flaw.is_none() {
            self.flaw = Some((None, "Something follows its last row.".to_owned()));
        }
        let measured = self.reader.end().map_err(|error| cannot("read", FILE, &error))?;
        Ok((measured, self.flaw))
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>, Unreadable> {
        let mut bytes = Vec::with_capacity(length + 1);
        let read = (&mut self.reader).take(length as u64).read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(|error| cannot("read", FILE, &error))
    }
}
