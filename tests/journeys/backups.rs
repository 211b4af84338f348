//! Out of the office and back: a backup holds everything, proves itself, comes back on a bare machine with the recovery
//! kit alone, and is refused in words when anything about it is wrong (45 CFR 164.308(a)(7)(ii)).

use crate::scene::{call, code, entries, entries_from, found, person, register, sign_in, with};
use chrono::Duration;
use keepwell_kernel::{Failure, Role, Secret};
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{BackedUp, Continue, Every, Practice, RestoreTest, Restored, State};
use keepwell_vault::MemoryKeychain;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

const NEW: &str = "copper thistle window 88";

fn back_up(practice: &Practice, within: &Path) -> Result<Option<BackedUp>, Failure> {
    practice.back_up(within, None, &mut |_| Continue::Yes)
}

/// Makes a backup and returns its folder.
pub fn backed_up(practice: &Practice, within: &Path) -> PathBuf {
    within.join(back_up(practice, within).unwrap().unwrap().name)
}

pub fn prove(practice: &Practice, backup: &Path) -> Result<Option<RestoreTest>, Failure> {
    practice.prove_backup(backup, &mut |_| Continue::Yes)
}

pub fn words(test: &TestPractice) -> Secret {
    let words = test.created["kit"]["words"].as_array().unwrap();
    Secret::new(words.iter().map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join(" "))
}

/// A computer on which the program was just installed.
pub struct BareMachine {
    pub practice: Practice,
    folder: tempfile::TempDir,
}

impl BareMachine {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keychain = Arc::new(MemoryKeychain::default());
        let practice = Practice::at(&folder.path().join("vault"), keychain, "new desk".to_owned());
        Self { practice, folder }
    }

    pub fn restore(&self, backup: &Path, key: &Secret) -> Result<Option<Restored>, Failure> {
        self.practice.restore(backup, key, &mut |_| Continue::Yes)
    }

    pub fn recover(&self, key: &Secret) {
        let input = json!({ "recovery_key": key.reveal(), "user_name": OWNER, "passphrase": NEW });
        call(&self.practice, "identity.recover", input).unwrap();
    }

    /// Nothing is here, and nothing half-made lies about.
    fn is_bare(&self) {
        assert_eq!(self.practice.status().state, State::Absent);
        let left: Vec<_> = fs::read_dir(self.folder.path().join("vault"))
            .map(|files| files.map(|file| file.unwrap().file_name()).collect())
            .unwrap_or_default();
        assert!(
            left.iter().all(|name| name != "practice.keepwell" && !name.to_string_lossy().contains("making")),
            "{left:?}"
        );
    }
}

/// Registers people who were all born on one day.
fn register_some(practice: &Practice, count: usize, born: &str) {
    let reason = json!({ "duplicate_override": "made up for a test" });
    for at in 0..count {
        let input = with(person("Lopez", &format!("Ana{at}"), born), &reason);
        call(practice, "patients.register", input).unwrap();
    }
}

/// Returns how many people a search by birth date shows, which is fifty at most.
fn born(practice: &Practice, day: &str) -> usize {
    found(practice, day).len()
}

fn worked_in() -> (TestPractice, String) {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let photo = json!({ "patient": patient, "jpeg_base64": "/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==" });
    test.call("patients.set_photo", photo).unwrap();
    register_some(&test.practice, 40, "1985-02-03");
    (test, patient)
}

