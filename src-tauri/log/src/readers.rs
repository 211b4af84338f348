//! Reading the log as one of its readers: opening entries, and finding them by what they are about.

use crate::checkpoint::Checkpoint;
use crate::door::Resident;
use crate::entry::{LogEntry, Opened, Outcome, Standing};
use crate::store::{
    BY_ACTOR, BY_OPERATION, BY_OUTCOME, BY_PATIENT, CLOCK_SET_BACK, ENTRIES, EntryRow, Head, LogError, SEGMENTS,
    checkpoint_note, entry_rows,
};
use crate::tree::Hash;
use keepwell_kernel::{Instant, PatientId, VaultId};
use keepwell_vault::engine::Direction;
use keepwell_vault::{Envelope, Index, Key, Reading, RowKey, Segment, VaultError, on_all_cores};
use std::collections::HashMap;
use zeroize::Zeroizing;

/// Fewer segments than this are not worth a thread.
const SEGMENTS_A_CORE: usize = 8;

/// What a filter asks for.
#[derive(Debug, Clone, Copy)]
pub enum Filter<'f> {
    /// Entries that touched a patient.
    Patient(PatientId),
    /// Entries of a member of staff, by user name in lower case.
    Actor(&'f str),
    /// Entries of an operation.
    Operation(&'f str),
    /// Entries that ended so; not for `Done`.
    Outcome(Outcome),
}

/// The segments that a session has opened, which takes longer than anything else about reading the log.
#[derive(Default)]
pub struct OpenSegments(HashMap<[u8; 16], Segment>);

impl Resident for OpenSegments {
    fn build(_: &Reading<'_>) -> Result<Self, VaultError> {
        Ok(Self::default())
    }
}

/// Reads the log as one of its readers.
pub struct Readers<'a> {
    reading: &'a Reading<'a>,
    vault: VaultId,
    private: Key,
    segments: OpenSegments,
}

impl<'a> Readers<'a> {
    /// Takes up reading.
    ///
    /// # Errors
    /// [`LogError::NotAReader`] without the log compartment.
    pub fn over(reading: &'a Reading<'a>, vault: VaultId) -> Result<Self, LogError> {
        Self::with(reading, vault, OpenSegments::default())
    }

    /// Takes up reading again, with what was opened before.
    ///
    /// # Errors
    /// [`LogError::NotAReader`] without the log compartment.
    pub fn with(reading: &'a Reading<'a>, vault: VaultId, segments: OpenSegments) -> Result<Self, LogError> {
        let private = reading.keyring().log_private().ok_or(LogError::NotAReader)?;
        Ok(Self { reading, vault, private, segments })
    }

    /// Ends reading, and returns what was opened.
    #[must_use]
    pub fn into_segments(self) -> OpenSegments {
        self.segments
    }

