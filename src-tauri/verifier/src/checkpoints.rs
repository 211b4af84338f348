//! The checkpoints of the log: form, signature, order (FORMAT.md section 6).

use crate::keys::Keys;
use crate::moment::Moment;
use crate::note::{Note, decimal, hash_from_base64, hash_from_hex, is_name};
use crate::report::{ClockStep, Findings, KeyInForce, Tally};
use crate::tree::{Hash, hash};
use std::thread;

pub(crate) const FILE: &str = "log/checkpoints.txt";

/// What the log stood for at one moment, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    pub(crate) origin: String,
    pub(crate) size: u64,
    pub(crate) root: Hash,
    pub(crate) at: Moment,
    pub(crate) counter: u64,
    previous: Hash,
}

impl Checkpoint {
    /// Reads the text of a checkpoint.
    ///
    /// # Errors
    /// The number of the first line that is not as it must be.
    pub(crate) fn read(text: &str) -> Result<Self, usize> {
        let mut lines = Lines { rest: text, number: 0 };
        let origin = lines.next("", |line| is_name(line).then(|| line.to_owned()))?;
        let size = lines.next("", decimal)?;
        let root = lines.next("", hash_from_base64)?;
        lines.next("digest ", hash_from_hex)?;
        let at = lines.next("time ", Moment::read)?;
        lines.next("version ", |line| (!line.is_empty() && !line.contains(char::is_control)).then_some(()))?;
        let counter = lines.next("counter ", decimal)?;
        let previous = lines.next("previous ", hash_from_hex)?;
        if lines.rest.is_empty() { Ok(Self { origin, size, root, at, counter, previous }) } else { Err(9) }
    }
}

struct Lines<'a> {
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    fn next<T>(&mut self, label: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Result<T, usize> {
        self.number += 1;
        let (line, rest) = self.rest.split_once('\n').ok_or(self.number)?;
        self.rest = rest;
        line.strip_prefix(label).and_then(read).ok_or(self.number)
    }
}

/// Splits the file into notes; and says whether all of it could be split.
fn split(mut bytes: &[u8]) -> (Vec<&[u8]>, bool) {
    let mut notes = Vec::new();
    while !bytes.is_empty() {
        let Some((note, rest)) = split_one(bytes) else { return (notes, false) };
        notes.push(note);
        bytes = rest;
    }
    (notes, true)
}

fn split_one(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().take(32).position(|sign| *sign == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    let length = std::str::from_utf8(line.strip_prefix(b"note ")?).ok().and_then(decimal)?;
    rest.get(1..)?.split_at_checked(usize::try_from(length).ok()?)
}

/// A note that has the form of a checkpoint.
struct Read {
    checkpoint: Checkpoint,
    text: Hash,
    /// The key that signed it rightly, or why it is not good.
    signed: Result<usize, &'static str>,
}

fn read(note: &[u8], origin: &str, keys: &Keys) -> Result<Read, String> {
    let note = Note::read(note).ok_or_else(|| "is no signed note".to_owned())?;
    let checkpoint =
        Checkpoint::read(note.text).map_err(|line| format!("is damaged: its line {line} is not as it must be"))?;
    let signed = if checkpoint.origin == origin {
        signer(&note, &checkpoint, origin, keys)
    } else {
        Err("belongs to another log")
    };
    Ok(Read { checkpoint, text: hash(&[note.text.as_bytes()]), signed })
}

/// Returns the place of the key in force that signed a checkpoint, or why there is none.
pub(crate) fn signer(
    note: &Note<'_>,
    checkpoint: &Checkpoint,
    origin: &str,
    keys: &Keys,
) -> Result<usize, &'static str> {
    let place = keys.in_force(checkpoint.counter).ok_or("was signed when no known key was in force")?;
    let signed = keys.all.get(place).is_some_and(|key| note.is_signed_by(origin, &key.key));
    if signed { Ok(place) } else { Err("is not signed by this log's key") }
}

/// What the checkpoints came to.
pub(crate) struct Checkpoints {
    /// How many notes there are.
    pub(crate) count: u64,
    /// Those whose form, origin and signature hold.
    pub(crate) good: Vec<Checkpoint>,
    /// Whether the last note of the file is the last good one.
    pub(crate) last_is_good: bool,
    pub(crate) keys: Vec<KeyInForce>,
}

