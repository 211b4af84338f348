//! The calendar on paper and as a file: day sheets, the call list, reminder letters, one's own calendar. What is read for it is
//! read through the door, so that the log names whoever was looked at; files bear names that say nothing about anybody.

use crate::letters::{Saved, home};
use crate::practice::Practice;
use keepwell_documents::{self as documents, CallRow, DaySheet, DaySheetRow, DowntimePaper, ReminderLetter};
use keepwell_exchange::downtime::ENCOUNTER;
use keepwell_identity::PracticeDetails;
use keepwell_kernel::{CivilDate, Failure, ResourceId, Zone, utc_parts};
use keepwell_log::door::Call;
use keepwell_scheduling::{
    CalendarFile, ClinicalSheetView, DeskSheetView, NO_RESOURCE, NOBODY_TO_WRITE_TO, ReminderList, ReminderRow,
    SheetLine, TOO_MANY, VisitStatus,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::Path;

/// Whose sheet of a day is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DaySheetKind {
    /// The front desk's: everybody by time, nothing clinical.
    Desk,
    /// A practitioner's, with room for notes; with what visits are for where whoever prints it may read that.
    Practitioner,
}

/// The most blank forms of a downtime pack.
const FORMS_MAX: u8 = 50;

/// How people are reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemindersKind {
    /// The list of whom to call.
    List,
    /// Letters, a page each.
    Letters,
}

/// Reminders that were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedReminders {
    /// The file.
    pub saved: Saved,
    /// How many people are to be reminded with it.
    pub people: u64,
    /// How many have a visit and may not be reminded so.
    pub left_out: u64,
}

impl Practice {
    /// Writes the sheet of a day into a folder that is there, and says how many visits are on it.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_day_sheet(
        &self,
        within: &Path,
        date: &str,
        kind: DaySheetKind,
        resource: Option<ResourceId>,
    ) -> Result<(Saved, u64), Failure> {
        if kind == DaySheetKind::Practitioner && resource.is_none() {
            return Err(self.fail(&NO_RESOURCE.at("resource").into()));
        }
        let own = resource.filter(|_| kind == DaySheetKind::Practitioner);
        // A call that is not one's to make would stand in the log as a denial, so it is not tried.
        let clinical = own.filter(|_| self.remembered.may("scheduling.clinical_sheet"));
        let (date, name, rows) = match clinical {
            Some(resource) => {
                let input = json!({ "date": date, "resource": resource });
                let ClinicalSheetView { date, name, rows } = self.answered("scheduling.clinical_sheet", input, None)?;
                let said = |line: keepwell_scheduling::ClinicalSheetLine| {
                    let parts = [line.reason_for_visit, line.procedure_detail].into_iter().flatten();
                    let parts: Vec<String> = parts.filter(|text| !text.is_empty()).collect();
                    printed(line.visit, parts.join("\n"))
                };
                (date, name, rows.into_iter().map(said).collect::<Vec<_>>())
            }
            None => {
                let input = json!({ "date": date, "resource": own });
                let DeskSheetView { date, name, rows } = self.answered("scheduling.desk_sheet", input, None)?;
                (date, name, rows.into_iter().map(|line| printed(line, String::new())).collect())
            }
        };
        let (practice, visits) = (self.details()?, rows.len() as u64);
        let pdf = documents::day_sheet(&DaySheet {
            created: utc_parts(self.clock.now()),
            date: long(date),
            name: own.map(|_| name),
            clinical: clinical.is_some(),
            printed: self.present(&practice)?,
            practice: practice.name,
            rows,
        });
        let pdf = pdf.map_err(|error| self.broken(&error))?;
        self.saved_as(within, "keepwell-sheet", "pdf", &pdf).map(|saved| (saved, visits))
    }

    /// Writes a day's downtime pack into a folder that is there, and says how many visits are on it: who is expected, how each
    /// may be reached, and blank forms, up to 50. It is plain paper; the sealed pack is [`Practice::write_downtime`].
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_downtime_paper(&self, within: &Path, date: &str, forms: u8) -> Result<(Saved, u64), Failure> {
        if forms > FORMS_MAX {
            return Err(self.fail(&TOO_MANY.at("forms").into()));
        }
        let of_all = json!({ "date": date, "resource": null });
        let DeskSheetView { rows, .. } = self.answered("scheduling.desk_sheet", of_all, None)?;
        let list: ReminderList = self.answered("scheduling.reminders", json!({ "date": date }), None)?;
        let (visits, calls) = (rows.len() as u64, self.calls(list, self.details()?)?);
        let pdf = documents::downtime_paper(&DowntimePaper {
            created: calls.created,
            practice: calls.practice,
            date: calls.date,
            printed: calls.printed,
            rows: rows.into_iter().map(|line| printed(line, String::new())).collect(),
            counted: calls.counted,
            calls: calls.rows,
            forms,
            form: ENCOUNTER.map(str::to_owned).to_vec(),
        });
        let pdf = pdf.map_err(|error| self.broken(&error))?;
        self.saved_as(within, "keepwell-downtime", "pdf", &pdf).map(|saved| (saved, visits))
    }

    /// Writes whom to remind of the visits of a day into a folder that is there. Nothing is sent.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_reminders(&self, within: &Path, date: &str, kind: RemindersKind) -> Result<SavedReminders, Failure> {
        let list: ReminderList = self.answered("scheduling.reminders", json!({ "date": date }), None)?;
        let practice = self.details()?;
        let all = list.rows.len() as u64;
        let (name, pdf, people) = match kind {
            RemindersKind::List => {
                let calls = self.calls(list, practice)?;
                let people = calls.rows.iter().filter(|row| row.call != DO_NOT_CALL).count();
                ("keepwell-calls", documents::call_list(&calls), people)
            }
            RemindersKind::Letters => {
                let letters = self.letters(list, practice)?;
                ("keepwell-reminders", documents::reminder_letters(&letters), letters.letters.len())
            }
        };
        let saved = self.saved_as(within, name, "pdf", &pdf.map_err(|error| self.broken(&error))?)?;
        let people = people as u64;
        Ok(SavedReminders { saved, people, left_out: all - people })
    }

    /// Writes the calendar of whoever is signed in into a folder that is there, as another program reads it, and says how
    /// many visits are in it. It names nobody.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn save_calendar(
        &self,
        within: &Path,
        resource: ResourceId,
        (from, until): (&str, &str),
        reason: Option<String>,
    ) -> Result<(Saved, u64), Failure> {
        let input = json!({ "resource": resource, "from": from, "until": until });
        let file: CalendarFile = self.answered("scheduling.calendar_file", input, reason)?;
        let saved = self.saved_as(within, "keepwell-calendar", "ics", file.text.as_bytes())?;
        Ok((saved, file.events))
    }

    fn calls(&self, list: ReminderList, practice: PracticeDetails) -> Result<documents::CallList, Failure> {
        let rows: Vec<CallRow> = list.rows.into_iter().map(call_row).collect();
        let nobody = rows.iter().filter(|row| row.call == DO_NOT_CALL).count();
        let asked = rows.iter().filter(|row| row.not_a_number).count() - nobody;
        let numbers = rows.len() - asked - nobody;
        Ok(documents::CallList {
            created: utc_parts(self.clock.now()),
            date: long(list.date),
            printed: self.present(&practice)?,
            practice: practice.name,
            counted: format!("{numbers} to call, {asked} only as they asked, {nobody} not to be called"),
            rows,
        })
    }

    fn letters(&self, list: ReminderList, practice: PracticeDetails) -> Result<documents::ReminderLetters, Failure> {
        let day = long(list.date);
        let written = list.rows.into_iter().filter(|row| !row.address.is_empty());
        let letters: Vec<ReminderLetter> =
            written.map(|row| ReminderLetter { address: row.address, day: day.clone(), time: row.clock }).collect();
        if letters.is_empty() {
            return Err(self.fail(&NOBODY_TO_WRITE_TO.at("date").into()));
        }
        let now = self.clock.now();
        Ok(documents::ReminderLetters {
            created: utc_parts(now),
            date: self.zone(&practice)?.date_of(now).format("%B %-d, %Y").to_string(),
            practice: practice.name,
            practice_address: home(practice.address),
            practice_phone: practice.phone.unwrap_or_default(),
            letters,
        })
    }

    fn answered<T: DeserializeOwned>(
        &self,
        operation: &str,
        input: Value,
        reason: Option<String>,
    ) -> Result<T, Failure> {
        let call = Call { operation: operation.to_owned(), input, purpose: None, reason };
        serde_json::from_value(self.call(call)?).map_err(|error| self.broken(&error))
    }

    fn details(&self) -> Result<PracticeDetails, Failure> {
        self.answered("identity.practice", json!({}), None)
    }

    fn zone(&self, practice: &PracticeDetails) -> Result<Zone, Failure> {
        Zone::named(&practice.time_zone).map_err(|error| self.broken(&error))
    }

    /// Returns the present as people say it.
    fn present(&self, practice: &PracticeDetails) -> Result<String, Failure> {
        let wall = self.zone(practice)?.wall_of(self.clock.now());
        Ok(wall.format("%B %-d, %Y at %-I:%M %p").to_string())
    }
}

