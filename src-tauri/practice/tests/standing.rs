//! How the practice stands, from nothing to work and back, and who gets in where.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at a surprise"
)]

use chrono::Duration;
use keepwell_kernel::{Failure, Permission, Purpose, Role};
use keepwell_practice::testing::{OWNER, PASSPHRASE, TestPractice, user_name};
use keepwell_practice::{Call, Continue, Practice, State, surface};
use keepwell_vault::FileKeychain;
use serde_json::json;
use std::sync::Arc;

#[test]
fn the_status_follows_the_session() {
    let test = TestPractice::new();
    let status = test.practice.status();
    assert_eq!((status.state, status.practice_name.as_deref()), (State::SignedIn, Some("Lakeside Family Medicine")));
    assert_eq!(status.session.unwrap()["user_name"], OWNER);
    assert_eq!(status.locks_at.as_deref(), Some("2026-11-21T10:15:00.000-05:00"));
    assert_eq!((status.idle_minutes, status.demonstration, status.log_entries), (15, false, Some(1)));
    test.call("identity.lock", json!({ "drafts": [{ "screen": "registration", "content": "Mejía" }] })).unwrap();
    let status = test.practice.status();
    assert_eq!((status.state, status.locked_user.as_deref(), status.session), (State::Locked, Some(OWNER), None));
    assert_eq!(test.call("patients.search", json!({ "query": "a", "limit": 1 })), Err(Failure::Locked));
    let view = test.call("identity.unlock", json!({ "passphrase": PASSPHRASE, "code": null })).unwrap();
    assert_eq!(view["drafts"][0]["content"], "Mejía");
    let status = serde_json::to_string(&test.practice.status()).unwrap();
    assert!(!status.contains("Mejía"), "the status carries a draft about");
    test.call("identity.sign_out", json!({})).unwrap();
    assert_eq!(test.practice.status().state, State::SignedOut);
    assert_eq!(test.call("patients.search", json!({ "query": "a", "limit": 1 })), Err(Failure::SignedOut));
}

#[test]
fn the_practice_locks_itself_when_nobody_does_anything() {
    let test = TestPractice::new();
    for (minutes, state) in [(14, State::SignedIn), (1, State::Locked)] {
        test.clock.advance(Duration::minutes(minutes));
        test.practice.tick();
        assert_eq!(test.practice.status().state, state);
    }
    test.call("identity.unlock", json!({ "passphrase": PASSPHRASE })).unwrap();
    test.clock.advance(Duration::minutes(14));
    test.practice.somebody_is_there();
    test.clock.advance(Duration::minutes(14));
    test.practice.tick();
    assert_eq!(test.practice.status().state, State::SignedIn);
    // Looking at the log's status is something the screens do by themselves.
    test.call("log.status", json!({})).unwrap();
    test.clock.advance(Duration::minutes(1));
    test.practice.tick();
    assert_eq!(test.practice.status().state, State::Locked);
}

#[test]
fn a_changed_idle_time_counts_at_once() {
    let test = TestPractice::new();
    let mut details = test.call("identity.practice", json!({})).unwrap();
    details["idle_minutes"] = json!(1);
    test.call("identity.change_practice", details).unwrap();
    assert_eq!(test.practice.status().idle_minutes, 1);
}

