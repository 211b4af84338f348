//! Taking a part of the log out into a folder, for an auditor.

use crate::practice::{Continue, Practice, Progress};
use crate::sealed_archive::SealedArchive;
use keepwell_documents::{AuditReport, AuditRow, audit_report};
use keepwell_exchange::records::check_passphrase;
use keepwell_kernel::{Error, Failure, Secret, utc_parts};
use keepwell_log::NOT_WRITTEN;
use keepwell_log::audit_bundle::{Bundled, Paper, PaperRow, Shelf};
use keepwell_log::door::Call;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where an audit bundle goes, and what seals it.
pub struct BundleTo<'a> {
    /// A folder that is empty or not there yet; of a sealed bundle, the folder in which its one file is made.
    pub folder: &'a Path,
    /// Opens the file; without one, the files stand in the folder in clear.
    pub passphrase: Option<&'a Secret>,
}

impl Practice {
    /// Writes an audit bundle, and answers the name of its file too where it is sealed. Whether the person may, the door
    /// decides and notes. Without a manifest, as after it was stopped, no verifier takes what is there for a bundle.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn export_log(
        &self,
        call: &Call,
        to: &BundleTo<'_>,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<(Bundled, Option<String>)>, Failure> {
        self.somebody_is_there();
        let written = match to.passphrase {
            None => self.written_plain(call, to.folder, progress).map(|bundled| bundled.map(|bundled| (bundled, None))),
            Some(secret) => self.written_sealed(call, to.folder, secret, progress),
        };
        let written = written.map_err(|error| self.fail(&error));
        self.write_faults();
        written
    }

    fn written_plain(
        &self,
        call: &Call,
        folder: &Path,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<Bundled>, Error> {
        let mut shelf = NewFolder::at(folder);
        shelf.is_free().map_err(|_| NOT_WRITTEN)?;
        self.written_on(call, &mut shelf, progress)
    }

    fn written_sealed(
        &self,
        call: &Call,
        folder: &Path,
        secret: &Secret,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<(Bundled, Option<String>)>, Error> {
        check_passphrase(Some(secret))?;
        if !folder.is_dir() {
            return Err(NOT_WRITTEN.into());
        }
        let mut archive = SealedArchive::within(folder);
        let bundled = self.written_on(call, &mut archive, progress)?;
        let Some(bundled) = bundled else { return Ok(None) };
        let name = archive.finish(secret, "keepwell-audit").map_err(|_| NOT_WRITTEN)?;
        Ok(Some((bundled, Some(name))))
    }

    fn written_on(
        &self,
        call: &Call,
        shelf: &mut dyn Shelf,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<Bundled>, Error> {
        let practice = self.status().practice_name.ok_or(Error::SignedOut)?;
        let mut tell = |done, total| progress(Progress::of("writing", done, total)) == Continue::Yes;
        self.door.export(call, &mut Press { shelf, practice }, &mut tell)
    }
}

/// A shelf with a press beside it.
struct Press<'s> {
    shelf: &'s mut dyn Shelf,
    practice: String,
}

impl Shelf for Press<'_> {
    fn begin(&mut self, path: &str) -> std::io::Result<Box<dyn Write>> {
        self.shelf.begin(path)
    }

    fn print(&mut self, paper: &Paper) -> std::io::Result<Option<Vec<u8>>> {
        let row = |row: &PaperRow| AuditRow {
            sequence: row.sequence.to_string(),
            when: row.when.clone(),
            who: row.who.clone(),
            role: row.role.clone(),
            operation: row.operation.clone(),
            purpose: row.purpose.clone(),
            patients: row.patients.clone(),
            outcome: row.outcome.clone(),
            reason: row.reason.clone(),
        };
        let people = paper.people.as_ref().map_or_else(|| "everybody".to_owned(), |one| format!("user name {one}"));
        let patients = if paper.of_one_patient { "one patient" } else { "all patients" };
        let report = AuditReport {
            created: utc_parts(paper.at),
            practice: self.practice.clone(),
            title: "Audit report".to_owned(),
            period: paper.period.clone(),
            filter: format!("{people}, {patients}"),
            generated: paper.generated.clone(),
            log_size: paper.log_size.to_string(),
            root: paper.root.clone(),
            rows: paper.rows.iter().map(row).collect(),
        };
        audit_report(&report).map(Some).map_err(std::io::Error::other)
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

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the folder, before there is a file in it.
    pub(crate) fn make(&mut self) -> std::io::Result<()> {
        self.is_there()?;
        self.is_free()?;
        made(&self.path)?;
        self.begun = true;
        Ok(())
    }

    /// Says whether the folder is there in which this one is made.
    fn is_there(&self) -> std::io::Result<()> {
        match &self.within {
            Some(within) if !within.is_dir() => Err(ErrorKind::NotFound.into()),
            _ => Ok(()),
        }
    }

    /// Writes a file that is held in memory as a whole.
    pub(crate) fn write(&mut self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let mut file = self.begin(name)?;
        file.write_all(bytes)?;
        file.flush()
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
        self.is_there()?;
        let path = self.path.join(path);
        path.parent().map_or(Ok(()), made)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        self.begun = true;
        Ok(Box::new(Lasting { file: BufWriter::with_capacity(1 << 16, file), behind: 0 }))
    }
}

/// A file that is on the disk for good once it is flushed: whoever is told that it was written may pull the drive.
///
/// What is written goes to the disk stretch by stretch, for the sake of whoever saves something meanwhile: the figures stand
/// with a backup's `STRETCH`.
struct Lasting {
    file: BufWriter<File>,
    behind: usize,
}

/// How much may gather before it goes to the disk.
const STRETCH: usize = 1 << 20;

impl Write for Lasting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.behind += written;
        if self.behind >= STRETCH {
            self.behind = 0;
            self.file.flush()?;
            self.file.get_ref().sync_data()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()
    }
}

fn made(folder: &Path) -> std::io::Result<()> {
    let mut making = fs::DirBuilder::new();
    making.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}
