//! What every engine below the seam must do. A new engine is one more line at the foot of this file.

#![allow(clippy::type_complexity, reason = "tables of cases")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod records;

use keepwell_vault::engine::{
    Body, Direction, Engine, EngineError, FileEngine, KEY_BYTES_MAX, MemoryEngine, Row, SCAN_ROWS_MAX, Snapshot,
    TRANSACTION_BYTES_MAX, Transaction, VALUE_BYTES_MAX, Verdict,
};
use keepwell_vault::{MemoryKeychain, Suite, Vault, VaultError};
use proptest::prelude::*;
use records::{Person, at, put, recovery, staff, sweep, word};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

/// An engine with whatever has to live as long as it does.
struct Fresh(Box<dyn Engine>, Option<tempfile::TempDir>);

fn memory() -> Fresh {
    Fresh(Box::new(MemoryEngine::empty()), None)
}

fn file() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    Fresh(Box::new(FileEngine::create(&folder.path().join("store")).unwrap()), Some(folder))
}

fn commit(engine: &dyn Engine, rows: &[(&[u8], &[u8])]) {
    engine
        .transact(&mut |tx| {
            rows.iter().try_for_each(|(key, value)| tx.put(key, value))?;
            Ok(Verdict::Commit)
        })
        .unwrap();
}

fn keys(rows: Vec<Row>) -> Vec<Vec<u8>> {
    rows.into_iter().map(|(key, _)| key).collect()
}

fn puts_gets_and_deletes(Fresh(engine, _folder): Fresh) {
    commit(&*engine, &[(b"a", b"1"), (b"b", b""), (&[0], b"low"), (&[255; KEY_BYTES_MAX], b"high")]);
    commit(&*engine, &[(b"a", b"2"), (b"value", &[7; VALUE_BYTES_MAX])]);
    engine
        .transact(&mut |tx| {
            tx.delete(b"b")?;
            tx.delete(b"was never there")?;
            Ok(Verdict::Commit)
        })
        .unwrap();
    let now = engine.snapshot().unwrap();
    assert_eq!(now.get(b"a").unwrap().as_deref(), Some(b"2".as_slice()));
    assert_eq!(now.get(b"b").unwrap(), None);
    assert_eq!(now.get(&[0]).unwrap().as_deref(), Some(b"low".as_slice()));
    assert_eq!(now.get(&[255; KEY_BYTES_MAX]).unwrap().as_deref(), Some(b"high".as_slice()));
    assert_eq!(now.get(b"value").unwrap(), Some(vec![7; VALUE_BYTES_MAX]));
}

fn scans_in_the_order_of_bytes_within_half_open_bounds(Fresh(engine, _folder): Fresh) {
    let all: [&[u8]; 7] = [b"\x00", b"a", b"a\x00", b"ab", b"b", b"b\xff", b"c"];
    let rows: Vec<(&[u8], &[u8])> = all.iter().rev().map(|key| (*key, *key)).collect();
    commit(&*engine, &rows);
    let now = engine.snapshot().unwrap();
    let cases: [(&[u8], &[u8], usize, &[usize]); 9] = [
        (b"", b"\xff", 100, &[0, 1, 2, 3, 4, 5, 6]),
        (b"a", b"c", 100, &[1, 2, 3, 4, 5]),
        (b"a", b"b", 100, &[1, 2, 3]),
        (b"a\x00", b"a\x00\x00", 100, &[2]),
        (b"b", b"b", 100, &[]),
        (b"c", b"a", 100, &[]),
        (b"d", b"e", 100, &[]),
        (b"", b"\xff", 0, &[]),
        (b"", b"\x01", 5, &[0]),
    ];
    for (from, until, limit, expected) in cases {
        let mut expected: Vec<Vec<u8>> = expected.iter().map(|at| all[*at].to_vec()).collect();
        assert_eq!(keys(now.scan(from, until, Direction::Up, limit).unwrap()), expected, "{from:?} {until:?}");
        expected.reverse();
        assert_eq!(keys(now.scan(from, until, Direction::Down, limit).unwrap()), expected, "{from:?} {until:?}");
    }
    for limit in 0..=8 {
        let up: Vec<_> = all.iter().take(limit).map(|key| key.to_vec()).collect();
        let down: Vec<_> = all.iter().rev().take(limit).map(|key| key.to_vec()).collect();
        assert_eq!(keys(now.scan(b"", b"\xff", Direction::Up, limit).unwrap()), up);
        assert_eq!(keys(now.scan(b"", b"\xff", Direction::Down, limit).unwrap()), down);
    }
}

