//! What a store leaves and finds while it is made: files half made, a shared keychain, and what recovery would need.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod records;

use keepwell_vault::engine::{Direction, Engine as _, EngineError, FileEngine, MemoryEngine, Verdict};
use keepwell_vault::{Key, MemoryKeychain, PublicKey, Suite, Vault, VaultError};
use records::{SUITES, Store, change, recovery, store, sweep, word};
use std::sync::Arc;

fn answer<R>(result: Result<R, EngineError>) -> &'static str {
    result.map_err(VaultError::from).as_ref().map_or_else(word, |_| "ok")
}

#[test]
fn a_store_that_a_power_cut_left_in_the_making_is_made_afresh_unless_somebody_is_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let create = || answer(FileEngine::create(&path).map(drop));
    let making = FileEngine::create(&path).unwrap();
    assert_eq!(create(), "held elsewhere");
    drop(making);
    assert_eq!(create(), "ok", "what nobody holds any more is in nobody's way");
    std::fs::write(path.with_extension("new"), b"a page").unwrap();
    assert_eq!(create(), "ok", "not even where it is no store");
    FileEngine::keep(&path).unwrap();
    assert_eq!(create(), "foreign", "what was kept is never made over");
}

#[test]
fn what_was_never_kept_is_removed_or_the_reason_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    assert_eq!(answer(FileEngine::discard(&path)), "ok", "there is nothing to remove");
    drop(FileEngine::create(&path).unwrap());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "the tree and its journal");
    assert_eq!(answer(FileEngine::discard(&path)), "ok");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    for ending in ["new", "journal"] {
        std::fs::create_dir(path.with_extension(ending)).unwrap();
        assert_ne!(answer(FileEngine::discard(&path)), "ok", "a folder in the place of {ending}");
        std::fs::remove_dir(path.with_extension(ending)).unwrap();
    }
}

#[test]
fn two_practices_keep_their_own_in_one_keychain() {
    let keychain = Arc::new(MemoryKeychain::default());
    let made: Vec<_> = [Suite::XChaCha20Poly1305, Suite::Aes256Gcm]
        .into_iter()
        .map(|suite| {
            let engine = MemoryEngine::empty();
            let (vault, _) = Vault::create(Box::new(engine.clone()), keychain.clone(), suite, &recovery()).unwrap();
            assert!(vault.anchor().unwrap().is_none());
            vault.set_anchor(vault.id().bytes()).unwrap();
            (engine, vault.id())
        })
        .collect();
    for (engine, id) in made {
        let vault = Vault::open(Box::new(engine), keychain.clone()).unwrap();
        assert_eq!(vault.anchor().unwrap().unwrap().as_slice(), id.bytes());
        assert!(vault.device_key().is_ok(), "each has its device key");
    }
    assert_eq!(keychain.tamper(|held| held.len()), 4);
}

#[test]
fn a_sweep_finds_that_recovery_would_find_no_keys() {
    const BUNDLE: [u8; 2] = [0x02, 0x01];
    for suite in SUITES {
        let store = store(suite);
        let Store { vault, keys, engine, .. } = &store;
        let agrees = || sweep(vault, keys).recovery_agrees;
        assert!(agrees());
        let before = store.rows();
        change(vault, keys, |tx| vault.replace_recovery(tx, &Key::from_bytes([0x77; 32]))).unwrap();
        vault.adopt_recovery(PublicKey::of(&Key::from_bytes([0x77; 32]))).unwrap();
        let adopted = vault.device_keyring().unwrap();
        assert!(sweep(vault, &adopted).recovery_agrees, "the keys in memory follow");
        let keys = &Arc::new(vault.recover(&Key::from_bytes([0x77; 32])).unwrap());
        let agrees = || sweep(vault, keys).recovery_agrees;
        assert!(agrees());
        let whole = store.rows();
        for (what, bundle) in [
            ("dropped", None),
            ("changed", Some([&whole[&BUNDLE[..]][..], &[0]].concat())),
            ("of the kit before", Some(before[&BUNDLE[..]].clone())),
        ] {
            engine.tamper(|rows| match bundle {
                Some(bundle) => rows.insert(BUNDLE.to_vec(), bundle),
                None => rows.remove(&BUNDLE[..]),
            });
            assert!(!agrees(), "{what}");
            store.set_rows(&whole);
        }
        assert!(agrees());
    }
}

/// More than is held in memory alone before the disk gets its share, so that both ways are gone.
#[test]
fn a_store_made_at_leisure_is_whole_once_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let engine = FileEngine::create_at_leisure(&path).unwrap();
    let (value, many) = (vec![7; 60 * 1024], 900_u32);
    for number in 0..many {
        let put = engine.transact(&mut |tx| {
            tx.put(&number.to_be_bytes(), &value)?;
            Ok(if number % 9 == 8 { Verdict::Abort } else { Verdict::Commit })
        });
        put.unwrap();
    }
    FileEngine::keep(&path).unwrap();
    drop(engine);
    let opened = FileEngine::open(&path).unwrap();
    let rows = opened.snapshot().unwrap().scan(&[], &[0xFF], Direction::Up, 4096).unwrap();
    let expected: Vec<u32> = (0..many).filter(|number| number % 9 != 8).collect();
    let found: Vec<u32> = rows.iter().map(|(key, _)| u32::from_be_bytes(key[..].try_into().unwrap())).collect();
    assert!(found == expected && rows.iter().all(|(_, kept)| *kept == value), "{} rows", found.len());
}
