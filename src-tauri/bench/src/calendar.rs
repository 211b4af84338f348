//! The calendar through the door: thirty resources, six years, a quarter of a million visits, the next sixty days nine tenths
//! full.

use crate::Done;
use crate::arguments::Arguments;
use crate::chance::Chance;
use crate::desk::Desk;
use crate::disk::{forget, warm};
use crate::peers::Side;
use crate::practices::Made;
use crate::report::Report;
use crate::samples::Samples;
use crate::workloads::progress;
use keepwell_kernel::CivilDate;
use serde_json::{Value, json};

/// Practitioners, rooms and pieces of equipment, so many of each.
const EACH: usize = 10;
/// Half hours from nine to five.
const SLOTS: u16 = 16;
/// How many days ahead are nine tenths full.
const AHEAD: i64 = 66;
/// Visits in one call.
const BATCH: usize = 100;

/// Fills the calendar where that was not done before, and measures it.
pub(crate) fn run(arguments: &Arguments, report: &mut Report) -> Done<()> {
    let (patients, days, looks) = if arguments.quick { (500, 120, 60) } else { (4_000, 2_190, 400) };
    let stores = arguments.stores.join("calendar");
    std::fs::create_dir_all(&stores)?;
    let made = Made::with(&stores, patients)?;
    let office = Desk::session(&made.folder, |desk| Office::at(desk, &made, days))?;
    let (mut chance, mut first) = (Chance::new(arguments.seed), Samples::default());
    for round in 0..arguments.rounds {
        forget(&made.folder)?;
        let day = json!({ "date": office.past(&mut chance, days) });
        let (micros, _) = Desk::session(&made.folder, |desk| desk.timed("scheduling.day", day))?;
        first.add(round, micros / 1e3);
    }
    report.put("first day of the calendar, everything cold", "ms", Side::Keepwell, first);
    let read = warm(&made.folder)?;
    report.put("read once before, the calendar", "s", Side::Keepwell, Samples::one(read));
    Desk::session(&made.folder, |desk| office.measure(desk, report, &mut chance, (days, looks)))?;
    report.note(
        "The calendar has 10 practitioners, 10 rooms and 10 pieces of equipment; each visit takes one of each. Seven tenths of \
         the past and nine tenths of the next 66 days are taken. Openings are the first five of 60 days, everything included.",
    );
    Ok(())
}

struct Office {
    product: Value,
    resources: Vec<Value>,
    patients: Vec<Value>,
    today: CivilDate,
}

impl Office {
    fn at(desk: &Desk, made: &Made, days: i64) -> Done<Self> {
        let setup = desk.call("scheduling.setup", json!({}))?;
        let today = desk.call("scheduling.day", json!({ "date": null }))?;
        let today: CivilDate = serde_json::from_value(field(&today, "today")?)?;
        let patients = made.patients.iter().map(|one| json!(one)).collect();
        let list = |name: &str, field: &str| -> Vec<Value> {
            let rows = setup.get(name).and_then(Value::as_array).into_iter().flatten();
            rows.filter_map(|row| row.get(field).cloned()).collect()
        };
        if let Some(product) = list("products", "product").into_iter().next() {
            return Ok(Self { product, resources: list("resources", "resource"), patients, today });
        }
        let (product, resources) = set_up(desk)?;
        let office = Self { product, resources, patients, today };
        office.fill(desk, days)?;
        Ok(office)
    }

    /// Takes the visits in, day by day. The same place in the list of each kind is taken together.
    fn fill(&self, desk: &Desk, days: i64) -> Done<()> {
        let mut chance = Chance::new(7);
        let (mut batch, mut taken): (Vec<Value>, u64) = (Vec::new(), 0);
        for day in -days..AHEAD {
            let share = if day > 0 { 900 } else { 700 };
            for slot in 0..SLOTS {
                for place in 0..EACH {
                    if chance.below(1_000) < share {
                        batch.push(self.visit(&mut chance, day, slot, place));
                    }
                }
            }
            while batch.len() >= BATCH {
                let visits: Vec<Value> = batch.drain(..BATCH).collect();
                let answer = desk.call("practice.take_in_made_up_visits", json!({ "visits": visits }))?;
                taken += answer.get("taken").and_then(Value::as_u64).unwrap_or(0);
            }
            if day % 200 == 0 {
                progress(&format!("the calendar: {taken} visits"));
            }
        }
        progress(&format!("the calendar has {taken} visits"));
        Ok(())
    }

