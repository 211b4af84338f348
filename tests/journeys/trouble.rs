//! Full and read-only disks and absent keychains give words and lose nothing.

use crate::scene::{call, code, entries, entries_from, found, person, register, sign_in};
use keepwell_kernel::Failure;
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{Call, State};
use keepwell_vault::engine::EngineError;
use serde_json::json;

/// Makes the error that every commit ends in.
type Failing = fn() -> EngineError;

#[test]
fn a_full_or_read_only_disk_gives_words_and_leaves_nothing_half_saved() {
    let test = TestPractice::new();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let failures: [(Failing, &str); 2] =
        [(|| EngineError::Full, "vault.full"), (|| EngineError::ReadOnly, "vault.read_only")];
    for (failing, word) in failures {
        let (before, rows) = (entries(&test.practice), test.home.engine.tamper(|rows| rows.clone()));
        test.home.engine.fail_commits_with(Some(failing));
        assert_eq!(code(test.call("patients.register", person("Okafor", "Grace", "1961-04-02"))), word);
        test.home.engine.fail_commits_with(None);
        assert_eq!(test.home.engine.tamper(|rows| rows.clone()), rows, "{word} left something behind");
        assert_eq!((found(&test.practice, "okafor").len(), found(&test.practice, "nguyen").len()), (0, 1));
        assert_eq!(entries(&test.practice), before + 2);
    }
    register(&test.practice, "Okafor", "Grace", "1961-04-02");
    assert_eq!(found(&test.practice, "okafor").len(), 1);
    let checked = test.call("log.verify", json!({})).unwrap();
    assert_eq!(checked["ok"], true, "{checked}");
    let again = test.again();
    sign_in(&again, OWNER).unwrap();
    assert_eq!(found(&again, "okafor").len(), 1);
}

#[test]
fn a_failing_disk_at_sign_in_lets_nobody_in() {
    let test = TestPractice::new();
    test.call("identity.sign_out", json!({})).unwrap();
    test.home.engine.fail_commits_with(Some(|| EngineError::Full));
    assert_eq!(code(sign_in(&test.practice, OWNER)), "vault.full");
    assert_eq!(test.practice.status().state, State::SignedOut);
    test.home.engine.fail_commits_with(None);
    sign_in(&test.practice, OWNER).unwrap();
}

#[test]
fn locking_drops_the_keys_even_when_the_disk_is_full() {
    let test = TestPractice::new();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.home.engine.fail_commits_with(Some(|| EngineError::Full));
    let locked = test.call("identity.lock", json!({}));
    test.home.engine.fail_commits_with(None);
    assert_ne!(test.practice.status().state, State::SignedIn, "the lock waits for the disk: {locked:?}");
    let search = test.call("patients.search", json!({ "query": "nguyen", "limit": 1 }));
    assert!(matches!(search, Err(Failure::Locked | Failure::SignedOut)), "{search:?}");
}

#[test]
fn an_absent_keychain_gives_words_and_can_come_back() {
    let test = TestPractice::new();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.practice.close();
    test.home.keychain.set_absent(true);
    let again = test.again();
    let status = again.status();
    let problem = status.problem.unwrap();
    assert_eq!((status.state, problem.code), (State::Unopenable, "vault.keychain_unreachable"));
    assert!(!problem.remedy.is_empty());
    assert_eq!(code(sign_in(&again, OWNER)), "vault.keychain_unreachable");
    test.home.keychain.set_absent(false);
    again.reopen();
    sign_in(&again, OWNER).unwrap();
    assert_eq!(found(&again, "nguyen").len(), 1);
}

#[test]
fn a_keychain_that_goes_away_during_work_loses_nothing() {
    let test = TestPractice::new();
    test.home.keychain.set_absent(true);
    for at in 0..70 {
        call(&test.practice, "patients.search", json!({ "query": format!("{at}"), "limit": 1 })).unwrap();
    }
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.practice.close();
    test.home.keychain.set_absent(false);
    let again = test.again();
    assert_eq!(again.status().read_only, None, "ahead of the anchor is normal");
    sign_in(&again, OWNER).unwrap();
    assert_eq!(found(&again, "nguyen").len(), 1);
    assert_eq!(entries_from(&again, 0).len() as u64 + 2, entries(&again));
}

#[test]
fn a_practice_is_not_made_when_the_disk_or_the_keychain_fails() {
    let test = TestPractice::new();
    let refused = test.call("identity.create_practice", json!({}));
    assert_eq!(code(refused), "door.practice_exists");
    assert_eq!(found(&test.practice, "a").len(), 0);
}

#[test]
fn what_is_too_long_is_refused_in_words_and_leaves_its_one_entry() {
    let test = TestPractice::new();
    let long = "x".repeat(70_000);
    let first = entries(&test.practice);
    let searching = Call {
        operation: "patients.search".to_owned(),
        input: json!({ "query": "a", "limit": 1 }),
        reason: Some(long.clone()),
        ..Call::default()
    };
    assert_eq!(code(test.practice.call(searching)), "door.reason_too_long");
    let name = json!({ "family": "Example", "given": vec!["Linh"; 20_000], "prefix": null, "suffix": null });
    let roles = json!([{ "role": "nurse", "valid_from": null, "valid_until": null }]);
    let inviting = json!({ "user_name": "bea.nurse", "name": name, "roles": roles });
    assert_eq!(code(test.call("identity.invite", inviting)), "vault.too_large");
    assert_eq!(entries(&test.practice), first + 2);
    let noted = entries_from(&test.practice, first);
    let kept = noted[0]["reason"].as_str().unwrap();
    assert!(long.starts_with(kept) && kept.len() == 2_000, "the beginning of the reason is kept");
    assert_eq!(noted[1]["outcome"], "refused");
}

/// The way back of AT-99: an older program finds a store that a newer one wrote, says so, and touches nothing.
#[test]
fn a_store_of_a_newer_program_is_refused_in_words_and_untouched() {
    let test = TestPractice::new();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.practice.close();
    // The header's format number stands in its bytes 8 and 9.
    let formatted = |byte: u8| test.home.engine.tamper(|rows| rows.get_mut(&vec![0u8]).unwrap()[9] = byte);
    let ours = test.home.engine.tamper(|rows| rows[&vec![0u8]][9]);
    formatted(ours + 1);
    let rows = test.home.engine.tamper(|rows| rows.clone());
    let older = test.again();
    let status = older.status();
    assert_eq!((status.state, status.problem.unwrap().code), (State::Unopenable, "vault.newer"));
    assert!(sign_in(&older, OWNER).is_err());
    older.close();
    assert_eq!(test.home.engine.tamper(|rows| rows.clone()), rows);
    formatted(ours);
    let again = test.again();
    sign_in(&again, OWNER).unwrap();
    assert_eq!(found(&again, "nguyen").len(), 1);
}
