//! The downtime pack, written into a folder: by hand, and by its plan while somebody is there who may.

use crate::practice::{Continue, Practice, Progress};
use keepwell_exchange::RECORDS_NOT_WRITTEN;
use keepwell_exchange::backup::Every;
use keepwell_exchange::downtime::{DaySheet, DowntimePage, DowntimeStanding, SealedDowntime, SheetVisit, pack};
use keepwell_kernel::{Error, Failure, Fault, Secret, instant_text};
use keepwell_log::door::Call;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What the names of packs begin with. They say nothing about anybody.
const NAME: &str = "keepwell-downtime-";
const ENDING: &str = ".html";
/// How many packs of earlier days stay beside the newest: one that was cut by a full disk must not be the only one.
const OLDER: usize = 1;

/// For how many days the pack has a day sheet: a failure on a Friday lasts until Monday.
const SHEET_DAYS: u16 = 4;

#[derive(Deserialize)]
struct Bookable {
    resources: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    resource: String,
    name: String,
}

#[derive(Deserialize)]
struct Week {
    days: Vec<Day>,
}

#[derive(Deserialize)]
struct Day {
    date: String,
    visits: Vec<Visit>,
}

#[derive(Deserialize)]
struct Visit {
    from: i32,
    time: String,
    patient_name: String,
    label: String,
    resources: Vec<String>,
}

#[derive(Deserialize)]
struct Board {
    reservations: Vec<Reserved>,
}

#[derive(Deserialize)]
struct Reserved {
    theatre: String,
    from: i32,
    time: String,
    case: Option<Case>,
}

#[derive(Deserialize)]
struct Case {
    patient_name: String,
    surgeon_name: Option<String>,
}

/// What the pack calls an operation: nothing clinical, as in the calendar.
const SURGERY: &str = "Surgery";

/// A pack that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DowntimePack {
    /// The file's name within the folder that was chosen.
    pub name: String,
    /// How many patients are in it.
    pub patients: u64,
}

