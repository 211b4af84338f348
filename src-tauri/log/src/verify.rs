//! Checking the log: every entry, the tree over them, every checkpoint, the anchor, and the rows of the store.

use crate::checkpoint::{Anchor, AnchorVerdict, Checkpoint, NO_PREVIOUS, extends};
use crate::readers::{Opener, Readers};
use crate::store::{
    EntryRow, Head, LogError, checkpoint_note, checkpoint_notes, entry_rows, origin, stored_root, stored_tile,
};
use crate::tree::{Frontier, Hash, TILE};
use ed25519_dalek::VerifyingKey;
use keepwell_kernel::{Code, Instant, VaultId};
use keepwell_vault::{Keyring, Reading, Vault, VaultError, on_all_cores};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;

/// How many entries are fetched at a time.
const PAGE: usize = 4096;
/// Fewer entries than this are not worth a thread.
const ENTRIES_A_CORE: usize = 128;
/// Fewer checkpoints than this are not worth a thread.
const CHECKPOINTS_A_CORE: usize = 16;
const RECOVERY: &str = "what the recovery kit opens is missing or damaged: make a new recovery kit";
const OTHER_DAY: &str = "the records are of another day than the log: somebody put older ones in their place";
const ROWS: &str = "the records do not add up to what the store says: a row was added, dropped or put back";

/// The store does not continue from the anchor that the keychain holds.
pub const ROLLED_BACK: Code = Code::new(
    "log.rolled_back",
    "This practice's file is older than what this computer remembers, so somebody put an older copy in its place. It is open for reading the log only. Put the newest file back, or restore the latest backup.",
);
/// The store and the anchor tell two different stories.
pub const FORKED: Code = Code::new(
    "log.forked",
    "The log in this practice's file is not the one this computer remembers. It is open for reading the log only. Keep the file as it is and call whoever answers for security.",
);
/// The log contradicts itself.
pub const BROKEN: Code = Code::new(
    "log.broken",
    "The log in this practice's file contradicts itself. It is open for reading the log only. Run the check of the log to see where.",
);

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Verification {
    /// Entries that were checked.
    #[ts(type = "number")]
    pub entries: u64,
    /// Everything fits.
    pub ok: bool,
    /// The first entry that does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number | null")]
    pub first_bad: Option<u64>,
    /// What is wrong, in words.
    pub what: Option<String>,
    /// Signed checkpoints that were checked.
    #[ts(type = "number")]
    pub checkpoints: u64,
    /// When the check ended.
    #[ts(type = "string")]
    pub at: Instant,
}

/// A finding: the first bad entry where one can be named, and what is wrong.
struct Bad(Option<u64>, String);

/// Looks at the head, the newest checkpoint and the anchor when a store is opened. Says why it must stay read-only.
///
/// # Errors
/// [`LogError`] when the keychain or the disk fails; a log that contradicts itself is an answer, not an error.
pub fn at_open(vault: &Vault, keyring: &Keyring) -> Result<Option<Code>, LogError> {
    let anchor = vault.anchor()?;
    vault.read(keyring, |reading| {
        let head = match Head::read(reading) {
            Ok(head) => head,
            Err(LogError::Vault(error @ VaultError::Engine(_))) => return Err(error.into()),
            Err(_) => return Ok(Some(BROKEN)),
        };
        let size = head.frontier.size();
        // The anchor comes first: a shorter log is the plainest sign, and names itself better than a missing entry.
        if let Some(found) = anchor_fits(anchor.as_deref().map(Vec::as_slice), reading, size) {
            return Ok(Some(found));
        }
        let fits = stored_root(reading, size).is_ok_and(|root| root == head.frontier.root());
        let tail_is_short = entry_rows(reading, size, 1).map_or(true, |rows| !rows.is_empty());
        let newest = newest_checkpoint(reading, vault.id(), &head);
        Ok((!fits || tail_is_short || newest.is_err() || !of_one_day(reading, size)?).then_some(BROKEN))
    })
}

/// Says whether the rows and the log are of the same moment: the digest's seal names the size of the log.
fn of_one_day(reading: &Reading<'_>, size: u64) -> Result<bool, LogError> {
    match reading.digest() {
        Ok((_, logged)) => Ok(logged.map_or(size == 0, |logged| logged == size)),
        Err(error @ VaultError::Engine(_)) => Err(error.into()),
        Err(_) => Ok(false),
    }
}

