//! The calendar: what can never collide, what each role sees of it, and how a visit goes (design invariants 5 and 9).

use crate::scene::{code, entries, entries_from, register, sign_in, with};
use chrono::Duration;
use keepwell_kernel::{Failure, Role};
use keepwell_practice::testing::{OWNER, TestPractice};
use serde_json::{Value, json};
use std::sync::Arc;

/// Monday after the day on which the tests stand.
pub const MONDAY: &str = "2026-11-23";

/// A small practice with hours: two practitioners, two rooms, a cart, and what they are booked for.
pub struct Office {
    pub ito: Value,
    pub osei: Value,
    pub room: Value,
    pub second_room: Value,
    pub cart: Value,
    pub calendar: Value,
    pub follow_up: Value,
    pub procedure: Value,
    pub patient: String,
}

fn done(test: &TestPractice, operation: &str, input: Value) -> Value {
    test.call(operation, input).unwrap_or_else(|failure| panic!("{operation}: {failure:?}"))
}

pub fn resource(kind: &str, name: &str, capabilities: &Value) -> Value {
    json!({ "kind": kind, "name": name, "note": "", "department": null, "staff": null, "practitioner": null,
            "capabilities": capabilities, "capacity": 1, "ended": false })
}

pub fn product(service: &Value, label: &str, minutes: u16) -> Value {
    json!({ "service": service, "label": label, "minutes": minutes, "before": 0, "after": 0, "preparation": "",
            "sensitive": false, "notice_minutes": 0, "requirements": [], "gates": [], "price_cents": null, "ended": false })
}

pub fn rule(calendar: &Value, kind: &str, weekdays: &[u8], from: u16, to: u16) -> Value {
    json!({ "calendar": calendar, "kind": kind, "label": "", "weekdays": weekdays, "every_weeks": 1, "from": "2026-01-01",
            "until": null, "from_minute": from, "to_minute": to, "products": [], "capacity": null })
}

pub fn at(minute: u16, minutes: u16) -> Value {
    json!({ "date": MONDAY, "minute": minute, "minutes": minutes })
}

/// Sets an office up as its owner.
pub fn office(test: &TestPractice) -> Office {
    let kept = |input: Value| done(test, "scheduling.keep_resource", input);
    let licensed = |name: &str, can: Value| {
        let license =
            json!({ "license_number": "IL 1", "license_expires": "2027-01-31", "specialization": "Family medicine" });
        kept(with(resource("practitioner", name, &can), &json!({ "practitioner": license })))
    };
    let ito = licensed("Dr. Naomi Ito", json!([{ "name": "minor surgery", "valid_until": null }]));
    let osei = licensed("Dr. Peter Osei", json!([]));
    let service = done(test, "scheduling.keep_service", json!({ "name": "Visits" }))["service"].clone();
    let calendar = ito["calendar"].clone();
    let both = json!({ "calendar": calendar, "name": "Practitioners", "resources": [ito["resource"], osei["resource"]],
                       "grid_minutes": 15, "horizon_days": 366 });
    done(test, "scheduling.keep_calendar", both);
    done(test, "scheduling.keep_rule", rule(&calendar, "open", &[1, 2, 3, 4, 5], 540, 1_020));
    done(test, "scheduling.keep_rule", with(rule(&calendar, "closed", &[], 720, 780), &json!({ "label": "Lunch" })));
    let procedure = with(
        product(&service, "Minor procedure", 60),
        &json!({ "sensitive": true, "before": 10, "after": 15, "gates": ["license_valid", "calibration_valid", "consent_signed"],
                 "requirements": [
                     { "kind": "practitioner", "capability": "minor surgery", "resource": null, "count": 1 },
                     { "kind": "room", "capability": "laminar flow hood", "resource": null, "count": 1 }] }),
    );
    Office {
        room: kept(resource("room", "Room 1", &json!([])))["resource"].clone(),
        second_room: kept(resource("room", "Procedure room", &json!([{ "name": "laminar flow hood", "valid_until": null }])))
            ["resource"]
            .clone(),
        cart: kept(resource("equipment", "ECG cart", &json!([{ "name": "ECG", "valid_until": "2026-11-25" }])))["resource"]
            .clone(),
        follow_up: done(test, "scheduling.keep_product", product(&service, "Follow-up", 30))["product"].clone(),
        procedure: done(test, "scheduling.keep_product", procedure)["product"].clone(),
        ito: ito["resource"].clone(),
        osei: osei["resource"].clone(),
        calendar,
        patient: register(&test.practice, "Hallorán", "Grace", "1961-04-02"),
    }
}

