//! The vault as its features see it, and as somebody sees it who has the file.

#![allow(clippy::type_complexity, reason = "tables of cases")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
#![allow(
    clippy::print_stdout,
    reason = "the counts of the damage test are read by people, and a child answers its parent"
)]

mod records;

use keepwell_kernel::Compartment;
use keepwell_vault::engine::{Direction, EngineError, FileEngine, VALUE_BYTES_MAX};
use keepwell_vault::{
    FileKeychain, Key, Keyring, MemoryKeychain, PublicKey, Record as _, RowKey, Suite, Vault, VaultError,
};
use proptest::prelude::*;
use records::{
    BY_MINUTE, BY_NUMBER, BY_TAG, Note, Person, SUITES, Store, at, change, get, put, recovery, staff, store, sweep,
    word,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

const RECEPTION: [u8; 16] = [0x0a; 16];
const DOCTOR: [u8; 16] = [0x0d; 16];

fn reception() -> Key {
    Key::from_bytes([0xaa; 32])
}

fn doctor() -> Key {
    Key::from_bytes([0xdd; 32])
}

fn answer<R>(result: Result<R, VaultError>) -> &'static str {
    result.as_ref().map_or_else(word, |_| "ok")
}

fn row_of(keys: &Keyring, vault: &Vault, id: [u8; 16]) -> RowKey {
    vault.read::<_, VaultError>(keys, |look| Ok(look.key_of(Person::TABLE)?.id(&id).done())).unwrap()
}

// ---- Versions, history, write-once, indexes ----

#[test]
fn each_put_is_a_version_and_any_moment_can_be_shown_again() {
    for suite in SUITES {
        let Store { vault, keys, .. } = &store(suite);
        let told = |minute: u32| Person { about: format!("as of {minute}"), ..Person::at(1) };
        for (version, minute) in [(1, 10), (2, 20), (3, 30)] {
            let put = change(vault, keys, |tx| tx.put(&told(minute), at(minute), Some(staff())));
            assert_eq!(put.unwrap(), version);
        }
        let row = row_of(keys, vault, [1; 16]);
        let versions = vault.read::<_, VaultError>(keys, |look| look.versions::<Person>(&row)).unwrap();
        assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [3, 2, 1]);
        for (minute, expected) in [(5, None), (10, Some(10)), (29, Some(20)), (30, Some(30)), (99, Some(30))] {
            let then = versions.iter().find(|one| one.at <= at(minute)).map(|one| &one.record);
            assert_eq!(then, expected.map(told).as_ref(), "as of minute {minute}");
        }
        for version in 0..=4 {
            let one = vault.read::<_, VaultError>(keys, |look| look.version::<Person>(&row, version)).unwrap();
            let expected = (1..=3).contains(&version).then(|| told(version as u32 * 10));
            assert_eq!(one.map(|one| one.record), expected);
        }
        change(vault, keys, |tx| tx.remove::<Person>(&row)).unwrap();
        change(vault, keys, |tx| tx.remove::<Person>(&row)).unwrap();
        assert_eq!(get::<Person>(vault, keys, [1; 16]).unwrap(), None);
        assert_eq!(put(vault, keys, &told(40)).unwrap(), 4, "a record that comes back counts on");
        assert_eq!(put(vault, keys, &told(50)).unwrap(), 5);
        let versions = vault.read::<_, VaultError>(keys, |look| look.versions::<Person>(&row)).unwrap();
        assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
        assert!(sweep(vault, keys).digest_agrees);
    }
}

#[test]
fn what_is_written_once_never_changes() {
    for suite in SUITES {
        let Store { vault, keys, .. } = &store(suite);
        put(vault, keys, &Note::at(1)).unwrap();
        let before = sweep(vault, keys);
        let again = Note { text: "another".to_owned(), ..Note::at(1) };
        assert_eq!(answer(put(vault, keys, &again)), "write once");
        let twice = change(vault, keys, |tx| {
            tx.put(&Note::at(2), at(0), None)?;
            tx.put(&Note::at(2), at(0), None)
        });
        assert_eq!(answer(twice), "write once");
        for id in [[1; 16], [9; 16]] {
            let removed = change(vault, keys, |tx| {
                let row = tx.reading().key_of(Note::TABLE)?.id(&id).done();
                tx.remove::<Note>(&row)
            });
            assert_eq!(answer(removed), "write once");
        }
        assert_eq!(get(vault, keys, [1; 16]).unwrap(), Some(Note::at(1)));
        assert_eq!(sweep(vault, keys), before);
    }
}

