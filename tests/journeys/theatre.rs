//! Theatres: cases, reservations and allocations, which take the same time as visits do.

use super::scheduling::{MONDAY, Office, at, office, resource};
use crate::scene::{code, register, with};
use keepwell_kernel::{Failure, Role};
use keepwell_practice::testing::TestPractice;
use serde_json::{Value, json};

fn done(test: &TestPractice, operation: &str, input: Value) -> Value {
    test.call(operation, input).unwrap_or_else(|failure| panic!("{operation}: {failure:?}"))
}

/// An office with two theatres.
pub struct Theatres {
    pub office: Office,
    pub one: Value,
    pub two: Value,
}

pub fn theatres(test: &TestPractice) -> Theatres {
    let office = office(test);
    let kept = |name| done(test, "scheduling.keep_resource", resource("theatre", name, &json!([])))["resource"].clone();
    Theatres { office, one: kept("Theatre 1"), two: kept("Theatre 2") }
}

impl Theatres {
    /// A case of an hour, which Dr. Ito operates.
    pub fn case(&self) -> Value {
        json!({ "patient": self.office.patient, "surgeon": self.office.ito, "department": null, "urgency": "elective",
                "minutes": 60 })
    }

    /// A reservation of an hour at a minute of Monday, with 20 minutes before and 10 after.
    pub fn reserve(&self, case: &Value, minute: u16) -> Value {
        json!({ "theatre": self.one, "slot": at(minute, 60), "setup_minutes": 20, "turnover_minutes": 10,
                "purpose": "surgery", "case": case })
    }

    /// Plans the case and reserves its theatre.
    pub fn placed(&self, test: &TestPractice, minute: u16) -> (Value, Value) {
        let case = done(test, "scheduling.keep_case", self.case())["case"].clone();
        let held = done(test, "scheduling.reserve_theatre", self.reserve(&case, minute));
        (case, held["reservation"].clone())
    }
}

fn board(test: &TestPractice) -> Value {
    done(test, "scheduling.theatre_board", json!({ "date": MONDAY }))
}

fn kinds(check: &Value) -> Vec<&str> {
    check["conflicts"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

#[test]
fn an_operation_is_planned_placed_staffed_moved_and_seen_through() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let case = done(&test, "scheduling.keep_case", all.case())["case"].clone();
    assert_eq!(board(&test)["unplaced"][0]["patient_name"], "Hallorán, Grace");
    let held = done(&test, "scheduling.reserve_theatre", all.reserve(&case, 600));
    let shown = board(&test);
    assert_eq!(shown["unplaced"], json!([]));
    let one = &shown["reservations"][0];
    assert_eq!(
        (&one["from"], &one["setup"], &one["minutes"], &one["turnover"]),
        (&json!(580), &json!(20), &json!(60), &json!(10))
    );
    assert_eq!((&one["time"], &one["case"]["surgeon_name"]), (&json!("10:00 to 11:00"), &json!("Dr. Naomi Ito")));
    assert_eq!(
        (&one["allocations"][0]["role"], &one["allocations"][0]["time"]),
        (&json!("Surgeon"), &json!("10:00 to 11:00"))
    );

    // A cart goes along throughout, and what is taken from the stock is kept in words.
    let cart = json!({ "reservation": held["reservation"], "what": { "kind": "resource", "resource": all.office.cart },
                       "role": "Monitoring", "from": 0, "to": 90 });
    let allocated = done(&test, "scheduling.allocate", cart.clone());
    assert_eq!(
        code(test.call("scheduling.allocate", cart.clone())),
        "scheduling.conflict",
        "nothing is allocated twice"
    );
    let late = with(cart, &json!({ "from": 30, "to": 91 }));
    assert_eq!(code(test.call("scheduling.allocate", late)), "scheduling.outside_reservation");
    let item = json!({ "reservation": held["reservation"], "what": { "kind": "item", "name": "Suture 3-0", "quantity": 4 },
                       "role": "", "from": 20, "to": 80 });
    done(&test, "scheduling.allocate", item);

    // Everything moves along.
    let there = json!({ "reservation": held["reservation"], "version": 1, "theatre": all.two, "slot": at(840, 90),
                        "setup_minutes": 30, "turnover_minutes": 10 });
    let moved = done(&test, "scheduling.move_reservation", there.clone());
    assert_eq!(code(test.call("scheduling.move_reservation", there)), "scheduling.stale");
    let one = board(&test)["reservations"][0].clone();
    let times: Vec<&str> =
        one["allocations"].as_array().unwrap().iter().map(|one| one["time"].as_str().unwrap()).collect();
    assert_eq!(times, ["1:30 to 3:40", "2:00 to 3:30", "2:00 to 3:30"], "{one}");
    let day = done(&test, "scheduling.day", json!({ "date": MONDAY }));
    assert_eq!(day["reserved"].as_array().unwrap().len(), 3, "theatre, surgeon and cart: {}", day["reserved"]);

    done(&test, "scheduling.end_allocation", json!({ "allocation": allocated["allocation"] }));
    let mut version = moved["version"].clone();
    for to in ["set_up", "patient_in", "begun", "ended", "patient_out", "turned_over"] {
        let step = json!({ "reservation": held["reservation"], "version": version, "to": to });
        version = done(&test, "scheduling.advance_theatre", step)["version"].clone();
    }
    let one = board(&test)["reservations"][0].clone();
    assert_eq!((&one["step"], one["checkpoints"].as_array().unwrap().len()), (&json!("turned_over"), 7));
    assert_eq!((&one["can_move"], &one["can_release"]), (&json!(false), &json!(false)), "what is over stays");
    let again = json!({ "case": case, "version": one["case"]["version"], "reason": "ill" });
    assert_eq!(code(test.call("scheduling.cancel_case", again)), "scheduling.case_closed");
}

#[test]
fn the_day_shows_the_hours_in_which_a_theatre_is_taken() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let early = with(all.case(), &json!({ "surgeon": null }));
    let case = done(&test, "scheduling.keep_case", early)["case"].clone();
    done(&test, "scheduling.reserve_theatre", all.reserve(&case, 450));
    let day = done(&test, "scheduling.day", json!({ "date": MONDAY }));
    assert_eq!((&day["first"], &day["last"]), (&json!(420), &json!(1_020)), "setup begins at 7:10");
}

