//! For every operation: how a practice stands in which it can be done, and a request that does it.

use crate::journeys::{ledger, requests, scheduling as calendar, taking_back, theatre};
use crate::scene::{call, card, code_at, invite, person, register, sign_in, staff, with};
use keepwell_kernel::{Instant, Role};
use keepwell_practice::testing::{NOW, OWNER, PASSPHRASE, TestPractice, user_name};
use serde_json::{Value, json};

/// A request that is going to be done, and who does it as what.
pub struct Setting {
    pub input: Value,
    pub actor: String,
    pub role: &'static str,
}

fn by_the_owner(input: Value) -> Setting {
    Setting { input, actor: OWNER.to_owned(), role: "owner" }
}

/// Somebody at the gate has no role yet.
fn at_the_gate(input: Value, actor: &str) -> Setting {
    Setting { input, actor: actor.to_owned(), role: "" }
}

/// Sets a practice up so that the operation can be done; its owner is signed in unless the operation says otherwise.
/// An operation that is not listed here has no test, so the test fails on the day it appears.
pub fn setting(operation: &str, test: &TestPractice) -> Setting {
    match operation.split_once('.').unwrap() {
        ("identity", verb) => identity(verb, test),
        ("patients", verb) => patients(verb, test),
        ("log", verb) => by_the_owner(match verb {
            "entries" => json!({ "limit": 1 }),
            "verify" | "status" | "export" | "seal" => json!({}),
            "report" => json!({ "sort": "at", "descending": true }),
            _ => unlisted(operation),
        }),
        ("compliance", verb) => by_the_owner(compliance(verb, test)),
        ("scheduling", verb) => by_the_owner(scheduling(verb, test)),
        ("exchange", "import_patients") => {
            let patient = json!({ "resourceType": "Patient", "id": "1", "name": [{ "family": "Ito" }] });
            by_the_owner(json!({ "source": "a file", "resources": [patient] }))
        }
        ("exchange", "back_up" | "prove_backup" | "backups" | "deidentify" | "downtime" | "downtime_page") => {
            by_the_owner(json!({}))
        }
        ("exchange", "plan_downtime") => by_the_owner(downtime_plan()),
        ("exchange", "seal_downtime") => {
            test.call_as(Role::Owner, "exchange.plan_downtime", downtime_plan()).unwrap();
            by_the_owner(json!({ "pack": "<p>nobody</p>" }))
        }
        ("exchange", "note_downtime") => by_the_owner(json!({ "patients": 3 })),
        ("exchange", "export_records") => {
            let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
            by_the_owner(with(
                ledger::disclosure(&patient, "individual"),
                &json!({ "passphrase": "seven tame otters 42" }),
            ))
        }
        ("exchange", "keep_received") => {
            let resource = json!({ "resource": { "resourceType": "Location", "id": "1" }, "patient": null });
            by_the_owner(json!({ "source": "a file", "resources": [resource] }))
        }
        ("exchange", "received") => by_the_owner(json!({})),
        ("exchange", "take_back") => by_the_owner(json!({ "base64": taking_back::package() })),
        ("exchange", "export_population") => {
            let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
            let details = ledger::disclosure(&patient, "operations")["details"].clone();
            by_the_owner(json!({ "details": details, "recipient": null }))
        }
        ("exchange", "decommission") => {
            let folder = tempfile::tempdir().unwrap();
            let go_on = &mut |_| keepwell_practice::Continue::Yes;
            let made = test.practice.back_up(folder.path(), None, go_on).unwrap().unwrap();
            test.practice.prove_backup(&folder.path().join(&made.name), go_on).unwrap().unwrap();
            let practice = test.practice.status().practice_name;
            by_the_owner(json!({ "practice_name": practice, "custodian": "R. Example", "backup": made.note.backup }))
        }
        ("exchange", "plan_backups") => by_the_owner(json!({ "folder": "/a drive", "every": "day" })),
        ("practice", verb) => by_the_owner(made_up(verb, test)),
        _ => unlisted(operation),
    }
}

