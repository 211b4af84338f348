//! New epochs, and what was stored before them sealed anew (AT-84).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod records;

use keepwell_kernel::Compartment;
use keepwell_vault::{Key, Keyring, PublicKey, Record as _, Suite, Vault, VaultError};
use proptest::prelude::*;
use records::{Note, Person, SUITES, Store, at, change, get, put, recovery, staff, store, sweep, word};
use std::sync::Arc;

const DOCTOR: [u8; 16] = [0x0d; 16];

fn doctor() -> Key {
    Key::from_bytes([0xdd; 32])
}

/// Begins a new epoch of every compartment, as the door does: the session's keys follow after the commit.
fn raise_all(vault: &Vault, keys: &Arc<Keyring>) -> Arc<Keyring> {
    let raised = change(vault, keys, |tx| {
        Compartment::GRANTED.into_iter().map(|one| tx.raise_epoch(one).map(|(epoch, key)| (one, epoch, key))).collect()
    });
    let raised: Vec<(Compartment, u32, Key)> = raised.unwrap();
    let mut session = Keyring::clone(keys);
    raised.into_iter().for_each(|(compartment, epoch, key)| session.add_epoch(compartment, epoch, key));
    Arc::new(session)
}

/// Seals everything anew, and says how many values that were and how many transactions it took.
fn reseal_all(vault: &Vault, keys: &Arc<Keyring>, personal: &[u16]) -> Result<(u64, u64), VaultError> {
    let (mut values, mut steps, mut next) = (0, 0, None);
    loop {
        let done = change(vault, keys, |tx| tx.reseal(next.as_deref(), personal))?;
        (values, steps) = (values + done.values, steps + 1);
        let Some(on) = done.next else { return Ok((values, steps)) };
        next = Some(on);
    }
}

fn retired(vault: &Vault, keys: &Arc<Keyring>) -> Arc<Keyring> {
    change(vault, keys, |tx| tx.retire_epochs(&[])).unwrap();
    let mut session = Keyring::clone(keys);
    session.forget_old_epochs();
    Arc::new(session)
}

fn filled(suite: Suite) -> Store {
    let store = store(suite);
    let Store { vault, keys, .. } = &store;
    change(vault, keys, |tx| {
        tx.grant(&DOCTOR, PublicKey::of(&doctor()), &[Compartment::Demographics, Compartment::Clinical])
    })
    .unwrap();
    for place in 1..=9 {
        put(vault, keys, &Person::at(place)).unwrap();
        put(vault, keys, &Person { about: "a second version".to_owned(), ..Person::at(place) }).unwrap();
        put(vault, keys, &Note::at(place)).unwrap();
    }
    let letter = change(vault, keys, |tx| tx.put_blob(Compartment::Demographics, &vec![7; 3_000_000])).unwrap();
    put(vault, keys, &Person { letter: Some(letter), ..Person::at(9) }).unwrap();
    store
}

#[test]
fn an_old_key_opens_nothing_once_all_is_sealed_anew() {
    for suite in SUITES {
        let Store { vault, keys: old, engine, .. } = &filled(suite);
        let before = engine.tamper(|rows| rows.clone());
        let both = raise_all(vault, old);
        assert!(both.has_old_epochs());
        assert_eq!(word(&change(vault, &both, |tx| tx.retire_epochs(&[])).unwrap_err()), "contradiction", "too early");
        let (values, steps) = reseal_all(vault, &both, &[]).unwrap();
        // Nine people in two versions and one of them in three, nine notes, 47 chunks of a letter.
        assert_eq!(values, 19 + 9 + 47);
        assert!(steps > 1, "a letter of three megabytes is more than one transaction takes");
        assert_eq!(reseal_all(vault, &both, &[]).unwrap().0, 0, "nothing is left to do");
        let new = retired(vault, &both);
        assert!(!new.has_old_epochs());
        assert!(sweep(vault, &new).digest_agrees);

        let mut dead = Keyring::clone(old);
        dead.forget_old_epochs();
        for place in 1..=9 {
            assert_eq!(word(&get::<Person>(vault, &dead, [place; 16]).unwrap_err()), "sealed");
            assert_eq!(word(&get::<Note>(vault, &dead, [place; 16]).unwrap_err()), "sealed");
        }
        for keys in [&*new, &vault.keyring_of(&DOCTOR, &doctor()).unwrap(), &vault.recover(&recovery()).unwrap()] {
            let row = vault.read::<_, VaultError>(keys, |look| Ok(look.key_of(Person::TABLE)?.id(&[9; 16]).done()));
            let row = row.unwrap();
            let versions = vault.read::<_, VaultError>(keys, |look| look.versions::<Person>(&row)).unwrap();
            assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [3, 2, 1]);
            assert_eq!((versions[0].at, versions[0].by), (at(0), Some(staff())), "who wrote it, and when, stays");
            let letter = versions[0].record.letter.as_ref().unwrap();
            assert_eq!(vault.read::<_, VaultError>(keys, |look| look.blob(letter)).unwrap().len(), 3_000_000);
            assert!(!keys.has_old_epochs(), "nobody is given an old key any more");
        }
        // A row of yesterday's file opens no more, and is found missing from the sum.
        engine.tamper(|rows| {
            let row = rows.keys().find(|key| key[0] == 0x10).unwrap().clone();
            rows.insert(row.clone(), before[&row].clone());
        });
        assert!(!sweep(vault, &new).digest_agrees);
    }
}