impl Office {
    /// Returns a wish for a follow-up with Dr. Ito.
    pub fn follow_up(&self, minute: u16) -> Value {
        json!({ "product": self.follow_up, "patient": self.patient, "slot": at(minute, 30), "resources": [self.ito] })
    }

    /// Returns a place on the waitlist for a follow-up.
    pub fn waits(&self) -> Value {
        json!({ "patient": self.patient, "product": self.follow_up, "resources": [], "weekdays": [], "not_before": null,
                "not_after": null, "until": null, "note": "" })
    }
}

fn conflicts(test: &TestPractice, wish: &Value) -> Vec<(String, String)> {
    let mut asked = with(wish.clone(), &json!({ "unit": null, "hold": null }));
    for field in ["override_reason", "desk_note", "contact"] {
        asked.as_object_mut().unwrap().remove(field);
    }
    let found = done(test, "scheduling.check", asked);
    let word = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
    found["conflicts"].as_array().unwrap().iter().map(|one| (word(one, "kind"), word(one, "held_by"))).collect()
}

#[test]
fn a_visit_is_booked_shown_moved_and_seen_through() {
    let test = TestPractice::new();
    let office = office(&test);
    let wish = with(office.follow_up(570), &json!({ "desk_note": "Brings a walker" }));
    let booked = done(&test, "scheduling.book", wish);
    let day = done(&test, "scheduling.day", json!({ "date": MONDAY }));
    assert_eq!((&day["minutes"], &day["first"], &day["last"]), (&json!(1440), &json!(540), &json!(1020)));
    let shown = &day["visits"][0];
    assert_eq!(shown["patient_name"], "Hallorán, Grace");
    assert_eq!(
        (&shown["from"], &shown["time"], &shown["label"]),
        (&json!(570), &json!("9:30 to 10:00"), &json!("Follow-up"))
    );
    assert_eq!(day["numbers"]["booked"], 1);
    let lunch = day["shades"].as_array().unwrap().iter().find(|one| one["label"] == "Lunch").unwrap();
    assert_eq!((&lunch["from"], &lunch["to"]), (&json!(720), &json!(780)));

    let there =
        json!({ "unit": booked["unit"], "version": 1, "slot": at(600, 45), "resources": [office.osei, office.room] });
    assert_eq!(done(&test, "scheduling.move", there.clone())["version"], 2);
    assert_eq!(code(test.call("scheduling.move", there)), "scheduling.stale");
    let mut version = 2;
    for to in ["confirmed", "arrived", "roomed", "in_care", "done", "checked_out"] {
        test.clock.advance(Duration::minutes(1));
        let step = json!({ "unit": booked["unit"], "version": version, "to": to });
        version = done(&test, "scheduling.advance", step)["version"].as_u64().unwrap();
    }
    let visit = done(&test, "scheduling.visit", json!({ "unit": booked["unit"] }));
    assert_eq!((&visit["status"], &visit["time"]), (&json!("checked_out"), &json!("10:00 to 10:45")));
    assert_eq!(visit["checkpoints"].as_array().unwrap().len(), 7);
    assert_eq!(visit["next"], json!(["done"]));
    let moved_when_over =
        json!({ "unit": booked["unit"], "version": version, "slot": at(840, 30), "resources": [office.ito] });
    assert_eq!(code(test.call("scheduling.move", moved_when_over)), "scheduling.bad_status");
    let all = done(&test, "scheduling.patient_visits", json!({ "patient": office.patient }));
    assert_eq!(all["rows"][0]["names"], json!(["Dr. Peter Osei", "Room 1"]));
    assert_eq!(test.call("log.verify", json!({})).unwrap()["ok"], true);
}

