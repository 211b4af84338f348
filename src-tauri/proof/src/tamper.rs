//! Attacks on a store, and which detector finds each.

pub mod inside;
pub mod journal;
pub mod judge;
pub mod pages;
pub mod rows;
pub mod scene;
pub mod whole;

use judge::{Finding, Found};
use scene::Scene;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A store somebody has been at.
#[derive(Default)]
pub struct Attack {
    /// The attack, as the table names it.
    pub name: &'static str,
    /// Where: a page, a row, an entry.
    pub at: String,
    /// The file afterwards.
    pub file: Vec<u8>,
    /// The journal afterwards; empty where the program had ended and left nothing in it.
    pub journal: Vec<u8>,
    /// The keychain afterwards.
    pub secrets: crate::home::Secrets,
}

/// How many attacks of a name ended how.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Table(pub BTreeMap<&'static str, BTreeMap<Found, Vec<String>>>);

impl Table {
    /// Judges an attack and enters how it ended.
    pub fn enter(&mut self, scene: &Scene, attack: &Attack) {
        let judged = catch_unwind(AssertUnwindSafe(|| judge::judge(scene, attack)));
        let Finding { found, what } =
            judged.unwrap_or_else(|_| Finding { found: Found::Panicked, what: "a panic".to_owned() });
        let ends = self.0.entry(attack.name).or_default();
        ends.entry(found).or_default().push(format!("{}: {what}", attack.at));
    }

    /// Adds another table.
    pub fn add(&mut self, other: Self) {
        for (name, ends) in other.0 {
            for (found, mut each) in ends {
                self.0.entry(name).or_default().entry(found).or_default().append(&mut each);
            }
        }
    }

    /// Returns what ended so, attack by attack.
    #[must_use]
    pub fn ended(&self, found: Found) -> Vec<String> {
        let rows = self.0.iter().filter_map(|(name, ends)| Some((name, ends.get(&found)?)));
        rows.flat_map(|(name, each)| each.iter().map(move |what| format!("{name}, {what}"))).collect()
    }

    /// Returns how many attacks there were.
    #[must_use]
    pub fn attacks(&self) -> usize {
        self.0.values().flat_map(BTreeMap::values).map(Vec::len).sum()
    }
}

/// What nothing finds today, with the file alone: attack, where it begins, and what would find it. A mend takes its line
/// away, and a test fails until it does.
pub const KNOWN: [(&str, &str, &str); 12] = [
    ("journal: flip a bit", "", "the last record: it is taken for the one that the power cut has torn"),
    ("journal: zero a page", "", "the last record: it is taken for the one that the power cut has torn"),
    (
        "journal: cut it",
        "",
        "commits since the last anchor can be taken away with the journal's tail, as with any file",
    ),
    ("journal: zero it all", "", "commits since the last anchor can be taken away with the journal, as with any file"),
    ("journal: put last week's in its place", "", "commits since the last anchor can be taken away with the journal"),
    ("row: duplicate under another key", "header", "a stray row where nobody reads"),
    ("row: duplicate under another key", "digest", "a stray row where nobody reads"),
    ("row: duplicate under another key", "device keys", "a stray row where nobody reads"),
    ("row: duplicate under another key", "log tile", "a stray row where nobody reads"),
    ("row: duplicate under another key", "log head", "a stray row where nobody reads"),
    ("row: duplicate under another key", "checkpoint", "a stray row where nobody reads"),
    ("row: duplicate under another key", "segment", "a stray row where nobody reads"),
];

impl Table {
    /// Returns every attack that ended in a panic, or that nothing found and that is not known.
    #[must_use]
    pub fn unknown(&self) -> Vec<String> {
        let mut unknown = self.ended(Found::Panicked);
        for what in self.ended(Found::Silent).into_iter().chain(self.ended(Found::NotDetected)) {
            if !KNOWN.iter().any(|known| is(known, &what)) {
                unknown.push(what);
            }
        }
        unknown
    }
}

fn is((name, at, _): &(&str, &str, &str), what: &str) -> bool {
    what.strip_prefix(name).and_then(|rest| rest.strip_prefix(", ")).is_some_and(|rest| rest.starts_with(at))
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "| attack |")?;
        Found::ALL.iter().try_for_each(|found| write!(f, " {} |", found.words()))?;
        writeln!(f, "\n|---|{}", "--:|".repeat(Found::ALL.len()))?;
        for (name, ends) in &self.0 {
            write!(f, "| {name} |")?;
            let count = |found| ends.get(found).map_or(0, Vec::len);
            Found::ALL.iter().try_for_each(|found| write!(f, " {} |", count(found)))?;
            writeln!(f)?;
        }
        Ok(())
    }
}
