//! What is sealed: values, envelopes, slots, and the rows of a whole store.

use crate::{number, take};
use keepwell_identity::SignInSlot;
use keepwell_kernel::VaultId;
use keepwell_vault::engine::MemoryEngine;
use keepwell_vault::known_answer::open_value;
use keepwell_vault::{
    Cost, Envelope, Key, MemoryKeychain, PassphraseSeal, PublicKey, Record as _, Segment, Suite, Vault, VaultError,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The frozen stores of the vault's tests, with what their tests say of the keys.
#[derive(Deserialize)]
pub(crate) struct Frozen {
    vault: VaultId,
    keychain: BTreeMap<String, String>,
    rows: Vec<(String, String)>,
    pub(crate) envelope: String,
    segment_envelope: String,
    segment_id: String,
    segment_entry: String,
    pub(crate) value: String,
}

pub(crate) const FROZEN: [&str; 2] = [
    include_str!("../../../src-tauri/vault/fixtures/store-1-xchacha20-poly1305.json"),
    include_str!("../../../src-tauri/vault/fixtures/store-1-aes-256-gcm.json"),
];
const VALUE_KEY: [u8; 32] = [0x11; 32];
const HOLDER: [u8; 16] = [0xd0; 16];
const HOLDER_PRIVATE: [u8; 32] = [0x77; 32];
const EPOCH: u32 = 42;
const BOUND: &[u8] = b"bound";

static STORES: LazyLock<[Frozen; 2]> = LazyLock::new(|| FROZEN.map(|text| serde_json::from_str(text).unwrap()));

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex).unwrap()
}

/// A sealed value opens only as it was sealed.
pub fn sealed_value(data: &[u8]) {
    let key = Key::from_bytes(VALUE_KEY);
    let genuine = STORES.iter().any(|frozen| bytes(&frozen.value) == data);
    let opened = open_value(&key, EPOCH, BOUND, data);
    assert_eq!(opened.is_ok(), genuine, "a value that nobody sealed was opened");
    assert!(open_value(&key, EPOCH, b"bound ", data).is_err(), "a value opened in another place");
    assert!(open_value(&key, EPOCH + 1, BOUND, data).is_err(), "a value opened in another epoch");
    assert!(open_value(&Key::from_bytes([0x12; 32]), EPOCH, BOUND, data).is_err(), "a value opened under another key");
    let mut rest = data;
    let (at, bit) = (number(&mut rest), number(&mut rest) % 8);
    for suite in [Suite::XChaCha20Poly1305, Suite::Aes256Gcm] {
        let mut sealed = suite.seal(&key, EPOCH, BOUND, rest).unwrap();
        assert_eq!(&*open_value(&key, EPOCH, BOUND, &sealed).unwrap(), rest);
        let at = at % sealed.len();
        sealed[at] ^= 1 << bit;
        assert!(open_value(&key, EPOCH, BOUND, &sealed).is_err(), "bit {bit} of byte {at} may be flipped");
        assert!(open_value(&key, EPOCH, BOUND, &sealed[..at]).is_err(), "a cut value was opened");
    }
}

/// An envelope comes back as its bytes and opens only as it was sealed.
pub fn envelope(data: &[u8]) {
    let private = Key::from_bytes(HOLDER_PRIVATE);
    let (frozen, stores) = (&STORES[0], STORES.iter());
    match Envelope::from_bytes(data) {
        None => assert!(data.len() < 32),
        Some(read) => {
            assert_eq!(read.to_bytes(), data);
            let genuine = stores.map(|frozen| bytes(&frozen.envelope)).any(|genuine| genuine == data);
            assert_eq!(read.open(&private, b"purpose").is_ok(), genuine, "an envelope that nobody sealed was opened");
            assert!(read.open(&private, b"another").is_err(), "an envelope opened for another purpose");
            let segment = Segment::open(HOLDER, &read, &private);
            assert!(segment.is_err(), "an envelope for a holder opened a segment");
        }
    }
    // The public key is as hostile as the rest: it lies in the store.
    let public: [u8; 32] = std::array::from_fn(|at| data.get(at).copied().unwrap_or(0));
    if let Ok(sealed) = PublicKey(public).seal(b"purpose", data) {
        assert!(sealed.open(&private, b"purpose").is_err() || PublicKey(public) == PublicKey::of(&private));
    }
    segment_entry(frozen, data);
}

/// An entry of the log's segment opens only at its place and as it was sealed.
fn segment_entry(frozen: &Frozen, data: &[u8]) {
    let id: [u8; 16] = bytes(&frozen.segment_id).try_into().unwrap();
    let envelope = Envelope::from_bytes(&bytes(&frozen.segment_envelope)).unwrap();
    // Only the log's readers hold the key; here any other must fail.
    assert!(Segment::open(id, &envelope, &Key::from_bytes(HOLDER_PRIVATE)).is_err());
    let (segment, _) = Segment::begin(PublicKey::of(&Key::from_bytes(HOLDER_PRIVATE))).unwrap();
    assert!(segment.open_entry(frozen.vault, 7, data).is_err(), "an entry of another segment was opened");
    assert!(segment.open_entry(frozen.vault, 7, &bytes(&frozen.segment_entry)).is_err());
}