fn anchor_fits(anchor: Option<&[u8]>, reading: &Reading<'_>, size: u64) -> Option<Code> {
    let anchor = anchor?;
    let anchor: Option<Anchor> = std::str::from_utf8(anchor).ok().and_then(|text| text.parse().ok());
    let Some(anchor) = anchor else { return Some(FORKED) };
    match extends(&anchor, size, |at| stored_root(reading, at)) {
        Ok(AnchorVerdict::Same | AnchorVerdict::Ahead) => None,
        Ok(AnchorVerdict::Behind) => Some(ROLLED_BACK),
        Ok(AnchorVerdict::Forked) => Some(FORKED),
        // An entry or a summary that the anchor counts on is not there.
        Err(_) => Some(BROKEN),
    }
}

/// Opens the newest checkpoint and holds it to the head.
///
/// # Errors
/// [`LogError`] when it is missing, not rightly signed, or covers something else.
pub fn newest_checkpoint(reading: &Reading<'_>, vault: VaultId, head: &Head) -> Result<Option<Checkpoint>, LogError> {
    if head.checkpoints == 0 {
        return Ok(None);
    }
    let note = checkpoint_note(reading, head.checkpoints)?.ok_or(LogError::Missing("its newest checkpoint"))?;
    let key = reading.keyring().device().log_signing().verifying_key();
    let checkpoint = Checkpoint::open(&note, &key, &origin(vault))?;
    let agrees = checkpoint.size == head.checkpointed
        && Checkpoint::hash(&note)? == head.previous
        && stored_root(reading, checkpoint.size)? == checkpoint.root;
    if agrees { Ok(Some(checkpoint)) } else { Err(LogError::Missing("agreement with its newest checkpoint")) }
}