/// AT-03.
#[test]
fn a_practice_comes_back_on_a_bare_machine_with_the_recovery_kit() {
    let (test, patient) = worked_in();
    let (chart, photo) = ("patients.chart", "patients.photo");
    let of = json!({ "patient": patient });
    let before = [test.call(chart, of.clone()).unwrap(), test.call(photo, of.clone()).unwrap()];
    let drive = tempfile::tempdir().unwrap();
    let size = entries(&test.practice);
    let made = back_up(&test.practice, drive.path()).unwrap().unwrap();
    assert_eq!(made.note.log_size, size + 1, "the backup is in the log that it holds");
    let backup = drive.path().join(&made.name);

    let machine = BareMachine::new();
    let restored = machine.restore(&backup, &words(&test)).unwrap().unwrap();
    assert_eq!((restored.rows, restored.entries), (made.note.rows, made.note.log_size));
    assert_eq!(machine.practice.status().state, State::SignedOut);
    assert_eq!(machine.practice.status().vault_id, test.practice.status().vault_id);
    machine.recover(&words(&test));
    let after = [call(&machine.practice, chart, of.clone()).unwrap(), call(&machine.practice, photo, of).unwrap()];
    assert_eq!(after, before);
    assert_eq!(born(&machine.practice, "1985-02-03"), 40);
    assert_eq!(call(&machine.practice, "log.verify", json!({})).unwrap()["ok"], true);
    let first = entries_from(&machine.practice, made.note.log_size).swap_remove(0);
    assert_eq!(first["operation"], "exchange.restore");
    let reason = first["reason"].as_str().unwrap();
    assert!(reason.contains(&hex::encode(made.note.log_root)) && reason.contains("remembered nothing"), "{reason}");

    // It can be backed up and restored again, and a practice is never restored over another.
    let again = backed_up(&machine.practice, drive.path());
    assert_eq!(code(machine.restore(&again, &words(&test))), "door.practice_exists");
    let third = BareMachine::new();
    third.restore(&again, &words(&test)).unwrap().unwrap();
    drop(third.practice);
    let reopened = Practice::at(
        &third.folder.path().join("vault"),
        Arc::new(MemoryKeychain::default()),
        "another desk".to_owned(),
    );
    assert_eq!(reopened.status().state, State::SignedOut, "{:?}", reopened.status().problem);
}

/// A restore takes minutes: the window asks how things stand meanwhile, and a second one does not disturb the first.
#[test]
fn while_a_practice_is_restored_the_program_answers() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let backup = backed_up(&test.practice, drive.path());
    let machine = BareMachine::new();
    let mut second = None;
    let restored = machine.practice.restore(&backup, &words(&test), &mut |step| {
        assert_eq!(machine.practice.status().state, State::Absent);
        if step.phase == "checking" && second.is_none() {
            second = Some(code(machine.restore(&backup, &words(&test))));
        }
        Continue::Yes
    });
    restored.unwrap().unwrap();
    assert_eq!(second.as_deref(), Some("vault.held_elsewhere"));
    assert_eq!(machine.practice.status().state, State::SignedOut);
    let stopped = BareMachine::new();
    assert_eq!(stopped.practice.restore(&backup, &words(&test), &mut |_| Continue::No), Ok(None));
    stopped.is_bare();
}

/// What this computer remembered of a practice that it lost is named in the log of the one it gets back.
#[test]
fn what_was_lost_behind_the_backup_is_said() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let backup = backed_up(&test.practice, drive.path());
    register_some(&test.practice, 70, "1999-09-09");
    test.practice.close();
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(test.home.keychain.clone());
    let practice = Practice::at(&folder.path().join("vault"), keychain, "same desk".to_owned());
    practice.restore(&backup, &words(&test), &mut |_| Continue::Yes).unwrap().unwrap();
    assert_eq!(practice.status().read_only, None, "the keychain remembers the restored log now");
    // The same computer has the same device key, so everybody's passphrase still holds.
    sign_in(&practice, OWNER).unwrap();
    assert_eq!((born(&practice, "1985-02-03"), born(&practice, "1999-09-09")), (40, 0));
    let entries = entries_from(&practice, 0);
    let restore = entries.iter().find(|entry| entry["operation"] == "exchange.restore").unwrap();
    let reason = restore["reason"].as_str().unwrap();
    assert!(reason.contains("are lost here"), "{reason}");
}