fn unlisted<T>(operation: &str) -> T {
    panic!("{operation} is new: add how it is done to tests/surface/settings.rs")
}

fn compliance(verb: &str, test: &TestPractice) -> Value {
    match verb {
        "keep_associate" => ledger::associate(),
        "associates" | "accountings" | "access_requests" | "amendment_requests" | "due" | "retained" => json!({}),
        "amendments" => json!({ "patient": register(&test.practice, "Nguyen", "Linh", "1990-06-01") }),
        "place_hold" => json!({ "matter": "A matter", "reason": "Counsel asked for it" }),
        "release_hold" => {
            let hold = json!({ "matter": "A matter", "reason": "Counsel asked for it" });
            let placed = test.call("compliance.place_hold", hold).unwrap();
            json!({ "hold": placed["hold"], "release": "Settled" })
        }
        "destroy" => {
            let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
            let row = test.call("compliance.disclose", ledger::disclosure(&patient, "treatment")).unwrap();
            test.clock.advance(chrono::Duration::days(2_192));
            sign_in(&test.practice, OWNER).unwrap();
            json!({ "kind": "disclosure", "document": row["disclosure"], "approved_by": "R. Example", "reason": "Schedule" })
        }
        "agreement_file" | "end_associate" => {
            let pdf = json!({ "agreement_base64": "JVBERi0xLjcK" });
            let kept = test.call("compliance.keep_associate", with(ledger::associate(), &pdf)).unwrap();
            let ending = json!({ "ended_on": "2026-11-20", "returned": "Destroyed, with a certificate" });
            let named = json!({ "associate": kept["associate"] });
            if verb == "end_associate" { with(named, &ending) } else { named }
        }
        _ => about_a_patient(verb, test, &register(&test.practice, "Nguyen", "Linh", "1990-06-01")),
    }
}

fn about_a_patient(verb: &str, test: &TestPractice, patient: &str) -> Value {
    let disclosed = || test.call("compliance.disclose", ledger::disclosure(patient, "treatment")).unwrap();
    let requested = || {
        let asked = json!({ "patient": patient, "received_on": "2026-11-20" });
        test.call("compliance.request_accounting", asked).unwrap()["accounting"].clone()
    };
    match verb {
        "disclose" => ledger::disclosure(patient, "public_health"),
        "correct_disclosure" => json!({ "disclosure": disclosed()["disclosure"], "correction": "Sent to nobody" }),
        "disclosures" => json!({ "patient": patient }),
        "suspend_accounting" => ledger::suspension(patient),
        "lift_suspension" => {
            test.call("compliance.suspend_accounting", ledger::suspension(patient)).unwrap();
            let ledger = test.call("compliance.disclosures", json!({ "patient": patient })).unwrap();
            json!({ "suspension": ledger["suspensions"][0]["suspension"] })
        }
        "request_accounting" => json!({ "patient": patient, "received_on": "2026-11-20" }),
        "extend_accounting" => {
            json!({ "accounting": requested(), "sent_on": "2026-11-21", "reason": "Records on paper" })
        }
        "withdraw_accounting" | "accounting_letter" => json!({ "accounting": requested() }),
        "deliver_accounting" => json!({ "accounting": requested(), "delivered_on": "2026-11-21" }),
        _ if verb.ends_with("_access") => about_access(verb, test, patient),
        _ => about_an_amendment(verb, test, patient),
    }
}