/// Checks everything. `progress` is told how many entries are done and how many there are, and answers whether to go
/// on; a check that was stopped answers nothing.
///
/// # Errors
/// [`LogError`] when the disk fails or the session may not read the log.
pub fn whole(
    vault: &Vault,
    keyring: &Keyring,
    now: Instant,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Option<Verification>, LogError> {
    judged(vault, keyring, now, progress, anchor_agrees)
}

/// Does what [`whole`] does to a copy of the store, which is not held to the anchor: the keychain knows of the real one.
///
/// # Errors
/// As [`whole`].
pub fn copy(
    vault: &Vault,
    keyring: &Keyring,
    now: Instant,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Option<Verification>, LogError> {
    judged(vault, keyring, now, progress, |_, _, _| Ok(None))
}

fn judged(
    vault: &Vault,
    keyring: &Keyring,
    now: Instant,
    progress: &mut dyn FnMut(u64, u64) -> bool,
    anchored: impl FnOnce(&Vault, &Keyring, u64) -> Result<Option<Bad>, LogError>,
) -> Result<Option<Verification>, LogError> {
    let Some(Walked { entries, checkpoints, found }) = walk(vault, keyring, progress)? else { return Ok(None) };
    let found = match found {
        Some(found) => Some(found),
        None => anchored(vault, keyring, entries)?,
    };
    let found = match found {
        Some(found) => Some(found),
        // Whoever stops the check has checked nothing: what was not added up must not look as if it agreed.
        None => match vault.sweep(keyring, &mut |_| progress(entries, entries))? {
            None => return Ok(None),
            Some(sweep) if !sweep.digest_agrees => Some(Bad(None, ROWS.to_owned())),
            Some(sweep) => (!sweep.recovery_agrees).then(|| Bad(None, RECOVERY.to_owned())),
        },
    };
    let (first_bad, what) = found.map_or((None, None), |Bad(at, what)| (at, Some(what)));
    Ok(Some(Verification { entries, ok: what.is_none(), first_bad, what, checkpoints, at: now }))
}

/// What a walk over the log came to.
struct Walked {
    entries: u64,
    checkpoints: u64,
    found: Option<Bad>,
}

/// Walks over the log; nothing when it was stopped.
fn walk(
    vault: &Vault,
    keyring: &Keyring,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Option<Walked>, LogError> {
    vault.read(keyring, |reading| {
        let head = Head::read(reading)?;
        let mut walk = Walk::new(reading, vault.id(), &head)?;
        if !walk.entries(&head, progress)? {
            return Ok(None);
        }
        let checkpoints = walk.checkpoints(&head);
        if !of_one_day(reading, head.frontier.size())? {
            walk.bad(None, OTHER_DAY);
        }
        Ok(Some(Walked { entries: head.frontier.size(), checkpoints, found: walk.found }))
    })
}

/// Holds the log to the anchor: a whole older store adds up by itself, and only the keychain tells.
fn anchor_agrees(vault: &Vault, keyring: &Keyring, entries: u64) -> Result<Option<Bad>, LogError> {
    let anchor = vault.anchor()?;
    vault.read(keyring, |reading| {
        let found = anchor_fits(anchor.as_deref().map(Vec::as_slice), reading, entries);
        Ok(found.map(|code| {
            let first = (code == ROLLED_BACK).then_some(entries);
            Bad(first, "the log does not continue from what this computer's keychain remembers".to_owned())
        }))
    })
}

/// Opens checkpoints, and hashes them. One that is not a checkpoint rightly signed is nothing: the walk names it.
fn opened(page: &[EntryRow], origin: &str, key: &VerifyingKey) -> Vec<(u64, Option<(Checkpoint, Hash)>)> {
    let notes: Vec<&str> = page.iter().map(|(_, note)| std::str::from_utf8(note).unwrap_or("")).collect();
    let opened = Checkpoint::open_all(&notes, key, origin);
    let with_hash = |(note, one): (&str, Result<Checkpoint, _>)| Some((one.ok()?, Checkpoint::hash(note).ok()?));
    page.iter().map(|(number, _)| *number).zip(notes.into_iter().zip(opened).map(with_hash)).collect()
}

/// What one entry looks like by itself.
struct LookedAt {
    sequence: u64,
    /// The leaf that its row states; a row that states none is wrong.
    leaf: Option<Hash>,
    /// When it was written, in milliseconds since 1970, where it can be read.
    at: Option<i64>,
    /// What is wrong with it.
    wrong: Option<String>,
}

impl LookedAt {
    fn of(opener: Opener<'_>, sequence: u64, row: &[u8]) -> Self {
        let mut at = None;
        let wrong = match opener.standing(sequence, row) {
            Ok((standing, stated)) if standing.leaf == stated && standing.sequence == sequence => {
                at = Some(standing.at.timestamp_millis());
                None
            }
            Ok(_) => Some("the entry is not the one that was written here".to_owned()),
            Err(error) => Some(format!("the entry cannot be read: {error}")),
        };
        Self { sequence, leaf: row.first_chunk().copied(), at, wrong }
    }
}

/// One walk over the log.
struct Walk<'a> {
    reading: &'a Reading<'a>,
    readers: Readers<'a>,
    /// Every checkpoint in turn, where it is there and rightly signed, with its hash.
    notes: Vec<Option<(Checkpoint, Hash)>>,
    /// Sizes at which a checkpoint states a root.
    roots: HashMap<u64, Hash>,
    found: Option<Bad>,
}

impl<'a> Walk<'a> {
    fn new(reading: &'a Reading<'a>, vault: VaultId, head: &Head) -> Result<Self, LogError> {
        let readers = Readers::over(reading, vault)?;
        let (key, origin) = (reading.keyring().device().log_signing().verifying_key(), origin(vault));
        let mut notes = Vec::new();
        let mut page = checkpoint_notes(reading, 1, PAGE)?;
        while let Some(behind) = page.last().map(|(number, _)| number + 1) {
            let open = |page: &[EntryRow]| opened(page, &origin, &key);
            let fetch = || checkpoint_notes(reading, behind, PAGE);
            let (parts, ahead) = on_all_cores(&page, CHECKPOINTS_A_CORE, open, fetch);
            notes.extend(parts.into_iter().flatten());
            page = ahead?;
        }
        // One that is missing, or does not open, is named by its number when its turn comes.
        let mut notes: BTreeMap<u64, _> = notes.into_iter().collect();
        let notes: Vec<_> = (1..=head.checkpoints).map(|number| notes.remove(&number).flatten()).collect();
        let roots = notes.iter().flatten().map(|(one, _)| (one.size, one.root)).collect();
        Ok(Self { reading, readers, notes, roots, found: None })
    }

    fn bad(&mut self, at: Option<u64>, what: impl Into<String>) {
        if self.found.is_none() {
            self.found = Some(Bad(at, what.into()));
        }
    }

    /// Walks the entries; answers whether the walk was allowed to end.
    fn entries(&mut self, head: &Head, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<bool, LogError> {
        let size = head.frontier.size();
        let mut frontier = Frontier::new();
        let (mut page, mut last_at) = (self.readers.rows(0, PAGE)?, None);
        while frontier.size() < size && self.found.is_none() {
            if page.is_empty() {
                self.bad(Some(frontier.size()), "the entry is missing");
            }
            let (looked_at, ahead) = self.looked_at(&page)?;
            for one in looked_at {
                last_at = one.at;
                self.one(one, &mut frontier)?;
                if self.found.is_some() {
                    break;
                }
            }
            page = ahead;
            if !progress(frontier.size(), size) {
                return Ok(false);
            }
        }
        if self.found.is_none() && !self.readers.rows(size, 1)?.is_empty() {
            self.bad(Some(size), "an entry stands behind the log's end");
        }
        if self.found.is_none() && frontier != head.frontier {
            self.bad(size.checked_sub(1), "the tree over the entries is not the one the log states");
        }
        if self.found.is_none() && head.last_at.is_some_and(|stated| Some(stated) != last_at) {
            self.bad(size.checked_sub(1), "the log states another time for its last entry");
        }
        Ok(true)
    }

    /// Opens a page of entries on all cores, and fetches the next page meanwhile.
    fn looked_at(&mut self, page: &[EntryRow]) -> Result<(Vec<LookedAt>, Vec<EntryRow>), LogError> {
        self.readers.take_up(page)?;
        let (opener, behind) = (self.readers.opener(), page.last().map_or(0, |(sequence, _)| sequence + 1));
        let work =
            |rows: &[EntryRow]| -> Vec<_> { rows.iter().map(|(at, row)| LookedAt::of(opener, *at, row)).collect() };
        // The snapshot stays with this thread, and the opener has no part of it.
        let reading = self.reading;
        let (parts, ahead) = on_all_cores(page, ENTRIES_A_CORE, work, || entry_rows(reading, behind, PAGE));
        Ok((parts.into_iter().flatten().collect(), ahead?))
    }

    fn one(&mut self, looked_at: LookedAt, frontier: &mut Frontier) -> Result<(), LogError> {
        let LookedAt { sequence, leaf, wrong, .. } = looked_at;
        let expected = frontier.size();
        if sequence != expected {
            self.bad(Some(expected), "the entry is missing");
            return Ok(());
        }
        if let Some(wrong) = wrong {
            self.bad(Some(sequence), wrong);
        }
        let Some(leaf) = leaf else { return Ok(()) };
        if let Some(tile) = frontier.append(leaf)
            && stored_tile(self.reading, sequence / TILE)?.as_deref() != Some(tile.as_slice())
        {
            self.bad(Some(sequence), "the tree's summary over this entry is not right");
        }
        if let Some(root) = self.roots.remove(&frontier.size())
            && root != frontier.root()
        {
            self.bad(Some(sequence), "a signed checkpoint states another log up to this entry");
        }
        Ok(())
    }

    /// Checks every checkpoint's signature, order and link to the one before. Returns how many were good.
    fn checkpoints(&mut self, head: &Head) -> u64 {
        let (mut previous, mut size, mut good) = (NO_PREVIOUS, 0, 0);
        for (number, note) in (1..).zip(std::mem::take(&mut self.notes)) {
            let Some((one, hash)) = note else {
                self.bad(Some(size), format!("checkpoint {number} is missing or not rightly signed"));
                return good;
            };
            if one.previous != previous || one.counter != number || one.size <= size && number > 1 {
                self.bad(Some(size), format!("checkpoint {number} does not follow the one before"));
                return good;
            }
            (previous, size, good) = (hash, one.size, good + 1);
        }
        if previous != head.previous {
            self.bad(Some(size), "the log names another newest checkpoint");
        }
        good
    }
}
