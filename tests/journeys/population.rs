//! The records of all patients on their way out: everybody once, sealed unless somebody said why not, and each in the
//! ledger (45 CFR 170.315(b)(10)(ii), AT-71, AT-85).

use crate::journeys::ledger::disclosure;
use crate::journeys::records::{PASSPHRASE, json_of, unzipped};
use crate::scene::{code, entries, entries_from, register, sign_in};
use base64::Engine as _;
use keepwell_kernel::{Failure, Purpose, Role, Secret};
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{Continue, HandOutAll, HandedOutAll};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

/// Asks for everybody's records.
pub fn all<'a>(passphrase: Option<&'a Secret>, reason: Option<&str>) -> HandOutAll<'a> {
    let details = disclosure("", "operations")["details"].clone();
    HandOutAll { details, passphrase, purpose: Some(Purpose::Operations), reason: reason.map(str::to_owned) }
}

/// Writes everybody's records, sealed.
pub fn hand_out_all(test: &TestPractice, within: &Path) -> HandedOutAll {
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    test.practice.export_population(within, all(Some(&passphrase), None), &mut |_| Continue::Yes).unwrap()
}

/// Brings made-up people in, so many in a call as one takes.
pub fn import(test: &TestPractice, count: usize) -> Vec<String> {
    let patient = |at: usize| json!({ "resourceType": "Patient", "id": at.to_string(), "name": [{ "family": "Ito" }] });
    let mut made = Vec::new();
    for hundred in (0..count).collect::<Vec<_>>().chunks(100) {
        let resources: Vec<Value> = hundred.iter().map(|at| patient(*at)).collect();
        let input = json!({ "source": "a file", "resources": resources });
        let rows = test.call("exchange.import_patients", input).unwrap()["rows"].as_array().unwrap().clone();
        made.extend(rows.iter().map(|row| row["patient"].as_str().unwrap().to_owned()));
    }
    made
}

fn opened(sealed: &[u8], identity: &dyn age::Identity) -> Option<Vec<u8>> {
    let decryptor = age::Decryptor::new(sealed).unwrap();
    let mut reader = decryptor.decrypt(std::iter::once(identity)).ok()?;
    let mut opened = Vec::new();
    reader.read_to_end(&mut opened).ok().map(|_| opened)
}

/// Opens a folder as its README says: the key with the passphrase, and each part with the key.
fn patients_in(folder: &Path) -> BTreeMap<String, BTreeMap<String, Vec<u8>>> {
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let manifest: Value = serde_json::from_slice(&read("manifest.json")).unwrap();
    let by_passphrase = |text: &str| age::scrypt::Identity::new(age::secrecy::SecretString::from(text.to_owned()));
    assert!(opened(&read("key.age"), &by_passphrase("seven tame otters 43")).is_none());
    let key = String::from_utf8(opened(&read("key.age"), &by_passphrase(PASSPHRASE)).unwrap()).unwrap();
    let key: age::x25519::Identity = key.trim().parse().unwrap();
    let mut patients: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for part in manifest["parts"].as_array().unwrap() {
        let sealed = read(part["name"].as_str().unwrap());
        assert_eq!(part["sha256"], hex::encode(Sha256::digest(&sealed)));
        assert_eq!(part["bytes"], sealed.len());
        let before = patients.len() as u64;
        for (path, bytes) in unzipped(opened(&sealed, &key).unwrap()) {
            let (patient, file) = path.split_once('/').unwrap();
            assert!(patients.entry(patient.to_owned()).or_default().insert(file.to_owned(), bytes).is_none(), "{path}");
        }
        assert_eq!(part["patients"], patients.len() as u64 - before, "somebody is in two parts");
    }
    assert_eq!(manifest["patients"], patients.len());
    patients
}

/// AT-71, the population's half.
#[test]
fn everybody_is_in_the_records_of_all_once_and_each_in_the_ledger() {
    let test = TestPractice::new();
    let mut expected = import(&test, 118);
    let merged = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let stays = register(&test.practice, "Okafor", "Grace", "1961-04-02");
    let proposed =
        test.call_as(Role::Nurse, "patients.propose_merge", json!({ "from": merged, "into": stays })).unwrap();
    sign_in(&test.practice, OWNER).unwrap();
    test.call("patients.confirm_merge", json!({ "merge": proposed["merge"] })).unwrap();
    expected.extend([merged.clone(), stays.clone()]);
    expected.sort();
    let folder = tempfile::tempdir().unwrap();
    let before = entries(&test.practice);
    let made = hand_out_all(&test, folder.path());
    assert_eq!((made.parts, made.patients), (2, 120));
    let within = folder.path().join(made.name.unwrap());
    let patients = patients_in(&within);
    assert_eq!(patients.keys().cloned().collect::<Vec<_>>(), expected);
    for (patient, files) in &patients {
        let rows = test.call("compliance.disclosures", json!({ "patient": patient })).unwrap()["rows"].clone();
        let sha256 = json!(hex::encode(Sha256::digest(&files["manifest.json"])));
        let own = rows.as_array().unwrap().iter().filter(|row| row["file_sha256"] == sha256).count();
        assert_eq!(own, 1, "{patient}");
        let listed = json_of(files, "manifest.json")["files"].as_array().unwrap().len();
        assert_eq!((listed, json_of(files, "keepwell.json")["patient"].as_str()), (files.len() - 1, Some(&**patient)));
    }
    let own = json_of(&patients[&merged], "keepwell.json");
    assert_eq!((&own["versions"][0]["merged_into"], &own["merges"][0]["state"]), (&json!(stays), &json!("confirmed")));
    for clear in ["manifest.json", "README.txt", "RECORDS.md"] {
        let text = std::fs::read_to_string(within.join(clear)).unwrap();
        assert!(!text.contains("Nguyen") && !expected.iter().any(|patient| text.contains(patient)), "{clear}");
    }
    let pages = entries_from(&test.practice, before);
    let pages: Vec<_> = pages.iter().filter(|entry| entry["operation"] == "exchange.export_population").collect();
    let named = pages.iter().map(|entry| entry["patients"].as_array().unwrap().len());
    assert_eq!(named.collect::<Vec<_>>(), [100, 20]);
}