#[test]
fn everything_that_stands_against_a_booking_is_listed_and_adjacent_is_fine() {
    let test = TestPractice::new();
    let office = office(&test);
    done(&test, "scheduling.book", office.follow_up(570));
    let other = register(&test.practice, "Brandt", "Samuel", "1970-01-01");
    let for_other = |minute| with(office.follow_up(minute), &json!({ "patient": other }));
    for free in [540, 600] {
        assert_eq!(conflicts(&test, &for_other(free)), [], "{free}");
    }
    let held = ("resource_busy".to_owned(), "Hallorán, Grace · Follow-up".to_owned());
    assert_eq!(conflicts(&test, &for_other(585)), std::slice::from_ref(&held));
    let patient = ("patient_busy".to_owned(), "Hallorán, Grace · Follow-up".to_owned());
    assert_eq!(conflicts(&test, &office.follow_up(560)), [held, patient]);
    let kinds = |wish: &Value| -> Vec<String> { conflicts(&test, wish).into_iter().map(|(kind, _)| kind).collect() };
    assert_eq!(kinds(&for_other(705)), ["closed"], "into lunch");
    assert_eq!(kinds(&for_other(1_005)), ["closed"], "over the end of the day");
    assert_eq!(kinds(&with(for_other(600), &json!({ "resources": [office.room] }))), ["missing"]);
    let past = json!({ "slot": { "date": "2026-11-20", "minute": 600, "minutes": 30 } });
    assert_eq!(kinds(&with(for_other(0), &past)), ["past"]);
    let far = json!({ "slot": { "date": "2027-12-01", "minute": 600, "minutes": 30 } });
    assert_eq!(kinds(&with(for_other(0), &far)), ["not_valid", "horizon"], "the licence ends in January");
    let procedure = json!({ "product": office.procedure, "patient": other, "slot": at(600, 60),
                            "resources": [office.ito, office.second_room] });
    assert_eq!(kinds(&procedure), ["resource_busy"], "ten minutes before it are kept free");
    assert_eq!(kinds(&with(procedure, &json!({ "slot": at(615, 60) }))), [] as [&str; 0]);
    let found = done(
        &test,
        "scheduling.check",
        json!({ "product": office.procedure, "patient": other, "slot": at(840, 60),
                     "resources": [], "unit": null, "hold": null }),
    );
    assert_eq!(found["complete_with"], json!([office.ito, office.second_room]));
}

#[test]
fn twenty_who_race_for_one_slot_make_exactly_one_booking() {
    let test = Arc::new(TestPractice::new());
    let office = office(&test);
    let names = "Abara Brandt Castellanos Diaz Eriksson Feldman Garcia Haddad Ivanova Jensen Kaplan Lindqvist Moreau Novak \
                 Okonkwo Park Quintero Romero Silva Tanaka";
    let patients: Vec<String> = names
        .split_whitespace()
        .enumerate()
        .map(|(at, family)| register(&test.practice, family, "Ann", &format!("19{}-01-01", 50 + at)))
        .collect();
    let wishes: Vec<Value> =
        patients.iter().map(|patient| with(office.follow_up(600), &json!({ "patient": patient }))).collect();
    let racing: Vec<_> = wishes
        .into_iter()
        .map(|wish| {
            let test = Arc::clone(&test);
            std::thread::spawn(move || test.call("scheduling.book", wish))
        })
        .collect();
    let answers: Vec<Result<Value, Failure>> = racing.into_iter().map(|one| one.join().unwrap()).collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for answer in answers.into_iter().filter(Result::is_err) {
        assert_eq!(code(answer), "scheduling.conflict");
    }
}

#[test]
fn an_override_needs_the_right_and_a_reason_and_leaves_its_events() {
    let test = TestPractice::new();
    let office = office(&test);
    done(&test, "scheduling.book", office.follow_up(570));
    let other = register(&test.practice, "Brandt", "Samuel", "1970-01-01");
    let wish = with(office.follow_up(570), &json!({ "patient": other }));
    let because = |reason: &str| with(wish.clone(), &json!({ "override_reason": reason }));
    assert_eq!(code(test.call("scheduling.book", wish.clone())), "scheduling.conflict");
    assert_eq!(code(test.call("scheduling.book", because(" "))), "scheduling.override_reason");
    assert_eq!(
        code(test.call_as(Role::Receptionist, "scheduling.book", because("Twins"))),
        "scheduling.override_denied"
    );
    sign_in(&test.practice, OWNER).unwrap();
    let before = entries(&test.practice);
    let booked = done(&test, "scheduling.book", because("Twins"));
    let entry =
        entries_from(&test.practice, before).into_iter().rfind(|one| one["operation"] == "scheduling.book").unwrap();
    assert_eq!(entry["changes"], 4, "the order, the visit, the breach and its consequence");
    let visit = done(&test, "scheduling.visit", json!({ "unit": booked["unit"] }));
    assert_eq!(visit["overridden"], json!(["Twins"]));
    let lapsed = json!({ "slot": { "date": "2027-02-01", "minute": 600, "minutes": 30 } });
    let unlicensed = with(because("Nobody else"), &lapsed);
    assert_eq!(code(test.call("scheduling.book", unlicensed)), "scheduling.conflict", "a licence is never overridden");
}

