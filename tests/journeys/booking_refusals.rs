//! What cannot be kept in the calendar is refused, and the field that is to blame is named.

use super::scheduling::{Office, at, office, product, resource, rule};
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
