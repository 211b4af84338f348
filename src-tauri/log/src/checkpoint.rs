//! Checkpoints: C2SP `tlog-checkpoint` bodies in C2SP `signed-note` envelopes; and the anchors kept outside the store.
//!
//! The note is UTF-8 text, every line ended by one line feed, in exactly this order:
//! ```text
//! keepwell/<vault id>                  the origin, which is also the name of the signing key
//! 4711                                 the number of log entries, decimal, no leading zero
//! <44 characters>                      the tree's root, standard base64 with padding
//! digest <64 hex digits>               the state digest, lower case
//! time 2026-03-01T09:15:00.000-05:00   RFC 3339, always three decimals, always a numeric offset
//! version <software version>
//! counter 812                          the number of this checkpoint, from 1, decimal, no leading zero
//! previous <64 hex digits>             SHA-256 of the previous checkpoint's text, or 64 zeros for the first
//!                                      an empty line; the text that is signed ends before it
//! — keepwell/<vault id> <base64>       4 bytes of key hash, then the 64-byte Ed25519 signature of the text
//! ```
//! Further signature lines, by witnesses, may follow or precede ours.

use crate::tree::Hash;
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, FixedOffset};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Stands in [`Checkpoint::previous`] of the first checkpoint of a log.
pub const NO_PREVIOUS: Hash = [0; 32];

/// Is the form of the time line: RFC 3339 with milliseconds and a numeric offset.
const TIME_FORMAT: &str = "%Y-%m-%dT%H:%M:%S%.3f%:z";

/// Is the signature algorithm byte of Ed25519 in a signed note's key hash (C2SP signed-note, "Signature types").
const ED25519: u8 = 0x01;

/// Is the largest number of signature lines that is read, so that a hostile note cannot cost unbounded work.
const MAX_SIGNATURES: usize = 100;

/// Is how many signatures are checked in one sum: more gain little, and one bad one costs the sum.
const BATCH: usize = 128;

/// Says why a note is not a checkpoint of this log, or why a checkpoint has no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// The note is not a text, an empty line and one or more well-formed signature lines, or has control characters.
    #[error("the checkpoint is not a signed note")]
    MalformedNote,
    /// A line of the text is missing, extra, out of order or not in its one permitted form.
    #[error("line {0} of the checkpoint is not as it must be")]
    MalformedLine(usize),
    /// No signature line names the expected key.
    #[error("the checkpoint is not signed by this log's key")]
    Unsigned,
    /// A signature line names the expected key, but the signature is not that key's signature of this text.
    #[error("the checkpoint's signature is wrong")]
    BadSignature,
    /// More than one signature line names the expected key.
    #[error("the checkpoint is signed twice by the same key")]
    SignedTwice,
    /// The text speaks for another log than the expected one.
    #[error("the checkpoint belongs to another log")]
    WrongOrigin,
    /// A field cannot be written so that it reads back the same, such as a version with a line break.
    #[error("the checkpoint cannot be written down")]
    Unwritable,
}

/// What the log stood for at one moment, as it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, `keepwell/<vault id>`: not empty, without white space, control characters or `+`.
    pub origin: String,
    /// The number of entries in the log.
    pub size: u64,
    /// The root of the log's tree at that size.
    pub root: Hash,
    /// The SHA-256 of the store's state digest at that size.
    pub digest: Hash,
    /// The moment of signing with the offset in force (whole minutes), kept to the millisecond.
    pub at: DateTime<FixedOffset>,
    /// The version of the software that signed, without control characters.
    pub version: String,
    /// The number of this checkpoint: 1 for the first, and one more for each that follows.
    pub counter: u64,
    /// The [`Checkpoint::hash`] of the checkpoint before this one, or [`NO_PREVIOUS`].
    pub previous: Hash,
}

