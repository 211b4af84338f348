//! The folder that a backup is written into, on a drive that may go away meanwhile and come back.

use crate::export::NewFolder;
use keepwell_exchange::backup::Drive;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Result, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// A new folder within one that is there.
pub(crate) struct FolderOnDrive {
    folder: NewFolder,
    /// The file that was written last, and how much of it is there for good.
    open: Option<(String, File, u64)>,
}

impl FolderOnDrive {
    pub(crate) fn within(folder: &Path, name: &str) -> Self {
        Self { folder: NewFolder::within(folder, name), open: None }
    }

    /// Takes away what was begun and is not whole.
    pub(crate) fn take_away(&self) {
        self.folder.take_away();
    }

    /// Opens a file where it goes on.
    fn opened(&self, name: &str, at: u64) -> Result<File> {
        let path = self.folder.path().join(name);
        let mut options = OpenOptions::new();
        // What is made anew here is what an attempt left that did not get far.
        options.write(true).create(at == 0);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        if file.metadata()?.len() < at {
            return Err(ErrorKind::InvalidData.into());
        }
        file.set_len(at)?;
        file.seek(SeekFrom::Start(at))?;
        Ok(file)
    }
}

impl Drive for FolderOnDrive {
    fn begin(&mut self) -> Result<()> {
        self.folder.make()
    }

    fn put(&mut self, name: &str, at: u64, bytes: &[u8]) -> Result<()> {
        // A file that failed once is opened anew: after an error nobody knows how much of it arrived.
        let mut file = match self.open.take() {
            Some((open, file, behind)) if open == name && behind == at => file,
            _ => self.opened(name, at)?,
        };
        file.write_all(bytes)?;
        file.sync_data()?;
        self.open = Some((name.to_owned(), file, at + bytes.len() as u64));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_goes_on_where_it_stood_when_its_drive_is_back() {
        let drive = tempfile::tempdir().unwrap();
        let mut folder = FolderOnDrive::within(drive.path(), "backup");
        folder.begin().unwrap();
        folder.put("practice.age", 0, b"first").unwrap();
        // The drive goes: what is open is of no use any more, and part of the next stretch has arrived.
        folder.open = None;
        let (there, away) = (drive.path().join("backup"), drive.path().join("pulled"));
        fs::write(there.join("practice.age"), b"firstse").unwrap();
        fs::rename(&there, &away).unwrap();
        assert_eq!(folder.put("practice.age", 5, b"second").unwrap_err().kind(), ErrorKind::NotFound);
        fs::rename(&away, &there).unwrap();
        folder.put("practice.age", 5, b"second").unwrap();
        folder.put("practice.age", 11, b"third").unwrap();
        assert_eq!(fs::read(there.join("practice.age")).unwrap(), b"firstsecondthird");
    }

    #[test]
    fn a_file_that_lost_what_it_had_does_not_go_on() {
        let drive = tempfile::tempdir().unwrap();
        let mut folder = FolderOnDrive::within(drive.path(), "backup");
        folder.begin().unwrap();
        folder.put("practice.age", 0, b"first").unwrap();
        folder.open = None;
        fs::write(drive.path().join("backup/practice.age"), b"fir").unwrap();
        assert_eq!(folder.put("practice.age", 5, b"second").unwrap_err().kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn nothing_is_begun_where_the_drive_is_not_or_something_stands() {
        let drive = tempfile::tempdir().unwrap();
        let mut none = FolderOnDrive::within(&drive.path().join("none"), "backup");
        assert_eq!(none.begin().unwrap_err().kind(), ErrorKind::NotFound);
        fs::create_dir(drive.path().join("backup")).unwrap();
        fs::write(drive.path().join("backup/letter.txt"), b"mine").unwrap();
        let mut taken = FolderOnDrive::within(drive.path(), "backup");
        assert_eq!(taken.begin().unwrap_err().kind(), ErrorKind::AlreadyExists);
        taken.take_away();
        assert_eq!(fs::read(drive.path().join("backup/letter.txt")).unwrap(), b"mine");
    }
}
