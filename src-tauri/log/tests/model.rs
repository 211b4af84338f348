//! The log against a plain list and another implementation of RFC 6962: what was appended is there, in its place, under
//! the same root, and one change of a row behind its back is found.
//!
//! `PROPTEST_CASES` asks for more cases than a usual run; what fails leaves its seed beside this file.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use keepwell_kernel::{Instant, PatientId, Purpose, Role, SessionId, StaffId};
use keepwell_log::audit_bundle::{self, Making, Shelf};
use keepwell_log::checkpoint::{Anchor, Checkpoint};
use keepwell_log::chosen::Chosen;
use keepwell_log::entry::{Draft, Outcome};
use keepwell_log::proof::{consistency_proof, inclusion_proof, verify_consistency, verify_inclusion};
use keepwell_log::readers::{Filter, Readers};
use keepwell_log::store::{
    CHECKPOINT_EVERY, Head, LogError, Pen, entry_rows, origin, stated_leaf, stored_root, stored_tile,
};
use keepwell_log::tree::Hash;
use keepwell_log::verify::{self, Verification};
use keepwell_vault::engine::{MemoryEngine, Verdict};
use keepwell_vault::{Envelope, Key, Keyring, MemoryKeychain, Reading, Segment, Suite, Vault};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

const ACTORS: [&str; 4] = ["", "naomi.ito", "One.Nurse", "kim.locum"];
const OPERATIONS: [&str; 3] = ["patients.chart", "patients.search", "identity.sign_in"];
const PATIENTS: u8 = 5;
const SESSIONS: usize = 3;
const LOG: u8 = 0x50;
const ENTRIES: u8 = 1;

// ---- What is done ----

#[derive(Debug, Clone)]
struct Said {
    actor: usize,
    operation: usize,
    patients: Vec<u8>,
    outcome: Outcome,
    minutes: i64,
}

#[derive(Debug, Clone)]
enum Step {
    /// A session appends entries in one transaction, which is committed or not.
    Append { session: usize, said: Vec<Said>, times: usize, commit: bool },
    /// The log is sealed, as when the program is locked or closed.
    Seal { anchored: bool },
    /// Somebody signs in in the place of somebody else.
    SignIn { session: usize },
    /// The program ends and begins again.
    Reopen,
}