#[test]
fn a_part_that_would_be_too_large_is_cut_smaller_and_nobody_is_refused() {
    let test = TestPractice::new();
    let mut jpeg = vec![0x5A; 2 * 1024 * 1024];
    jpeg[..3].copy_from_slice(&[0xFF, 0xD8, 0xFF]);
    let jpeg = base64::engine::general_purpose::STANDARD.encode(&jpeg);
    for patient in import(&test, 10) {
        test.call("patients.set_photo", json!({ "patient": patient, "jpeg_base64": jpeg })).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let made = hand_out_all(&test, folder.path());
    assert_eq!((made.parts, made.patients), (2, 10));
    assert_eq!(patients_in(&folder.path().join(made.name.unwrap())).len(), 10);
}

#[test]
fn all_records_are_sealed_unless_somebody_says_why_not() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    let folder = tempfile::tempdir().unwrap();
    let out = |out: HandOutAll<'_>, within: &Path| test.practice.export_population(within, out, &mut |_| Continue::Yes);
    let Err(Failure::Refused { code: refused, field, .. }) = out(all(None, Some(" ")), folder.path()) else {
        panic!("records that anybody can open went out without a reason")
    };
    assert_eq!((refused.as_str(), field.as_deref()), ("exchange.plain_without_reason", Some("reason")));
    let short = Secret::new("eleven sign".to_owned());
    assert_eq!(code(out(all(Some(&short), None), folder.path())), "exchange.passphrase_short");
    assert_eq!(code(out(all(None, Some("Asked for")), Path::new("/not/there"))), "exchange.records_not_written");
    let details = disclosure("", "operations")["details"].clone();
    let other = json!({ "details": details, "recipient": "age1nobody" });
    assert_eq!(code(test.call("exchange.export_population", other)), "exchange.bad_recipient");
    for role in [Role::Physician, Role::Receptionist, Role::DepartmentManager, Role::ItSupport] {
        test.sign_in_as(role);
        assert_eq!(out(all(None, Some("Asked for")), folder.path()), Err(Failure::Denied), "{role:?}");
    }
    sign_in(&test.practice, OWNER).unwrap();
    let rows = || test.call("compliance.disclosures", json!({ "patient": patient })).unwrap()["rows"].clone();
    assert_eq!((rows(), std::fs::read_dir(folder.path()).unwrap().count()), (json!([]), 0));
    let made = out(all(None, Some("The next practice cannot open sealed files")), folder.path()).unwrap();
    let within = folder.path().join(made.name.unwrap());
    let part = unzipped(std::fs::read(within.join("part-0001.zip")).unwrap());
    assert!(part.contains_key(&format!("{patient}/record.html")) && !within.join("key.age").exists());
    assert_eq!(rows().as_array().unwrap().len(), 1);
}

#[test]
fn what_is_stopped_or_cannot_be_written_leaves_no_folder_and_its_rows_in_the_ledger() {
    let test = TestPractice::new();
    let patients = import(&test, 130);
    let folder = tempfile::tempdir().unwrap();
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    let mut told = Vec::new();
    let stopped = test.practice.export_population(folder.path(), all(Some(&passphrase), None), &mut |step| {
        told.push((step.done, step.total));
        Continue::No
    });
    let stopped = stopped.unwrap();
    assert_eq!((stopped.name, stopped.parts, stopped.patients, told), (None, 1, 100, vec![(100, 130)]));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let rows = |patient: &str| {
        test.call("compliance.disclosures", json!({ "patient": patient })).unwrap()["rows"].as_array().unwrap().len()
    };
    assert_eq!((rows(&patients[0]), rows(&patients[129])), (1, 0));
    // A drive that is pulled out after the first part.
    let drive = folder.path().join("drive");
    std::fs::create_dir(&drive).unwrap();
    let cut = test.practice.export_population(&drive, all(Some(&passphrase), None), &mut |_| {
        std::fs::remove_dir_all(&drive).unwrap();
        Continue::Yes
    });
    assert_eq!((code(cut), drive.exists()), ("exchange.population_cut".to_owned(), false));
}