/// What stands where a number would.
const DO_NOT_CALL: &str = "Do not call";

fn call_row(row: ReminderRow) -> CallRow {
    let number = row.phone.map(|phone| if row.voicemail { phone } else { format!("{phone}, no message") });
    let not_a_number = number.is_none();
    let asked = row.reach_by.map(|asked| format!("Only as asked: {asked}"));
    CallRow {
        time: row.time,
        patient: row.patient_name,
        label: row.label,
        call: number.or(asked).unwrap_or_else(|| DO_NOT_CALL.to_owned()),
        not_a_number,
        status: stands(row.status).to_owned(),
    }
}

fn printed(line: SheetLine, reason: String) -> DaySheetRow {
    DaySheetRow {
        time: line.time,
        patient: line.patient_name,
        born: line.date_of_birth.map_or_else(|| "not known".to_owned(), |born| born.to_string()),
        label: line.label,
        with: line.people.join(", "),
        room: line.rooms.join(", "),
        status: stands(line.status).to_owned(),
        note: line.desk_note.into_iter().collect(),
        reason,
    }
}

fn long(date: CivilDate) -> String {
    date.format("%A, %B %-d, %Y").to_string()
}

const fn stands(status: VisitStatus) -> &'static str {
    match status {
        VisitStatus::Booked => "Booked",
        VisitStatus::Confirmed => "Confirmed",
        VisitStatus::Arrived => "Arrived",
        VisitStatus::Roomed => "In a room",
        VisitStatus::InCare => "In care",
        VisitStatus::Done => "Over",
        VisitStatus::CheckedOut => "Checked out",
        VisitStatus::NoShow => "Missed",
        VisitStatus::Cancelled => "Cancelled",
    }
}