/// AT-04.
#[test]
fn a_backup_that_is_not_as_it_was_made_is_refused_and_nothing_is_touched() {
    let (test, _) = worked_in();
    let other = TestPractice::new();
    let drive = tempfile::tempdir().unwrap();
    let backup = backed_up(&test.practice, drive.path());
    let theirs = backed_up(&other.practice, drive.path());
    let (sealed, note) = (backup.join("practice.age"), backup.join("backup.note"));
    let (bytes, text) = (fs::read(&sealed).unwrap(), fs::read_to_string(&note).unwrap());
    let put_back = || {
        fs::write(&sealed, &bytes).unwrap();
        fs::write(&note, &text).unwrap();
    };
    let machine = BareMachine::new();
    let flipped = |at: usize| {
        let mut bent = bytes.clone();
        bent[at] ^= 1;
        fs::write(&sealed, bent).unwrap();
    };
    let said = |from: &str, to: &str| fs::write(&note, text.replacen(from, to, 1)).unwrap();
    let cases: [(&str, &dyn Fn(), &str); 11] = [
        ("a bit of its head", &|| flipped(40), "exchange.backup_damaged"),
        ("a bit in the middle", &|| flipped(bytes.len() / 2), "exchange.backup_damaged"),
        ("its last bit", &|| flipped(bytes.len() - 1), "exchange.backup_damaged"),
        ("cut", &|| fs::write(&sealed, &bytes[..bytes.len() / 2]).unwrap(), "exchange.backup_cut"),
        ("something behind it", &|| fs::write(&sealed, [&bytes[..], b"x"].concat()).unwrap(), "exchange.backup_cut"),
        ("half-copied, without the file", &|| fs::remove_file(&sealed).unwrap(), "exchange.backup_cut"),
        ("half-copied, without the note", &|| fs::remove_file(&note).unwrap(), "exchange.backup_missing"),
        ("of a newer program", &|| said("keepwell/backup/1", "keepwell/backup/2"), "exchange.backup_newer"),
        ("with another note", &|| said("rows ", "rows 1"), "exchange.backup_damaged"),
        ("with a note that was changed", &|| said("version 0", "version 9"), "exchange.backup_foreign"),
        (
            "another practice's file",
            &|| fs::write(&sealed, fs::read(theirs.join("practice.age")).unwrap()).unwrap(),
            "exchange.backup_cut",
        ),
    ];
    for (what, bend, refusal) in cases {
        put_back();
        bend();
        assert_eq!(code(machine.restore(&backup, &words(&test))), refusal, "{what}");
        machine.is_bare();
    }
    put_back();
    assert_eq!(code(machine.restore(&backup, &words(&other))), "exchange.backup_other_key");
    assert_eq!(code(machine.restore(&drive.path().join("empty"), &words(&test))), "exchange.backup_missing");
    assert_eq!(code(machine.restore(&backup, &Secret::new("not a key".to_owned()))), "identity.recovery_key_shape");
    machine.is_bare();
    machine.restore(&backup, &words(&test)).unwrap().unwrap();
}

/// Whoever holds the drive and nothing else can replace files, but not make the practice's own.
#[test]
fn a_note_of_another_backup_does_not_go_with_this_file() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let older = backed_up(&test.practice, drive.path());
    let newer = backed_up(&test.practice, drive.path());
    fs::copy(older.join("practice.age"), newer.join("practice.age")).unwrap();
    let machine = BareMachine::new();
    let refusal = code(machine.restore(&newer, &words(&test)));
    assert!(["exchange.backup_cut", "exchange.backup_damaged"].contains(&refusal.as_str()), "{refusal}");
    machine.is_bare();
}

