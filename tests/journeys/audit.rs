//! What an auditor gets: a bundle that two verifiers, which share no code with the log, find whole; and nothing for
//! anybody who may not read the log, gives no reason, or points at a folder with something in it.

use crate::scene::{code, entries, entries_from, register, sign_in};
use keepwell_kernel::{Failure, Role, Secret};
use keepwell_practice::testing::{OWNER, TestPractice, user_name};
use keepwell_practice::{BundleTo, Bundled, Call, Continue, Practice, Progress};
use keepwell_verifier::{Ask, Report, Source, Verdict, verify};
use serde_json::{Value, json};
use sha2::Digest as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A practice in which two patients were looked at, together and apart, by two people.
fn worked_in() -> (TestPractice, String) {
    let test = TestPractice::new();
    let linh = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let other = register(&test.practice, "Nguyen", "=1+1 \"Quang\"", "1955-12-24");
    for _ in 0..40 {
        test.call("patients.chart", json!({ "patient": linh })).unwrap();
        test.call("patients.search", json!({ "query": "nguyen", "limit": 5 })).unwrap();
    }
    test.sign_in_as(Role::Nurse);
    test.call("patients.chart", json!({ "patient": other })).unwrap();
    test.call("log.entries", json!({ "limit": 1 })).unwrap_err();
    sign_in(&test.practice, OWNER).unwrap();
    (test, linh)
}

