//! Our own records coming back into a new practice: nothing is lost, and nothing is believed (AT-72).

use crate::journeys::ledger::disclosure;
use crate::journeys::population::hand_out_all;
use crate::journeys::records::{PASSPHRASE, unzipped, whole_person};
use crate::scene::{code, entries, entries_from, found, person, register, sign_in, with};
use base64::Engine as _;
use keepwell_kernel::{Failure, PatientId, Purpose, Role, Secret};
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{Call, Continue, TakenBack, made_up};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

pub type Files = BTreeMap<String, Vec<u8>>;

/// Hands one patient's records out, in clear.
pub fn handed_out(test: &TestPractice, patient: &str) -> Files {
    let details = disclosure(patient, "individual")["details"].clone();
    let call = Call {
        operation: "exchange.export_records".to_owned(),
        input: json!({ "patient": patient, "details": details, "passphrase": null }),
        purpose: Some(Purpose::PatientRequest),
        reason: Some("For a test".to_owned()),
    };
    let out = test.practice.call(call).unwrap();
    unzipped(base64::engine::general_purpose::STANDARD.decode(out["base64"].as_str().unwrap()).unwrap())
}

pub fn zipped<'a>(files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub fn take(test: &TestPractice, archive: &[u8]) -> Result<Value, Failure> {
    let base64 = base64::engine::general_purpose::STANDARD.encode(archive);
    test.call("exchange.take_back", json!({ "base64": base64 }))
}

/// A package of another practice, in base64.
pub fn package() -> String {
    let other = TestPractice::new();
    let patient = register(&other.practice, "Nguyen", "Linh", "1990-06-01");
    base64::engine::general_purpose::STANDARD.encode(zipped(&handed_out(&other, &patient)))
}

/// Makes the manifest say what the other files are, as somebody would who changes one knowingly.
pub fn listed_anew(files: &mut Files) {
    files.remove("manifest.json");
    let row = |(name, bytes): (&String, &Vec<u8>)| json!({ "name": name, "bytes": bytes.len(), "sha256": hex::encode(Sha256::digest(bytes)) });
    let rows: Vec<Value> = files.iter().map(row).collect();
    let manifest = json!({ "format": "keepwell-records-1", "files": rows });
    files.insert("manifest.json".to_owned(), serde_json::to_vec(&manifest).unwrap());
}

/// Changes `keepwell.json` and the manifest with it.
pub fn changed(files: &Files, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut files = files.clone();
    let mut own: Value = serde_json::from_slice(&files["keepwell.json"]).unwrap();
    change(&mut own);
    files.insert("keepwell.json".to_owned(), serde_json::to_vec(&own).unwrap());
    listed_anew(&mut files);
    zipped(&files)
}

fn photo(test: &TestPractice, patient: &str, last: u8) {
    let jpeg = base64::engine::general_purpose::STANDARD.encode([0xFF, 0xD8, 0xFF, last]);
    test.call("patients.set_photo", json!({ "patient": patient, "jpeg_base64": jpeg })).unwrap();
}

pub fn merge(test: &TestPractice, from: &str, into: &str, then: &[&str]) {
    sign_in(&test.practice, OWNER).unwrap();
    let reason = Some("Same insurance card".to_owned());
    let input = json!({ "from": from, "into": into });
    test.sign_in_as(Role::Nurse);
    let call = Call { operation: "patients.propose_merge".to_owned(), input, purpose: None, reason };
    let merge = test.practice.call(call).unwrap()["merge"].clone();
    sign_in(&test.practice, OWNER).unwrap();
    for operation in then {
        test.call(operation, json!({ "merge": merge })).unwrap();
    }
}

