//! What the bundle says about itself (FORMAT.md section 4).

use crate::moment::Moment;
use crate::note::{Note, hash_from_hex, is_name};
use crate::source::{Unreadable, is_path};
use crate::tree::{Hash, hash};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const NOTE: &str = "manifest.note";
const FORMAT: &str = "keepwell/audit-bundle/1";

/// The manifest, in its form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    format: String,
    pub(crate) vault: String,
    pub(crate) made_at: String,
    #[serde(default, deserialize_with = "words")]
    pub(crate) made_by: Option<String>,
    pub(crate) chosen: Chosen,
    pub(crate) log_size: u64,
    pub(crate) entries: u64,
    pub(crate) redacted: u64,
    pub(crate) files: Vec<Listed>,
}

/// What was chosen, in free words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chosen {
    #[serde(default, deserialize_with = "words")]
    pub(crate) period: Option<String>,
    #[serde(default, deserialize_with = "words")]
    pub(crate) people: Option<String>,
    #[serde(default, deserialize_with = "words")]
    pub(crate) patients: Option<String>,
}

/// A file of the bundle.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listed {
    path: String,
    size: u64,
    sha256: String,
}

/// Reads words that may be absent but may not be `null`.
fn words<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    String::deserialize(value).map(Some)
}

impl Manifest {
    /// Reads the manifest.
    ///
    /// # Errors
    /// [`Unreadable`] when it is not as FORMAT.md says.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let no = |why: &str| Unreadable(format!("{MANIFEST} cannot be read: {why}."));
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| no(&error.to_string()))?;
        if manifest.format != FORMAT {
            let words = "its format is not one that this program knows; perhaps a newer keepwell-verify does";
            return Err(no(words));
        }
        if !is_name(&manifest.vault) || Moment::read(&manifest.made_at).is_none() {
            return Err(no("the vault's id or the time is not as it must be"));
        }
        if manifest.files.iter().any(|file| hash_from_hex(&file.sha256).is_none()) {
            return Err(no("a digest is not 64 hex digits"));
        }
        Ok(manifest)
    }

    /// Returns the log's name, which its checkpoints and keys bear.
    pub(crate) fn origin(&self) -> String {
        format!("keepwell/{}", self.vault)
    }

    /// Returns size and SHA-256 of the listed files, by path.
    pub(crate) fn digests(&self) -> BTreeMap<String, (u64, Hash)> {
        let digest = |file: &Listed| Some((file.path.clone(), (file.size, hash_from_hex(&file.sha256)?)));
        self.files.iter().filter_map(digest).collect()
    }

    /// Returns each way in which the list is not the bundle: the path, and in words what is wrong.
    pub(crate) fn compare(&self, present: &[&str]) -> Vec<(String, String)> {
        let mut wrong = Vec::new();
        let (mut listed, mut folded) = (BTreeSet::new(), BTreeSet::new());
        for file in &self.files {
            let path = file.path.as_str();
            if !is_path(path) || [MANIFEST, NOTE].contains(&path) {
                wrong.push((file.path.clone(), "It is listed in the manifest and may not be.".to_owned()));
            } else if !folded.insert(path.to_ascii_lowercase()) {
                wrong.push((file.path.clone(), "The manifest lists it twice.".to_owned()));
            } else if !present.contains(&path) {
                wrong.push((file.path.clone(), "The manifest lists it, and it is missing.".to_owned()));
            }
            listed.insert(path);
        }
        for path in present.iter().filter(|path| ![MANIFEST, NOTE].contains(*path) && !listed.contains(**path)) {
            wrong.push(((*path).to_owned(), not_listed(path)));
        }
        wrong
    }
}

fn not_listed(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let left_behind = [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&name) || name.starts_with("._");
    let hint = if left_behind { " File managers leave such a file behind: delete it and check again." } else { "" };
    format!("It is there, and the manifest does not list it.{hint}")
}

/// Says in words what is wrong with the signature over the manifest; nothing when it holds.
pub(crate) fn signature_flaw(
    manifest: &[u8],
    note: &[u8],
    origin: &str,
    key: Option<&VerifyingKey>,
) -> Option<&'static str> {
    if note.is_empty() {
        return Some("It is missing or empty, so nothing says that the practice made this bundle.");
    }
    let Some(note) = Note::read(note) else { return Some("It is no signed note.") };
    let text = format!("{FORMAT}\nmanifest {}\n", hex::encode(hash(&[manifest])));
    if note.text != text {
        return Some("It is the signature over another manifest: the manifest was changed after it was signed.");
    }
    match key {
        None => Some("The signature was not checked, because there is no key to check it by."),
        Some(key) if !note.is_signed_by(origin, key) => Some("The manifest is not signed by this log's key."),
        Some(_) => None,
    }
}
