//! The disk: files made anew, copied, measured, and thrown out of the page cache.

use crate::Done;
use rustix::fs::{Advice, fadvise};
use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;
use std::time::Instant;

/// Empties a folder and makes it where there is none.
pub(crate) fn fresh(folder: &Path) -> Done<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    Ok(std::fs::create_dir_all(folder)?)
}

/// Removes a file that may not be there.
pub(crate) fn remove(path: &Path) -> Done<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Throws every file of a folder out of the page cache, once it is on the disk.
pub(crate) fn forget(folder: &Path) -> Done<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let file = File::open(entry.path())?;
            file.sync_all()?;
            fadvise(&file, 0, None, Advice::DontNeed)?;
        }
    }
    Ok(())
}

/// Reads every file of a folder once, so that a measurement finds it in the page cache whether the store was made a minute ago
/// or last week, and returns the seconds that took.
pub(crate) fn warm(folder: &Path) -> Done<f64> {
    let (begun, mut buffer) = (Instant::now(), vec![0; WARM_BYTES]);
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let mut file = File::open(entry.path())?;
            while file.read(&mut buffer)? > 0 {}
        }
    }
    Ok(begun.elapsed().as_secs_f64())
}

/// Copies the files of a folder, links and deeper folders left out.
pub(crate) fn copy(from: &Path, to: &Path) -> Done<()> {
    fresh(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Returns the megabytes (10^6 bytes) of the files whose names begin so.
pub(crate) fn megabytes(folder: &Path, beginning: &str) -> Done<f64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(beginning) {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes as f64 / 1e6)
}

/// What this process has asked the disk for so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traffic {
    /// Calls that write.
    pub(crate) writes: u64,
    /// Bytes given to them.
    pub(crate) bytes: u64,
}

impl Traffic {
    /// Returns the counters of this process.
    pub(crate) fn now() -> Done<Self> {
        let text = std::fs::read_to_string("/proc/self/io")?;
        let field = |name: &str| -> Done<u64> {
            let line = text.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such counter")?;
            Ok(line.trim().parse()?)
        };
        Ok(Self { writes: field("syscw:")?, bytes: field("wchar:")? })
    }

    /// Returns what was added since.
    pub(crate) const fn since(self, before: Self) -> Self {
        Self { writes: self.writes - before.writes, bytes: self.bytes - before.bytes }
    }
}

/// A file of fixed length for measuring what a flush costs with nothing around it.
pub(crate) struct Flush {
    file: File,
    at: u64,
}

const WARM_BYTES: usize = 1024 * 1024;
const FLUSH_FILE_BYTES: u64 = 32 * 1024 * 1024;
const FLUSH_BYTES: usize = 16 * 1024;

impl Flush {
    /// Makes the file, written to its end so that nothing grows later.
    pub(crate) fn make(folder: &Path) -> Done<Self> {
        let mut file = File::create(folder.join("flush"))?;
        file.write_all(&vec![1; FLUSH_FILE_BYTES as usize])?;
        file.sync_all()?;
        Ok(Self { file, at: 0 })
    }

    /// Writes 16 KiB somewhere in the file, flushes, and returns the microseconds.
    pub(crate) fn measure(&mut self) -> Done<f64> {
        let begun = Instant::now();
        std::os::unix::fs::FileExt::write_all_at(&self.file, &[self.at as u8; FLUSH_BYTES], self.at)?;
        self.file.sync_data()?;
        self.at = (self.at + 5 * FLUSH_BYTES as u64) % (FLUSH_FILE_BYTES - FLUSH_BYTES as u64);
        Ok(begun.elapsed().as_secs_f64() * 1e6)
    }
}
