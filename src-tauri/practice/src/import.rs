//! Bringing patients in from files: each file read piece by piece, each piece through the door.

use crate::practice::{Continue, Practice, Progress};
use keepwell_exchange::fhir::resources::NotImported;
use keepwell_exchange::file::{FileRead, Piece, read_file};
use keepwell_exchange::received::{KeptReceived, names_of_patient, patients_named};
use keepwell_exchange::{ImportOutcome, ImportRow, Imported, LeftOut, NO_FILES, UNREADABLE, left_out};
use keepwell_kernel::{Error, Failure, Fault, PatientId};
use keepwell_log::door::Call;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// The longest name of a source that is passed on.
const SOURCE_CHARACTERS: usize = 200;
/// Folders within folders are gone into so deep.
const DEPTH: usize = 8;

/// What became of everything in the files.
#[derive(Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ImportReport {
    /// New patients.
    #[ts(type = "number")]
    pub created: u64,
    /// Known patients with something new.
    #[ts(type = "number")]
    pub updated: u64,
    /// Known patients with nothing new.
    #[ts(type = "number")]
    pub unchanged: u64,
    /// Everything that was refused, and why; a file that could not be read is a row of its own.
    pub refused: Vec<ImportRow>,
    /// What nothing here has a place for yet and was kept as received, those that were kept before among them.
    pub kept: Vec<LeftOut>,
    /// What was not imported and is not kept.
    pub not_imported: Vec<LeftOut>,
    /// Files that were read.
    #[ts(type = "number")]
    pub files: u64,
    /// Somebody stopped the import; what was taken in before stays.
    pub cancelled: bool,
}

impl Practice {
    /// Brings patients in from files, and from the `.json` and `.ndjson` files of folders. A file that cannot be read
    /// does not stop the others, unless there is none that can.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn import(
        &self,
        paths: &[PathBuf],
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<ImportReport, Failure> {
        let files = files_of(paths).map_err(|error| self.fail(&error))?;
        let sizes = files.iter().map(|file| std::fs::metadata(file).map_or(0, |data| data.len()));
        let total = sizes.clone().sum();
        let mut import = Importing {
            practice: self,
            progress,
            report: ImportReport::default(),
            left: NotImported::new(),
            kept: NotImported::new(),
            called: Called::default(),
            others: Vec::new(),
            done: 0,
            total,
            calls: 0,
        };
        let mut first = None;
        for (file, size) in files.iter().zip(sizes) {
            match import.file(file) {
                Ok(()) => import.report.files += 1,
                Err(Stopped::File(error)) => {
                    first = first.or_else(|| import.note(file, error));
                }
                Err(Stopped::Door(error)) => return Err(self.fail(&error)),
            }
            import.done += size;
            if import.report.cancelled {
                break;
            }
        }
        import.keep_others().map_err(|error| self.fail(&error))?;
        match first {
            Some(error) if import.report.files == 0 => Err(self.fail(&error)),
            _ => import.finish().map_err(|error| self.fail(&error)),
        }
    }
}

/// Who stopped the reading of a file.
enum Stopped {
    File(Error),
    Door(Error),
}

struct Importing<'p> {
    practice: &'p Practice,
    progress: &'p mut dyn FnMut(Progress) -> Continue,
    report: ImportReport,
    left: NotImported,
    kept: NotImported,
    /// What patients are called where they came from.
    called: Called,
    /// The files that hold other resources than patients.
    others: Vec<PathBuf>,
    done: u64,
    total: u64,
    calls: u64,
}