#[test]
fn everything_that_stands_against_an_allocation_is_listed() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let (_, held) = all.placed(&test, 600);
    let surgeon = json!({ "kind": "resource", "resource": all.office.ito });
    let asked = json!({ "reservation": held, "what": surgeon, "from": 0, "to": 90 });
    let check = done(&test, "scheduling.check_allocation", asked.clone());
    assert_eq!(kinds(&check), ["resource_busy"]);
    assert_eq!(check["conflicts"][0]["held_by"], "Hallorán, Grace · Surgery · Surgeon");
    assert_eq!(kinds(&done(&test, "scheduling.check_allocation", with(asked.clone(), &json!({ "to": 20 })))), [""; 0]);
    let outside = with(asked, &json!({ "to": 91 }));
    assert_eq!(code(test.call("scheduling.check_allocation", outside)), "scheduling.outside_reservation");
}

#[test]
fn visits_and_theatres_never_take_the_same_time() {
    let test = TestPractice::new();
    let all = theatres(&test);
    done(&test, "scheduling.book", all.office.follow_up(600));
    let case = done(&test, "scheduling.keep_case", all.case())["case"].clone();
    let mut asked = with(all.reserve(&case, 600), &json!({ "reservation": null }));
    asked.as_object_mut().unwrap().remove("purpose");
    let check = done(&test, "scheduling.check_theatre", asked);
    assert_eq!(kinds(&check), ["resource_busy", "patient_busy"], "surgeon and patient are with the visit: {check}");
    assert_eq!(code(test.call("scheduling.reserve_theatre", all.reserve(&case, 600))), "scheduling.conflict");

    // Right after the visit is fine: the setup takes the theatre and nobody else.
    done(&test, "scheduling.reserve_theatre", all.reserve(&case, 630));
    assert_eq!(code(test.call("scheduling.reserve_theatre", all.reserve(&case, 840))), "scheduling.case_placed");
    assert_eq!(code(test.call("scheduling.book", all.office.follow_up(660))), "scheduling.conflict");
    let wish = with(all.office.follow_up(660), &json!({ "unit": null, "hold": null }));
    let stands = done(&test, "scheduling.check", wish)["conflicts"].clone();
    assert_eq!(stands[0]["held_by"], "Hallorán, Grace · Surgery · Surgeon", "{stands}");
    assert_eq!(stands[1]["held_by"], "Hallorán, Grace · Surgery", "{stands}");

    // Another case meets the setup of the first one and waits for an opening after its turnover.
    let other = register(&test.practice, "Diaz", "Ana", "1970-01-01");
    let second = with(all.case(), &json!({ "patient": other, "surgeon": all.office.osei }));
    let second = done(&test, "scheduling.keep_case", second)["case"].clone();
    for minute in [560, 640, 719] {
        let tried = with(all.reserve(&second, minute), &json!({ "setup_minutes": 0 }));
        assert_eq!(code(test.call("scheduling.reserve_theatre", tried)), "scheduling.conflict", "{minute}");
    }
    let after_lunch = done(&test, "scheduling.reserve_theatre", all.reserve(&second, 780));
    assert_eq!(after_lunch["version"], 1);
}