fn about_access(verb: &str, test: &TestPractice, patient: &str) -> Value {
    if verb == "request_access" {
        return requests::access(patient);
    }
    let named =
        json!({ "access": test.call("compliance.request_access", requests::access(patient)).unwrap()["access"] });
    let decide = |decision: Value| test.call("compliance.decide_access", with(named.clone(), &decision)).unwrap();
    let more = match verb {
        "extend_access" => json!({ "sent_on": "2026-11-21", "reason": "Records on paper" }),
        "charge_access" => json!({ "lines": [{ "kind": "supplies", "cents": 300 }] }),
        "decide_access" => requests::granted(),
        "review_access" => {
            decide(requests::denied("endangers"));
            json!({ "asked_on": "2026-11-21", "reviewer": "P. Osei" })
        }
        "deliver_access" => {
            decide(requests::granted());
            json!({ "delivered_on": "2026-11-21" })
        }
        "withdraw_access" => json!({}),
        _ => unlisted(verb),
    };
    with(named, &more)
}

fn about_an_amendment(verb: &str, test: &TestPractice, patient: &str) -> Value {
    if verb == "request_amendment" {
        return requests::amendment(patient);
    }
    let asked = test.call("compliance.request_amendment", requests::amendment(patient)).unwrap();
    let named = json!({ "amendment": asked["amendment"] });
    let before = |verb: &str, more: Value| {
        test.call(&format!("compliance.{verb}"), with(named.clone(), &more)).unwrap();
    };
    let more = match verb {
        "extend_amendment" => json!({ "sent_on": "2026-11-21", "reason": "Records on paper" }),
        "accept_amendment" => requests::accepted(),
        "deny_amendment" => requests::refused(),
        "tell_amendment" => {
            before("accept_amendment", requests::accepted());
            json!({ "person": { "name": "County Health", "told_on": "2026-11-21" } })
        }
        "state_disagreement" => {
            before("deny_amendment", requests::refused());
            json!({ "text": "It is not so", "received_on": "2026-11-21" })
        }
        "accompany_disclosures" => {
            before("deny_amendment", requests::refused());
            json!({ "asked_on": "2026-11-21" })
        }
        "rebut_disagreement" => {
            before("deny_amendment", requests::refused());
            before("state_disagreement", json!({ "text": "It is not so", "received_on": "2026-11-21" }));
            json!({ "text": "It is so", "sent_on": "2026-11-21" })
        }
        "decision_letter" => {
            before("deny_amendment", requests::refused());
            return json!({ "kind": "amendment_denied", "request": asked["amendment"] });
        }
        _ => unlisted(verb),
    };
    with(named, &more)
}

fn identity(verb: &str, test: &TestPractice) -> Setting {
    if let Some(setting) = at_the_door(verb, test) {
        return setting;
    }
    let made = |field: &str| test.created[field].clone();
    let now: Instant = NOW.parse().unwrap();
    by_the_owner(match verb {
        "confirm_recovery_kit" => {
            let word = |at: usize| json!({ "position": at, "word": made("kit")["words"][at - 1] });
            json!({ "answers": [word(2), word(17)] })
        }
        "new_recovery_kit" | "practice" | "staff" | "key_status" | "reseal" => json!({}),
        "rotate_keys" => json!({ "suspected_leak": false }),
        "confirm_second_factor" => {
            json!({ "code": code_at(made("second_factor")["totp_uri"].as_str().unwrap(), now) })
        }
        "new_second_factor" => json!({ "passphrase": PASSPHRASE }),
        "change_passphrase" => json!({ "current": PASSPHRASE, "new": "copper thistle window 88" }),
        "discard_draft" => {
            call(&test.practice, "identity.lock", json!({ "drafts": [{ "screen": "a", "content": "b" }] })).unwrap();
            sign_in(&test.practice, OWNER).unwrap();
            json!({ "screen": "a" })
        }
        "change_practice" => test.call("identity.practice", json!({})).unwrap(),
        "invite" => json!({ "user_name": "new.nurse", "name": { "family": "Example", "given": [] },
            "roles": [{ "role": "nurse" }] }),
        _ => about_a_nurse(verb, test),
    })
}

