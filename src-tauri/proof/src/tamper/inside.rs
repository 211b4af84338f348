//! Somebody with the file, the unlocked keychain, and so the device keys, as a low role at the desk has them.
//!
//! What such a person can forge, no check on the same machine can find: these rows of the table say how far it goes.

use super::Attack;
use super::rows::named;
use super::scene::{RECEPTIONIST, Rows, Scene, edited, put, replace_all};
use crate::home::Secrets;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use keepwell_vault::{Key, PublicKey, StateDigest, Suite};

/// Bytes of a sealed value before its ciphertext: format, suite, epoch, nonce.
const HEAD: usize = 30;
const DIGEST: &[u8] = &[0x01];
const DEVICE: &[u8] = &[0x02];

/// What the keychain opens.
struct DeviceKeys {
    vault: Vec<u8>,
    blind: Key,
    sealing: Key,
}

fn open(key: &Key, bound: &[u8], sealed: &[u8]) -> Vec<u8> {
    let (head, body) = sealed.split_at(HEAD);
    let aad = [head, bound].concat();
    let cipher = XChaCha20Poly1305::new_from_slice(key.bytes()).expect("a key of 32 bytes");
    let nonce = XNonce::try_from(&head[6..]).expect("a nonce of 24 bytes");
    cipher.decrypt(&nonce, Payload { msg: body, aad: &aad }).expect("the device key opens it")
}

fn device_keys(rows: &Rows, secrets: &Secrets) -> DeviceKeys {
    let header = rows.get(&vec![0x00]).expect("a header");
    let vault = header[header.len() - 16..].to_vec();
    let (_, secret) = secrets.iter().find(|(name, _)| name.starts_with("device:")).expect("a device key");
    let device = Key::from_slice(secret).expect("a key");
    let bundle = open(&device, &[vault.as_slice(), DEVICE].concat(), &rows[DEVICE]);
    let part = |at: usize| Key::from_slice(&bundle[at * 32..(at + 1) * 32]).expect("a key");
    DeviceKeys { vault, blind: part(0), sealing: part(1) }
}

/// Brings the digest along with a change, as the program would.
fn resealed(keys: &DeviceKeys, before: &Rows, after: &mut Rows) {
    let bound = [keys.vault.as_slice(), DIGEST].concat();
    let opened = open(&keys.sealing, &bound, &before[DIGEST]);
    // The size of the log stands behind the numbers and stays.
    let (numbers, log) = opened.split_at(opened.len() - 8);
    let mut digest = StateDigest::from_bytes(numbers).expect("a digest");
    let covered = |key: &[u8]| (0x08..0x50).contains(&key.first().copied().unwrap_or_default());
    for (key, value) in before.iter().filter(|(key, _)| covered(key)) {
        if after.get(key) != Some(value) {
            digest.subtract(key, value);
        }
    }
    for (key, value) in after.iter().filter(|(key, _)| covered(key)) {
        if before.get(key) != Some(value) {
            digest.add(key, value);
        }
    }
    let sealed = Suite::XChaCha20Poly1305.seal(&keys.sealing, 1, &bound, &[&digest.to_bytes(), log].concat());
    let sealed = sealed.expect("it seals");
    after.insert(DIGEST.to_vec(), sealed);
}

/// Everything such a person might try.
#[must_use]
pub fn attacks(scene: &Scene) -> Vec<Attack> {
    let (now, older) = (&scene.now, &scene.older);
    let keys = device_keys(&now.rows, &now.secrets);
    let attack = |name, at: String, after: &Rows, secrets: &Secrets| {
        let file = edited(&now.file, |table| replace_all(table, after));
        Attack { name, at, file, secrets: secrets.clone(), ..Attack::default() }
    };
    let mut attacks = Vec::new();
    for key in now.rows.keys().filter(|key| matches!(key.first(), Some(0x10 | 0x20 | 0x30 | 0x40))) {
        let mut after = now.rows.clone();
        after.remove(key);
        resealed(&keys, &now.rows, &mut after);
        attacks.push(attack("inside: drop a row, reseal the digest", named(key), &after, &now.secrets));
    }
    let changed = older
        .rows
        .iter()
        .filter(|(key, value)| key.first() == Some(&0x10) && now.rows.get(*key).is_some_and(|newer| newer != *value));
    for (key, value) in changed {
        let mut after = now.rows.clone();
        after.insert(key.clone(), value.clone());
        resealed(&keys, &now.rows, &mut after);
        attacks.push(attack("inside: roll back a row, reseal the digest", named(key), &after, &now.secrets));
    }
    attacks.push(Attack {
        name: "inside: last week's file and last week's anchor",
        at: "file and keychain".to_owned(),
        file: older.file.clone(),
        secrets: older.secrets.clone(),
        ..Attack::default()
    });
    attacks.extend(raised(scene, &keys));
    attacks
}

/// Raises a grant: keys of one's own as a newer epoch, stamped and added to the digest as the program would. The keys
/// of a compartment that is not held cannot be granted; this is the most a low role can do.
fn raised(scene: &Scene, keys: &DeviceKeys) -> Vec<Attack> {
    let now = &scene.now;
    let own = Key::make().and_then(|blind| Ok((blind, Key::make()?))).expect("random keys");
    let holders = now.rows.iter().filter(|(key, _)| key.first() == Some(&0x09));
    let mut attacks = Vec::new();
    for (holder, public) in holders {
        for (name, compartment) in [("demographics", 3u8), ("clinical", 5)] {
            let whose = if holder[1..] == scene.staff[RECEPTIONIST] { "one's own" } else { "somebody's" };
            let at = [&[0x08], &holder[1..], &[compartment], &2u32.to_be_bytes()].concat();
            let bound = [keys.vault.as_slice(), &at].concat();
            let public = PublicKey(public[..32].try_into().expect("a public key"));
            let both = [own.0.bytes().as_slice(), own.1.bytes()].concat();
            let value = public.seal(&bound, &both).expect("it seals").to_bytes();
            let stamp = keys.blind.mac(&[b"grant stamp", &at, &value]);
            let mut after = now.rows.clone();
            after.insert(at, [value.as_slice(), &stamp].concat());
            resealed(keys, &now.rows, &mut after);
            let file = edited(&now.file, |table| after.iter().for_each(|(key, value)| put(table, key, value)));
            attacks.push(Attack {
                name: "inside: a newer epoch with keys of one's own, stamped",
                at: format!("{whose} grant of {name}"),
                file,
                secrets: now.secrets.clone(),
                ..Attack::default()
            });
        }
    }
    attacks
}