/// Appointments of another system, more than one call keeps.
fn received(test: &TestPractice, patient: &str) {
    for hundred in [0..100, 100..130] {
        let appointment =
            |at: u32| json!({ "resourceType": "Appointment", "id": at.to_string(), "comment": "Bring <it>\n" });
        let resources: Vec<Value> =
            hundred.map(|at| json!({ "resource": appointment(at), "patient": patient })).collect();
        let kept = test.call("exchange.keep_received", json!({ "source": "a file", "resources": resources })).unwrap();
        assert_eq!(kept["kept"][0]["count"], resources.len());
    }
    let slot = json!({ "resourceType": "Slot", "id": "s", "comment": "x".repeat(100_000) });
    let resources = [json!({ "resource": slot, "patient": patient })];
    test.call("exchange.keep_received", json!({ "source": "b", "resources": resources })).unwrap();
}

fn imported(test: &TestPractice, given: &str) -> String {
    let patient = json!({ "resourceType": "Patient", "id": "s-1", "name": [{ "family": "Ito", "given": [given] }],
        "identifier": [{ "system": "https://other.example", "value": "77" }], "deceasedDateTime": "2026-01-02" });
    let input = json!({ "source": "a file", "resources": [patient] });
    let rows = test.call("exchange.import_patients", input).unwrap()["rows"].clone();
    rows[0]["patient"].as_str().unwrap().to_owned()
}

/// A practice in which somebody has every field, and records were merged in every way.
fn a_full_practice() -> (TestPractice, String) {
    let test = TestPractice::demonstration();
    let people: Vec<Value> = made_up::patients(60, 7).map(|one| serde_json::to_value(one).unwrap()).collect();
    test.call("practice.take_in_made_up", json!({ "seed": 7, "first": 0, "patients": people })).unwrap();
    let whole = test.call("patients.register", whole_person()).unwrap()["patient"].as_str().unwrap().to_owned();
    photo(&test, &whole, 1);
    test.clock.advance(chrono::Duration::hours(1));
    photo(&test, &whole, 2);
    test.call("patients.note_restriction", json!({ "patient": whole, "text": "Nothing to the employer" })).unwrap();
    let moved = json!({ "patient": whole, "expected_version": 4, "language": "English" });
    test.call("patients.correct", with(whole_person(), &moved)).unwrap();
    test.call("patients.mark_deceased", json!({ "patient": whole, "on": "2026-11-20" })).unwrap();
    received(&test, &whole);
    let again = with(whole_person(), &json!({ "duplicate_override": "Her daughter has her name" }));
    test.call("patients.register", again).unwrap();
    imported(&test, "Ana");
    imported(&test, "Anna");
    let [first, second, third, fourth, fifth] = ["Lark", "Wren", "Heron", "Swift", "Crane"]
        .map(|family| register(&test.practice, family, "Quillon", "1980-01-01"));
    let confirmed = "patients.confirm_merge";
    // The one that stays was registered later, and earlier: an order by id alone would bring it back too soon.
    merge(&test, &first, &second, &[confirmed]);
    merge(&test, &fourth, &third, &[confirmed]);
    merge(&test, &second, &third, &[confirmed]);
    merge(&test, &fifth, &third, &[confirmed, "patients.unmerge"]);
    merge(&test, &fifth, &third, &[]);
    (test, whole)
}

fn opened(folder: &Path) -> BTreeMap<String, Files> {
    let identity = |text: String| age::scrypt::Identity::new(age::secrecy::SecretString::from(text));
    let read = |name: &str, identity: &dyn age::Identity| {
        let sealed = std::fs::read(folder.join(name)).unwrap();
        let mut plain = Vec::new();
        let envelope = age::Decryptor::new(sealed.as_slice()).unwrap();
        envelope.decrypt(std::iter::once(identity)).unwrap().read_to_end(&mut plain).unwrap();
        plain
    };
    let key = String::from_utf8(read("key.age", &identity(PASSPHRASE.to_owned()))).unwrap();
    let key: age::x25519::Identity = key.trim().parse().unwrap();
    let manifest: Value = serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let mut all: BTreeMap<String, Files> = BTreeMap::new();
    for part in manifest["parts"].as_array().unwrap() {
        for (path, bytes) in unzipped(read(part["name"].as_str().unwrap(), &key)) {
            let (patient, file) = path.split_once('/').unwrap();
            all.entry(patient.to_owned()).or_default().insert(file.to_owned(), bytes);
        }
    }
    all
}

