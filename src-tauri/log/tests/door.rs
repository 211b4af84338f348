//! The door by itself, with operations of the test's own: what it lets in, what it turns away, what it keeps, and the
//! one entry that each call leaves. The journeys of the practice come in by the same door with the real operations.

#![allow(clippy::type_complexity, reason = "tables of cases")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod slips;

use keepwell_kernel::{Compartment, Error, PatientId, Purpose, Role, StaffId};
use keepwell_log::door::{Call, Declarations};
use keepwell_vault::Key;
use keepwell_vault::engine::EngineError;
use serde_json::{Value, json};
use slips::{HOLDER, OWN, Trial, door, patient, word};
use std::collections::{BTreeSet, HashMap};

// ---- Letting in and turning away ----

#[test]
fn before_there_is_a_practice_only_the_founding_comes_in() {
    let trial = Trial::empty();
    let standing = trial.door.standing();
    assert!(standing.absent && standing.problem.is_none() && standing.plate.is_none() && standing.entries == 0);
    assert_eq!(standing.keychain, "memory");
    for operation in ["trial.look", "trial.pass", "nowhere.nothing"] {
        assert_eq!(word(&trial.call(operation, json!({}))), "vault.missing ", "{operation}");
    }
    trial.done("trial.found", json!({}));
    let standing = trial.door.standing();
    assert!(!standing.absent && standing.signed_in && standing.vault.is_some());
    assert_eq!((standing.entries, standing.plate.unwrap().name.as_str()), (1, "Trial"));
    let (again, entry) = trial.one_entry(|| trial.call("trial.found", json!({})));
    assert_eq!(word(&again), "door.practice_exists ");
    assert_eq!((&entry["operation"], &entry["actor"]), (&json!("trial.found"), &json!("founder")));
}

#[test]
fn what_is_asked_wrongly_is_turned_away_with_the_field_and_one_entry() {
    let trial = Trial::open();
    let long = |count: usize| Some("é".repeat(count));
    let look = json!({ "patients": [] });
    let cases: [(&str, Value, Option<Purpose>, Option<String>, &str, &str); 14] = [
        ("trial.look", look.clone(), None, None, "done", "treatment"),
        ("trial.look", look.clone(), Some(Purpose::Operations), None, "done", "operations"),
        ("trial.look", look.clone(), Some(Purpose::Legal), None, "door.purpose purpose", "legal"),
        ("trial.look", look.clone(), Some(Purpose::Emergency), None, "door.reason_needed reason", "emergency"),
        (
            "trial.look",
            look.clone(),
            Some(Purpose::Emergency),
            Some(" \t".to_owned()),
            "door.reason_needed reason",
            "emergency",
        ),
        ("trial.look", look.clone(), Some(Purpose::Emergency), Some("fire".to_owned()), "done", "emergency"),
        ("trial.look", look.clone(), None, long(2_000), "done", "treatment"),
        ("trial.look", look, None, long(2_001), "door.reason_too_long reason", ""),
        ("trial.look", json!({}), None, None, "door.malformed patients", "treatment"),
        ("trial.look", json!({ "patients": [7] }), None, None, "door.malformed patients[0]", "treatment"),
        ("trial.look", json!(7), None, None, "door.malformed ", "treatment"),
        ("nowhere.nothing", json!({}), None, None, "door.unknown_operation ", ""),
        (
            "trial.pass",
            json!({ "how": "look", "staff": HOLDER, "user_name": "" }),
            Some(Purpose::Legal),
            None,
            "done",
            "legal",
        ),
        (
            "trial.pass",
            json!({ "how": "look", "staff": HOLDER, "user_name": "" }),
            Some(Purpose::Payment),
            None,
            "door.purpose purpose",
            "payment",
        ),
    ];
    for (operation, input, purpose, reason, ends, entered_for) in cases {
        let call = Call { operation: operation.to_owned(), input, purpose, reason: reason.clone() };
        let (answer, entry) = trial.one_entry(|| trial.door.call(&call));
        let said = format!("{operation} {} {purpose:?}", call.input);
        assert_eq!(word(&answer), ends, "{said}");
        let operation = if operation == "nowhere.nothing" { "unknown" } else { operation };
        assert_eq!((entry["operation"].as_str(), entry["actor"].as_str()), (Some(operation), Some("owner")), "{said}");
        assert_eq!(entry["purpose"].as_str().unwrap_or_default(), entered_for, "{said}");
        assert_eq!(entry["workstation"], "desk");
        let (outcome, code) = if ends == "done" { ("done", None) } else { ("refused", ends.split(' ').next()) };
        assert_eq!((entry["outcome"].as_str(), entry["code"].as_str()), (Some(outcome), code), "{said}");
        // A reason is kept as it was typed, as far as an entry has room; one of white space is none.
        let kept = reason.filter(|reason| !reason.trim().is_empty()).map(|one| one.chars().take(2_000).collect());
        assert_eq!(entry["reason"].as_str().map(str::to_owned), kept, "{said}");
    }
}