#[test]
fn a_backup_made_while_others_work_is_one_committed_moment() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let backups: Vec<PathBuf> = std::thread::scope(|scope| {
        let busy = scope.spawn(|| {
            register_some(&test.practice, 50, "1999-09-09");
        });
        let mut backups = Vec::new();
        while !busy.is_finished() {
            backups.push(backed_up(&test.practice, drive.path()));
        }
        backups
    });
    for backup in backups {
        let machine = BareMachine::new();
        machine.restore(&backup, &words(&test)).unwrap().unwrap();
        machine.recover(&words(&test));
        let log = entries_from(&machine.practice, 0);
        let registered = log.iter().filter(|entry| entry["operation"] == "patients.register").count();
        assert_eq!(
            registered,
            1 + 40 + born(&machine.practice, "1999-09-09"),
            "the log and the records are of one moment"
        );
        assert_eq!(call(&machine.practice, "log.verify", json!({})).unwrap()["ok"], true);
    }
}

#[test]
fn a_backup_is_proved_and_the_list_says_how_it_went() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let (good, bad) = (backed_up(&test.practice, drive.path()), backed_up(&test.practice, drive.path()));
    let rows =
        |test: &TestPractice| test.call("exchange.backups", json!({})).unwrap()["rows"].as_array().unwrap().clone();
    assert!(rows(&test).iter().all(|row| row["proof"].is_null()), "nobody has proved any yet");
    let mut bytes = fs::read(bad.join("practice.age")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(bad.join("practice.age"), bytes).unwrap();
    let proved = prove(&test.practice, &good).unwrap().unwrap();
    assert!(proved.ok && proved.code.is_none() && proved.rows > 500, "{proved:?}");
    let failed = prove(&test.practice, &bad).unwrap().unwrap();
    assert_eq!((failed.ok, failed.code.as_deref()), (false, Some("exchange.backup_damaged")));
    let said: Vec<(Value, Value)> =
        rows(&test).iter().map(|row| (row["proof"]["ok"].clone(), row["proof"]["code"].clone())).collect();
    assert_eq!(said, [(json!(false), json!("exchange.backup_damaged")), (json!(true), json!(null))], "newest first");
    // The same backup proved again counts as it went the last time.
    assert!(prove(&test.practice, &good).unwrap().unwrap().ok);

    let other = TestPractice::new();
    let theirs = backed_up(&other.practice, drive.path());
    assert_eq!(prove(&test.practice, &theirs).unwrap().unwrap().code.as_deref(), Some("exchange.backup_other_key"));
    assert_eq!(code(prove(&test.practice, &drive.path().join("empty"))), "exchange.backup_missing");
    // Whoever chooses the drive means the newest on it.
    let newest = backed_up(&test.practice, drive.path());
    let proved = prove(&test.practice, drive.path()).unwrap().unwrap();
    assert!(proved.ok && newest.ends_with(format!("keepwell-backup-{}", proved.backup.uuid().simple())));
}

/// Two computers that went on from one backup have two logs; a proof tells them apart.
#[test]
fn a_backup_of_a_practice_that_went_another_way_does_not_fit() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let backup = backed_up(&test.practice, drive.path());
    let machine = BareMachine::new();
    machine.restore(&backup, &words(&test)).unwrap().unwrap();
    machine.recover(&words(&test));
    let theirs = backed_up(&machine.practice, drive.path());
    register_some(&test.practice, 20, "1999-09-09");
    let found = prove(&test.practice, &theirs).unwrap().unwrap();
    assert_eq!((found.ok, found.code.as_deref()), (false, Some("exchange.backup_forked")));
}