#[test]
fn a_hold_keeps_others_off_until_it_expires() {
    let test = TestPractice::new();
    let office = office(&test);
    let hold = json!({ "product": office.follow_up, "slot": at(600, 30), "resources": [office.ito] });
    let held = done(&test, "scheduling.hold_slot", hold.clone());
    assert_eq!(held["seconds_left"], 600);
    let day = done(&test, "scheduling.day", json!({ "date": MONDAY }));
    assert_eq!((&day["holds"][0]["own"], &day["holds"][0]["from"]), (&json!(true), &json!(600)));
    assert_eq!(code(test.call_as(Role::Receptionist, "scheduling.book", office.follow_up(600))), "scheduling.conflict");
    let theirs = with(office.follow_up(600), &json!({ "hold": held["hold"] }));
    assert_eq!(code(test.call("scheduling.book", theirs.clone())), "scheduling.hold_gone", "it has one owner");
    sign_in(&test.practice, OWNER).unwrap();
    assert_eq!(code(test.call("scheduling.hold_slot", hold.clone())), "scheduling.conflict", "not twice");
    done(&test, "scheduling.book", theirs);
    let day = done(&test, "scheduling.day", json!({ "date": MONDAY }));
    assert_eq!(day["holds"], json!([]), "a hold is used up");

    let later = with(hold, &json!({ "slot": at(660, 30) }));
    let held = done(&test, "scheduling.hold_slot", later.clone());
    test.clock.advance(Duration::seconds(601));
    sign_in(&test.practice, OWNER).unwrap();
    assert_eq!(code(test.call("scheduling.release_slot", json!({ "hold": held["hold"] }))), "scheduling.hold_gone");
    let again = done(&test, "scheduling.hold_slot", later);
    done(&test, "scheduling.release_slot", json!({ "hold": again["hold"] }));
    let fits =
        with(office.follow_up(660), &json!({ "patient": register(&test.practice, "Brandt", "Samuel", "1970-01-01") }));
    done(&test, "scheduling.book", fits);
}

#[test]
fn openings_are_bookable_and_the_waitlist_says_what_fits() {
    let test = TestPractice::new();
    let office = office(&test);
    let search = json!({ "product": office.procedure, "patient": office.patient, "resources": [], "from": MONDAY, "days": 5,
                         "weekdays": [], "not_before": null, "not_after": null, "limit": 3 });
    let found = done(&test, "scheduling.openings", search.clone());
    let times: Vec<&str> = found["rows"].as_array().unwrap().iter().map(|row| row["time"].as_str().unwrap()).collect();
    assert_eq!(times, ["9:00 to 10:00", "9:15 to 10:15", "9:30 to 10:30"]);
    let first = &found["rows"][0];
    assert_eq!(first["names"], json!(["Dr. Naomi Ito", "Procedure room"]));
    let slot = json!({ "date": first["date"], "minute": first["minute"], "minutes": first["minutes"] });
    let wish = json!({ "product": office.procedure, "patient": office.patient, "slot": slot, "resources": first["resources"] });
    done(&test, "scheduling.book", wish);
    let next = done(&test, "scheduling.openings", search);
    // Fifteen minutes after the first and ten before the next are kept free, and the day is cut in quarters.
    assert_eq!(next["rows"][0]["time"], "10:30 to 11:30");
    let other = register(&test.practice, "Brandt", "Samuel", "1970-01-01");
    let waits = json!({ "patient": other, "product": office.procedure, "resources": [office.ito], "weekdays": [1],
                        "not_before": null, "not_after": 720, "until": null, "note": "" });
    let place = done(&test, "scheduling.wait", waits);
    let list = done(&test, "scheduling.waitlist", json!({ "date": MONDAY }));
    assert_eq!(list["rows"][0]["fits"][0]["time"], "10:30 to 11:30");
    let tuesday = done(&test, "scheduling.waitlist", json!({ "date": "2026-11-24" }));
    assert_eq!(tuesday["rows"][0]["fits"], json!([]), "Mondays alone suit");
    assert_eq!(done(&test, "scheduling.day", json!({ "date": MONDAY }))["numbers"]["waitlist"], 1);
    let offered = list["rows"][0]["fits"][0].clone();
    let slot = json!({ "date": offered["date"], "minute": offered["minute"], "minutes": offered["minutes"] });
    let answered = json!({ "product": office.procedure, "patient": other, "slot": slot, "resources": offered["resources"],
                           "wait": place["wait"] });
    done(&test, "scheduling.book", answered);
    assert_eq!(code(test.call("scheduling.leave_waitlist", json!({ "wait": place["wait"] }))), "scheduling.unknown");
    assert_eq!(done(&test, "scheduling.waitlist", json!({ "date": null }))["rows"], json!([]));
}