#[test]
fn a_role_decides_what_is_let_in_and_leaves_its_name() {
    let trial = Trial::open();
    for (roles, ends, role) in [
        (&[Role::Auditor][..], "denied", ""),
        (&[Role::Auditor, Role::Receptionist], "done", "receptionist"),
        (&[Role::Nurse], "done", "nurse"),
    ] {
        trial.enter("somebody", roles);
        let (answer, entry) = trial.one_entry(|| trial.change("put", patient(1), "x"));
        assert_eq!((word(&answer).as_str(), entry["role"].as_str()), (ends, Some(role)));
        assert_eq!(entry["outcome"], ends);
    }
    let staff = trial.enter("leaver", &[Role::Nurse]);
    trial.given.0.lock().unwrap().insert(staff, Vec::new());
    assert!(trial.door.standing().signed_in);
    let (answer, entry) = trial.one_entry(|| trial.change("put", patient(1), "x"));
    assert_eq!((word(&answer).as_str(), entry["code"].as_str()), ("signed out", Some("signed_out")));
    assert!(!trial.door.standing().signed_in, "whoever holds no role any more is out");
}

// ---- Changing ----

#[test]
fn a_change_and_its_entry_stand_or_fall_together() {
    let trial = Trial::open();
    let owner = trial.enter("owner", &[Role::Owner]);
    trial.look(&[], None); // From here on the session counts.
    // What is done, to whom, how it ends, versions and record then, changes in the entry, commits seen.
    let cases = [
        ("put", 1, "a", "done", 1, Some("a"), 1, 1),
        ("put", 1, "b", "done", 2, Some("b"), 1, 2),
        ("put_over", 1, "c", "done", 2, Some("c"), 1, 3),
        ("put_or", 1, "d", "done", 3, Some("d"), 1, 4),
        ("put_or", 2, "d", "trial.taken text", 0, None, 0, 4),
        ("put_and_refuse", 2, "e", "trial.worn_out ", 0, None, 0, 4),
        ("put_and_fail", 2, "e", "fault", 0, None, 0, 4),
        ("remove", 1, "", "done", 3, None, 1, 5),
        ("put_or", 2, "d", "done", 1, Some("d"), 1, 6),
        ("put_scan", 3, "f", "done", 1, Some("f"), 1, 7),
    ];
    for (how, place, text, ends, versions, then, changes, seen) in cases {
        let (answer, entry) = trial.one_entry(|| trial.change(how, patient(place), text));
        assert_eq!(word(&answer), ends, "{how} {text}");
        assert_eq!(entry["changes"], changes, "{how} {text}");
        let touched = if how == "put_over" || how == "remove" { json!([]) } else { json!([patient(place)]) };
        assert_eq!(entry["patients"], touched, "{how} {text}");
        let faults = trial.door.take_faults();
        assert_eq!(
            faults.iter().map(|fault| fault.chain.as_str()).collect::<Vec<_>>(),
            match ends {
                "fault" => vec!["out of ink"],
                _ => vec![],
            }
        );
        assert_eq!(
            entry["code"].as_str(),
            match ends {
                "done" => None,
                "fault" => Some(faults[0].reference.as_str()),
                refused => refused.split(' ').next(),
            }
        );
        if how.starts_with("put") && ends == "done" {
            let expected =
                if how == "put_over" { versions + 1 } else { versions + u64::from(text == "d" && place == 1) };
            assert_eq!(answer.unwrap(), expected, "{how} {text}");
        }
        let looked = trial.look(&[patient(place)], None);
        assert_eq!(looked["slip"]["text"].as_str(), then, "{how} {text}");
        assert_eq!(looked["by"][0], then.map_or(Value::Null, |_| json!(owner)), "{how} {text}");
        assert_eq!(looked["count"], seen, "{how} {text}");
        assert_eq!(looked["scan"].as_str(), then.filter(|_| how == "put_scan"), "{how} {text}");
    }
}