#[test]
fn a_row_that_opens_with_no_key_stops_the_sealing_and_keeps_the_old_keys() {
    let Store { vault, keys, engine, .. } = &filled(Suite::XChaCha20Poly1305);
    let both = raise_all(vault, keys);
    let whole = engine.tamper(|rows| rows.clone());
    engine.tamper(|rows| {
        let key = rows.keys().find(|key| key[0] == 0x10).unwrap().clone();
        *rows.get_mut(&key).unwrap().last_mut().unwrap() ^= 1;
    });
    assert!(reseal_all(vault, &both, &[]).is_err());
    assert!(change(vault, &both, |tx| tx.retire_epochs(&[])).is_err());
    engine.tamper(|rows| rows.clone_from(&whole));
    assert_eq!(reseal_all(vault, &both, &[]).unwrap().0, 75);
}

#[test]
fn whoever_lacks_a_compartment_can_neither_seal_anew_nor_retire() {
    let Store { vault, keys, .. } = &filled(Suite::XChaCha20Poly1305);
    let both = raise_all(vault, keys);
    drop(both);
    let some = Arc::new(vault.keyring_of(&DOCTOR, &doctor()).unwrap());
    reseal_all(vault, &some, &[]).unwrap();
    assert_eq!(word(&change(vault, &some, |tx| tx.retire_epochs(&[])).unwrap_err()), "not held");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    /// Work goes on between the steps: whatever is written in the meantime is there at the end, and nothing else is.
    #[test]
    fn work_goes_on_while_all_is_sealed_anew(
        before in prop::collection::vec(1u8..40, 1..30), between in prop::collection::vec((1u8..40, 0u8..200), 0..20),
    ) {
        let Store { vault, keys, .. } = &store(Suite::XChaCha20Poly1305);
        let mut told = std::collections::BTreeMap::new();
        for place in before {
            put(vault, keys, &Person::at(place)).unwrap();
            told.insert(place, Person::at(place));
        }
        let letter = change(vault, keys, |tx| tx.put_blob(Compartment::Clinical, &vec![1; 5_000_000])).unwrap();
        let both = raise_all(vault, keys);
        let (mut next, mut steps) = (None, between.chunks(5));
        loop {
            let done = change(vault, &both, |tx| tx.reseal(next.as_deref(), &[])).unwrap();
            for (place, minute) in steps.next().unwrap_or_default() {
                let changed = Person { minute: u64::from(*minute), ..Person::at(*place) };
                put(vault, &both, &changed).unwrap();
                told.insert(*place, changed);
            }
            let Some(on) = done.next else { break };
            next = Some(on);
        }
        let new = retired(vault, &both);
        for (place, person) in &told {
            let kept = get::<Person>(vault, &new, [*place; 16]).unwrap();
            prop_assert_eq!(kept.as_ref(), Some(person));
        }
        prop_assert_eq!(vault.read::<_, VaultError>(&new, |look| look.blob(&letter)).unwrap().len(), 5_000_000);
        prop_assert!(sweep(vault, &new).digest_agrees);
    }
}
