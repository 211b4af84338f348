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
        let mut shelf = NewFolder::at(folder);
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
pub(crate) struct NewFolder {
    path: PathBuf,
    /// A folder that must be there already, such as a drive: making it would put a backup beside what it is one of.
    within: Option<PathBuf>,
    begun: bool,
}

impl NewFolder {
    pub(crate) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), within: None, begun: false }
    }

    pub(crate) fn within(folder: &Path, name: &str) -> Self {
        Self { path: folder.join(name), within: Some(folder.to_owned()), begun: false }
    }

    /// Takes away what was begun and is not whole. What stood there before is not touched.
    pub(crate) fn take_away(&self) {
        if self.begun {
            // The disk may have gone; whatever is left has no note, so that nobody takes it for whole.
            let _ = fs::remove_dir_all(&self.path);
        }
    }

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
        if self.within.as_ref().is_some_and(|within| !within.is_dir()) {
            return Err(ErrorKind::NotFound.into());
        }
        let path = self.path.join(path);
        path.parent().map_or(Ok(()), made)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        self.begun = true;
        Ok(Box::new(Lasting(BufWriter::with_capacity(1 << 16, file))))
    }
}

/// A file that is on the disk for good once it is flushed: whoever is told that it was written may pull the drive.
struct Lasting(BufWriter<File>);

impl Write for Lasting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()?;
        self.0.get_ref().sync_all()
    }
}

fn made(folder: &Path) -> std::io::Result<()> {
    let mut making = fs::DirBuilder::new();
    making.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}
