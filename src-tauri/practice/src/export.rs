//! Taking a part of the log out into a folder, for an auditor.

use crate::practice::{Continue, Practice, Progress};
use keepwell_kernel::{Error, Failure};
use keepwell_log::NOT_WRITTEN;
use keepwell_log::audit_bundle::{Bundled, Shelf};
use keepwell_log::door::Call;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

impl Practice {
    /// Writes an audit bundle into a folder that is empty or not there yet. Whether the person may, the door decides and
    /// notes. Without a manifest, as after it was stopped, no verifier takes what is there for a bundle.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn export_log(
        &self,
        call: &Call,
        folder: &Path,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<Bundled>, Failure> {
        self.somebody_is_there();
        let mut shelf = NewFolder { path: folder.to_owned() };
        let mut tell = |done, total| progress(Progress::of("writing", done, total)) == Continue::Yes;
        let bundled = shelf
            .is_free()
            .map_err(|_| Error::from(NOT_WRITTEN))
            .and_then(|()| self.door.export(call, &mut shelf, &mut tell))
            .map_err(|error| self.fail(&error));
        self.write_faults();
        bundled
    }
}

/// A folder for its owner alone, in which nothing stands yet.
struct NewFolder {
    path: PathBuf,
}

impl NewFolder {
    /// Looks whether the folder can be written into. It is made with its first file, so that whoever is turned away
    /// leaves nothing behind.
    fn is_free(&self) -> std::io::Result<()> {
        match fs::read_dir(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(mut within) => within.next().map_or(Ok(()), |_| Err(ErrorKind::AlreadyExists.into())),
        }
    }
}

impl Shelf for NewFolder {
    fn begin(&mut self, path: &str) -> std::io::Result<Box<dyn Write>> {
        let path = self.path.join(path);
        path.parent().map_or(Ok(()), made)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file: File = options.open(path)?;
        Ok(Box::new(BufWriter::new(file)))
    }
}

fn made(folder: &Path) -> std::io::Result<()> {
    let mut making = fs::DirBuilder::new();
    making.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}