fn a_transaction_sees_its_own_writes(Fresh(engine, _folder): Fresh) {
    commit(&*engine, &[(b"a", b"old"), (b"b", b"old")]);
    engine
        .transact(&mut |tx| {
            tx.put(b"a", b"new")?;
            tx.delete(b"b")?;
            tx.put(b"c", b"new")?;
            assert_eq!(tx.get(b"a")?.as_deref(), Some(b"new".as_slice()));
            assert_eq!(tx.get(b"b")?, None);
            assert_eq!(keys(tx.scan(b"a", b"z", Direction::Up, 9)?), [b"a", b"c"]);
            assert_eq!(keys(tx.scan(b"a", b"z", Direction::Down, 1)?), [b"c"]);
            Ok(Verdict::Commit)
        })
        .unwrap();
}

fn an_abort_and_an_error_forget_everything(Fresh(engine, _folder): Fresh) {
    commit(&*engine, &[(b"a", b"old")]);
    let spoil = |tx: &mut dyn Transaction| {
        tx.put(b"a", b"new")?;
        tx.put(b"b", b"new")?;
        Ok::<_, EngineError>(Verdict::Abort)
    };
    engine.transact(&mut |tx| spoil(tx)).unwrap();
    let failed = engine.transact(&mut |tx| {
        spoil(tx)?;
        Err(EngineError::TooLarge("value"))
    });
    assert!(matches!(failed, Err(EngineError::TooLarge("value"))));
    {
        let now = engine.snapshot().unwrap();
        assert_eq!(now.get(b"a").unwrap().as_deref(), Some(b"old".as_slice()));
        assert_eq!(now.get(b"b").unwrap(), None);
    }
    commit(&*engine, &[(b"b", b"after")]);
    assert!(engine.snapshot().unwrap().get(b"b").unwrap().is_some());
}

fn a_commit_shows_in_later_snapshots(Fresh(engine, _folder): Fresh) {
    for round in 0..20u8 {
        commit(&*engine, &[(b"round", &[round])]);
        assert_eq!(engine.snapshot().unwrap().get(b"round").unwrap(), Some(vec![round]));
    }
}

fn agrees_with_a_map(make: fn() -> Fresh, cases: u32) {
    #[derive(Debug, Clone)]
    enum Step {
        Put(Vec<u8>, Vec<u8>),
        Delete(Vec<u8>),
        Scan(Vec<u8>, Vec<u8>, bool, usize),
    }
    let key = || prop::collection::vec(0u8..4, 1..4);
    let step = prop_oneof![
        4 => (key(), prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(key, value)| Step::Put(key, value)),
        2 => key().prop_map(Step::Delete),
        2 => (key(), key(), any::<bool>(), 0usize..9).prop_map(|(from, until, up, limit)| Step::Scan(from, until, up, limit)),
    ];
    let transactions = prop::collection::vec((prop::collection::vec(step, 0..12), prop::bool::weighted(0.8)), 0..10);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(transactions in transactions)| {
        let Fresh(engine, _folder) = make();
        let mut model: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        for (steps, commits) in transactions {
            let mut next = model.clone();
            engine.transact(&mut |tx| {
                // The engine may run this again, so the model starts afresh as well.
                next.clone_from(&model);
                for step in &steps {
                    match step {
                        Step::Put(key, value) => {
                            tx.put(key, value)?;
                            next.insert(key.clone(), value.clone());
                        }
                        Step::Delete(key) => {
                            tx.delete(key)?;
                            next.remove(key);
                        }
                        Step::Scan(from, until, up, limit) => {
                            let direction = if *up { Direction::Up } else { Direction::Down };
                            assert_eq!(tx.scan(from, until, direction, *limit)?, scan(&next, from, until, *up, *limit));
                        }
                    }
                }
                Ok(if commits { Verdict::Commit } else { Verdict::Abort })
            }).unwrap();
            if commits {
                model = next;
            }
            let now = engine.snapshot().unwrap();
            let rows: Vec<Row> = model.clone().into_iter().collect();
            prop_assert_eq!(now.scan(&[], &[255], Direction::Up, usize::MAX).unwrap(), rows);
        }
    });
}

