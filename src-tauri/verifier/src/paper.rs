//! The checkpoint that the auditor holds: printed, in a safe, out of reach of whoever made the bundle.

use crate::checkpoints::{Checkpoint, signer};
use crate::keys::Keys;
use crate::note::{Note, decimal, hash_from_base64, hash_from_hex};
use crate::source::{Unreadable, cannot};
use crate::tree::Hash;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// More bytes than this no checkpoint has, with the signatures of a hundred witnesses.
const LONGEST: u64 = 1 << 20;

/// A checkpoint from outside the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub(crate) size: u64,
    pub(crate) root: Hash,
    /// The whole signed note, where it was given whole.
    note: Option<String>,
}

impl Paper {
    /// Reads a checkpoint as it was typed or scanned: the whole signed note, or the number of entries and the root in
    /// base64 or hex, which may be broken by white space.
    ///
    /// # Errors
    /// [`Unreadable`] when it is neither.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.contains("\n\n") {
            let note = format!("{text}\n");
            let read = Note::read(note.as_bytes()).map(|note| Checkpoint::read(note.text));
            return match read {
                Some(Ok(read)) if read.size > 0 => Ok(Self { size: read.size, root: read.root, note: Some(note) }),
                Some(Err(line)) => Err(mistyped(&format!("its line {line} is not as it must be"))),
                _ => Err(mistyped("it is not the whole signed note of a log with entries")),
            };
        }
        let (size, root) = text.split_once(char::is_whitespace).ok_or_else(|| mistyped(SHORT))?;
        let root: String = root.split_whitespace().collect();
        let read = hash_from_base64(&root).or_else(|| hash_from_hex(&root.to_ascii_lowercase()));
        match (decimal(size).filter(|size| *size > 0), read) {
            (Some(size), Some(root)) => Ok(Self { size, root, note: None }),
            _ => Err(mistyped(SHORT)),
        }
    }

    /// Reads a checkpoint from a file, as [`Self::read`].
    ///
    /// # Errors
    /// [`Unreadable`] when the file cannot be read, is longer than any checkpoint, or holds none.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
        read.map_err(|error| cannot("read", &path.display().to_string(), &error))?;
        Self::read(&text)
    }

    /// Says in words what is wrong with the note's signature; nothing when it holds or no note was given.
    pub(crate) fn signature_flaw(&self, origin: &str, keys: &Keys) -> Option<String> {
        let note = Note::read(self.note.as_ref()?.as_bytes());
        let flaw = match note.map(|note| (note, Checkpoint::read(note.text))) {
            Some((_, Ok(read))) if read.origin != origin => "belongs to another log",
            Some((note, Ok(read))) => signer(&note, &read, origin, keys).err()?,
            _ => "cannot be read",
        };
        Some(format!("The checkpoint that you hold {flaw}."))
    }
}

const SHORT: &str = "it is the number of entries, a space, and the root";

fn mistyped(why: &str) -> Unreadable {
    Unreadable(format!("The checkpoint that you hold cannot be read: {why}. Please look whether it was typed rightly."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    #[test]
    fn the_short_form_is_read_as_people_type_it() {
        let root: Hash = std::array::from_fn(|at| at as u8 * 7);
        let (base64, hex) = (STANDARD.encode(root), hex::encode(root));
        let expected = Paper { size: 4711, root, note: None };
        let groups = hex.as_bytes().chunks(8).map(|group| std::str::from_utf8(group).unwrap()).collect::<Vec<_>>();
        for text in [
            format!("4711 {base64}"),
            format!("  4711\n{base64}\n"),
            format!("4711\t{} {}", &base64[..20], &base64[20..]),
            format!("4711 {hex}"),
            format!("4711 {}", groups.join(" ")),
            format!("4711 {}", groups.join("\r\n").to_uppercase()),
        ] {
            assert_eq!(Paper::read(&text), Ok(expected.clone()), "{text}");
        }
        let short = &base64[..43];
        for text in ["", "4711", &base64, &format!("0 {base64}"), &format!("4,711 {base64}"), &format!("4711 {short}")]
        {
            assert!(Paper::read(text).unwrap_err().to_string().contains("typed"), "{text}");
        }
        assert!(Paper::read("keepwell/x\n4711\n\n— w AAAAAAA=").unwrap_err().to_string().contains("its line 3"));
    }
}