/// Leaves out what belongs to the run: who wrote here and when, and what came with the record.
fn without_the_run(files: &Files) -> BTreeMap<String, Value> {
    let mut left = BTreeMap::new();
    for (name, bytes) in files {
        let mut said = match name.as_str() {
            "manifest.json" | "record.html" | "record.pdf" => continue,
            name if name.starts_with("received/") => continue,
            name if name.ends_with(".json") => serde_json::from_slice(bytes).unwrap(),
            _ => json!(hex::encode(bytes)),
        };
        if let Some(fields) = said.as_object_mut() {
            fields.remove("timestamp");
            for (list, run) in [("versions", ["at", "by"]), ("merges", ["proposed_by", ""])] {
                for row in fields.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                    row.as_object_mut().unwrap().retain(|field, _| !run.contains(&field.as_str()));
                }
            }
        }
        left.insert(name.clone(), said);
    }
    left
}

fn out(test: &TestPractice, within: &Path) -> (PathBuf, BTreeMap<String, Files>) {
    let folder = within.join(hand_out_all(test, within).name.unwrap());
    let patients = opened(&folder);
    (folder, patients)
}

fn taken(test: &TestPractice, path: &Path) -> TakenBack {
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    test.practice.take_back(path, Some(&passphrase), &mut |_| Continue::Yes).unwrap()
}

/// AT-72.
#[test]
fn what_was_handed_out_comes_back_into_a_new_practice_and_nothing_is_lost() {
    let (test, whole) = a_full_practice();
    let folder = tempfile::tempdir().unwrap();
    let (written, before) = out(&test, folder.path());
    let versions =
        |files: &Files| serde_json::from_slice::<Value>(&files["keepwell.json"]).unwrap()["versions"].clone();
    assert_eq!((before.len(), versions(&before[&whole]).as_array().unwrap().len()), (68, 6));
    assert!(before[&whole].contains_key("attachments/photo-2.jpg"));
    let lines = before[&whole]["fhir/received.ndjson"].iter().filter(|sign| **sign == b'\n').count();
    assert_eq!(lines, 131);
    let new = TestPractice::new();
    let report = taken(&new, &written);
    assert_eq!((report.taken, report.unchanged, report.refused.as_slice()), (68, 0, [].as_slice()));
    let (again, after) = out(&new, folder.path());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (patient, files) in &before {
        assert_eq!(without_the_run(files), without_the_run(&after[patient]), "{patient}");
        // What belonged to the first run is not lost either.
        assert_eq!(files["keepwell.json"], after[patient]["received/1.json"], "{patient}");
    }
    let once_more = taken(&new, &written);
    assert_eq!((once_more.taken, once_more.unchanged), (0, 68));
    // The lists that join two records work, and a number that came back is not given out again.
    let merges = new.call("patients.merges", json!({})).unwrap()["rows"].as_array().unwrap().len();
    assert_eq!((merges, found(&new.practice, "Hallorán").len()), (5, 2));
    new.call("patients.register", person("Newcomer", "Ana", "2001-01-01")).unwrap();
    let third = TestPractice::new();
    assert_eq!(taken(&third, &again).taken, 68);
    let (_, last) = out(&third, folder.path());
    assert_eq!(last[&whole]["received/1.json"], before[&whole]["keepwell.json"]);
    assert_eq!(last[&whole]["received/2.json"], after[&whole]["keepwell.json"]);
}

