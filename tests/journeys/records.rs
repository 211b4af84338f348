//! A patient's records on their way out: whole, sealed unless somebody said why not, checkable, and in the ledger
//! (45 CFR 164.524, 170.315(b)(10), AT-58, AT-71, AT-85).

use crate::journeys::ledger::disclosure;
use crate::scene::{code, entries, entries_from, person, register, with};
use keepwell_kernel::{Failure, Purpose, Role, Secret};
use keepwell_practice::testing::TestPractice;
use keepwell_practice::{Aids, Continue, HandOut, HandedOut};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

pub const PASSPHRASE: &str = "seven tame otters 42";

fn hand_out(
    test: &TestPractice,
    patient: &str,
    within: &Path,
    passphrase: Option<&str>,
    reason: Option<&str>,
) -> Result<HandedOut, Failure> {
    let passphrase = passphrase.map(|text| Secret::new(text.to_owned()));
    let details = with(disclosure(patient, "individual")["details"].clone(), &json!({ "purpose": "Asked for a copy" }));
    let out = HandOut {
        patient: json!(patient),
        details,
        passphrase: passphrase.as_ref(),
        purpose: Some(Purpose::PatientRequest),
        reason: reason.map(str::to_owned),
    };
    test.practice.export_records(within, out)
}

/// Opens a package as any zip program does.
pub fn unzipped(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

pub fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

pub fn json_of(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap()
}

/// Somebody with every field filled in.
pub fn whole_person() -> Value {
    let home = json!({ "use": "home", "lines": ["12 Elm St", "Apt 3"], "city": "Madison", "state": "WI",
        "postal_code": "53703", "country": "US" });
    let more = json!({
        "name": { "family": "Hallorán", "given": ["Grace", "Ann"], "prefix": "Dr", "suffix": "Jr" },
        "other_names": [{ "use": "preferred", "family": "", "given": ["Gracie"], "prefix": null, "suffix": null }],
        "gender_identity": "woman", "pronouns": "she/her", "addresses": [home],
        "channels": [{ "kind": "phone", "use": "home", "value": "608 555 0100", "consent": true,
            "voicemail_allowed": false, "preferred": true }],
        "confidential_communication": "Letters to PO Box 9", "language": "Spanish",
        "emergency_contacts": [{ "name": "Bo <b>Example</b>", "relationship": "brother", "phone": "608 555 0101" }],
        "guarantor": { "name": "Cy Example", "relationship": "father", "phone": null, "address": null },
        "insurance": [{ "rank": "primary", "provider": "Plan & Co", "policy_number": "P-1", "group_number": "G-2" }],
        "flags": ["Hard of hearing"], "ehr_link": "https://ehr.example/1",
    });
    with(person("x", "x", "1990-06-01"), &more)
}

fn page_is_whole(page: &str, mrn: &str) {
    for said in [
        "Hallorán Jr, Grace Ann",
        "1990-06-01",
        mrn,
        "Gracie",
        "woman",
        "she/her",
        "12 Elm St",
        "Apt 3",
        "Madison WI 53703 US",
        "+16085550100",
        "Letters to PO Box 9",
        "Spanish",
        "Bo &lt;b&gt;Example&lt;/b&gt;, brother, +16085550101",
        "Cy Example, father",
        "Plan &amp; Co",
        "Policy P-1, group G-2",
        "Hard of hearing",
        "https://ehr.example/1",
        "Nothing to the employer",
    ] {
        assert!(page.contains(said), "the page lacks {said}");
    }
    assert!(!page.contains("<b>Example"), "what was typed became markup");
}

/// What one resource calls another must lead there for a program that has the file alone: found by `cargo xtask check-fhir`,
/// whose validators are not ours. A language that is kept as a tag is a code again.
#[test]
fn resources_name_each_other_as_their_file_asks_for() {
    let test = TestPractice::new();
    let folder = tempfile::tempdir().unwrap();
    for (language, coded) in [("es", true), ("pt-BR", true), ("Spanish", false), ("esperanto", false), ("e1", false)] {
        let one = with(whole_person(), &json!({ "language": language, "duplicate_override": "Another person" }));
        let patient = test.call("patients.register", one).unwrap()["patient"].as_str().unwrap().to_owned();
        let made = hand_out(&test, &patient, folder.path(), None, Some("A check")).unwrap();
        let files = unzipped(std::fs::read(folder.path().join(&made.name)).unwrap());
        let bundle = json_of(&files, "fhir/bundle.json");
        let entries = bundle["entry"].as_array().unwrap();
        assert_eq!(entries[1]["resource"]["beneficiary"]["reference"], entries[0]["fullUrl"]);
        let line: Value = serde_json::from_str(text(&files, "fhir/Coverage.ndjson").trim()).unwrap();
        assert_eq!(line["beneficiary"]["reference"], format!("Patient/{patient}"));
        let spoken = &entries[0]["resource"]["communication"][0]["language"];
        let code = coded.then(|| json!([{ "system": "urn:ietf:bcp:47", "code": language }]));
        assert_eq!((spoken["text"].as_str(), spoken.get("coding")), (Some(language), code.as_ref()));
    }
}

/// AT-58, and the single patient's half of AT-71.
#[test]
fn the_records_of_a_patient_are_whole_and_open_without_the_program() {
    let test = TestPractice::new();
    let patient = test.call("patients.register", whole_person()).unwrap()["patient"].as_str().unwrap().to_owned();
    test.call("patients.set_photo", json!({ "patient": patient, "jpeg_base64": "/9j/4AAQ" })).unwrap();
    test.call("patients.note_restriction", json!({ "patient": patient, "text": "Nothing to the employer" })).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let made = hand_out(&test, &patient, folder.path(), None, Some("The patient wants it on a stick")).unwrap();
    assert!(made.name.ends_with(".zip") && !made.name.contains("Hall"));
    let files = unzipped(std::fs::read(folder.path().join(&made.name)).unwrap());
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "README.txt",
            "RECORDS.md",
            "attachments/photo.jpg",
            "fhir/Coverage.ndjson",
            "fhir/Patient.ndjson",
            "fhir/bundle.json",
            "keepwell.json",
            "manifest.json",
            "record.html",
            "record.pdf"
        ]
    );
    // Every field that was typed is in the page, and every field and version in the program's own file.
    let chart = test.call("patients.chart", json!({ "patient": patient })).unwrap();
    page_is_whole(&text(&files, "record.html"), chart["mrn"].as_str().unwrap());
    assert!(files["record.pdf"].starts_with(b"%PDF-1."));
    let own = json_of(&files, "keepwell.json");
    assert_eq!(own["versions"].as_array().unwrap().len(), 3);
    assert_eq!(own["versions"][0]["demographics"]["name"]["family"], "Hallorán");
    assert_eq!(own["versions"][0]["restrictions"][0]["text"], "Nothing to the employer");
    assert_eq!(own["versions"][0]["by"], "Naomi Ito");
    let bundle = json_of(&files, "fhir/bundle.json");
    assert_eq!(bundle["entry"].as_array().unwrap().len(), 2);
    let fhir: Value = serde_json::from_str(text(&files, "fhir/Patient.ndjson").trim()).unwrap();
    assert_eq!(fhir, bundle["entry"][0]["resource"]);
    assert_eq!((&fhir["birthDate"], &fhir["name"][0]["family"]), (&json!("1990-06-01"), &json!("Hallorán")));
    assert!(text(&files, "README.txt").contains("https://hl7.org/fhir/R4/"));

    digests_lead_to_every_byte(&test, &patient, &files, &made);
}

