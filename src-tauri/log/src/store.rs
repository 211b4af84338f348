//! How the log lies in the vault: entries, tiles, the head, checkpoints, segments, and the indexes over them.

use crate::canonical::CanonicalError;
use crate::checkpoint::{Anchor, AnchorError, Checkpoint, CheckpointError, NO_PREVIOUS};
use crate::entry::{Draft, Outcome};
use crate::tree::{Frontier, FrontierError, Hash, TILE, root_at};
use keepwell_kernel::{Error, Fault, Instant, VaultId};
use keepwell_vault::engine::Direction;
use keepwell_vault::{Envelope, Index, Reading, RowKey, SealError, Segment, Suite, VaultError, Writing, random};

pub(crate) const ENTRIES: u8 = 1;
const TILES: u8 = 2;
const HEAD: u8 = 3;
const CHECKPOINTS: u8 = 4;
pub(crate) const SEGMENTS: u8 = 5;

/// Entries by patient.
pub const BY_PATIENT: Index = Index { number: 0xF001, name: "log entries by patient", unique: false };
/// Entries by actor.
pub const BY_ACTOR: Index = Index { number: 0xF002, name: "log entries by actor", unique: false };
/// Entries by operation.
pub const BY_OPERATION: Index = Index { number: 0xF003, name: "log entries by operation", unique: false };
/// Entries that ended otherwise than done, by outcome.
pub const BY_OUTCOME: Index = Index { number: 0xF004, name: "log entries by outcome", unique: false };

/// Entries that bear an earlier time than the one before, because somebody has set the clock back.
pub const CLOCK_SET_BACK: Index =
    Index { number: 0xF005, name: "log entries after the clock was set back", unique: false };

/// A signed checkpoint stands after every so many entries.
pub const CHECKPOINT_EVERY: u64 = 64;