/// Checks form, signatures and order.
pub(crate) fn check(
    bytes: &[u8],
    origin: &str,
    keys: &Keys,
    findings: &mut Findings,
    steps: &mut Tally<ClockStep>,
) -> Checkpoints {
    let (notes, whole) = split(bytes);
    let read = read_all(&notes, origin, keys);
    let mut done =
        Checkpoints { count: notes.len() as u64, good: Vec::new(), last_is_good: false, keys: describe(keys) };
    let mut before: Option<&Read> = None;
    for (number, one) in read.iter().enumerate() {
        done.last_is_good = false;
        let one = match one {
            Ok(one) => one,
            Err(words) => {
                findings.add(FILE, format!("Checkpoint {} of the file {words}.", number + 1));
                before = None;
                continue;
            }
        };
        let counter = one.checkpoint.counter;
        match one.signed {
            // Without any key there is one finding already, for all of them.
            Err(_) if keys.all.is_empty() => {}
            Err(words) => findings.add(FILE, format!("The checkpoint with counter {counter} {words}.")),
            Ok(place) => done.add(&one.checkpoint, place, steps),
        }
        let flaw = if number == 0 { first_flaw(one) } else { before.and_then(|before| order_flaw(before, one)) };
        if let Some(words) = flaw {
            findings.add(FILE, format!("The checkpoint with counter {counter} {words}."));
        }
        before = Some(one);
    }
    if !whole {
        findings.add(FILE, format!("After checkpoint {} it cannot be read any further.", notes.len()));
    } else if notes.is_empty() {
        findings.add(FILE, "It holds no checkpoint.");
    }
    done
}

impl Checkpoints {
    fn add(&mut self, checkpoint: &Checkpoint, place: usize, steps: &mut Tally<ClockStep>) {
        if let Some(before) = self.good.last().filter(|before| checkpoint.at.millis < before.at.millis) {
            let (from, to) = (before.at.utc(), checkpoint.at.utc());
            steps.add(ClockStep { at: checkpoint.counter, checkpoint: true, from, to });
        }
        if let Some(key) = self.keys.get_mut(place) {
            key.checkpoints += 1;
            key.from_size.get_or_insert(checkpoint.size);
        }
        self.good.push(checkpoint.clone());
        self.last_is_good = true;
    }
}

fn describe(keys: &Keys) -> Vec<KeyInForce> {
    let describe = |key: &crate::keys::Key| KeyInForce {
        public_key: crate::keys::written(&key.key),
        from_counter: key.from_counter,
        checkpoints: 0,
        from_size: None,
    };
    keys.all.iter().map(describe).collect()
}

/// Reads the notes on all cores, because a signature takes thirty times as long as a hash.
fn read_all(notes: &[&[u8]], origin: &str, keys: &Keys) -> Vec<Result<Read, String>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = notes.len().div_ceil(cores).max(64);
    thread::scope(|scope| {
        let start = |part: &'_ [&'_ [u8]]| part.iter().map(|note| read(note, origin, keys)).collect::<Vec<_>>();
        let workers: Vec<_> = notes.chunks(share).map(|part| scope.spawn(move || start(part))).collect();
        let join = |worker: thread::ScopedJoinHandle<'_, Vec<_>>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect()
    })
}

fn first_flaw(one: &Read) -> Option<&'static str> {
    (one.checkpoint.previous != [0; 32]).then_some("is the first one here, and the log had checkpoints before it")
}

fn order_flaw(before: &Read, one: &Read) -> Option<&'static str> {
    let (before, text, one) = (&before.checkpoint, before.text, &one.checkpoint);
    if one.counter <= before.counter {
        Some("does not count up from the one before it: they were put in another order, or one stands there twice")
    } else if one.size < before.size {
        Some("covers fewer entries than the one before it: the log was cut")
    } else if one.previous != text {
        Some("does not follow the one before it: a checkpoint is missing or was replaced")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;

    /// The note and its hash stand in the test of `keepwell-log` that writes them.
    #[test]
    fn the_note_that_the_log_writes_is_read() {
        let note = "keepwell/3f0c\n4711\nPAb5plclr2BSYfY2ZyyWINQJcx2JpFHXRV/pxK4WeCk=\n\
                    digest fdbdaaa0959f80bf87b91226690f2152056845eed2c6eaee5a3509d0b07b25f6\n\
                    time 2026-03-01T09:15:00.250-05:00\nversion 0.1.0\ncounter 812\n\
                    previous 0000000000000000000000000000000000000000000000000000000000000000\n\n\
                    — keepwell/3f0c a/8jb4wd40mRBnW1p5lE6btQBAn250mkGokY3PWqfiIjredgvf7\
                    hroNBY51nTAB9+wjf2agHuU1kvGKOlYsKhamy1w4=\n";
        let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
        let keys = Keys { all: vec![crate::keys::Key { key, from_counter: 812 }] };
        let read = read(note.as_bytes(), "keepwell/3f0c", &keys).unwrap();
        assert_eq!((read.signed, read.checkpoint.size, read.checkpoint.counter), (Ok(0), 4711, 812));
        let hash = "2efc57c844d01dc1815d35782fd8119bd48e78ae1535304cde4dc3e958cc9cac";
        assert_eq!(hex::encode(read.text), hash);
    }
}
