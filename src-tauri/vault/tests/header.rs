//! The one clear value of a store, and the device keys beside it, as somebody with the file could bend them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod records;

use keepwell_vault::{Suite, VaultError};
use records::{Person, put, recovery, store, word};

fn answer<R>(result: Result<R, VaultError>) -> &'static str {
    result.as_ref().map_or_else(word, |_| "ok")
}

#[test]
fn a_header_that_is_foreign_newer_or_cut_is_named() {
    let store = store(Suite::XChaCha20Poly1305);
    let header = store.rows()[&vec![0u8]].clone();
    let with = |bytes: &[u8]| {
        store.engine.tamper(|rows| rows.insert(vec![0], bytes.to_vec()));
        answer(store.reopen())
    };
    for (at, byte, expected) in
        [(0, b'X', "foreign"), (8, 1, "newer"), (9, 2, "newer"), (9, 0, "damaged"), (10, 9, "damaged")]
    {
        let mut changed = header.clone();
        changed[at] = byte;
        assert_eq!(with(&changed), expected, "byte {at}");
    }
    for length in 0..header.len() {
        let said = with(&header[..length]);
        assert!(["foreign", "truncated", "damaged"].contains(&said), "{length}: {said}");
    }
    assert_eq!(with(&[header.as_slice(), &[0]].concat()), "damaged");
    assert_eq!(with(&header), "ok");
    for key in [vec![0x01], vec![0x02], vec![0x02, 1]] {
        let whole = store.rows();
        for change in [None, Some(Vec::new()), Some(vec![1; 90])] {
            store.engine.tamper(|rows| match change {
                None => rows.remove(&key),
                Some(bytes) => rows.insert(key.clone(), bytes),
            });
            let said = store.reopen().and_then(|vault| {
                vault.device_key()?;
                let keys = vault.recover(&recovery())?;
                put(&vault, &keys, &Person::at(1))
            });
            assert!(["sealed", "contradiction", "no device key"].contains(&answer(said)), "{}", hex::encode(&key));
            store.set_rows(&whole);
        }
    }
}