#[test]
fn a_backup_leaves_an_entry_when_it_begins_and_one_when_it_ends() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let before = entries(&test.practice);
    let backup = backed_up(&test.practice, drive.path());
    prove(&test.practice, &backup).unwrap().unwrap();
    assert_eq!(test.practice.back_up(drive.path(), None, &mut |_| Continue::No), Ok(None), "stopped");
    let gone = drive.path().join("unplugged");
    assert_eq!(code(back_up(&test.practice, &gone)), "exchange.backup_not_written");
    assert!(!gone.exists(), "no folder is made where a drive should be");
    let noted = entries_from(&test.practice, before);
    let said: Vec<String> = noted
        .iter()
        .map(|entry| {
            let [operation, outcome, reason] =
                ["operation", "outcome", "code"].map(|field| entry[field].as_str().unwrap_or(""));
            assert_eq!(entry["actor"], OWNER);
            format!("{operation} {outcome} {reason}, {} records", entry["changes"]).replace(" ,", ",")
        })
        .collect();
    assert_eq!(
        said,
        [
            "exchange.back_up done, 0 records",
            "exchange.back_up done, 1 records",
            "exchange.prove_backup done, 0 records",
            "exchange.prove_backup done, 1 records",
            "exchange.back_up done, 0 records",
            "exchange.back_up refused stopped, 0 records",
            "exchange.back_up done, 0 records",
            "exchange.back_up refused exchange.backup_not_written, 0 records",
        ]
    );
    assert_eq!(fs::read_dir(drive.path()).unwrap().count(), 1, "what was stopped left nothing");
}

#[test]
fn who_may_take_it_away_may_not_always_look_inside() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    for role in Role::ALL {
        test.sign_in_as(role);
        let may_make = [Role::Owner, Role::ItSupport, Role::SecurityOfficer].contains(&role);
        let may_prove = [Role::Owner, Role::SecurityOfficer].contains(&role);
        let made = back_up(&test.practice, drive.path());
        assert_eq!(made.is_ok(), may_make, "{} {made:?}", role.word());
        let Ok(Some(made)) = made else { continue };
        let proved = prove(&test.practice, &drive.path().join(made.name));
        assert_eq!(proved.is_ok(), may_prove, "{} {proved:?}", role.word());
        assert!(proved.map_or(true, |proved| proved.unwrap().ok));
    }
}

/// The work goes on after whoever began it has locked; the entry of its end is theirs all the same.
#[test]
fn a_backup_outlives_the_session_that_began_it() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let mut locked = false;
    let made = test.practice.back_up(drive.path(), None, &mut |_| {
        if !std::mem::replace(&mut locked, true) {
            test.call("identity.lock", json!({ "drafts": [] })).unwrap();
        }
        Continue::Yes
    });
    let backup = drive.path().join(made.unwrap().unwrap().name);
    sign_in(&test.practice, OWNER).unwrap();
    let rows = test.call("exchange.backups", json!({})).unwrap();
    assert_eq!(rows["rows"][0]["made_by"], OWNER);
    assert!(prove(&test.practice, &backup).unwrap().unwrap().ok);
}

/// No name, no text and no id of a patient is in any file of a backup (invariant 3), whichever way it is written.
#[test]
fn nothing_of_a_patient_stands_in_a_backup() {
    let test = TestPractice::new();
    register(&test.practice, "Zzyzxcanary", "Linh", "1990-06-01");
    let drive = tempfile::tempdir().unwrap();
    let backup = backed_up(&test.practice, drive.path());
    let utf16: Vec<u8> = "Zzyzxcanary".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in fs::read_dir(&backup).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        for canary in [b"Zzyzxcanary".to_vec(), b"zzyzxcanary".to_vec(), utf16.clone()] {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary));
        }
    }
}

/// The standard programs open what we wrote, with the key of the kit (`cargo xtask test` installs them).
#[test]
fn age_and_zstd_open_a_backup_with_the_recovery_key() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let made = back_up(&test.practice, drive.path()).unwrap().unwrap();
    let key = drive.path().join("key.txt");
    fs::write(&key, test.created["kit"]["recovery_key"].as_str().unwrap()).unwrap();
    let sealed = drive.path().join(made.name).join("practice.age");
    let plain = unsealed(&sealed, &key).unwrap();
    let rows = plain.strip_prefix(b"keepwell/backup/1\n").unwrap();
    assert_eq!(rows[rows.len() - 10..], [&[0, 0][..], &made.note.rows.to_be_bytes()].concat());
}