prop_compose! {
    fn a_said()(
        actor in 0..ACTORS.len(), operation in 0..OPERATIONS.len(), minutes in -3i64..30,
        patients in prop::collection::btree_set(0..PATIENTS, 0..3), outcome in prop::sample::select(&Outcome::ALL[..]),
    ) -> Said {
        Said { actor, operation, patients: patients.into_iter().collect(), outcome, minutes }
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let times = prop_oneof![20 => Just(1usize), 4 => Just(9), 1 => Just(70)];
    let append = (0..SESSIONS, prop::collection::vec(a_said(), 1..4), times, prop::bool::weighted(0.9))
        .prop_map(|(session, said, times, commit)| Step::Append { session, said, times, commit });
    let step = prop_oneof![
        12 => append,
        2 => prop::bool::weighted(0.8).prop_map(|anchored| Step::Seal { anchored }),
        1 => (0..SESSIONS).prop_map(|session| Step::SignIn { session }),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..60)
}

// ---- The two side by side ----

struct Bench {
    engine: MemoryEngine,
    keychain: MemoryKeychain,
    vault: Vault,
    keys: Arc<Keyring>,
    sessions: Vec<(Segment, Option<Envelope>)>,
    now: Instant,
    /// Every draft that was committed, with the leaf that its stored bytes make by the description alone.
    said: Vec<(Draft, Hash)>,
    tree: MemoryBackedTree<Sha256, Vec<u8>>,
    /// Sizes at which a signed checkpoint stands.
    sealed: Vec<u64>,
}

fn founding() -> Said {
    Said { actor: 1, operation: 2, patients: Vec::new(), outcome: Outcome::Done, minutes: 1 }
}

fn patient(number: u8) -> PatientId {
    PatientId::from_bytes([number + 1; 16])
}

fn entry_key(place: u64) -> Vec<u8> {
    [[LOG, ENTRIES].as_slice(), &place.to_be_bytes()].concat()
}

impl Bench {
    fn new(suite: Suite) -> Self {
        let (engine, keychain) = (MemoryEngine::empty(), MemoryKeychain::default());
        let recovery = Key::from_bytes([7; 32]);
        let made = Vault::create(Box::new(engine.clone()), Arc::new(keychain.clone()), suite, &recovery);
        let (vault, keys) = made.unwrap();
        let now = Instant::from_timestamp_millis(1_795_305_600_000).unwrap();
        let (said, tree, sealed) = (Vec::new(), MemoryBackedTree::new(), Vec::new());
        let mut bench = Self { engine, keychain, vault, keys, sessions: Vec::new(), now, said, tree, sealed };
        (0..SESSIONS).for_each(|_| bench.sessions.push(bench.session()));
        // No practice is without the entry of its making.
        bench.step(&Step::Append { session: 0, said: vec![founding()], times: 1, commit: true });
        bench.seal(true);
        bench
    }

    fn session(&self) -> (Segment, Option<Envelope>) {
        let (segment, envelope) = Segment::begin(self.keys.device().log_public()).unwrap();
        (segment, Some(envelope))
    }

    fn size(&self) -> u64 {
        self.said.len() as u64
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Append { session, said, times, commit } => {
                for _ in 0..*times {
                    let drafts = said.iter().map(|one| self.draft(one, *session)).collect();
                    self.append(*session, drafts, *commit);
                }
            }
            Step::Seal { anchored } => self.seal(*anchored),
            Step::SignIn { session } => self.sessions[*session] = self.session(),
            Step::Reopen => {
                let opened = Vault::open(Box::new(self.engine.clone()), Arc::new(self.keychain.clone()));
                self.vault = opened.unwrap();
                let open = verify::at_open(&self.vault, &self.vault.device_keyring().unwrap()).unwrap();
                assert_eq!(open, None, "an honest log was doubted at opening");
            }
        }
        let root = self.read(|look| Ok(Head::read(look)?.frontier.root()));
        assert_eq!(root.as_slice(), self.tree.root().as_bytes().as_slice(), "{} entries", self.size());
    }

    fn read<R>(&self, look: impl FnOnce(&Reading<'_>) -> Result<R, LogError>) -> R {
        self.vault.read(&self.keys, look).unwrap()
    }

    fn draft(&mut self, said: &Said, session: usize) -> Draft {
        self.now += chrono::Duration::minutes(said.minutes);
        let known = said.actor != 0;
        Draft {
            at: self.now,
            offset_seconds: -18_000,
            actor: known.then(|| StaffId::from_bytes([said.actor as u8; 16])),
            user_name: ACTORS[said.actor].to_owned(),
            role: known.then_some(Role::Nurse),
            workstation: "front desk".to_owned(),
            session: known.then(|| SessionId::from_bytes([session as u8 + 1; 16])),
            operation: OPERATIONS[said.operation].to_owned(),
            purpose: Some(Purpose::Treatment),
            reason: None,
            patients: said.patients.iter().map(|number| patient(*number)).collect(),
            outcome: said.outcome,
            code: (said.outcome == Outcome::Refused).then(|| "patients.limit".to_owned()),
            changes: Vec::new(),
            correlation: uuid::Uuid::from_u128(9),
            policy: "a model said so".to_owned(),
        }
    }

    /// Appends as the door does, but with several entries in one transaction.
    fn append(&mut self, session: usize, drafts: Vec<Draft>, commit: bool) {
        let (segment, envelope) = &self.sessions[session];
        let (vault, suite) = (self.vault.id(), self.vault.suite());
        let mut anchors: Vec<Anchor> = Vec::new();
        self.vault
            .write::<(), LogError>(&self.keys, &mut |tx| {
                anchors.clear();
                let mut envelope = envelope.as_ref();
                for draft in &drafts {
                    anchors.extend(Pen { vault, suite, segment, envelope }.append(tx, draft)?.anchor);
                    envelope = None;
                }
                Ok((if commit { Verdict::Commit } else { Verdict::Abort }, ()))
            })
            .unwrap();
        if !commit {
            return;
        }
        let first = self.size();
        for (place, draft) in (first..).zip(drafts) {
            let (data, leaf) = self.by_description(place, session);
            self.tree.push(data);
            self.said.push((draft, leaf));
        }
        self.sessions[session].1 = None;
        let due = (first + 1..=self.size()).filter(|size| size.is_multiple_of(CHECKPOINT_EVERY));
        let due: Vec<u64> = due.collect();
        assert_eq!(anchors.iter().map(|anchor| anchor.size).collect::<Vec<_>>(), due);
        self.sealed.extend(due);
        if let Some(anchor) = anchors.last() {
            self.vault.set_anchor(anchor.to_string().as_bytes()).unwrap();
        }
    }

    /// Opens a stored row with the session's own key and hashes it from the description in `canonical.rs` alone:
    /// returns what RFC 6962 calls the leaf's data, and its hash.
    fn by_description(&self, place: u64, session: usize) -> (Vec<u8>, Hash) {
        let row = self.engine.tamper(|rows| rows[&entry_key(place)].clone());
        let plain = self.sessions[session].0.open_entry(self.vault.id(), place, &row[48..]).unwrap();
        let length = u32::from_be_bytes(plain[32..36].try_into().unwrap()) as usize;
        let (header, payload) = plain[36..].split_at(length);
        let committed = Sha256::new().chain_update(&plain[..32]).chain_update(payload).finalize();
        let data = [Sha256::digest(header).as_slice(), committed.as_slice()].concat();
        let leaf: Hash = Sha256::new().chain_update([0]).chain_update(&data).finalize().into();
        assert_eq!(row[..32], leaf, "the row states another leaf than its bytes make");
        (data, leaf)
    }

    fn seal(&mut self, anchored: bool) {
        let (segment, envelope) = &self.sessions[0];
        let (vault, suite, now) = (self.vault.id(), self.vault.suite(), self.now);
        let pen = Pen { vault, suite, segment, envelope: envelope.as_ref() };
        let anchor = self
            .vault
            .write::<_, LogError>(&self.keys, &mut |tx| Ok((Verdict::Commit, pen.seal_now(tx, now, -18_000)?)))
            .unwrap();
        let dirty = self.sealed.last().map_or(self.size() > 0, |last| *last < self.size());
        assert_eq!(anchor.map(|anchor| anchor.size), dirty.then(|| self.size()));
        self.sealed.extend(anchor.map(|anchor| anchor.size));
        // A crash between the commit and the keychain leaves the store ahead, which is no alarm.
        if let (Some(anchor), true) = (anchor, anchored) {
            self.vault.set_anchor(anchor.to_string().as_bytes()).unwrap();
        }
    }

    fn check(&self) -> Result<Verification, LogError> {
        Ok(verify::whole(&self.vault, &self.keys, self.now, &mut |_, _| true)?.unwrap())
    }

    /// Says whether the look at opening or the check of everything finds something, and the first bad entry.
    fn finds(&self) -> (bool, Option<u64>) {
        let at_open = verify::at_open(&self.vault, &self.keys).unwrap();
        match self.check() {
            Ok(checked) => (at_open.is_some() || !checked.ok, checked.first_bad),
            Err(_) => (true, None),
        }
    }
}

/// Whoever holds the device keys can sign, and a log whose checkpoints stand still proves nothing of what came since.
#[test]
fn signed_and_chained_checkpoints_must_grow() {
    const HEAD: [u8; 2] = [LOG, 3];
    let checkpoint = |number: u64| [[LOG, 4].as_slice(), &number.to_be_bytes()].concat();
    let mut bench = Bench::new(Suite::XChaCha20Poly1305);
    bench.step(&Step::Append { session: 0, said: vec![founding()], times: 70, commit: true });
    bench.seal(true);
    assert!(bench.check().unwrap().ok);
    let (key, name) = (bench.keys.device().log_signing(), origin(bench.vault.id()));
    bench.engine.tamper(|rows| {
        let first = String::from_utf8(rows[&checkpoint(1)].clone()).unwrap();
        let stated = Checkpoint::open(&first, &key.verifying_key(), &name).unwrap();
        let still = Checkpoint { counter: 2, previous: Checkpoint::hash(&first).unwrap(), ..stated };
        let note = still.sign(&key).unwrap();
        let head = rows.get_mut(HEAD.as_slice()).unwrap();
        head[8..16].copy_from_slice(&still.size.to_be_bytes());
        head[16..48].copy_from_slice(&Checkpoint::hash(&note).unwrap());
        rows.insert(checkpoint(2), note.into_bytes());
    });
    let found = bench.check().unwrap();
    assert!(!found.ok && found.what.as_deref().unwrap().starts_with("checkpoint 2 does not follow"), "{found:?}");
}

/// Somebody may add an entry after the checkpoint that an export begins with.
#[test]
fn a_bundle_ends_where_the_newest_checkpoint_ends() {
    #[derive(Default)]
    struct Nowhere(Vec<String>);
    impl Shelf for Nowhere {
        fn begin(&mut self, path: &str) -> std::io::Result<Box<dyn std::io::Write>> {
            self.0.push(path.to_owned());
            Ok(Box::new(std::io::sink()))
        }
    }
    let mut bench = Bench::new(Suite::XChaCha20Poly1305);
    bench.step(&Step::Append { session: 0, said: vec![founding()], times: 70, commit: true });
    let making = Making { at: bench.now, offset_seconds: 0, by: "naomi.ito".to_owned() };
    let (mut shelf, everything) = (Nowhere::default(), Chosen::default());
    let written = audit_bundle::write(&bench.vault, &bench.keys, &everything, &making, &mut shelf, &mut |_, _| true);
    let written = written.unwrap().unwrap();
    assert_eq!((written.log_size, written.entries), (CHECKPOINT_EVERY, CHECKPOINT_EVERY));
    assert_eq!(shelf.0.last().map(String::as_str), Some("manifest.json"), "what was stopped has no manifest");
}

// ---- What must hold of an honest log ----

fn everything_is_there(bench: &Bench) {
    bench.read(|look| {
        let mut readers = Readers::over(look, bench.vault.id())?;
        for (place, (draft, leaf)) in (0..).zip(&bench.said) {
            let (opened, stated) = readers.open(place)?;
            assert_eq!((opened.leaf, stated, opened.entry.sequence), (*leaf, *leaf, place));
            assert_eq!(format!("{:?}", opened.entry.draft), format!("{draft:?}"));
        }
        assert_eq!(entry_rows(look, bench.size(), 9)?, [], "nothing stands behind the end");
        Ok(())
    });
    let checked = bench.check().unwrap();
    assert_eq!((checked.ok, checked.first_bad, checked.what), (true, None, None));
    assert_eq!((checked.entries, checked.checkpoints), (bench.size(), bench.sealed.len() as u64));
}

fn filters_find_what_a_scan_finds(bench: &Bench, below: u64, limit: usize) {
    let scan = |holds: &dyn Fn(&Draft) -> bool| -> Vec<u64> {
        let all = (0..below).rev().filter(|place| bench.said.get(*place as usize).is_some_and(|(one, _)| holds(one)));
        all.take(limit).collect()
    };
    bench.read(|look| {
        let readers = Readers::over(look, bench.vault.id())?;
        let places = |filter| readers.places(filter, (0, below), limit);
        for id in (0..=PATIENTS).map(patient) {
            assert_eq!(places(Filter::Patient(id))?, scan(&|draft| draft.patients.contains(&id)));
        }
        for actor in ["naomi.ito", "one.nurse", "kim.locum", "nobody"] {
            assert_eq!(places(Filter::Actor(actor))?, scan(&|draft| draft.user_name.to_lowercase() == actor));
        }
        for operation in OPERATIONS {
            assert_eq!(places(Filter::Operation(operation))?, scan(&|draft| draft.operation == operation));
        }
        for outcome in [Outcome::Refused, Outcome::Denied, Outcome::Fault] {
            assert_eq!(places(Filter::Outcome(outcome))?, scan(&|draft| draft.outcome == outcome));
        }
        Ok(())
    });
}

fn proofs_are_those_of_the_other_implementation(bench: &Bench, at: &[prop::sample::Index]) {
    let size = bench.size();
    bench.read(|look| {
        let missing = || LogError::Missing("a row");
        let tile = |tile| stored_tile(look, tile)?.and_then(|root| root.as_slice().try_into().ok()).ok_or_else(missing);
        let leaf = |leaf| match entry_rows(look, leaf, 1)?.first() {
            Some((place, row)) if *place == leaf => stated_leaf(row),
            _ => Err(missing()),
        };
        let root = stored_root(look, size)?;
        for at in at {
            let place = at.index(size as usize) as u64;
            let path = inclusion_proof(place, size, tile, leaf).unwrap();
            assert_eq!(path.concat(), bench.tree.prove_inclusion(place as usize).as_bytes());
            assert_eq!(verify_inclusion(&bench.said[place as usize].1, place, size, &path, &root), Ok(()));
            let old = place + 1;
            let path = consistency_proof(old, size, tile, leaf).unwrap();
            assert_eq!(path.concat(), bench.tree.prove_consistency((size - old) as usize).as_bytes());
            assert_eq!(verify_consistency(old, &stored_root(look, old)?, size, &root, &path), Ok(()));
        }
        Ok(())
    });
}

// ---- What somebody with the file does ----

#[derive(Debug, Clone, Copy)]
enum Tamper {
    FlipEntry,
    DropEntry,
    SwapEntries,
    CopyEntry,
    CutTail,
    FlipTile,
    DropTile,
    FlipCheckpoint,
    DropCheckpoint,
    FlipSegment,
    FlipHead,
    DropHead,
    DropMark,
    AddMark,
    RollBack,
}

const TAMPERS: [Tamper; 15] = [
    Tamper::FlipEntry,
    Tamper::DropEntry,
    Tamper::SwapEntries,
    Tamper::CopyEntry,
    Tamper::CutTail,
    Tamper::FlipTile,
    Tamper::DropTile,
    Tamper::FlipCheckpoint,
    Tamper::DropCheckpoint,
    Tamper::FlipSegment,
    Tamper::FlipHead,
    Tamper::DropHead,
    Tamper::DropMark,
    Tamper::AddMark,
    Tamper::RollBack,
];

/// Which place and which bit are hit.
type Aim = (prop::sample::Index, prop::sample::Index, u8);

fn nth_under(rows: &Rows, prefix: &[u8], at: prop::sample::Index) -> Option<Vec<u8>> {
    let keys: Vec<_> = rows.keys().filter(|key| key.starts_with(prefix)).cloned().collect();
    (!keys.is_empty()).then(|| keys[at.index(keys.len())].clone())
}

/// Does one thing to the rows. Answers nothing when there is nothing to do it to; else the first entry that is bad
/// because of it, where that is certain.
fn tampered(rows: &mut Rows, size: u64, older: &Rows, tamper: Tamper, aim: Aim) -> Option<Option<u64>> {
    let place = |at: prop::sample::Index| at.index(size as usize) as u64;
    let flip = |row: &mut [u8]| {
        let at = aim.1.index(row.len());
        row[at] ^= 1 << aim.2;
    };
    let (one, other) = (place(aim.0), place(aim.1));
    match tamper {
        Tamper::FlipEntry => {
            flip(rows.get_mut(&entry_key(one))?);
            Some(Some(one))
        }
        Tamper::DropEntry => rows.remove(&entry_key(one)).map(|_| Some(one)),
        Tamper::SwapEntries if one != other => {
            let (first, second) = (rows[&entry_key(one)].clone(), rows[&entry_key(other)].clone());
            rows.extend([(entry_key(one), second), (entry_key(other), first)]);
            Some(Some(one.min(other)))
        }
        Tamper::CopyEntry => {
            let copy = rows[&entry_key(one)].clone();
            rows.insert(entry_key(size), copy);
            Some(Some(size))
        }
        Tamper::CutTail => {
            (one..size).for_each(|place| drop(rows.remove(&entry_key(place))));
            Some(Some(one))
        }
        Tamper::FlipTile | Tamper::FlipCheckpoint | Tamper::FlipSegment => {
            let kind = match tamper {
                Tamper::FlipTile => 2,
                Tamper::FlipCheckpoint => 4,
                _ => 5,
            };
            let key = nth_under(rows, &[LOG, kind], aim.0)?;
            flip(rows.get_mut(&key)?);
            Some(None)
        }
        Tamper::DropTile => nth_under(rows, &[LOG, 2], aim.0).and_then(|key| rows.remove(&key)).map(|_| None),
        Tamper::DropCheckpoint => nth_under(rows, &[LOG, 4], aim.0).and_then(|key| rows.remove(&key)).map(|_| None),
        Tamper::FlipHead => {
            // Of the count of checkpoints only the last byte, because the check goes through as many as are stated.
            let row = rows.get_mut([LOG, 3].as_slice())?;
            flip(row.get_mut(7..)?);
            Some(None)
        }
        Tamper::DropHead => rows.remove([LOG, 3].as_slice()).map(|_| None),
        Tamper::DropMark => nth_under(rows, &[0x30, 0xF0], aim.0).and_then(|key| rows.remove(&key)).map(|_| None),
        Tamper::AddMark => {
            let mut key = nth_under(rows, &[0x30, 0xF0], aim.0)?;
            *key.last_mut()? ^= 1 << aim.2;
            rows.insert(key, Vec::new()).is_none().then_some(None)
        }
        // A copy with the same entries lacks nothing but checkpoints.
        Tamper::RollBack if !older.contains_key(&entry_key(size - 1)) => {
            rows.clone_from(older);
            Some(None)
        }
        Tamper::SwapEntries | Tamper::RollBack => None,
    }
}

fn agrees(steps: &[Step], suite: Suite, below: u64, at: &[prop::sample::Index], tampers: &[(Tamper, Aim)]) {
    let mut bench = Bench::new(suite);
    let older: Rows = bench.engine.tamper(|rows| rows.clone());
    steps.iter().for_each(|step| bench.step(step));
    filters_find_what_a_scan_finds(&bench, below.min(bench.size()), 7);
    filters_find_what_a_scan_finds(&bench, bench.size(), usize::MAX / 2);
    everything_is_there(&bench);
    proofs_are_those_of_the_other_implementation(&bench, at);
    // A store that is ahead of its anchor may honestly be cut back as far as the anchor, so now the anchor is the end.
    bench.step(&Step::Append { session: 0, said: vec![founding()], times: 1, commit: true });
    bench.seal(true);
    let honest: Rows = bench.engine.tamper(|rows| rows.clone());
    for (tamper, aim) in tampers {
        let mut rows = honest.clone();
        let Some(first_bad) = tampered(&mut rows, bench.size(), &older, *tamper, *aim) else { continue };
        bench.engine.tamper(|now| *now = rows);
        let (found, named) = bench.finds();
        assert!(found, "{tamper:?} was not found");
        if first_bad.is_some() {
            assert_eq!(named, first_bad, "{tamper:?} was found in another place");
        }
    }
    bench.engine.tamper(|now| now.clone_from(&honest));
    assert_eq!(bench.finds(), (false, None));
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.div_ceil(6),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..usual
    }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn the_log_says_what_a_list_says_and_every_tampering_is_found(
        steps in steps(),
        suite in prop::sample::select(vec![Suite::XChaCha20Poly1305, Suite::Aes256Gcm]),
        below in 0u64..400,
        at in prop::collection::vec(any::<prop::sample::Index>(), 4),
        tampers in prop::collection::vec((prop::sample::select(&TAMPERS[..]), (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..8)), 6),
    ) {
        agrees(&steps, suite, below, &at, &tampers);
    }
}
