//! What a check came to, as data. `say.rs` puts it into words.

use serde::Serialize;

/// How many of each kind are listed one by one; all of them are counted.
const LISTED: usize = 1000;

/// How a check ended. A bundle that cannot be read is an [`crate::Unreadable`] instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verdict {
    /// Every check was made and held.
    Pass,
    /// A check did not hold.
    Fail,
}

/// Entries from the first to the last, both among them, by their places in the log from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first.
    pub first: u64,
    /// The last.
    pub last: u64,
}

impl Span {
    /// Returns the entries from `start` up to but not including `end`; nothing when there are none.
    #[must_use]
    pub fn until(start: u64, end: u64) -> Option<Self> {
        end.checked_sub(1).filter(|last| *last >= start).map(|last| Self { first: start, last })
    }

    /// Returns one entry.
    #[must_use]
    pub const fn one(entry: u64) -> Self {
        Self { first: entry, last: entry }
    }
}

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file of the bundle; empty where it is about what the auditor holds.
    pub file: String,
    /// The entries of which one at least is bad, where they can be told.
    pub entries: Option<Span>,
    /// What is wrong, in plain English, without anything that an entry says.
    pub words: String,
}

/// A list that may be long: how many there are, and the first thousand of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally<T> {
    /// How many there are.
    pub total: u64,
    /// The first of them.
    pub listed: Vec<T>,
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self { total: 0, listed: Vec::new() }
    }
}

impl<T> Tally<T> {
    pub(crate) fn add(&mut self, item: T) {
        self.total += 1;
        if self.listed.len() < LISTED {
            self.listed.push(item);
        }
    }
}

/// A clock that went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockStep {
    /// The later of the two: an entry's sequence or a checkpoint's counter.
    pub at: u64,
    /// Whether they are checkpoints; else they are entries.
    pub checkpoint: bool,
    /// The time of the earlier one, in UTC.
    pub from: String,
    /// The time of the later one, in UTC, before it.
    pub to: String,
}

/// A public key of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyInForce {
    /// Ed25519, base64.
    pub public_key: String,
    /// The counter of the first checkpoint that it signed.
    pub from_counter: u64,
    /// How many checkpoints of the bundle are rightly signed by it.
    pub checkpoints: u64,
    /// The size of the log at the first of them.
    pub from_size: Option<u64>,
}

/// How the bundle stands to the checkpoint that the auditor holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The number of entries that it covers.
    pub size: u64,
    /// Whether the log of the bundle is that log or extends it.
    pub agrees: bool,
}

/// What from outside the bundle it was held to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Trust {
    /// Whether the keys are the auditor's; nothing when none was given.
    pub keys_are_known: Option<bool>,
    /// The checkpoint on paper, where one was given.
    pub checkpoint: Option<Comparison>,
}

/// A copy for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copied {
    /// Its path in the bundle.
    pub path: String,
    /// Whether what it says was compared with the entries, or its digest alone with the manifest.
    pub compared: bool,
}

/// One line of a shown entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What it is.
    pub name: &'static str,
    /// What the entry says.
    pub value: String,
}

/// The entry that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownEntry {
    /// Its place in the log.
    pub sequence: u64,
    /// Whether it is in the bundle and its bytes are those that the log's tree commits to.
    pub verified: bool,
    /// What it says; empty when it was not disclosed or does not fit.
    pub fields: Vec<Field>,
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The verdict.
    pub verdict: Verdict,
    /// The first bad entry (FORMAT.md section 10).
    pub first_bad: Option<Finding>,
    /// Everything that is not as it must be.
    pub findings: Tally<Finding>,
    /// The practice's vault.
    pub vault: String,
    /// When the bundle was made.
    pub made_at: String,
    /// Who made it, as the bundle says.
    pub made_by: Option<String>,
    /// The period that was chosen, in the words of whoever chose.
    pub period: Option<String>,
    /// The people that were chosen.
    pub people: Option<String>,
    /// The patients that were chosen.
    pub patients: Option<String>,
    /// How many entries the log has.
    pub log_size: u64,
    /// How many entries were disclosed, redacted ones among them.
    pub entries: u64,
    /// How many of them are redacted.
    pub redacted: u64,
    /// How many entries of the log were not disclosed.
    pub not_disclosed: u64,
    /// Where they are.
    pub gaps: Tally<Span>,
    /// Clocks that went back.
    pub clock_steps: Tally<ClockStep>,
    /// How many checkpoints there are.
    pub checkpoints: u64,
    /// The time of the newest good one, in UTC.
    pub newest_checkpoint: Option<String>,
    /// The keys; more than one is a change.
    pub keys: Vec<KeyInForce>,
    /// What it was held to.
    pub trust: Trust,
    /// The copies for people.
    pub copies: Vec<Copied>,
    /// The entry that was asked for.
    pub shown: Option<ShownEntry>,
}

/// The findings of a check in the making.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) all: Tally<Finding>,
    pub(crate) first_bad: Option<Finding>,
}

impl Findings {
    /// Adds a finding without entries.
    pub(crate) fn add(&mut self, file: &str, words: impl Into<String>) {
        self.add_for(file, None, words);
    }

    /// Adds a finding, and keeps it as the first bad entry when its entries come before those known.
    pub(crate) fn add_for(&mut self, file: &str, entries: Option<Span>, words: impl Into<String>) {
        let finding = Finding { file: file.to_owned(), entries, words: words.into() };
        let place = |finding: &Finding| finding.entries.map(|span| (span.last, std::cmp::Reverse(span.first)));
        if let Some(new) = place(&finding)
            && self.first_bad.as_ref().and_then(place).is_none_or(|known| new < known)
        {
            self.first_bad = Some(finding.clone());
        }
        self.all.add(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_known_exactly_comes_before_a_range_that_holds_it() {
        let mut findings = Findings::default();
        findings.add("a", "none");
        assert_eq!(findings.first_bad, None);
        let mut first = |entries| {
            findings.add_for("a", Some(entries), "bad");
            findings.first_bad.clone().unwrap().entries.unwrap()
        };
        let range = Span { first: 64, last: 127 };
        assert_eq!(first(range), range);
        assert_eq!(first(Span::one(200)), range);
        assert_eq!(first(Span::one(127)), Span::one(127));
        assert_eq!(first(Span::one(70)), Span::one(70));
        assert_eq!(first(Span { first: 0, last: 70 }), Span::one(70));
        assert_eq!(first(Span { first: 0, last: 69 }), Span { first: 0, last: 69 });
        assert_eq!(findings.all.total, 7);
        assert_eq!((Span::until(3, 3), Span::until(0, 0)), (None, None));
        assert_eq!(Span::until(3, 4), Some(Span::one(3)));
    }
}