impl Checkpoint {
    /// Returns the signed note, with one signature line whose key name is the origin.
    ///
    /// # Errors
    /// Returns [`CheckpointError::Unwritable`] when a field has no canonical form, so that a note once signed always
    /// opens again.
    pub fn sign(&self, key: &SigningKey) -> Result<String, CheckpointError> {
        let text = self.text();
        let read = Self::parse(&text).map_err(|_| CheckpointError::Unwritable)?;
        // An offset with seconds would be rounded when written, and so move the moment.
        let same_moment = read.at.timestamp_millis() == self.at.timestamp_millis();
        if !same_moment || read.text() != text {
            return Err(CheckpointError::Unwritable);
        }
        Ok(sign_text(&text, &self.origin, key))
    }

    /// Reads a note after checking that it bears exactly one signature by `key` under the name `expected_origin`, and
    /// that it is right. Signatures by other keys are passed over, as the signed-note specification says.
    ///
    /// # Errors
    /// Returns a [`CheckpointError`] for anything but a canonical checkpoint of that origin signed by that key.
    pub fn open(note: &str, key: &VerifyingKey, expected_origin: &str) -> Result<Self, CheckpointError> {
        Self::of(open_note(note, key, expected_origin)?, expected_origin)
    }

    /// Does to many notes what [`Self::open`] does to one, in about half the time, and answers in their order.
    ///
    /// # Errors
    /// Each answer has its own [`CheckpointError`], as [`Self::open`] would give it.
    pub fn open_all(notes: &[&str], key: &VerifyingKey, expected_origin: &str) -> Vec<Result<Self, CheckpointError>> {
        notes.chunks(BATCH).flat_map(|batch| open_batch(batch, key, expected_origin)).collect()
    }

    /// Reads a text whose signature was found right.
    fn of(text: &str, expected_origin: &str) -> Result<Self, CheckpointError> {
        let checkpoint = Self::parse(text)?;
        if checkpoint.origin == expected_origin { Ok(checkpoint) } else { Err(CheckpointError::WrongOrigin) }
    }

    /// Reads what a note states without asking who signed it: good for finding one's way, and for nothing else.
    ///
    /// # Errors
    /// Returns a [`CheckpointError`] for anything but a canonical checkpoint.
    pub(crate) fn stated(note: &str) -> Result<Self, CheckpointError> {
        Self::parse(split_note(note)?.0)
    }

    /// Returns the SHA-256 of a note's signed text (everything up to the line feed before the empty line), which the
    /// next checkpoint names as its previous one. Signatures are left out, so a witness may add one later.
    ///
    /// # Errors
    /// Returns [`CheckpointError::MalformedNote`] when the note has no text or no signature line. No signature is
    /// checked.
    pub fn hash(note: &str) -> Result<Hash, CheckpointError> {
        Ok(Sha256::digest(split_note(note)?.0.as_bytes()).into())
    }

    /// Returns the text that is signed.
    fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\ndigest {}\ntime {}\nversion {}\ncounter {}\nprevious {}\n",
            self.origin,
            self.size,
            STANDARD.encode(self.root),
            hex::encode(self.digest),
            self.at.format(TIME_FORMAT),
            self.version,
            self.counter,
            hex::encode(self.previous),
        )
    }

    /// Reads the text that is signed, refusing every form but the one [`Self::text`] writes.
    fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = Lines { rest: text, number: 0 };
        let checkpoint = Self {
            origin: lines.read("", |line| key_name_is_valid(line).then(|| line.to_owned()))?,
            size: lines.read("", decimal)?,
            root: lines.read("", base64_hash)?,
            digest: lines.read("digest ", hex_hash)?,
            at: lines.read("time ", time)?,
            version: lines.read("version ", |line| is_plain(line).then(|| line.to_owned()))?,
            counter: lines.read("counter ", decimal)?,
            previous: lines.read("previous ", hex_hash)?,
        };
        if lines.rest.is_empty() { Ok(checkpoint) } else { Err(CheckpointError::MalformedLine(lines.number + 1)) }
    }
}