/// Whoever ends a practice names the operation. One that did not check for holds and for a backup ends nothing.
#[test]
fn an_operation_that_did_not_allow_it_erases_nothing() {
    let trial = Trial::open();
    let entries = trial.door.standing().entries;
    let call =
        Call { operation: "trial.look".to_owned(), input: json!({ "patients": [] }), purpose: None, reason: None };
    assert!(matches!(trial.door.erase(&call), Err(Error::Fault(_))));
    let standing = trial.door.standing();
    assert!(standing.signed_in && !standing.absent && standing.entries == entries + 1);
    trial.door.call(&call).unwrap();
}

// ---- Looking ----

#[test]
fn a_look_is_told_of_the_call_and_of_nothing_else() {
    let trial = Trial::open();
    let began = trial.clock.now();
    trial.clock.advance(chrono::Duration::minutes(5));
    let call = |reason: Option<&str>| {
        let (operation, reason) = ("trial.look".to_owned(), reason.map(str::to_owned));
        trial.door.call(&Call { operation, input: json!({ "patients": [] }), purpose: None, reason }).unwrap()
    };
    let looked = call(Some("asked by telephone"));
    assert_eq!(looked["reason"], "asked by telephone");
    assert_eq!(call(None)["reason"], Value::Null);
    assert_eq!((&looked["actor"], &looked["roles"]), (&json!("owner"), &json!(["owner"])));
    assert_eq!(looked["began"], began.to_rfc3339());
    assert_eq!(looked["today"], "2026-03-10", "the day of the practice's own zone");
    let all: Vec<&str> = trial.door.surface().iter().map(|entry| entry.name).collect();
    assert_eq!(all.len(), 11);
    assert_eq!(looked["operations"], json!(all));
    assert_eq!(looked["checked"], Value::Null);
    let found = trial.door.verify(&mut |_, _| true).unwrap().unwrap();
    assert!(found.ok && found.entries == trial.door.standing().entries);
    assert_eq!(call(None)["checked"], found.entries);
    assert_eq!(trial.door.standing().verification, Some(found));
    trial.enter("desk", &[Role::Receptionist]);
    let may = ["trial.found", "trial.pass", "trial.change", "trial.look"];
    assert_eq!(call(None)["operations"], json!(may));
    let seen = trial.pass("look", HOLDER, "").unwrap();
    assert_eq!(seen["receptionist_may"], json!(may));
}