#[test]
fn maintenance_needs_no_case_and_keeps_the_theatre_from_everybody() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let case = done(&test, "scheduling.keep_case", all.case())["case"].clone();
    let work = json!({ "theatre": all.one, "slot": at(600, 120), "setup_minutes": 0, "turnover_minutes": 0,
                       "purpose": "maintenance", "case": null, "note": "Laminar flow filters" });
    assert_eq!(
        code(test.call("scheduling.reserve_theatre", with(work.clone(), &json!({ "case": case })))),
        "scheduling.case_needed"
    );
    assert_eq!(
        code(test.call("scheduling.reserve_theatre", with(work.clone(), &json!({ "purpose": "surgery" })))),
        "scheduling.case_needed"
    );
    assert_eq!(
        code(test.call("scheduling.reserve_theatre", with(work.clone(), &json!({ "theatre": all.office.room })))),
        "scheduling.not_a_theatre"
    );
    let held = done(&test, "scheduling.reserve_theatre", work);
    assert_eq!(board(&test)["reservations"][0]["next"], json!(["set_up", "turned_over"]), "no patient comes in");
    assert_eq!(code(test.call("scheduling.reserve_theatre", all.reserve(&case, 660))), "scheduling.conflict");
    let free = json!({ "reservation": held["reservation"], "version": 1, "reason": "practice_asked" });
    done(&test, "scheduling.release_theatre", free.clone());
    assert_eq!(code(test.call("scheduling.release_theatre", with(free, &json!({ "version": 2 })))), "scheduling.ended");
    done(&test, "scheduling.reserve_theatre", all.reserve(&case, 660));
}

#[test]
fn an_override_of_a_theatre_leaves_its_reason_and_no_licence_is_ever_overridden() {
    let test = TestPractice::new();
    let all = theatres(&test);
    all.placed(&test, 600);
    let other = register(&test.practice, "Diaz", "Ana", "1970-01-01");
    let second = with(all.case(), &json!({ "patient": other, "surgeon": null, "urgency": "emergency" }));
    let second = done(&test, "scheduling.keep_case", second)["case"].clone();
    let forced = with(all.reserve(&second, 630), &json!({ "override_reason": "Cannot wait" }));
    done(&test, "scheduling.reserve_theatre", forced);
    let shown = board(&test);
    assert_eq!(shown["reservations"][1]["overridden"], json!(["Cannot wait"]));

    // Dr. Ito's licence ends before February.
    let later = json!({ "date": "2027-02-01", "minute": 600, "minutes": 60 });
    let third = done(&test, "scheduling.keep_case", all.case())["case"].clone();
    let late = with(all.reserve(&third, 600), &json!({ "slot": later, "override_reason": "No other day" }));
    assert_eq!(code(test.call("scheduling.reserve_theatre", late)), "scheduling.conflict");
}

#[test]
fn a_cancelled_case_frees_its_theatre_and_its_team() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let (case, held) = all.placed(&test, 600);
    assert_eq!(code(test.call("scheduling.book", all.office.follow_up(615))), "scheduling.conflict");
    let change = with(all.case(), &json!({ "case": case, "version": 2, "urgency": "urgent" }));
    done(&test, "scheduling.keep_case", change.clone());
    let longer = with(change, &json!({ "version": 3, "minutes": 90 }));
    assert_eq!(code(test.call("scheduling.keep_case", longer)), "scheduling.case_placed");
    let off = json!({ "case": case, "version": 3, "reason": "patient_asked" });
    let version = done(&test, "scheduling.cancel_case", off)["version"].clone();
    assert_eq!(board(&test)["reservations"], json!([]));
    assert_eq!(
        code(test.call("scheduling.advance_theatre", json!({ "reservation": held, "version": 2, "to": "set_up" }))),
        "scheduling.ended"
    );
    done(&test, "scheduling.book", all.office.follow_up(615));

    // What was noted of it is still there when it is planned again, and its theatre is not.
    let again = json!({ "case": case, "version": version });
    let stale = with(again.clone(), &json!({ "version": 3 }));
    assert_eq!(code(test.call("scheduling.reinstate_case", stale)), "scheduling.stale");
    let version = done(&test, "scheduling.reinstate_case", again)["version"].clone();
    let waiting = board(&test)["unplaced"].clone();
    assert_eq!((&waiting[0]["case"], &waiting[0]["version"]), (&case, &version));
    let twice = json!({ "case": case, "version": version });
    assert_eq!(code(test.call("scheduling.reinstate_case", twice)), "scheduling.bad_status");
    assert_eq!(code(test.call("scheduling.reserve_theatre", all.reserve(&case, 600))), "scheduling.conflict");
    done(&test, "scheduling.reserve_theatre", all.reserve(&case, 840));
}

