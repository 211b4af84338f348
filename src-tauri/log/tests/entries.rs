//! The log as its readers see it through the door: each filter, page by page, held to a scan of everything.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod slips;

use keepwell_kernel::{Instant, Role};
use serde_json::{Value, json};
use slips::{Trial, patient, word};

/// A practice with 60 entries, a second apart: three people, every outcome, five patients.
fn busy() -> Trial {
    let trial = Trial::open();
    let people = [("One.Nurse", Role::Nurse), ("auditor", Role::Auditor), ("owner", Role::Owner)];
    for round in 0.. {
        let (name, role) = people[round % 3];
        trial.enter(name, &[role]);
        for step in 0..7u8 {
            trial.clock.advance(chrono::Duration::seconds(1));
            let patient = patient(1 + step % 5);
            let how = ["put", "put", "put_and_refuse", "put_and_fail", "put_scan"][usize::from(step % 5)];
            // How it ends is for the log to say.
            drop(trial.change(how, patient, &format!("{round} {step}")));
            if trial.door.standing().entries == 60 {
                trial.enter("owner", &[Role::Owner]);
                return trial;
            }
        }
    }
    unreachable!("the rounds have no end")
}

/// Follows the pages of a filter and returns the places below 60 that they show, and how many pages there were.
fn pages(trial: &Trial, filter: &Value, limit: u32) -> (Vec<u64>, usize) {
    let (mut places, mut after, mut count) = (Vec::new(), json!(60), 0);
    while !after.is_null() {
        let mut input = filter.clone();
        input.as_object_mut().unwrap().extend([("after".to_owned(), after), ("limit".to_owned(), json!(limit))]);
        let page = trial.done("log.entries", input);
        let rows = page["rows"].as_array().unwrap();
        assert!(rows.len() <= limit as usize);
        places.extend(rows.iter().map(|row| row["sequence"].as_u64().unwrap()));
        (after, count) = (page["next"].clone(), count + 1);
    }
    (places, count)
}

#[test]
fn every_filter_of_the_log_shows_what_a_scan_shows() {
    let trial = busy();
    let all = trial.done("log.entries", json!({ "after": 60, "limit": 200 }));
    let all = all["rows"].as_array().unwrap();
    assert_eq!(
        all.iter().map(|row| row["sequence"].as_u64().unwrap()).collect::<Vec<_>>(),
        (0..60).rev().collect::<Vec<_>>()
    );
    // The founding stands in UTC, because there was no practice yet to have a zone.
    let zones = all.iter().map(|row| &row["at"].as_str().unwrap()[23..]);
    assert!(zones.eq(std::iter::repeat_n("+05:30", 59).chain(["+00:00"])));
    let moment = |seconds: i64| json!(trial.clock.now() - chrono::Duration::seconds(seconds));
    let time = |text: &Value| text.as_str().unwrap().parse::<Instant>().unwrap();
    let one = json!(patient(1));
    let filters = [
        json!({}),
        json!({ "patient": one }),
        json!({ "patient": json!(patient(9)) }),
        json!({ "actor": " One.nurse " }),
        json!({ "actor": " " }),
        json!({ "actor": "nobody" }),
        json!({ "operation": "trial.pass" }),
        json!({ "outcome": "done" }),
        json!({ "outcome": "refused" }),
        json!({ "outcome": "denied" }),
        json!({ "outcome": "fault" }),
        json!({ "from": moment(20) }),
        json!({ "to": moment(20) }),
        json!({ "from": moment(30), "to": moment(20) }),
        json!({ "from": moment(20), "to": moment(20) }),
        json!({ "to": moment(10_000) }),
        json!({ "patient": one, "outcome": "done" }),
        json!({ "patient": one, "actor": "one.nurse", "operation": "trial.change", "outcome": "done" }),
        json!({ "patient": one, "operation": "trial.pass" }),
        json!({ "outcome": "refused", "actor": "owner", "from": moment(40) }),
        json!({ "actor": "owner", "operation": "trial.change", "to": moment(5) }),
    ];
    let mut shown = 0;
    for filter in &filters {
        let is = |row: &Value, what: &str| filter[what].is_null() || row[what] == filter[what];
        let actor = filter["actor"].as_str().unwrap_or_default().trim().to_lowercase();
        let holds = |row: &&Value| {
            is(row, "operation")
                && is(row, "outcome")
                && (actor.is_empty() || row["actor"].as_str().unwrap().to_lowercase() == actor)
                && (filter["patient"].is_null() || row["patients"].as_array().unwrap().contains(&filter["patient"]))
                && (filter["from"].is_null() || time(&row["at"]) >= time(&filter["from"]))
                && (filter["to"].is_null() || time(&row["at"]) < time(&filter["to"]))
        };
        let expected: Vec<u64> = all.iter().filter(holds).map(|row| row["sequence"].as_u64().unwrap()).collect();
        shown += expected.len();
        for limit in [3, 200] {
            assert_eq!(pages(&trial, filter, limit).0, expected, "{filter}, {limit} a page");
        }
    }
    assert!(shown > 200, "the filters show {shown} entries");
    assert_eq!(pages(&trial, &json!({}), 20).1, 3, "no page more when the last one ends at the first entry");
}

