//! The entries that were disclosed: each is hashed anew and held to the leaf at its place (FORMAT.md section 8).

use crate::document::{Header, Payload};
use crate::lines::Blocks;
use crate::moment::Moment;
use crate::note::decimal;
use crate::report::{ClockStep, Findings, ShownEntry, Span, Tally};
use crate::rows::{self, Table};
use crate::say;
use crate::source::Unreadable;
use crate::tree::{Hash, hash, leaf};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::Read;
use std::thread;

pub(crate) const FILE: &str = "log/entries.ndjson";

/// A line in one of its two forms, its base64 not looked at.
struct Line<'a> {
    sequence: u64,
    header: &'a [u8],
    /// The salt, and the payload; or the payload's hash, and nothing.
    first: &'a [u8],
    payload: Option<&'a [u8]>,
}

impl<'a> Line<'a> {
    fn read(line: &'a [u8]) -> Option<Self> {
        let rest = line.strip_prefix(b"{\"sequence\":")?;
        let comma = rest.iter().position(|sign| *sign == b',')?;
        let (number, rest) = rest.split_at_checked(comma)?;
        let sequence = std::str::from_utf8(number).ok().and_then(decimal)?;
        let (header, rest) = member(rest, b",\"header\":\"")?;
        if let Some((salt, rest)) = member(rest, b",\"salt\":\"") {
            let (payload, rest) = member(rest, b",\"payload\":\"")?;
            return (rest == b"}").then_some(Self { sequence, header, first: salt, payload: Some(payload) });
        }
        let (payload_hash, rest) = member(rest, b",\"payload_hash\":\"")?;
        (rest == b"}").then_some(Self { sequence, header, first: payload_hash, payload: None })
    }
}

/// Splits off a member of the line, given what stands before its value.
fn member<'a>(line: &'a [u8], before: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let rest = line.strip_prefix(before)?;
    let end = memchr::memchr(b'"', rest)?;
    Some((rest.get(..end)?, rest.get(end + 1..)?))
}

/// What a line came to by itself.
struct Judged {
    entry: Option<u64>,
    fact: Result<Fact, String>,
}

struct Fact {
    at: Moment,
    redacted: bool,
    row_end: usize,
}

/// What is wanted of every entry.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) leaves: &'a [Hash],
    pub(crate) show: Option<u64>,
    pub(crate) rows: bool,
}

/// What a block of lines came to.
struct Block {
    lines: Vec<Judged>,
    rows: Vec<u8>,
    shown: Option<ShownEntry>,
}

fn judge_block(bytes: &[u8], wanted: Wanted<'_>) -> Block {
    // A row is shorter than its line, so this is enough, and nothing is moved while it grows.
    let room = if wanted.rows { bytes.len() } else { 0 };
    let mut block = Block { lines: Vec::new(), rows: Vec::with_capacity(room), shown: None };
    let mut buffers = Buffers::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        // A line without its line feed is the last one, and in no form.
        let (line, after) =
            memchr::memchr(b'\n', rest).and_then(|end| rest.split_at_checked(end)).unwrap_or((&[], &[]));
        rest = after.get(1..).unwrap_or(&[]);
        let Some(read) = Line::read(line) else {
            let words = "is in no form that an entry has, or is cut short".to_owned();
            block.lines.push(Judged { entry: None, fact: Err(words) });
            continue;
        };
        let fact = judge(&read, wanted, &mut buffers, &mut block);
        block.lines.push(Judged { entry: Some(read.sequence), fact });
    }
    block
}

/// Room for what base64 stands for, used again for each line.
#[derive(Default)]
struct Buffers {
    header: Vec<u8>,
    first: Vec<u8>,
    payload: Vec<u8>,
}

fn decode(text: &[u8], into: &mut Vec<u8>) -> Result<(), String> {
    into.clear();
    STANDARD.decode_vec(text, into).map_err(|_| "holds a part that is not base64".to_owned())
}

