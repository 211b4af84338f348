//! Opening what was handed out, file by file, so that each patient's package can go through the door by itself.

use super::files::{File, sha256};
use super::package::zipped;
use super::population::{POPULATION_FORM, POPULATION_MANIFEST, PopulationManifest, PopulationPart};
use super::unpack::{apart, form, is_plain_path};
use crate::refusals::{
    RECORDS_DAMAGED, RECORDS_OTHER_KEY, RECORDS_PATH, RECORDS_SEALED, RECORDS_TOO_LARGE, RECORDS_UNREADABLE,
};
use age::secrecy::SecretString;
use age::x25519;
use keepwell_kernel::{Error, Fault, Refusal, Secret};
use std::io::Read as _;
use zeroize::Zeroizing;

/// The largest file that is opened, and the most that is unpacked from one, in bytes.
pub const RECORDS_FILE_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// What an age file begins with (age v1).
const AGE: &[u8] = b"age-encryption.org/v1\n";

/// One patient's package.
pub struct RecordsPackage {
    /// The folder it stood in; empty where the file is one package.
    pub folder: String,
    /// A zip archive, as `exchange.take_back` takes it.
    pub archive: Zeroizing<Vec<u8>>,
}

/// Opens what a passphrase sealed; what is not sealed stays as it is.
///
/// # Errors
/// A refusal at `passphrase`, or one that says what the file is instead.
pub fn open_records(file: Vec<u8>, passphrase: Option<&Secret>) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    if !file.starts_with(AGE) {
        return Ok(Zeroizing::new(file));
    }
    let secret = passphrase.ok_or_else(|| RECORDS_SEALED.at("passphrase"))?;
    opened(&file, &age::scrypt::Identity::new(SecretString::from(secret.reveal().to_owned())))
}

fn opened(sealed: &[u8], identity: &dyn age::Identity) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let envelope = age::Decryptor::new(sealed).map_err(|_| RECORDS_UNREADABLE.refusal())?;
    let plain = envelope.decrypt(std::iter::once(identity)).map_err(|_| RECORDS_OTHER_KEY.at("passphrase"))?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let read = plain.take(RECORDS_FILE_BYTES_MAX + 1).read_to_end(&mut bytes);
    read.map_err(|_| RECORDS_DAMAGED.refusal())?;
    if bytes.len() as u64 > RECORDS_FILE_BYTES_MAX { Err(RECORDS_TOO_LARGE.refusal()) } else { Ok(bytes) }
}

/// Takes the packages of an opened archive apart.
///
/// # Errors
/// A refusal that names the file, and [`Error`].
pub fn records_packages(archive: &[u8]) -> Result<Vec<RecordsPackage>, Error> {
    let folders = apart(archive, RECORDS_FILE_BYTES_MAX)?;
    folders
        .into_iter()
        .map(|(folder, files): (String, Vec<File>)| {
            let archive = zipped(&files).map_err(|error| Fault::from_error(&error))?;
            Ok(RecordsPackage { folder, archive: Zeroizing::new(archive) })
        })
        .collect()
}

/// The key of a folder with the records of all patients.
pub struct FolderKey(x25519::Identity);

impl FolderKey {
    /// Opens the key with its passphrase.
    ///
    /// # Errors
    /// A refusal at `passphrase`.
    pub fn open(sealed: Vec<u8>, passphrase: Option<&Secret>) -> Result<Self, Refusal> {
        let text = open_records(sealed, passphrase)?;
        let text = std::str::from_utf8(&text).map_err(|_| RECORDS_UNREADABLE.refusal())?;
        text.trim().parse().map(Self).map_err(|_| RECORDS_UNREADABLE.refusal())
    }
}

impl PopulationManifest {
    /// Reads a list, which says of its parts what is not believed before each is looked at.
    ///
    /// # Errors
    /// A refusal at the list.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        form(bytes, POPULATION_FORM, POPULATION_MANIFEST)?;
        let read: Self = serde_json::from_slice(bytes).map_err(|_| RECORDS_DAMAGED.at(POPULATION_MANIFEST))?;
        if read.parts.iter().any(|part| part.name.contains('/') || !is_plain_path(&part.name)) {
            return Err(RECORDS_PATH.at(POPULATION_MANIFEST));
        }
        Ok(read)
    }

    /// Says whether the parts are sealed.
    #[must_use]
    pub const fn is_sealed(&self) -> bool {
        self.sealed
    }
}

impl PopulationPart {
    /// Opens a part that is as the list says, and takes it apart.
    ///
    /// # Errors
    /// A refusal at the part, and [`Error`].
    pub fn packages(&self, file: &[u8], key: Option<&FolderKey>) -> Result<Vec<RecordsPackage>, Error> {
        let damaged = || RECORDS_DAMAGED.at(self.name.as_str());
        if file.len() as u64 != self.bytes || sha256(file) != self.sha256 {
            return Err(damaged().into());
        }
        let packages = match key {
            Some(FolderKey(identity)) => records_packages(&opened(file, identity)?)?,
            None => records_packages(file)?,
        };
        if packages.len() as u64 == self.patients { Ok(packages) } else { Err(damaged().into()) }
    }
}