/// Why the log could not be added to or read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// An entry's seal.
    #[error("entry {0} does not open")]
    Sealed(u64, #[source] SealError),
    /// An entry's bytes.
    #[error("an entry is not in its one form")]
    Form(#[from] CanonicalError),
    /// A checkpoint.
    #[error("a checkpoint cannot be read")]
    Checkpoint(#[from] CheckpointError),
    /// The head.
    #[error("the log's head cannot be read")]
    Head(#[from] FrontierError),
    /// The anchor.
    #[error("the log's anchor cannot be read")]
    Anchor(#[from] AnchorError),
    /// Something that must be there is not.
    #[error("the log misses {0}")]
    Missing(&'static str),
    /// The session cannot read the log.
    #[error("the log's readers only")]
    NotAReader,
}

impl From<LogError> for Error {
    fn from(error: LogError) -> Self {
        match error {
            LogError::Vault(error) => error.into(),
            LogError::NotAReader => Self::Denied,
            other => Self::Fault(Fault::from_error(&other)),
        }
    }
}

/// The log's right edge and its newest checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The tree so far.
    pub frontier: Frontier,
    /// How many checkpoints there are.
    pub checkpoints: u64,
    /// How many entries the newest checkpoint covers.
    pub checkpointed: u64,
    /// The hash of the newest checkpoint.
    pub previous: Hash,
    /// When the last entry was written, in milliseconds since 1970; unknown in a log whose head was written before this
    /// was kept, and in an empty one.
    pub last_at: Option<i64>,
}

impl Head {
    fn to_bytes(&self) -> Vec<u8> {
        let (frontier, last_at) = (self.frontier.to_bytes(), self.last_at.map(i64::to_be_bytes));
        let last_at = last_at.as_ref().map_or(&[] as &[u8], <[u8; 8]>::as_slice);
        [
            &self.checkpoints.to_be_bytes(),
            &self.checkpointed.to_be_bytes(),
            self.previous.as_slice(),
            &frontier,
            last_at,
        ]
        .concat()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, LogError> {
        const CUT: LogError = LogError::Missing("part of its head");
        let (checkpoints, rest) = bytes.split_first_chunk::<8>().ok_or(CUT)?;
        let (checkpointed, rest) = rest.split_first_chunk::<8>().ok_or(CUT)?;
        let (previous, rest) = rest.split_first_chunk::<32>().ok_or(CUT)?;
        // The frontier is 8 bytes and then hashes of 32, so eight bytes more are the time.
        let (frontier, last_at) = match rest.split_last_chunk::<8>() {
            Some((frontier, last_at)) if rest.len() % 32 == 16 => (frontier, Some(i64::from_be_bytes(*last_at))),
            _ => (rest, None),
        };
        Ok(Self {
            last_at,
            frontier: Frontier::from_bytes(frontier)?,
            checkpoints: u64::from_be_bytes(*checkpoints),
            checkpointed: u64::from_be_bytes(*checkpointed),
            previous: *previous,
        })
    }

    /// Reads the head; a log without one is empty.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn read(reading: &Reading<'_>) -> Result<Self, LogError> {
        reading.log_get(HEAD, &[])?.map_or_else(
            || {
                Ok(Self {
                    frontier: Frontier::new(),
                    checkpoints: 0,
                    checkpointed: 0,
                    previous: NO_PREVIOUS,
                    last_at: None,
                })
            },
            |bytes| Self::from_bytes(&bytes),
        )
    }
}

/// What an entry leaves behind.
#[derive(Debug, Clone)]
pub struct Appended {
    /// How many entries the log has now.
    pub entries: u64,
    /// What the keychain is to hold once the transaction is committed, where a checkpoint went with it.
    pub anchor: Option<Anchor>,
}

/// Where entries are written from.
pub struct Pen<'a> {
    /// The vault's id.
    pub vault: VaultId,
    /// The vault's cipher.
    pub suite: Suite,
    /// The session's segment.
    pub segment: &'a Segment,
    /// The segment's envelope, until it is written.
    pub envelope: Option<&'a Envelope>,
}

impl Pen<'_> {
    /// Appends an entry in the operation's own transaction; at every 64th, a checkpoint goes with it.
    ///
    /// # Errors
    /// [`LogError`]; then the transaction must not be committed.
    pub fn append(&self, tx: &mut Writing<'_>, draft: &Draft) -> Result<Appended, LogError> {
        let mut head = Head::read(&tx.reading())?;
        let sequence = head.frontier.size();
        let (leaf, plain) = draft.at_place(sequence, random().map_err(VaultError::from)?)?;
        let plain = zeroize::Zeroizing::new(plain);
        let sealed = self.segment.seal(self.suite, self.vault, sequence, &plain);
        let sealed = sealed.map_err(|error| LogError::Sealed(sequence, error))?;
        if let Some(envelope) = self.envelope {
            tx.log_put(SEGMENTS, self.segment.id(), &envelope.to_bytes())?;
        }
        let row = [leaf.as_slice(), self.segment.id(), &sealed].concat();
        tx.log_put(ENTRIES, &sequence.to_be_bytes(), &row)?;
        mark(tx, draft, sequence)?;
        let at = draft.at.timestamp_millis();
        if head.last_at.replace(at).is_some_and(|last| at < last) {
            let key = tx.reading().log_key().ordered(sequence).done();
            tx.mark(CLOCK_SET_BACK, &key)?;
        }
        if let Some(tile) = head.frontier.append(leaf) {
            tx.log_put(TILES, &(sequence / TILE).to_be_bytes(), &tile)?;
        }
        let anchor = if head.frontier.size().is_multiple_of(CHECKPOINT_EVERY) {
            Some(self.checkpoint(tx, &mut head, draft.at, draft.offset_seconds)?)
        } else {
            None
        };
        tx.log_put(HEAD, &[], &head.to_bytes())?;
        tx.log_has(head.frontier.size())?;
        Ok(Appended { entries: head.frontier.size(), anchor })
    }

    /// Signs a checkpoint over everything up to now, when something is new since the last one.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn seal_now(&self, tx: &mut Writing<'_>, at: Instant, offset: i32) -> Result<Option<Anchor>, LogError> {
        let mut head = Head::read(&tx.reading())?;
        if head.checkpointed == head.frontier.size() {
            return Ok(None);
        }
        let anchor = self.checkpoint(tx, &mut head, at, offset)?;
        tx.log_put(HEAD, &[], &head.to_bytes())?;
        Ok(Some(anchor))
    }

    fn checkpoint(&self, tx: &mut Writing<'_>, head: &mut Head, at: Instant, offset: i32) -> Result<Anchor, LogError> {
        let offset = chrono::FixedOffset::east_opt(offset - offset % 60).ok_or(LogError::Missing("its time offset"))?;
        head.checkpoints += 1;
        let checkpoint = Checkpoint {
            origin: origin(self.vault),
            size: head.frontier.size(),
            root: head.frontier.root(),
            digest: tx.state()?.hash(),
            at: at.with_timezone(&offset),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            counter: head.checkpoints,
            previous: head.previous,
        };
        let note = checkpoint.sign(&tx.keyring().device().log_signing())?;
        tx.log_put(CHECKPOINTS, &head.checkpoints.to_be_bytes(), note.as_bytes())?;
        head.checkpointed = head.frontier.size();
        head.previous = Checkpoint::hash(&note)?;
        Ok(Anchor::from(&checkpoint))
    }
}

/// Returns the origin that the vault's checkpoints name.
#[must_use]
pub fn origin(vault: VaultId) -> String {
    format!("keepwell/{vault}")
}

fn mark(tx: &mut Writing<'_>, draft: &Draft, sequence: u64) -> Result<(), LogError> {
    let mut marks: Vec<(Index, RowKey)> = Vec::with_capacity(3 + draft.patients.len());
    {
        let reading = tx.reading();
        let mut add = |index: Index, value: &[u8]| {
            marks.push((index, reading.log_key().blind(index.name, value).ordered(sequence).done()));
        };
        draft.patients.iter().for_each(|patient| add(BY_PATIENT, patient.bytes()));
        // User names are unique and never given twice, and they are what a reader of the log types.
        if !draft.user_name.is_empty() {
            add(BY_ACTOR, draft.user_name.to_lowercase().as_bytes());
        }
        add(BY_OPERATION, draft.operation.as_bytes());
        // Nearly every entry is done; an index of those would be the log itself.
        if draft.outcome != Outcome::Done {
            add(BY_OUTCOME, draft.outcome.word().as_bytes());
        }
    }
    marks.iter().try_for_each(|(index, key)| Ok(tx.mark(*index, key)?))
}

/// Returns the leaf that an entry row states.
///
/// # Errors
/// [`LogError`].
pub fn stated_leaf(row: &[u8]) -> Result<Hash, LogError> {
    row.first_chunk::<32>().copied().ok_or(LogError::Missing("part of an entry"))
}

/// The place of an entry, or the number of a checkpoint, and its row.
pub type EntryRow = (u64, Vec<u8>);

/// Returns up to `limit` entry rows from a place on.
///
/// # Errors
/// [`LogError`].
pub fn entry_rows(reading: &Reading<'_>, from: u64, limit: usize) -> Result<Vec<EntryRow>, LogError> {
    numbered(reading, ENTRIES, from, limit)
}

/// Returns up to `limit` checkpoints from a number on, as the notes that were signed.
///
/// # Errors
/// [`LogError`].
pub(crate) fn checkpoint_notes(reading: &Reading<'_>, from: u64, limit: usize) -> Result<Vec<EntryRow>, LogError> {
    numbered(reading, CHECKPOINTS, from, limit)
}

fn numbered(reading: &Reading<'_>, kind: u8, from: u64, limit: usize) -> Result<Vec<EntryRow>, LogError> {
    let rows = reading.log_scan(kind, (&from.to_be_bytes(), None), Direction::Up, limit)?;
    rows.into_iter()
        .map(|(key, row)| {
            let key: [u8; 8] = key.try_into().map_err(|_| LogError::Missing("part of a key"))?;
            Ok((u64::from_be_bytes(key), row))
        })
        .collect()
}

/// Returns the root that the stored entries have at a size.
///
/// # Errors
/// [`LogError`].
pub fn stored_root(reading: &Reading<'_>, size: u64) -> Result<Hash, LogError> {
    root_at(
        size,
        |tile| {
            let root = reading.log_get(TILES, &tile.to_be_bytes())?.ok_or(LogError::Missing("a tile"))?;
            root.as_slice().try_into().map_err(|_| LogError::Missing("part of a tile"))
        },
        |leaf| {
            let row = reading.log_get(ENTRIES, &leaf.to_be_bytes())?.ok_or(LogError::Missing("an entry"))?;
            stated_leaf(&row)
        },
    )
}

/// Returns a tile's stored root.
///
/// # Errors
/// [`LogError`].
pub fn stored_tile(reading: &Reading<'_>, tile: u64) -> Result<Option<Vec<u8>>, LogError> {
    Ok(reading.log_get(TILES, &tile.to_be_bytes())?)
}

/// Returns the checkpoint with a number, from 1, as the note that was signed.
///
/// # Errors
/// [`LogError`].
pub fn checkpoint_note(reading: &Reading<'_>, number: u64) -> Result<Option<String>, LogError> {
    let note = reading.log_get(CHECKPOINTS, &number.to_be_bytes())?;
    note.map(|note| String::from_utf8(note).map_err(|_| LogError::Missing("a readable checkpoint"))).transpose()
}
