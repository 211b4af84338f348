//! The recovery kit: in without keychain or passphrase, once proved and always logged.

use crate::scene::{call, code, entries_from, found, register, sign_in, sign_in_with};
use keepwell_practice::Practice;
use keepwell_practice::testing::{OWNER, TestPractice};
use serde_json::{Value, json};

const NEW: &str = "copper thistle window 88";

fn recover(practice: &Practice, key: &str) -> Result<Value, keepwell_kernel::Failure> {
    call(practice, "identity.recover", json!({ "recovery_key": key, "user_name": OWNER, "passphrase": NEW }))
}

fn key(test: &TestPractice) -> String {
    test.created["kit"]["recovery_key"].as_str().unwrap().to_owned()
}

fn words(test: &TestPractice) -> String {
    let words = test.created["kit"]["words"].as_array().unwrap();
    words.iter().map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_recovery_key_works_when_the_keychain_is_lost() {
    let test = TestPractice::new();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.practice.close();
    test.home.keychain.tamper(|held| held.clear());
    let again = test.again();
    assert_eq!(code(sign_in(&again, OWNER)), "vault.no_device_key");
    let other = TestPractice::new();
    assert_eq!(code(recover(&again, &key(&other))), "door.wrong_recovery_key");
    let entered = recover(&again, &words(&test)).unwrap();
    assert_eq!(entered["session"]["user_name"], OWNER);
    assert_eq!(found(&again, "nguyen").len(), 1);
    assert_eq!(call(&again, "log.verify", json!({})).unwrap()["ok"], true);
    drop(again);
    let later = test.again();
    assert_eq!(code(sign_in(&later, OWNER)), "identity.sign_in_failed", "the old passphrase is dead");
    sign_in_with(&later, OWNER, NEW, "").unwrap();
}

#[test]
fn the_recovery_key_works_when_the_passphrase_is_lost_and_its_use_is_an_entry() {
    let test = TestPractice::new();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.call("identity.sign_out", json!({})).unwrap();
    let other = TestPractice::new();
    let refused = [key(&other), "abandon ".repeat(24), "not a key".to_owned()];
    let codes: Vec<String> = refused.iter().map(|wrong| code(recover(&test.practice, wrong))).collect();
    assert_eq!(codes, ["door.wrong_recovery_key", "identity.recovery_key_shape", "identity.recovery_key_shape"]);
    recover(&test.practice, &key(&test)).unwrap();
    assert_eq!(found(&test.practice, "nguyen").len(), 1);
    let used = entries_from(&test.practice, 0);
    let used: Vec<_> = used.iter().filter(|row| row["operation"] == "identity.recover").collect();
    let outcomes: Vec<_> = used.iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["refused", "refused", "refused", "done"]);
    assert_eq!(used[3]["actor"], OWNER);
    assert_eq!(code(sign_in(&test.practice, OWNER)), "identity.sign_in_failed");
    sign_in_with(&test.practice, OWNER, NEW, "").unwrap();
}

#[test]
fn a_new_kit_kills_the_old_key() {
    let test = TestPractice::new();
    let kit = test.call("identity.new_recovery_kit", json!({})).unwrap();
    test.call("identity.sign_out", json!({})).unwrap();
    for practice in [&test.practice, &test.again()] {
        assert_eq!(code(recover(practice, &key(&test))), "door.wrong_recovery_key");
    }
    test.home.keychain.tamper(|held| held.clear());
    let again = test.again();
    assert_eq!(code(recover(&again, &key(&test))), "door.wrong_recovery_key");
    recover(&again, kit["recovery_key"].as_str().unwrap()).unwrap();
}

#[test]
fn the_kit_is_known_to_be_at_hand_only_once_two_words_came_back() {
    let test = TestPractice::new();
    let word = |at: usize| json!({ "position": at, "word": test.created["kit"]["words"][at - 1] });
    let confirm = |answers: Value| test.call("identity.confirm_recovery_kit", json!({ "answers": answers }));
    assert_eq!(code(confirm(json!([word(3)]))), "identity.kit_two_words");
    assert_eq!(code(confirm(json!([word(3), word(3)]))), "identity.kit_two_words");
    assert_eq!(code(confirm(json!([word(3), { "position": 4, "word": "zebra!" }]))), "identity.kit_words_wrong");
    confirm(json!([word(3), word(20)])).unwrap();
    assert_eq!(sign_in(&test.practice, OWNER).unwrap()["recovery_kit_confirmed"], true);
    assert_eq!(code(confirm(json!([word(3), word(20)]))), "identity.kit_gone");
}