/// What the standard programs find in a sealed file; nothing where the identity does not open it.
fn unsealed(sealed: &Path, identity: &Path) -> Option<Vec<u8>> {
    let age = Command::new("age").arg("-d").arg("-i").arg(identity).arg(sealed).stdout(Stdio::piped()).spawn();
    let mut age = age.expect("age is there: `cargo xtask test` installs it");
    let zstd = Command::new("zstd").arg("-dc").stdin(age.stdout.take().unwrap()).output();
    let plain = zstd.expect("zstd is there: `cargo xtask test` installs it");
    (age.wait().unwrap().success() && plain.status.success()).then_some(plain.stdout)
}

/// A custodian's identity opens the envelope with the standard programs, and nothing in it: the rows are sealed still.
#[test]
fn a_custodian_opens_the_envelope_and_no_row_in_it() {
    let test = TestPractice::new();
    register(&test.practice, "Zzyzxcanary", "Linh", "1990-06-01");
    let drive = tempfile::tempdir().unwrap();
    let identity = drive.path().join("custodian.txt");
    let made = Command::new("age-keygen").arg("-o").arg(&identity).output();
    assert!(made.expect("age is there: `cargo xtask test` installs it").status.success());
    let text = fs::read_to_string(&identity).unwrap();
    let secret = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap().to_owned();
    let public = text.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap().to_owned();
    let plan = |custodian: Option<&str>| test.practice.plan_backups(None, Every::Day, None, custodian);
    assert_eq!(code(plan(Some(&secret))), "exchange.custodian_secret");
    assert_eq!(code(plan(Some("age1custodian"))), "exchange.custodian_key");
    let opens = || {
        let made = back_up(&test.practice, drive.path()).unwrap().unwrap();
        unsealed(&drive.path().join(made.name).join("practice.age"), &identity)
    };
    assert_eq!(opens(), None, "nobody named a custodian yet");
    plan(Some(&public)).unwrap();
    plan(None).unwrap();
    let named = || test.call("exchange.backups", json!({})).unwrap()["custodian"].clone();
    assert_eq!(named(), json!(public), "a change of the plan leaves the custodian");
    let rows = opens().unwrap();
    assert!(rows.starts_with(b"keepwell/backup/1\n") && !rows.windows(11).any(|seen| seen == b"Zzyzxcanary"));
    // Neither does that identity bring the practice back, and the kit still does.
    let backup = newest(drive.path());
    let other = BareMachine::new();
    assert_eq!(code(other.restore(&backup, &Secret::new(secret))), "door.wrong_recovery_key");
    BareMachine::new().restore(&backup, &words(&test)).unwrap().unwrap();
    assert!(prove(&test.practice, &backup).unwrap().unwrap().ok);
    plan(Some("")).unwrap();
    assert!(named().is_null() && opens().is_none());
}

/// The newest backup in a folder: their names are in the order of time.
fn newest(within: &Path) -> std::path::PathBuf {
    let backups = fs::read_dir(within).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_dir());
    backups.max().unwrap()
}

/// A proof that could not be made says nothing of the backup, and nothing is kept of it.
#[test]
fn a_proof_without_room_for_its_scratch_store_is_no_finding() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let backup = backed_up(&test.practice, drive.path());
    let machine = BareMachine::new();
    machine.restore(&backup, &words(&test)).unwrap().unwrap();
    machine.recover(&words(&test));
    fs::create_dir(machine.folder.path().join("vault/scratch.keepwell")).unwrap();
    assert!(code(prove(&machine.practice, &backup)).starts_with("vault."));
    let rows = call(&machine.practice, "exchange.backups", json!({})).unwrap();
    assert!(rows["rows"].as_array().unwrap().iter().all(|row| row["proof"].is_null()), "{rows}");
}