#[test]
fn the_front_desk_sees_and_holds_nothing_clinical() {
    let test = TestPractice::new();
    let office = office(&test);
    let wish = json!({ "product": office.procedure, "patient": office.patient, "slot": at(600, 60),
                       "resources": [office.ito, office.second_room] });
    let unit = done(&test, "scheduling.book", wish)["unit"].clone();
    let reason = json!({ "unit": unit, "reason_for_visit": "Melanoma on the back", "procedure_detail": "Excision" });
    done(&test, "scheduling.note_reason", reason.clone());
    for (operation, input) in [
        ("scheduling.day", json!({ "date": MONDAY })),
        ("scheduling.week", json!({ "from": MONDAY, "days": 7, "resources": [] })),
        ("scheduling.visit", json!({ "unit": unit })),
        ("scheduling.patient_visits", json!({ "patient": office.patient })),
    ] {
        let shown = test.call_as(Role::Receptionist, operation, input).unwrap().to_string();
        for word in ["Melanoma", "Excision", "Minor procedure"] {
            assert!(!shown.contains(word), "{operation} shows {word}");
        }
        assert!(shown.contains("Visit with Dr. Naomi Ito"), "{operation}");
    }
    for (operation, input) in
        [("scheduling.clinical_visit", json!({ "unit": unit })), ("scheduling.note_reason", reason)]
    {
        assert_eq!(test.call_as(Role::Receptionist, operation, input), Err(Failure::Denied), "{operation}");
    }
    let detail = test.call_as(Role::Nurse, "scheduling.clinical_visit", json!({ "unit": unit })).unwrap();
    assert_eq!(
        (&detail["product_name"], &detail["reason_for_visit"]),
        (&json!("Minor procedure"), &json!("Melanoma on the back"))
    );
    assert!(!Role::Receptionist.compartments().contains(&keepwell_kernel::Compartment::Clinical));
}

