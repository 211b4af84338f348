//! `scheduling.reminders`: who is to be reminded of a visit on a day, and how each may be reached. Nothing is sent by itself.

use crate::day::units_on;
use crate::day_visit::label;
use crate::fields::date;
use crate::hours::day_span;
use crate::setup::Setup;
use crate::slot::clocks;
use crate::unit::VisitStatus;
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, Purpose, UnitId};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::reminded;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens the reminders of a day.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenReminders {
    /// The day of the visits, YYYY-MM-DD.
    pub date: String,
}

/// The visits of a day that are still to come.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct ReminderList {
    /// Which day.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// In the order in which they begin.
    pub rows: Vec<ReminderRow>,
}

/// One of them. Nothing clinical.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct ReminderRow {
    /// The visit.
    pub unit: UnitId,
    /// Whose visit it is.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub patient_name: String,
    /// Its time.
    pub time: String,
    /// When it begins, as one says it to somebody: `9:30 AM`.
    pub clock: String,
    /// What to call it; a sensitive one is a visit and nothing else.
    pub label: String,
    /// How it stands.
    pub status: VisitStatus,
    /// What the patient asked for where another way was asked for (45 CFR 164.522(b)); then that is the only way.
    pub reach_by: Option<String>,
    /// The number to call, where one may be called.
    pub phone: Option<String>,
    /// A message may be left on it.
    pub voicemail: bool,
    /// Where a letter goes, the name first; empty where none may be sent.
    pub address: Vec<String>,
}

impl Operation for OpenReminders {
    const NAME: &'static str = "scheduling.reminders";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment];
    type Output = ReminderList;
}

impl Query for OpenReminders {
    fn run(self, cx: &ReadCx<'_>) -> Result<ReminderList, Error> {
        let (setup, date) = (Setup::read(cx)?, date(&self.date, "date")?);
        let mut rows = Vec::new();
        for stored in units_on(cx, day_span(cx.zone(), date))? {
            let unit = stored.record;
            // A visit that goes over midnight is one of the day before.
            if !unit.status.is_ahead() || cx.zone().date_of(unit.starts_at) != date {
                continue;
            }
            let patient = reminded(cx, unit.patient)?;
            rows.push(ReminderRow {
                unit: unit.id,
                patient: unit.patient,
                patient_name: patient.listed_name,
                time: clocks(cx.zone(), unit.span()),
                clock: cx.zone().wall_of(unit.starts_at).format("%-I:%M %p").to_string(),
                label: label(&setup, &unit),
                status: unit.status,
                reach_by: patient.reach_by,
                phone: patient.phone,
                voicemail: patient.voicemail,
                address: patient.address,
            });
        }
        Ok(ReminderList { date, rows })
    }
}