#[test]
fn a_unique_index_refuses_the_second_and_a_refusal_leaves_no_half_behind() {
    let Store { vault, keys, engine, .. } = &store(Suite::XChaCha20Poly1305);
    put(vault, keys, &Person::at(1)).unwrap();
    put(vault, keys, &Person::at(2)).unwrap();
    let taken = Person { number: "MRN-1".to_owned(), tags: vec!["moved".to_owned()], ..Person::at(2) };
    assert_eq!(answer(put(vault, keys, &taken)), "taken");
    let rows = engine.tamper(|rows| rows.len());
    // An operation may go on after a refusal; what it commits then must not hold the half of the refused put.
    change(vault, keys, |tx| {
        assert_eq!(answer(tx.put(&taken, at(0), None)), "taken");
        assert_eq!(tx.changes().len(), 0);
        tx.put(&Note::at(1), at(0), None)
    })
    .unwrap();
    assert_eq!(engine.tamper(|rows| rows.len()), rows + 1);
    assert_eq!(put(vault, keys, &Person { minute: 77, ..Person::at(2) }).unwrap(), 2);
    assert!(sweep(vault, keys).digest_agrees);
    change(vault, keys, |tx| {
        let row = tx.reading().key_of(Person::TABLE)?.id(&[1; 16]).done();
        tx.remove::<Person>(&row)
    })
    .unwrap();
    assert_eq!(put(vault, keys, &taken).unwrap(), 3, "a number that was given up is free again");
}

#[derive(Debug, Clone)]
enum Step {
    Put { place: u8, number: u8, tags: Vec<u8>, minute: u64 },
    Remove { place: u8 },
}

/// What the store should say, kept in the simplest way.
#[derive(Default, Clone)]
struct Model {
    now: BTreeMap<u8, Person>,
    versions: BTreeMap<u8, Vec<Person>>,
}

impl Model {
    fn put(&mut self, place: u8, person: &Person) -> Option<u64> {
        if self.now.iter().any(|(other, held)| *other != place && held.number == person.number) {
            return None;
        }
        self.now.insert(place, person.clone());
        let versions = self.versions.entry(place).or_default();
        versions.push(person.clone());
        Some(versions.len() as u64)
    }

