//! Our own records coming back in, from one file or from a folder with those of all patients.

use crate::practice::{Continue, Practice, Progress};
use base64::Engine as _;
use keepwell_exchange::records::{
    FolderKey, POPULATION_KEY, POPULATION_MANIFEST, PopulationManifest, PopulationPart, RECORDS_FILE_BYTES_MAX,
    RecordTakenBack, RecordsPackage, TakeBackOutcome, open_records, records_packages,
};
use keepwell_exchange::{RECORDS_MISSING, RECORDS_TOO_LARGE, UNREADABLE};
use keepwell_kernel::{Error, Failure, Fault, Refusal, Secret};
use keepwell_log::door::Call;
use keepwell_patients::MERGED_MISSING;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// A package that was refused, or a part that could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NotTakenBack {
    /// The file.
    pub file: String,
    /// The folder in it, which is the record's id; empty for a whole file.
    pub record: String,
    /// Why.
    #[ts(type = "RefusalCode")]
    pub code: String,
    /// What is at fault.
    pub field: Option<String>,
    /// What can be done about it.
    pub remedy: String,
}

/// What became of everything.
#[derive(Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct TakenBack {
    /// Records that are here now.
    #[ts(type = "number")]
    pub taken: u64,
    /// Records that were here from the same package.
    #[ts(type = "number")]
    pub unchanged: u64,
    /// What was refused; nothing of it was kept.
    pub refused: Vec<NotTakenBack>,
    /// Somebody stopped it; what was taken before stays.
    pub cancelled: bool,
}

impl Practice {
    /// Takes records back in that `export_records` or `export_population` wrote. A record into which another was merged
    /// waits for that one, wherever it stands. What is refused does not stop the others, unless nothing can be taken.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn take_back(
        &self,
        path: &Path,
        passphrase: Option<&Secret>,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<TakenBack, Failure> {
        let taken = Source::at(path, passphrase).and_then(|source| {
            let mut taking = Taking { practice: self, progress, report: TakenBack::default(), first: None };
            taking.all(&source)?;
            match taking.first {
                Some(refusal) if taking.report.taken + taking.report.unchanged == 0 => Err(refusal.into()),
                _ => Ok(taking.report),
            }
        });
        self.write_faults();
        taken.map_err(|error| self.fail(&error))
    }
}

/// Where the packages come from.
enum Source<'a> {
    One { path: PathBuf, passphrase: Option<&'a Secret> },
    All { folder: PathBuf, manifest: PopulationManifest, key: Option<FolderKey> },
}

impl<'a> Source<'a> {
    fn at(path: &Path, passphrase: Option<&'a Secret>) -> Result<Self, Error> {
        if !path.is_dir() {
            return Ok(Self::One { path: path.to_owned(), passphrase });
        }
        let list = path.join(POPULATION_MANIFEST);
        if !list.is_file() {
            return Err(RECORDS_MISSING.at(POPULATION_MANIFEST).into());
        }
        let manifest = PopulationManifest::read(&read(&list)?)?;
        let sealed = manifest.is_sealed().then(|| read(&path.join(POPULATION_KEY))).transpose()?;
        let key = sealed.map(|sealed| FolderKey::open(sealed, passphrase)).transpose()?;
        Ok(Self::All { folder: path.to_owned(), manifest, key })
    }

    /// Returns the names of the files, and how many packages there should be.
    fn files(&self) -> (Vec<String>, u64) {
        match self {
            Self::One { path, .. } => {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                (vec![name], 1)
            }
            Self::All { manifest, .. } => {
                let parts = manifest.parts();
                (parts.iter().map(|part| part.name.clone()).collect(), parts.iter().map(|part| part.patients).sum())
            }
        }
    }