impl Practice {
    /// Plans where the pack is written by itself, and says what opens it; without a folder, that none is written.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn plan_downtime(
        &self,
        folder: Option<&Path>,
        every: Every,
        passphrase: Option<&Secret>,
    ) -> Result<(), Failure> {
        let folder = folder.map(|folder| folder.to_string_lossy().into_owned());
        let input = json!({ "folder": folder, "every": every, "passphrase": passphrase.map(Secret::reveal) });
        self.call(call("exchange.plan_downtime", input)).map(drop)
    }

    /// Writes a pack into a folder that is there, in place of an earlier one of the same day. The passphrase of the plan
    /// opens it.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn write_downtime(
        &self,
        within: &Path,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<DowntimePack>, Failure> {
        self.somebody_is_there();
        let written = self.written_downtime(within, progress);
        if let Ok(Some(_)) = &written {
            // There is one of today, so nobody is told any more that the plan has missed it.
            self.remembered.tried_downtime(self.clock.now(), true);
        }
        self.write_faults();
        written.map_err(|error| self.fail(&error))
    }

    /// Writes the pack that the plan asks for, if it is due and somebody is signed in who may: what is in it is sealed to
    /// everybody else, the program among them. After one that failed, the next attempt comes a quarter of an hour later.
    ///
    /// # Errors
    /// [`Failure`]; nothing where none is due.
    pub fn downtime_by_plan(
        &self,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<DowntimePack>, Failure> {
        let now = self.clock.now();
        if !self.remembered.may("exchange.downtime_page") || !self.remembered.may_try_downtime(now) {
            return Ok(None);
        }
        let standing = self.door.look_by_the_clock(DowntimeStanding::read).map_err(|error| self.fail(&error))?;
        let Some(standing) = standing.flatten().filter(|standing| standing.is_due(now)) else { return Ok(None) };
        let Some(folder) = standing.folder else { return Ok(None) };
        let written = self.written_downtime(&PathBuf::from(folder), progress);
        self.remembered.tried_downtime(now, written.is_ok());
        self.write_faults();
        written.map_err(|error| self.fail(&error))
    }

    fn written_downtime(
        &self,
        within: &Path,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<DowntimePack>, Error> {
        if !within.is_dir() {
            return Err(RECORDS_NOT_WRITTEN.at("folder").into());
        }
        let standing = self.door.standing();
        let plate = standing.plate.ok_or(Error::SignedOut)?;
        let made_at = instant_text(self.clock.now(), plate.zone);
        let (mut patients, mut after) = (Vec::new(), Value::Null);
        loop {
            let page: DowntimePage = self.ask("exchange.downtime_page", json!({ "after": after }))?;
            patients.extend(page.rows);
            if progress(Progress::of("reading", patients.len() as u64, 0)) == Continue::No {
                return Ok(None);
            }
            let Some(next) = page.next else { break };
            after = json!(next);
        }
        let sheets = self.day_sheets()?;
        let text = Zeroizing::new(pack(&plate.name, &made_at, &sheets, &patients));
        let sealed: SealedDowntime = self.ask("exchange.seal_downtime", json!({ "pack": text.as_str() }))?;
        let day = made_at.get(..10).ok_or_else(|| Fault::because("an instant begins with its day"))?;
        let name = format!("{NAME}{day}{ENDING}");
        replaced(&within.join(&name), sealed.page.as_bytes()).map_err(|_| RECORDS_NOT_WRITTEN.at("folder"))?;
        let count = patients.len() as u64;
        self.unattended(call("exchange.note_downtime", json!({ "patients": count })))?;
        take_older_away(within);
        Ok(Some(DowntimePack { name, patients: count }))
    }

    /// Reads who is expected today and on the next days, as the front desk may see it.
    fn day_sheets(&self) -> Result<Vec<DaySheet>, Error> {
        let setup: Bookable = self.ask("scheduling.setup", json!({}))?;
        let names: HashMap<String, String> = setup.resources.into_iter().map(|one| (one.resource, one.name)).collect();
        let wanted = json!({ "from": null, "days": SHEET_DAYS, "resources": [] });
        let week: Week = self.ask("scheduling.week", wanted)?;
        let mut sheets = Vec::new();
        for day in week.days {
            let mut lines: Vec<(i32, SheetVisit)> =
                day.visits.into_iter().map(|visit| (visit.from, visit.line(&names))).collect();
            let board: Board = self.ask("scheduling.theatre_board", json!({ "date": day.date }))?;
            lines.extend(board.reservations.into_iter().filter_map(|one| Some((one.from, one.line(&names)?))));
            lines.sort_by_key(|(from, _)| *from);
            sheets.push(DaySheet { date: day.date, visits: lines.into_iter().map(|(_, line)| line).collect() });
        }
        Ok(sheets)
    }

    fn ask<T: DeserializeOwned>(&self, operation: &str, input: Value) -> Result<T, Error> {
        let answer = self.unattended(call(operation, input))?;
        Ok(serde_json::from_value(answer).map_err(|error| Fault::from_error(&error))?)
    }
}

impl Visit {
    fn line(self, names: &HashMap<String, String>) -> SheetVisit {
        SheetVisit {
            with: self.resources.iter().filter_map(|id| names.get(id).cloned()).collect::<Vec<_>>().join(", "),
            time: self.time,
            patient: self.patient_name,
            label: self.label,
        }
    }
}

impl Reserved {
    /// Nothing where nobody is operated on.
    fn line(self, names: &HashMap<String, String>) -> Option<SheetVisit> {
        let case = self.case?;
        let with = case.surgeon_name.into_iter().chain(names.get(&self.theatre).cloned()).collect::<Vec<_>>();
        Some(SheetVisit {
            with: with.join(", "),
            time: self.time,
            patient: case.patient_name,
            label: SURGERY.to_owned(),
        })
    }
}

fn call(operation: &str, input: Value) -> Call {
    Call { operation: operation.to_owned(), input, ..Call::default() }
}

/// Puts a file in the place of another at once: whoever looks finds the one or the other, and both are whole.
fn replaced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes).and_then(|()| file.sync_all())?;
    drop(file);
    fs::rename(beside, path)
}

/// Takes packs of earlier days away: what is in them is out of date, and still about everybody.
fn take_older_away(within: &Path) {
    let Ok(files) = fs::read_dir(within) else { return };
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let mut packs: Vec<String> = names.filter(|name| name.starts_with(NAME) && name.ends_with(ENDING)).collect();
    packs.sort();
    for name in packs.iter().rev().skip(1 + OLDER) {
        // One that cannot be taken away today is taken away with the next pack.
        let _ = fs::remove_file(within.join(name));
    }
}
