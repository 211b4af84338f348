//! A disk that fails: each call of one workload in turn, once or for good, and what the practice makes of it.

use crate::disk::{Ask, Failing};
use crate::history::History;
use crate::home::{Place, Secrets};
use crate::medium::Media;
use crate::oracle::verifies;
use crate::workload::{call, clock, person, start};
use keepwell_kernel::Failure;
use keepwell_practice::testing::{OWNER, PASSPHRASE};
use keepwell_practice::{Practice, State};
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What was seen over many failures.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Workloads run, each with one failure.
    pub runs: u64,
    /// Calls of the disk that were made to fail.
    pub failed: u64,
    /// Operations answered with a failure in words.
    pub in_words: u64,
    /// Operations that were answered as failed, and that the log nevertheless has as done.
    pub in_doubt: u64,
    /// Runs after which the practice, until its next start, states a wrong number of entries.
    pub miscounted: u64,
    /// Practices that could not be opened at first and were opened again by hand.
    pub reopened: u64,
}

impl std::ops::AddAssign for Seen {
    fn add_assign(&mut self, other: Self) {
        self.runs += other.runs;
        self.failed += other.failed;
        self.in_words += other.in_words;
        self.in_doubt += other.in_doubt;
        self.miscounted += other.miscounted;
        self.reopened += other.reopened;
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { runs, failed, in_words, in_doubt, miscounted, reopened } = self;
        write!(
            f,
            "{runs} runs, {failed} failed calls: {in_words} operations failed in words ({in_doubt} of them done all \
             the same), {miscounted} times a wrong count until the next start, {reopened} practices opened again by hand"
        )
    }
}

/// One workload with one failure.
#[derive(Debug, Clone, Copy)]
pub struct Trouble {
    /// When and how.
    pub failing: Failing,
    /// What is being asked of the disk then.
    pub ask: Ask,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Failing { at, lasting, says } = self.failing;
        let lasting = if lasting { "for good" } else { "once" };
        write!(f, "call {at} ({:?}) fails {lasting} with {says:?}", self.ask)
    }
}

/// The store that every run begins with.
#[derive(Clone)]
pub struct Beginning {
    /// The file.
    pub media: Media,
    /// The keychain.
    pub secrets: Secrets,
}

/// Counts the calls of the workload on a good disk and returns every failure worth trying.
#[must_use]
pub fn troubles(beginning: &Beginning) -> Vec<Trouble> {
    let place = Place::found(beginning.media.clone(), beginning.secrets.clone(), true, None);
    place.disk.fail(None);
    let mut run = Run::begin(place.clone());
    run.work(true);
    run.end();
    let (calls, _) = place.disk.calls();
    let mut all = Vec::new();
    for (at, ask) in (0u64..).zip(calls) {
        for lasting in [false, true] {
            for says in [ErrorKind::Other, ErrorKind::StorageFull] {
                if says == ErrorKind::StorageFull && !matches!(ask, Ask::Write | Ask::Resize) {
                    continue;
                }
                all.push(Trouble { failing: Failing { at, lasting, says }, ask });
            }
        }
    }
    all
}

/// Runs the workload on a disk in trouble, mends the disk, goes on, and opens the store once more.
///
/// # Errors
/// What is wrong, in words.
pub fn tried(beginning: &Beginning, trouble: Trouble) -> Result<Seen, String> {
    let answer = catch_unwind(AssertUnwindSafe(|| one(beginning, trouble)));
    let answer = answer.unwrap_or_else(|_| Err("a panic".to_owned()));
    answer.map_err(|what| format!("{trouble}: {what}"))
}

