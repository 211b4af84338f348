//! Where a bundle lies: a folder, a ZIP file, or memory. What it holds is not looked at here.

use crate::archive::Archive;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How many files a bundle may have.
pub(crate) const MOST_FILES: usize = 10_000;
const LONGEST_PART: usize = 100;

/// Says in plain words why there is nothing to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub(crate) String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

/// The files of a bundle.
#[derive(Debug)]
pub struct Source {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(BTreeMap<String, PathBuf>),
    Memory(BTreeMap<String, Vec<u8>>),
    Archive(Archive),
}

impl Source {
    /// Opens a folder or a ZIP file.
    ///
    /// # Errors
    /// [`Unreadable`] when there is neither, when a ZIP file breaks a rule of FORMAT.md section 3, and for an age file.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let about = fs::metadata(path).map_err(|error| cannot("opened", &path.display().to_string(), &error))?;
        if about.is_dir() {
            return Ok(Self { place: Place::Folder(walk(path)?) });
        }
        let mut start = Vec::new();
        let head = File::open(path).and_then(|file| file.take(64).read_to_end(&mut start));
        head.map_err(|error| cannot("read", &path.display().to_string(), &error))?;
        recognise(&start)?;
        Ok(Self { place: Place::Archive(Archive::of_file(path)?) })
    }

    /// Takes a ZIP file from memory.
    ///
    /// # Errors
    /// [`Unreadable`], as [`Self::open`].
    pub fn from_zip(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        recognise(&bytes)?;
        Ok(Self { place: Place::Archive(Archive::of_bytes(bytes)?) })
    }

    /// Takes the files from memory, by their paths.
    #[must_use]
    pub const fn from_files(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { place: Place::Memory(files) }
    }

    /// Returns the paths of all files, in order.
    pub(crate) fn paths(&self) -> Vec<&str> {
        match &self.place {
            Place::Folder(files) => files.keys().map(String::as_str).collect(),
            Place::Memory(files) => files.keys().map(String::as_str).collect(),
            Place::Archive(archive) => archive.paths().collect(),
        }
    }

    /// Returns a reader of a file, or of nothing where there is no such file: that it is missing is found elsewhere.
    ///
    /// # Errors
    /// [`Unreadable`] when the file cannot be opened.
    pub(crate) fn reader(&self, path: &str) -> Result<Box<dyn Read + '_>, Unreadable> {
        let reader: io::Result<Box<dyn Read + '_>> = match &self.place {
            Place::Folder(files) => match files.get(path) {
                Some(file) => File::open(file).map(|file| Box::new(file) as Box<dyn Read>),
                None => Ok(Box::new(io::empty())),
            },
            Place::Memory(files) => Ok(Box::new(files.get(path).map_or(&[][..], Vec::as_slice))),
            Place::Archive(archive) => archive.reader(path),
        };
        reader.map_err(|error| cannot("read", path, &error))
    }

    /// Returns a whole file, or nothing where there is no such file.
    ///
    /// # Errors
    /// [`Unreadable`] when it cannot be read or has more than `most` bytes.
    pub(crate) fn load(&self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        let mut bytes = Vec::new();
        let read = self.reader(path)?.take(most + 1).read_to_end(&mut bytes);
        let size = read.map_err(|error| cannot("read", path, &error))?;
        if size as u64 > most {
            return Err(Unreadable(format!(
                "{path} has more than {most} bytes, which is more than a bundle may have there."
            )));
        }
        Ok(bytes)
    }
}

/// Puts a failure of the machine into words.
pub(crate) fn cannot(done: &str, what: &str, error: &io::Error) -> Unreadable {
    Unreadable(format!("{what} cannot be {done}: {error}."))
}

/// Says whether the bytes are the start of a ZIP file, and says in words what else they may be.
fn recognise(start: &[u8]) -> Result<(), Unreadable> {
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Ok(());
    }
    let age = [&b"age-encryption.org/"[..], b"-----BEGIN AGE ENCRYPTED FILE-----"];
    Err(Unreadable(if age.iter().any(|sign| start.starts_with(sign)) {
        "This is an age file; open it first with `age -d`, then check what comes out.".to_owned()
    } else {
        "This is neither a folder nor a ZIP file, so it is no audit bundle.".to_owned()
    }))
}

/// Says whether a text is a path of a bundle (FORMAT.md section 3). Nothing that leads out of the bundle is one.
pub(crate) fn is_path(text: &str) -> bool {
    text.split('/').all(|part| {
        let signs = part.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"._-".contains(&sign));
        signs && (1..=LONGEST_PART).contains(&part.len()) && !part.starts_with('.')
    })
}

fn walk(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Unreadable> {
    let failed = |error: io::Error| cannot("read", &folder.display().to_string(), &error);
    let mut files = BTreeMap::new();
    let mut left = vec![(String::new(), folder.to_path_buf())];
    while let Some((prefix, folder)) = left.pop() {
        for item in fs::read_dir(&folder).map_err(failed)? {
            let item = item.map_err(failed)?;
            let kind = item.file_type().map_err(failed)?;
            let path = format!("{prefix}{}", item.file_name().to_string_lossy());
            if kind.is_dir() {
                left.push((format!("{path}/"), item.path()));
            } else if kind.is_file() {
                files.insert(path, item.path());
            } else {
                return Err(Unreadable(format!(
                    "{path:?} is neither a file nor a folder, and a bundle has nothing else."
                )));
            }
            if files.len() + left.len() > MOST_FILES {
                return Err(Unreadable(format!("There are more than {MOST_FILES} files, which no audit bundle has.")));
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_elsewhere_is_no_path() {
        for good in ["manifest.json", "log/leaves.bin", "a-b_c.d/E.9"] {
            assert!(is_path(good), "{good}");
        }
        let long = "a".repeat(101);
        for bad in ["", "/a", "a/", "a//b", "..", "a/../b", ".a", "a/.b", "C:\\a", "a\\b", "a b", "é", "a\n", &long] {
            assert!(!is_path(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_no_zip_is_said_to_be_what_it_is() {
        let said = |bytes: &[u8]| Source::from_zip(bytes.to_vec()).unwrap_err().to_string();
        assert!(said(b"age-encryption.org/v1\n-> X25519").contains("age -d"));
        assert!(said(b"-----BEGIN AGE ENCRYPTED FILE-----\n").contains("age -d"));
        assert!(said(b"").contains("neither a folder nor a ZIP file"));
    }
}