#[test]
fn one_file_comes_back_sealed_or_plain() {
    let (test, whole) = a_full_practice();
    let folder = tempfile::tempdir().unwrap();
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    let details = disclosure(&whole, "individual")["details"].clone();
    let made = test.practice.export_records(
        folder.path(),
        keepwell_practice::HandOut {
            patient: json!(whole),
            details,
            passphrase: Some(&passphrase),
            purpose: Some(Purpose::PatientRequest),
            reason: None,
        },
    );
    let file = folder.path().join(made.unwrap().name);
    let new = TestPractice::new();
    let read = |secret: Option<&str>| {
        let secret = secret.map(|text| Secret::new(text.to_owned()));
        new.practice.take_back(&file, secret.as_ref(), &mut |_| Continue::Yes)
    };
    assert_eq!(code(read(None)), "exchange.records_sealed");
    assert_eq!(code(read(Some("seven tame otters 43"))), "exchange.records_other_key");
    assert_eq!((read(Some(PASSPHRASE)).unwrap().taken, found(&new.practice, "Hallorán").len()), (1, 1));
    assert_eq!(without_the_run(&handed_out(&test, &whole)), without_the_run(&handed_out(&new, &whole)));
    for role in [Role::Physician, Role::Receptionist, Role::PrivacyOfficer] {
        new.sign_in_as(role);
        assert_eq!(read(Some(PASSPHRASE)), Err(Failure::Denied), "{role:?}");
    }
}