#[test]
fn a_visit_names_each_patient_once_until_nothing_new_came_for_a_quarter_of_an_hour() {
    let trial = Trial::open();
    for place in 1..=3 {
        trial.change("put", patient(place), &format!("slip {place}")).unwrap();
    }
    // Seconds since the look before, the visit, who is looked at, who is named, and whether the run goes on.
    let cases: [(i64, Option<&str>, &[u8], &[u8], bool); 10] = [
        (0, Some("a"), &[1, 2], &[1, 2], false),
        (0, Some("a"), &[1, 2, 3], &[3], true),
        (14 * 60 + 59, Some("a"), &[1, 2, 3], &[], true),
        (14 * 60 + 59, Some("a"), &[3], &[], true),
        (15 * 60, Some("a"), &[1, 3], &[1, 3], false),
        (60, Some("b"), &[1], &[1], false),
        (0, None, &[1], &[1], false),
        (0, None, &[1], &[1], false),
        (10 * 60, Some("b"), &[1, 2], &[2], true),
        (10 * 60, Some("b"), &[2], &[], true),
    ];
    let mut runs: HashMap<&str, Value> = HashMap::new();
    for (number, (seconds, visit, looked_at, named, goes_on)) in cases.into_iter().enumerate() {
        trial.clock.advance(chrono::Duration::seconds(seconds));
        let looked_at: Vec<PatientId> = looked_at.iter().map(|place| patient(*place)).collect();
        let (_, entry) = trial.one_entry(|| trial.look(&looked_at, visit));
        let named: BTreeSet<String> = named.iter().map(|place| patient(*place).to_string()).collect();
        let noted = entry["patients"].as_array().unwrap();
        assert_eq!(
            noted.iter().map(|one| one.as_str().unwrap().to_owned()).collect::<BTreeSet<_>>(),
            named,
            "{number}"
        );
        let before = runs.insert(visit.unwrap_or_default(), entry["correlation"].clone());
        assert_eq!(before.as_ref() == Some(&entry["correlation"]), goes_on, "{number}");
    }
}

// ---- Coming in and going ----

#[test]
fn a_refused_entrance_keeps_what_it_wrote_and_says_whom_it_was_about() {
    let trial = Trial::open();
    let staff = StaffId::make();
    trial.pass("close", HOLDER, "").unwrap();
    assert!(!trial.door.standing().signed_in);
    // Whoever is at the door writes in one segment of the log, however often.
    let segments = || trial.home.engine.tamper(|rows| rows.keys().filter(|key| key.starts_with(&[0x50, 5])).count());
    let before = segments();
    for _ in 0..3 {
        trial.pass("look", staff, "").unwrap();
    }
    assert_eq!(segments(), before + 1);
    let (answer, entry) = trial.one_entry(|| trial.pass("refuse", staff, "tried.once"));
    assert_eq!(word(&answer), "trial.worn_out how");
    assert_eq!((&entry["actor"], &entry["changes"]), (&json!("tried.once"), &json!(1)));
    assert_eq!(word(&trial.call("trial.look", json!({ "patients": [] }))), "signed out");
    trial.enter("owner", &[Role::Owner]);
    let looked = trial.look(&[PatientId::from_bytes(*staff.bytes())], None);
    assert_eq!(looked["slip"]["text"], "tried");
    assert_eq!(looked["by"], json!([staff]), "the record says so too");
}

#[test]
fn a_lock_keeps_the_place_of_whoever_locked_and_of_nobody_else() {
    let trial = Trial::open();
    let (began, nurse) = (trial.clock.now(), trial.enter("nurse", &[Role::Nurse]));
    trial.clock.advance(chrono::Duration::minutes(30));
    trial.pass("lock", HOLDER, "").unwrap();
    let standing = trial.door.standing();
    assert!(!standing.signed_in);
    assert_eq!(standing.locked.map(|locked| (locked.staff, locked.user_name)), Some((nurse, "nurse".to_owned())));
    let (answer, entry) = trial.one_entry(|| trial.call("trial.look", json!({ "patients": [] })));
    assert_eq!((word(&answer).as_str(), &entry["code"]), ("locked", &json!("locked")));
    assert_eq!(trial.pass("look", HOLDER, "").unwrap()["locked"], "nurse");
    trial.pass("open", nurse, "nurse").unwrap();
    assert!(trial.door.standing().locked.is_none());
    assert_eq!(trial.look(&[], None)["began"], began.to_rfc3339(), "the session goes on");
    trial.pass("lock", HOLDER, "").unwrap();
    trial.enter("another", &[Role::Nurse]);
    assert_eq!(trial.look(&[], None)["began"], trial.clock.now().to_rfc3339(), "another person begins afresh");
    trial.pass("lock", HOLDER, "").unwrap();
    trial.pass("close", HOLDER, "").unwrap();
    let standing = trial.door.standing();
    assert!(standing.locked.is_none() && !standing.signed_in);
}

