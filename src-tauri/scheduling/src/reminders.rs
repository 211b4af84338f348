//! `scheduling.reminders`: who is to be reminded of a visit on a day, and how each may be reached. Nothing is sent by itself.

use crate::day::units_on;
use crate::day_visit::label;
use crate::fields::date;
use crate::hours::day_span;
use crate::setup::Setup;
use crate::slot::clocks;
use crate::span::{Span, instant};
use crate::theatre::held_on;
use crate::theatre::reservation::TheatreStep;
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
    /// The visit; an operation has none.
    pub unit: Option<UnitId>,
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
        let day = day_span(cx.zone(), date);
        let mut ahead = Vec::new();
        for stored in units_on(cx, day)? {
            let unit = stored.record;
            if unit.status.is_ahead() {
                let what = (label(&setup, &unit), unit.status);
                ahead.push((unit.span(), unit.patient, Some(unit.id), what));
            }
        }
        for stored in held_on(cx, day)? {
            let held = stored.record;
            if let Some(patient) = held.patient.filter(|_| held.step < TheatreStep::PatientIn) {
                ahead.push((held.span(), patient, None, (held.label(), VisitStatus::Booked)));
            }
        }
        // What goes over midnight is of the day before.
        ahead.retain(|(span, ..)| day.from <= span.from);
        ahead.sort_by_key(|(span, ..)| *span);
        let rows = ahead.into_iter().map(|(span, patient, unit, what)| row(cx, span, patient, unit, what));
        Ok(ReminderList { date, rows: rows.collect::<Result<_, Error>>()? })
    }
}

fn row(
    cx: &ReadCx<'_>,
    span: Span,
    patient: PatientId,
    unit: Option<UnitId>,
    (label, status): (String, VisitStatus),
) -> Result<ReminderRow, Error> {
    let of = reminded(cx, patient)?;
    Ok(ReminderRow {
        unit,
        patient,
        patient_name: of.listed_name,
        time: clocks(cx.zone(), span),
        clock: cx.zone().wall_of(instant(span.from)).format("%-I:%M %p").to_string(),
        label,
        status,
        reach_by: of.reach_by,
        phone: of.phone,
        voicemail: of.voicemail,
        address: of.address,
    })
}