    fn agrees(&self, vault: &Vault, keys: &Keyring) -> Result<(), VaultError> {
        vault.read(keys, |look| {
            let key = look.key_of(Person::TABLE)?;
            for place in 0..5u8 {
                let row = key.clone().id(&[place; 16]).done();
                let now = look.get::<Person>(&row)?;
                assert_eq!(now.as_ref().map(|one| &one.record), self.now.get(&place));
                let versions: Vec<Person> = look.versions::<Person>(&row)?.into_iter().map(|one| one.record).collect();
                let mut expected = self.versions.get(&place).cloned().unwrap_or_default();
                expected.reverse();
                assert_eq!(versions, expected, "the versions of {place}");
            }
            for value in 0..4u8 {
                let number = key.clone().blind("number", &[b'n', value + b'0']).done();
                let one = look.find_one::<Person>(BY_NUMBER, &number)?.map(|one| one.record);
                assert_eq!(one.as_ref(), self.now.values().find(|held| held.number == format!("n{value}")));
                let with = |holds: &dyn Fn(&Person) -> bool| -> BTreeSet<RowKey> {
                    let held = self.now.values().filter(|held| holds(held));
                    held.map(|held| key.clone().id(&held.id).done()).collect()
                };
                let tag = key.clone().blind("tag", &[b't', value + b'0']).done();
                let tagged: BTreeSet<RowKey> = look.find::<Person>(BY_TAG, &tag, 99)?.into_iter().collect();
                assert_eq!(tagged, with(&|held| held.tags.contains(&format!("t{value}"))));
                let minute = key.clone().ordered(u64::from(value)).done();
                let then: BTreeSet<RowKey> = look.find::<Person>(BY_MINUTE, &minute, 99)?.into_iter().collect();
                assert_eq!(then, with(&|held| held.minute == u64::from(value)));
            }
            assert_eq!(look.page::<Person>(None, 99)?.len(), self.now.len());
            Ok(())
        })
    }
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let put = (0u8..5, 0u8..4, prop::collection::vec(0u8..4, 0..4), 0u64..4)
        .prop_map(|(place, number, tags, minute)| Step::Put { place, number, tags, minute });
    let step = prop_oneof![3 => put, 1 => (0u8..5).prop_map(|place| Step::Remove { place })];
    prop::collection::vec(prop::collection::vec(step, 1..5), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn records_indexes_and_versions_agree_with_a_model(transactions in steps()) {
        for suite in SUITES {
            let Store { vault, keys, engine, .. } = &store(suite);
            let mut model = Model::default();
            for steps in &transactions {
                // Refusals are swallowed on purpose: the rest of the transaction is committed all the same.
                change(vault, keys, |tx| {
                    for step in steps {
                        match step {
                            Step::Put { place, number, tags, minute } => {
                                let tags = tags.iter().map(|tag| format!("t{tag}")).collect();
                                let number = format!("n{number}");
                                let person = Person { number, tags, minute: *minute, ..Person::at(*place) };
                                let put = tx.put(&person, at(0), None);
                                assert!(put.is_ok() || word(put.as_ref().unwrap_err()) == "taken", "{put:?}");
                                assert_eq!(put.ok(), model.put(*place, &person));
                            }
                            Step::Remove { place } => {
                                let row = tx.reading().key_of(Person::TABLE)?.id(&[*place; 16]).done();
                                tx.remove::<Person>(&row)?;
                                model.now.remove(place);
                            }
                        }
                    }
                    Ok(())
                }).unwrap();
                model.agrees(vault, keys).unwrap();
                prop_assert!(sweep(vault, keys).digest_agrees);
            }
            let rows = model.versions.values().map(Vec::len).sum::<usize>();
            let index_rows = model.now.values().map(|held| 2 + held.tags.iter().collect::<BTreeSet<_>>().len()).sum();
            let count = |space: u8| engine.tamper(|rows| rows.keys().filter(|key| key[0] == space).count());
            prop_assert_eq!((count(0x10) + count(0x20), count(0x30)), (rows, index_rows), "nothing is left over");
        }
    }
}

// ---- Large content ----

#[test]
fn large_content_comes_back_whole_or_not_at_all() {
    let chunk = VALUE_BYTES_MAX - 1024;
    for suite in SUITES {
        let Store { vault, keys, engine, .. } = &store(suite);
        for length in [0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk + 5] {
            let content: Vec<u8> = (0..length).map(|at| (at % 249) as u8).collect();
            let blob = change(vault, keys, |tx| tx.put_blob(Compartment::Clinical, &content)).unwrap();
            let back = vault.read::<_, VaultError>(keys, |look| look.blob(&blob)).unwrap();
            assert!(*back == content, "{length} bytes");
        }
        assert!(sweep(vault, keys).digest_agrees);
        // Seven MiB, in figures: nobody has anything larger refused one day that was kept the day before.
        for (length, ends) in [(7_340_032, "ok"), (7_340_033, "value")] {
            let put = change(vault, keys, |tx| tx.put_blob(Compartment::Clinical, &vec![0; length]));
            assert_eq!(answer(put), ends, "{length} bytes");
        }

        engine.tamper(|rows| rows.retain(|key, _| key[0] != 0x40));
        let blob = change(vault, keys, |tx| tx.put_blob(Compartment::Clinical, &vec![7; 3 * chunk])).unwrap();
        let look = || answer(vault.read::<_, VaultError>(keys, |look| look.blob(&blob)));
        let whole = engine.tamper(|rows| rows.clone());
        let chunks: Vec<Vec<u8>> = whole.keys().filter(|key| key[0] == 0x40).cloned().collect();
        assert_eq!(chunks.len(), 3);
        for key in &chunks {
            engine.tamper(|rows| rows.get_mut(key).unwrap()[999] ^= 1);
            assert_eq!(look(), "sealed");
            engine.tamper(|rows| rows.remove(key));
            assert_eq!(look(), "contradiction");
            engine.tamper(|rows| rows.clone_from(&whole));
        }
        engine.tamper(|rows| {
            rows.insert(chunks[0].clone(), whole[&chunks[1]].clone());
            rows.insert(chunks[1].clone(), whole[&chunks[0]].clone());
        });
        assert_eq!(look(), "sealed", "chunks that changed places");
        engine.tamper(|rows| rows.clone_from(&whole));
        assert_eq!(look(), "ok");
    }
}

#[test]
fn content_of_a_compartment_that_is_not_held_is_refused() {
    let Store { vault, keys, .. } = &store(Suite::XChaCha20Poly1305);
    let blob = change(vault, keys, |tx| tx.put_blob(Compartment::Clinical, b"scan")).unwrap();
    let nobody = Arc::new(vault.device_keyring().unwrap());
    assert_eq!(answer(vault.read::<_, VaultError>(&nobody, |look| look.blob(&blob))), "not held");
    for content in [b"".as_slice(), b"scan"] {
        assert_eq!(answer(change(vault, &nobody, |tx| tx.put_blob(Compartment::Clinical, content))), "not held");
    }
}

// ---- Keys ----

/// Grants a receptionist and a doctor what their roles hold.
fn staffed(suite: Suite) -> Store {
    let store = store(suite);
    change(&store.vault, &store.keys, |tx| {
        tx.grant(&RECEPTION, PublicKey::of(&reception()), &[Compartment::Demographics, Compartment::Schedule])?;
        tx.grant(&DOCTOR, PublicKey::of(&doctor()), &[Compartment::Demographics, Compartment::Clinical])
    })
    .unwrap();
    put(&store.vault, &store.keys, &Person::at(1)).unwrap();
    put(&store.vault, &store.keys, &Note::at(1)).unwrap();
    store
}

#[test]
fn a_holder_opens_the_tables_of_the_granted_compartments_and_no_others() {
    for suite in SUITES {
        let Store { vault, .. } = &staffed(suite);
        let keys = Arc::new(vault.keyring_of(&RECEPTION, &reception()).unwrap());
        let held: Vec<_> = Compartment::GRANTED.into_iter().filter(|one| keys.holds(*one)).collect();
        assert_eq!(held, [Compartment::Demographics, Compartment::Schedule]);
        assert_eq!(get(vault, &keys, [1; 16]).unwrap(), Some(Person::at(1)));
        put(vault, &keys, &Person::at(2)).unwrap();
        assert_eq!(answer(get::<Note>(vault, &keys, [1; 16])), "not held");
        assert_eq!(answer(put(vault, &keys, &Note::at(2))), "not held");
        assert_eq!(answer(vault.read(&keys, |look| look.page::<Note>(None, 9))), "not held");
        assert_eq!(
            answer(vault.read(&keys, |look| look.each::<Note, _>(|_| (), |()| panic!("a note came out")))),
            "not held"
        );
        // Nor with a row key that somebody who holds the compartment made.
        let note = vault.keyring_of(&DOCTOR, &doctor()).unwrap();
        let row = vault.read::<_, VaultError>(&note, |look| Ok(look.key_of(Note::TABLE)?.id(&[1; 16]).done())).unwrap();
        assert_eq!(answer(vault.read::<_, VaultError>(&keys, |look| look.get::<Note>(&row))), "not held");
        // Nobody gives away, or renews, what they do not hold.
        let given =
            change(vault, &keys, |tx| tx.grant(&RECEPTION, PublicKey::of(&reception()), &[Compartment::Clinical]));
        assert_eq!(answer(given), "not held");
        assert_eq!(answer(change(vault, &keys, |tx| tx.raise_epoch(Compartment::Clinical))), "not held");
        for alone in [Compartment::Device, Compartment::Personal] {
            assert_eq!(answer(change(vault, &keys, |tx| tx.raise_epoch(alone))), "contradiction");
        }
        assert!(keys.log_private().is_none());
        assert_eq!(answer(vault.keyring_of(&RECEPTION, &doctor())), "sealed", "another person's private key");
        assert!(!vault.keyring_of(&[9; 16], &doctor()).unwrap().holds(Compartment::Demographics), "a stranger");
        assert_eq!(answer(get::<Person>(vault, &vault.device_keyring().unwrap(), [1; 16])), "not held");
    }
}

#[test]
fn a_holder_who_left_reads_nothing_that_is_written_later() {
    for suite in SUITES {
        let Store { vault, keys, .. } = &staffed(suite);
        let copied = vault.keyring_of(&RECEPTION, &reception()).unwrap();
        let (epoch, key) = change(vault, keys, |tx| {
            tx.revoke(&RECEPTION, &[Compartment::Demographics])?;
            tx.raise_epoch(Compartment::Demographics)
        })
        .unwrap();
        assert_eq!(epoch, 2);
        let mut session = Keyring::clone(keys);
        session.add_epoch(Compartment::Demographics, epoch, key);
        let session = Arc::new(session);
        put(vault, &session, &Person::at(2)).unwrap();

        assert_eq!(answer(get::<Person>(vault, &copied, [2; 16])), "sealed", "keys that were copied before leaving");
        assert_eq!(answer(get::<Person>(vault, keys, [2; 16])), "sealed", "a session that missed the new epoch");
        let left = vault.keyring_of(&RECEPTION, &reception()).unwrap();
        assert!(!left.holds(Compartment::Demographics) && left.holds(Compartment::Schedule));
        for both in [
            vault.keyring_of(&DOCTOR, &doctor()).unwrap(),
            Keyring::clone(&*vault.recover(&recovery()).unwrap()),
            Keyring::clone(&session),
        ] {
            assert_eq!(get(vault, &both, [1; 16]).unwrap(), Some(Person::at(1)), "the old epoch");
            assert_eq!(get(vault, &both, [2; 16]).unwrap(), Some(Person::at(2)), "the new epoch");
        }
        // Whoever is taken on later gets every epoch, and whoever is let go entirely gets none.
        let newcomer = ([3; 16], Key::from_bytes([3; 32]));
        change(vault, &session, |tx| {
            tx.revoke_all(&RECEPTION)?;
            tx.grant(&newcomer.0, PublicKey::of(&newcomer.1), &[Compartment::Demographics])
        })
        .unwrap();
        let new = vault.keyring_of(&newcomer.0, &newcomer.1).unwrap();
        assert_eq!(get(vault, &new, [1; 16]).unwrap(), Some(Person::at(1)));
        assert_eq!(get(vault, &new, [2; 16]).unwrap(), Some(Person::at(2)));
        assert_eq!(format!("{:?}", vault.keyring_of(&RECEPTION, &reception()).unwrap()), "{}");
        assert!(sweep(vault, keys).digest_agrees);
    }
}

#[test]
fn a_personal_compartment_opens_for_its_person_alone() {
    let Store { vault, keys, .. } = &staffed(Suite::XChaCha20Poly1305);
    let with = |private: &Key| {
        let mut own = Keyring::clone(keys);
        own.add_personal(private);
        own.holds(Compartment::Personal).then_some(own).unwrap()
    };
    let blob = change(vault, &Arc::new(with(&doctor())), |tx| tx.put_blob(Compartment::Personal, b"draft")).unwrap();
    let read = |keys: &Keyring| answer(vault.read::<_, VaultError>(keys, |look| look.blob(&blob)));
    assert_eq!((read(&with(&doctor())), read(&with(&reception())), read(keys)), ("ok", "sealed", "not held"));
}

#[test]
fn the_recovery_key_opens_everything_without_a_keychain() {
    for suite in SUITES {
        let store = staffed(suite);
        let device_key = store.vault.device_key().unwrap();
        store.keychain.tamper(BTreeMap::clear);
        let vault = store.reopen().unwrap();
        assert_eq!(answer(vault.device_key()), "no device key");
        assert_eq!(answer(vault.device_keyring()), "no device key");
        assert_eq!(answer(vault.keyring_of(&DOCTOR, &doctor())), "no device key");
        assert_eq!(answer(vault.recover(&Key::from_bytes([1; 32]))), "sealed", "a wrong recovery key");
        assert_eq!(answer(vault.device_key()), "no device key", "a wrong recovery key changes nothing");
        let keys = vault.recover(&recovery()).unwrap();
        assert!(Compartment::GRANTED.iter().all(|one| keys.holds(*one)));
        assert_eq!(get(&vault, &keys, [1; 16]).unwrap(), Some(Person::at(1)));
        assert_eq!(get(&vault, &keys, [1; 16]).unwrap(), Some(Note::at(1)));
        put(&vault, &keys, &Person::at(2)).unwrap();
        assert_eq!(vault.device_keyring().unwrap().device().log_public(), store.keys.device().log_public());
        let again = store.reopen().unwrap();
        let keys = again.keyring_of(&DOCTOR, &doctor()).unwrap();
        assert_eq!(get(&again, &keys, [2; 16]).unwrap(), Some(Person::at(2)), "this machine has a device key again");
        assert_eq!(
            again.device_key().unwrap().bytes(),
            device_key.bytes(),
            "so that passphrases open what they opened"
        );
        assert!(sweep(&again, &keys).digest_agrees);
    }
}

#[test]
fn a_replaced_recovery_key_is_dead() {
    for suite in SUITES {
        let store = staffed(suite);
        let Store { vault, keys, .. } = &store;
        let next = Key::from_bytes([0x33; 32]);
        let half = Arc::new(vault.keyring_of(&DOCTOR, &doctor()).unwrap());
        assert_eq!(answer(change(vault, &half, |tx| vault.replace_recovery(tx, &next))), "not held");
        assert_eq!(answer(vault.recover(&recovery())), "ok", "a refused replacement leaves the old one alive");
        change(vault, keys, |tx| vault.replace_recovery(tx, &next)).unwrap();
        vault.adopt_recovery(PublicKey::of(&next)).unwrap();
        for vault in [vault, &store.reopen().unwrap()] {
            assert_eq!(answer(vault.recover(&recovery())), "sealed");
            assert_eq!(get(vault, &vault.recover(&next).unwrap(), [1; 16]).unwrap(), Some(Note::at(1)));
        }
        store.keychain.tamper(BTreeMap::clear);
        let bare = store.reopen().unwrap();
        assert_eq!(answer(bare.recover(&recovery())), "sealed");
        assert_eq!(get(&bare, &bare.recover(&next).unwrap(), [1; 16]).unwrap(), Some(Note::at(1)));
        assert!(sweep(vault, keys).digest_agrees);
    }
}

#[test]
fn a_keychain_that_is_locked_or_holds_something_else_is_named() {
    let store = staffed(Suite::Aes256Gcm);
    store.keychain.set_absent(true);
    assert_eq!(answer(store.reopen()), "keychain");
    assert_eq!(answer(store.vault.anchor()), "keychain");
    let fresh = Vault::create(
        Box::new(keepwell_vault::engine::MemoryEngine::empty()),
        Arc::new(store.keychain.clone()),
        Suite::Aes256Gcm,
        &recovery(),
    );
    assert_eq!(answer(fresh), "keychain", "no store without a place for its key");
    store.keychain.set_absent(false);
    assert_eq!(answer(store.reopen()), "ok");
    for wrong in [vec![9; 32], vec![9; 31], Vec::new()] {
        store.keychain.tamper(|held| held.values_mut().for_each(|key| key.clone_from(&wrong)));
        let vault = store.reopen().unwrap();
        assert_eq!(answer(vault.device_key()), "no device key");
    }
    // A recovery that cannot keep the new device key says so, and a later one works.
    let vault = store.reopen().unwrap();
    store.keychain.set_absent(true);
    assert_eq!(answer(vault.recover(&recovery())), "keychain");
    assert_eq!(answer(vault.device_key()), "no device key");
    store.keychain.set_absent(false);
    store.engine.fail_commits_with(Some(|| EngineError::Full));
    assert_eq!(answer(vault.recover(&recovery())), "full");
    store.engine.fail_commits_with(None);
    assert_eq!(answer(vault.recover(&recovery())), "ok");
    assert_eq!(answer(store.reopen().unwrap().device_key()), "ok", "what recovery answered was kept");
    store.vault.set_anchor(b"here").unwrap();
    assert_eq!(store.reopen().unwrap().anchor().unwrap().unwrap().as_slice(), b"here");
}

// ---- The disk ----

#[test]
fn a_full_or_read_only_disk_leaves_nothing_half_written() {
    for suite in SUITES {
        let store = staffed(suite);
        let Store { vault, keys, engine, .. } = &store;
        let cases: [(&str, fn() -> EngineError); 3] = [
            ("full", || EngineError::Full),
            ("read only", || EngineError::ReadOnly),
            ("disk", || EngineError::Disk(std::io::Error::other("gone"))),
        ];
        for (expected, error) in cases {
            let before = store.rows();
            engine.fail_commits_with(Some(error));
            assert_eq!(answer(put(vault, keys, &Person::at(3))), expected);
            assert_eq!(answer(change(vault, keys, |tx| tx.revoke_all(&DOCTOR))), expected);
            let empty = keepwell_vault::engine::MemoryEngine::empty();
            empty.fail_commits_with(Some(error));
            let made = Vault::create(Box::new(empty.clone()), Arc::new(MemoryKeychain::default()), suite, &recovery());
            assert_eq!(answer(made), expected);
            assert_eq!(empty.tamper(|rows| rows.len()), 0);
            assert_eq!(store.rows(), before);
            assert_eq!(get(vault, keys, [1; 16]).unwrap(), Some(Person::at(1)), "reading goes on");
            engine.fail_commits_with(None);
            assert_eq!(answer(put(vault, keys, &Person::at(1))), "ok", "and so does writing, afterwards");
            assert!(sweep(vault, keys).digest_agrees);
        }
    }
}

// ---- Somebody with the file ----

#[test]
fn a_sweep_finds_what_was_dropped_added_or_put_back() {
    for suite in SUITES {
        let store = staffed(suite);
        let Store { vault, keys, engine, .. } = &store;
        let older = store.rows();
        put(vault, keys, &Person { minute: 500, ..Person::at(1) }).unwrap();
        change(vault, keys, |tx| tx.put_blob(Compartment::Clinical, &[1; 100])).unwrap();
        let whole = store.rows();
        let agrees = || sweep(vault, keys).digest_agrees;
        assert!(agrees());
        let covered: Vec<&Vec<u8>> = whole.keys().filter(|key| (0x08..0x50).contains(&key[0])).collect();
        assert_eq!(sweep(vault, keys).rows, covered.len() as u64);
        let spaces: BTreeSet<u8> = covered.iter().map(|key| key[0]).collect();
        assert_eq!(spaces, BTreeSet::from([0x08, 0x09, 0x10, 0x20, 0x30, 0x40]), "rows of every space are there");
        for key in &covered {
            engine.tamper(|rows| rows.remove(*key));
            assert!(!agrees(), "dropped {}", hex::encode(key));
            engine.tamper(|rows| rows.insert(key.to_vec(), [whole[*key].as_slice(), &[0]].concat()));
            assert!(!agrees(), "changed {}", hex::encode(key));
            engine.tamper(|rows| rows.insert(key.to_vec(), whole[*key].clone()));
            engine.tamper(|rows| rows.insert([key.as_slice(), &[0]].concat(), whole[*key].clone()));
            assert!(!agrees(), "added beside {}", hex::encode(key));
            store.set_rows(&whole);
        }
        let put_back: Vec<_> =
            covered.iter().filter(|key| older.get(**key).is_some_and(|o| *o != whole[**key])).collect();
        assert_eq!(put_back.len(), 1, "the record that was put again");
        engine.tamper(|rows| rows.insert(put_back[0].to_vec(), older[*put_back[0]].clone()));
        assert_eq!(get::<Person>(vault, keys, [1; 16]).unwrap(), Some(Person::at(1)), "an older row opens by itself");
        assert!(!agrees(), "but the sweep tells");
        store.set_rows(&whole);
        assert!(agrees());
    }
}

#[test]
fn a_value_opens_nowhere_but_where_it_was_sealed() {
    for suite in SUITES {
        let store = staffed(suite);
        let Store { vault, keys, engine, .. } = &store;
        for place in 1..4u8 {
            put(vault, keys, &Person { about: "again".to_owned(), ..Person::at(place) }).unwrap();
        }
        let whole = store.rows();
        let rows: Vec<&Vec<u8>> = whole.keys().filter(|key| [0x10, 0x20].contains(&key[0])).collect();
        let mut moves = 0;
        for (from, to) in rows.iter().flat_map(|from| rows.iter().map(move |to| (from, to))).filter(|(a, b)| a != b) {
            engine.tamper(|rows| rows.insert(to.to_vec(), whole[*from].clone()));
            let all = vault.read::<(), VaultError>(keys, |look| {
                let mut rows = Vec::new();
                for place in 0..4u8 {
                    rows.push(look.key_of(Person::TABLE)?.id(&[place; 16]).done());
                }
                rows.iter().try_for_each(|row| look.versions::<Person>(row).map(|_| ()))?;
                look.each::<Note, _>(|_| (), |()| ())
            });
            assert_eq!(answer(all), "sealed");
            store.set_rows(&whole);
            moves += 1;
        }
        assert!(moves >= 20, "{moves}");
        // Nor in another practice's store, under the very same key.
        let other = staffed(suite);
        let person = whole.keys().find(|key| key[0] == 0x10).unwrap();
        let mut foreign = other.rows();
        foreign.retain(|key, _| key[0] != 0x10);
        foreign.insert(person.clone(), whole[person].clone());
        other.set_rows(&foreign);
        assert_eq!(answer(other.vault.read(&other.keys, |look| look.page::<Person>(None, 9))), "sealed");
    }
}

#[test]
fn an_index_that_was_bent_to_another_record_is_no_answer() {
    let store = staffed(Suite::XChaCha20Poly1305);
    let Store { vault, keys, engine, .. } = &store;
    put(vault, keys, &Person::at(2)).unwrap();
    let number = |look: &keepwell_vault::Reading<'_>| {
        Ok::<_, VaultError>(look.key_of(Person::TABLE)?.blind("number", b"MRN-1").done())
    };
    let look = || vault.read::<_, VaultError>(keys, |look| look.find_one::<Person>(BY_NUMBER, &number(look)?));
    assert_eq!(look().unwrap().unwrap().record, Person::at(1));
    engine.tamper(|rows| {
        let index_rows = rows.iter_mut().filter(|(key, value)| key[0] == 0x30 && **value == [1; 16]);
        index_rows.for_each(|(_, value)| *value = vec![2; 16]);
    });
    assert_eq!(answer(look()), "contradiction");
}

