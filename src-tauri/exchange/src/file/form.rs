//! What a file is, found out before anything is taken from it.

use super::Counted;
use crate::refusals;
use keepwell_kernel::{Code, Error};
use serde::de::IgnoredAny;
use std::io::{BufReader, Read};
use std::path::Path;

/// The forms that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One JSON value.
    Document,
    /// One JSON value on each line.
    Lines,
}

/// Finds out a file's form, and of a document whether it is whole.
///
/// # Errors
/// A refusal that says what it is instead.
pub(super) fn of(path: &Path) -> Result<Form, Error> {
    let mut head = [0; 64];
    let mut filled = 0;
    let mut file = Counted::open(path)?;
    while let Some(room) = head.get_mut(filled..).filter(|room| !room.is_empty()) {
        match file.read(room).map_err(|_| refusals::UNREADABLE)? {
            0 => break,
            count => filled += count,
        }
    }
    if let Some(code) = foreign(head.get(..filled).unwrap_or_default()) {
        return Err(code.into());
    }
    if is_named_lines(path) {
        return Ok(Form::Lines);
    }
    let reader = without_mark(BufReader::new(Counted::open(path)?))?;
    let mut values = serde_json::Deserializer::from_reader(reader).into_iter::<IgnoredAny>();
    match values.next() {
        None => Err(refusals::EMPTY.into()),
        Some(Err(error)) => Err(judged(&error).into()),
        // What follows one whole value can only be more of them, one a line; each line is judged by itself.
        Some(Ok(_)) => Ok(if values.next().is_none() { Form::Document } else { Form::Lines }),
    }
}

fn is_named_lines(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["ndjson", "jsonl"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Knows other kinds of files by how they begin.
fn foreign(head: &[u8]) -> Option<Code> {
    let known: [(&[u8], Code); 6] = [
        (&[0x1F, 0x8B], refusals::COMPRESSED),
        (b"PK\x03\x04", refusals::COMPRESSED),
        (&[0x28, 0xB5, 0x2F, 0xFD], refusals::COMPRESSED),
        (b"BZh", refusals::COMPRESSED),
        (&[0xFF, 0xFE], refusals::NOT_JSON),
        (&[0xFE, 0xFF], refusals::NOT_JSON),
    ];
    if let Some((_, code)) = known.iter().find(|(begin, _)| head.starts_with(begin)) {
        return Some(*code);
    }
    let text = head.strip_prefix(super::lines::MARK).unwrap_or(head).trim_ascii_start();
    match text.first() {
        None if head.len() < 64 => Some(refusals::EMPTY),
        None | Some(b'{') => None,
        Some(b'<') => Some(refusals::XML),
        Some(b'[') => Some(refusals::NOT_FHIR),
        Some(_) => Some(refusals::NOT_JSON),
    }
}

/// Skips the mark that some programs put before UTF-8.
pub(super) fn without_mark<R: std::io::BufRead>(mut reader: R) -> Result<R, Error> {
    let marked = reader.fill_buf().map_err(|_| refusals::UNREADABLE)?.starts_with(super::lines::MARK);
    if marked {
        reader.consume(super::lines::MARK.len());
    }
    Ok(reader)
}

/// Says what a reading error means.
pub(super) fn judged(error: &serde_json::Error) -> Code {
    match error.classify() {
        serde_json::error::Category::Io => refusals::UNREADABLE,
        serde_json::error::Category::Eof => refusals::TRUNCATED,
        serde_json::error::Category::Syntax | serde_json::error::Category::Data => refusals::NOT_JSON,
    }
}