/// The lines of a checkpoint's text not read yet, and the number of the last line read.
struct Lines<'a> {
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    /// Reads the next line, which must begin with `label` and go on with something `read` accepts.
    fn read<T>(&mut self, label: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Result<T, CheckpointError> {
        self.number += 1;
        let malformed = CheckpointError::MalformedLine(self.number);
        let (line, rest) = self.rest.split_once('\n').ok_or(malformed)?;
        self.rest = rest;
        line.strip_prefix(label).and_then(read).ok_or(malformed)
    }
}

/// Returns a decimal number without sign or leading zero.
fn decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

/// Returns 32 bytes from their one standard base64 form.
fn base64_hash(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Returns 32 bytes from lower-case hex.
fn hex_hash(text: &str) -> Option<Hash> {
    let hash: Hash = hex::decode(text).ok()?.try_into().ok()?;
    (hex::encode(hash) == text).then_some(hash)
}

/// Returns a time from its one permitted form.
fn time(text: &str) -> Option<DateTime<FixedOffset>> {
    let at = DateTime::parse_from_rfc3339(text).ok()?;
    (at.format(TIME_FORMAT).to_string() == text).then_some(at)
}

/// Returns whether the text is not empty and has no control characters.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_control)
}

/// Returns whether the name may stand in a signature line (C2SP signed-note: not empty, no white space, no plus).
fn key_name_is_valid(name: &str) -> bool {
    is_plain(name) && !name.chars().any(|c| c.is_whitespace() || c == '+')
}

/// Returns the first four bytes of SHA-256(name || 0x0A || 0x01 || public key) (C2SP signed-note).
pub fn key_hash(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([0x0a, ED25519]).chain_update(key.as_bytes()).finalize();
    let [a, b, c, d, ..]: Hash = hash.into();
    [a, b, c, d]
}

/// Returns a signed note of a text that ends with a line feed, with one signature line (C2SP signed-note).
pub fn sign_text(text: &str, name: &str, key: &SigningKey) -> String {
    let mut signature = key_hash(name, &key.verifying_key()).to_vec();
    signature.extend(key.sign(text.as_bytes()).to_bytes());
    format!("{text}\n— {name} {}\n", STANDARD.encode(signature))
}

/// Splits a note into its text, with the last line feed, and its signature lines.
///
/// # Errors
/// [`CheckpointError::MalformedNote`].
pub fn split_note(note: &str) -> Result<(&str, &str), CheckpointError> {
    let malformed = CheckpointError::MalformedNote;
    let (body, signatures) = note.rsplit_once("\n\n").ok_or(malformed)?;
    let text = note.get(..=body.len()).ok_or(malformed)?;
    if body.is_empty() || note.chars().any(|c| c != '\n' && c.is_ascii_control()) {
        return Err(malformed);
    }
    Ok((text, signatures.strip_suffix('\n').ok_or(malformed)?))
}

/// Reads one signature line: its key name, key hash and signature.
fn read_signature(line: &str) -> Option<(&str, [u8; 4], Vec<u8>)> {
    let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    (key_name_is_valid(name) && !signature.is_empty()).then(|| (name, *id, signature.to_vec()))
}

/// Returns the text of a note that bears exactly one signature, a right one, by `key` under the name `name`.
///
/// # Errors
/// [`CheckpointError`].
pub fn open_note<'a>(note: &'a str, key: &VerifyingKey, name: &str) -> Result<&'a str, CheckpointError> {
    let (text, signature) = signed_note(note, key, name)?;
    key.verify_strict(text.as_bytes(), &signature).map_err(|_| CheckpointError::BadSignature)?;
    Ok(text)
}