#[test]
fn what_is_written_at_the_gate_is_kept_and_what_was_at_hand_stays_in_memory() {
    let trial = Trial::open();
    let staff = StaffId::make();
    let patient = PatientId::from_bytes(*staff.bytes());
    assert_eq!(trial.pass("write", staff, "").unwrap()["version"], 12, "version 1, then 2");
    let looked = trial.look(&[patient], None);
    assert_eq!((&looked["versions"], &looked["slip"]["text"]), (&json!([1]), &json!("tried")), "nothing of the first");
    let (_, entry) = trial.one_entry(|| trial.pass("remove", staff, "").unwrap());
    assert_eq!(entry["changes"], 1);
    assert_eq!(trial.look(&[patient], None)["slip"], Value::Null);
    assert_eq!(trial.look(&[], None)["count"], 0);
    trial.given.0.lock().unwrap().insert(staff, vec![Role::Owner]);
    trial.pass("open_keeping", staff, "owner").unwrap();
    trial.change("put", patient, "x").unwrap();
    assert_eq!(trial.look(&[], None)["count"], 41, "what the entrance kept, brought up to date");
}

#[test]
fn whoever_leaves_has_left_whatever_the_disk_says() {
    for how in ["close", "lock"] {
        let trial = Trial::open();
        trial.home.engine.fail_commits_with(Some(|| EngineError::Full));
        assert_eq!(word(&trial.pass(how, HOLDER, "")), "vault.full ");
        let standing = trial.door.standing();
        assert!(!standing.signed_in, "{how}");
        assert_eq!(standing.locked.is_some(), how == "lock");
        assert_eq!(word(&trial.pass("open", HOLDER, "owner")), "vault.full ");
        assert!(!trial.door.standing().signed_in, "nobody comes in without an entry");
    }
}

// ---- Keys ----

#[test]
fn keys_are_given_and_taken_at_the_door() {
    const PRIVATE: [u8; 32] = [5; 32];
    let trial = Trial::open();
    let staff = StaffId::make();
    let held = || -> Vec<Compartment> {
        let keyring = trial.vault().keyring_of(staff.bytes(), &Key::from_bytes(PRIVATE)).unwrap();
        Compartment::GRANTED.into_iter().filter(|one| keyring.holds(*one)).collect()
    };
    trial.change("put", patient(1), "before").unwrap();
    assert_eq!(trial.epoch_of(patient(1)), 1);
    assert_eq!(trial.keys("grant", staff, PRIVATE), json!([true, false]));
    assert_eq!(held(), [Compartment::Demographics, Compartment::Billing]);
    assert_eq!(trial.keys("revoke", staff, PRIVATE), json!([true, false]));
    assert_eq!(held(), [Compartment::Billing]);
    trial.change("put", patient(1), "after").unwrap();
    assert_eq!(trial.epoch_of(patient(1)), 2, "the open session goes on with the new key");
    assert_eq!(trial.look(&[patient(1)], None)["versions"], json!([2]));
    trial.keys("grant", staff, PRIVATE);
    trial.keys("revoke_all", staff, PRIVATE);
    assert_eq!(held(), []);
    trial.change("put", patient(1), "last").unwrap();
    assert_eq!(trial.epoch_of(patient(1)), 3);
    // Whoever is gone altogether is given nothing when the next epoch begins.
    trial.keys("grant", staff, PRIVATE);
    trial.pass("strip", staff, "").unwrap();
    assert_eq!(held(), []);
    trial.keys("revoke", StaffId::make(), PRIVATE);
    assert_eq!(held(), []);
}