fn one(beginning: &Beginning, trouble: Trouble) -> Result<Seen, String> {
    let history = Arc::new(History::default());
    let place = Place::found(beginning.media.clone(), beginning.secrets.clone(), true, Some(history));
    place.disk.fail(Some(trouble.failing));
    let mut run = Run::begin(place.clone());
    run.work(!trouble.failing.lasting);
    let (_, failed) = place.disk.calls();
    place.disk.fail(None);
    if run.practice.status().state == State::Unopenable {
        run.practice.reopen();
        run.seen.reopened += 1;
    }
    // The disk is well again, so the running program must be, without being started anew.
    run.must("identity.sign_in", json!({ "user_name": OWNER, "passphrase": PASSPHRASE, "code": "" }))?;
    run.must("patients.register", person("Afterwards", "Ada", "1980-01-01"))?;
    let shown = shown(&run.practice)?;
    let said = run.practice.status().log_entries;
    let held = place.rows().map_err(|error| error.to_string())?.ok_or("never opened")?.entries;
    if said != Some(held) && !trouble.failing.lasting {
        return Err(format!("it says {said:?} entries and has {held}"));
    }
    run.seen.miscounted = u64::from(said != Some(held));
    let (acknowledged, failed_ones, mut seen) = run.end();
    // And after the next start everything that was acknowledged is there, and nothing else is shown than was.
    let found = Place::found(place.disk.media(), place.ring.secrets(), true, None);
    let practice = start(&found, &clock());
    verifies(&practice)?;
    let afterwards = self::shown(&practice)?;
    if let Some(lost) = acknowledged.iter().find(|name| times(&afterwards, name) < times(&acknowledged, name)) {
        return Err(format!("{lost} was acknowledged and is not there"));
    }
    if shown != afterwards {
        return Err(format!("the running program shows {shown:?}, and the next start {afterwards:?}"));
    }
    // A patient who is there more often than was acknowledged was registered by a call that was answered as failed.
    let surplus = |name: &&String| times(&afterwards, name) > times(&acknowledged, name);
    seen.in_doubt = failed_ones.iter().filter(surplus).count() as u64;
    (seen.runs, seen.failed) = (1, failed);
    Ok(seen)
}

fn times(names: &[String], name: &str) -> usize {
    names.iter().filter(|one| *one == name).count()
}

/// Returns the names that stand in the store, as a search shows them.
fn shown(practice: &Practice) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for family in FAMILIES {
        let found = call(practice, "patients.search", json!({ "query": family, "limit": 50 }));
        let found = found.map_err(|failure| format!("a search fails: {failure:?}"))?;
        let rows = found["rows"].as_array().ok_or("a search without rows")?;
        names.extend(rows.iter().filter_map(|row| row["name"].as_str()).map(str::to_owned));
    }
    Ok(names)
}

/// The people of the workload; the last is the one registered once the disk is well again.
const FAMILIES: [&str; 5] = ["Quillfeather", "Brambleworth", "Ostrander", "Vandersloot", "Afterwards"];

struct Run {
    place: Place,
    practice: Practice,
    acknowledged: Vec<String>,
    failed: Vec<String>,
    seen: Seen,
}

impl Run {
    fn begin(place: Place) -> Self {
        let practice = start(&place, &clock());
        let (acknowledged, failed) = (Vec::new(), Vec::new());
        Self { place, practice, acknowledged, failed, seen: Seen::default() }
    }

    /// Does the work; where told so, whatever failed is tried once more.
    fn work(&mut self, again: bool) {
        if self.practice.status().state == State::Unopenable && again {
            self.practice.reopen();
            self.seen.reopened += 1;
        }
        let come = json!({ "user_name": OWNER, "passphrase": PASSPHRASE, "code": "" });
        self.ask("identity.sign_in", come, again);
        self.register(0, again);
        let registered = self.register(1, again);
        self.ask("patients.search", json!({ "query": "Quill", "limit": 5 }), again);
        if let Some(made) = registered {
            let photo = format!("/9j/{}", "AbCd".repeat(22_000));
            self.ask("patients.set_photo", json!({ "patient": made["patient"], "jpeg_base64": photo }), again);
        }
        self.ask("identity.lock", json!({ "drafts": [] }), again);
        self.ask("identity.unlock", json!({ "passphrase": PASSPHRASE }), again);
        self.register(2, again);
        self.practice.tick();
        self.ask("identity.sign_out", json!({}), again);
    }

    fn register(&mut self, number: usize, again: bool) -> Option<Value> {
        let name = format!("{}, Ada", FAMILIES[number]);
        let before = self.seen.in_words;
        let made = self.ask("patients.register", person(FAMILIES[number], "Ada", "1980-01-01"), again);
        if self.seen.in_words > before {
            self.failed.push(name.clone());
        }
        if made.is_some() {
            self.acknowledged.push(name);
        }
        made
    }

    /// Calls; a failure is counted, and answered by trying once more where told so.
    fn ask(&mut self, operation: &str, input: Value, again: bool) -> Option<Value> {
        match call(&self.practice, operation, input.clone()) {
            Ok(answer) => Some(answer),
            Err(_) => {
                self.seen.in_words += 1;
                call(&self.practice, operation, input).ok().filter(|_| again)
            }
        }
    }

    fn must(&self, operation: &str, input: Value) -> Result<Value, String> {
        let answer: Result<Value, Failure> = call(&self.practice, operation, input);
        answer.map_err(|failure| format!("{operation} fails on a disk that is well again: {failure:?}"))
    }

    fn end(self) -> (Vec<String>, Vec<String>, Seen) {
        self.practice.close();
        drop(self.practice);
        self.place.let_go();
        (self.acknowledged, self.failed, self.seen)
    }
}