#[test]
fn a_page_of_the_log_holds_one_to_two_hundred_entries_of_a_patient_there_can_be() {
    let trial = Trial::open();
    for (input, ends) in [
        (json!({ "limit": 0 }), "log.limit limit"),
        (json!({ "limit": 1 }), "done"),
        (json!({ "limit": 200 }), "done"),
        (json!({ "limit": 201 }), "log.limit limit"),
        (json!({ "limit": 1, "patient": "Jane" }), "log.unknown_patient patient"),
        (json!({ "limit": 1, "after": 1_000_000 }), "done"),
    ] {
        assert_eq!(word(&trial.call("log.entries", input.clone())), ends, "{input}");
    }
    let page = trial.done("log.entries", json!({ "limit": 1, "after": 1_000_000 }));
    assert_eq!(page["rows"][0]["sequence"], trial.door.standing().entries - 2, "the newest there was");
}

#[test]
fn how_the_log_stands_is_told_at_a_glance() {
    let trial = Trial::open();
    let before = trial.door.standing().entries;
    let status = trial.done("log.status", json!({}));
    assert_eq!(
        (&status["entries"], &status["anchored"], &status["read_only"]),
        (&json!(before), &json!(true), &json!(false))
    );
    assert_eq!(status["last_checkpoint"]["size"], 1, "the founding");
    assert_eq!(status["last_checkpoint"]["at"], "2026-03-10T02:30:00.000+05:30");
    assert_eq!(status["last_verification"], Value::Null);
    let found = trial.done("log.verify", json!({}));
    assert_eq!((&found["ok"], &found["entries"]), (&json!(true), &json!(before + 1)));
}

#[test]
fn a_log_longer_than_a_tile_adds_up_and_every_sixty_fourth_entry_is_signed() {
    let trial = Trial::open();
    while trial.door.standing().entries < 520 {
        trial.look(&[], None);
    }
    let found = trial.done("log.verify", json!({}));
    assert_eq!((&found["ok"], &found["entries"]), (&json!(true), &json!(520)));
    // One for the founding, and one at 64, 128 and so on to 512.
    assert_eq!(found["checkpoints"], 9);
    let tiles = trial.home.engine.tamper(|rows| rows.keys().filter(|key| key.starts_with(&[0x50, 2])).count());
    assert_eq!(tiles, 2);
    let status = trial.done("log.status", json!({}));
    assert_eq!(status["last_checkpoint"]["size"], 512);
    trial.door.close();
    assert!(slips::door(&trial.home, &trial.given, &trial.clock).standing().read_only.is_none());
}

#[test]
fn a_checkpoint_is_signed_in_whole_minutes_where_a_zone_once_had_seconds() {
    let trial = Trial::empty();
    let then: Instant = "1900-01-01T00:00:00Z".parse().unwrap();
    trial.clock.advance(then - trial.clock.now());
    trial.done("trial.found", json!({}));
    trial.enter("owner", &[Role::Owner]);
    trial.door.close();
    let note = trial.home.engine.tamper(|rows| {
        let mut notes = rows.iter().filter(|(key, _)| key.starts_with(&[0x50, 4]));
        String::from_utf8(notes.next_back().unwrap().1.clone()).unwrap()
    });
    // India's offset was 5:21:10 then.
    assert!(note.contains("\ntime 1900-01-01T05:21:00.000+05:21\n"), "{note}");
}