#[test]
fn a_folder_that_lacks_a_part_or_its_list_says_so_by_name() {
    let test = TestPractice::new();
    crate::journeys::population::import(&test, 101);
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join(hand_out_all(&test, folder.path()).name.unwrap());
    let second = written.join("part-0002.zip.age");
    let mut sealed = std::fs::read(&second).unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    std::fs::write(&second, sealed).unwrap();
    let new = TestPractice::new();
    let report = taken(&new, &written);
    let named = |report: &TakenBack| (report.refused[0].code.clone(), report.refused[0].field.clone());
    let part = || Some("part-0002.zip.age".to_owned());
    assert_eq!((report.taken, named(&report)), (100, ("exchange.records_damaged".to_owned(), part())));
    std::fs::remove_file(&second).unwrap();
    assert_eq!(named(&taken(&new, &written)), ("exchange.records_missing".to_owned(), part()));
    let manifest = written.join("manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("part-0001", "../part-0001")).unwrap();
    let read = || new.practice.take_back(&written, None, &mut |_| Continue::Yes);
    assert_eq!(code(read()), "exchange.records_path");
    std::fs::remove_file(&manifest).unwrap();
    assert_eq!(code(read()), "exchange.records_missing");
}

#[track_caller]
fn refused(new: &TestPractice, archive: &[u8], expected: &str, at: &str) {
    let before = entries(&new.practice);
    match take(new, archive) {
        Err(Failure::Refused { code, field, .. }) => {
            assert_eq!((code.as_str(), field.unwrap_or_default().as_str()), (expected, at));
        }
        other => panic!("this was not refused with {expected} at {at}: {other:?}"),
    }
    assert_eq!(entries_from(&new.practice, before)[0]["outcome"], "refused");
}

#[test]
fn a_package_that_is_not_as_it_was_made_is_refused_by_name_and_nothing_is_kept() {
    let (test, whole) = a_full_practice();
    let (files, new) = (handed_out(&test, &whole), TestPractice::new());
    for name in files.keys().filter(|name| *name != "manifest.json") {
        let mut bent = files.clone();
        bent.get_mut(name).unwrap()[1] ^= 1;
        refused(&new, &zipped(&bent), "exchange.records_damaged", name);
        bent.remove(name);
        refused(&new, &zipped(&bent), "exchange.records_missing", name);
    }
    let with_file = |name: &str, listed: bool| {
        let mut more = files.clone();
        more.insert(name.to_owned(), b"more".to_vec());
        if listed {
            listed_anew(&mut more);
        }
        zipped(&more)
    };
    refused(&new, &with_file("fhir/Claim.ndjson", false), "exchange.records_unlisted", "fhir/Claim.ndjson");
    refused(&new, &with_file("fhir/Claim.ndjson", true), "exchange.records_unlisted", "fhir/Claim.ndjson");
    for path in ["../keepwell.json", "/etc/keepwell", "a/../../b", "a\\b", "C:x", ".hidden", "a//b"] {
        refused(&new, &with_file(path, true), "exchange.records_path", "");
    }
    let mut without = files.clone();
    without.remove("manifest.json");
    refused(&new, &zipped(&without), "exchange.records_missing", "manifest.json");
    refused(&new, b"PK no zip", "exchange.records_unreadable", "");
    assert_eq!(code(new.call("exchange.take_back", json!({ "base64": "?" }))), "exchange.records_unreadable");
    assert!(found(&new.practice, "Hallorán").is_empty());
    assert!(take(&new, &zipped(&files)).is_ok());
}

/// Puts another uncompressed size into the head of an archive's only file, where it stands beside it and in the list.
fn lying(mut archive: Vec<u8>, size: u32) -> Vec<u8> {
    for (head, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let at = archive.windows(4).position(|four| four == head).unwrap() + offset;
        archive[at..at + 4].copy_from_slice(&size.to_le_bytes());
    }
    archive
}

#[test]
fn bombs_and_lies_about_sizes_are_refused() {
    let new = TestPractice::new();
    let of = |bytes: usize| zipped(&Files::from([("manifest.json".to_owned(), vec![b' '; bytes])]));
    let too_large = of(33 * 1024 * 1024);
    assert!(too_large.len() < 100_000, "this is no bomb");
    refused(&new, &too_large, "exchange.records_too_large", "manifest.json");
    refused(&new, &lying(too_large, 1_000), "exchange.records_damaged", "manifest.json");
    refused(&new, &lying(of(1_000), u32::MAX - 1), "exchange.records_too_large", "manifest.json");
    refused(&new, &lying(of(1_000), 1_001), "exchange.records_damaged", "manifest.json");
    let many: Files = (0..2_001).map(|at| (format!("f{at}"), Vec::new())).collect();
    refused(&new, &zipped(&many), "exchange.records_too_large", "");
}

#[test]
fn what_somebody_wrote_into_a_package_is_checked_like_what_is_typed() {
    let (test, whole) = a_full_practice();
    let (files, new) = (handed_out(&test, &whole), TestPractice::new());
    let set = |pointer: &'static str, value: Value| {
        changed(&files, |own| *own.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value)
    };
    let (bad, damaged) = ("patients.not_as_kept", "exchange.records_damaged");
    for (pointer, value, expected, at) in [
        ("/format", json!("keepwell-record-9"), "exchange.records_form", "keepwell.json"),
        ("/patient", json!("somebody"), damaged, "patient"),
        ("/versions/0/mrn", json!("MRN-2026-00000"), bad, "versions.1.mrn"),
        ("/versions/0/mrn", json!("a number"), bad, "versions.1.mrn"),
        ("/versions/5/demographics/name/family", json!(" Hallorán"), bad, "versions.1.demographics"),
        (
            "/versions/5/demographics/name/family",
            json!("7"),
            "patients.bad_name",
            "versions.1.demographics.name.family",
        ),
        (
            "/versions/0/demographics/date_of_birth",
            json!("2999-01-01"),
            "patients.birth_in_future",
            "versions.6.demographics.date_of_birth",
        ),
        ("/versions/0/restrictions/0/text", json!(""), bad, "versions.6.restrictions"),
        ("/versions/1/version", json!(7), damaged, "versions"),
        ("/versions/0/photo", json!("attachments/photo-9.jpg"), "exchange.records_missing", "attachments/photo-9.jpg"),
        ("/versions/0/merged_from", json!([PatientId::make()]), "patients.merged_missing", "merged_from"),
        ("/versions", json!([]), "exchange.records_unlisted", "attachments/photo-2.jpg"),
    ] {
        refused(&new, &set(pointer, value), expected, at);
    }
    let unknown = changed(&files, |own| own["versions"][0]["demographics"]["ssn"] = json!("078-05-1120"));
    refused(&new, &unknown, damaged, "versions[0].demographics.ssn");
    let renumbered = changed(&files, |own| {
        own["versions"].as_array_mut().unwrap().iter_mut().for_each(|one| one["mrn"] = json!("MRN-2026-00001"));
    });
    refused(&new, &renumbered, bad, "versions.1.mrn");
    let mut other = files.clone();
    other.insert("attachments/photo.jpg".to_owned(), b"\x89PNG".to_vec());
    listed_anew(&mut other);
    refused(&new, &zipped(&other), "patients.photo_form", "attachments");
    assert!(found(&new.practice, "Hallorán").is_empty());
}

