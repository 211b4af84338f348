//! What cannot be kept in the calendar is refused, and the field that is to blame is named.

use super::scheduling::{Office, at, office, product, resource, rule};
use super::theatre::theatres;
use crate::scene::with;
use keepwell_kernel::Failure;
use keepwell_practice::testing::TestPractice;
use serde_json::{Value, json};

type Case = (&'static str, Value, &'static str, &'static str);

fn all_refused(test: &TestPractice, cases: Vec<Case>) {
    for (verb, input, code, field) in cases {
        let operation = format!("scheduling.{verb}");
        match test.call(&operation, input.clone()) {
            Err(Failure::Refused { code: found, field: at, .. }) => {
                let found = (found.as_str(), at.unwrap_or_default());
                assert_eq!(found, (format!("scheduling.{code}").as_str(), field.to_owned()), "{operation} {input}");
            }
            other => panic!("{operation} {input}: {other:?}"),
        }
    }
}

fn done(test: &TestPractice, operation: &str, input: Value) -> Value {
    test.call(operation, input).unwrap_or_else(|failure| panic!("{operation}: {failure:?}"))
}

#[test]
fn in_what_is_set_up() {
    let test = TestPractice::new();
    let office = office(&test);
    let service = done(&test, "scheduling.setup", json!({}))["services"][0]["service"].clone();
    let room = |more: Value| with(resource("room", "Room 9", &json!([])), &more);
    let visits = |more: Value| with(product(&service, "Vaccines", 20), &more);
    let hours = |more: Value| with(rule(&office.calendar, "open", &[], 540, 600), &more);
    let ended = json!([{ "name": "ECG", "valid_until": "2026-02-30" }]);
    let wrong_kind = json!([{ "kind": "room", "capability": null, "resource": office.ito, "count": 1 }]);
    let cases = vec![
        ("keep_site", json!({ "name": " ", "address": "" }), "bad_text", "name"),
        ("keep_service", json!({ "name": "Visits" }), "name_taken", "name"),
        ("keep_department", json!({ "site": service, "name": "A" }), "unknown", "site"),
        ("keep_resource", room(json!({ "name": "Room 1" })), "name_taken", "name"),
        ("keep_resource", room(json!({ "capacity": 0 })), "bad_minutes", "capacity"),
        ("keep_resource", room(json!({ "name": "x".repeat(101) })), "bad_text", "name"),
        ("keep_resource", room(json!({ "capabilities": ended })), "bad_date", "capabilities.0.valid_until"),
        ("keep_product", visits(json!({ "minutes": 4 })), "bad_minutes", "minutes"),
        ("keep_product", visits(json!({ "price_cents": -1 })), "bad_minutes", "price_cents"),
        ("keep_product", visits(json!({ "label": "Follow-up" })), "name_taken", "label"),
        ("keep_product", visits(json!({ "requirements": wrong_kind })), "unknown", "requirements.0.resource"),
        ("keep_rule", hours(json!({ "to_minute": 540 })), "bad_minutes", "to_minute"),
        ("keep_rule", hours(json!({ "weekdays": [8] })), "bad_date", "weekdays"),
        ("keep_rule", hours(json!({ "until": "2025-12-31" })), "bad_date", "until"),
        ("keep_rule", hours(json!({ "every_weeks": 0 })), "bad_minutes", "every_weeks"),
        ("end_rule", json!({ "rule": service }), "unknown", "rule"),
    ];
    all_refused(&test, cases);
}

#[test]
fn in_what_is_asked_and_booked() {
    let test = TestPractice::new();
    let office: Office = office(&test);
    let unit = done(&test, "scheduling.book", office.follow_up(600))["unit"].clone();
    let closed = with(resource("equipment", "Old cart", &json!([])), &json!({ "ended": true }));
    let closed = done(&test, "scheduling.keep_resource", closed)["resource"].clone();
    let search = |more: Value| {
        let plain = json!({ "product": office.follow_up, "patient": null, "resources": [], "from": null, "days": 7,
                            "weekdays": [], "not_before": null, "not_after": null, "limit": 5 });
        with(plain, &more)
    };
    let wish = |more: Value| with(office.follow_up(840), &more);
    let elsewhere = json!({ "unit": office.ito, "version": 1, "slot": at(840, 30), "resources": [office.ito] });
    let waived = json!({ "unit": unit, "version": 1, "gate": "consent_signed", "reason": "x" });
    let cases = vec![
        ("day", json!({ "date": "2026-13-01" }), "bad_date", "date"),
        ("week", json!({ "from": null, "days": 43, "resources": [] }), "too_many", "days"),
        ("openings", search(json!({ "days": 0 })), "too_many", "days"),
        ("openings", search(json!({ "limit": 0 })), "too_many", "limit"),
        ("openings", search(json!({ "not_before": 600, "not_after": 600 })), "bad_minutes", "not_after"),
        ("book", wish(json!({ "resources": [] })), "no_resource", "resources"),
        ("book", wish(json!({ "resources": [office.ito, office.ito] })), "no_resource", "resources.1"),
        ("book", wish(json!({ "resources": vec![&office.ito; 21] })), "too_many", "resources"),
        ("book", wish(json!({ "resources": [office.ito, closed] })), "ended", "resources.1"),
        ("book", wish(json!({ "slot": at(1_440, 30) })), "bad_minutes", "slot.minute"),
        ("book", wish(json!({ "slot": at(840, 4) })), "bad_minutes", "slot.minutes"),
        ("book", wish(json!({ "desk_note": "a\u{0}" })), "bad_text", "desk_note"),
        ("book", wish(json!({ "wait": unit })), "unknown", "wait"),
        ("repeat", json!({ "unit": unit, "version": 1, "rule": "FREQ=SOMETIMES" }), "bad_rule", "rule"),
        ("move", elsewhere, "unknown", "unit"),
        ("waive_gate", waived, "unknown", "gate"),
    ];
    all_refused(&test, cases);
}

#[test]
fn in_what_is_planned_for_a_theatre() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let nobody = json!("0197b1b8-0000-7000-8000-000000000000");
    let (case, held) = all.placed(&test, 600);
    let next = done(&test, "scheduling.keep_case", all.case())["case"].clone();
    let plan = |more: Value| with(all.case(), &more);
    let reserve = |more: Value| with(all.reserve(&next, 840), &more);
    let (stale, fresh) = (json!({ "reservation": held, "version": 9 }), json!({ "reservation": held, "version": 1 }));
    let there = json!({ "theatre": all.two, "slot": at(840, 60), "setup_minutes": 0, "turnover_minutes": 0 });
    let item = |name: &str, quantity: u16| json!({ "kind": "item", "name": name, "quantity": quantity });
    let allocate = |what: Value, from: u16, to: u16| json!({ "reservation": held, "what": what, "role": "", "from": from, "to": to });
    let cart = json!({ "kind": "resource", "resource": nobody });
    let lapse = json!({ "resource": all.one, "what": "laminar flow hood", "reason": "Tested" });
    let cases = vec![
        ("keep_case", plan(json!({ "minutes": 4 })), "bad_minutes", "minutes"),
        ("keep_case", plan(json!({ "surgeon": all.office.room })), "no_resource", "surgeon"),
        ("keep_case", plan(json!({ "surgeon": nobody })), "unknown", "surgeon"),
        ("keep_case", plan(json!({ "department": nobody })), "unknown", "department"),
        ("keep_case", plan(json!({ "case": next, "version": 9 })), "stale", "version"),
        ("keep_case", plan(json!({ "case": nobody, "version": 1 })), "unknown", "case"),
        ("cancel_case", json!({ "case": case, "version": 9, "reason": "ill" }), "stale", "version"),
        (
            "note_case",
            json!({ "case": case, "procedure": " ", "laterality": "none", "anaesthesia": "", "note": "" }),
            "bad_text",
            "procedure",
        ),
        ("clinical_case", json!({ "case": nobody }), "unknown", "case"),
        ("theatre_board", json!({ "date": "2026-02-30" }), "bad_date", "date"),
        ("reserve_theatre", reserve(json!({ "setup_minutes": 481 })), "bad_minutes", "setup_minutes"),
        ("reserve_theatre", reserve(json!({ "turnover_minutes": 481 })), "bad_minutes", "turnover_minutes"),
        ("reserve_theatre", reserve(json!({ "theatre": nobody })), "unknown", "theatre"),
        ("reserve_theatre", reserve(json!({ "note": "x".repeat(1_001) })), "bad_text", "note"),
        ("move_reservation", with(stale.clone(), &there), "stale", "version"),
        ("release_theatre", with(stale.clone(), &json!({ "reason": "ill" })), "stale", "version"),
        ("advance_theatre", with(stale.clone(), &json!({ "to": "set_up" })), "stale", "version"),
        ("advance_theatre", with(fresh.clone(), &json!({ "to": "reserved" })), "bad_status", "to"),
        ("waive_lapse", with(stale, &lapse), "stale", "version"),
        ("waive_lapse", with(fresh, &lapse), "unknown", "what"),
        ("allocate", allocate(item(" ", 1), 0, 10), "bad_text", "what.name"),
        ("allocate", allocate(item("Suture", 0), 0, 10), "bad_minutes", "what.quantity"),
        ("allocate", allocate(cart.clone(), 0, 10), "unknown", "what.resource"),
        ("allocate", allocate(item("Suture", 1), 10, 10), "bad_minutes", "to"),
        (
            "check_allocation",
            json!({ "reservation": held, "what": cart, "from": 0, "to": 10 }),
            "unknown",
            "what.resource",
        ),
        ("end_allocation", json!({ "allocation": nobody }), "unknown", "allocation"),
    ];
    all_refused(&test, cases);
}

/// What was is not undone: who was in a theatre was in it, and who took part took part.
#[test]
fn in_what_is_over_in_a_theatre() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let (case, held) = all.placed(&test, 600);
    for (version, to) in [(1, "patient_in"), (2, "ended")] {
        done(&test, "scheduling.advance_theatre", json!({ "reservation": held, "version": version, "to": to }));
    }
    let board = done(&test, "scheduling.theatre_board", json!({ "date": super::scheduling::MONDAY }));
    let surgeon = board["reservations"][0]["allocations"][0]["allocation"].clone();
    let moved = json!({ "reservation": held, "version": 3, "theatre": all.two, "slot": at(840, 60), "setup_minutes": 0,
                        "turnover_minutes": 0 });
    let cases = vec![
        ("release_theatre", json!({ "reservation": held, "version": 3, "reason": "ill" }), "bad_status", "reservation"),
        ("cancel_case", json!({ "case": case, "version": 2, "reason": "ill" }), "bad_status", "reservation"),
        ("move_reservation", moved, "bad_status", "reservation"),
        ("end_allocation", json!({ "allocation": surgeon }), "bad_status", "allocation"),
    ];
    all_refused(&test, cases);
}
