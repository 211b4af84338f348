//! The audit bundle: chosen entries and everything that is needed to see that they are whole, true and not cut, for
//! somebody who has no access to the program. The form is that of `verifier/FORMAT.md`, which is the authority: what is
//! written here is read back by two verifiers that share no code with it.

mod events;
mod paper;
mod table;

pub use paper::{Paper, PaperRow};

use crate::canonical::payload_commitment;
use crate::checkpoint::sign_text;
use crate::chosen::Chosen;
use crate::entry::{LogEntry, Opened, parts};
use crate::readers::{Filter, Readers};
use crate::store::{Head, LogError, checkpoint_notes, entry_rows, origin, stated_leaf};
use crate::verify::newest_checkpoint;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, FixedOffset};
use keepwell_kernel::{Instant, VaultId};
use keepwell_vault::{Keyring, Reading, Vault, VaultError};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::io::Write;

const FORMAT: &str = "keepwell/audit-bundle/1";
/// How many entries are fetched at a time.
const PAGE: usize = 1024;
/// How many places an index is asked for at a time.
const PLACES: usize = 4096;
const README: &str = include_str!("audit_bundle/README.txt");

/// When the bundle is made, and by whom.
pub struct Making {
    /// The present.
    pub at: Instant,
    /// Seconds east of UTC, here and now.
    pub offset_seconds: i32,
    /// The user name.
    pub by: String,
}

impl Making {
    /// Returns when it is, here, to the minute of the offset that the form has room for.
    fn local(&self) -> Result<DateTime<FixedOffset>, LogError> {
        let offset = FixedOffset::east_opt(self.offset_seconds - self.offset_seconds % 60);
        Ok(self.at.with_timezone(&offset.ok_or(LogError::Missing("its time offset"))?))
    }
}