fn about_a_nurse(verb: &str, test: &TestPractice) -> Value {
    test.sign_in_as(Role::Nurse);
    let nurse = staff(test, &user_name(Role::Nurse));
    match verb {
        "assign_role" => json!({ "staff": nurse, "role": "biller" }),
        "revoke_role" => {
            let assignment = card(test, &user_name(Role::Nurse))["roles"][0]["assignment"].clone();
            json!({ "staff": nurse, "assignment": assignment })
        }
        "suspend" | "reset_sign_in" => json!({ "staff": nurse }),
        "reinstate" => {
            test.call("identity.suspend", json!({ "staff": nurse })).unwrap();
            json!({ "staff": nurse })
        }
        "record_training" => json!({ "staff": nurse, "completed_on": "2026-11-20" }),
        "terminate" => json!({ "staff": nurse, "checklist": { "access_removed": true, "devices_returned": true,
            "keys_returned": true, "exit_interview": false } }),
        _ => unlisted(verb),
    }
}

/// Entrances: some of them are called while nobody is signed in.
fn at_the_door(verb: &str, test: &TestPractice) -> Option<Setting> {
    let leave = |operation: &str| {
        call(&test.practice, operation, json!({})).unwrap();
    };
    Some(match verb {
        // That it is done is tested where practices are made; here there is one already.
        "create_practice" => at_the_gate(json!({}), OWNER),
        "sign_in" => {
            leave("identity.sign_out");
            at_the_gate(json!({ "user_name": OWNER, "passphrase": PASSPHRASE, "code": "" }), OWNER)
        }
        "unlock" => {
            leave("identity.lock");
            at_the_gate(json!({ "passphrase": PASSPHRASE }), OWNER)
        }
        "recover" => {
            leave("identity.sign_out");
            let key = test.created["kit"]["recovery_key"].clone();
            at_the_gate(json!({ "recovery_key": key, "user_name": OWNER, "passphrase": PASSPHRASE }), OWNER)
        }
        "accept_invitation" => {
            let (_, code) = invite(&test.practice, "new.nurse", &json!([{ "role": "nurse" }])).unwrap();
            leave("identity.sign_out");
            let input = json!({ "user_name": "new.nurse", "invitation_code": code, "passphrase": PASSPHRASE });
            at_the_gate(input, "new.nurse")
        }
        "lock" | "sign_out" => by_the_owner(json!({})),
        _ => return None,
    })
}

fn patients(verb: &str, test: &TestPractice) -> Setting {
    const PIXEL: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==";
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let of = json!({ "patient": patient });
    let merge = || {
        let other = register(&test.practice, "Okafor", "Grace", "1961-04-02");
        let input = json!({ "from": patient, "into": other });
        let proposed = test.call_as(Role::Nurse, "patients.propose_merge", input).unwrap();
        sign_in(&test.practice, OWNER).unwrap();
        json!({ "merge": proposed["merge"] })
    };
    by_the_owner(match verb {
        "register" => person("Lopez", "Ana", "1985-02-03"),
        "correct" => with(person("Nguyen", "Lan", "1990-06-01"), &json!({ "patient": patient, "expected_version": 1 })),
        "search" => json!({ "query": "nguyen", "limit": 5 }),
        "chart" | "versions" | "front_desk_card" | "billing_card" => of,
        "possible_duplicates" => person("Nguyen", "Linh", "1990-06-01"),
        "propose_merge" => {
            json!({ "from": patient, "into": register(&test.practice, "Okafor", "Grace", "1961-04-02") })
        }
        "merges" => json!({}),
        "confirm_merge" => merge(),
        "unmerge" => {
            let merge = merge();
            test.call("patients.confirm_merge", merge.clone()).unwrap();
            merge
        }
        "mark_deceased" => with(of, &json!({ "on": null })),
        "note_restriction" => with(of, &json!({ "text": "Nothing to the employer" })),
        "set_photo" => with(of, &json!({ "jpeg_base64": PIXEL })),
        "photo" => {
            test.call("patients.set_photo", with(of.clone(), &json!({ "jpeg_base64": PIXEL }))).unwrap();
            of
        }
        _ => unlisted(verb),
    })
}