#[test]
fn an_id_a_number_and_a_name_elsewhere_belong_to_one_patient() {
    let (test, whole) = a_full_practice();
    let (files, new) = (handed_out(&test, &whole), TestPractice::new());
    take(&new, &zipped(&files)).unwrap();
    refused(&new, &changed(&files, |own| own["versions"][0]["similar"] = json!(true)), "patients.id_taken", "patient");
    let another = json!(PatientId::make());
    refused(&new, &changed(&files, |own| own["patient"] = another), "patients.number_taken", "mrn");
    let known = imported(&test, "Anna");
    let link = handed_out(&test, &known);
    imported(&new, "Somebody");
    refused(&new, &zipped(&link), "patients.link_taken", "external_ids.0");
    assert_eq!(found(&new.practice, "Hallorán").len(), 1);
}

#[test]
fn what_was_stopped_half_way_goes_on_where_it_was() {
    let test = TestPractice::new();
    crate::journeys::population::import(&test, 30);
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join(hand_out_all(&test, folder.path()).name.unwrap());
    let (new, passphrase) = (TestPractice::new(), Secret::new(PASSPHRASE.to_owned()));
    let stopped = new.practice.take_back(&written, Some(&passphrase), &mut |step| {
        if step.done == 12 { Continue::No } else { Continue::Yes }
    });
    let stopped = stopped.unwrap();
    assert_eq!((stopped.taken, stopped.cancelled), (12, true));
    let rest = taken(&new, &written);
    assert_eq!((rest.taken, rest.unchanged, rest.cancelled), (18, 12, false));
}

#[test]
fn as_many_versions_come_back_as_one_entry_can_name() {
    let (test, new) = (TestPractice::new(), TestPractice::new());
    let patient = test.call("patients.register", whole_person()).unwrap()["patient"].as_str().unwrap().to_owned();
    let files = handed_out(&test, &patient);
    let of = |count: u64| {
        changed(&files, |own| {
            let one = own["versions"][0].clone();
            own["versions"] =
                (1..=count).rev().map(|number| with(one.clone(), &json!({ "version": number }))).collect();
        })
    };
    refused(&new, &of(401), "exchange.records_too_large", "versions");
    assert_eq!(take(&new, &of(400)).unwrap()["versions"], 400);
    let versions = new.call("patients.versions", json!({ "patient": patient })).unwrap()["rows"].clone();
    assert_eq!(versions.as_array().unwrap().len(), 400);
}

/// Returns the names of all fields in a value, those inside FHIR resources left out.
fn fields(value: &Value, into: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(inner) => inner.iter().for_each(|(name, value)| {
            into.insert(name.clone());
            fields(value, into);
        }),
        Value::Array(inner) => inner.iter().for_each(|value| fields(value, into)),
        _ => {}
    }
}

/// AT-71: whoever reads the files without this program finds every field of them described beside them.
#[test]
fn every_field_of_our_own_is_described_in_the_file_that_goes_along() {
    let (test, whole) = a_full_practice();
    let mut names = std::collections::BTreeSet::new();
    for patient in [whole, imported(&test, "Anna")] {
        let files = handed_out(&test, &patient);
        for name in ["keepwell.json", "manifest.json"] {
            fields(&serde_json::from_slice(&files[name]).unwrap(), &mut names);
        }
        let described = String::from_utf8(files["RECORDS.md"].clone()).unwrap();
        let missing: Vec<_> = names.iter().filter(|name| !described.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
        for name in files.keys() {
            let named = name.rsplit('/').next().unwrap();
            assert!(described.contains(named), "{name} is not described");
        }
    }
    assert!(names.len() > 50, "{names:?}");
}