#[test]
fn a_replaced_recovery_key_mends_a_machine_that_lost_its_key_and_the_old_one_does_not() {
    let trial = Trial::open();
    trial.keys("recovery", HOLDER, [0x66; 32]);
    let found = trial.done("log.verify", json!({}));
    assert_eq!((&found["ok"], &found["what"]), (&json!(true), &Value::Null), "the open session knows of the new kit");
    trial.keys("revoke", StaffId::make(), [0; 32]);
    trial.door.close();
    trial.home.keychain.tamper(|held| held.retain(|name, _| !name.starts_with("device:")));
    let trial = Trial { door: door(&trial.home, &trial.given, &trial.clock), ..trial };
    assert_eq!(trial.door.standing().keychain, "missing");
    let key = |byte: u8| Value::from(vec![byte; 32]);
    for (recovery, ends, keychain) in [
        (Value::Null, "vault.no_device_key ", "missing"),
        (key(0x65), "door.wrong_recovery_key recovery_key", "missing"),
        (key(0x66), "done", "memory"),
    ] {
        let input = json!({ "how": "look", "staff": HOLDER, "user_name": "", "recovery": recovery });
        assert_eq!(word(&trial.call("trial.pass", input)), ends);
        assert_eq!(trial.door.standing().keychain, keychain);
    }
}

// ---- Sealing ----

#[test]
fn a_log_that_was_added_to_is_sealed_after_a_minute_and_when_the_door_closes() {
    let trial = Trial::open();
    let sealed = || trial.home.keychain.tamper(|held| held.clone());
    trial.door.tick();
    trial.clock.advance(chrono::Duration::minutes(2));
    trial.door.tick();
    let rest = sealed();
    trial.look(&[], None);
    trial.clock.advance(chrono::Duration::seconds(59));
    trial.door.tick();
    assert_eq!(sealed(), rest, "not before a minute is over");
    trial.clock.advance(chrono::Duration::seconds(1));
    trial.door.tick();
    let anchored = |held: &std::collections::BTreeMap<String, Vec<u8>>| -> u64 {
        let anchor = held.iter().find(|(name, _)| name.starts_with("anchor:")).unwrap().1;
        let text = std::str::from_utf8(anchor).unwrap();
        text.split(':').next().unwrap().parse().unwrap()
    };
    assert_eq!(anchored(&sealed()), trial.door.standing().entries);
    let note = trial.home.engine.tamper(|rows| {
        let mut notes = rows.iter().filter(|(key, _)| key.starts_with(&[0x50, 4]));
        String::from_utf8(notes.next_back().unwrap().1.clone()).unwrap()
    });
    assert!(note.contains("\ntime 2026-03-10T02:33:00.000+05:30\n"), "signed in the practice's own zone: {note}");
    let minute = sealed();
    trial.clock.advance(chrono::Duration::minutes(2));
    trial.door.tick();
    assert_eq!(sealed(), minute, "nothing new, nothing sealed");
    trial.look(&[], None);
    trial.door.close();
    assert_eq!(anchored(&sealed()), trial.door.standing().entries);
    assert!(!trial.door.standing().signed_in);
    let entries = trial.door.standing().entries;
    let again = door(&trial.home, &trial.given, &trial.clock).standing();
    assert_eq!((again.entries, again.read_only.is_some(), again.problem), (entries, false, None));
}

#[test]
fn an_anchor_that_cannot_be_kept_is_a_fault_and_not_a_refusal() {
    let trial = Trial::open();
    trial.look(&[], None);
    assert!(trial.door.take_faults().is_empty());
    trial.home.keychain.set_absent(true);
    trial.clock.advance(chrono::Duration::minutes(2));
    trial.door.tick();
    assert_eq!(trial.door.take_faults().len(), 1);
    assert!(trial.door.take_faults().is_empty(), "a fault is told once");
    trial.look(&[], None);
}