#[test]
fn a_case_stays_its_patients_and_its_surgeon_works_here() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let case = done(&test, "scheduling.keep_case", all.case())["case"].clone();
    let other = register(&test.practice, "Diaz", "Ana", "1970-01-01");
    let theirs = with(all.case(), &json!({ "case": case, "version": 1, "patient": other }));
    assert_eq!(code(test.call("scheduling.keep_case", theirs)), "scheduling.case_of_another");
    let gone = with(
        resource("practitioner", "Dr. Naomi Ito", &json!([])),
        &json!({ "resource": all.office.ito, "ended": true }),
    );
    done(&test, "scheduling.keep_resource", gone);
    assert_eq!(code(test.call("scheduling.reserve_theatre", all.reserve(&case, 600))), "scheduling.ended");
}

#[test]
fn a_theatre_is_maintained_though_what_it_can_has_ended() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let ended = json!([{ "name": "laminar flow hood", "valid_until": "2026-01-01" }]);
    let theatre = with(resource("theatre", "Theatre 1", &ended), &json!({ "resource": all.one }));
    done(&test, "scheduling.keep_resource", theatre);
    let work = json!({ "theatre": all.one, "slot": at(600, 60), "setup_minutes": 0, "turnover_minutes": 0,
                       "purpose": "maintenance", "case": null });
    let held = done(&test, "scheduling.reserve_theatre", work)["reservation"].clone();
    done(&test, "scheduling.advance_theatre", json!({ "reservation": held, "version": 1, "to": "turned_over" }));
    let case = done(&test, "scheduling.keep_case", all.case())["case"].clone();
    assert_eq!(code(test.call("scheduling.reserve_theatre", all.reserve(&case, 840))), "scheduling.conflict");
    let forced = with(all.reserve(&case, 840), &json!({ "override_reason": "Nothing laminar is needed" }));
    let operation = done(&test, "scheduling.reserve_theatre", forced)["reservation"].clone();
    let in_it = json!({ "reservation": operation, "version": 1, "to": "patient_in" });
    assert_eq!(code(test.call("scheduling.advance_theatre", in_it)), "scheduling.gate_failed");
}

#[test]
fn what_has_ended_is_waived_with_a_reason_by_whoever_may_and_a_licence_never() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let (_, held) = all.placed(&test, 600);
    assert_eq!(board(&test)["reservations"][0]["lapsed"], json!([]));
    let ended = json!([{ "name": "laminar flow hood", "valid_until": "2026-01-01" }]);
    let theatre = with(resource("theatre", "Theatre 1", &ended), &json!({ "resource": all.one }));
    done(&test, "scheduling.keep_resource", theatre);
    let shown = json!([{ "resource": all.one, "name": "Theatre 1", "what": "laminar flow hood", "can_waive": true,
                         "waived": null }]);
    assert_eq!(board(&test)["reservations"][0]["lapsed"], shown);
    let step = |version: u64, to: &str| json!({ "reservation": held, "version": version, "to": to });
    assert_eq!(code(test.call("scheduling.advance_theatre", step(1, "patient_in"))), "scheduling.gate_failed");

    let waive = json!({ "reservation": held, "version": 1, "resource": all.one, "what": "laminar flow hood",
                        "reason": "Smoke test passed this morning" });
    done(&test, "scheduling.waive_lapse", waive.clone());
    assert_eq!(board(&test)["reservations"][0]["lapsed"][0]["waived"], "Smoke test passed this morning");
    let again = with(waive, &json!({ "version": 2, "reason": "Smoke test passed at noon" }));
    done(&test, "scheduling.waive_lapse", again.clone());
    // A waiver is of its day: it holds at another time of it, and on no other day.
    let move_to = |version: u64, date: &str| {
        json!({ "reservation": held, "version": version, "theatre": all.one, "setup_minutes": 20, "turnover_minutes": 10,
                "slot": { "date": date, "minute": 720, "minutes": 60 }, "override_reason": "Checked by hand" })
    };
    done(&test, "scheduling.move_reservation", move_to(3, MONDAY));
    assert_eq!(board(&test)["reservations"][0]["lapsed"][0]["waived"], "Smoke test passed at noon");
    done(&test, "scheduling.move_reservation", move_to(4, "2026-11-24"));
    assert_eq!(code(test.call("scheduling.advance_theatre", step(5, "patient_in"))), "scheduling.gate_failed");
    done(&test, "scheduling.move_reservation", move_to(5, MONDAY));
    assert_eq!(board(&test)["reservations"][0]["lapsed"][0]["waived"], json!(null));
    done(&test, "scheduling.waive_lapse", with(again.clone(), &json!({ "version": 6 })));
    done(&test, "scheduling.advance_theatre", step(7, "patient_in"));
    assert_eq!(board(&test)["reservations"][0]["lapsed"], json!([]), "a patient who is in is brought in no more");
    let late = with(again, &json!({ "version": 8 }));
    assert_eq!(code(test.call("scheduling.waive_lapse", late.clone())), "scheduling.bad_status");
    assert_eq!(test.call_as(Role::Receptionist, "scheduling.waive_lapse", late), Err(Failure::Denied));
}