/// Opens notes whose signatures are checked in one sum. Where the sum is not right, or one of them has no signature to
/// check, each is opened by itself, which tells which one it is. Nobody without the key can make the sum right: what it
/// lets pass and [`open_note`] would not are signatures that the key's own holder bent.
fn open_batch(batch: &[&str], key: &VerifyingKey, name: &str) -> Vec<Result<Checkpoint, CheckpointError>> {
    let signed: Result<Vec<_>, _> = batch.iter().map(|note| signed_note(note, key, name)).collect();
    if let Ok(signed) = signed {
        let (texts, signatures): (Vec<&str>, Vec<Signature>) = signed.into_iter().unzip();
        let messages: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        if ed25519_dalek::verify_batch(&messages, &signatures, &vec![*key; batch.len()]).is_ok() {
            return texts.into_iter().map(|text| Checkpoint::of(text, name)).collect();
        }
    }
    batch.iter().map(|note| Checkpoint::open(note, key, name)).collect()
}

/// Returns the text of a note and its one signature by `key` under the name `name`, which nobody has checked yet.
fn signed_note<'a>(note: &'a str, key: &VerifyingKey, name: &str) -> Result<(&'a str, Signature), CheckpointError> {
    let (text, signatures) = split_note(note)?;
    let ours = key_hash(name, key);
    let mut signed = None;
    for (number, line) in signatures.split('\n').enumerate() {
        let (signer, id, signature) = read_signature(line).ok_or(CheckpointError::MalformedNote)?;
        if number >= MAX_SIGNATURES {
            return Err(CheckpointError::MalformedNote);
        }
        if signer != name || id != ours {
            continue;
        }
        let signature = Signature::from_slice(&signature).map_err(|_| CheckpointError::BadSignature)?;
        if signed.replace(signature).is_some() {
            return Err(CheckpointError::SignedTwice);
        }
    }
    Ok((text, signed.ok_or(CheckpointError::Unsigned)?))
}

/// Is what is kept of a checkpoint outside the store, where whoever can replace the store's file cannot reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The number of entries in the log.
    pub size: u64,
    /// The root of the log's tree at that size.
    pub root: Hash,
    /// The number of the checkpoint at that size.
    pub counter: u64,
}

/// Says that a text is not an [`Anchor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the anchor cannot be read")]
pub struct AnchorError;

impl From<&Checkpoint> for Anchor {
    fn from(checkpoint: &Checkpoint) -> Self {
        Self { size: checkpoint.size, root: checkpoint.root, counter: checkpoint.counter }
    }
}

/// Writes `size:root:counter`, the numbers decimal and the root in standard base64.
impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.size, STANDARD.encode(self.root), self.counter)
    }
}

/// Reads what `Display` writes and nothing else.
impl FromStr for Anchor {
    type Err = AnchorError;

    fn from_str(text: &str) -> Result<Self, AnchorError> {
        let (size, rest) = text.split_once(':').ok_or(AnchorError)?;
        let (root, counter) = rest.split_once(':').ok_or(AnchorError)?;
        Ok(Self {
            size: decimal(size).ok_or(AnchorError)?,
            root: base64_hash(root).ok_or(AnchorError)?,
            counter: decimal(counter).ok_or(AnchorError)?,
        })
    }
}

/// Says how a log stands to an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorVerdict {
    /// The log is exactly the anchored one.
    Same,
    /// The log extends the anchored one, which is normal after a crash: the store commits before the anchor is written.
    Ahead,
    /// The log has fewer entries than the anchored one: an older file was put back, or entries were cut off.
    Behind,
    /// The log has other entries than the anchored one: it is not the same log any more.
    Forked,
}

