//! What each role sees, and what its keys open: minimum necessary (45 CFR 164.502(b), 164.514(d)).

use crate::scene::{call, register, sign_in, staff};
use keepwell_kernel::{Compartment, Failure, Instant, PatientId, Permission, Role};
use keepwell_practice::surface;
use keepwell_practice::testing::{NOW, OWNER, TestPractice, user_name};
use keepwell_vault::engine::{MemoryEngine, Verdict};
use keepwell_vault::record::{UpgradeError, decode};
use keepwell_vault::{
    Index, Key, KeyMaker, MemoryKeychain, PublicKey, Record, RowKey, Suite, Table, Vault, VaultError,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

#[test]
fn front_desk_registers_but_never_opens_the_chart() {
    let test = TestPractice::new();
    test.sign_in_as(Role::Receptionist);
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let of = json!({ "patient": patient });
    for denied in ["patients.chart", "patients.versions", "patients.billing_card", "patients.mark_deceased"] {
        assert_eq!(test.call(denied, of.clone()), Err(Failure::Denied), "{denied}");
    }
    assert_eq!(test.call("log.entries", json!({ "limit": 1 })), Err(Failure::Denied));
    let card = test.call("patients.front_desk_card", of.clone()).unwrap();
    sign_in(&test.practice, OWNER).unwrap();
    test.call("patients.note_restriction", json!({ "patient": patient, "text": "Nothing to Quillfeather" })).unwrap();
    let after = test.call_as(Role::Receptionist, "patients.front_desk_card", of).unwrap();
    assert_eq!(card["display_name"], after["display_name"]);
    assert!(!after.to_string().contains("Quillfeather"), "a restriction shows at the front desk");
    let found = test.call("patients.search", json!({ "query": "nguyen", "limit": 5 })).unwrap();
    assert!(!found.to_string().contains("Quillfeather"));
}

#[test]
fn it_support_sees_no_patient() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    test.sign_in_as(Role::ItSupport);
    let session = test.practice.status().session.unwrap();
    let mut tried = 0;
    for entry in surface().iter().filter(|entry| entry.name.starts_with("patients.")) {
        let answer = test.call(entry.name, json!({ "patient": patient }));
        assert_eq!(answer, Err(Failure::Denied), "{}", entry.name);
        assert!(!session["operations"].as_array().unwrap().contains(&json!(entry.name)), "{} is offered", entry.name);
        tried += 1;
    }
    assert!(tried > 10);
    for wider in [Permission::Import, Permission::LogRead, Permission::StaffChange] {
        assert!(!Role::ItSupport.holds(wider));
    }
}

/// The store's own rows say who was granted which keys: space 8, holder, compartment.
#[test]
fn a_role_is_granted_the_keys_of_its_compartments_and_no_others() {
    let test = TestPractice::new();
    for role in Role::ALL {
        test.sign_in_as(role);
        let holder = staff(&test, &user_name(role)).replace('-', "");
        let prefix = [vec![0x08], hex::decode(holder).unwrap()].concat();
        let granted: BTreeSet<u8> = test.home.engine.tamper(|rows| {
            let of = rows.keys().filter(|key| key.starts_with(&prefix));
            of.filter_map(|key| key.get(prefix.len()).copied()).collect()
        });
        let entitled: BTreeSet<u8> = role.compartments().iter().map(|one| one.number()).collect();
        assert_eq!(granted, entitled, "{}", role.word());
    }
}

/// A note, as a clinical feature will keep it.
#[derive(Serialize, Deserialize)]
struct Note(String);

impl Record for Note {
    const TABLE: Table =
        Table { number: 0x7F01, name: "notes", compartment: Compartment::Clinical, write_once: true, schema: 1 };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.ordered(1).done()
    }

    fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
        Vec::new()
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        decode(Self::TABLE, schema, bytes)
    }
}

#[test]
fn a_receptionists_keys_open_no_note() {
    let now: Instant = NOW.parse().unwrap();
    let (keychain, recovery) = (Arc::new(MemoryKeychain::default()), Key::make().unwrap());
    let engine = Box::new(MemoryEngine::empty());
    let (vault, everything) = Vault::create(engine, keychain, Suite::XChaCha20Poly1305, &recovery).unwrap();
    let (desk, nurse) = (Key::make().unwrap(), Key::make().unwrap());
    vault
        .write::<_, VaultError>(&everything, &mut |writing| {
            writing.grant(&[1; 16], PublicKey::of(&desk), Role::Receptionist.compartments())?;
            writing.grant(&[2; 16], PublicKey::of(&nurse), Role::Nurse.compartments())?;
            writing.put(&Note("Seen today".to_owned()), now, None)?;
            Ok((Verdict::Commit, ()))
        })
        .unwrap();
    let (desk, nurse) = (vault.keyring_of(&[1; 16], &desk).unwrap(), vault.keyring_of(&[2; 16], &nurse).unwrap());
    assert!(nurse.holds(Compartment::Clinical) && desk.holds(Compartment::Demographics));
    for closed in [Compartment::Clinical, Compartment::Restricted, Compartment::Log, Compartment::Billing] {
        assert!(!desk.holds(closed), "the front desk holds {closed:?}");
    }
    let look = |keyring| {
        vault.read(keyring, |reading| {
            let row = reading.key_of(Note::TABLE)?.ordered(1).done();
            Ok::<_, VaultError>(reading.get::<Note>(&row)?.map(|stored| stored.record.0))
        })
    };
    assert_eq!(look(&nurse).unwrap().as_deref(), Some("Seen today"));
    let denied = keepwell_kernel::Error::from(look(&desk).unwrap_err());
    assert_eq!(denied, keepwell_kernel::Error::Denied);
}

#[test]
fn the_privacy_officer_sees_who_looked() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let other = register(&test.practice, "Okafor", "Grace", "1961-04-02");
    test.call_as(Role::Nurse, "patients.chart", json!({ "patient": patient })).unwrap();
    test.call_as(Role::Biller, "patients.billing_card", json!({ "patient": patient })).unwrap();
    test.call_as(Role::Biller, "patients.billing_card", json!({ "patient": other })).unwrap();
    test.sign_in_as(Role::PrivacyOfficer);
    let looked = |filter: serde_json::Value| -> Vec<(String, String)> {
        let page = call(&test.practice, "log.entries", filter).unwrap();
        let text = |row: &serde_json::Value, field: &str| row[field].as_str().unwrap().to_owned();
        page["rows"].as_array().unwrap().iter().map(|row| (text(row, "actor"), text(row, "operation"))).collect()
    };
    let expected = [
        (user_name(Role::Biller), "patients.billing_card".to_owned()),
        (user_name(Role::Nurse), "patients.chart".to_owned()),
        (OWNER.to_owned(), "patients.register".to_owned()),
    ];
    assert_eq!(looked(json!({ "patient": patient, "limit": 10 })), expected);
    assert_eq!(looked(json!({ "patient": patient, "operation": "patients.chart", "limit": 10 })), expected[1..2]);
    assert_eq!(test.call("patients.chart", json!({ "patient": patient })), Err(Failure::Denied));
}
