//! Makes the seeds that can be made. Everybody in them is made up.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use chrono::{DateTime, TimeZone as _, Utc};
use ed25519_dalek::SigningKey;
use keepwell_identity::{DoorPlate, PersonName, SignInSlot, StaffMember, StaffStatus};
use keepwell_kernel::{PatientId, Purpose, Role, SessionId, StaffId};
use keepwell_log::checkpoint::{Anchor, Checkpoint, NO_PREVIOUS};
use keepwell_log::entry::{Draft, Noted, Outcome};
use keepwell_log::tree::{Frontier, leaf_hash};
use keepwell_vault::{Cost, Key, PassphraseSeal, PublicKey};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Writes a seed that is not there yet; one that is there is kept, because keys and salts are made by chance.
fn seed(target: &str, name: &str, bytes: &[u8]) {
    let path = folder().join("corpus").join(target).join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    if !path.exists() {
        std::fs::write(path, bytes).unwrap();
    }
}

fn at() -> DateTime<Utc> {
    Utc.timestamp_opt(1_795_305_600, 0).unwrap()
}

fn fixture(path: &str) -> String {
    std::fs::read_to_string(folder().join("../src-tauri").join(path)).unwrap()
}

fn sealed() {
    for suite in ["xchacha20-poly1305", "aes-256-gcm"] {
        let frozen: Value = serde_json::from_str(&fixture(&format!("vault/fixtures/store-1-{suite}.json"))).unwrap();
        let bytes = |field: &str| hex::decode(frozen[field].as_str().unwrap()).unwrap();
        seed("sealed_value", &format!("genuine-{suite}"), &bytes("value"));
        seed("envelope", &format!("genuine-{suite}"), &bytes("envelope"));
        seed("envelope", &format!("segment-{suite}"), &bytes("segment_envelope"));
        seed("envelope", &format!("entry-{suite}"), &bytes("segment_entry"));
        seed("sign_in_slot", &format!("seal-{suite}"), &serde_json::to_vec(&frozen["passphrase_seal"]).unwrap());
        for (at, row) in frozen["rows"].as_array().unwrap().iter().enumerate() {
            let row = hex::decode(row[1].as_str().unwrap()).unwrap();
            if row.len() < 300 && at % 5 == 0 {
                let head = [u8::from(suite == "aes-256-gcm"), u8::try_from(at).unwrap()];
                seed("store_row", &format!("row-{suite}-{at}"), &[&[0, head[0], 0, head[1]], row.as_slice()].concat());
            }
        }
    }
    seed("sealed_value", "short", &[1, 1, 0, 0, 0, 42]);
    for mode in 0u8..4 {
        seed("store_row", &format!("mode-{mode}"), &[0, mode * 2, 0, 3 * mode, 0, 9, 1, 0, 40, 128]);
    }
    let (device, secret) = (Key::from_bytes([0x11; 32]), "another passphrase");
    let seal = PassphraseSeal::make(Cost::for_tests(), secret, &device, b"staff", &[5; 64]).unwrap();
    seed("sign_in_slot", "cheap", &serde_json::to_vec(&seal).unwrap());
    let slot = json!({
        "staff": StaffId::from_bytes([1; 16]), "user_name": "naomi.ito", "opener": "Passphrase", "suspended": false,
        "second_factor_confirmed": true, "failures": 7, "not_before": at(), "last_step": 59_843_520,
        "sealed": seal,
    });
    let slot: SignInSlot = serde_json::from_value(slot).unwrap();
    let bytes = rmp_serde::to_vec_named(&slot).unwrap();
    seed("sign_in_slot", "slot", &bytes);
    seed("record", "slot", &[&[7, 1], bytes.as_slice()].concat());
}