#[test]
fn the_front_desk_reads_no_operation() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let (case, _) = all.placed(&test, 600);
    let detail = json!({ "case": case, "procedure": "Excision of a lipoma", "laterality": "left", "anaesthesia": "Local",
                         "note": "Latex-free" });
    done(&test, "scheduling.note_case", detail);
    let read = done(&test, "scheduling.clinical_case", json!({ "case": case }));
    assert_eq!(
        (&read["detail"]["procedure"], &read["detail"]["laterality"]),
        (&json!("Excision of a lipoma"), &json!("left"))
    );
    let case = json!({ "case": case });
    assert_eq!(test.call_as(Role::Receptionist, "scheduling.clinical_case", case), Err(Failure::Denied));
    for operation in ["scheduling.theatre_board", "scheduling.day"] {
        let seen = test.call_as(Role::Receptionist, operation, json!({ "date": MONDAY })).unwrap().to_string();
        assert!(!seen.contains("lipoma") && seen.contains("Hallorán, Grace"), "{operation}");
    }
}

#[test]
fn nobody_comes_in_to_a_team_without_a_licence() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let (_, held) = all.placed(&test, 600);
    let setup = done(&test, "scheduling.setup", json!({}));
    let ito = setup["resources"].as_array().unwrap().iter().find(|one| one["resource"] == all.office.ito).unwrap();
    let lapsed = json!({ "resource": all.office.ito, "kind": "practitioner", "name": ito["name"], "note": "", "department": null,
                         "staff": null, "capabilities": [], "capacity": 1, "ended": false,
                         "practitioner": { "license_number": "IL 1", "license_expires": "2026-11-01", "specialization": "" } });
    done(&test, "scheduling.keep_resource", lapsed);
    let step = |to: &str| json!({ "reservation": held, "version": 1, "to": to });
    assert_eq!(code(test.call("scheduling.advance_theatre", step("patient_in"))), "scheduling.gate_failed");
    let shown = &board(&test)["reservations"][0]["lapsed"][0];
    assert_eq!((&shown["what"], &shown["can_waive"]), (&json!("license"), &json!(false)));
    let waive =
        json!({ "reservation": held, "version": 1, "resource": all.office.ito, "what": "license", "reason": "Urgent" });
    assert_eq!(code(test.call("scheduling.waive_lapse", waive)), "scheduling.license_ended");
    done(&test, "scheduling.advance_theatre", step("set_up"));
}

