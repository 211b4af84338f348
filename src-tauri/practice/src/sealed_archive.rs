//! One sealed file made of many that grow beside each other: a zip archive within an age file that a passphrase opens.
//!
//! A zip archive takes its members one after the other, so each waits its turn on the disk, sealed under a key that lives
//! in memory and dies with the archive. Nothing stands on the disk in clear at any time, and nothing has to fit into memory.

use crate::export::NewFolder;
use age::secrecy::SecretString;
use age::x25519::Identity;
use keepwell_kernel::Secret;
use keepwell_log::audit_bundle::Shelf;
use std::fs::{self, File};
use std::io::{BufReader, Error, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// An archive in the making.
pub(crate) struct SealedArchive {
    within: PathBuf,
    waiting: PathBuf,
    spool: NewFolder,
    own: Identity,
    paths: Vec<String>,
}

impl SealedArchive {
    /// Begins one in a folder that is there.
    pub(crate) fn within(folder: &Path) -> Self {
        let waiting = folder.join(format!(".keepwell-{}", uuid::Uuid::now_v7().simple()));
        let spool = NewFolder::at(&waiting);
        Self { within: folder.to_owned(), waiting, spool, own: Identity::generate(), paths: Vec::new() }
    }

    /// Packs what was written into one file, and answers its name, which says nothing about anybody.
    ///
    /// # Errors
    /// Whatever the disk says; then nothing is left.
    pub(crate) fn finish(self, passphrase: &Secret, kind: &str) -> std::io::Result<String> {
        let name = format!("{kind}-{}.zip.age", uuid::Uuid::now_v7().simple());
        let packed = self.pack(&name, passphrase);
        if packed.is_err() {
            // The disk may have gone with it; what is left has no end, and age opens no such file.
            let _ = fs::remove_file(self.within.join(&name));
        }
        packed.map(|()| name)
    }

    fn pack(&self, name: &str, passphrase: &Secret) -> std::io::Result<()> {
        let file = NewFolder::at(&self.within).begin(name)?;
        let encryptor = age::Encryptor::with_user_passphrase(SecretString::from(passphrase.reveal().to_owned()));
        let mut sealed = encryptor.wrap_output(file)?;
        let mut archive = ZipWriter::new_stream(&mut sealed);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o600);
        for (number, path) in self.paths.iter().enumerate() {
            archive.start_file(path.as_str(), options)?;
            let waiting = BufReader::new(File::open(self.waiting.join(number.to_string()))?);
            let opened = age::Decryptor::new(waiting).map_err(Error::other)?;
            let own: &dyn age::Identity = &self.own;
            std::io::copy(&mut opened.decrypt(std::iter::once(own)).map_err(Error::other)?, &mut archive)?;
        }
        archive.finish()?;
        sealed.finish()?.flush()
    }
}

impl Drop for SealedArchive {
    /// What waited is noise without the key that goes now; it is tidied away all the same.
    fn drop(&mut self) {
        self.spool.take_away();
    }
}

impl Shelf for SealedArchive {
    fn begin(&mut self, path: &str) -> std::io::Result<Box<dyn Write>> {
        let own = self.own.to_public();
        let file = self.spool.begin(&self.paths.len().to_string())?;
        let recipient: &dyn age::Recipient = &own;
        let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient)).map_err(Error::other)?;
        self.paths.push(path.to_owned());
        Ok(Box::new(Waiting(Some(encryptor.wrap_output(file)?))))
    }
}

/// A member that waits. Flushing ends it, as a [`Shelf`] has it: a sealed stream without its end does not open.
struct Waiting(Option<age::stream::StreamWriter<Box<dyn Write>>>);

impl Write for Waiting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match &mut self.0 {
            Some(stream) => stream.write(bytes),
            None => Err(std::io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.take().map_or(Ok(()), |stream| stream.finish()?.flush())
    }
}