/// A store that was put back may only be read; what is there can still be saved, and nothing is written into it.
#[test]
fn a_practice_that_may_only_be_read_can_be_backed_up_and_is_not_written() {
    let (test, _) = worked_in();
    let before = test.home.engine.tamper(|rows| rows.clone());
    register_some(&test.practice, 70, "1999-09-09");
    test.practice.close();
    test.home.engine.tamper(|rows| *rows = before.clone());
    let again = test.again();
    assert!(again.status().read_only.is_some());
    sign_in(&again, OWNER).unwrap();
    let drive = tempfile::tempdir().unwrap();
    let backup = backed_up(&again, drive.path());
    assert_eq!(test.home.engine.tamper(|rows| rows.clone()), before);
    let machine = BareMachine::new();
    machine.restore(&backup, &words(&test)).unwrap().unwrap();
}

/// The scratch store of a proof lies beside the practice's, sealed, and is gone when the proof has ended.
#[test]
fn a_proof_on_a_real_disk_leaves_nothing_behind() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let backup = backed_up(&test.practice, drive.path());
    let machine = BareMachine::new();
    machine.restore(&backup, &words(&test)).unwrap().unwrap();
    machine.recover(&words(&test));
    let again = backed_up(&machine.practice, drive.path());
    let vault = machine.folder.path().join("vault");
    let files = || {
        let mut files: Vec<_> = fs::read_dir(&vault).unwrap().map(|file| file.unwrap().file_name()).collect();
        files.sort();
        files
    };
    let before = files();
    let mut most = 0;
    let proved = machine.practice.prove_backup(&again, &mut |_| {
        most = most.max(files().len());
        Continue::Yes
    });
    assert!(proved.unwrap().unwrap().ok);
    assert!(most > before.len(), "there was a scratch store");
    assert_eq!(files(), before);
    assert_eq!(machine.practice.prove_backup(&again, &mut |_| Continue::No), Ok(None));
    assert_eq!(files(), before, "a proof that was stopped leaves nothing either");
}

/// The plan is kept while nobody is signed in, by nobody, and keeps generations.
#[test]
fn a_plan_is_kept_by_itself() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let count = || fs::read_dir(drive.path()).unwrap().count();
    let standing = || test.practice.status().backup.unwrap();
    assert_eq!(test.practice.back_up_by_plan(), Ok(None), "there is no plan");
    assert!(!standing().planned && !standing().missed && standing().last.is_none());
    test.practice.plan_backups(Some(drive.path()), Every::Day, None, None).unwrap();
    test.call("identity.lock", json!({ "drafts": [] })).unwrap();
    let before = entries(&test.practice);
    let first = test.practice.back_up_by_plan().unwrap().unwrap();
    assert_eq!((test.practice.back_up_by_plan(), count()), (Ok(None), 1), "the next is due tomorrow");
    for _ in 0..30 {
        test.clock.advance(Duration::hours(24));
        test.practice.back_up_by_plan().unwrap().unwrap();
    }
    let kept = count();
    assert!((14..31).contains(&kept), "{kept} of 31 are kept");
    sign_in(&test.practice, OWNER).unwrap();
    let log = entries_from(&test.practice, before);
    let said: Vec<_> = log.iter().filter(|entry| entry["operation"] == "exchange.back_up").collect();
    assert_eq!(said.len(), 2 * 31, "each leaves an entry when it begins and one when it ends");
    assert!(
        said.iter().all(|entry| entry["actor"] == "" && entry["purpose"] == "system" && entry["outcome"] == "done")
    );
    let list = test.call("exchange.backups", json!({})).unwrap();
    assert_eq!((&list["rows"][0]["made_by"], &list["plan"]["every"]), (&json!(""), &json!("day")));
    assert!(!list.to_string().contains(drive.path().parent().unwrap().to_str().unwrap()), "screens hold no path");
    assert!(prove(&test.practice, drive.path()).unwrap().unwrap().ok);
    assert!(!drive.path().join(first.name).exists() || kept == 31);
}