/// From the row of the ledger to the manifest, and from there to each file.
fn digests_lead_to_every_byte(test: &TestPractice, patient: &str, files: &BTreeMap<String, Vec<u8>>, made: &HandedOut) {
    let manifest = files["manifest.json"].clone();
    assert_eq!(hex::encode(Sha256::digest(&manifest)), made.sha256);
    let listed = json_of(files, "manifest.json")["files"].as_array().unwrap().clone();
    assert_eq!(listed.len(), files.len() - 1);
    for file in listed {
        let bytes = &files[file["name"].as_str().unwrap()];
        assert_eq!(hex::encode(Sha256::digest(bytes)), file["sha256"].as_str().unwrap(), "{file}");
        assert_eq!(bytes.len() as u64, file["bytes"].as_u64().unwrap());
    }
    let row = test.call("compliance.disclosures", json!({ "patient": patient })).unwrap()["rows"][0].clone();
    assert_eq!((&row["file_sha256"], &row["accountable"]), (&json!(made.sha256), &json!(false)));
}

/// AT-85: sealed by default, plain only for a reason; each is in the log and in the ledger, and a refusal in neither.
#[test]
fn what_leaves_is_sealed_unless_somebody_says_why_not() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    let folder = tempfile::tempdir().unwrap();
    let rows = || test.call("compliance.disclosures", json!({ "patient": patient })).unwrap()["rows"].clone();
    assert_eq!(code(hand_out(&test, &patient, folder.path(), None, None)), "exchange.plain_without_reason");
    assert_eq!(code(hand_out(&test, &patient, folder.path(), None, Some(" "))), "exchange.plain_without_reason");
    let short = hand_out(&test, &patient, folder.path(), Some("eleven sign"), None);
    assert_eq!(code(short), "exchange.passphrase_short");
    let nowhere = hand_out(&test, &patient, Path::new("/not/there"), Some(PASSPHRASE), None);
    assert_eq!(code(nowhere), "exchange.records_not_written");
    assert_eq!((rows(), std::fs::read_dir(folder.path()).unwrap().count()), (json!([]), 0));

    let before = entries(&test.practice);
    let made = hand_out(&test, &patient, folder.path(), Some(PASSPHRASE), None).unwrap();
    assert!(made.name.ends_with(".zip.age"), "{}", made.name);
    let bytes = std::fs::read(folder.path().join(&made.name)).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    assert!(!bytes.windows(12).any(|window| window == b"Quillfeather"));
    let open = |passphrase: &str| -> Option<Vec<u8>> {
        let decryptor = age::Decryptor::new(bytes.as_slice()).unwrap();
        let identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(passphrase.to_owned()));
        let mut reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).ok()?;
        let mut opened = Vec::new();
        reader.read_to_end(&mut opened).ok().map(|_| opened)
    };
    assert!(open("seven tame otters 43").is_none());
    assert_eq!(json_of(&unzipped(open(PASSPHRASE).unwrap()), "fhir/bundle.json")["type"], "collection");
    // No caller of the door gets the records in clear by naming the operation itself.
    let details = disclosure(&patient, "individual")["details"].clone();
    let by_script = json!({ "patient": patient, "details": details, "passphrase": PASSPHRASE });
    let sealed = test.call("exchange.export_records", by_script).unwrap();
    assert!(sealed["base64"].as_str().unwrap().starts_with("YWdlLWVuY3J5cHRpb24ub3JnL3Yx"));
    let plain = json!({ "patient": patient, "details": details, "passphrase": null });
    assert_eq!(code(test.call("exchange.export_records", plain)), "exchange.plain_without_reason");
    let log = entries_from(&test.practice, before);
    let noted = log.iter().find(|entry| entry["operation"] == "exchange.export_records").unwrap();
    assert_eq!((&noted["outcome"], &noted["purpose"]), (&json!("done"), &json!("patient_request")));
    assert_eq!(noted["patients"].as_array().unwrap().len(), 1);
    assert_eq!(rows().as_array().unwrap().len(), 2);
}

