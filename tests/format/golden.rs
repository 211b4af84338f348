//! Invariant 11: a file written by any released version opens. Each store is kept for ever, with its keychain.

use crate::scene::{call, found, person, root, sign_in};
use keepwell_kernel::Secret;
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{Continue, Every, Practice};
use keepwell_vault::MemoryKeychain;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const STORE_1: &str = "tests/format/store-1.json";
const BACKUP_1: &str = "tests/format/backup-1.json";
const BYTES_MAX: usize = 200 * 1024;

fn to_hex<K: AsRef<[u8]>>(rows: impl Iterator<Item = (K, Vec<u8>)>, name: fn(&K) -> String) -> Value {
    Value::Object(rows.map(|(key, value)| (name(&key), json!(hex::encode(value)))).collect::<Map<_, _>>())
}

fn from_hex(value: &Value) -> impl Iterator<Item = (String, Vec<u8>)> {
    value.as_object().unwrap().iter().map(|(name, value)| (name.clone(), hex::decode(value.as_str().unwrap()).unwrap()))
}

/// Writes a store of today's version. Run it once for each stored form that is released, under a new number.
#[test]
#[ignore = "it writes a file that is kept for ever"]
fn write_a_store() {
    let test = TestPractice::new();
    test.call("patients.register", person("Mejía", "Gustavo", "1961-04-02")).unwrap();
    test.practice.close();
    let rows = test.home.engine.tamper(|rows| rows.clone());
    let keychain = test.home.keychain.tamper(|held| held.clone());
    let store = json!({
        "what": "A practice as version 0.1.0 wrote it, with the keychain beside it. All of it is made up.",
        "rows": to_hex(rows.into_iter(), |key| hex::encode(key)),
        "keychain": to_hex(keychain.into_iter(), |name| name.clone()),
        "recovery_key": test.created["kit"]["recovery_key"],
    });
    let text = serde_json::to_string_pretty(&store).unwrap() + "\n";
    assert!(text.len() < BYTES_MAX, "{}", text.len());
    std::fs::write(root().join(STORE_1), text).unwrap();
}

/// Puts a kept store in the place of a new one.
fn opened(path: &str) -> (TestPractice, Value) {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    assert!(text.len() < BYTES_MAX);
    let store: Value = serde_json::from_str(&text).unwrap();
    let test = TestPractice::new();
    let rows = from_hex(&store["rows"]).map(|(key, row)| (hex::decode(key).unwrap(), row));
    let rows: BTreeMap<Vec<u8>, Vec<u8>> = rows.collect();
    test.home.engine.tamper(|held| *held = rows);
    test.home.keychain.tamper(|held| *held = from_hex(&store["keychain"]).collect());
    (test, store)
}

#[test]
fn the_first_store_opens_and_holds_what_it_held() {
    let (test, _) = opened(STORE_1);
    let practice = test.again();
    let status = practice.status();
    assert_eq!((status.read_only, status.practice_name.as_deref()), (None, Some("Lakeside Family Medicine")));
    sign_in(&practice, OWNER).unwrap();
    assert_eq!(found(&practice, "mejia"), ["Mejía, Gustavo"]);
    let page = call(&practice, "log.entries", json!({ "operation": "patients.register", "limit": 5 })).unwrap();
    assert_eq!(page["rows"].as_array().unwrap().len(), 1);
    let checked = call(&practice, "log.verify", json!({})).unwrap();
    assert_eq!(checked["ok"], true, "{checked}");
}

#[test]
fn the_recovery_key_of_the_first_store_opens_it_too() {
    let (test, store) = opened(STORE_1);
    test.home.keychain.tamper(|held| held.clear());
    let practice = test.again();
    let input =
        json!({ "recovery_key": store["recovery_key"], "user_name": OWNER, "passphrase": "copper thistle window 88" });
    call(&practice, "identity.recover", input).unwrap();
    assert_eq!(found(&practice, "mejia").len(), 1);
}

/// Writes a backup of today's version, of a practice that knows of a backup, of its proof and of a plan.
#[test]
#[ignore = "it writes a file that is kept for ever"]
fn write_a_backup() {
    let (test, drive) = (TestPractice::new(), tempfile::tempdir().unwrap());
    test.call("patients.register", person("Mejía", "Gustavo", "1961-04-02")).unwrap();
    let made = || test.practice.back_up(drive.path(), None, &mut |_| Continue::Yes).unwrap().unwrap();
    let first = drive.path().join(made().name);
    test.practice.prove_backup(&first, &mut |_| Continue::Yes).unwrap().unwrap();
    test.practice.plan_backups(Some(Path::new("/a drive")), Every::Day, None, None).unwrap();
    let folder = drive.path().join(made().name);
    let files = ["practice.age", "backup.note"].map(|name| (name, std::fs::read(folder.join(name)).unwrap()));
    let backup = json!({
        "what": "A backup as version 0.1.0 wrote it. All of it is made up.",
        "files": to_hex(files.into_iter(), |name| (*name).to_owned()),
        "recovery_key": test.created["kit"]["recovery_key"],
    });
    let text = serde_json::to_string_pretty(&backup).unwrap() + "\n";
    assert!(text.len() < BYTES_MAX, "{}", text.len());
    std::fs::write(root().join(BACKUP_1), text).unwrap();
}

#[test]
fn the_first_backup_restores_and_its_records_of_backups_are_read() {
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(root().join(BACKUP_1)).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup");
    std::fs::create_dir(&backup).unwrap();
    from_hex(&kept["files"]).for_each(|(name, bytes)| std::fs::write(backup.join(name), bytes).unwrap());
    let key = kept["recovery_key"].as_str().unwrap();
    let keychain = Arc::new(MemoryKeychain::default());
    let practice = Practice::at(&folder.path().join("vault"), keychain, "a desk".to_owned());
    practice.restore(&backup, &Secret::new(key.to_owned()), &mut |_| Continue::Yes).unwrap().unwrap();
    let input = json!({ "recovery_key": key, "user_name": OWNER, "passphrase": "copper thistle window 88" });
    call(&practice, "identity.recover", input).unwrap();
    assert_eq!(found(&practice, "mejia").len(), 1);
    let list = call(&practice, "exchange.backups", json!({})).unwrap();
    assert_eq!((&list["rows"][0]["proof"]["ok"], &list["plan"]["every"]), (&json!(true), &json!("day")), "{list}");
}
