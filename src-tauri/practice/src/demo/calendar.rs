//! The calendar of a demonstration: people, rooms and services as a small family practice has them, and days that are full.

use super::{ask, broken, theatre};
use crate::made_up::days::{Day, Door, days};
use crate::practice::{Continue, Practice, Progress};
use crate::take_in_made_up_visits::{MadeUpVisitsTaken, VISITS_MAX};
use keepwell_kernel::{CivilDate, Failure, PatientId};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// When the demonstration is open, in minutes of the day; it is open every day, so that whoever tries it on a Sunday sees one.
const OPEN: (u16, u16) = (510, 1_020);
const LUNCH: (u16, u16) = (720, 780);

#[derive(Deserialize)]
struct Kept {
    resource: String,
    calendar: String,
}

#[derive(Deserialize)]
struct Published {
    product: String,
}

#[derive(Deserialize)]
struct Today {
    today: CivilDate,
}

/// Sets the calendar up and fills the days from `before` days ago to `after` days ahead, the same for the same seed. Says
/// how many visits there are.
///
/// # Errors
/// [`Failure`].
pub(super) fn fill(
    practice: &Practice,
    seed: u64,
    patients: &[PatientId],
    (before, after): (u16, u16),
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<u64, Failure> {
    let door = set_up(practice)?;
    theatre::fill(practice, patients)?;
    let Today { today } = ask(practice, "scheduling.day", json!({ "date": null }), None)?;
    let span = (today - chrono::Duration::days(i64::from(before)), before + after + 1);
    let (mut batch, mut taken): (Vec<Value>, u64) = (Vec::new(), 0);
    for visit in days(&Day { seed, open: OPEN, lunch: LUNCH, patients: patients.len() }, &door, span) {
        let patient = patients.get(visit.patient);
        let made = json!({ "patient": patient, "product": visit.product, "resources": visit.resources,
            "slot": { "date": visit.date, "minute": visit.minute, "minutes": visit.minutes },
            "comes_after": visit.comes_after });
        batch.push(made);
        if batch.len() == VISITS_MAX {
            taken += take_in(practice, std::mem::take(&mut batch))?;
            let done = u64::try_from((visit.date - span.0).num_days()).unwrap_or(0);
            if progress(Progress::of("booking", done, u64::from(span.1))) == Continue::No {
                return Ok(taken);
            }
        }
    }
    Ok(taken + take_in(practice, batch)?)
}

fn take_in(practice: &Practice, visits: Vec<Value>) -> Result<u64, Failure> {
    let answer: MadeUpVisitsTaken =
        ask(practice, "practice.take_in_made_up_visits", json!({ "visits": visits }), None)?;
    Ok(u64::from(answer.taken))
}

/// Sets up three practitioners, three rooms, a cart, and what they are booked for.
fn set_up(practice: &Practice) -> Result<Door, Failure> {
    let IgnoredAny =
        ask(practice, "scheduling.keep_site", json!({ "name": "Lakeside", "address": "12 Lake Street" }), None)?;
    let mut kept = Vec::new();
    for (kind, name, note, can) in [
        ("practitioner", "Dr. Naomi Ito", "Family medicine", Some("minor surgery")),
        ("practitioner", "Dr. Peter Osei", "Pediatrics", None),
        ("practitioner", "R. Alvarez, RN", "Nurse visits", None),
        ("room", "Room 1", "Exam", None),
        ("room", "Room 2", "Exam", None),
        ("room", "Procedure", "Laminar flow hood", Some("laminar flow hood")),
        ("equipment", "ECG cart", "12 leads", Some("ECG")),
    ] {
        let can: Vec<Value> = can.iter().map(|name| json!({ "name": name, "valid_until": null })).collect();
        let license = json!({ "license_number": "DEMO", "license_expires": null, "specialization": note });
        let one: Kept = ask(
            practice,
            "scheduling.keep_resource",
            json!({ "kind": kind, "name": name, "note": note, "department": null, "staff": null, "capacity": 1,
                "practitioner": (kind == "practitioner").then_some(license), "capabilities": can, "ended": false }),
            None,
        )?;
        kept.push((kind, one));
    }
    let of = |kind: &str| kept.iter().filter(|(one, _)| *one == kind).map(|(_, kept)| kept.resource.clone()).collect();
    hours(practice, &kept)?;
    Ok(Door { people: of("practitioner"), rooms: of("room"), products: products(practice)? })
}

/// Binds the practitioners to one calendar with the practice's hours.
fn hours(practice: &Practice, kept: &[(&str, Kept)]) -> Result<(), Failure> {
    let missing = || broken(practice, &std::io::Error::other("a practitioner without a calendar"));
    let calendar = kept.first().map(|(_, one)| one.calendar.clone()).ok_or_else(missing)?;
    let people: Vec<&String> =
        kept.iter().filter(|(kind, _)| *kind == "practitioner").map(|(_, one)| &one.resource).collect();
    let bound = json!({ "calendar": calendar, "name": "Practitioners", "resources": people, "grid_minutes": 15,
        "horizon_days": 366 });
    let IgnoredAny = ask(practice, "scheduling.keep_calendar", bound, None)?;
    for (kind, label, (from, to)) in [("open", "", OPEN), ("closed", "Lunch", LUNCH)] {
        let rule = json!({ "calendar": calendar, "kind": kind, "label": label, "weekdays": [], "every_weeks": 1,
            "from": "2020-01-01", "until": null, "from_minute": from, "to_minute": to, "products": [],
            "capacity": null });
        let IgnoredAny = ask(practice, "scheduling.keep_rule", rule, None)?;
    }
    Ok(())
}

/// Publishes what is booked, each with its length and how often out of a hundred.
fn products(practice: &Practice) -> Result<Vec<(String, u16, u32)>, Failure> {
    #[derive(Deserialize)]
    struct Given {
        service: String,
    }
    let Given { service } = ask(practice, "scheduling.keep_service", json!({ "name": "Visits" }), None)?;
    let person = json!({ "kind": "practitioner", "capability": null, "resource": null, "count": 1 });
    let room = json!({ "kind": "room", "capability": null, "resource": null, "count": 1 });
    let mut all = Vec::new();
    for (label, minutes, often) in
        [("Follow-up", 30, 45), ("Annual exam", 45, 20), ("New patient", 45, 10), ("Sick visit", 30, 25)]
    {
        let product = json!({ "service": service, "label": label, "minutes": minutes, "before": 0, "after": 0,
            "preparation": "", "sensitive": false, "notice_minutes": 0, "requirements": [person, room],
            "gates": ["npp_acknowledged", "license_valid"], "price_cents": null, "ended": false });
        let Published { product } = ask(practice, "scheduling.keep_product", product, None)?;
        all.push((product, minutes, often));
    }
    let surgeon = json!({ "kind": "practitioner", "capability": "minor surgery", "resource": null, "count": 1 });
    let hood = json!({ "kind": "room", "capability": "laminar flow hood", "resource": null, "count": 1 });
    let procedure = json!({ "service": service, "label": "Minor procedure", "minutes": 60, "before": 10, "after": 15,
        "preparation": "", "sensitive": true, "notice_minutes": 1_440, "requirements": [surgeon, hood],
        "gates": ["consent_signed", "license_valid"], "price_cents": null, "ended": false });
    let IgnoredAny = ask(practice, "scheduling.keep_product", procedure, None)?;
    Ok(all)
}