/// Writes a bundle in clear.
fn export_with(
    practice: &Practice,
    call: &Call,
    folder: &Path,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Option<Bundled>, Failure> {
    let written = practice.export_log(call, &BundleTo { folder, passphrase: None }, progress)?;
    Ok(written.map(|(bundled, _)| bundled))
}

fn export(practice: &Practice, input: Value, folder: &Path) -> Result<Option<Bundled>, Failure> {
    let reason = Some("The auditor asked for it, letter of today.".to_owned());
    let call = Call { operation: "log.export".to_owned(), input, reason, ..Call::default() };
    export_with(practice, &call, folder, &mut |_| Continue::Yes)
}

fn checked(folder: &Path) -> Report {
    verify(&Source::open(folder).unwrap(), &Ask::default()).unwrap()
}

/// Asks the second implementation, which knows the format from its description alone.
fn checked_again(folder: &Path) -> String {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../verifier/tests/verify.py");
    // The system's own Python comes first: that is the one for which `cargo xtask test` installs what it needs.
    let python = if Path::new("/usr/bin/python3").exists() { "/usr/bin/python3" } else { "python3" };
    let output = Command::new(python).arg("-B").arg(script).arg(folder).output();
    let output = output.expect("python3 is there: `cargo xtask test` installs it");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_bundle_of_the_whole_log_is_found_whole_and_a_changed_byte_is_found() {
    let (test, _) = worked_in();
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("for the auditor");
    let before = entries(&test.practice);
    let bundled = export(&test.practice, json!({}), &folder).unwrap().unwrap();
    // The export is an entry of the log, and of the bundle.
    assert_eq!(bundled, Bundled { log_size: before + 1, entries: before + 1, redacted: 0 });
    let noted = entries_from(&test.practice, before).swap_remove(0);
    assert_eq!((&noted["operation"], &noted["outcome"]), (&json!("log.export"), &json!("done")));
    assert!(noted["reason"].as_str().unwrap().starts_with("The auditor asked"));
    let report = checked(&folder);
    assert_eq!((report.verdict, report.entries, report.not_disclosed), (Verdict::Pass, before + 1, 0), "{report:?}");
    assert_eq!(report.made_by.as_deref(), Some(OWNER));
    assert!(report.checkpoints >= 2);
    let second = checked_again(&folder);
    assert!(second.contains("PASS"), "{second}");
    // One letter of one entry.
    let lines = folder.join("log/entries.ndjson");
    let mut bytes = std::fs::read(&lines).unwrap();
    let at = bytes.len() / 2;
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    std::fs::write(&lines, bytes).unwrap();
    let report = checked(&folder);
    assert_eq!(report.verdict, Verdict::Fail);
    assert!(report.first_bad.is_some() && checked_again(&folder).contains("FAIL"));
}

#[test]
fn a_bundle_about_one_patient_redacts_what_concerns_others() {
    let (test, linh) = worked_in();
    let folder = tempfile::tempdir().unwrap();
    let Bundled { log_size, entries, redacted } =
        export(&test.practice, json!({ "patient": linh }), folder.path()).unwrap().unwrap();
    // Registered once, looked at forty times, and found forty times together with the other.
    assert!(entries == 81 && redacted == 40 && log_size > entries, "{entries} {redacted} {log_size}");
    let report = checked(folder.path());
    assert_eq!((report.verdict, report.entries, report.redacted), (Verdict::Pass, 81, 40), "{report:?}");
    assert!(checked_again(folder.path()).contains("PASS"));
    let table = std::fs::read_to_string(folder.path().join("entries.csv")).unwrap();
    assert!(table.contains(&linh) && table.lines().filter(|row| row.ends_with("\"yes\"")).count() == 40);
    let events = events(folder.path());
    let about = |event: &Value| event.to_string().contains(&format!("Patient/{linh}"));
    assert_eq!((events.len(), events.iter().filter(|event| about(event)).count()), (81, 41));
    assert!(!events.iter().any(|event| event.to_string().matches("Patient/").count() > 1), "others are left out");
    let profiles = |of: &str| events.iter().filter(|event| event.to_string().contains(of)).count();
    assert_eq!((profiles("PatientCreate"), profiles("PatientRead")), (1, 40), "each holds to its pattern of BALP");
}

/// The same entries as AuditEvents, one on each line, each with what FHIR R4 asks of every one.
fn events(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("auditevents.ndjson")).unwrap();
    let events: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for event in &events {
        let whole = ["/type/code", "/recorded", "/agent/0/requestor", "/source/observer", "/outcome", "/action"];
        assert!(whole.iter().all(|field| event.pointer(field).is_some()), "{event}");
        assert_eq!(event["resourceType"], "AuditEvent");
    }
    events
}

#[test]
fn a_bundle_of_one_person_and_one_period_holds_those_alone() {
    let (test, _) = worked_in();
    let folder = tempfile::tempdir().unwrap();
    let nurse = user_name(Role::Nurse);
    let bundled = export(&test.practice, json!({ "actor": nurse.to_uppercase() }), folder.path()).unwrap().unwrap();
    let report = checked(folder.path());
    assert_eq!((report.verdict, report.people), (Verdict::Pass, Some(nurse)));
    assert!((2..10).contains(&bundled.entries), "{bundled:?}");
    let never = tempfile::tempdir().unwrap();
    let input = json!({ "from": "2019-01-01T00:00:00Z", "to": "2020-01-01T00:00:00Z" });
    assert_eq!(export(&test.practice, input, never.path()).unwrap().unwrap().entries, 0);
    assert_eq!(checked(never.path()).verdict, Verdict::Pass);
}

#[test]
fn nobody_gets_a_bundle_without_the_right_the_reason_and_an_empty_folder() {
    let (test, _) = worked_in();
    let folder = tempfile::tempdir().unwrap();
    let empty = |folder: &Path| std::fs::read_dir(folder).unwrap().next().is_none();
    let without = Call { operation: "log.export".to_owned(), input: json!({}), ..Call::default() };
    let mut go_on = |_: Progress| Continue::Yes;
    let refused = export_with(&test.practice, &without, folder.path(), &mut go_on).map(|_| json!(null));
    assert_eq!(code(refused), "door.reason_needed");
    let other = Call { operation: "log.status".to_owned(), ..without };
    assert!(matches!(export_with(&test.practice, &other, folder.path(), &mut go_on), Err(Failure::Fault { .. })));
    test.sign_in_as(Role::Nurse);
    assert_eq!(export(&test.practice, json!({}), &folder.path().join("new")), Err(Failure::Denied));
    assert!(empty(folder.path()), "whoever is turned away leaves no folder behind");
    sign_in(&test.practice, OWNER).unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let refused = export(&test.practice, json!({}), folder.path()).map(|_| json!(null));
    assert_eq!(code(refused), "log.not_written");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_bundle_that_was_stopped_is_none() {
    let (test, _) = worked_in();
    let folder = tempfile::tempdir().unwrap();
    let call = Call {
        operation: "log.export".to_owned(),
        input: json!({}),
        reason: Some("To be stopped.".to_owned()),
        ..Call::default()
    };
    assert_eq!(export_with(&test.practice, &call, folder.path(), &mut |_| Continue::No), Ok(None));
    assert!(!folder.path().join("manifest.json").exists());
    let opened = Source::open(folder.path()).unwrap();
    assert!(verify(&opened, &Ask::default()).is_err(), "what has no manifest is no bundle");
}

/// AT-85 for what an auditor gets, and the verifier's word for it.
#[test]
fn a_sealed_bundle_is_one_file_that_age_opens_and_the_verifier_finds_whole() {
    let (test, _) = worked_in();
    let folder = tempfile::tempdir().unwrap();
    let call = Call {
        operation: "log.export".to_owned(),
        input: json!({}),
        reason: Some("The auditor asked for it.".to_owned()),
        ..Call::default()
    };
    let seal = |secret: &str| {
        let secret = Secret::new(secret.to_owned());
        let to = BundleTo { folder: folder.path(), passphrase: Some(&secret) };
        test.practice.export_log(&call, &to, &mut |_| Continue::Yes)
    };
    assert_eq!(code(seal("too short").map(|_| json!(null))), "exchange.passphrase_short");
    let (bundled, name) = seal("seven tame otters 42").unwrap().unwrap();
    let name = name.unwrap();
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(left, [name.as_str()], "nothing else is left behind");
    let sealed = std::fs::read(folder.path().join(&name)).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    let secret = age::secrecy::SecretString::from("seven tame otters 42".to_owned());
    let zip = age::decrypt(&age::scrypt::Identity::new(secret), &sealed).unwrap();
    let opened = folder.path().join("bundle.zip");
    std::fs::write(&opened, zip).unwrap();
    let report = checked(&opened);
    assert_eq!((report.verdict, report.entries), (Verdict::Pass, bundled.entries), "{report:?}");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&opened).unwrap()).unwrap();
    archive.extract(folder.path().join("bundle")).unwrap();
    let second = checked_again(&folder.path().join("bundle"));
    assert!(second.contains("PASS"), "{second}");
    let mut paper = String::new();
    let printed = archive.by_name("report.pdf").unwrap().take(5).read_to_string(&mut paper);
    assert_eq!((printed.unwrap(), paper.as_str()), (5, "%PDF-"));
}