/// A drive that is not there is no reason to try all day, and the status says that one was missed.
#[test]
fn a_plan_that_cannot_be_kept_is_said_and_tried_again() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let gone = drive.path().join("unplugged");
    assert_eq!(
        code(test.practice.plan_backups(Some(Path::new("not/whole")), Every::Hour, None, None)),
        "exchange.backup_place"
    );
    test.practice.plan_backups(Some(&gone), Every::Hour, None, None).unwrap();
    assert_eq!(code(test.practice.back_up_by_plan()), "exchange.backup_not_written");
    assert!(test.practice.status().backup.unwrap().missed && !gone.exists());
    let before = entries(&test.practice);
    assert_eq!((test.practice.back_up_by_plan(), entries(&test.practice)), (Ok(None), before), "not at once again");
    test.clock.advance(Duration::minutes(16));
    fs::create_dir(&gone).unwrap();
    assert!(test.practice.back_up_by_plan().unwrap().is_some());
    assert!(!test.practice.status().backup.unwrap().missed);
    test.clock.advance(Duration::hours(2));
    assert!(test.practice.status().backup.unwrap().missed, "two hours without one");
    test.practice.plan_backups(None, Every::Hour, None, None).unwrap();
    assert_eq!(test.practice.back_up_by_plan(), Ok(None), "there is no plan any more");
}

/// A plan that nobody ever proves is hope. The newest backup is proved by itself once a week, while somebody is there who
/// may: no key to the log lies on the machine otherwise.
#[test]
fn the_newest_backup_of_a_plan_is_proved_by_itself() {
    let (test, _) = worked_in();
    let drive = tempfile::tempdir().unwrap();
    let prove = || test.practice.prove_by_plan(&mut |_| Continue::Yes);
    assert_eq!(prove(), Ok(None), "there is no plan");
    test.practice.plan_backups(Some(drive.path()), Every::Day, None, None).unwrap();
    assert_eq!(prove(), Ok(None), "there is no backup yet");
    let made = test.practice.back_up_by_plan().unwrap().unwrap();
    test.call("identity.lock", json!({ "drafts": [] })).unwrap();
    assert_eq!(prove(), Ok(None), "nobody is there");
    test.sign_in_as(Role::Receptionist);
    let before = entries(&test.practice);
    assert_eq!((prove(), entries(&test.practice)), (Ok(None), before), "a receptionist is not asked to");
    sign_in(&test.practice, OWNER).unwrap();
    let before = entries(&test.practice);
    let proved = prove().unwrap().unwrap();
    assert!(proved.ok && proved.backup == made.note.backup);
    assert!(!test.practice.status().backup.unwrap().broken);
    let log = entries_from(&test.practice, before);
    let said: Vec<_> = log.iter().filter(|entry| entry["operation"] == "exchange.prove_backup").collect();
    assert!(
        said.len() == 2 && said.iter().all(|entry| entry["purpose"] == "system" && entry["actor"] == OWNER),
        "{log:?}"
    );
    assert_eq!(prove(), Ok(None), "it holds, for a week");

    test.clock.advance(Duration::days(8));
    sign_in(&test.practice, OWNER).unwrap();
    let second = test.practice.back_up_by_plan().unwrap().unwrap();
    let file = drive.path().join(&second.name).join("practice.age");
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let found = prove().unwrap().unwrap();
    assert!(!found.ok && test.practice.status().backup.unwrap().broken);
    assert_eq!(prove(), Ok(None), "not again at once");
    test.clock.advance(Duration::days(1));
    sign_in(&test.practice, OWNER).unwrap();
    test.practice.back_up_by_plan().unwrap().unwrap();
    assert!(prove().unwrap().unwrap().ok, "the next one is proved at once after one that failed");
    assert!(!test.practice.status().backup.unwrap().broken);
}