/// Returns how the log of `size` entries stands to `anchor`. `root_at` gives the log's root at an earlier or the same
/// size, recomputed from its stored hashes, and is asked only for the anchor's size.
///
/// Only the log is compared. Every change of the store has a log entry, so the commit counters need no comparison for
/// this verdict; the caller may compare them besides.
///
/// # Errors
/// Returns the error of `root_at`.
pub fn extends<E>(
    anchor: &Anchor,
    size: u64,
    root_at: impl FnOnce(u64) -> Result<Hash, E>,
) -> Result<AnchorVerdict, E> {
    if size < anchor.size {
        return Ok(AnchorVerdict::Behind);
    }
    Ok(match (root_at(anchor.size)? == anchor.root, size == anchor.size) {
        (false, _) => AnchorVerdict::Forked,
        (true, true) => AnchorVerdict::Same,
        (true, false) => AnchorVerdict::Ahead,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Frontier, empty_root, leaf_hash};
    use proptest::prelude::*;

    const ORIGIN: &str = "keepwell/3f0c";

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn sample() -> Checkpoint {
        Checkpoint {
            origin: ORIGIN.to_owned(),
            size: 4711,
            root: leaf_hash(b"root"),
            digest: leaf_hash(b"digest"),
            at: DateTime::parse_from_rfc3339("2026-03-01T09:15:00.250-05:00").unwrap(),
            version: "0.1.0".to_owned(),
            counter: 812,
            previous: NO_PREVIOUS,
        }
    }

    /// Signs any text at all the way a checkpoint is signed.
    fn sign_text(text: &str, name: &str, key: &SigningKey) -> String {
        let signature = [&key_hash(name, &key.verifying_key())[..], &key.sign(text.as_bytes()).to_bytes()].concat();
        format!("{text}\n— {name} {}\n", STANDARD.encode(signature))
    }

    fn open(note: &str) -> Result<Checkpoint, CheckpointError> {
        Checkpoint::open(note, &key(7).verifying_key(), ORIGIN)
    }

    /// The note, its key and its signature are the example of Go's `golang.org/x/mod/sumdb/note`.
    #[test]
    fn a_note_signed_by_another_program_opens() {
        let public = STANDARD.decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let key = VerifyingKey::from_bytes(public[1..].try_into().unwrap()).unwrap();
        let text = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
        let note = format!(
            "{text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2p\
             ZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
        );
        assert_eq!(hex::encode(key_hash("PeterNeumann", &key)), "c74f20a3");
        assert_eq!(open_note(&note, &key, "PeterNeumann"), Ok(text));
        assert_eq!(open_note(&note, &key, "PeterNewman"), Err(CheckpointError::Unsigned));
        assert_eq!(open_note(&note.replace("don't", "do"), &key, "PeterNeumann"), Err(CheckpointError::BadSignature));
    }

    /// The note was written by an independent program (Python, `cryptography`) from this file's description.
    #[test]
    fn known_note() {
        let note = sample().sign(&key(7)).unwrap();
        assert_eq!(note, known_note_text());
        assert_eq!(open(&note), Ok(sample()));
        assert_eq!(hex::encode(Checkpoint::hash(&note).unwrap()), KNOWN_HASH);
    }

    /// Many at once are judged as each by itself: bad ones, foreign ones and torn ones among them, in any place.
    #[test]
    fn many_open_as_each_by_itself() {
        let note = |n: u64, seed| Checkpoint { counter: n, ..sample() }.sign(&key(seed)).unwrap();
        let good: Vec<String> = (1..=2 * BATCH as u64 + 3).map(|n| note(n, 7)).collect();
        let elsewhere = Checkpoint { origin: "keepwell/aaaa".to_owned(), ..sample() }.sign(&key(7)).unwrap();
        let spoilt = [note(1, 8), note(1, 7).replace("counter 1", "counter 2"), String::new(), elsewhere];
        let all = |notes: &[String]| {
            let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
            let opened = Checkpoint::open_all(&notes, &key(7).verifying_key(), ORIGIN);
            assert_eq!(opened, notes.iter().map(|note| open(note)).collect::<Vec<_>>());
            opened.iter().filter(|one| one.is_ok()).count()
        };
        assert_eq!(all(&good), good.len());
        for (bad, place) in spoilt.iter().flat_map(|bad| [0, BATCH - 1, BATCH, good.len() - 1].map(|at| (bad, at))) {
            let mut notes = good.clone();
            notes[place].clone_from(bad);
            assert_eq!(all(&notes), good.len() - 1, "{bad} at {place}");
        }
    }

    const KNOWN_HASH: &str = "2efc57c844d01dc1815d35782fd8119bd48e78ae1535304cde4dc3e958cc9cac";

    fn known_note_text() -> String {
        [
            "keepwell/3f0c",
            "4711",
            "PAb5plclr2BSYfY2ZyyWINQJcx2JpFHXRV/pxK4WeCk=",
            "digest fdbdaaa0959f80bf87b91226690f2152056845eed2c6eaee5a3509d0b07b25f6",
            "time 2026-03-01T09:15:00.250-05:00",
            "version 0.1.0",
            "counter 812",
            "previous 0000000000000000000000000000000000000000000000000000000000000000",
            "",
            "— keepwell/3f0c a/8jb4wd40mRBnW1p5lE6btQBAn250mkGokY3PWqfiIjredgvf7\
             hroNBY51nTAB9+wjf2agHuU1kvGKOlYsKhamy1w4=",
        ]
        .map(|line| format!("{line}\n"))
        .concat()
    }

    #[test]
    fn every_changed_dropped_or_added_byte_is_found() {
        let note = sample().sign(&key(7)).unwrap().into_bytes();
        for at in 0..note.len() {
            for bit in 0..8 {
                let mut changed = note.clone();
                changed[at] ^= 1 << bit;
                if let Ok(changed) = std::str::from_utf8(&changed) {
                    assert!(open(changed).is_err(), "byte {at} bit {bit}");
                }
            }
            let mut shorter = note.clone();
            shorter.remove(at);
            if let Ok(shorter) = std::str::from_utf8(&shorter) {
                assert!(open(shorter).is_err(), "byte {at} dropped");
            }
            if let Ok(cut) = std::str::from_utf8(&note[..at]) {
                assert!(open(cut).is_err(), "cut at byte {at}");
            }
            for extra in [b'\n', b' ', b'0', b'\r'] {
                let mut longer = note.clone();
                longer.insert(at, extra);
                if let Ok(longer) = std::str::from_utf8(&longer) {
                    assert!(open(longer).is_err(), "{extra} added before byte {at}");
                }
            }
        }
    }

    #[test]
    fn right_signatures_of_wrong_texts_are_refused() {
        let text = sample().text();
        assert!(open(&sign_text(&text, ORIGIN, &key(7))).is_ok());
        let cases = [
            (1, text.replace(ORIGIN, "keepwell/ 3f0c")),
            (1, text.replace(ORIGIN, "")),
            (2, text.replace("\n4711\n", "\n04711\n")),
            (2, text.replace("\n4711\n", "\n+4711\n")),
            (2, text.replace("\n4711\n", "\n18446744073709551616\n")),
            (2, text.replace("\n4711\n", "\n\n")),
            (3, text.replace("=\n", "\n")),
            (3, text.replace("=\n", "==\n")),
            (4, text.replace("digest ", "Digest ")),
            (4, text.replace(&hex::encode(sample().digest), &hex::encode_upper(sample().digest))),
            (4, text.replace(&hex::encode(sample().digest), &hex::encode([1; 31]))),
            (5, text.replace("-05:00", "Z")),
            (5, text.replace("-05:00", "-0500")),
            (5, text.replace(".250", ".25")),
            (5, text.replace(".250", ".250000")),
            (5, text.replace('T', " ")),
            (5, text.replace("-03-01", "-02-29")),
            (6, text.replace("version 0.1.0", "version ")),
            (6, text.replace("version 0.1.0\n", "")),
            (7, text.replace("counter 812", "counter -812")),
            (7, text.replace("counter 812\n", "colour red\ncounter 812\n")),
            (8, text.trim_end_matches("0\n").to_owned() + "\n"),
            (9, text.clone() + "colour red\n"),
            (9, text.clone() + "\n"),
        ];
        for (line, changed) in cases {
            let note = sign_text(&changed, ORIGIN, &key(7));
            assert_eq!(open(&note), Err(CheckpointError::MalformedLine(line)), "{changed}");
        }
        let elsewhere = sign_text(&text.replace(ORIGIN, "keepwell/other"), ORIGIN, &key(7));
        assert_eq!(open(&elsewhere), Err(CheckpointError::WrongOrigin));
    }

    #[test]
    fn signatures_are_judged_as_the_note_specification_says() {
        let note = sample().sign(&key(7)).unwrap();
        let (text, ours) = note.split_once("\n\n").map(|(text, ours)| (format!("{text}\n"), ours.to_owned())).unwrap();
        let line = |name: &str, seed| sign_text(&text, name, &key(seed)).rsplit_once("\n\n").unwrap().1.to_owned();
        let witness = line("witness.example/1", 9);
        let same_name = line(ORIGIN, 9);
        let strange = format!("— {ORIGIN} {}\n", STANDARD.encode([1; 5]));
        let long = {
            let bytes = [&key_hash(ORIGIN, &key(7).verifying_key())[..], &[0; 65]].concat();
            format!("— {ORIGIN} {}\n", STANDARD.encode(bytes))
        };
        let cases = [
            (format!("{ours}{witness}"), Ok(())),
            (format!("{witness}{ours}{same_name}{strange}"), Ok(())),
            (witness.clone(), Err(CheckpointError::Unsigned)),
            (same_name.clone(), Err(CheckpointError::Unsigned)),
            (format!("{ours}{ours}"), Err(CheckpointError::SignedTwice)),
            (format!("{ours}{long}"), Err(CheckpointError::BadSignature)),
            (format!("{long}{ours}"), Err(CheckpointError::BadSignature)),
            (String::new(), Err(CheckpointError::MalformedNote)),
            ("\n".to_owned(), Err(CheckpointError::MalformedNote)),
            (ours.trim_end().to_owned(), Err(CheckpointError::MalformedNote)),
            (format!("{ours}— w+w AAAAAAA=\n"), Err(CheckpointError::MalformedNote)),
            (format!("{ours}— w AAAAAA==\n"), Err(CheckpointError::MalformedNote)),
            (format!("{ours}— w AAAAAAB=\n"), Err(CheckpointError::MalformedNote)),
            (format!("{ours}- w AAAAAAA=\n"), Err(CheckpointError::MalformedNote)),
            (format!("{ours}{}", witness.repeat(99)), Ok(())),
            (format!("{ours}{}", witness.repeat(100)), Err(CheckpointError::MalformedNote)),
        ];
        for (signatures, verdict) in cases {
            let opened = open(&format!("{text}\n{signatures}"));
            assert_eq!(opened.map(|_| ()), verdict, "{signatures}");
        }
        assert_eq!(Checkpoint::open(&note, &key(8).verifying_key(), ORIGIN), Err(CheckpointError::Unsigned));
        assert_eq!(Checkpoint::hash(&note), Checkpoint::hash(&format!("{note}{witness}")), "a witness changes no hash");
        for malformed in ["", "\n\n", "\n\n— w AAAAAAA=\n", "text\n", "text\n\nunfinished", "a\rb\n\n— w AAAAAAA=\n"]
        {
            assert_eq!(Checkpoint::hash(malformed), Err(CheckpointError::MalformedNote), "{malformed:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_back_is_never_signed() {
        let at = |text| DateTime::parse_from_rfc3339(text).unwrap();
        let seconds = FixedOffset::east_opt(3601).unwrap();
        let cases = [
            Checkpoint { origin: String::new(), ..sample() },
            Checkpoint { origin: "keepwell/a b".to_owned(), ..sample() },
            Checkpoint { origin: "keepwell/a\n9".to_owned(), ..sample() },
            Checkpoint { origin: "keepwell+a".to_owned(), ..sample() },
            Checkpoint { version: String::new(), ..sample() },
            Checkpoint { version: "1\ncounter 9".to_owned(), ..sample() },
            Checkpoint { version: "1\u{7f}".to_owned(), ..sample() },
            Checkpoint { at: at("2026-03-01T09:15:00Z").with_timezone(&seconds), ..sample() },
            Checkpoint { at: DateTime::<chrono::Utc>::MAX_UTC.fixed_offset(), ..sample() },
        ];
        for checkpoint in cases {
            assert_eq!(checkpoint.sign(&key(7)), Err(CheckpointError::Unwritable), "{checkpoint:?}");
        }
    }

    #[test]
    fn anchors_have_one_form() {
        let anchor = Anchor::from(&sample());
        let text = anchor.to_string();
        assert_eq!(text, format!("4711:{}:812", STANDARD.encode(sample().root)));
        assert_eq!(text.parse(), Ok(anchor));
        let root = STANDARD.encode(sample().root);
        let malformed = [
            String::new(),
            format!("4711:{root}"),
            format!("4711:{root}:"),
            format!("4711:{root}:812:"),
            format!("04711:{root}:812"),
            format!("4711:{root}:0812"),
            format!("-1:{root}:812"),
            format!(" 4711:{root}:812"),
            format!("4711:{root}:812\n"),
            format!("4711:{}:812", root.trim_end_matches('=')),
            format!("4711:{}:812", STANDARD.encode([0; 31])),
            format!("18446744073709551616:{root}:812"),
        ];
        for text in malformed {
            assert_eq!(text.parse::<Anchor>(), Err(AnchorError), "{text}");
        }
    }

    #[test]
    fn a_log_is_the_same_ahead_behind_or_forked() {
        let mut edge = Frontier::new();
        let mut roots = vec![edge.root()];
        for n in 0..9_u8 {
            edge.append(leaf_hash(&[n]));
            roots.push(edge.root());
        }
        let root_at = |size: u64| Ok::<_, ()>(roots[size as usize]);
        let anchor = |size: u64| Anchor { size, root: roots[size as usize], counter: 1 };
        for anchored in 0..=9 {
            for size in 0..=9 {
                let expected = match anchored.cmp(&size) {
                    std::cmp::Ordering::Less => AnchorVerdict::Ahead,
                    std::cmp::Ordering::Equal => AnchorVerdict::Same,
                    std::cmp::Ordering::Greater => AnchorVerdict::Behind,
                };
                assert_eq!(extends(&anchor(anchored), size, root_at), Ok(expected), "{anchored} against {size}");
            }
        }
        let forked = Anchor { root: empty_root(), ..anchor(5) };
        assert_eq!(extends(&forked, 9, root_at), Ok(AnchorVerdict::Forked));
        assert_eq!(extends(&forked, 5, root_at), Ok(AnchorVerdict::Forked));
        assert_eq!(extends(&anchor(5), 9, |_| Err("unreadable")), Err("unreadable"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn every_checkpoint_comes_back_as_it_was(
            (size, counter) in any::<(u64, u64)>(),
            (root, digest, previous) in any::<(Hash, Hash, Hash)>(),
            millis in 0_i64..4_102_444_800_000,
            minutes in -14 * 60..=14 * 60,
            version in "[0-9a-zA-Z.+ é-]{1,20}",
            name in "[0-9a-z-]{1,36}",
        ) {
            let offset = FixedOffset::east_opt(minutes * 60).unwrap();
            let at = DateTime::from_timestamp_millis(millis).unwrap().with_timezone(&offset);
            let origin = format!("keepwell/{name}");
            let checkpoint = Checkpoint { origin, size, root, digest, at, version, counter, previous };
            let note = checkpoint.sign(&key(3)).unwrap();
            let opened = Checkpoint::open(&note, &key(3).verifying_key(), &checkpoint.origin).unwrap();
            prop_assert_eq!(opened.at.offset(), checkpoint.at.offset());
            prop_assert_eq!(opened, checkpoint);
        }

        #[test]
        fn no_text_makes_reading_panic(note in "\\PC*\n\n— \\PC* \\PC*\n", anchor in "[0-9:A-Za-z+/=]*") {
            prop_assert!(open(&note).is_err());
            prop_assert!(Checkpoint::parse(&note).is_err());
            if let Ok(read) = anchor.parse::<Anchor>() {
                prop_assert_eq!(read.to_string(), anchor);
            }
        }
    }
}
