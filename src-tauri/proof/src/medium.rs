//! What a disk holds: pages that a copy shares until it is written, so that thousands of images cost little.

use keepwell_vault::engine::Part;
use std::io::{Error, ErrorKind};
use std::sync::{Arc, LazyLock};

/// Bytes of one page; redb writes whole pages of this size, except for its header.
pub const PAGE: usize = 4096;

type Page = Arc<[u8; PAGE]>;

static BLANK: LazyLock<Page> = LazyLock::new(|| Arc::new([0; PAGE]));

/// The bytes of one file.
#[derive(Debug, Clone, Default)]
pub struct Medium {
    pages: Vec<Page>,
    bytes: u64,
}

fn place(offset: u64) -> (usize, usize) {
    let page = PAGE as u64;
    (usize::try_from(offset / page).unwrap_or(usize::MAX), usize::try_from(offset % page).unwrap_or(0))
}

impl Medium {
    /// Takes over the bytes of a file.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut medium = Self::default();
        medium.set_len(bytes.len() as u64);
        medium.write(0, bytes);
        medium
    }

    /// Returns the length.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns everything, as a file would hold it.
    #[must_use]
    pub fn whole(&self) -> Vec<u8> {
        let mut whole: Vec<u8> = self.pages.iter().flat_map(|page| page.iter().copied()).collect();
        whole.truncate(usize::try_from(self.bytes).unwrap_or(usize::MAX));
        whole
    }

    /// Makes the file longer, with zeros, or shorter.
    pub fn set_len(&mut self, bytes: u64) {
        let (pages, within) = place(bytes);
        self.pages.resize(pages + usize::from(within > 0), Arc::clone(&BLANK));
        if bytes < self.bytes
            && within > 0
            && let Some(last) = self.pages.last_mut()
        {
            Arc::make_mut(last).iter_mut().skip(within).for_each(|byte| *byte = 0);
        }
        self.bytes = bytes;
    }

    /// Reads a range.
    ///
    /// # Errors
    /// `UnexpectedEof` where the range leaves the file.
    pub fn read(&self, offset: u64, into: &mut [u8]) -> Result<(), Error> {
        if offset + into.len() as u64 > self.bytes {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let (mut at, mut done) = (offset, 0);
        while done < into.len() {
            let (page, within) = place(at);
            let part = (PAGE - within).min(into.len() - done);
            let from = self.pages.get(page).ok_or(ErrorKind::UnexpectedEof)?;
            into[done..done + part].copy_from_slice(&from[within..within + part]);
            (at, done) = (at + part as u64, done + part);
        }
        Ok(())
    }

    /// Writes a range; what lies behind the end of the file is lost, as its length is.
    pub fn write(&mut self, offset: u64, from: &[u8]) {
        let room = usize::try_from(self.bytes.saturating_sub(offset)).unwrap_or(usize::MAX);
        let from = &from[..from.len().min(room)];
        let (mut at, mut done) = (offset, 0);
        while done < from.len() {
            let (page, within) = place(at);
            let part = (PAGE - within).min(from.len() - done);
            if let Some(page) = self.pages.get_mut(page) {
                Arc::make_mut(page)[within..within + part].copy_from_slice(&from[done..done + part]);
            }
            (at, done) = (at + part as u64, done + part);
        }
    }
}

/// The files of one store: the tree and its journal.
#[derive(Debug, Clone, Default)]
pub struct Media {
    /// The tree.
    pub tree: Medium,
    /// The journal.
    pub journal: Medium,
}

impl Media {
    /// Returns one of the files.
    #[must_use]
    pub const fn part(&self, part: Part) -> &Medium {
        match part {
            Part::Tree => &self.tree,
            Part::Journal => &self.journal,
        }
    }

    /// Returns one of the files, to change it.
    pub const fn part_mut(&mut self, part: Part) -> &mut Medium {
        match part {
            Part::Tree => &mut self.tree,
            Part::Journal => &mut self.journal,
        }
    }
}

/// A store whose journal is lost, or of no use: the tree alone.
impl From<Medium> for Media {
    fn from(tree: Medium) -> Self {
        Self { tree, journal: Medium::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_medium_holds_what_a_file_would() {
        let mut medium = Medium::default();
        medium.set_len(3 * PAGE as u64);
        medium.write(PAGE as u64 - 2, &[1, 2, 3, 4]);
        let copy = medium.clone();
        medium.write(PAGE as u64, &[9]);
        let mut four = [0; 4];
        copy.read(PAGE as u64 - 2, &mut four).unwrap();
        assert_eq!(four, [1, 2, 3, 4], "a copy keeps what it had");
        medium.set_len(PAGE as u64 - 1);
        medium.set_len(2 * PAGE as u64);
        medium.read(PAGE as u64 - 2, &mut four).unwrap();
        assert_eq!(four, [1, 0, 0, 0], "what was cut off is gone");
        assert!(medium.read(2 * PAGE as u64 - 1, &mut four).is_err());
        assert_eq!(Medium::of(&medium.whole()).whole(), medium.whole());
    }
}
