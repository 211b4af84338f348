//! What stands beside the parts of a population's records: the list of them, the words, and the key under a passphrase.

use super::files::{FORM, pretty};
use super::package::{check_passphrase, sealed_with_passphrase};
use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use keepwell_kernel::{Error, Secret};
use serde::{Deserialize, Serialize};

const README: &str = include_str!("POPULATION.txt");
/// The name of the form of the list.
pub(super) const POPULATION_FORM: &str = "keepwell-population-1";
/// The file with the key, sealed with the passphrase.
pub const POPULATION_KEY: &str = "key.age";
/// The list of the parts. A folder without one is not whole.
pub const POPULATION_MANIFEST: &str = "manifest.json";

/// One file of the folder.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PopulationPart {
    /// Its name.
    pub name: String,
    /// How many patients are in it.
    pub patients: u64,
    /// How long it is.
    pub bytes: u64,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

/// The list of the parts. It names nobody.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PopulationManifest {
    pub(super) format: String,
    pub(super) patients: u64,
    pub(super) sealed: bool,
    pub(super) parts: Vec<PopulationPart>,
}

impl PopulationManifest {
    /// Begins a list.
    #[must_use]
    pub fn new(sealed: bool) -> Self {
        Self { format: POPULATION_FORM.to_owned(), patients: 0, sealed, parts: Vec::new() }
    }

    /// Names the next part.
    #[must_use]
    pub fn next_name(&self) -> String {
        let ending = if self.sealed { "zip.age" } else { "zip" };
        format!("part-{:04}.{ending}", self.parts.len() + 1)
    }

    /// Adds a part.
    pub fn add(&mut self, part: PopulationPart) {
        self.patients += part.patients;
        self.parts.push(part);
    }

    /// Returns the parts.
    #[must_use]
    pub fn parts(&self) -> &[PopulationPart] {
        &self.parts
    }

    /// Returns the list as it is written.
    ///
    /// # Errors
    /// [`Error`].
    pub fn written(&self) -> Result<Vec<u8>, Error> {
        pretty(self)
    }
}

/// Returns the files that say what the others are, with their names.
#[must_use]
pub fn population_words() -> [(&'static str, &'static str); 2] {
    [("README.txt", README), ("RECORDS.md", FORM)]
}

/// A new key for one folder: what seals its parts, and what opens them again, under a passphrase.
pub struct PopulationKey {
    /// The recipient, `age1` and so on.
    pub recipient: String,
    /// The identity, sealed: what stands in [`POPULATION_KEY`].
    pub sealed: Vec<u8>,
}

impl PopulationKey {
    /// Makes a key. Nothing but the passphrase opens it.
    ///
    /// # Errors
    /// A refusal at `passphrase` where it is too short, and [`Error`].
    pub fn make(passphrase: &Secret) -> Result<Self, Error> {
        check_passphrase(Some(passphrase))?;
        let identity = Identity::generate();
        let text = Secret::new(format!("{}\n", identity.to_string().expose_secret()));
        let sealed = sealed_with_passphrase(text.reveal().as_bytes(), passphrase)?;
        Ok(Self { recipient: identity.to_public().to_string(), sealed })
    }
}