fn draft(operation: &str, patients: u8) -> Draft {
    Draft {
        at: at(),
        offset_seconds: -18_000,
        actor: Some(StaffId::from_bytes([1; 16])),
        user_name: "naomi.ito".to_owned(),
        role: Some(Role::Physician),
        workstation: "front desk".to_owned(),
        session: Some(SessionId::from_bytes([2; 16])),
        operation: operation.to_owned(),
        purpose: Some(Purpose::Treatment),
        reason: Some("asked by telephone".to_owned()),
        patients: (0..patients).map(|number| PatientId::from_bytes([number; 16])).collect(),
        outcome: Outcome::Done,
        code: None,
        changes: vec![Noted { table: "patients".to_owned(), key: vec![1, 2], version: 3, content: [4; 32] }],
        correlation: uuid::Uuid::from_u128(9),
        policy: "physician holds chart_read".to_owned(),
    }
}

fn signed() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let mut edge = Frontier::new();
    for size in [1u64, 64, 300] {
        while edge.size() < size {
            edge.append(leaf_hash(&edge.size().to_be_bytes()));
        }
        let checkpoint = Checkpoint {
            origin: "keepwell/3f0c".to_owned(),
            size,
            root: edge.root(),
            digest: leaf_hash(b"digest"),
            at: DateTime::parse_from_rfc3339("2026-03-01T09:15:00.250-05:00").unwrap(),
            version: "0.1.0".to_owned(),
            counter: size + 1,
            previous: NO_PREVIOUS,
        };
        let note = checkpoint.sign(&key).unwrap();
        let (text, _) = note.split_once("\n\n").unwrap();
        seed("checkpoint", &format!("note-{size}"), note.as_bytes());
        seed("checkpoint", &format!("text-{size}"), format!("{text}\n").as_bytes());
        seed("checkpoint", &format!("anchor-{size}"), Anchor::from(&checkpoint).to_string().as_bytes());
        seed("entry", &format!("edge-{size}"), &edge.to_bytes());
    }
    let nobody = Draft { actor: None, session: None, role: None, purpose: None, reason: None, ..draft("unknown", 0) };
    let refused = Draft {
        outcome: Outcome::Refused,
        code: Some("patients.limit".to_owned()),
        changes: Vec::new(),
        ..draft("patients.search", 5)
    };
    for (name, draft) in [("whole", draft("patients.chart", 2)), ("nobody", nobody), ("refused", refused)] {
        let (_, bytes) = draft.at_place(7, [9; 32]).unwrap();
        let header = 36..36 + u32::from_be_bytes(bytes[32..36].try_into().unwrap()) as usize;
        seed("entry", name, &bytes);
        seed("entry", &format!("header-{name}"), &bytes[header]);
    }
}

fn records() {
    for (which, name) in [(0, "patient-1"), (1, "number-counter-1"), (2, "merge-1"), (3, "import-link-1")] {
        let bytes = hex::decode(fixture(&format!("patients/fixtures/{name}.hex")).trim()).unwrap();
        seed("record", name, &[&[which, 1], bytes.as_slice()].concat());
        seed("record", &format!("{name}-as-2"), &[&[which, 2], bytes.as_slice()].concat());
    }
    let name = PersonName {
        family: "Ito".to_owned(),
        given: vec!["Naomi".to_owned()],
        prefix: Some("Dr.".to_owned()),
        suffix: None,
    };
    let assignment = json!([{
        "id": uuid::Uuid::from_u128(3), "role": "nurse", "valid_from": at(), "valid_until": null, "revoked_at": at(),
    }]);
    let member = StaffMember {
        id: StaffId::from_bytes([1; 16]),
        user_name: "naomi.ito".to_owned(),
        name,
        status: StaffStatus::Active,
        public: PublicKey([2; 32]),
        verifying: [3; 32],
        assignments: serde_json::from_value(assignment).unwrap(),
        training_completed_on: "2026-01-02".parse().ok(),
        invited_until: Some(at()),
        termination: None,
    };
    let plate = DoorPlate {
        name: "Lakeside Family Medicine".to_owned(),
        time_zone: "America/New_York".to_owned(),
        idle_minutes: 15,
        demonstration: false,
    };
    let practice = json!({
        "details": { "name": "Lakeside", "address": null, "phone": null, "npi": "1234567893",
            "time_zone": "America/Chicago", "hours": [{ "weekday": "monday", "opens": "08:00", "closes": "17:00" }] },
        "kit_confirmed": true, "kit_made_on": "2026-01-02",
    });
    let practice: keepwell_identity::Practice = serde_json::from_value(practice).unwrap();
    let draft =
        json!({ "staff": StaffId::from_bytes([1; 16]), "screen": "register", "content": "{}", "saved_at": at() });
    let draft: keepwell_identity::StoredDraft = serde_json::from_value(draft).unwrap();
    let factor = json!({ "staff": StaffId::from_bytes([1; 16]), "secret": vec![7; 20], "recovery": [vec![8; 32]] });
    let factor: keepwell_identity::StoredSecondFactor = serde_json::from_value(factor).unwrap();
    for (which, name, bytes) in [
        (4, "staff", rmp_serde::to_vec_named(&member).unwrap()),
        (5, "practice", rmp_serde::to_vec_named(&practice).unwrap()),
        (6, "plate", rmp_serde::to_vec_named(&plate).unwrap()),
        (8, "draft", rmp_serde::to_vec_named(&draft).unwrap()),
        (9, "factor", rmp_serde::to_vec_named(&factor).unwrap()),
    ] {
        seed("record", name, &[&[which, 1], bytes.as_slice()].concat());
    }
}

