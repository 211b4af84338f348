//! A backup opened for looking only, on a computer of which nothing is known: everybody comes in as themselves, sees what
//! the backup holds and changes nothing (45 CFR 164.308(a)(7)(ii)(C)); and a restored practice keeps its staff.

use crate::journeys::backups::{BareMachine, backed_up, words};
use crate::scene::{call, code, entries, entries_from, found, person, register, sign_in, sign_in_with};
use keepwell_kernel::{Failure, Role, Secret};
use keepwell_practice::testing::{OWNER, TestPractice, user_name};
use keepwell_practice::{Continue, Copied, Practice, State};
use serde_json::json;
use std::path::Path;

const OTHER: &str = "copper thistle window 88";

fn look_into(
    practice: &Practice,
    backup: &Path,
    key: &Secret,
    place: &Path,
    goes_on: Continue,
) -> Result<Option<Copied>, Failure> {
    practice.open_copy(backup, key, place, "second desk".to_owned(), &mut |_| goes_on)
}

/// A practice with a receptionist and a patient, and the folder of its backup.
fn backed_up_practice(drive: &Path) -> (TestPractice, String, std::path::PathBuf) {
    let test = TestPractice::new();
    test.sign_in_as(Role::Receptionist);
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.sign_in_as(Role::Owner);
    let backup = backed_up(&test.practice, drive);
    (test, patient, backup)
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|files| files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.retain(|name| name != "faults.log");
    names.sort();
    names
}

