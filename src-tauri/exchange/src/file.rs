//! Reading a file piece by piece, so that a file of any size takes little memory. Nothing here knows the store.

mod bundle;
mod form;
mod lines;

use crate::fhir::resources::{Found, NotImported, each, in_entry, slim};
use crate::refusals;
use keepwell_kernel::{Code, Error};
use serde_json::{Value, json};
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The largest record on one line, in bytes.
const LINE_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// How many patients are handed on at a time; a batch is one change of the store and one entry in the log.
pub const BATCH: usize = 50;
/// How many other resources are handed on at a time.
pub const OTHERS: usize = crate::received::RESOURCES_AT_A_TIME;
/// Other resources are handed on before they are longer than this together, in bytes of JSON, unless one alone is.
const OTHERS_BYTES: usize = 4 * 1024 * 1024;
/// Progress is told at least every so many bytes.
const TOLD_EVERY: u64 = 512 * 1024;

/// A piece of a file.
#[derive(Default)]
pub struct Piece {
    /// Up to [`BATCH`] patients, each as a resource or as an entry of a Bundle, with its place in the file from 0.
    pub patients: Vec<(u64, Value)>,
    /// Up to [`OTHERS`] other resources, with their place.
    pub others: Vec<(u64, Value)>,
    /// Lines that could not be read, with their place and why.
    pub refused: Vec<(u64, Code)>,
    /// Bytes read so far.
    pub bytes: u64,
}

/// Takes the pieces of a file and answers whether to go on.
pub type Sink<'s> = &'s mut dyn FnMut(Piece) -> Result<bool, Error>;

/// What a file held.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FileRead {
    /// Resources that were found, patients included.
    pub resources: u64,
    /// Resources of other types, those that were handed on among them.
    pub not_imported: NotImported,
    /// Somebody stopped the reading.
    pub stopped: bool,
}

/// Reads a file of FHIR R4 in JSON: one resource, a Bundle, or NDJSON. The whole file is checked before the first
/// piece is handed on, except that a line of NDJSON is judged by itself.
///
/// # Errors
/// A refusal that says what the file is instead, or what `sink` answers.
pub fn read_file(path: &Path, sink: Sink<'_>) -> Result<FileRead, Error> {
    let form = form::of(path)?;
    let source = Counted::open(path)?;
    let mut gathering = Gathering::new(sink, Arc::clone(&source.bytes));
    match form {
        form::Form::Lines => lines::read(BufReader::new(source), &mut gathering)?,
        form::Form::Document => bundle::read(BufReader::new(source), &mut gathering)?,
    }
    gathering.finish()
}

/// A file that counts the bytes taken from it.
struct Counted {
    file: std::fs::File,
    bytes: Arc<AtomicU64>,
}

impl Counted {
    fn open(path: &Path) -> Result<Self, Error> {
        let file = std::fs::File::open(path).map_err(|_| refusals::UNREADABLE)?;
        // Opening a folder succeeds on some systems; reading it never does.
        if file.metadata().map_or(true, |data| data.is_dir()) {
            return Err(refusals::UNREADABLE.into());
        }
        Ok(Self { file, bytes: Arc::default() })
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Gathers patients into pieces and counts the rest.
struct Gathering<'s> {
    sink: Sink<'s>,
    bytes: Arc<AtomicU64>,
    told: u64,
    piece: Piece,
    others_bytes: usize,
    read: FileRead,
    failed: Option<Error>,
}

impl<'s> Gathering<'s> {
    fn new(sink: Sink<'s>, bytes: Arc<AtomicU64>) -> Self {
        let (piece, read) = (Piece::default(), FileRead::default());
        Self { sink, bytes, told: 0, piece, others_bytes: 0, read, failed: None }
    }

    /// Takes one resource, or one entry of a Bundle, and answers whether to go on.
    fn take(&mut self, value: &Value, entry: bool) -> bool {
        let mut all = Vec::new();
        let mut note = |found: Found<'_>| all.push(Item::of(found));
        if entry {
            in_entry(value, &mut note)
        } else {
            each(value, &mut note)
        }
        for item in all {
            match item {
                Item::Patient(patient) => self.piece.patients.push((self.read.resources, patient)),
                Item::Other(name, resource) => self.other(name, resource),
                Item::Foreign => self.piece.refused.push((self.read.resources, refusals::NOT_A_RESOURCE)),
            }
            self.read.resources += 1;
            if !self.go_on() {
                return false;
            }
        }
        true
    }

    /// Counts a resource of another type and gathers it. The pieces stay within what one call keeps.
    fn other(&mut self, name: String, resource: Option<Value>) {
        *self.read.not_imported.entry(name).or_default() += 1;
        let Some(resource) = resource else { return };
        let bytes = resource.to_string().len();
        if !self.piece.others.is_empty() && self.others_bytes + bytes > OTHERS_BYTES {
            self.hand_on();
        }
        self.others_bytes += bytes;
        self.piece.others.push((self.read.resources, resource));
    }

    /// Notes a line that cannot be read.
    fn refuse(&mut self, code: Code) -> bool {
        self.piece.refused.push((self.read.resources, code));
        self.read.resources += 1;
        self.go_on()
    }

    fn go_on(&mut self) -> bool {
        let due = self.bytes.load(Ordering::Relaxed) >= self.told + TOLD_EVERY;
        let full = self.piece.patients.len() >= BATCH || self.piece.others.len() >= OTHERS;
        if due || full || self.piece.refused.len() >= BATCH {
            self.hand_on();
        }
        self.failed.is_none() && !self.read.stopped
    }

    fn hand_on(&mut self) {
        let mut piece = std::mem::take(&mut self.piece);
        self.others_bytes = 0;
        piece.bytes = self.bytes.load(Ordering::Relaxed);
        self.told = piece.bytes;
        match (self.sink)(piece) {
            Ok(go_on) => self.read.stopped |= !go_on,
            Err(error) => self.failed = Some(error),
        }
    }

    fn finish(mut self) -> Result<FileRead, Error> {
        if self.failed.is_none() && !self.read.stopped {
            if self.read.resources == 0 {
                return Err(refusals::NOT_FHIR.into());
            }
            self.hand_on();
        }
        self.failed.map_or(Ok(self.read), Err)
    }
}

/// One resource, kept beyond the text it was read from.
enum Item {
    Patient(Value),
    Other(String, Option<Value>),
    Foreign,
}

impl Item {
    fn of(found: Found<'_>) -> Self {
        match found {
            Found::Patient { full_url, resource } => {
                let mut resource = resource.clone();
                slim(&mut resource);
                Self::Patient(match full_url {
                    Some(url) => json!({ "fullUrl": url, "resource": resource }),
                    None => resource,
                })
            }
            Found::Other { name, resource } => Self::Other(name.to_owned(), resource.cloned()),
            Found::Foreign => Self::Foreign,
        }
    }
}

#[cfg(test)]
mod tests;