fn scan(model: &BTreeMap<Vec<u8>, Vec<u8>>, from: &[u8], until: &[u8], up: bool, limit: usize) -> Vec<Row> {
    if from >= until {
        return Vec::new();
    }
    let range = model.range::<[u8], _>((Bound::Included(from), Bound::Excluded(until)));
    let mut rows: Vec<Row> = range.map(|(key, value)| (key.clone(), value.clone())).collect();
    if !up {
        rows.reverse();
    }
    rows.truncate(limit);
    rows
}

fn over(engine: Box<dyn Engine>) -> (Vault, Arc<keepwell_vault::Keyring>) {
    Vault::create(engine, Arc::new(MemoryKeychain::default()), Suite::XChaCha20Poly1305, &recovery()).unwrap()
}

fn refuses_what_is_beyond_the_limits_and_writes_nothing(Fresh(engine, _folder): Fresh) {
    let (vault, keys) = over(engine);
    let before = sweep(&vault, &keys);
    type Spoiler = fn(&mut keepwell_vault::Writing<'_>) -> Result<(), VaultError>;
    let cases: [(&str, Spoiler); 4] = [
        ("key", |tx| tx.log_put(1, &[1; KEY_BYTES_MAX], b"")),
        ("value", |tx| tx.log_put(1, b"k", &[1; VALUE_BYTES_MAX + 1])),
        ("value", |tx| {
            tx.put(&Person { about: "x".repeat(VALUE_BYTES_MAX), ..Person::at(1) }, at(0), None).map(|_| ())
        }),
        ("transaction", |tx| {
            let value = vec![1; VALUE_BYTES_MAX];
            let many = TRANSACTION_BYTES_MAX / VALUE_BYTES_MAX + 1;
            (0..many as u64).try_for_each(|at| tx.log_put(1, &at.to_be_bytes(), &value))
        }),
    ];
    for (what, spoil) in cases {
        // Each case once with the error passed on, and once with the error swallowed and a commit asked for.
        for swallowed in [false, true] {
            let refused = vault.write::<(), VaultError>(&keys, &mut |tx| {
                tx.put(&Person::at(9), at(0), None)?;
                tx.log_put(1, b"beside", b"it")?;
                let spoilt = spoil(tx);
                assert!(matches!(&spoilt, Err(error) if word(error) == what), "{what}: {spoilt:?}");
                if !swallowed {
                    spoilt?;
                }
                Ok((Verdict::Commit, ()))
            });
            assert_eq!(refused.as_ref().map_err(word), Err(what), "swallowed {swallowed}");
            assert!(refused.unwrap_err().to_string().contains(what), "the words name the limit");
            assert_eq!(sweep(&vault, &keys), before, "{what}");
            let log = vault.read::<_, VaultError>(&keys, |look| look.log_scan(1, (&[], None), Direction::Up, 9));
            assert_eq!(log.unwrap(), [], "{what}");
        }
    }
    put(&vault, &keys, &Person::at(1)).unwrap();
    assert!(sweep(&vault, &keys).digest_agrees);
}

/// Runs each body once for nothing, as an engine does that lost a race.
struct Retrying(Box<dyn Engine>);

impl Engine for Retrying {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError> {
        self.0.snapshot()
    }

    fn transact(&self, body: Body<'_>) -> Result<(), EngineError> {
        self.0.transact(&mut |tx| body(tx).map(|_| Verdict::Abort))?;
        self.0.transact(body)
    }
}

fn a_body_that_is_run_again_starts_afresh(Fresh(engine, _folder): Fresh) {
    let (vault, keys) = over(Box::new(Retrying(engine)));
    for round in 1..=3u64 {
        let runs = Cell::new(0);
        let version = vault
            .write::<_, VaultError>(&keys, &mut |tx| {
                runs.set(runs.get() + 1);
                assert!(tx.changes().is_empty(), "the changes of the first run are gone");
                let version = tx.put(&Person::at(1), at(0), Some(staff()))?;
                assert_eq!(tx.changes().len(), 1);
                Ok((Verdict::Commit, version))
            })
            .unwrap();
        assert_eq!((runs.get(), version), (2, round));
    }
    assert!(sweep(&vault, &keys).digest_agrees);
}

fn reads_more_rows_than_one_scan_gives(Fresh(engine, _folder): Fresh) {
    let (vault, keys) = over(engine);
    let many = SCAN_ROWS_MAX as u64 + 500;
    records::change(&vault, &keys, |tx| {
        for number in 0..many {
            let mut id = [0u8; 16];
            id[..8].copy_from_slice(&number.to_be_bytes());
            tx.put(&records::Note { id, text: number.to_string() }, at(0), None)?;
        }
        let page = tx.reading().page::<records::Note>(None, usize::MAX)?;
        assert_eq!(page.len() as u64, many, "a page is read scan by scan");
        Ok(())
    })
    .unwrap();
    let mut seen = Vec::new();
    vault.read(&keys, |look| look.each::<records::Note, _>(|note| note, |note| seen.push(note.record.text))).unwrap();
    assert_eq!(seen, (0..many).map(|number| number.to_string()).collect::<Vec<_>>());
    let sweep = sweep(&vault, &keys);
    assert!(sweep.digest_agrees && sweep.rows > many);
    assert_eq!(vault.sweep(&keys, &mut |_| false).unwrap(), None, "a sweep can be called off");
}

macro_rules! suite {
    ($engine:ident, $cases:literal, [$($case:ident)+]) => {
        mod $engine {
            $(#[test] fn $case() { super::$case(super::$engine()); })+

            #[test]
            fn agrees_with_a_map() {
                super::agrees_with_a_map(super::$engine, $cases);
            }
        }
    };
}

macro_rules! on_every_engine {
    ($($case:ident)+) => {
        suite!(memory, 256, [$($case)+]);
        suite!(file, 48, [$($case)+]);
    };
}

on_every_engine! {
    puts_gets_and_deletes
    scans_in_the_order_of_bytes_within_half_open_bounds
    a_transaction_sees_its_own_writes
    an_abort_and_an_error_forget_everything
    a_commit_shows_in_later_snapshots
    refuses_what_is_beyond_the_limits_and_writes_nothing
    a_body_that_is_run_again_starts_afresh
    reads_more_rows_than_one_scan_gives
}

#[test]
fn a_snapshot_of_the_file_stays_as_it_was_while_others_write() {
    let Fresh(engine, _folder) = file();
    commit(&*engine, &[(b"a", b"old"), (b"b", b"old")]);
    let before = engine.snapshot().unwrap();
    engine
        .transact(&mut |tx| {
            tx.put(b"a", b"new")?;
            tx.delete(b"b")?;
            tx.put(b"c", b"new")?;
            Ok(Verdict::Commit)
        })
        .unwrap();
    assert_eq!(before.get(b"a").unwrap().as_deref(), Some(b"old".as_slice()));
    assert_eq!(keys(before.scan(b"a", b"z", Direction::Up, 9).unwrap()), [b"a", b"b"]);
    let after = engine.snapshot().unwrap();
    assert_eq!(keys(after.scan(b"a", b"z", Direction::Up, 9).unwrap()), [b"a", b"c"]);
}