/// A patient as Synthea writes one, shortened.
fn synthea() -> Value {
    json!({
        "resourceType": "Patient", "id": "8c2b0c1e-6d3a-4b0e-9b6e-2f1f3d0c9a11",
        "meta": { "profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"] },
        "text": { "status": "generated", "div": "<div>Made up</div>" },
        "extension": [
            { "url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race", "extension": [
                { "url": "ombCategory", "valueCoding": { "system": "urn:oid:2.16.840.1.113883.6.238", "code": "2106-3" } },
                { "url": "text", "valueString": "White" } ] },
            { "url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": "F" },
            { "url": "http://synthetichealth.github.io/synthea/disability-adjusted-life-years", "valueDecimal": 0.25 } ],
        "identifier": [
            { "system": "https://github.com/synthetichealth/synthea", "value": "8c2b0c1e" },
            { "type": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR" }] },
              "system": "http://hospital.example", "value": "MR-1" } ],
        "name": [
            { "use": "official", "family": "Halloran67", "given": ["Grace12", "Ann3"], "prefix": ["Mrs."] },
            { "use": "maiden", "family": "Okafor1", "given": ["Grace12"], "period": { "end": "1990" } } ],
        "telecom": [{ "system": "phone", "value": "555-312-0142", "use": "home" },
            { "system": "email", "value": "grace@example.org", "rank": 1 }],
        "gender": "female", "birthDate": "1961-04-02", "deceasedDateTime": "2020-02-02T10:00:00-05:00",
        "address": [{ "line": ["12 Main St"], "city": "Boston", "state": "MA", "postalCode": "02118", "country": "US" }],
        "maritalStatus": { "text": "M" }, "multipleBirthBoolean": false,
        "contact": [{ "relationship": [{ "text": "Spouse" }], "name": { "text": "Joe Halloran" },
            "telecom": [{ "system": "phone", "value": "312 555 0199" }] }],
        "communication": [{ "language": { "coding": [{ "system": "urn:ietf:bcp:47", "code": "en-US" }] } }],
        "photo": [{ "contentType": "image/png", "data": "iVBORw0KGgo=" }],
        "link": [{ "other": { "reference": "Patient/2" }, "type": "seealso" }],
    })
}

fn fhir() {
    let whole = synthea();
    let least = json!({ "resourceType": "Patient", "id": "a", "name": [{ "text": "Linh Nguyen" }] });
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [
        { "fullUrl": "urn:uuid:1", "resource": least }, { "resource": { "resourceType": "Claim" } },
        { "request": { "method": "PUT" } }, { "resource": { "resourceType": "Bundle", "entry": [{ "resource": whole }] } },
    ] });
    let lines = format!("{least}\n{whole}\n\n{{\"resourceType\":\"Observation\"}}\nnot json\n");
    for (name, text) in
        [("whole", whole.to_string()), ("least", least.to_string()), ("bundle", bundle.to_string()), ("lines", lines)]
    {
        seed("fhir", name, format!("j{}{text}", if name == "bundle" { "\u{feff}" } else { "" }).as_bytes());
        // The name of the file ends in ndjson where the first byte is odd.
        seed("fhir", &format!("{name}-as-lines"), &[b"k", text.as_bytes()].concat());
        seed("import", name, text.as_bytes());
    }
}