fn judge(line: &Line<'_>, wanted: Wanted<'_>, buffers: &mut Buffers, block: &mut Block) -> Result<Fact, String> {
    decode(line.header, &mut buffers.header)?;
    decode(line.first, &mut buffers.first)?;
    decode(line.payload.unwrap_or_default(), &mut buffers.payload)?;
    let first: &Hash = buffers.first.as_slice().try_into().map_err(|_| "has a salt or hash of the wrong length")?;
    let payload_hash = if line.payload.is_some() { hash(&[first, &buffers.payload]) } else { *first };
    let place = usize::try_from(line.sequence).ok().and_then(|place| wanted.leaves.get(place));
    let committed = place.ok_or("lies beyond the end of the log")?;
    if leaf(&buffers.header, &payload_hash) != *committed {
        return Err("is not the entry that the log has there: it was changed after it was written".to_owned());
    }
    let header = Header::read(&buffers.header).map_err(|flaw| format!("has a header that is damaged: {flaw}"))?;
    if header.sequence != line.sequence {
        return Err("says in its header that it is another entry".to_owned());
    }
    let payload = line.payload.map(|_| Payload::read(&buffers.payload)).transpose();
    let payload = payload.map_err(|flaw| format!("has a payload that is damaged: {flaw}"))?;
    if wanted.rows {
        rows::add(&mut block.rows, &header, payload.as_ref());
    }
    if wanted.show == Some(line.sequence) {
        block.shown = Some(say::fields(&header, payload.as_ref()));
    }
    Ok(Fact { at: header.at, redacted: payload.is_none(), row_end: block.rows.len() })
}

/// What all entries came to.
#[derive(Default)]
pub(crate) struct Entries {
    pub(crate) lines: u64,
    pub(crate) redacted: u64,
    pub(crate) flawed: bool,
    pub(crate) not_disclosed: u64,
    pub(crate) gaps: Tally<Span>,
    pub(crate) shown: Option<ShownEntry>,
    /// The entry after the highest that was named.
    next: u64,
    last: Option<Moment>,
}

impl Entries {
    fn take(&mut self, line: &Judged, findings: &mut Findings, steps: &mut Tally<ClockStep>) {
        self.lines += 1;
        let number = self.lines;
        let Some(entry) = line.entry else {
            let words = line.fact.as_ref().err().map_or("", String::as_str);
            return self.flaw(findings, None, format!("Line {number} {words}."));
        };
        let out_of_order = entry < self.next;
        match &line.fact {
            Err(words) => self.flaw(findings, Some(entry), format!("Entry {entry} (line {number}) {words}.")),
            Ok(_) if out_of_order => {
                let words = format!("Entry {entry} (line {number}) stands there twice or after a later one.");
                self.flaw(findings, Some(entry), words);
            }
            Ok(fact) => {
                self.redacted += u64::from(fact.redacted);
                if let Some(before) = self.last.replace(fact.at).filter(|before| fact.at.millis < before.millis) {
                    let (from, to) = (before.utc(), fact.at.utc());
                    steps.add(ClockStep { at: entry, checkpoint: false, from, to });
                }
            }
        }
        self.gap_until(entry);
        self.next = self.next.max(entry.saturating_add(1));
    }

    fn flaw(&mut self, findings: &mut Findings, entry: Option<u64>, words: String) {
        self.flawed = true;
        findings.add_for(FILE, entry.map(Span::one), words);
    }

    fn gap_until(&mut self, entry: u64) {
        if let Some(gap) = Span::until(self.next, entry) {
            self.not_disclosed += entry - self.next;
            self.gaps.add(gap);
        }
    }
}

/// Checks every entry, on all cores, and compares the table with them on the way.
///
/// # Errors
/// [`Unreadable`] when a file cannot be read.
pub(crate) fn check<R: Read, T: Read>(
    blocks: &mut Blocks<R>,
    mut table: Option<&mut Table<T>>,
    wanted: Wanted<'_>,
    findings: &mut Findings,
    steps: &mut Tally<ClockStep>,
) -> Result<Entries, Unreadable> {
    let mut entries = Entries::default();
    let mut round = next_round(blocks)?;
    while !round.is_empty() {
        let (judged, following) = thread::scope(|scope| {
            let judge = |bytes: &Vec<u8>| judge_block(bytes, wanted);
            let workers: Vec<_> = round.iter().map(|bytes| scope.spawn(move || judge(bytes))).collect();
            // The next blocks are read and measured while these are judged.
            let following = next_round(blocks);
            let join = |worker: thread::ScopedJoinHandle<'_, Block>| {
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            (workers.into_iter().map(join).collect::<Vec<_>>(), following)
        });
        for block in judged {
            block.lines.iter().for_each(|line| entries.take(line, findings, steps));
            if let Some(table) = table.as_deref_mut().filter(|_| !entries.flawed) {
                let ends = block.lines.iter().filter_map(|line| Some((line.entry?, line.fact.as_ref().ok()?.row_end)));
                table.compare(&block.rows, ends)?;
            }
            entries.shown = entries.shown.or(block.shown);
        }
        round = following?;
    }
    entries.gap_until(wanted.leaves.len() as u64);
    Ok(entries)
}

fn next_round<R: Read>(blocks: &mut Blocks<R>) -> Result<Vec<Vec<u8>>, Unreadable> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(16);
    let mut round = Vec::with_capacity(cores);
    while round.len() < cores {
        let Some(block) = blocks.next()? else { break };
        round.push(block);
    }
    Ok(round)
}