/// Says whether a seal asks for the cheapest work: whatever else it asks for is lawful and would only take long.
fn is_cheap(seal: &serde_json::Value) -> bool {
    seal["cost"] == serde_json::to_value(Cost::for_tests()).unwrap()
}

/// A sign-in slot and a passphrase's seal: what is read is written the same again, and opens for nobody.
pub fn sign_in_slot(data: &[u8]) {
    let device = Key::from_bytes(VALUE_KEY);
    if let Ok(slot) = SignInSlot::read(1, data) {
        let written = rmp_serde::to_vec_named(&slot).unwrap();
        let again = SignInSlot::read(1, &written).unwrap();
        assert_eq!(rmp_serde::to_vec_named(&again).unwrap(), written, "a slot changes when it is written again");
        let sealed = serde_json::to_value(&slot).unwrap()["sealed"].clone();
        if is_cheap(&sealed) {
            assert!(slot.open("harbor lantern quilt 61", &device).is_err(), "a slot that nobody made was opened");
        }
        let mut failed = slot;
        let now = keepwell_kernel::Instant::from_timestamp_millis(1_795_305_600_000).unwrap();
        if failed.failures < u32::MAX {
            failed.failed(now);
            assert!(failed.not_before.is_some_and(|then| then >= now));
        }
        let _closed = failed.closed_at(now);
    }
    if let Ok(seal) = serde_json::from_slice::<PassphraseSeal>(data) {
        let written = serde_json::to_value(&seal).unwrap();
        let again: PassphraseSeal = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(&again).unwrap(), written);
        if is_cheap(&written) {
            assert!(seal.open("harbor lantern quilt 61", &device, b"staff").is_err());
        }
    }
}

/// One row of a frozen store, changed, added or taken away: it is refused, or the sweep finds it.
pub fn store_row(data: &[u8]) {
    let mut rest = data;
    let (which, what) = (number(&mut rest), number(&mut rest));
    let frozen = &STORES[which % 2];
    let honest: BTreeMap<Vec<u8>, Vec<u8>> =
        frozen.rows.iter().map(|(key, value)| (bytes(key), bytes(value))).collect();
    let key = honest.keys().nth(what % honest.len()).unwrap().clone();
    let mut rows = honest.clone();
    match which / 2 % 4 {
        0 => drop(rows.insert(key, rest.to_vec())),
        1 => {
            let row = rows.get_mut(&key).unwrap();
            for patch in rest.chunks_exact(3).take(4) {
                let at = usize::from(u16::from_be_bytes([patch[0], patch[1]])) % row.len().max(1);
                row.get_mut(at).into_iter().for_each(|byte| *byte ^= patch[2]);
            }
        }
        2 => drop(rows.remove(&key)),
        _ => {
            // Another key in the same space, no longer than the engine takes.
            let added: Vec<u8> = key.iter().copied().take(3).chain(take(&mut rest, 64).iter().copied()).collect();
            rows.insert(added, rest.to_vec());
        }
    }
    // The log's rows belong to the log, and the recovery bundle is read by recovery alone.
    let differs =
        rows.iter().any(|(key, row)| honest.get(key) != Some(row)) || honest.keys().any(|key| !rows.contains_key(key));
    let beside = |key: &Vec<u8>| key.first() == Some(&0x50) || key.starts_with(&[0x02]) || key.first() > Some(&0x50);
    let only_beside = rows.iter().filter(|(key, row)| honest.get(*key) != Some(row)).all(|(key, _)| beside(key))
        && honest.keys().filter(|key| !rows.contains_key(*key)).all(beside);
    let outside = rows.keys().filter(|key| !honest.contains_key(*key)).all(|key| key.first() < Some(&0x08));
    match opened(frozen, rows) {
        Ok(true) => assert!(!differs || only_beside || outside, "a changed store was taken for the honest one"),
        Ok(false) | Err(_) => assert!(differs, "the honest store was refused"),
    }
}

/// Opens a store, takes up a holder's keys and sweeps; says whether all of it agrees.
fn opened(frozen: &Frozen, rows: BTreeMap<Vec<u8>, Vec<u8>>) -> Result<bool, VaultError> {
    let (engine, keychain) = (MemoryEngine::empty(), MemoryKeychain::default());
    engine.tamper(|held| *held = rows);
    keychain.tamper(|held| held.extend(frozen.keychain.iter().map(|(name, value)| (name.clone(), bytes(value)))));
    let vault = Vault::open(Box::new(engine), Arc::new(keychain))?;
    let keys = vault.keyring_of(&HOLDER, &Key::from_bytes(HOLDER_PRIVATE))?;
    Ok(vault.sweep(&keys, &mut |_| true)?.is_some_and(|sweep| sweep.digest_agrees))
}