fn calls() {
    let person = json!({ "name": { "family": "Nguyen", "given": ["Linh"] }, "date_of_birth": "1990-06-01",
        "administrative_sex": "F" });
    let line = |operation: &str, input: &Value| json!({ "id": 1, "operation": operation, "input": input }).to_string();
    let nobody = uuid::Uuid::from_u128(1);
    for (name, text) in [
        ("register", line("patients.register", &person)),
        ("search", line("patients.search", &json!({ "query": "linh 6/1/90", "limit": 5, "visit": "v" }))),
        (
            "both",
            format!(
                "{}\n{}",
                line("patients.register", &person),
                line("patients.search", &json!({ "query": "n", "limit": 50 }))
            ),
        ),
        ("chart", line("patients.chart", &json!({ "patient": nobody }))),
        ("correct", line("patients.correct", &json!({ "patient": nobody, "expected_version": 1, "name": {} }))),
        ("merge", line("patients.propose_merge", &json!({ "from": nobody, "into": nobody, "reason": "x" }))),
        ("log", line("log.entries", &json!({ "limit": 10, "from": "2026-01-01T00:00:00Z", "actor": "naomi.ito" }))),
        ("verify", line("log.verify", &json!({}))),
        (
            "invite",
            line(
                "identity.invite",
                &json!({ "user_name": "ana.nurse", "name": { "family": "A", "given": [] },
            "roles": [{ "role": "nurse", "valid_until": "2027-01-01T00:00:00Z" }] }),
            ),
        ),
        (
            "details",
            line(
                "identity.change_practice",
                &json!({ "details": { "name": "L", "time_zone": "America/Chicago",
            "hours": [], "address": null, "phone": null, "npi": null } }),
            ),
        ),
        ("lock", line("identity.lock", &json!({ "drafts": [{ "screen": "a", "content": "b" }] }))),
        ("sign_in", line("identity.sign_in", &json!({ "user_name": "naomi.ito", "passphrase": "wrong", "code": "1" }))),
        ("photo", line("patients.set_photo", &json!({ "patient": nobody, "photo": "iVBORw0KGgo=" }))),
        (
            "purpose",
            json!({ "operation": "patients.search", "input": { "query": "", "limit": 1 },
            "purpose": "emergency", "reason": "A reason" })
            .to_string(),
        ),
    ] {
        seed("batch_line", name, text.as_bytes());
    }
}

fn typed() {
    for (name, text) in [
        ("names", "O’Brien-García, María José ʻŌpio 王小明 Андрей İbrahim ＳＭＩＴＨ"),
        ("date", "3 de febrero de 1970"),
        ("unbroken", "02031970"),
        ("phone", "+1 (312) 555-0142"),
        ("record", "mrn-2o26-9h563"),
        ("email", "Ana.Lopez@Example.ORG"),
        ("search", "garcia, ana dob: 3/4/51 tel 0142"),
        ("states", "illinois 60613-1234"),
    ] {
        seed("typed", name, text.as_bytes());
    }
    for (name, patches) in [
        ("header", vec![0, 0, 9, 4, 1, 2, 3, 4]),
        ("cut", vec![0, 64, 0, 0]),
        ("page", vec![0, 32, 16, 8, 9, 9, 9, 9, 9, 9, 9, 9]),
        ("two", vec![0, 0, 64, 2, 1, 1, 1, 0, 0, 2, 7, 7]),
        ("none", vec![]),
    ] {
        seed("store_file", name, &patches);
    }
}

/// Writes the seeds that are missing. Run it after adding a target or a stored form.
#[test]
#[ignore = "it writes into the corpus"]
fn write_the_seeds() {
    sealed();
    signed();
    records();
    fhir();
    calls();
    typed();
}