#[test]
fn a_disclosure_that_is_refused_hands_nothing_out() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let folder = tempfile::tempdir().unwrap();
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    let unverified = with(disclosure(&patient, "individual")["details"].clone(), &json!({ "verification": null }));
    let out = |details: Value| HandOut {
        patient: json!(patient),
        details,
        passphrase: Some(&passphrase),
        purpose: Some(Purpose::PatientRequest),
        reason: None,
    };
    assert_eq!(code(test.practice.export_records(folder.path(), out(unverified))), "compliance.not_verified");
    let fine = disclosure(&patient, "individual")["details"].clone();
    for role in [Role::Physician, Role::Receptionist, Role::Biller, Role::Auditor, Role::ItSupport] {
        test.sign_in_as(role);
        assert_eq!(test.practice.export_records(folder.path(), out(fine.clone())), Err(Failure::Denied), "{role:?}");
    }
    test.sign_in_as(Role::PrivacyOfficer);
    test.practice.export_records(folder.path(), out(fine)).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Somebody in whom every field would give somebody away.
fn canary() -> Value {
    let home = json!({ "use": "home", "lines": ["12 Otterpath"], "city": "Heronville", "state": "WI",
        "postal_code": "53703", "country": "US" });
    json!({
        "name": { "family": "Zebrafinch", "given": ["Quillon"] },
        "other_names": [{ "use": "previous", "family": "Gracklename", "given": [], "prefix": null, "suffix": null }],
        "gender_identity": "canaryish", "pronouns": "can/aries", "addresses": [home],
        "channels": [
            { "kind": "phone", "use": "home", "value": "608 555 0100", "consent": true, "voicemail_allowed": false, "preferred": true },
            { "kind": "email", "use": "home", "value": "canary@example.com", "consent": true, "voicemail_allowed": false, "preferred": false },
        ],
        "emergency_contacts": [{ "name": "Canarysister", "relationship": "sister", "phone": "608 555 0101" }],
        "guarantor": { "name": "Canaryfather", "relationship": "father", "phone": null, "address": null },
        "insurance": [{ "rank": "primary", "provider": "Plan", "policy_number": "P-CANARY", "group_number": "G-CANARY" }],
        "flags": ["canary flag"], "ehr_link": "https://ehr.canary/1",
    })
}