impl Importing<'_> {
    fn file(&mut self, file: &Path) -> Result<(), Stopped> {
        let (source, folder) = (name_of(file), file.parent().map_or_else(PathBuf::new, Path::to_path_buf));
        let (mut at_the_door, mut others) = (false, false);
        let read = read_file(file, &mut |piece| {
            others |= !piece.others.is_empty();
            self.piece(&source, &folder, piece).inspect_err(|_| at_the_door = true)
        });
        if others {
            self.others.push(file.to_owned());
        }
        let FileRead { not_imported, stopped, .. } =
            read.map_err(|error| if at_the_door { Stopped::Door(error) } else { Stopped::File(error) })?;
        not_imported.into_iter().for_each(|(name, count)| *self.left.entry(name).or_default() += count);
        self.report.cancelled |= stopped;
        Ok(())
    }

    /// Carries one piece through the door, and says whether to go on.
    fn piece(&mut self, source: &str, folder: &Path, piece: Piece) -> Result<bool, Error> {
        let rows = piece.refused.iter().map(|(at, code)| ImportRow::refused(*at, "", "", &code.refusal()));
        self.report.refused.extend(rows);
        if !piece.patients.is_empty() {
            let (places, resources): (Vec<u64>, Vec<_>) = piece.patients.into_iter().unzip();
            let names: Vec<Vec<String>> = resources.iter().map(names_of_patient).collect();
            let found = self.through_the_door(source, &places, resources)?;
            for (names, patient) in names.into_iter().zip(found) {
                self.called.note(folder, names, patient);
            }
        }
        let step = Progress::of("reading", self.done + piece.bytes, self.total);
        Ok((self.progress)(step) == Continue::Yes)
    }

    fn through_the_door(
        &mut self,
        source: &str,
        places: &[u64],
        resources: Vec<Value>,
    ) -> Result<Vec<Option<PatientId>>, Error> {
        let mut patients = vec![None; resources.len()];
        let input = json!({ "source": source, "resources": resources });
        let operation = "exchange.import_patients".to_owned();
        let answer = self.practice.pass(Call { operation, input, ..Call::default() })?;
        self.calls += 1;
        let imported: Imported = serde_json::from_value(answer).map_err(|error| Fault::from_error(&error))?;
        for mut row in imported.rows {
            // The door counts within a call; people count within their file.
            let at = usize::try_from(row.index).unwrap_or(usize::MAX);
            if let Some(patient) = patients.get_mut(at) {
                *patient = row.patient;
            }
            row.index = places.get(at).copied().unwrap_or(row.index);
            match row.outcome {
                ImportOutcome::Created => self.report.created += 1,
                ImportOutcome::Updated => self.report.updated += 1,
                ImportOutcome::Unchanged => self.report.unchanged += 1,
                ImportOutcome::Refused => self.report.refused.push(row),
            }
        }
        for LeftOut { resource_type, count } in imported.not_imported {
            *self.left.entry(resource_type).or_default() += count;
        }
        Ok(patients)
    }

    /// Reads the files with other resources than patients a second time, now that every patient is known, and has them kept
    /// as they are.
    fn keep_others(&mut self) -> Result<(), Error> {
        let (mut done, mut closed) = (0, false);
        for file in std::mem::take(&mut self.others) {
            if self.report.cancelled || closed {
                break;
            }
            let (source, folder) = (name_of(&file), file.parent().map_or_else(PathBuf::new, Path::to_path_buf));
            let mut at_the_door = false;
            let read = read_file(&file, &mut |piece| {
                let bytes = done + piece.bytes;
                let kept = self.keep(&source, &folder, piece.others).inspect_err(|_| at_the_door = true)?;
                closed = !kept;
                let go_on = (self.progress)(Progress::of("importing", bytes, self.total)) == Continue::Yes;
                self.report.cancelled |= !go_on;
                Ok(go_on && kept)
            });
            match read {
                Err(error) if at_the_door => return Err(error),
                Err(error) => drop(self.note(&file, error)),
                Ok(_) => {}
            }
            done += std::fs::metadata(&file).map_or(0, |data| data.len());
        }
        Ok(())
    }

    /// Has some resources kept, and says whether this session may open where they go.
    fn keep(&mut self, source: &str, folder: &Path, others: Vec<(u64, Value)>) -> Result<bool, Error> {
        if others.is_empty() {
            return Ok(true);
        }
        let (places, resources): (Vec<u64>, Vec<Value>) = others.into_iter().unzip();
        let resources: Vec<Value> = resources
            .into_iter()
            .map(|resource| json!({ "patient": self.called.patient_of(folder, &resource), "resource": resource }))
            .collect();
        let input = json!({ "source": source, "resources": resources });
        let operation = "exchange.keep_received".to_owned();
        let answer = self.practice.pass(Call { operation, input, ..Call::default() })?;
        let answer: KeptReceived = serde_json::from_value(answer).map_err(|error| Fault::from_error(&error))?;
        for LeftOut { resource_type, count } in answer.kept {
            if let Some(left) = self.left.get_mut(&resource_type) {
                *left = left.saturating_sub(count);
            }
            *self.kept.entry(resource_type).or_default() += count;
        }
        for mut row in answer.refused {
            let at = usize::try_from(row.index).unwrap_or(usize::MAX);
            row.index = places.get(at).copied().unwrap_or(row.index);
            self.report.refused.push(row);
        }
        Ok(!answer.closed)
    }

    /// Notes a file that cannot be read as a row of its own and returns why.
    fn note(&mut self, file: &Path, error: Error) -> Option<Error> {
        if let Error::Refused(refusal) = &error {
            self.report.refused.push(ImportRow::refused(0, "File", &name_of(file), refusal));
        }
        Some(error)
    }

    fn finish(mut self) -> Result<ImportReport, Error> {
        if self.calls == 0 {
            // Files without a patient are an import too: whoever may not import is told, and the log knows of it.
            self.through_the_door("files without patients", &[], Vec::new())?;
        }
        self.left.retain(|_, count| *count > 0);
        self.report.not_imported = left_out(self.left);
        self.report.kept = left_out(self.kept);
        Ok(self.report)
    }
}

/// What patients are called where they came from. Files of one folder are taken to come from one place; a name that two of
/// its patients bear is nobody's, so that nothing is filed with the wrong one.
#[derive(Default)]
struct Called(HashMap<(PathBuf, String), Option<PatientId>>);

impl Called {
    fn note(&mut self, folder: &Path, names: Vec<String>, patient: Option<PatientId>) {
        for name in names {
            let known = self.0.entry((folder.to_owned(), name)).or_insert(patient);
            if *known != patient {
                *known = None;
            }
        }
    }

    /// Returns the one patient a resource is about; nothing where it is about several, or about one who is not known.
    fn patient_of(&self, folder: &Path, resource: &Value) -> Option<PatientId> {
        let mut about = None;
        for name in patients_named(resource) {
            match self.0.get(&(folder.to_owned(), name.to_owned())).copied().flatten() {
                Some(patient) if about.is_none_or(|known| known == patient) => about = Some(patient),
                Some(_) => return None,
                None if name.starts_with("Patient/") || name.contains("/Patient/") => return None,
                // A place or a person who is no patient.
                None => {}
            }
        }
        about
    }
}

fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    name.chars().take(SOURCE_CHARACTERS).collect()
}

/// Finds the files, each once, in the order of their names.
fn files_of(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            within(path, DEPTH, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    if files.is_empty() { Err(NO_FILES.into()) } else { Ok(files) }
}

fn within(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let entries = std::fs::read_dir(folder).map_err(|_| UNREADABLE)?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>();
    let paths = paths.as_mut().map_err(|_| UNREADABLE)?;
    paths.sort();
    for path in paths.iter() {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if path.is_dir() && depth > 0 {
            within(path, depth - 1, files)?;
        } else if ["json", "ndjson", "jsonl"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
            files.push(path.clone());
        }
    }
    Ok(())
}