    fn visit(&self, chance: &mut Chance, day: i64, slot: u16, place: usize) -> Value {
        let patient = chance.below(self.patients.len() as u64) as usize;
        json!({ "patient": self.patients.get(patient), "product": self.product, "comes_after": 0,
            "slot": { "date": self.today + chrono::Duration::days(day), "minute": 540 + slot * 30, "minutes": 30 },
            "resources": self.three(place) })
    }

    /// Returns a practitioner, a room and a piece of equipment.
    fn three(&self, place: usize) -> Vec<&Value> {
        (0..3).filter_map(|kind| self.resources.get(kind * EACH + place)).collect()
    }

    /// Returns a day that has been.
    fn past(&self, chance: &mut Chance, days: i64) -> CivilDate {
        self.today - chrono::Duration::days(chance.below(days.unsigned_abs()).cast_signed())
    }

    fn measure(&self, desk: &Desk, report: &mut Report, chance: &mut Chance, (days, looks): (i64, u64)) -> Done<()> {
        let mut timed = |what: &str, operation: &str, input: &mut dyn FnMut(u64) -> Value| -> Done<()> {
            let mut samples = Samples::default();
            for look in 0..looks {
                let (micros, _) = desk.timed(operation, input(look))?;
                samples.add((look % 5) as usize, micros / 1e3);
            }
            report.put(what.to_owned(), "ms", Side::Keepwell, samples);
            Ok(())
        };
        timed("a day of the calendar", "scheduling.day", &mut |_| json!({ "date": self.past(chance, days) }))?;
        timed(
            "a week of one practitioner",
            "scheduling.week",
            &mut |_| json!({ "from": self.past(chance, days), "days": 7, "resources": self.resources.first().into_iter().collect::<Vec<_>>() }),
        )?;
        timed("first five openings of 60 days", "scheduling.openings", &mut |look| {
            let early = (look % 4) * 120;
            json!({ "product": self.product, "patient": self.patients.get(look as usize), "resources": [], "from": null,
                "days": 60, "weekdays": [], "not_before": 540 + early, "not_after": null, "limit": 5 })
        })?;
        timed("one opening in 60 days that are full", "scheduling.openings", &mut |_| {
            json!({ "product": self.product, "patient": null, "resources": self.three(0), "from": null, "days": 60,
                "weekdays": [], "not_before": 540, "not_after": 570, "limit": 200 })
        })?;
        let free = |look: u64| {
            let day = AHEAD.unsigned_abs() + 30 + look / 16;
            json!({ "date": self.today + chrono::Duration::days(day.cast_signed()), "minute": 540 + (look % 16) * 30,
                "minutes": 30 })
        };
        let base = chance.below(100) * 25;
        timed("a booking", "scheduling.book", &mut |look| {
            json!({ "product": self.product, "patient": self.patients.get(look as usize), "slot": free(look + base),
                "resources": self.three(3), "override_reason": "A measurement that was made before." })
        })
    }
}

fn set_up(desk: &Desk) -> Done<(Value, Vec<Value>)> {
    let mut resources = Vec::new();
    for (kind, name) in [("practitioner", "Practitioner"), ("room", "Room"), ("equipment", "Device")] {
        for number in 1..=EACH {
            let input = json!({ "kind": kind, "name": format!("{name} {number}"), "note": "", "department": null,
                "staff": null, "practitioner": null, "capabilities": [], "capacity": 1, "ended": false });
            let kept = desk.call("scheduling.keep_resource", input)?;
            resources.push(field(&kept, "resource")?);
            if kind == "practitioner" {
                let rule = json!({ "calendar": kept.get("calendar"), "kind": "open", "label": "", "weekdays": [],
                    "every_weeks": 1, "from": "2015-01-01", "until": null, "from_minute": 540, "to_minute": 1_020,
                    "products": [], "capacity": null });
                desk.call("scheduling.keep_rule", rule)?;
            }
        }
    }
    let service = desk.call("scheduling.keep_service", json!({ "name": "Visits" }))?;
    let need = |kind: &str| json!({ "kind": kind, "capability": null, "resource": null, "count": 1 });
    let product = json!({ "service": service.get("service"), "label": "Follow-up", "minutes": 30, "before": 0, "after": 0,
        "preparation": "", "sensitive": false, "notice_minutes": 0,
        "requirements": [need("practitioner"), need("room"), need("equipment")], "gates": [], "price_cents": null,
        "ended": false });
    let product = desk.call("scheduling.keep_product", product)?;
    Ok((field(&product, "product")?, resources))
}

fn field(of: &Value, name: &str) -> Done<Value> {
    of.get(name).cloned().ok_or_else(|| format!("an answer without `{name}`").into())
}
