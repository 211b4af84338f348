//! The theatres of a demonstration: a surgeon with a day of operations, a theatre under maintenance, and two who wait for one.

use super::ask;
use crate::practice::Practice;
use keepwell_kernel::{CivilDate, Failure, PatientId};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// For how many days theatres are reserved, today among them.
const DAYS: usize = 5;
/// How much later than the practice opens anybody is operated on, and how long each operation takes, in minutes.
const LIST: [(u16, u16); 3] = [(540, 75), (660, 60), (810, 90)];
/// How long a theatre is set up before, and made ready after.
const AROUND: (u16, u16) = (20, 15);
/// The steps of an operation that is over.
const STEPS: [&str; 6] = ["set_up", "patient_in", "begun", "ended", "patient_out", "turned_over"];

#[derive(Deserialize)]
struct Kept {
    resource: String,
}

#[derive(Deserialize)]
struct Planned {
    case: String,
}

#[derive(Deserialize)]
struct Held {
    reservation: String,
    version: u64,
}

#[derive(Deserialize)]
struct Moved {
    version: u64,
}

#[derive(Deserialize)]
struct Board {
    today: CivilDate,
    now: Option<u16>,
}

struct Team {
    surgeon: String,
    anaesthetist: String,
    first: String,
    second: String,
}

/// Sets two theatres up and fills their next days.
///
/// # Errors
/// [`Failure`].
pub(super) fn fill(practice: &Practice, patients: &[PatientId]) -> Result<(), Failure> {
    let team = team(practice)?;
    let Board { today, now } = ask(practice, "scheduling.theatre_board", json!({ "date": null }), None)?;
    // The last ones to be registered: the first ones fill the practitioners' days.
    let mut waiting = patients.iter().rev();
    for (day, date) in today.iter_days().take(DAYS).enumerate() {
        for ((minute, minutes), patient) in LIST.into_iter().zip(waiting.by_ref()) {
            let case = plan(practice, &team, *patient, "elective", minutes)?;
            let held = reserve(practice, &team.first, (date, minute, minutes), Some(&case))?;
            let goes = json!({ "reservation": held.reservation, "role": "Anesthetist", "from": 0,
                "to": AROUND.0 + minutes + AROUND.1, "what": { "kind": "resource", "resource": team.anaesthetist } });
            let IgnoredAny = ask(practice, "scheduling.allocate", goes, None)?;
            if day == 0 {
                advance(practice, &held, steps_by(now.unwrap_or(0), minute, minutes))?;
            }
        }
        if day == 1 {
            reserve(practice, &team.second, (date, 540, 180), None)?;
        }
    }
    for (urgency, patient) in ["urgent", "elective"].into_iter().zip(waiting) {
        plan(practice, &team, *patient, urgency, 60)?;
    }
    Ok(())
}

fn team(practice: &Practice) -> Result<Team, Failure> {
    let keep = |kind: &str, name: &str, note: &str| -> Result<String, Failure> {
        let license = json!({ "license_number": "DEMO", "license_expires": null, "specialization": note });
        let one: Kept = ask(
            practice,
            "scheduling.keep_resource",
            json!({ "kind": kind, "name": name, "note": note, "department": null, "staff": null, "capacity": 1,
                "practitioner": (kind == "practitioner").then_some(license), "capabilities": [], "ended": false }),
            None,
        )?;
        Ok(one.resource)
    };
    Ok(Team {
        surgeon: keep("practitioner", "Dr. Amara Cole", "Surgery")?,
        anaesthetist: keep("practitioner", "J. Park, CRNA", "Anesthesia")?,
        first: keep("theatre", "Theatre 1", "Day surgery")?,
        second: keep("theatre", "Theatre 2", "Day surgery")?,
    })
}

fn plan(practice: &Practice, team: &Team, patient: PatientId, urgency: &str, minutes: u16) -> Result<String, Failure> {
    let case = json!({ "patient": patient, "surgeon": team.surgeon, "department": null, "urgency": urgency,
        "minutes": minutes });
    let Planned { case } = ask(practice, "scheduling.keep_case", case, None)?;
    Ok(case)
}

fn reserve(
    practice: &Practice,
    theatre: &str,
    (date, minute, minutes): (CivilDate, u16, u16),
    case: Option<&String>,
) -> Result<Held, Failure> {
    let note = case.is_none().then_some("Laminar flow filters");
    let around = if case.is_some() { AROUND } else { (0, 0) };
    let held = json!({ "theatre": theatre, "slot": { "date": date, "minute": minute, "minutes": minutes },
        "setup_minutes": around.0, "turnover_minutes": around.1,
        "purpose": if case.is_some() { "surgery" } else { "maintenance" }, "case": case, "note": note });
    ask(practice, "scheduling.reserve_theatre", held, None)
}

/// Returns how many steps an operation has taken by now.
fn steps_by(now: u16, minute: u16, minutes: u16) -> usize {
    let (before, after) = AROUND;
    let times = [minute - before, minute - 5, minute, minute + minutes, minute + minutes + 3, minute + minutes + after];
    times.into_iter().filter(|at| *at <= now).count()
}

fn advance(practice: &Practice, held: &Held, steps: usize) -> Result<(), Failure> {
    let mut version = held.version;
    for to in STEPS.into_iter().take(steps) {
        let step: Value = json!({ "reservation": held.reservation, "version": version, "to": to });
        Moved { version } = ask(practice, "scheduling.advance_theatre", step, None)?;
    }
    Ok(())
}