// ---- The file ----

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn store(&self) -> PathBuf {
        let folder = self.0.path().join("practice");
        std::fs::create_dir_all(&folder).unwrap();
        folder.join("store")
    }

    fn open(&self) -> Result<Vault, VaultError> {
        Vault::open(Box::new(FileEngine::open(&self.store())?), Arc::new(self.keychain()))
    }

    fn keychain(&self) -> FileKeychain {
        FileKeychain::at(&self.0.path().join("keychain"), &self.0.path().join("practice")).unwrap()
    }

    /// Makes a small practice and returns the file's bytes.
    fn made(&self, suite: Suite) -> Vec<u8> {
        let engine = Box::new(FileEngine::create(&self.store()).unwrap());
        let (vault, keys) = Vault::create(engine, Arc::new(self.keychain()), suite, &recovery()).unwrap();
        for place in 0..20 {
            put(&vault, &keys, &Person::at(place)).unwrap();
            put(&vault, &keys, &Note::at(place)).unwrap();
        }
        drop(vault);
        FileEngine::keep(&self.store()).unwrap();
        std::fs::read(self.store()).unwrap()
    }
}

/// Reads all there is, and says whether it is right.
fn reads_right(vault: &Vault) -> Result<bool, VaultError> {
    let keys = vault.recover(&recovery())?;
    let mut right = vault.sweep(&keys, &mut |_| true)?.is_some_and(|sweep| sweep.digest_agrees);
    for place in 0..20 {
        right &= get(vault, &keys, [place; 16])? == Some(Person::at(place));
        right &= get(vault, &keys, [place; 16])? == Some(Note::at(place));
    }
    Ok(right)
}

