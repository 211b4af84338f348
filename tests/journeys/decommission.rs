//! The end of a practice on one computer: nothing opens there any more, and all of it is in the last backup (45 CFR
//! 164.310(d)(2)(i), NIST SP 800-88 Rev. 2, AT-34).

use crate::journeys::backups::{BareMachine, words};
use crate::scene::{code, found, register, sign_in};
use keepwell_kernel::{Failure, Role};
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{Continue, Ended, Ending, Media, State};
use serde_json::json;
use std::path::Path;
use std::process::Command;

fn media() -> Media {
    let said = |text: &str| text.to_owned();
    Media {
        manufacturer: said("Example Computers"),
        model: said("Model 7"),
        serial: said("SN-4711"),
        property_number: String::new(),
        kind: said("Solid-state drive"),
        source: said("Front desk"),
    }
}

fn end(test: &TestPractice, within: &Path, name: &str, custodian: &str) -> Result<Option<Ended>, Failure> {
    let ending = Ending {
        within,
        practice_name: name.to_owned(),
        custodian: custodian.to_owned(),
        reason: Some("The practice closes".to_owned()),
        media: media(),
    };
    test.practice.decommission(ending, &mut |_| Continue::Yes)
}

#[test]
fn nothing_opens_after_the_end_and_the_last_backup_has_it_all() {
    let test = TestPractice::new();
    register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    let name = test.practice.status().practice_name.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copied = test.home.engine.tamper(|rows| rows.clone());
    let ended = end(&test, folder.path(), &name, "R. Example, attorney").unwrap().unwrap();

    assert_eq!(test.practice.status().state, State::Absent);
    assert!(test.home.keychain.tamper(|held| held.is_empty()), "the key and the anchor are gone");
    assert!(test.home.engine.tamper(|rows| rows.is_empty()));
    // Somebody puts an older copy of the file back: it is noise without the recovery kit.
    test.home.engine.tamper(|rows| rows.clone_from(&copied));
    keepwell_log::door::Home::keep(&test.home).unwrap();
    assert_eq!(code(sign_in(&test.again(), OWNER)), "vault.no_device_key");

    let bare = BareMachine::new();
    bare.restore(&folder.path().join(&ended.backup), &words(&test)).unwrap().unwrap();
    bare.recover(&words(&test));
    assert_eq!(found(&bare.practice, "quillfeather").len(), 1);
    let certificate = folder.path().join(ended.certificate.unwrap().name);
    let told = Command::new("pdftotext").args(["-layout", certificate.to_str().unwrap(), "-"]).output();
    let told = String::from_utf8(told.expect("pdftotext is there: `cargo xtask test` installs it").stdout).unwrap();
    let plain: String = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["Purge", "Cryptographic erase", "SN-4711", "Model 7", &name, &ended.log_size.to_string()] {
        assert!(plain.contains(part), "{part}: {plain}");
    }
    assert!(!plain.contains("Quillfeather"));
}

#[test]
fn nothing_ends_under_a_hold_by_a_slip_without_a_custodian_or_by_anybody_else() {
    let test = TestPractice::new();
    register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    let name = test.practice.status().practice_name.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let tried = |name: &str, custodian: &str| {
        sign_in(&test.practice, OWNER).unwrap();
        code(end(&test, folder.path(), name, custodian))
    };
    assert_eq!(tried("Another practice", "R. Example"), "exchange.name_differs");
    assert_eq!(tried(&name, " "), "exchange.custodian_missing");
    let hold = json!({ "matter": "Example v. Example", "reason": "Letter of counsel" });
    let hold = test.call("compliance.place_hold", hold).unwrap()["hold"].clone();
    assert_eq!(tried(&name, "R. Example"), "compliance.legal_hold");
    test.call("compliance.release_hold", json!({ "hold": hold, "release": "Settled" })).unwrap();
    let stopped = Ending {
        within: folder.path(),
        practice_name: name.clone(),
        custodian: "R. Example".to_owned(),
        reason: None,
        media: media(),
    };
    assert_eq!(test.practice.decommission(stopped, &mut |_| Continue::No), Ok(None));
    assert_eq!(found(&test.practice, "quillfeather").len(), 1, "the practice is as it was");
    test.sign_in_as(Role::SecurityOfficer);
    assert_eq!(end(&test, folder.path(), &name, "R. Example"), Err(Failure::Denied));
    assert_eq!(test.practice.status().state, State::SignedIn);
}

#[test]
fn an_old_or_unproved_backup_is_not_the_last() {
    let test = TestPractice::new();
    let name = test.practice.status().practice_name.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let made = test.practice.back_up(folder.path(), None, &mut |_| Continue::Yes).unwrap().unwrap();
    let asked = json!({ "practice_name": name, "custodian": "R. Example", "backup": made.note.backup });
    let allowed = || test.call("exchange.decommission", asked.clone());
    assert_eq!(code(allowed()), "exchange.final_backup_unproved");
    let proved = test.practice.prove_backup(&folder.path().join(&made.name), &mut |_| Continue::Yes);
    assert!(proved.unwrap().unwrap().ok);
    allowed().unwrap();
    for _ in 0..12 {
        test.call("log.status", json!({})).unwrap();
    }
    assert_eq!(code(allowed()), "exchange.final_backup_stale");
}

#[test]
fn a_keychain_that_cannot_be_reached_ends_nothing() {
    let test = TestPractice::new();
    register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    let name = test.practice.status().practice_name.unwrap();
    let folder = tempfile::tempdir().unwrap();
    test.home.keychain.set_absent(true);
    assert_eq!(code(end(&test, folder.path(), &name, "R. Example")), "vault.keychain_unreachable");
    test.home.keychain.set_absent(false);
    test.practice.reopen();
    sign_in(&test.practice, OWNER).unwrap();
    assert_eq!(found(&test.practice, "quillfeather").len(), 1);
    assert_eq!(test.call("log.verify", json!({})).unwrap()["ok"], true);
}
