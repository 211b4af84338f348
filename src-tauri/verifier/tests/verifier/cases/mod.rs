//! The table of tampered bundles: what is done, by whom, and what must be said. Both verifiers are held to it.

mod of_entries;
mod of_the_log;
mod of_the_manifest;

use crate::bundle::{
    CHECKPOINTS, ENTRIES, Files, Hash, KEYS, LEAVES, MANIFEST, NOTE, Practice, TABLE, framed, hash, leaf, note, root,
    signing_key,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use of_entries::{ENTRIES_OF, TABLES};
use of_the_log::{CHECKPOINTS_OF, KEYS_OF, TREES};
use of_the_manifest::{MANIFESTS, PAPERS};

pub fn practice() -> Practice {
    Practice::new(40, 8, vec![(1, signing_key(1))])
}

pub fn chosen() -> Vec<u64> {
    [3..=9, 12..=12, 20..=30].into_iter().flatten().collect()
}

pub fn redacted() -> Vec<u64> {
    vec![5, 22]
}

/// What is done to the manifest after the tampering.
#[derive(Clone, Copy, PartialEq)]
pub enum By {
    /// Nothing: a byte was flipped, a file was swapped.
    Accident,
    /// The manifest is written anew, without the key to sign it.
    Stranger,
    /// The manifest is written anew and signed: the practice itself, or a thief of its key.
    Practice,
    /// The manifest, tampered with, is signed as it is.
    Signed,
}

/// One way to tamper.
pub struct Case {
    pub name: &'static str,
    pub by: By,
    pub tamper: fn(&Practice, &mut Files),
    /// What the auditor holds.
    pub paper: Option<fn(&Practice) -> String>,
    /// The first bad entries; nothing where none can be named.
    pub bad: Option<(u64, u64)>,
    /// The file of a finding, and a part of its words; nothing where the bundle is unreadable.
    pub said: Option<(&'static str, &'static str)>,
}

const fn case(
    name: &'static str,
    by: By,
    tamper: fn(&Practice, &mut Files),
    bad: Option<(u64, u64)>,
    file: &'static str,
    words: &'static str,
) -> Case {
    Case { name, by, tamper, paper: None, bad, said: Some((file, words)) }
}

const fn held(
    name: &'static str,
    paper: fn(&Practice) -> String,
    bad: Option<(u64, u64)>,
    words: &'static str,
) -> Case {
    Case { name, by: By::Accident, tamper: |_, _| {}, paper: Some(paper), bad, said: Some(("", words)) }
}

const fn unreadable(name: &'static str, tamper: fn(&Practice, &mut Files)) -> Case {
    Case { name, by: By::Signed, tamper, paper: None, bad: None, said: None }
}

impl Case {
    /// Returns the tampered bundle.
    pub fn files(&self, practice: &Practice) -> Files {
        let mut files = practice.bundle(&chosen(), &redacted());
        (self.tamper)(practice, &mut files);
        match self.by {
            By::Accident => {}
            By::Stranger => practice.list(&mut files),
            By::Practice => practice.sign(&mut files),
            By::Signed if files.contains_key(MANIFEST) => practice.sign_manifest(&mut files),
            By::Signed => {}
        }
        files
    }
}

const fn one(entry: u64) -> Option<(u64, u64)> {
    Some((entry, entry))
}

pub fn all() -> Vec<&'static Case> {
    let tables = [ENTRIES_OF, TABLES, TREES, CHECKPOINTS_OF, KEYS_OF, MANIFESTS, PAPERS];
    tables.into_iter().flatten().collect()
}

fn edit(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    files.insert(path.into(), text.replacen(from, to, 1).into_bytes());
}

fn lines(files: &mut Files, change: fn(&mut Vec<String>)) {
    let mut lines: Vec<_> = String::from_utf8_lossy(&files[ENTRIES]).split_inclusive('\n').map(str::to_owned).collect();
    change(&mut lines);
    files.insert(ENTRIES.into(), lines.concat().into());
}

/// What makes other bytes of a header and a payload.
type Rewrite = fn(Vec<u8>, Vec<u8>) -> (Vec<u8>, Vec<u8>);

/// Puts another entry in the place of one, in the entries alone.
fn rewrite(practice: &Practice, files: &mut Files, at: usize, change: Rewrite) -> Hash {
    let entry = &practice.entries[at];
    let (header, payload) = change(entry.header(), entry.payload());
    let line = format!(
        "{{\"sequence\":{at},\"header\":\"{}\",\"salt\":\"{}\",\"payload\":\"{}\"}}\n",
        STANDARD.encode(&header),
        STANDARD.encode(entry.salt),
        STANDARD.encode(&payload)
    );
    edit(files, ENTRIES, &entry.line(false), &line);
    leaf(&header, &hash(&[&entry.salt, &payload]))
}

/// Rewrites an entry before it was ever signed: leaves and checkpoints are of the log that has it.
fn rewrite_all(practice: &Practice, files: &mut Files, at: usize, change: Rewrite) {
    let new = rewrite(practice, files, at, change);
    let mut leaves = practice.leaves.clone();
    leaves[at] = new;
    files.insert(LEAVES.into(), leaves.concat());
    let roots: Vec<_> = [8, 16, 24, 32, 40].map(|size| root(&leaves[..size])).to_vec();
    resign(practice, files, |_, number, text| replace_line(&text, 2, &STANDARD.encode(roots[number])));
}

/// The signed text of a note.
fn text_of(note: &str) -> String {
    note.split_once("\n\n").unwrap().0.to_owned() + "\n"
}

fn replace_line(text: &str, number: usize, line: &str) -> String {
    let mut lines: Vec<_> = text.lines().collect();
    lines[number] = line;
    lines.join("\n") + "\n"
}

/// Signs every checkpoint anew, changed, each naming the one before it.
fn resign(practice: &Practice, files: &mut Files, change: impl Fn(&Practice, usize, String) -> String) {
    let mut notes = Vec::new();
    let mut previous = [0; 32];
    for (number, old) in practice.checkpoints.iter().enumerate() {
        let text = text_of(old);
        let text = replace_line(&text, 7, &format!("previous {}", hex::encode(previous)));
        let text = change(practice, number, text);
        previous = hash(&[text.as_bytes()]);
        notes.push(note(&text, &practice.origin(), practice.key(number as u64 + 1)));
    }
    files.insert(CHECKPOINTS.into(), framed(&notes));
}

/// Changes one checkpoint and signs it alone.
fn resign_one(practice: &Practice, files: &mut Files, at: usize, key: &SigningKey, line: usize, words: &str) {
    let text = text_of(&practice.checkpoints[at]);
    let mut notes = practice.checkpoints.clone();
    notes[at] = note(&replace_line(&text, line, words), &practice.origin(), key);
    files.insert(CHECKPOINTS.into(), framed(&notes));
}

fn keep(practice: &Practice, files: &mut Files, which: &[usize]) {
    let notes: Vec<_> = which.iter().map(|at| practice.checkpoints[*at].clone()).collect();
    files.insert(CHECKPOINTS.into(), framed(&notes));
}

fn flip_last_text(mut header: Vec<u8>, payload: Vec<u8>) -> (Vec<u8>, Vec<u8>) {
    *header.last_mut().unwrap() ^= 1;
    (header, payload)
}