#[test]
fn a_second_program_is_told_that_the_store_is_held() {
    let folder = Folder::new();
    folder.made(Suite::XChaCha20Poly1305);
    let vault = folder.open().unwrap();
    assert_eq!(answer(folder.open()), "held elsewhere");
    assert_eq!(child("child_opens", &folder), "held elsewhere");
    assert!(reads_right(&vault).unwrap(), "the first program goes on");
    drop(vault);
    assert_eq!(child("child_opens", &folder), "ok");
    assert_eq!(
        answer(FileEngine::create(&folder.store()).map_err(VaultError::from)),
        "foreign",
        "nothing is made over it"
    );
}

const FOLDER: &str = "KEEPWELL_TEST_FOLDER";

/// Runs one of the tests below as a program of its own and returns the word that it says.
fn child(test: &str, folder: &Folder) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(FOLDER, folder.0.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.split_once("says: ")).unwrap_or_else(|| panic!("{text}")).1.to_owned()
}

fn in_a_child() -> Option<(PathBuf, FileKeychain)> {
    let folder = PathBuf::from(std::env::var_os(FOLDER)?);
    let keychain = FileKeychain::at(&folder.join("keychain"), &folder.join("practice")).unwrap();
    Some((folder.join("practice/store"), keychain))
}

#[test]
fn child_opens() {
    let Some((path, keychain)) = in_a_child() else { return };
    let opened = FileEngine::open(&path).map_err(VaultError::from);
    println!("\nsays: {}", answer(opened.and_then(|engine| Vault::open(Box::new(engine), Arc::new(keychain)))));
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_under_a_real_file_costs_nothing_that_was_acknowledged() {
    let folder = Folder::new();
    let length = folder.made(Suite::XChaCha20Poly1305).len();
    let exe = std::env::current_exe().unwrap();
    // A limit on the size of files stands in for the end of the disk; the signal that goes with it is ignored.
    let script = format!(
        "trap '' XFSZ; ulimit -f {}; exec '{}' --exact child_fills_the_disk --nocapture",
        length / 1024 + 512,
        exe.display()
    );
    let output = Command::new("bash").args(["-c", &script]).env(FOLDER, folder.0.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let said = text.lines().find_map(|line| line.split_once("says: ")).unwrap_or_else(|| panic!("{text}")).1;
    let (kept, error) = said.split_once(' ').unwrap();
    assert_eq!(error, "full");
    let vault = folder.open().unwrap();
    assert!(reads_right(&vault).unwrap());
    let keys = vault.recover(&recovery()).unwrap();
    let rows = vault.read::<_, VaultError>(&keys, |look| look.log_scan(9, (&[], None), Direction::Up, 99_999)).unwrap();
    assert_eq!(rows.len(), kept.parse::<usize>().unwrap(), "what was acknowledged, and nothing else");
    put(&vault, &keys, &Person::at(99)).unwrap();
}

#[test]
fn child_fills_the_disk() {
    let Some((path, keychain)) = in_a_child() else { return };
    let vault = Vault::open(Box::new(FileEngine::open(&path).unwrap()), Arc::new(keychain)).unwrap();
    let keys = vault.recover(&recovery()).unwrap();
    for at in 0..5_000u64 {
        let put = change(&vault, &keys, |tx| tx.log_put(9, &at.to_be_bytes(), &[1; 60_000]));
        if let Err(error) = put {
            assert!(reads_right(&vault).unwrap(), "reading goes on after the disk is full");
            println!("\nsays: {at} {}", word(&error));
            return;
        }
    }
    println!("\nsays: 5000 nothing");
}

#[test]
fn every_file_that_is_no_whole_store_is_named() {
    let folder = Folder::new();
    assert_eq!(answer(folder.open()), "missing");
    let whole = folder.made(Suite::XChaCha20Poly1305);
    let path = folder.store();
    let open = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        answer(folder.open().and_then(|vault| reads_right(&vault)))
    };
    for length in [0, 1, 9, 512, 4095] {
        assert_eq!(open(&whole[..length]), "truncated", "{length} bytes");
    }
    for length in [4096, 8192, whole.len() / 4, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        let said = open(&whole[..length]);
        assert!(["truncated", "damaged"].contains(&said), "{length} of {} bytes: {said}", whole.len());
    }
    let mut sqlite = b"SQLite format 3\0".to_vec();
    sqlite.resize(8192, 0);
    for foreign in [vec![0; 4096], vec![0; 8192], vec![0xff; 100_000], sqlite, b"text ".repeat(2000)] {
        assert_eq!(open(&foreign), "foreign");
    }
    std::fs::remove_file(&path).unwrap();
    drop(redb::Database::create(&path).unwrap());
    assert_eq!(answer(folder.open()), "foreign", "another program's redb file");
    std::fs::remove_file(&path).unwrap();
    drop(FileEngine::create(&path).unwrap());
    assert_eq!(answer(folder.open()), "missing", "a store in the making is none yet");
    FileEngine::keep(&path).unwrap();
    assert_eq!(answer(folder.open()), "foreign", "a file in which no practice was made");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert_eq!(answer(folder.open()), "foreign", "a folder");
    std::fs::remove_dir(&path).unwrap();
    assert_eq!(open(&whole), "ok");
}

#[test]
fn a_damaged_byte_anywhere_ends_in_words_or_in_the_truth() {
    let folder = Folder::new();
    let whole = folder.made(Suite::XChaCha20Poly1305);
    let path = folder.store();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (round, place) in (0..whole.len()).step_by(whole.len() / 1100).enumerate() {
        let place = (place + (round * 37) % 512).min(whole.len() - 1);
        let mut damaged = whole.clone();
        damaged[place] ^= 1 << (round % 8);
        std::fs::write(&path, &damaged).unwrap();
        let said = std::panic::catch_unwind(|| match folder.open().and_then(|vault| reads_right(&vault)) {
            Ok(true) => "the truth",
            Ok(false) => "silently wrong",
            Err(error) => word(&error),
        });
        *counts.entry(said.unwrap_or("panic")).or_default() += 1;
    }
    println!("{} flips in {} bytes: {counts:?}", counts.values().sum::<u32>(), whole.len());
    assert!(!counts.contains_key("panic") && !counts.contains_key("silently wrong"), "{counts:?}");
    assert!(!counts.contains_key("disk") && !counts.contains_key("engine"), "each is named: {counts:?}");
    assert!(counts.get("damaged").is_some_and(|damaged| *damaged > 10), "{counts:?}");
    std::fs::write(&path, &whole).unwrap();
    assert!(reads_right(&folder.open().unwrap()).unwrap());
}
