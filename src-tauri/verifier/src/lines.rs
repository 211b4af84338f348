//! Large files, read once from front to back: measured on the way, and cut into blocks of whole lines.

use crate::source::{Unreadable, cannot};
use crate::tree::Hash;
use sha2::{Digest, Sha256};
use std::io::{self, Read};

/// How much is given to one worker at a time.
const BLOCK: usize = 4 << 20;
/// The longest line that is read.
const LONGEST_LINE: usize = 16 << 20;

/// A reader that counts and hashes what passes.
pub(crate) struct Measured<R> {
    reader: R,
    sha: Sha256,
    size: u64,
}

impl<R: Read> Measured<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, sha: Sha256::new(), size: 0 }
    }

    /// Reads what is left, and returns how many bytes there were and their SHA-256.
    ///
    /// # Errors
    /// Of the reader.
    pub(crate) fn end(mut self) -> io::Result<(u64, Hash)> {
        let mut buffer = vec![0; 1 << 16];
        while self.read(&mut buffer)? > 0 {}
        Ok((self.size, self.sha.finalize().into()))
    }
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.sha.update(into.get(..read).unwrap_or(&[]));
        self.size += read as u64;
        Ok(read)
    }
}

/// A file cut into blocks that end where a line ends. Only the last can end otherwise.
pub(crate) struct Blocks<R> {
    name: &'static str,
    reader: Measured<R>,
    carried: Vec<u8>,
}

impl<R: Read> Blocks<R> {
    pub(crate) fn new(name: &'static str, reader: R) -> Self {
        Self { name, reader: Measured::new(reader), carried: Vec::new() }
    }

    /// Returns the next block; nothing at the end.
    ///
    /// # Errors
    /// [`Unreadable`] when the file cannot be read or a line is too long.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>, Unreadable> {
        let mut block = std::mem::take(&mut self.carried);
        loop {
            let wanted = BLOCK as u64;
            block.reserve(BLOCK + 1);
            let read = (&mut self.reader).take(wanted).read_to_end(&mut block);
            let read = read.map_err(|error| cannot("read", self.name, &error))?;
            let line_end = memchr::memrchr(b'\n', &block);
            if (read as u64) < wanted {
                break;
            }
            if let Some(end) = line_end {
                self.carried = block.split_off(end + 1);
                break;
            }
            if block.len() > LONGEST_LINE {
                return Err(self.too_long());
            }
        }
        // Nearly always the block is shorter than the longest line, and the walk over it is saved.
        if block.len() > LONGEST_LINE && block.split(|sign| *sign == b'\n').any(|line| line.len() > LONGEST_LINE) {
            return Err(self.too_long());
        }
        Ok((!block.is_empty()).then_some(block))
    }

    /// Returns the size and the SHA-256 of the whole file.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(crate) fn end(self) -> Result<(u64, Hash), Unreadable> {
        self.reader.end().map_err(|error| cannot("read", self.name, &error))
    }

    fn too_long(&self) -> Unreadable {
        Unreadable(format!("{} has a line of more than {LONGEST_LINE} bytes, which no entry has.", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::hash;

    fn blocks(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Unreadable> {
        let mut blocks = Blocks::new("file", bytes);
        let mut all = Vec::new();
        while let Some(block) = blocks.next()? {
            all.push(block);
        }
        assert_eq!(blocks.end().unwrap(), (bytes.len() as u64, hash(&[bytes])));
        Ok(all)
    }

    #[test]
    fn blocks_are_the_file_and_end_where_lines_end() {
        for (length, lines) in [(1, 3), (1000, 20_000), (BLOCK - 1, 3), (BLOCK, 2), (BLOCK * 2, 3)] {
            let mut bytes = [vec![b'a'; length - 1], vec![b'\n']].concat().repeat(lines);
            for _ in 0..2 {
                let found = blocks(&bytes).unwrap();
                assert_eq!(found.concat(), bytes);
                let (last, others) = found.split_last().unwrap();
                assert!(others.iter().all(|block| block.ends_with(b"\n")));
                assert_eq!(last.ends_with(b"\n"), bytes.ends_with(b"\n"));
                bytes.extend(b"unfinished");
            }
        }
        assert_eq!(blocks(b"").unwrap(), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn a_line_without_end_is_refused() {
        assert!(blocks(&vec![b'a'; LONGEST_LINE + 1]).unwrap_err().to_string().contains("a line of more than"));
        assert!(blocks(&vec![b'a'; LONGEST_LINE + BLOCK * 2]).is_err());
        assert!(blocks(&[vec![b'a'; LONGEST_LINE + 1], vec![b'\n']].concat()).is_err());
        assert_eq!(blocks(&vec![b'a'; LONGEST_LINE]).unwrap().len(), 1);
    }
}
