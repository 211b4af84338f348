//! Files in one: a zip archive, and around it an age file that a passphrase or a key opens.

use super::files::File;
use crate::refusals::PASSPHRASE_SHORT;
use age::secrecy::SecretString;
use age::x25519::Recipient;
use keepwell_kernel::{Error, Fault, Refusal, Secret};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The shortest passphrase, in characters. It is stretched by scrypt, as age does it.
const PASSPHRASE_MIN: usize = 12;

/// Checks a passphrase before anything is read or written.
///
/// # Errors
/// A refusal where it is too short.
pub fn check_passphrase(passphrase: Option<&Secret>) -> Result<(), Refusal> {
    let short = |secret: &Secret| secret.reveal().chars().count() < PASSPHRASE_MIN;
    if passphrase.is_some_and(short) { Err(PASSPHRASE_SHORT.at("passphrase")) } else { Ok(()) }
}

/// What opens an archive.
pub(super) enum Lock<'a> {
    /// A passphrase (age v1, scrypt).
    Passphrase(&'a Secret),
    /// A key (age v1, X25519).
    Recipient(&'a Recipient),
    /// Nothing: anybody can.
    None,
}

/// Packs files into a zip archive, sealed where there is a lock. Neither the names outside nor the times inside say
/// anything about anybody.
///
/// # Errors
/// [`Error`].
pub(super) fn package(files: &[File], lock: &Lock<'_>) -> Result<Vec<u8>, Error> {
    let archive = zipped(files).map_err(|error| Fault::from_error(&error))?;
    match lock {
        Lock::Passphrase(secret) => sealed_with_passphrase(&archive, secret),
        Lock::Recipient(recipient) => {
            let recipients = std::iter::once(*recipient as &dyn age::Recipient);
            sealed(age::Encryptor::with_recipients(recipients).map_err(|error| Fault::from_error(&error))?, &archive)
        }
        Lock::None => Ok(archive),
    }
}

/// Seals something small, such as a key, with a passphrase.
///
/// # Errors
/// [`Error`].
pub(super) fn sealed_with_passphrase(plain: &[u8], secret: &Secret) -> Result<Vec<u8>, Error> {
    sealed(age::Encryptor::with_user_passphrase(SecretString::from(secret.reveal().to_owned())), plain)
}

/// Packs files into a zip archive.
///
/// # Errors
/// When the library cannot.
pub(super) fn zipped(files: &[File]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    for (name, bytes) in files {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn sealed(envelope: age::Encryptor, plain: &[u8]) -> Result<Vec<u8>, Error> {
    let defect = |error: std::io::Error| Fault::from_error(&error);
    let mut file = Vec::with_capacity(plain.len() + 1_024);
    let mut writer = envelope.wrap_output(&mut file).map_err(defect)?;
    writer.write_all(plain).map_err(defect)?;
    writer.finish().map_err(defect)?;
    Ok(file)
}