    /// Returns up to `limit` places from `begin` on and below `below`, newest first, that an index has for a filter.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn places(&self, filter: Filter<'_>, (begin, below): (u64, u64), limit: usize) -> Result<Vec<u64>, LogError> {
        let (index, value): (Index, &[u8]) = match &filter {
            Filter::Patient(patient) => (BY_PATIENT, patient.bytes()),
            Filter::Actor(actor) => (BY_ACTOR, actor.as_bytes()),
            Filter::Operation(operation) => (BY_OPERATION, operation.as_bytes()),
            Filter::Outcome(outcome) => (BY_OUTCOME, outcome.word().as_bytes()),
        };
        let start = self.reading.log_key().blind(index.name, value);
        let (from, until) = (start.clone().ordered(begin).done(), start.ordered(below).done());
        let marks = self.reading.marks(index, (&from, &until), Direction::Down, limit)?;
        marks.iter().map(sequence_of).collect()
    }

    /// Opens the entry at a place, with the leaf its row states.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn open(&mut self, sequence: u64) -> Result<(Opened, Hash), LogError> {
        let row = self.reading.log_get(ENTRIES, &sequence.to_be_bytes())?.ok_or(LogError::Missing("an entry"))?;
        self.open_row(sequence, &row)
    }

    fn open_row(&mut self, sequence: u64, row: &[u8]) -> Result<(Opened, Hash), LogError> {
        self.open_segment_of(sequence, row)?;
        self.opener().open(sequence, row)
    }

    /// Opens the row of an entry, and returns its bytes: salt, header and payload.
    ///
    /// # Errors
    /// [`LogError`].
    pub(crate) fn plain(&mut self, sequence: u64, row: &[u8]) -> Result<Zeroizing<Vec<u8>>, LogError> {
        self.open_segment_of(sequence, row)?;
        Ok(self.opener().plain(sequence, row)?.0)
    }

    fn open_segment_of(&mut self, sequence: u64, row: &[u8]) -> Result<(), LogError> {
        let (_, id, _) = parts_of(row)?;
        if !self.segments.0.contains_key(id) {
            let segment = self.envelope(id)?.ok_or(LogError::Missing("a segment")).and_then(|envelope| {
                let opened = Segment::open(*id, &envelope, &self.private);
                opened.map_err(|error| LogError::Sealed(sequence, error))
            })?;
            self.segments.0.insert(*id, segment);
        }
        Ok(())
    }

    fn envelope(&self, segment: &[u8; 16]) -> Result<Option<Envelope>, LogError> {
        let row = self.reading.log_get(SEGMENTS, segment)?;
        row.map(|row| Envelope::from_bytes(&row).ok_or(LogError::Missing("a segment's form"))).transpose()
    }

    /// Opens the entries at these places, in their order. Segments are opened on all cores.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn open_all(&mut self, places: &[u64]) -> Result<Vec<LogEntry>, LogError> {
        let rows: Vec<EntryRow> = places
            .iter()
            .map(|place| {
                let row = self.reading.log_get(ENTRIES, &place.to_be_bytes())?;
                Ok((*place, row.ok_or(LogError::Missing("an entry"))?))
            })
            .collect::<Result<_, LogError>>()?;
        self.take_up(&rows)?;
        rows.iter().map(|(place, row)| Ok(self.open_row(*place, row)?.0.entry)).collect()
    }

    /// Opens the segments of these entries, as far as they can be opened.
    ///
    /// # Errors
    /// [`LogError`] when the disk fails; a segment that cannot be opened is for its entries to report.
    pub fn take_up(&mut self, rows: &[EntryRow]) -> Result<(), LogError> {
        let mut closed: HashMap<[u8; 16], Envelope> = HashMap::new();
        for (_, row) in rows {
            let Ok((_, id, _)) = parts_of(row) else { continue };
            if self.segments.0.contains_key(id) || closed.contains_key(id) {
                continue;
            }
            match self.envelope(id) {
                Ok(envelope) => closed.extend(envelope.map(|envelope| (*id, envelope))),
                Err(LogError::Vault(error @ VaultError::Engine(_))) => return Err(error.into()),
                Err(_) => {}
            }
        }
        let (closed, private): (Vec<_>, _) = (closed.into_iter().collect(), &self.private);
        let open = |closed: &[([u8; 16], Envelope)]| -> Vec<([u8; 16], Segment)> {
            let opened = closed.iter().map(|(id, envelope)| Some((*id, Segment::open(*id, envelope, private).ok()?)));
            opened.flatten().collect()
        };
        let (opened, ()) = on_all_cores(&closed, SEGMENTS_A_CORE, open, || ());
        self.segments.0.extend(opened.into_iter().flatten());
        Ok(())
    }

    /// Narrows down, within a run, where the first entry from a moment on stands, by the times that the checkpoints state.
    /// They need no opening, where every entry on the way would have a segment of its own to be opened first. What they
    /// state is a guess until the entries on both sides are looked at.
    ///
    /// # Errors
    /// [`LogError`] when the disk fails.
    pub fn narrowed(&self, (begin, end): (u64, u64), from: Instant) -> Result<(u64, u64), LogError> {
        let (mut low, mut high) = (1, Head::read(self.reading)?.checkpoints + 1);
        let (mut first, mut last) = (begin, end);
        while low < high {
            let middle = low + (high - low) / 2;
            let note = checkpoint_note(self.reading, middle)?;
            let Some(stated) = note.and_then(|note| Checkpoint::stated(&note).ok()) else { return Ok((begin, end)) };
            // The one that ends the run may have been signed after the clock was set back.
            if stated.size <= begin || stated.size < end && stated.at < from {
                (low, first) = (middle + 1, first.max(stated.size));
            } else {
                (high, last) = (middle, last.min(stated.size));
            }
        }
        Ok((first, last))
    }

    /// Returns the stretches of the log in which time only goes on, newest first: where each begins and ends.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn runs(&self, size: u64) -> Result<Vec<(u64, u64)>, LogError> {
        let key = |sequence| self.reading.log_key().ordered(sequence).done();
        let (mut runs, mut end) = (Vec::new(), size);
        while end > 0 {
            let marks = self.reading.marks(CLOCK_SET_BACK, (&key(0), &key(end)), Direction::Down, 1)?;
            let begin = marks.first().map_or(Ok(0), sequence_of)?;
            runs.push((begin, end));
            end = begin;
        }
        Ok(runs)
    }

    /// Returns up to `limit` entry rows from a place on, for a check of the whole log.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn rows(&self, from: u64, limit: usize) -> Result<Vec<EntryRow>, LogError> {
        entry_rows(self.reading, from, limit)
    }

    /// Returns what opens entries whose segments were taken up, and can be given to other threads.
    #[must_use]
    pub const fn opener(&self) -> Opener<'_> {
        Opener { vault: self.vault, segments: &self.segments.0 }
    }
}