    /// Opens one of the files.
    fn packages(&self, at: usize) -> Result<Vec<RecordsPackage>, Error> {
        match self {
            Self::One { path, passphrase } => records_packages(&open_records(read(path)?, *passphrase)?),
            Self::All { folder, manifest, key } => {
                let part: &PopulationPart = manifest.parts().get(at).ok_or(RECORDS_MISSING)?;
                let path = folder.join(&part.name);
                if !path.is_file() {
                    return Err(RECORDS_MISSING.at(part.name.as_str()).into());
                }
                part.packages(&read(&path)?, key.as_ref())
            }
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let bytes = std::fs::metadata(path).map_err(|_| UNREADABLE)?.len();
    if bytes > RECORDS_FILE_BYTES_MAX {
        return Err(RECORDS_TOO_LARGE.into());
    }
    Ok(std::fs::read(path).map_err(|_| UNREADABLE)?)
}

/// A file with a folder in it.
type Place = (usize, String);

struct Taking<'p> {
    practice: &'p Practice,
    progress: &'p mut dyn FnMut(Progress) -> Continue,
    report: TakenBack,
    /// The first refusal, as it was given.
    first: Option<Refusal>,
}

impl Taking<'_> {
    /// Goes through all files, and again through those with records that wait for another, while that brings any in.
    fn all(&mut self, source: &Source<'_>) -> Result<(), Error> {
        let (names, total) = source.files();
        let mut waiting: Vec<(Place, Refusal)> = Vec::new();
        for at in 0..names.len() {
            waiting.extend(self.file(source, at, None, (&names, total))?);
            if self.report.cancelled {
                return Ok(());
            }
        }
        loop {
            let (before, wanted) = (waiting.len(), waiting.iter().map(|(place, _)| place.clone()));
            let wanted: BTreeSet<Place> = wanted.collect();
            let mut still = Vec::new();
            for at in wanted.iter().map(|(at, _)| *at).collect::<BTreeSet<_>>() {
                still.extend(self.file(source, at, Some(&wanted), (&names, total))?);
            }
            waiting = still;
            if waiting.is_empty() || waiting.len() == before || self.report.cancelled {
                break;
            }
        }
        for ((at, folder), refusal) in waiting {
            self.refused(names.get(at), folder, refusal);
        }
        Ok(())
    }

    /// Takes the packages of one file, or those of them that are wanted, and returns those that wait for another record.
    fn file(
        &mut self,
        source: &Source<'_>,
        at: usize,
        wanted: Option<&BTreeSet<Place>>,
        (names, total): (&[String], u64),
    ) -> Result<Vec<(Place, Refusal)>, Error> {
        let packages = match source.packages(at) {
            Ok(packages) => packages,
            Err(Error::Refused(refusal)) => {
                self.refused(names.get(at), String::new(), refusal);
                return Ok(Vec::new());
            }
            Err(other) => return Err(other),
        };
        let mut waiting = Vec::new();
        for RecordsPackage { folder, archive } in packages {
            let place = (at, folder);
            if wanted.is_some_and(|wanted| !wanted.contains(&place)) {
                continue;
            }
            match self.package(&archive) {
                Ok(TakeBackOutcome::Created) => self.report.taken += 1,
                Ok(TakeBackOutcome::Unchanged) => self.report.unchanged += 1,
                Err(Error::Refused(refusal)) if refusal.code == MERGED_MISSING => waiting.push((place, refusal)),
                Err(Error::Refused(refusal)) if is_about_the_file(&refusal) => {
                    self.refused(names.get(at), place.1, refusal);
                }
                Err(other) => return Err(other),
            }
            let done = self.report.taken + self.report.unchanged + self.report.refused.len() as u64;
            if (self.progress)(Progress::of("reading", done.min(total), total)) == Continue::No {
                self.report.cancelled = true;
                break;
            }
        }
        Ok(waiting)
    }

    fn package(&self, archive: &[u8]) -> Result<TakeBackOutcome, Error> {
        let base64 = base64::engine::general_purpose::STANDARD.encode(archive);
        let taken = self.call(&base64, None)?;
        let (mut from, mut left) = (0, taken.received_left);
        while left > 0 {
            let now_left = self.call(&base64, Some(from))?.received_left;
            if now_left >= left {
                return Err(Fault::because("what came from other systems gets no fewer").into());
            }
            from += left - now_left;
            left = now_left;
        }
        Ok(taken.outcome)
    }

    fn call(&self, base64: &str, received_from: Option<u64>) -> Result<RecordTakenBack, Error> {
        let input = json!({ "base64": base64, "received_from": received_from });
        let operation = "exchange.take_back".to_owned();
        let answer = self.practice.pass(Call { operation, input, ..Call::default() })?;
        Ok(serde_json::from_value(answer).map_err(|error| Fault::from_error(&error))?)
    }

    fn refused(&mut self, file: Option<&String>, record: String, refusal: Refusal) {
        self.report.refused.push(NotTakenBack {
            file: file.cloned().unwrap_or_else(String::new),
            record,
            code: refusal.code.code.to_owned(),
            field: refusal.field.clone(),
            remedy: refusal.code.remedy.to_owned(),
        });
        self.first = self.first.take().or(Some(refusal));
    }
}

/// What the door refuses it would refuse for every other package too.
fn is_about_the_file(refusal: &Refusal) -> bool {
    ["exchange.", "patients.", "compliance.", "scheduling."]
        .iter()
        .any(|feature| refusal.code.code.starts_with(feature))
}