#[test]
fn treatment_does_not_begin_behind_a_gate_that_failed() {
    let test = TestPractice::new();
    let office = office(&test);
    let wish = json!({ "product": office.procedure, "patient": office.patient,
                       "slot": { "date": "2026-11-27", "minute": 600, "minutes": 60 },
                       "resources": [office.ito, office.second_room, office.cart] });
    let unit = done(&test, "scheduling.book", wish)["unit"].clone();
    let gates = done(&test, "scheduling.visit", json!({ "unit": unit }))["gates"].clone();
    let states: Vec<&str> = gates.as_array().unwrap().iter().map(|gate| gate["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["not_checked", "passed", "failed"], "consent, licence, calibration");
    test.clock.advance(Duration::days(6));
    sign_in(&test.practice, OWNER).unwrap();
    let into_care = json!({ "unit": unit, "version": 1, "to": "in_care" });
    assert_eq!(code(test.call("scheduling.advance", into_care.clone())), "scheduling.gate_failed");
    let waived = json!({ "unit": unit, "version": 1, "gate": "calibration_valid", "reason": "The cart is not used" });
    assert_eq!(test.call_as(Role::Receptionist, "scheduling.waive_gate", waived.clone()), Err(Failure::Denied));
    sign_in(&test.practice, OWNER).unwrap();
    done(&test, "scheduling.waive_gate", waived);
    done(&test, "scheduling.advance", with(into_care, &json!({ "version": 2 })));
}

#[test]
fn a_cancelled_visit_frees_its_time_and_comes_back_only_while_that_is_free() {
    let test = TestPractice::new();
    let office = office(&test);
    let first = done(&test, "scheduling.book", office.follow_up(600));
    let off = json!({ "unit": first["unit"], "version": 1, "to": "cancelled" });
    assert_eq!(code(test.call("scheduling.advance", off.clone())), "scheduling.reason_needed");
    done(&test, "scheduling.advance", with(off, &json!({ "reason": "patient_asked" })));
    assert_eq!(done(&test, "scheduling.day", json!({ "date": MONDAY }))["visits"], json!([]));
    let other = register(&test.practice, "Brandt", "Samuel", "1970-01-01");
    let taken = done(&test, "scheduling.book", with(office.follow_up(600), &json!({ "patient": other })));
    let back = json!({ "unit": first["unit"], "version": 2, "to": "booked" });
    assert_eq!(code(test.call("scheduling.advance", back.clone())), "scheduling.conflict");
    let off = json!({ "unit": taken["unit"], "version": 1, "to": "no_show", "reason": "no_answer" });
    done(&test, "scheduling.advance", off);
    done(&test, "scheduling.advance", back);
    let numbers = done(&test, "scheduling.day", json!({ "date": MONDAY }))["numbers"].clone();
    assert_eq!((&numbers["booked"], &numbers["missed"]), (&json!(1), &json!(1)));
}

#[test]
fn an_order_keeps_the_version_of_the_offer_it_accepted() {
    let test = TestPractice::new();
    let office = office(&test);
    let unit = done(&test, "scheduling.book", office.follow_up(600))["unit"].clone();
    let setup = done(&test, "scheduling.setup", json!({}));
    let service = setup["services"][0]["service"].clone();
    let dearer = json!({ "product": office.follow_up, "price_cents": 15_000, "minutes": 45 });
    let kept = done(&test, "scheduling.keep_product", with(product(&service, "Follow-up", 30), &dearer));
    assert_eq!(kept["offer_version"], 2);
    assert_eq!(done(&test, "scheduling.visit", json!({ "unit": unit }))["offer_version"], 1);
    let ended =
        with(resource("practitioner", "Dr. Naomi Ito", &json!([])), &json!({ "resource": office.ito, "ended": true }));
    assert_eq!(code(test.call("scheduling.keep_resource", ended)), "scheduling.in_use");
}

#[test]
fn whoever_books_for_a_patient_is_somebody_who_acts_for_that_patient() {
    let test = TestPractice::new();
    let office = office(&test);
    let contact = json!({ "name": "Pat Hallorán", "relationship": "mother", "patients": [office.patient], "ended": false,
                          "channels": [{ "kind": "sms", "value": "+13125550199", "preferred": true }] });
    let kept = done(&test, "scheduling.keep_contact", contact)["contact"].clone();
    let other = register(&test.practice, "Brandt", "Samuel", "1970-01-01");
    let for_other = with(office.follow_up(600), &json!({ "patient": other, "contact": kept }));
    assert_eq!(code(test.call("scheduling.book", for_other)), "scheduling.unknown");
    done(&test, "scheduling.book", with(office.follow_up(600), &json!({ "contact": kept })));
    let listed = done(&test, "scheduling.contacts", json!({ "patient": office.patient }));
    assert_eq!(listed["rows"][0]["name"], "Pat Hallorán");
}

#[test]
fn whoever_was_booked_under_a_record_that_was_merged_is_the_same_person() {
    let test = TestPractice::new();
    let office = office(&test);
    let twice = register(&test.practice, "Quennell", "Ruth", "1948-09-30");
    done(&test, "scheduling.book", with(office.follow_up(600), &json!({ "patient": twice })));
    let elsewhere = with(office.follow_up(600), &json!({ "resources": [office.osei] }));
    assert_eq!(conflicts(&test, &elsewhere), []);
    let proposed = json!({ "from": twice, "into": office.patient });
    let merge = test.call_as(Role::Nurse, "patients.propose_merge", proposed).unwrap()["merge"].clone();
    test.call_as(Role::Physician, "patients.confirm_merge", json!({ "merge": merge })).unwrap();
    sign_in(&test.practice, OWNER).unwrap();
    assert_eq!(conflicts(&test, &elsewhere)[0].0, "patient_busy");
    assert_eq!(code(test.call("scheduling.book", elsewhere)), "scheduling.conflict");
}

/// The dice of the random days: xorshift, so that a failure comes back with its seed.
pub fn dice(state: &mut u64, below: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % below
}

#[test]
fn random_days_keep_the_invariant_whatever_is_tried() {
    let test = TestPractice::new();
    let office = office(&test);
    let patients: Vec<String> = [("Abara", "1951"), ("Brandt", "1962"), ("Castellanos", "1973"), ("Diaz", "1984")]
        .iter()
        .map(|(family, year)| register(&test.practice, family, "Ann", &format!("{year}-01-01")))
        .collect();
    let resources = [&office.ito, &office.osei, &office.room];
    // Each is a booked stretch: minutes since the first day began, whose, and with what.
    let mut kept: Vec<(u64, u64, usize, Vec<usize>)> = Vec::new();
    let (mut seed, mut booked, mut refused) = (0x5EED_u64, 0, 0);
    for round in 0..1_000 {
        let (day, minute, length) = (dice(&mut seed, 5), 540 + dice(&mut seed, 90) * 5, 15 + dice(&mut seed, 6) * 5);
        let patient = usize::try_from(dice(&mut seed, 4)).unwrap();
        let first = usize::try_from(dice(&mut seed, 2)).unwrap();
        let with_room = dice(&mut seed, 2) == 1;
        let chosen: Vec<usize> = std::iter::once(first).chain(with_room.then_some(2)).collect();
        let slot = json!({ "date": format!("2026-11-{}", 23 + day), "minute": minute, "minutes": length });
        let ids: Vec<&Value> = chosen.iter().map(|at| resources[*at]).collect();
        let wish = json!({ "product": office.follow_up, "patient": patients[patient], "slot": slot, "resources": ids });
        let (from, to) = (day * 1_440 + minute, day * 1_440 + minute + length);
        let open = minute + length <= 1_020 && !(minute < 780 && 720 < minute + length);
        let collides = kept.iter().any(|(other_from, other_to, whose, what)| {
            from < *other_to && *other_from < to && (*whose == patient || what.iter().any(|one| chosen.contains(one)))
        });
        match test.call("scheduling.book", wish) {
            Ok(_) => {
                assert!(open && !collides, "round {round} was booked over something");
                kept.push((from, to, patient, chosen));
                booked += 1;
            }
            Err(failure) => {
                assert!(!open || collides, "round {round} was refused for nothing: {failure:?}");
                refused += 1;
            }
        }
    }
    assert!(booked > 100 && refused > 100, "{booked} booked, {refused} refused");
    let shown: usize = (23..28)
        .map(|day| {
            done(&test, "scheduling.day", json!({ "date": format!("2026-11-{day}") }))["visits"]
                .as_array()
                .unwrap()
                .len()
        })
        .sum();
    assert_eq!(shown, booked);
}

#[test]
fn a_series_keeps_to_the_clock_books_what_is_free_and_each_of_it_can_change_alone() {
    let test = TestPractice::new();
    let office = office(&test);
    let other = register(&test.practice, "Brandt", "Samuel", "1970-01-01");
    let in_the_way = json!({ "patient": other, "slot": { "date": "2026-12-07", "minute": 600, "minutes": 30 } });
    done(&test, "scheduling.book", with(office.follow_up(600), &in_the_way));
    let first = done(&test, "scheduling.book", office.follow_up(600));
    let weekly = json!({ "unit": first["unit"], "version": 1, "rule": "FREQ=WEEKLY;COUNT=20" });
    let made = done(&test, "scheduling.repeat", weekly.clone());
    assert_eq!((made["booked"].as_array().unwrap().len(), &made["not_booked"][0]["date"]), (8, &json!("2026-12-07")));
    assert_eq!(made["not_booked"][0]["conflicts"], json!(["resource_busy"]));
    // The licence ends on January 31: what lies behind it is listed and not booked.
    let refused: Vec<&Value> = made["not_booked"].as_array().unwrap().iter().skip(1).collect();
    assert!(refused.iter().all(|one| one["conflicts"] == json!(["not_valid"])), "{refused:?}");
    let none = done(&test, "scheduling.book", with(office.follow_up(900), &json!({ "patient": other })));
    let in_the_past = json!({ "unit": none["unit"], "version": 1, "rule": "FREQ=YEARLY;COUNT=2" });
    let made_none = done(&test, "scheduling.repeat", in_the_past);
    assert_eq!((&made_none["series"], made_none["booked"].as_array().unwrap().len()), (&Value::Null, 0));
    assert_eq!(done(&test, "scheduling.visit", json!({ "unit": none["unit"] }))["repeats"], false);
    let again = with(weekly, &json!({ "version": 2 }));
    assert_eq!(code(test.call("scheduling.repeat", again)), "scheduling.in_series");
    let second = made["booked"][0]["unit"].clone();
    let elsewhere = json!({ "unit": second, "version": 1, "slot": { "date": "2026-12-01", "minute": 660, "minutes": 30 },
                            "resources": [office.ito] });
    done(&test, "scheduling.move", elsewhere);
    let third = made["booked"][1]["unit"].clone();
    let ended = done(&test, "scheduling.end_series", json!({ "unit": third, "reason": "patient_asked" }));
    assert_eq!(ended["cancelled"], 7, "what came before the third stays");
    let rows = done(&test, "scheduling.patient_visits", json!({ "patient": office.patient }))["rows"].clone();
    let coming: Vec<&Value> = rows.as_array().unwrap().iter().filter(|row| row["coming"] == true).collect();
    assert_eq!(
        coming.iter().map(|row| row["date"].as_str().unwrap()).collect::<Vec<_>>(),
        ["2026-12-01", "2026-11-23"]
    );
}

#[test]
fn no_resource_takes_more_than_its_capacity_and_a_rule_may_say_another() {
    let test = TestPractice::new();
    let office = office(&test);
    let hall = with(resource("room", "Hall", &json!([])), &json!({ "capacity": 2 }));
    let kept = done(&test, "scheduling.keep_resource", hall);
    let (hall, calendar) = (kept["resource"].clone(), kept["calendar"].clone());
    done(&test, "scheduling.keep_rule", rule(&calendar, "open", &[], 480, 1_020));
    let group = with(rule(&calendar, "open", &[], 840, 900), &json!({ "capacity": 3, "label": "Group" }));
    done(&test, "scheduling.keep_rule", group);
    let service = done(&test, "scheduling.setup", json!({}))["services"][0]["service"].clone();
    let need = json!({ "requirements": [{ "kind": "room", "capability": null, "resource": hall, "count": 1 }] });
    let class = done(&test, "scheduling.keep_product", with(product(&service, "Class", 30), &need))["product"].clone();
    let people =
        ["Abara", "Brandt", "Castellanos", "Diaz"].map(|family| register(&test.practice, family, "Ann", "1970-01-01"));
    let wish = |patient: &str, minute| json!({ "product": class, "patient": patient, "slot": at(minute, 30), "resources": [hall] });
    for (minute, fit) in [(600, 2), (840, 3)] {
        for (at, patient) in people.iter().enumerate() {
            let answer = test.call("scheduling.book", wish(patient, minute));
            match at < fit {
                true => assert!(answer.is_ok(), "{minute} {at}: {answer:?}"),
                false => assert_eq!(code(answer), "scheduling.conflict", "{minute} {at}"),
            }
        }
    }
    // What stands against one more is everybody who is there, and openings know it.
    assert_eq!(conflicts(&test, &wish(&people[3], 600)).len(), 2);
    let search = json!({ "product": class, "patient": null, "resources": [], "from": MONDAY, "days": 1, "weekdays": [],
                         "not_before": 600, "not_after": 900, "limit": 200 });
    let found = done(&test, "scheduling.openings", search);
    let minutes: Vec<u64> =
        found["rows"].as_array().unwrap().iter().map(|row| row["minute"].as_u64().unwrap()).collect();
    // After the class at ten, before the group at two, and behind it.
    assert_eq!(minutes, (630..=810).step_by(15).chain([870]).collect::<Vec<u64>>());
    assert!(office.cart.is_string());
}

#[test]
fn hours_for_one_product_leave_no_other_open() {
    let test = TestPractice::new();
    let office = office(&test);
    let kept = done(&test, "scheduling.keep_resource", resource("practitioner", "R. Alvarez, RN", &json!([])));
    let alone = json!({ "products": [office.follow_up] });
    done(&test, "scheduling.keep_rule", with(rule(&kept["calendar"], "open", &[], 540, 1_020), &alone));
    let service = done(&test, "scheduling.setup", json!({}))["services"][0]["service"].clone();
    let other = done(&test, "scheduling.keep_product", product(&service, "Vaccines", 20))["product"].clone();
    let wish = |product: &Value| json!({ "product": product, "patient": office.patient, "slot": at(600, 30), "resources": [kept["resource"]] });
    assert_eq!(conflicts(&test, &wish(&office.follow_up)), []);
    let kinds: Vec<String> = conflicts(&test, &wish(&other)).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["not_offered"]);
}

#[test]
fn a_series_is_the_orders_and_repeats_only_what_is_still_given() {
    let test = TestPractice::new();
    let office = office(&test);
    let first = done(&test, "scheduling.book", office.follow_up(600));
    let service = done(&test, "scheduling.setup", json!({}))["services"][0]["service"].clone();
    let ended = json!({ "product": office.follow_up, "ended": true });
    done(&test, "scheduling.keep_product", with(product(&service, "Follow-up", 30), &ended));
    let weekly = json!({ "unit": first["unit"], "version": 1, "rule": "FREQ=WEEKLY;COUNT=3" });
    assert_eq!(code(test.call("scheduling.repeat", weekly.clone())), "scheduling.not_offered");
    let again = json!({ "product": office.follow_up });
    done(&test, "scheduling.keep_product", with(product(&service, "Follow-up", 30), &again));
    let before = entries(&test.practice);
    let made = done(&test, "scheduling.repeat", weekly);
    assert_eq!(made["booked"].as_array().unwrap().len(), 2);
    let entry = entries_from(&test.practice, before).into_iter().rfind(|one| one["operation"] == "scheduling.repeat");
    assert_eq!(entry.unwrap()["changes"], 5, "two visits, the first, its order, the series");
    let order = |unit: &Value| done(&test, "scheduling.visit", json!({ "unit": unit }))["order"].clone();
    assert_eq!(order(&made["booked"][0]["unit"]), first["order"]);
    test.call("patients.mark_deceased", json!({ "patient": office.patient, "on": null })).unwrap();
    assert_eq!(code(test.call("scheduling.book", office.follow_up(900))), "scheduling.patient_closed");
}