fn sequence_of(key: &RowKey) -> Result<u64, LogError> {
    let sequence = key.bytes().last_chunk::<8>().ok_or(LogError::Missing("part of an index key"))?;
    Ok(u64::from_be_bytes(*sequence))
}

/// Opens entries that were fetched already, without the snapshot they came from.
#[derive(Clone, Copy)]
pub struct Opener<'a> {
    vault: VaultId,
    segments: &'a HashMap<[u8; 16], Segment>,
}

impl Opener<'_> {
    /// Opens an entry, and returns it with the leaf its row states.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn open(self, sequence: u64, row: &[u8]) -> Result<(Opened, Hash), LogError> {
        let (plain, leaf) = self.plain(sequence, row)?;
        Ok((Opened::from_bytes(&plain)?, leaf))
    }

    /// Opens an entry for where it stands alone, with the leaf its row states.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn standing(self, sequence: u64, row: &[u8]) -> Result<(Standing, Hash), LogError> {
        let (plain, leaf) = self.plain(sequence, row)?;
        Ok((Standing::from_bytes(&plain)?, leaf))
    }

    fn plain(self, sequence: u64, row: &[u8]) -> Result<(Zeroizing<Vec<u8>>, Hash), LogError> {
        let (leaf, id, sealed) = parts_of(row)?;
        let segment = self.segments.get(id).ok_or(LogError::Missing("a segment"))?;
        let plain = segment.open_entry(self.vault, sequence, sealed);
        Ok((plain.map_err(|error| LogError::Sealed(sequence, error))?, leaf))
    }
}

/// Splits an entry's row into its leaf, its segment's id and what is sealed.
fn parts_of(row: &[u8]) -> Result<(Hash, &[u8; 16], &[u8]), LogError> {
    const CUT: LogError = LogError::Missing("part of an entry");
    let (leaf, rest) = row.split_first_chunk::<32>().ok_or(CUT)?;
    let (id, sealed) = rest.split_first_chunk::<16>().ok_or(CUT)?;
    Ok((*leaf, id, sealed))
}