/// AT-70.
#[test]
fn de_identified_data_has_none_of_the_eighteen_identifiers() {
    let test = TestPractice::new();
    let canaries = [
        "Zebrafinch",
        "Quillon",
        "Gracklename",
        "Otterpath",
        "Heronville",
        "53703",
        "555-01",
        "6085550100",
        "canary@",
        "P-CANARY",
        "G-CANARY",
        "ehr.canary",
        "Canarysister",
        "Canaryfather",
        "canary flag",
        "canary note",
        "canaryish",
        "can/aries",
        "1936-03-04",
        "03-04",
        "MRN-",
    ];
    // On 2026-11-21 these are 88, 89, 90 and 101 years old.
    let born = ["1938-03-04", "1936-11-22", "1936-11-21", "1925-01-01"];
    for (at, born) in born.into_iter().enumerate() {
        let unlike = json!({ "date_of_birth": born, "duplicate_override": format!("made up, {at}") });
        let patient = test.call("patients.register", with(with(person("x", "x", born), &canary()), &unlike)).unwrap();
        let note = json!({ "patient": patient["patient"], "text": "canary note" });
        test.call("patients.note_restriction", note).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let out = |k, epsilon| {
        test.practice.deidentify(folder.path(), Aids { k, epsilon }, &mut |_| Continue::Yes).unwrap().unwrap()
    };
    let made = out(1, None);
    let read = |name: &str, file: &str| std::fs::read_to_string(folder.path().join(name).join(file)).unwrap();
    let all = ["people.csv", "report.json", "README.txt"].map(|file| read(&made.name, file)).join("\n");
    for canary in canaries {
        assert!(!all.contains(canary), "{canary} leaked");
    }
    let table = read(&made.name, "people.csv");
    let mut people: Vec<String> =
        table.lines().skip(1).map(|line| line.split_once(',').unwrap().1.to_owned()).collect();
    people.sort();
    assert_eq!(people, ["F,88,1938,WI,537,", "F,89,1936,WI,537,", "F,90+,,WI,537,", "F,90+,,WI,537,"]);
    assert_eq!((made.rows, &made.report["removed"]["years_over_89"]), (4, &json!(2)));
    assert_eq!(made.report["removed"]["names"], 8);
}

#[test]
fn the_aids_to_an_expert_say_what_they_reached_and_stopping_leaves_nothing() {
    let test = TestPractice::new();
    for (at, born) in ["1938-03-04", "1936-11-22", "1936-11-21", "1925-01-01"].into_iter().enumerate() {
        let unlike = json!({ "duplicate_override": format!("made up, {at}") });
        test.call("patients.register", with(with(canary(), &person("x", "x", born)), &unlike)).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let out = |k, epsilon| {
        test.practice.deidentify(folder.path(), Aids { k, epsilon }, &mut |_| Continue::Yes).unwrap().unwrap()
    };
    let two = out(2, Some(1.0));
    let aids = &two.report["aids_to_an_expert_determination"];
    assert_eq!((two.rows, &aids["groups"]["k_before"], &aids["groups"]["k_reached"]), (2, &json!(1), &json!(2)));
    assert_eq!((&aids["groups"]["left_out"], &aids["noisy_counts"]["epsilon"]), (&json!(2), &json!(1.0)));
    assert!(aids["noisy_counts"]["people_by_sex"]["F"].is_i64());
    let before = std::fs::read_dir(folder.path()).unwrap().count();
    let stopped = test.practice.deidentify(folder.path(), Aids { k: 1, epsilon: None }, &mut |_| Continue::No);
    assert_eq!((stopped, std::fs::read_dir(folder.path()).unwrap().count()), (Ok(None), before));
    test.sign_in_as(Role::Physician);
    let denied = test.practice.deidentify(folder.path(), Aids { k: 1, epsilon: None }, &mut |_| Continue::Yes);
    assert_eq!(denied, Err(Failure::Denied));
}