#[test]
fn nothing_then_a_practice_in_its_folder_then_words_for_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (vault, keys) = (folder.path().join("practice"), folder.path().join("keys"));
    let at = || Practice::at(&vault, Arc::new(FileKeychain::at(&keys, &vault).unwrap()), "desk".to_owned());
    let practice = at();
    assert_eq!(practice.status().state, State::Absent);
    assert!(!vault.exists(), "looking at nothing made a folder");
    let input = json!({
        "practice": { "name": "Lakeside", "address": null, "phone": null, "npi": null, "time_zone": "America/New_York",
            "hours": [], "anonymous_mrn": false, "idle_minutes": 15 },
        "owner": { "user_name": OWNER, "name": { "family": "Ito", "given": ["Naomi"], "prefix": null, "suffix": null } },
        "passphrase": PASSPHRASE, "suite": "aes-256-gcm",
    });
    practice.call(Call { operation: "identity.create_practice".to_owned(), input, ..Call::default() }).unwrap();
    let second = at().status();
    assert_eq!((second.state, second.problem.unwrap().code), (State::Unopenable, "vault.held_elsewhere"));
    practice.close();
    drop(practice);
    assert_eq!(at().status().state, State::SignedOut);
    std::fs::write(vault.join(keepwell_practice::STORE), b"something else").unwrap();
    let spoilt = at();
    assert_eq!(spoilt.status().state, State::Unopenable);
    assert!(matches!(
        spoilt.call(Call { operation: "identity.sign_in".to_owned(), ..Call::default() }),
        Err(Failure::Refused { .. })
    ));
}

#[test]
fn the_log_is_checked_with_progress_and_can_be_stopped() {
    let test = TestPractice::new();
    let mut steps = 0;
    let found = test.practice.verify_log(&mut |step| {
        steps += 1;
        assert!(step.done <= step.total);
        Continue::Yes
    });
    let found = found.unwrap().unwrap();
    assert!(found.ok && steps > 0, "{found:?}");
    assert_eq!(test.practice.status().last_verification, Some(found));
    assert_eq!(test.practice.verify_log(&mut |_| Continue::No), Ok(None));
    test.sign_in_as(Role::Receptionist);
    assert_eq!(test.practice.verify_log(&mut |_| Continue::Yes), Err(Failure::Denied));
}

/// Whatever comes of a call, the log holds exactly one more entry that says so (45 CFR 164.312(b)).
#[test]
fn every_operation_leaves_one_entry_for_every_role_and_outcome() {
    let test = TestPractice::new();
    for role in Role::ALL {
        for entry in surface() {
            // What opens, ends or locks a session is followed in tests of its own.
            if [Permission::Anyone, Permission::OwnSession].contains(&entry.permission) {
                continue;
            }
            test.sign_in_as(role);
            let before = test.practice.status().log_entries.unwrap();
            let answer = test.call(entry.name, json!({}));
            let after = test.practice.status().log_entries.unwrap();
            assert_eq!(after, before + 1, "{} as {}", entry.name, role.word());
            // IT support may ask how the log stands, but holds none of the keys that the check of every entry needs.
            let without_keys = role == Role::ItSupport && entry.name == "log.verify";
            let may = role.holds(entry.permission) && !without_keys;
            assert_eq!(answer == Err(Failure::Denied), !may, "{} as {}: {answer:?}", entry.name, role.word());
            // The newest is the owner's sign-in to read the log; before it stands what was just done.
            let newest = test.log(2).remove(1);
            let outcome = match answer {
                Ok(_) => "done",
                Err(Failure::Denied) => "denied",
                Err(_) => "refused",
            };
            assert_eq!((&newest["operation"], &newest["outcome"]), (&json!(entry.name), &json!(outcome)));
            assert_eq!(newest["actor"], user_name(role));
        }
    }
}

#[test]
fn a_purpose_that_does_not_fit_is_refused_and_an_emergency_needs_a_reason() {
    let test = TestPractice::new();
    let search = |purpose, reason: Option<&str>| {
        let (operation, input) = ("patients.search".to_owned(), json!({ "query": "a", "limit": 1 }));
        test.practice.call(Call { operation, input, purpose: Some(purpose), reason: reason.map(str::to_owned) })
    };
    assert!(search(Purpose::Treatment, None).is_ok());
    for (purpose, expected) in [(Purpose::System, "door.purpose"), (Purpose::Emergency, "door.reason_needed")] {
        let Err(Failure::Refused { code, .. }) = search(purpose, None) else { panic!("{expected}") };
        assert_eq!(code, expected);
    }
    assert!(search(Purpose::Emergency, Some("unconscious, no papers")).is_ok());
}