/// Returns entries as a table for spreadsheets, as a bundle has it.
pub(crate) fn table_of(entries: &[LogEntry]) -> String {
    let rows = entries.iter().flat_map(|entry| table::row_of(entry, false));
    let bytes: Vec<u8> = table::first().into_iter().chain(rows).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundled {
    /// Entries that the log had at its newest checkpoint.
    pub log_size: u64,
    /// Entries in the bundle.
    pub entries: u64,
    /// How many of them are redacted.
    pub redacted: u64,
}

/// Where the files of a bundle go.
pub trait Shelf {
    /// Begins a file. Its path has parts joined by `/`. Flushing ends it: nothing is written behind that.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn begin(&mut self, path: &str) -> std::io::Result<Box<dyn Write>>;

    /// Prints the entries for people, as a PDF file. A shelf without a press answers nothing, and the bundle has no such
    /// file then.
    ///
    /// # Errors
    /// Whatever the press says.
    fn print(&mut self, _: &Paper) -> std::io::Result<Option<Vec<u8>>> {
        Ok(None)
    }
}

/// Why a bundle could not be written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The place it is written to.
    #[error("the bundle could not be written")]
    Disk(#[from] std::io::Error),
}

impl From<VaultError> for BundleError {
    fn from(error: VaultError) -> Self {
        Self::Log(error.into())
    }
}

/// Writes a bundle of everything that the newest checkpoint covers: what somebody has added since it was signed is not
/// proved yet, and a bundle with it would look cut. `progress` is told how many entries are done and how many there are,
/// and answers whether to go on; a bundle that was stopped answers nothing, and has no manifest, so that nobody can take it
/// for whole.
///
/// # Errors
/// [`BundleError`].
pub fn write(
    vault: &Vault,
    keyring: &Keyring,
    chosen: &Chosen,
    making: &Making,
    shelf: &mut dyn Shelf,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Option<Bundled>, BundleError> {
    vault.read(keyring, |reading| {
        let head = Head::read(reading)?;
        let size = head.checkpointed;
        let mut readers = Readers::over(reading, vault.id())?;
        let candidates = candidates(&readers, chosen, size)?;
        let mut bundle = Bundle::begin(vault.id(), shelf)?;
        let mut done = 0;
        while done < size {
            let page = entry_rows(reading, done, PAGE)?;
            let last = page.last().ok_or(LogError::Missing("an entry"))?.0;
            for (sequence, row) in page.into_iter().filter(|(sequence, _)| *sequence < size) {
                bundle.leaves.write_all(&stated_leaf(&row)?)?;
                if candidates.as_ref().is_none_or(|candidates| candidates.contains(&sequence)) {
                    bundle.entry(&mut readers, (sequence, &row), chosen)?;
                }
            }
            done = last + 1;
            if !progress(done.min(size), size) {
                return Ok(None);
            }
        }
        bundle.checkpoints(reading, head.checkpoints)?;
        let root = newest_checkpoint(reading, vault.id(), &head)?.map(|newest| hex::encode(newest.root));
        bundle.print(chosen, making, (size, root))?;
        bundle.end(vault, keyring, chosen, making, size).map(Some)
    })
}

/// Returns the places that an index has for what is chosen; nothing where every entry must be looked at.
fn candidates(readers: &Readers<'_>, chosen: &Chosen, size: u64) -> Result<Option<BTreeSet<u64>>, LogError> {
    let filter = chosen.patient.map(Filter::Patient).or(chosen.actor.as_deref().map(Filter::Actor));
    let Some(filter) = filter else { return Ok(None) };
    let (mut found, mut below) = (BTreeSet::new(), size);
    loop {
        let places = readers.places(filter, (0, below), PLACES)?;
        let Some(last) = places.last() else { return Ok(Some(found)) };
        below = *last;
        found.extend(places);
    }
}

impl Chosen {
    /// An entry that names other patients too is nobody's business whole but the practice's (45 CFR 164.502(b)).
    fn redacts(&self, entry: &LogEntry) -> bool {
        self.patient.is_some_and(|patient| entry.draft.patients.iter().any(|other| *other != patient))
    }

    fn period(&self) -> String {
        let time = |at: Instant| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        match (self.from.map(time), self.to.map(time)) {
            (None, None) => "everything".to_owned(),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("before {to}"),
            (Some(from), Some(to)) => format!("from {from}, before {to}"),
        }
    }

    fn words(&self) -> serde_json::Value {
        let period = self.period();
        let people = self.actor.clone().unwrap_or_else(|| "everybody".to_owned());
        let patients = self.patient.map_or_else(|| "all".to_owned(), |patient| patient.to_string());
        json!({ "period": period, "people": people, "patients": patients })
    }
}

/// A file that is being written, with its length and its hash.
struct Measured {
    path: &'static str,
    file: Box<dyn Write>,
    bytes: u64,
    hash: Sha256,
}

impl Measured {
    fn begin(shelf: &mut dyn Shelf, path: &'static str) -> std::io::Result<Self> {
        Ok(Self { path, file: shelf.begin(path)?, bytes: 0, hash: Sha256::new() })
    }

    /// Ends the file, and returns its line in the manifest.
    fn end(mut self) -> std::io::Result<serde_json::Value> {
        self.file.flush()?;
        Ok(json!({ "path": self.path, "size": self.bytes, "sha256": hex::encode(self.hash.finalize()) }))
    }
}

impl Write for Measured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

struct Bundle<'s> {
    shelf: &'s mut dyn Shelf,
    vault: VaultId,
    leaves: Measured,
    lines: Measured,
    table: Measured,
    events: Measured,
    /// What is printed; nothing once it is too much for paper.
    rows: Option<Vec<PaperRow>>,
    entries: u64,
    redacted: u64,
    ended: Vec<serde_json::Value>,
}

impl<'s> Bundle<'s> {
    fn begin(vault: VaultId, shelf: &'s mut dyn Shelf) -> Result<Self, BundleError> {
        let leaves = Measured::begin(shelf, "log/leaves.bin")?;
        let lines = Measured::begin(shelf, "log/entries.ndjson")?;
        let mut table = Measured::begin(shelf, "entries.csv")?;
        table.write_all(&table::first())?;
        let events = Measured::begin(shelf, "auditevents.ndjson")?;
        let rows = Some(Vec::new());
        Ok(Self { shelf, vault, leaves, lines, table, events, rows, entries: 0, redacted: 0, ended: Vec::new() })
    }

    /// Adds an entry, if it is chosen.
    fn entry(
        &mut self,
        readers: &mut Readers<'_>,
        (sequence, row): (u64, &[u8]),
        chosen: &Chosen,
    ) -> Result<(), BundleError> {
        let plain = readers.plain(sequence, row)?;
        let Opened { entry, .. } = Opened::from_bytes(&plain).map_err(LogError::from)?;
        if !chosen.holds(&entry) {
            return Ok(());
        }
        let (salt, header, payload) = parts(&plain).map_err(LogError::from)?;
        let redacted = chosen.redacts(&entry);
        let header = STANDARD.encode(header);
        if redacted {
            let hash = STANDARD.encode(payload_commitment(salt, payload));
            writeln!(self.lines, r#"{{"sequence":{sequence},"header":"{header}","payload_hash":"{hash}"}}"#)?;
        } else {
            let [salt, payload] = [salt.as_slice(), payload].map(|bytes| STANDARD.encode(bytes));
            writeln!(
                self.lines,
                r#"{{"sequence":{sequence},"header":"{header}","salt":"{salt}","payload":"{payload}"}}"#
            )?;
        }
        self.table.write_all(&table::row_of(&entry, redacted))?;
        self.events.write_all(&events::line_of(self.vault, &entry, redacted))?;
        self.rows = self.rows.take().filter(|rows| rows.len() < paper::ROWS_MAX);
        self.rows.iter_mut().for_each(|rows| rows.push(PaperRow::of(&entry, redacted)));
        self.entries += 1;
        self.redacted += u64::from(redacted);
        Ok(())
    }

    fn checkpoints(&mut self, reading: &Reading<'_>, count: u64) -> Result<(), BundleError> {
        let mut file = Measured::begin(self.shelf, "log/checkpoints.txt")?;
        let mut number = 1;
        while number <= count {
            let page = checkpoint_notes(reading, number, PAGE)?;
            number = page.last().ok_or(LogError::Missing("a checkpoint"))?.0 + 1;
            for (_, note) in page {
                writeln!(file, "note {}", note.len())?;
                file.write_all(&note)?;
            }
        }
        self.ended.push(file.end()?);
        Ok(())
    }

    /// Prints the entries, where they are not too many and the shelf has a press.
    fn print(
        &mut self,
        chosen: &Chosen,
        making: &Making,
        (log_size, root): (u64, Option<String>),
    ) -> Result<(), BundleError> {
        let (Some(rows), Some(root)) = (self.rows.take(), root) else { return Ok(()) };
        let paper = Paper {
            at: making.at,
            generated: making.local()?.format("%Y-%m-%d %H:%M:%S %:z").to_string(),
            period: chosen.period(),
            people: chosen.actor.clone(),
            of_one_patient: chosen.patient.is_some(),
            log_size,
            root,
            rows,
        };
        let Some(printed) = self.shelf.print(&paper)? else { return Ok(()) };
        let mut file = Measured::begin(self.shelf, "report.pdf")?;
        file.write_all(&printed)?;
        self.ended.push(file.end()?);
        Ok(())
    }

    /// Writes the keys, the words for people, and last of all the manifest and its signature.
    fn end(
        mut self,
        vault: &Vault,
        keyring: &Keyring,
        chosen: &Chosen,
        making: &Making,
        log_size: u64,
    ) -> Result<Bundled, BundleError> {
        let (key, name) = (keyring.device().log_signing(), origin(vault.id()));
        let public = STANDARD.encode(key.verifying_key().as_bytes());
        let keys = json!({ "keys": [{ "name": name, "public_key": public, "from_counter": 1 }] });
        for (path, text) in [("log/keys.json", keys.to_string()), ("README.txt", README.to_owned())] {
            let mut file = Measured::begin(self.shelf, path)?;
            file.write_all(text.as_bytes())?;
            self.ended.push(file.end()?);
        }
        for file in [self.leaves, self.lines, self.table, self.events] {
            self.ended.push(file.end()?);
        }
        let manifest = json!({
            "format": FORMAT,
            "vault": vault.id().to_string(),
            "made_at": making.local()?.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
            "made_by": making.by,
            "chosen": chosen.words(),
            "log_size": log_size,
            "entries": self.entries,
            "redacted": self.redacted,
            "files": self.ended,
        });
        let manifest = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from)?;
        let text = format!("{FORMAT}\nmanifest {}\n", hex::encode(Sha256::digest(&manifest)));
        for (path, bytes) in
            [("manifest.note", sign_text(&text, &name, &key).into_bytes()), ("manifest.json", manifest)]
        {
            let mut file = self.shelf.begin(path)?;
            file.write_all(&bytes)?;
            file.flush()?;
        }
        Ok(Bundled { log_size, entries: self.entries, redacted: self.redacted })
    }
}