// ---- A store that does not open ----

#[test]
fn a_store_that_does_not_open_says_why_until_it_is_mended() {
    let trial = Trial::open();
    trial.door.close();
    let cases: [(fn() -> EngineError, Option<&str>, bool, usize); 4] = [
        (|| EngineError::Missing, None, true, 0),
        (|| EngineError::HeldElsewhere, Some("vault.held_elsewhere"), false, 0),
        (|| EngineError::Damaged, Some("vault.damaged"), false, 0),
        (|| EngineError::Engine("sulks".to_owned()), Some("door.unopenable"), false, 1),
    ];
    for (error, problem, absent, faults) in cases {
        *trial.home.opening.lock().unwrap() = Some(error);
        let again = door(&trial.home, &trial.given, &trial.clock);
        let standing = again.standing();
        assert_eq!((standing.problem.map(|code| code.code), standing.absent), (problem, absent));
        assert_eq!(again.take_faults().len(), faults);
        let said = again.call(&Call { operation: "log.status".to_owned(), input: json!({}), ..Call::default() });
        assert_eq!(word(&said), format!("{} ", problem.unwrap_or("vault.missing")));
        *trial.home.opening.lock().unwrap() = None;
        again.reopen();
        let standing = again.standing();
        assert_eq!((standing.problem, standing.absent, standing.entries), (None, false, trial.door.standing().entries));
    }
    trial.home.keychain.tamper(|held| held.retain(|name, _| !name.starts_with("device:")));
    let again = door(&trial.home, &trial.given, &trial.clock).standing();
    assert_eq!((again.keychain, again.problem), ("missing", None));
}

#[test]
fn a_store_put_back_is_open_for_reading_the_log_only() {
    let trial = Trial::open();
    let yesterday = trial.home.engine.tamper(|rows| rows.clone());
    trial.change("put", patient(1), "today").unwrap();
    trial.door.close();
    trial.home.engine.tamper(|rows| *rows = yesterday.clone());
    let trial = Trial { door: door(&trial.home, &trial.given, &trial.clock), ..trial };
    assert_eq!(trial.door.standing().read_only.map(|code| code.code), Some("log.rolled_back"));
    let before = trial.door.standing().entries;
    trial.enter("owner", &[Role::Owner]);
    assert_eq!(word(&trial.change("put", patient(2), "more")), "door.read_only ");
    assert_eq!(trial.done("log.status", json!({}))["read_only"], true);
    trial.clock.advance(chrono::Duration::minutes(2));
    trial.door.tick();
    trial.door.close();
    assert_eq!(trial.door.standing().entries, before, "no entry");
    assert_eq!(trial.home.engine.tamper(|rows| rows.clone()), yesterday, "nothing is written");
}

// ---- What the screens are made from ----

#[test]
fn an_operation_declares_its_types_and_what_they_hold() {
    let mut declared = Declarations::new();
    let names: Vec<_> = OWN.iter().map(|entry| entry.declare(&mut declared)).collect();
    let expected = [
        ("TrialFound", "Nothing"),
        ("TrialPass", "Seen"),
        ("TrialChange", "number"),
        ("TrialKeys", "Array<boolean>"),
        ("TrialLook", "Looked"),
    ];
    assert_eq!(names, expected.map(|(input, output)| (input.to_owned(), output.to_owned())));
    let declared: Vec<&str> = declared.keys().map(String::as_str).collect();
    let held = ["Gate", "How", "Keys", "Looked", "Nothing", "PatientId", "Seen", "Slip", "StaffId"];
    let asked = ["TrialChange", "TrialFound", "TrialKeys", "TrialLook", "TrialPass"];
    assert_eq!(declared, [&held[..], &asked].concat());
}