/// AT-26, the half of it that needs no calendar: a second computer, one's own sign-in, and no write possible.
#[test]
fn a_backup_is_looked_into_on_a_second_computer_and_nothing_is_written() {
    let (drive, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (test, patient, backup) = backed_up_practice(drive.path());
    let machine = BareMachine::new();
    let at = place.path().join("vault");
    let copied = look_into(&machine.practice, &backup, &words(&test), &at, Continue::Yes).unwrap().unwrap();
    let copy = &copied.practice;
    let status = copy.status();
    assert_eq!((status.state, status.backup), (State::SignedOut, None));
    assert!(status.copy_made_at.is_some() && status.read_only.is_some());
    assert_eq!(machine.practice.status().state, State::Absent, "a copy is no practice");

    assert_eq!(code(sign_in_with(copy, &user_name(Role::Receptionist), OTHER, "")), "identity.sign_in_failed");
    sign_in(copy, &user_name(Role::Receptionist)).unwrap();
    assert_eq!(found(copy, "nguyen"), ["Nguyen, Linh"]);
    assert_eq!(
        call(copy, "patients.chart", json!({ "patient": patient })),
        Err(Failure::Denied),
        "roles hold in a copy"
    );
    assert_eq!(call(copy, "log.entries", json!({ "limit": 5 })), Err(Failure::Denied));
    let refused = call(copy, "patients.register", person("Lopez", "Ana", "1985-02-03"));
    assert_eq!(code(refused), "door.read_only");
    call(copy, "identity.sign_out", json!({})).unwrap();

    let size = entries(copy);
    sign_in(copy, OWNER).unwrap();
    assert_eq!(code(copy.back_up(drive.path(), None, &mut |_| Continue::Yes)), "door.read_only");
    assert_eq!(code(copy.plan_backups(None, keepwell_practice::Every::Day, None, None)), "door.read_only");
    assert_eq!(call(copy, "log.verify", json!({})).unwrap()["ok"], true);
    copy.tick();
    assert_eq!(entries(copy), size, "what is looked at in a copy leaves no entry in it");
    assert_eq!(size, copied.entries, "and the opening neither");

    copy.close_copy().unwrap();
    assert_eq!((copy.status().state, files_in(&at)), (State::Absent, vec![]));
    assert_eq!(call(copy, "patients.chart", json!({ "patient": patient })).unwrap_err(), gone());
}

/// A door without a store says so in words.
fn gone() -> Failure {
    call(&BareMachine::new().practice, "patients.chart", json!({ "patient": uuid::Uuid::nil() })).unwrap_err()
}

#[test]
fn a_copy_is_refused_or_stopped_and_leaves_nothing_behind() {
    let (drive, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (test, _, backup) = backed_up_practice(drive.path());
    let machine = BareMachine::new();
    let other = words(&TestPractice::new());
    let wrong =
        look_into(&machine.practice, &backup, &other, place.path(), Continue::Yes).map(|copied| copied.is_some());
    assert!(["exchange.backup_other_key", "door.wrong_recovery_key"].contains(&code(wrong).as_str()));
    assert_eq!(files_in(place.path()), [""; 0]);
    let stopped = look_into(&machine.practice, &backup, &words(&test), place.path(), Continue::No).unwrap();
    assert!(stopped.is_none() && files_in(place.path()).is_empty());
    std::fs::write(backup.join("practice.age"), b"cut").unwrap();
    let cut = look_into(&machine.practice, &backup, &words(&test), place.path(), Continue::Yes)
        .map(|copied| copied.is_some());
    assert!(code(cut).starts_with("exchange.backup_"));
    assert_eq!(files_in(place.path()), [""; 0]);
    assert!(machine.practice.close_copy().is_err(), "the practice itself is not thrown away by this");
}

/// The practice that is there says in its own log that somebody opened a backup, and goes on untouched.
#[test]
fn the_practice_on_the_same_computer_notes_that_a_backup_was_opened() {
    let (drive, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (test, _, backup) = backed_up_practice(drive.path());
    register(&test.practice, "Lopez", "Ana", "1985-02-03");
    test.call("identity.sign_out", json!({})).unwrap();
    let before = entries(&test.practice);
    let copied = look_into(&test.practice, &backup, &words(&test), place.path(), Continue::Yes).unwrap().unwrap();
    sign_in(&copied.practice, OWNER).unwrap();
    assert_eq!(found(&copied.practice, "lopez"), [""; 0], "she came after the backup");
    copied.practice.close_copy().unwrap();
    sign_in(&test.practice, OWNER).unwrap();
    assert_eq!(found(&test.practice, "lopez"), ["Lopez, Ana"]);
    let noted = entries_from(&test.practice, before).swap_remove(0);
    assert_eq!((&noted["operation"], &noted["purpose"]), (&json!("exchange.open_copy"), &json!("emergency")));
    assert_eq!((&noted["actor"], &noted["outcome"]), (&json!(""), &json!("done")));
    assert!(noted["reason"].as_str().unwrap().contains("backup"), "{noted}");
}

/// The day on which the practice's own disk takes nothing more is the day on which a backup is opened.
#[test]
fn a_backup_is_opened_where_the_practices_own_log_takes_no_entry() {
    let (drive, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (test, _, backup) = backed_up_practice(drive.path());
    test.call("identity.sign_out", json!({})).unwrap();
    test.home.engine.fail_commits_with(Some(|| keepwell_vault::engine::EngineError::Full));
    let copied = look_into(&test.practice, &backup, &words(&test), place.path(), Continue::Yes).unwrap().unwrap();
    sign_in(&copied.practice, OWNER).unwrap();
    assert_eq!(found(&copied.practice, "nguyen"), ["Nguyen, Linh"]);
    copied.practice.close_copy().unwrap();
}

/// Restoring needs the kit; working again needs only what everybody knows already.
#[test]
fn after_a_restore_everybody_signs_in_as_before() {
    let drive = tempfile::tempdir().unwrap();
    let (test, _, backup) = backed_up_practice(drive.path());
    let machine = BareMachine::new();
    machine.restore(&backup, &words(&test)).unwrap().unwrap();
    sign_in(&machine.practice, &user_name(Role::Receptionist)).unwrap();
    assert_eq!(found(&machine.practice, "nguyen"), ["Nguyen, Linh"]);
    call(&machine.practice, "identity.sign_out", json!({})).unwrap();
    sign_in(&machine.practice, OWNER).unwrap();
    assert_eq!(call(&machine.practice, "log.verify", json!({})).unwrap()["ok"], true);
    register(&machine.practice, "Lopez", "Ana", "1985-02-03");
}
