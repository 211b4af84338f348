//! The records of all patients, part by part, in a new folder.

use crate::export::NewFolder;
use crate::practice::{Continue, Practice, Progress};
use base64::Engine as _;
use keepwell_exchange::records::{
    POPULATION_KEY, POPULATION_MANIFEST, PopulationKey, PopulationManifest, PopulationPage, PopulationPart,
    population_words,
};
use keepwell_exchange::{POPULATION_CUT, RECORDS_NOT_WRITTEN};
use keepwell_kernel::{Error, Failure, Fault, Purpose, Secret};
use keepwell_log::door::Call;
use serde_json::{Value, json};
use std::path::Path;

/// Who gets the records of all patients, and how they are packed.
pub struct HandOutAll<'a> {
    /// Who gets them, why, and on what basis.
    pub details: Value,
    /// Opens the files; without one they are plain archives, for which the call needs a reason.
    pub passphrase: Option<&'a Secret>,
    /// Why they are handed out.
    pub purpose: Option<Purpose>,
    /// Why they are plain.
    pub reason: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOutAll {
    /// The name of the folder, which says nothing about anybody; nothing when it was stopped, because what was begun was
    /// taken away.
    pub name: Option<String>,
    /// How many parts were written.
    pub parts: u64,
    /// How many patients' records were in them. Each stands in the ledger, also after it was stopped.
    pub patients: u64,
    /// How large the parts were, together.
    pub bytes: u64,
}

impl Practice {
    /// Writes the records of all patients into a new folder within one that is there. The disclosures of a part stand in
    /// the ledger before the part is written, and they stay when the folder is taken away because it was stopped or could
    /// not be written.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn export_population(
        &self,
        within: &Path,
        out: HandOutAll<'_>,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<HandedOutAll, Failure> {
        if !within.is_dir() {
            return Err(self.fail(&RECORDS_NOT_WRITTEN.into()));
        }
        let name = format!("keepwell-records-{}", uuid::Uuid::now_v7().simple());
        let mut writing = Population::begin(self, NewFolder::within(within, &name), out);
        let done = writing.all(progress);
        if !matches!(done, Ok(Continue::Yes)) {
            writing.folder.take_away();
        }
        let (parts, patients) = (writing.manifest.parts().len() as u64, writing.disclosed);
        let bytes = writing.manifest.parts().iter().map(|part| part.bytes).sum();
        self.write_faults();
        let done = done.map_err(|error| self.fail(&error))?;
        Ok(HandedOutAll { name: (done == Continue::Yes).then_some(name), parts, patients, bytes })
    }
}

/// A folder that is being written.
struct Population<'a> {
    practice: &'a Practice,
    folder: NewFolder,
    out: HandOutAll<'a>,
    recipient: Option<String>,
    manifest: PopulationManifest,
    /// How many patients stand in the ledger by now.
    disclosed: u64,
}

impl<'a> Population<'a> {
    fn begin(practice: &'a Practice, folder: NewFolder, out: HandOutAll<'a>) -> Self {
        let manifest = PopulationManifest::new(out.passphrase.is_some());
        Self { practice, folder, out, recipient: None, manifest, disclosed: 0 }
    }

    fn all(&mut self, progress: &mut dyn FnMut(Progress) -> Continue) -> Result<Continue, Error> {
        let key = self.out.passphrase.map(PopulationKey::make).transpose()?;
        self.recipient = key.as_ref().map(|key| key.recipient.clone());
        let mut after = Value::Null;
        loop {
            let page = self.page(after)?;
            let (next, of) = (page.next, page.of);
            self.disclosed += page.patients;
            // Whoever is turned away at the first page leaves no folder behind.
            if let Some(key) = key.as_ref().filter(|_| self.manifest.parts().is_empty()) {
                self.write(POPULATION_KEY, &key.sealed)?;
            }
            if page.patients > 0 || self.manifest.parts().is_empty() {
                self.part(page)?;
            }
            let done = self.disclosed;
            if progress(Progress::of("writing", done, of.max(done))) == Continue::No {
                return Ok(Continue::No);
            }
            let Some(next) = next else { break };
            after = json!(next);
        }
        for (name, words) in population_words() {
            self.write(name, words.as_bytes())?;
        }
        // A folder without its list is not whole, so the list comes last.
        let manifest = self.manifest.written()?;
        self.write(POPULATION_MANIFEST, &manifest)?;
        Ok(Continue::Yes)
    }

    fn page(&self, after: Value) -> Result<PopulationPage, Error> {
        let input = json!({ "after": after, "details": self.out.details, "recipient": self.recipient });
        let operation = "exchange.export_population".to_owned();
        let (purpose, reason) = (self.out.purpose, self.out.reason.clone());
        let answer = self.practice.pass(Call { operation, input, purpose, reason })?;
        Ok(serde_json::from_value(answer).map_err(|error| Fault::from_error(&error))?)
    }

    fn part(&mut self, page: PopulationPage) -> Result<(), Error> {
        let packed = base64::engine::general_purpose::STANDARD.decode(&page.base64);
        let packed = packed.map_err(|error| Fault::from_error(&error))?;
        let name = self.manifest.next_name();
        let (patients, bytes) = (page.patients, packed.len() as u64);
        self.write(&name, &packed)?;
        self.manifest.add(PopulationPart { name, patients, bytes, sha256: page.sha256 });
        Ok(())
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let why = if self.disclosed > 0 { POPULATION_CUT } else { RECORDS_NOT_WRITTEN };
        self.folder.write(name, bytes).map_err(|_| why.into())
    }
}