fn made_up(verb: &str, test: &TestPractice) -> Value {
    if verb == "take_in_made_up" {
        return json!({ "seed": 1, "first": 0, "patients": [] });
    }
    let office = calendar::office(test);
    let visit = json!({ "patient": office.patient, "product": office.follow_up, "slot": calendar::at(600, 30),
                        "resources": [office.ito], "comes_after": -5 });
    match verb {
        "take_in_made_up_visits" => json!({ "visits": [visit] }),
        _ => unlisted(verb),
    }
}

fn scheduling(verb: &str, test: &TestPractice) -> Value {
    if is_about_a_theatre(verb) {
        return about_a_theatre(verb, test);
    }
    let office = calendar::office(test);
    let setup = || test.call("scheduling.setup", json!({})).unwrap();
    let service = || setup()["services"][0]["service"].clone();
    let any_room = || calendar::resource("room", "Room 9", &json!([]));
    let hold = json!({ "product": office.follow_up, "slot": calendar::at(660, 30), "resources": [office.ito] });
    match verb {
        "setup" => json!({}),
        "keep_site" => json!({ "name": "Main Street", "address": "" }),
        "keep_department" => {
            let site = test.call("scheduling.keep_site", json!({ "name": "Main Street", "address": "" })).unwrap();
            json!({ "site": site["site"], "name": "Pediatrics" })
        }
        "keep_resource" => any_room(),
        "keep_service" => json!({ "name": "Vaccines" }),
        "keep_product" => calendar::product(&service(), "Vaccines", 20),
        "keep_calendar" => {
            json!({ "name": "Rooms", "resources": [office.room], "grid_minutes": 15, "horizon_days": 90 })
        }
        "keep_rule" => calendar::rule(&office.calendar, "holiday", &[], 0, 1_440),
        "end_rule" => json!({ "rule": setup()["rules"][0]["rule"] }),
        "day" | "month" | "waitlist" => {
            let named = if verb == "month" { "from" } else { "date" };
            json!({ named: calendar::MONDAY })
        }
        "week" => json!({ "from": calendar::MONDAY, "days": 7, "resources": [] }),
        "openings" => json!({ "product": office.follow_up, "patient": null, "resources": [], "from": null, "days": 7,
                              "weekdays": [], "not_before": null, "not_after": null, "limit": 5 }),
        "check" => with(office.follow_up(600), &json!({ "unit": null, "hold": null })),
        "hold_slot" => hold,
        "release_slot" => json!({ "hold": test.call("scheduling.hold_slot", hold).unwrap()["hold"] }),
        "keep_contact" => json!({ "name": "Pat Okafor", "relationship": "mother", "patients": [office.patient],
                                  "channels": [], "ended": false }),
        "contacts" | "patient_visits" => json!({ "patient": office.patient }),
        "wait" => office.waits(),
        "leave_waitlist" => json!({ "wait": test.call("scheduling.wait", office.waits()).unwrap()["wait"] }),
        "book" => office.follow_up(600),
        "resettle" => json!({ "from": calendar::MONDAY, "days": 7 }),
        "gates_ahead" => json!({ "days": 7 }),
        "figures" => json!({ "from": calendar::MONDAY, "until": "2026-12-06" }),
        "keep_column_sets" => json!({ "sets": [{ "number": 4, "resources": [office.ito] }] }),
        "reminders" => json!({ "date": calendar::MONDAY }),
        "calendar_file" => {
            let own = with(any_room(), &json!({ "staff": staff(test, OWNER) }));
            let kept = test.call("scheduling.keep_resource", own).unwrap();
            json!({ "resource": kept["resource"], "from": calendar::MONDAY, "until": calendar::MONDAY })
        }
        "desk_sheet" | "clinical_sheet" => json!({ "date": calendar::MONDAY, "resource": office.ito }),
        _ => about_a_visit(verb, test, &office),
    }
}

fn is_about_a_theatre(verb: &str) -> bool {
    ["case", "theatre", "reservation", "alloc", "lapse"].iter().any(|word| verb.contains(word))
}

