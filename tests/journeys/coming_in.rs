//! Signing in, the second factor, the lock (45 CFR 164.312(a)(2)(iii), 164.312(d), NIST SP 800-63B-4).

use crate::scene::{code, code_at, entries, entries_from, found, register, sign_in, sign_in_with};
use chrono::Duration;
use keepwell_kernel::{Failure, Role};
use keepwell_practice::State;
use keepwell_practice::testing::{OWNER, PASSPHRASE, TestPractice};
use serde_json::json;

const WRONG: &str = "harbor lantern quilt 62";

#[test]
fn wrong_passphrases_cost_growing_waits_that_survive_a_restart_and_a_clock_set_back() {
    let test = TestPractice::new();
    for _ in 0..4 {
        assert_eq!(code(sign_in_with(&test.practice, OWNER, WRONG, "")), "identity.sign_in_failed");
    }
    assert_eq!(code(sign_in(&test.practice, OWNER)), "identity.wait");
    test.practice.close();
    let again = test.again();
    assert_eq!(code(sign_in(&again, OWNER)), "identity.wait");
    test.clock.advance(-Duration::days(1));
    assert_eq!(code(sign_in(&again, OWNER)), "identity.wait");
    test.clock.advance(Duration::days(1) + Duration::seconds(2));
    assert_eq!(code(sign_in_with(&again, OWNER, WRONG, "")), "identity.sign_in_failed");
    test.clock.advance(Duration::seconds(3));
    assert_eq!(code(sign_in(&again, OWNER)), "identity.wait");
    test.clock.advance(Duration::seconds(1));
    sign_in(&again, OWNER).unwrap();
    // A right one forgets the wrong ones.
    for _ in 0..3 {
        assert_eq!(code(sign_in_with(&again, OWNER, WRONG, "")), "identity.sign_in_failed");
    }
    sign_in(&again, OWNER).unwrap();
}

#[test]
fn a_hundred_wrong_tries_close_the_sign_in_and_each_has_its_entry() {
    let test = TestPractice::new();
    test.sign_in_as(Role::SecurityOfficer);
    test.call("identity.sign_out", json!({})).unwrap();
    let before = entries(&test.practice);
    for at in 0..100 {
        assert_eq!(code(sign_in_with(&test.practice, OWNER, WRONG, "")), "identity.sign_in_failed", "{at}");
        test.clock.advance(Duration::minutes(15));
    }
    test.clock.advance(Duration::days(365));
    assert_eq!(code(sign_in(&test.practice, OWNER)), "identity.locked_out");
    assert_eq!(entries(&test.practice), before + 101);
    test.sign_in_as(Role::SecurityOfficer);
    let tries = entries_from(&test.practice, before);
    let failed = |row: &&serde_json::Value| row["code"] == "identity.sign_in_failed" && row["actor"] == OWNER;
    assert_eq!(tries.iter().filter(failed).count(), 100);
}

#[test]
fn an_unknown_user_name_answers_as_a_wrong_passphrase_does() {
    let test = TestPractice::new();
    let unknown = sign_in_with(&test.practice, "nobody.here", WRONG, "");
    assert_eq!(unknown, sign_in_with(&test.practice, OWNER, WRONG, ""));
    let log = serde_json::to_string(&entries_from(&test.practice, 0)).unwrap();
    assert!(!log.contains("nobody.here"), "what was typed for a name may be a passphrase");
}

#[test]
fn a_code_counts_once_and_a_clock_set_back_does_not_help() {
    let test = TestPractice::new();
    let uri = test.created["second_factor"]["totp_uri"].as_str().unwrap().to_owned();
    let now = || code_at(&uri, test.clock.now());
    let enter = |code: &str| sign_in_with(&test.practice, OWNER, PASSPHRASE, code);
    assert_eq!(code(test.call("identity.confirm_second_factor", json!({ "code": "000000" }))), "identity.code_wrong");
    test.call("identity.confirm_second_factor", json!({ "code": now() })).unwrap();
    assert_eq!(code(enter("")), "identity.code_needed");
    assert_eq!(code(enter(&now())), "identity.code_used");
    test.clock.advance(Duration::seconds(30));
    let second = now();
    enter(&second).unwrap();
    assert_eq!(code(enter(&second)), "identity.code_used");
    test.clock.advance(-Duration::seconds(30));
    assert_eq!(code(enter(&now())), "identity.code_used", "a step before the last one");
    assert_eq!(code(enter(&second)), "identity.code_used");
    test.clock.advance(Duration::seconds(90));
    enter(&now()).unwrap();
    assert_eq!(code(enter("123456")), "identity.sign_in_failed");
}