#[test]
fn the_figures_count_what_happened_and_name_nobody() {
    let test = TestPractice::new();
    let all = theatres(&test);
    let book = |minute: u16, family: &str, born: &str| {
        let other = register(&test.practice, family, "Ana", born);
        done(&test, "scheduling.book", with(all.office.follow_up(minute), &json!({ "patient": other })))["unit"].clone()
    };
    let (came, missed, called_off) =
        (book(540, "Row", "1970-01-01"), book(570, "Quill", "1944-05-06"), book(600, "Diaz", "2001-11-30"));
    let step = |unit: &Value, version: u64, to: &str| {
        let reason = if ["no_show", "cancelled"].contains(&to) { json!("no_answer") } else { Value::Null };
        done(&test, "scheduling.advance", json!({ "unit": unit, "version": version, "to": to, "reason": reason }));
    };
    step(&came, 1, "arrived");
    test.clock.advance(chrono::Duration::minutes(7));
    step(&came, 2, "in_care");
    step(&missed, 1, "no_show");
    step(&called_off, 1, "cancelled");
    all.placed(&test, 840);
    let figures = done(&test, "scheduling.figures", json!({ "from": MONDAY, "until": "2026-12-06" }));
    let week = &figures["weeks"][0];
    let counted: Vec<&Value> = ["visits", "took_place", "no_show", "cancelled", "no_show_rate", "waited_minutes"]
        .into_iter()
        .map(|field| &week[field])
        .collect();
    assert_eq!(counted, [&json!(3), &json!(1), &json!(1), &json!(1), &json!(5_000), &json!(7)], "{week}");
    assert_eq!(
        (&week["from"], &week["until"], &figures["weeks"][1]["visits"]),
        (&json!(MONDAY), &json!("2026-11-29"), &json!(0))
    );
    let of = |name: &str| {
        let found = figures["resources"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
        found["weeks"][0].clone()
    };
    // Seven hours on each of five days; half an hour was used by who came, an hour by the operation.
    assert_eq!(of("Dr. Naomi Ito"), json!({ "open_minutes": 5 * 420, "booked_minutes": 90 }));
    assert_eq!(of("Theatre 1"), json!({ "open_minutes": 0, "booked_minutes": 90 }));
    assert!(!figures.to_string().contains("Row"));
    for (from, until, refused) in
        [(MONDAY, "2026-11-22", "scheduling.bad_date"), (MONDAY, "2027-02-22", "scheduling.too_many")]
    {
        assert_eq!(code(test.call("scheduling.figures", json!({ "from": from, "until": until }))), refused);
    }
}

#[test]
fn the_queue_of_checks_names_what_is_open_until_it_is_waived() {
    let test = TestPractice::new();
    let office = office(&test);
    let wish = json!({ "product": office.procedure, "patient": office.patient, "slot": at(600, 60),
                       "resources": [office.ito, office.second_room] });
    let unit = done(&test, "scheduling.book", wish)["unit"].clone();
    done(&test, "scheduling.book", office.follow_up(900));
    let queue = |days: u8| done(&test, "scheduling.gates_ahead", json!({ "days": days }))["rows"].clone();
    let rows = queue(7);
    assert_eq!(rows.as_array().unwrap().len(), 1, "a follow-up has no checks: {rows}");
    assert_eq!((&rows[0]["unit"], &rows[0]["label"]), (&unit, &json!("Visit with Dr. Naomi Ito")));
    let states: Vec<&Value> = rows[0]["gates"].as_array().unwrap().iter().map(|gate| &gate["state"]).collect();
    assert_eq!(states, ["not_checked", "passed", "passed"]);
    let waived = json!({ "unit": unit, "version": 1, "gate": "consent_signed", "reason": "Signed on paper" });
    done(&test, "scheduling.waive_gate", waived);
    assert_eq!(queue(7), json!([]));
    for days in [0, 32] {
        assert_eq!(code(test.call("scheduling.gates_ahead", json!({ "days": days }))), "scheduling.too_many");
    }
}

#[test]
fn everybody_keeps_column_sets_of_their_own() {
    let test = TestPractice::new();
    let office = office(&test);
    let sets = json!([{ "number": 4, "resources": [office.ito, office.room] }]);
    let shown = || done(&test, "scheduling.day", json!({ "date": MONDAY }))["column_sets"].clone();
    done(&test, "scheduling.keep_column_sets", json!({ "sets": sets }));
    assert_eq!(shown(), sets);
    for (wrong, refused) in [
        (json!([{ "number": 3, "resources": [office.ito] }]), "scheduling.too_many"),
        (json!([{ "number": 5, "resources": [] }]), "scheduling.no_resource"),
        (json!([{ "number": 5, "resources": ["0197b1b8-0000-7000-8000-000000000000"] }]), "scheduling.unknown"),
    ] {
        assert_eq!(code(test.call("scheduling.keep_column_sets", json!({ "sets": wrong }))), refused);
    }
    let theirs = test.call_as(Role::Receptionist, "scheduling.day", json!({ "date": MONDAY })).unwrap();
    assert_eq!(theirs["column_sets"], json!([]), "those are the owner's");
}