fn about_a_theatre(verb: &str, test: &TestPractice) -> Value {
    let all = theatre::theatres(test);
    if verb == "keep_case" {
        return all.case();
    }
    let (case, held) = all.placed(test, 600);
    let case = json!({ "case": case });
    let around =
        json!({ "theatre": all.two, "slot": calendar::at(840, 60), "setup_minutes": 20, "turnover_minutes": 10 });
    let reserved = json!({ "reservation": held, "version": 1 });
    let item = json!({ "reservation": held, "what": { "kind": "item", "name": "Suture 3-0", "quantity": 4 },
                       "role": "", "from": 20, "to": 80 });
    match verb {
        "theatre_board" => json!({ "date": calendar::MONDAY }),
        "cancel_case" => with(case, &json!({ "version": 2, "reason": "patient_asked" })),
        "reinstate_case" => {
            let off = with(case.clone(), &json!({ "version": 2, "reason": "patient_asked" }));
            with(case, &json!({ "version": test.call("scheduling.cancel_case", off).unwrap()["version"] }))
        }
        "note_case" => {
            with(case, &json!({ "procedure": "Excision", "laterality": "none", "anaesthesia": "", "note": "" }))
        }
        "clinical_case" => case,
        "check_theatre" => with(around, &json!({ "case": null, "reservation": held })),
        "reserve_theatre" => with(around, &json!({ "purpose": "maintenance", "case": null })),
        "move_reservation" => with(reserved, &around),
        "release_theatre" => with(reserved, &json!({ "reason": "practice_asked" })),
        "advance_theatre" => with(reserved, &json!({ "to": "set_up" })),
        "waive_lapse" => {
            let ended = json!([{ "name": "laminar flow hood", "valid_until": "2026-01-01" }]);
            let theatre = with(calendar::resource("theatre", "Theatre 1", &ended), &json!({ "resource": all.one }));
            test.call("scheduling.keep_resource", theatre).unwrap();
            with(reserved, &json!({ "resource": all.one, "what": "laminar flow hood", "reason": "Tested today" }))
        }
        "allocate" => item,
        "check_allocation" => json!({ "reservation": held, "what": item["what"], "from": 20, "to": 80 }),
        "end_allocation" => json!({ "allocation": test.call("scheduling.allocate", item).unwrap()["allocation"] }),
        _ => unlisted(verb),
    }
}

fn about_a_visit(verb: &str, test: &TestPractice, office: &calendar::Office) -> Value {
    let wish = json!({ "product": office.procedure, "patient": office.patient, "slot": calendar::at(600, 60),
                       "resources": [office.ito, office.second_room] });
    let booked = test.call("scheduling.book", wish).unwrap();
    let unit = json!({ "unit": booked["unit"] });
    let more = match verb {
        "visit" | "clinical_visit" => json!({}),
        "note_reason" => json!({ "reason_for_visit": "A mole", "procedure_detail": "" }),
        "move" => json!({ "version": 1, "slot": calendar::at(840, 60), "resources": [office.ito, office.second_room] }),
        "advance" => json!({ "version": 1, "to": "confirmed" }),
        "note_desk" => json!({ "version": 1, "desk_note": "Brings a walker" }),
        "repeat" => json!({ "version": 1, "rule": "FREQ=WEEKLY;COUNT=3" }),
        "end_series" => {
            let weekly = with(unit.clone(), &json!({ "version": 1, "rule": "FREQ=WEEKLY;COUNT=3" }));
            test.call("scheduling.repeat", weekly).unwrap();
            json!({ "reason": "patient_asked" })
        }
        "waive_gate" => json!({ "version": 1, "gate": "consent_signed", "reason": "Signed on paper" }),
        _ => unlisted(verb),
    };
    with(unit, &more)
}

fn downtime_plan() -> Value {
    json!({ "folder": "/media/drive", "every": "day", "passphrase": "seven tame otters forty-two" })
}