#[test]
fn a_recovery_code_counts_once() {
    let test = TestPractice::new();
    let factor = test.created["second_factor"].clone();
    let uri = factor["totp_uri"].as_str().unwrap();
    test.call("identity.confirm_second_factor", json!({ "code": code_at(uri, test.clock.now()) })).unwrap();
    let codes: Vec<_> = factor["recovery_codes"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(codes.len(), 10);
    for one in codes {
        sign_in_with(&test.practice, OWNER, PASSPHRASE, one).unwrap();
        assert_eq!(code(sign_in_with(&test.practice, OWNER, PASSPHRASE, one)), "identity.sign_in_failed");
    }
}

#[test]
fn locking_drops_the_keys_and_drafts_come_back_to_their_author_alone() {
    let test = TestPractice::new();
    test.sign_in_as(Role::Nurse);
    sign_in(&test.practice, OWNER).unwrap();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.call("identity.lock", json!({ "drafts": [{ "screen": "registration", "content": "Quillfeather" }] })).unwrap();
    assert_eq!(test.practice.status().state, State::Locked);
    assert_eq!(test.call("patients.search", json!({ "query": "nguyen", "limit": 1 })), Err(Failure::Locked));
    assert_eq!(code(test.call("identity.unlock", json!({ "passphrase": WRONG }))), "identity.sign_in_failed");
    test.sign_in_as(Role::Nurse);
    let view = sign_in(&test.practice, &keepwell_practice::testing::user_name(Role::Nurse)).unwrap();
    assert_eq!(view["drafts"], json!([]), "somebody else sees the draft");
    test.call("identity.sign_out", json!({})).unwrap();
    // It also survives the program's end.
    test.practice.close();
    let again = test.again();
    let view = sign_in(&again, OWNER).unwrap();
    assert_eq!(
        (&view["drafts"][0]["screen"], &view["drafts"][0]["content"]),
        (&json!("registration"), &json!("Quillfeather"))
    );
    assert_eq!(found(&again, "nguyen").len(), 1);
    crate::scene::call(&again, "identity.discard_draft", json!({ "screen": "registration" })).unwrap();
    assert_eq!(sign_in(&again, OWNER).unwrap()["drafts"], json!([]));
}

#[test]
fn a_lock_never_waits_for_a_draft_that_is_too_long() {
    let test = TestPractice::new();
    let drafts = json!([{ "screen": "a", "content": "x".repeat(60_000) }, { "screen": "b", "content": "kept" }]);
    assert_eq!(code(test.call("identity.lock", json!({ "drafts": drafts }))), "identity.draft_too_long");
    assert_eq!(test.practice.status().state, State::Locked);
    let view = test.call("identity.unlock", json!({ "passphrase": PASSPHRASE })).unwrap();
    assert_eq!(view["drafts"][0]["content"], "kept");
}

#[test]
fn unlocking_asks_for_a_code_after_twelve_hours() {
    let test = TestPractice::new();
    let uri = test.created["second_factor"]["totp_uri"].as_str().unwrap().to_owned();
    test.call("identity.confirm_second_factor", json!({ "code": code_at(&uri, test.clock.now()) })).unwrap();
    let unlock = || {
        test.call("identity.lock", json!({})).unwrap();
        test.call("identity.unlock", json!({ "passphrase": PASSPHRASE }))
    };
    test.clock.advance(Duration::hours(11));
    unlock().unwrap();
    test.clock.advance(Duration::hours(1));
    assert_eq!(code(unlock()), "identity.code_needed");
    let input = json!({ "passphrase": PASSPHRASE, "code": code_at(&uri, test.clock.now()) });
    test.call("identity.unlock", input).unwrap();
}

#[test]
fn a_changed_passphrase_counts_and_the_old_one_does_not() {
    let test = TestPractice::new();
    let change = |current: &str, new: &str| {
        code(test.call("identity.change_passphrase", json!({ "current": current, "new": new })))
    };
    assert_eq!(change(WRONG, "copper thistle window 88"), "identity.sign_in_failed");
    assert_eq!(change(PASSPHRASE, "short"), "identity.passphrase_short");
    assert_eq!(change(PASSPHRASE, "passwordpassword"), "identity.passphrase_common");
    let input = json!({ "current": PASSPHRASE, "new": "copper thistle window 88" });
    test.call("identity.change_passphrase", input).unwrap();
    assert_eq!(code(sign_in(&test.practice, OWNER)), "identity.sign_in_failed");
    sign_in_with(&test.again(), OWNER, "copper thistle window 88", "").unwrap();
}
