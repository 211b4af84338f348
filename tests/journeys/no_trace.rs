//! Invariant 3: no PHI and no secret on disk in clear, in any file, in any encoding a program of ours writes.

use crate::scene::{call, person, sign_in_with, with};
use keepwell_practice::{Practice, STORE};
use keepwell_vault::FileKeychain;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FAMILY: &str = "Qvzyxwplkmtrebn";
const NOTE: &str = "Wxqjvkzzhpyfgdlo never to the employer";
const PHONE: &str = "3125550187";
const DRAFT: &str = "Jzkqxwvvbyuplnrg half typed";
const PASSPHRASE: &str = "kzvqwx harbor plmokn lantern";
const OWNER: &str = "yqzvk.wxplm";
const PRACTICE: &str = "Zqkwvxyjplm Family Medicine";

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for file in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if file.path().is_dir() { files(&file.path(), into) } else { into.push(file.path()) }
    }
}

/// Returns every form in which a text may stand in a file.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let cased = [text.to_owned(), text.to_lowercase(), text.to_uppercase()];
    let wide = |text: &String, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    cased
        .iter()
        .flat_map(|text| [text.as_bytes().to_vec(), wide(text, u16::to_le_bytes), wide(text, u16::to_be_bytes)])
        .collect()
}

fn contains(content: &[u8], form: &[u8]) -> bool {
    content.windows(form.len()).any(|window| window == form)
}

fn work(practice: &Practice, keys: &Path) {
    let created = json!({
        "practice": { "name": PRACTICE, "address": null, "phone": null, "npi": null, "time_zone": "America/New_York",
            "hours": [], "anonymous_mrn": false, "idle_minutes": 15 },
        "owner": { "user_name": OWNER, "name": { "family": FAMILY, "given": ["Naomi"] } },
        "passphrase": PASSPHRASE, "suite": "xchacha20-poly1305",
    });
    call(practice, "identity.create_practice", created).unwrap();
    let channel = json!([{ "kind": "phone", "use": "mobile", "value": PHONE, "consent": true,
        "voicemail_allowed": true, "preferred": true }]);
    let input = with(person(FAMILY, "Linh", "1990-06-01"), &json!({ "channels": channel }));
    let made = call(practice, "patients.register", input.clone()).unwrap();
    call(practice, "patients.note_restriction", json!({ "patient": made["patient"], "text": NOTE })).unwrap();
    call(practice, "patients.search", json!({ "query": FAMILY, "limit": 5 })).unwrap();
    call(practice, "patients.register", input).unwrap_err();
    call(practice, &format!("patients.{FAMILY}"), json!({ "query": NOTE })).unwrap_err();
    // With the keychain's file out of reach the anchor cannot be kept, which is a fault for the local log.
    let aside = keys.with_extension("aside");
    std::fs::rename(keys, &aside).unwrap();
    std::fs::create_dir(keys).unwrap();
    call(practice, "identity.lock", json!({ "drafts": [{ "screen": "registration", "content": DRAFT }] })).unwrap();
    std::fs::remove_dir(keys).unwrap();
    std::fs::rename(&aside, keys).unwrap();
    let view = call(practice, "identity.unlock", json!({ "passphrase": PASSPHRASE })).unwrap();
    assert_eq!(view["drafts"][0]["content"], DRAFT);
}

#[test]
fn a_planted_name_note_phone_and_passphrase_stand_nowhere_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let (vault, keys) = (folder.path().join("practice"), folder.path().join("keys"));
    let open = || Practice::at(&vault, Arc::new(FileKeychain::at(&keys, &vault).unwrap()), "desk".to_owned());
    let practice = open();
    work(&practice, &keys);
    practice.close();
    drop(practice);
    let again = open();
    sign_in_with(&again, OWNER, PASSPHRASE, "").unwrap();
    let found = call(&again, "patients.search", json!({ "query": PHONE, "limit": 5 })).unwrap();
    assert_eq!(found["rows"].as_array().unwrap().len(), 1, "the canary was not even kept");
    let support = again.support_text().unwrap();
    let told: serde_json::Value = serde_json::from_str(&support).unwrap();
    assert!(!told["faults"].as_array().unwrap().is_empty(), "the faults go along: {support}");
    again.close();
    drop(again);
    let mut all = Vec::new();
    files(folder.path(), &mut all);
    let named = |name: &str| all.iter().any(|file| file.file_name().unwrap() == name);
    assert!(named(STORE) && named("faults.log"), "{all:?}");
    let canaries =
        [FAMILY, NOTE, "wxqjvkzzhpyfgdlo", PHONE, "+13125550187", DRAFT, "Jzkqxwvvbyuplnrg", PASSPHRASE, OWNER];
    for canary in canaries.iter().chain(&[PRACTICE, "Zqkwvxyjplm", "Naomi", "desk"]) {
        let found = forms(canary).iter().any(|form| contains(support.as_bytes(), form));
        assert!(!found, "{canary} stands in what support gets: {support}");
    }
    for file in all {
        let content = std::fs::read(&file).unwrap();
        for canary in canaries {
            for form in forms(canary) {
                assert!(!contains(&content, &form), "{canary} stands in {}", file.display());
            }
        }
    }
}

#[test]
fn the_search_for_a_trace_can_find_one() {
    let wide: Vec<u8> = FAMILY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let content = [b"xx".to_vec(), wide].concat();
    assert!(forms(FAMILY).iter().any(|form| contains(&content, form)));
    assert!(!forms(NOTE).iter().any(|form| contains(&content, form)));
}
