//! The vault against a plain map with versions: whatever is done to it in whatever order, it says what the map says.
//!
//! `PROPTEST_CASES` asks for more than the 256 cases of a usual run; what fails leaves its seed beside this file.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod records;

use keepwell_kernel::{Compartment, StaffId};
use keepwell_vault::engine::{Engine, FileEngine, MemoryEngine, VALUE_BYTES_MAX, Verdict};
use keepwell_vault::{
    BlobRef, Change, Key, Keyring, MemoryKeychain, Reading, Record, Stored, Suite, Vault, VaultError, Writing,
};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use records::{BY_MINUTE, BY_NUMBER, BY_TAG, Note, Person, SUITES, at, recovery, staff, sweep, word};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

const PLACES: u8 = 6;
const VALUES: u8 = 4;
/// What one chunk of large content holds.
const CHUNK_BYTES: usize = VALUE_BYTES_MAX - 1024;

// ---- What is done ----

#[derive(Debug, Clone)]
enum Act {
    Put { person: Person, over: bool },
    Letter { place: u8, bytes: usize },
    Remove { place: u8 },
    Note { place: u8, text: u8 },
    RemoveNote { place: u8 },
    TooLarge { place: u8 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Commit,
    Abort,
    Fail,
}

#[derive(Debug, Clone)]
enum Step {
    /// One transaction; `go_on` goes on after a refusal instead of answering it.
    Change { acts: Vec<Act>, go_on: bool, end: End },
    /// A new epoch of the patients' compartment, committed or not.
    Epoch { end: End },
    /// The program ends and begins again.
    Reopen,
}

prop_compose! {
    fn a_person()(
        place in 0..PLACES, number in 0..VALUES, minute in 0..u64::from(VALUES),
        tags in prop::collection::vec(0..VALUES, 0..4),
    ) -> Person {
        let tags = tags.iter().map(|tag| format!("t{tag}")).collect();
        Person { number: format!("n{number}"), tags, minute, ..Person::at(place) }
    }
}

fn an_act() -> impl Strategy<Value = Act> {
    let length = prop_oneof![
        30 => 0usize..200,
        1 => prop::sample::select(vec![CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES + 7]),
    ];
    prop_oneof![
        8 => (a_person(), prop::bool::weighted(0.2)).prop_map(|(person, over)| Act::Put { person, over }),
        2 => (0..PLACES, length).prop_map(|(place, bytes)| Act::Letter { place, bytes }),
        4 => (0..PLACES).prop_map(|place| Act::Remove { place }),
        2 => (0..PLACES, 0..VALUES).prop_map(|(place, text)| Act::Note { place, text }),
        1 => (0..PLACES).prop_map(|place| Act::RemoveNote { place }),
    ]
}

fn a_step() -> impl Strategy<Value = Step> {
    let end = || prop_oneof![6 => Just(End::Commit), 1 => Just(End::Abort), 1 => Just(End::Fail)];
    let acts = prop::collection::vec(
        prop_oneof![
            40 => an_act(),
            1 => (0..PLACES).prop_map(|place| Act::TooLarge { place }),
        ],
        0..6,
    );
    prop_oneof![
        20 => (acts, prop::bool::weighted(0.7), end())
            .prop_map(|(acts, go_on, end)| Step::Change { acts, go_on, end }),
        1 => end().prop_map(|end| Step::Epoch { end }),
        2 => Just(Step::Reopen),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(a_step(), 1..80)
}

// ---- What it should say, kept in the simplest way ----

#[derive(Debug, Clone, PartialEq)]
struct Told<R> {
    record: R,
    at: u32,
    by: Option<StaffId>,
}

/// One record: the newest kept version is the current one, unless it was removed.
#[derive(Debug, Clone, Default, PartialEq)]
struct Past {
    present: bool,
    kept: BTreeMap<u64, Told<Person>>,
}

impl Past {
    fn now(&self) -> Option<(u64, &Told<Person>)> {
        self.kept.last_key_value().filter(|_| self.present).map(|(version, told)| (*version, told))
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Model {
    people: BTreeMap<u8, Past>,
    notes: BTreeMap<u8, Told<Note>>,
    letters: Vec<(BlobRef, Vec<u8>)>,
    epochs: u64,
}

/// A change as the log would keep it: table, place, version, and whether there is content.
type Said = (&'static str, u8, u64, bool);

impl Model {
    fn put(&mut self, told: Told<Person>, over: bool) -> Result<Said, &'static str> {
        let place = told.record.id[0];
        let other = |(held_at, past): (&u8, &Past)| {
            *held_at != place && past.now().is_some_and(|(_, held)| held.record.number == told.record.number)
        };
        if self.people.iter().any(other) {
            return Err("taken");
        }
        let past = self.people.entry(place).or_default();
        let last = past.kept.last_key_value().map_or(0, |(version, _)| *version);
        if over && past.present {
            past.kept.remove(&last);
        }
        past.kept.insert(last + 1, told);
        past.present = true;
        Ok(("person", place, last + 1, true))
    }

    fn remove(&mut self, place: u8) -> Option<Said> {
        let past = self.people.get_mut(&place)?;
        let (version, _) = past.now()?;
        past.present = false;
        Some(("person", place, version, false))
    }

    fn note(&mut self, told: Told<Note>) -> Result<Said, &'static str> {
        let place = told.record.id[0];
        if self.notes.contains_key(&place) {
            return Err("write once");
        }
        self.notes.insert(place, told);
        Ok(("note", place, 1, true))
    }

    fn people_now(&self) -> impl Iterator<Item = (u64, &Told<Person>)> {
        self.people.values().filter_map(Past::now)
    }

    /// Counts the rows that stand in the store because of all this.
    fn rows(&self) -> u64 {
        let versions = self.people.values().map(|past| past.kept.len()).sum::<usize>();
        let of_index = |told: &Told<Person>| 2 + told.record.tags.iter().collect::<BTreeSet<_>>().len();
        let indexed = self.people_now().map(|(_, told)| of_index(told)).sum::<usize>();
        let chunks = self.letters.iter().map(|(_, content)| content.len().div_ceil(CHUNK_BYTES)).sum::<usize>();
        (versions + indexed + chunks + self.notes.len()) as u64 + self.epochs
    }
}

// ---- The two side by side ----

enum Medium {
    Memory(MemoryEngine),
    File(tempfile::TempDir),
}

fn store_in(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("store")
}

struct Bench {
    medium: Medium,
    keychain: MemoryKeychain,
    vault: Option<Vault>,
    keys: Arc<Keyring>,
    /// Rows of a store in which nothing was done yet.
    first: u64,
    model: Model,
    minute: u32,
}

/// Holds an answer to what the map says, refusals included.
fn both<T: std::fmt::Debug>(
    answer: Result<T, VaultError>,
    expected: Result<Said, &'static str>,
) -> Result<T, VaultError> {
    assert_eq!(answer.as_ref().map(drop).map_err(word), expected.map(drop));
    answer
}

/// Does one act on both sides, and answers what the vault answers.
fn act(
    tx: &mut Writing<'_>,
    model: &mut Model,
    said: &mut Vec<Said>,
    act: &Act,
    minute: u32,
) -> Result<(), VaultError> {
    let by = minute.is_multiple_of(2).then(staff);
    let told = |record: Person| Told { record, at: minute, by };
    match act {
        Act::Put { person, over } => {
            let expected = model.put(told(person.clone()), *over);
            said.extend(expected);
            let put = if *over { tx.put_over(person, at(minute), by) } else { tx.put(person, at(minute), by) };
            let version = both(put, expected)?;
            assert_eq!(Some(version), expected.ok().map(|(_, _, version, _)| version));
        }
        Act::Letter { place, bytes } => {
            let content: Vec<u8> = (0..*bytes).map(|at| (at % 251) as u8 ^ place).collect();
            let letter = tx.put_blob(Compartment::Clinical, &content)?;
            model.letters.push((letter.clone(), content));
            let held = model.people.get(place).and_then(Past::now).map(|(_, told)| told.record.clone());
            let person = Person { letter: Some(letter), ..held.unwrap_or_else(|| Person::at(*place)) };
            let expected = model.put(told(person.clone()), false);
            said.extend(expected);
            both(tx.put(&person, at(minute), by), expected)?;
        }
        Act::Remove { place } => {
            said.extend(model.remove(*place));
            let row = tx.reading().key_of(Person::TABLE)?.id(&[*place; 16]).done();
            tx.remove::<Person>(&row)?;
        }
        Act::Note { place, text } => {
            let note = Note { text: format!("note {text}"), ..Note::at(*place) };
            let expected = model.note(Told { record: note.clone(), at: minute, by });
            said.extend(expected);
            both(tx.put(&note, at(minute), by), expected)?;
        }
        Act::RemoveNote { place } => {
            let row = tx.reading().key_of(Note::TABLE)?.id(&[*place; 16]).done();
            both(tx.remove::<Note>(&row), Err("write once"))?;
        }
        Act::TooLarge { place } => {
            // The number is nobody's, so that nothing else can refuse this.
            let about = "x".repeat(VALUE_BYTES_MAX);
            let person = Person { number: "nobody's".to_owned(), about, ..Person::at(*place) };
            both(tx.put(&person, at(minute), by), Err("value"))?;
        }
    }
    Ok(())
}

impl Bench {
    fn new(medium: Medium, suite: Suite) -> Self {
        let keychain = MemoryKeychain::default();
        let engine: Box<dyn Engine> = match &medium {
            Medium::Memory(engine) => Box::new(engine.clone()),
            Medium::File(folder) => Box::new(FileEngine::create(&store_in(folder)).unwrap()),
        };
        let (vault, keys) = Vault::create(engine, Arc::new(keychain.clone()), suite, &recovery()).unwrap();
        if let Medium::File(folder) = &medium {
            FileEngine::keep(&store_in(folder)).unwrap();
        }
        let first = sweep(&vault, &keys).rows;
        Self { medium, keychain, vault: Some(vault), keys, first, model: Model::default(), minute: 0 }
    }

    fn vault(&self) -> &Vault {
        self.vault.as_ref().unwrap()
    }

    fn step(&mut self, step: &Step) {
        self.minute += 1;
        match step {
            Step::Change { acts, go_on, end } => self.change(acts, *go_on, *end),
            Step::Epoch { end } => self.epoch(*end),
            Step::Reopen => self.reopen(),
        }
        // Going through everything costs more than all the rest, so not each step does.
        if self.minute.is_multiple_of(8) || matches!(step, Step::Reopen) {
            let swept = sweep(self.vault(), &self.keys);
            assert!(swept.digest_agrees);
            assert_eq!(swept.rows, self.first + self.model.rows(), "rows that nobody put, or that are lost");
        }
        self.agrees(&touched(step));
    }

    fn change(&mut self, acts: &[Act], go_on: bool, end: End) {
        let (vault, minute) = (self.vault.as_ref().unwrap(), self.minute);
        let mut model = self.model.clone();
        let done = vault.write::<(), VaultError>(&self.keys, &mut |tx| {
            // The body may be run more than once, so it starts afresh.
            model = self.model.clone();
            let mut said = Vec::new();
            for one in acts {
                match act(tx, &mut model, &mut said, one, minute) {
                    // After a limit was broken nothing more is taken.
                    Err(_) if go_on && matches!(one, Act::TooLarge { .. }) => break,
                    Err(refusal) if !go_on => return Err(refusal),
                    _ => {}
                }
            }
            changes_agree(tx.changes(), &said);
            match end {
                End::Commit => Ok((Verdict::Commit, ())),
                End::Abort => Ok((Verdict::Abort, ())),
                End::Fail => Err(VaultError::Contradiction("as asked")),
            }
        });
        let spoilt = acts.iter().any(|one| matches!(one, Act::TooLarge { .. }));
        if done.is_ok() && end == End::Commit {
            assert!(!spoilt, "a transaction beyond the limits was committed");
            self.model = model;
            return;
        }
        assert!(end != End::Commit || spoilt || !go_on, "{done:?}");
        let lost = model.letters.get(self.model.letters.len()..).unwrap_or_default();
        for (letter, _) in lost.iter().filter(|(_, content)| !content.is_empty()) {
            let read = vault.read::<_, VaultError>(&self.keys, |look| look.blob(letter));
            assert!(read.is_err(), "content of a change that was not committed");
        }
    }

    fn epoch(&mut self, end: End) {
        let raised = self.vault().write::<(u32, Key), VaultError>(&self.keys, &mut |tx| {
            let raised = tx.raise_epoch(Compartment::Demographics)?;
            match end {
                End::Commit => Ok((Verdict::Commit, raised)),
                End::Abort => Ok((Verdict::Abort, raised)),
                End::Fail => Err(VaultError::Contradiction("as asked")),
            }
        });
        if let (Ok((epoch, key)), End::Commit) = (raised, end) {
            Arc::make_mut(&mut self.keys).add_epoch(Compartment::Demographics, epoch, key);
            self.model.epochs += 1;
        }
    }

    fn reopen(&mut self) {
        // The file is let go of before it is opened again.
        self.vault = None;
        let engine: Box<dyn Engine> = match &self.medium {
            Medium::Memory(engine) => Box::new(engine.clone()),
            Medium::File(folder) => Box::new(FileEngine::open(&store_in(folder)).unwrap()),
        };
        let vault = Vault::open(engine, Arc::new(self.keychain.clone())).unwrap();
        self.keys = vault.recover(&recovery()).unwrap();
        self.vault = Some(vault);
    }

    /// Compares what lies at some places, and what is found by way of the indexes.
    fn agrees(&self, places: &BTreeSet<u8>) {
        let look = |look: &Reading<'_>| {
            places.iter().for_each(|place| record_agrees(look, &self.model, *place));
            if self.minute.is_multiple_of(8) || places.len() == usize::from(PLACES) {
                indexes_agree(look, &self.model);
                pages_agree(look, &self.model);
            }
            for (letter, content) in self.model.letters.iter().rev().take(places.len()) {
                assert!(*look.blob(letter)? == *content, "large content came back as something else");
            }
            Ok::<_, VaultError>(())
        };
        self.vault().read(&self.keys, look).unwrap();
    }
}

fn touched(step: &Step) -> BTreeSet<u8> {
    let Step::Change { acts, .. } = step else { return (0..PLACES).collect() };
    acts.iter()
        .map(|act| match act {
            Act::Put { person, .. } => person.id[0],
            Act::Letter { place, .. }
            | Act::Remove { place }
            | Act::Note { place, .. }
            | Act::RemoveNote { place }
            | Act::TooLarge { place } => *place,
        })
        .collect()
}

fn changes_agree(changes: &[Change], said: &[Said]) {
    let found: Vec<Said> =
        changes.iter().map(|one| (one.table, one.key[0], one.version, one.content != [0; 32])).collect();
    assert_eq!(found, said, "what the log is told");
}

fn told<R>(stored: Stored<R>) -> (u64, R, u32, Option<StaffId>) {
    let minute = (stored.at - at(0)).num_minutes();
    (stored.version, stored.record, u32::try_from(minute).unwrap(), stored.by)
}

fn expected<R: Clone>(version: u64, told: &Told<R>) -> (u64, R, u32, Option<StaffId>) {
    (version, told.record.clone(), told.at, told.by)
}

fn record_agrees(look: &Reading<'_>, model: &Model, place: u8) {
    let row = look.key_of(Person::TABLE).unwrap().id(&[place; 16]).done();
    let nothing = Past::default();
    let past = model.people.get(&place).unwrap_or(&nothing);
    let now = look.get::<Person>(&row).unwrap().map(told);
    assert_eq!(now, past.now().map(|(version, told)| expected(version, told)), "place {}", place);
    let versions: Vec<_> = look.versions::<Person>(&row).unwrap().into_iter().map(told).collect();
    let all: Vec<_> = past.kept.iter().rev().map(|(version, told)| expected(*version, told)).collect();
    assert_eq!(versions, all, "the versions of {}", place);
    let last = past.kept.last_key_value().map_or(0, |(version, _)| *version);
    for version in 0..=last + 1 {
        let one = look.version::<Person>(&row, version).unwrap().map(told);
        assert_eq!(one, past.kept.get(&version).map(|told| expected(version, told)));
    }
    let row = look.key_of(Note::TABLE).unwrap().id(&[place; 16]).done();
    let note = look.get::<Note>(&row).unwrap().map(told);
    assert_eq!(note, model.notes.get(&place).map(|told| expected(1, told)));
}

fn indexes_agree(look: &Reading<'_>, model: &Model) {
    let key = look.key_of(Person::TABLE).unwrap();
    let row = |person: &Person| key.clone().id(&person.id).done();
    for value in 0..VALUES {
        let number = key.clone().blind("number", format!("n{value}").as_bytes()).done();
        let one = look.find_one::<Person>(BY_NUMBER, &number).unwrap().map(told);
        let holds = |(_, told): &(u64, &Told<Person>)| told.record.number == format!("n{value}");
        assert_eq!(one, model.people_now().find(holds).map(|(version, told)| expected(version, told)));

        let tag = key.clone().blind("tag", format!("t{value}").as_bytes()).done();
        let tagged: BTreeSet<_> = look.find::<Person>(BY_TAG, &tag, 99).unwrap().into_iter().collect();
        let bears = |told: &&Told<Person>| told.record.tags.contains(&format!("t{value}"));
        let all: BTreeSet<_> =
            model.people_now().map(|(_, told)| told).filter(bears).map(|told| row(&told.record)).collect();
        assert_eq!(&tagged, &all);
        let first = look.find_one::<Person>(BY_TAG, &tag).unwrap().map(|stored| row(&stored.record));
        assert_eq!(first, all.first().cloned(), "of several the first is given");
    }
    let mut in_order: Vec<(u64, [u8; 16])> =
        model.people_now().map(|(_, told)| (told.record.minute, told.record.id)).collect();
    in_order.sort_unstable();
    for limit in [1, 3, 99] {
        let found = look.find::<Person>(BY_MINUTE, &key.clone().done(), limit).unwrap();
        let all: Vec<_> = in_order.iter().take(limit).map(|(_, id)| key.clone().id(id).done()).collect();
        assert_eq!(found, all, "an ordered index gives its order");
    }
}

fn pages_agree(look: &Reading<'_>, model: &Model) {
    let all: Vec<_> = model.people_now().map(|(version, told)| expected(version, told)).collect();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = look.page::<Person>(after.as_ref(), 2).unwrap();
        let Some((last, _)) = page.last() else { break };
        after = Some(last.clone());
        found.extend(page.into_iter().map(|(_, stored)| told(stored)));
    }
    assert_eq!(&found, &all);
    let mut each = Vec::new();
    look.each::<Person, _>(|stored| stored, |stored| each.push(told(stored))).unwrap();
    assert_eq!(each, all);
}

fn agrees(medium: Medium, suite: Suite, steps: &[Step]) {
    let mut bench = Bench::new(medium, suite);
    steps.iter().chain([&Step::Reopen]).for_each(|step| bench.step(step));
}

fn config(share: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.div_ceil(share),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..usual
    }
}

proptest! {
    #![proptest_config(config(1))]
    #[test]
    fn the_vault_says_what_a_map_with_versions_says(steps in steps(), suite in prop::sample::select(&SUITES[..])) {
        agrees(Medium::Memory(MemoryEngine::empty()), suite, &steps);
    }
}

proptest! {
    #![proptest_config(config(16))]
    #[test]
    fn the_vault_in_a_file_says_what_a_map_with_versions_says(
        steps in steps(), suite in prop::sample::select(&SUITES[..]),
    ) {
        agrees(Medium::File(tempfile::tempdir().unwrap()), suite, &steps);
    }
}
