//! Bringing patients in from files: each file read piece by piece, each piece through the door.

use crate::practice::{Continue, Practice, Progress};
use keepwell_exchange::fhir::resources::NotImported;
use keepwell_exchange::file::{FileRead, Piece, read_file};
use keepwell_exchange::{ImportOutcome, ImportRow, Imported, LeftOut, NO_FILES, UNREADABLE, left_out};
use keepwell_kernel::{Error, Failure, Fault};
use keepwell_log::door::Call;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;
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
    /// What was not imported.
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
    done: u64,
    total: u64,
    calls: u64,
}

impl Importing<'_> {
    fn file(&mut self, file: &Path) -> Result<(), Stopped> {
        let source = name_of(file);
        let mut at_the_door = false;
        let read = read_file(file, &mut |piece| self.piece(&source, piece).inspect_err(|_| at_the_door = true));
        let FileRead { not_imported, stopped, .. } =
            read.map_err(|error| if at_the_door { Stopped::Door(error) } else { Stopped::File(error) })?;
        not_imported.into_iter().for_each(|(name, count)| *self.left.entry(name).or_default() += count);
        self.report.cancelled |= stopped;
        Ok(())
    }

    /// Carries one piece through the door, and says whether to go on.
    fn piece(&mut self, source: &str, piece: Piece) -> Result<bool, Error> {
        let rows = piece.refused.iter().map(|(at, code)| ImportRow::refused(*at, "", "", &code.refusal()));
        self.report.refused.extend(rows);
        if !piece.patients.is_empty() {
            let (places, resources): (Vec<u64>, Vec<_>) = piece.patients.into_iter().unzip();
            self.through_the_door(source, &places, resources)?;
        }
        let step = Progress::of("reading", self.done + piece.bytes, self.total);
        Ok((self.progress)(step) == Continue::Yes)
    }

    fn through_the_door(
        &mut self,
        source: &str,
        places: &[u64],
        resources: Vec<serde_json::Value>,
    ) -> Result<(), Error> {
        let input = json!({ "source": source, "resources": resources });
        let operation = "exchange.import_patients".to_owned();
        let answer = self.practice.pass(Call { operation, input, ..Call::default() })?;
        self.calls += 1;
        let imported: Imported = serde_json::from_value(answer).map_err(|error| Fault::from_error(&error))?;
        for mut row in imported.rows {
            // The door counts within a call; people count within their file.
            let place = usize::try_from(row.index).map_or(None, |at| places.get(at).copied());
            row.index = place.unwrap_or(row.index);
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
        Ok(())
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
        self.report.not_imported = left_out(self.left);
        Ok(self.report)
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
