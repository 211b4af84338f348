//! What is signed or hashed: checkpoints, anchors, entries and the tree's edge. Each has one form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use keepwell_log::canonical::{Header, Reader};
use keepwell_log::checkpoint::{Anchor, Checkpoint, key_hash};
use keepwell_log::entry::Opened;
use keepwell_log::tree::Frontier;

pub(crate) const ORIGIN: &str = "keepwell/3f0c";

pub(crate) fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// Signs any text at all in the way a checkpoint is signed.
fn signed(text: &str) -> String {
    let key = key();
    let signature = [&key_hash(ORIGIN, &key.verifying_key())[..], &key.sign(text.as_bytes()).to_bytes()].concat();
    format!("{text}\n— {ORIGIN} {}\n", STANDARD.encode(signature))
}

/// What opens as a checkpoint is what signing it gives.
fn opens_as_it_is_signed(note: &str) {
    let _never_panics = Checkpoint::hash(note);
    let Ok(checkpoint) = Checkpoint::open(note, &key().verifying_key(), ORIGIN) else { return };
    let again = checkpoint.sign(&key()).expect("what was read can be written");
    // Witnesses may have signed besides; the text and our own line are to the byte what they were.
    let (text, line) = again.rsplit_once("\n\n").unwrap();
    assert!(note.starts_with(&format!("{text}\n\n")), "a checkpoint has another form");
    assert!(note.ends_with(line) || note.contains(&format!("{line}—")) || note.contains(line), "another signature");
    assert_eq!(Checkpoint::open(&again, &key().verifying_key(), ORIGIN), Ok(checkpoint));
}

/// A note, a text to be signed as one, and an anchor.
pub fn checkpoint(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    opens_as_it_is_signed(text);
    let note = signed(text);
    opens_as_it_is_signed(&note);
    if let Ok(opened) = Checkpoint::open(&note, &key().verifying_key(), ORIGIN) {
        assert_eq!(opened.sign(&key()), Ok(note.clone()));
        let mut flipped = note.into_bytes();
        let at = data.iter().map(|byte| usize::from(*byte)).sum::<usize>() % flipped.len();
        flipped[at] ^= 1;
        let flipped = String::from_utf8(flipped).map(|note| Checkpoint::open(&note, &key().verifying_key(), ORIGIN));
        assert!(!matches!(flipped, Ok(Ok(_))), "byte {at} may be changed");
    }
    if let Ok(anchor) = text.parse::<Anchor>() {
        assert_eq!(anchor.to_string(), text);
    }
}

/// The bytes of an entry, of its header, of any document and of the tree's edge.
pub fn entry(data: &[u8]) {
    if let Ok(opened) = Opened::from_bytes(data) {
        let salt: [u8; 32] = data[..32].try_into().unwrap();
        let written = opened.entry.draft.at_place(opened.entry.sequence, salt);
        let (leaf, again) = written.expect("what was read can be written");
        assert!(again == data, "an entry has another form");
        assert_eq!(leaf, opened.leaf);
    }
    if let Ok(header) = Header::from_bytes(data) {
        assert_eq!(header.to_bytes().as_deref(), Ok(data), "a header has another form");
    }
    if let Ok(frontier) = Frontier::from_bytes(data) {
        assert_eq!(frontier.to_bytes(), data, "the tree's edge has another form");
        let mut longer = frontier.clone();
        longer.append([1; 32]);
        assert_eq!(longer.size(), frontier.size() + 1);
        assert_eq!(Frontier::from_bytes(&longer.to_bytes()), Ok(longer));
    }
    // Every kind of field, whatever stands there.
    for tag in [1, 2, 7] {
        let _unsigned = Reader::new(data).unsigned(tag);
        let _signed = Reader::new(data).signed(tag);
        let _text = Reader::new(data).optional_text(tag);
        let _list = Reader::new(data).list(tag);
    }
}