/// AT-80: the right rows of a period, sorted by each column, with a digest that the saved table bears; taking it out is an
/// entry of its own.
#[test]
fn a_report_is_whole_sorts_by_each_column_and_its_export_is_an_entry() {
    let (test, linh) = worked_in();
    let report = |sort: &str, descending: bool| {
        let asked = json!({ "patient": linh, "sort": sort, "descending": descending });
        test.call("log.report", asked).unwrap()
    };
    for (sort, field) in [
        ("sequence", "sequence"),
        ("at", "at"),
        ("actor", "actor"),
        ("role", "role"),
        ("operation", "operation"),
        ("purpose", "purpose"),
        ("patients", "patients"),
        ("outcome", "outcome"),
        ("reason", "reason"),
        ("workstation", "workstation"),
    ] {
        let rows = report(sort, false)["rows"].as_array().unwrap().clone();
        assert_eq!(rows.len(), 81, "{sort}");
        let key = |row: &Value| match &row[field] {
            Value::Number(number) => format!("{:0>9}", number.to_string()),
            Value::Array(several) => several.iter().map(|one| one.as_str().unwrap()).collect::<Vec<_>>().join(" "),
            other => other.as_str().map_or_else(|| other.to_string(), str::to_owned),
        };
        assert!(rows.is_sorted_by_key(|row| (key(row), row["sequence"].as_u64())), "{sort}");
        let mut other_way = report(sort, true)["rows"].as_array().unwrap().clone();
        other_way.reverse();
        assert_eq!(other_way, rows, "{sort}");
    }
    let never =
        json!({ "from": "2019-01-01T00:00:00Z", "to": "2020-01-01T00:00:00Z", "sort": "at", "descending": false });
    assert_eq!(test.call("log.report", never).unwrap()["rows"], json!([]));

    let folder = tempfile::tempdir().unwrap();
    let before = entries(&test.practice);
    let query = json!({ "patient": linh, "sort": "at", "descending": false });
    let saved = test.practice.save_log_report(folder.path(), query).unwrap();
    assert_eq!(entries_from(&test.practice, before).swap_remove(0)["operation"], "log.report");
    let csv = std::fs::read(folder.path().join(&saved.csv.name)).unwrap();
    assert_eq!((hex::encode(sha2::Sha256::digest(&csv)), saved.entries), (saved.csv.sha256, 81));
    // What was shown can be taken out as it was shown, though the showing is an entry too.
    let shown = test.call("log.report", json!({ "sort": "at", "descending": true })).unwrap();
    let again = json!({ "sort": "at", "descending": true, "below": shown["log_size"] });
    let saved_as_shown = test.practice.save_log_report(folder.path(), again).unwrap();
    assert_eq!(json!(saved_as_shown.csv.sha256), shown["digest"]);
    assert!(std::fs::read(folder.path().join(&saved.pdf.name)).unwrap().starts_with(b"%PDF-"));
    test.sign_in_as(Role::Nurse);
    assert_eq!(test.call("log.report", json!({ "sort": "at", "descending": true })), Err(Failure::Denied));
}

#[test]
fn a_report_that_would_leave_something_out_is_refused() {
    let test = TestPractice::new();
    for _ in 0..2_001 {
        test.call("log.status", json!({})).unwrap();
    }
    let asked = json!({ "sort": "at", "descending": true });
    assert_eq!(code(test.call("log.report", asked)), "log.report_too_long");
}
