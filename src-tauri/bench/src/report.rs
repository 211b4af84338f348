//! The table, the JSON file and the gate.

use crate::Done;
use crate::peers::Side;
use crate::samples::{At, Samples};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// One line of the table.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Line {
    name: String,
    unit: String,
    sides: BTreeMap<Side, Samples>,
}

/// Everything that was measured.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Report {
    lines: Vec<Line>,
    notes: Vec<String>,
}

/// What a bound is held to.
enum Bound {
    /// A quotient with a peer's figure.
    Against(Side, f64),
    /// A figure of Keepwell alone, in the line's unit.
    AtMost(f64),
}

/// The bounds of issue 3, section 4: what it is called there, the line, the percentile, the bound.
const BOUNDS: &[(&str, &str, At, Bound)] = &[
    ("point read, warm, against SQLCipher", "point read, warm", At::P50, Bound::Against(Side::SqlCipher, 0.8)),
    ("point read, warm, against SQLCipher", "point read, warm", At::P95, Bound::Against(Side::SqlCipher, 0.6)),
    ("point read, cold, against SQLCipher", "point read, cold", At::P50, Bound::Against(Side::SqlCipher, 0.5)),
    ("bulk load, time-ordered keys", "bulk load, in order", At::P50, Bound::Against(Side::SqlCipher, 1.0)),
    ("bulk load, random keys", "bulk load, random", At::P50, Bound::Against(Side::SqlCipher, 0.5)),
    ("durable save, against SQLCipher", "clinical save", At::P50, Bound::Against(Side::SqlCipher, 1.5)),
    ("clinical save, against plain redb", "clinical save", At::P50, Bound::Against(Side::Redb, 1.6)),
    ("search per keystroke at 100k patients", "search per keystroke, 100k patients", At::P99, Bound::AtMost(5000.0)),
    (
        "search at 100k against that at 1k",
        "search per keystroke, p99, 100k patients to 1k patients",
        At::P50,
        Bound::AtMost(3.0),
    ),
    (
        "chart header at 100k, without the flush",
        "chart header less a bare flush, 100k patients",
        At::P99,
        Bound::AtMost(2000.0),
    ),
    ("log query, first page, 10M entries", "log query, 10M entries", At::P99, Bound::AtMost(5000.0)),
    ("unlock at 100k without key derivation", "unlock, 100k patients", At::P50, Bound::AtMost(1.5)),
    ("verify 1M log entries", "verify 1M entries", At::P50, Bound::AtMost(5.0)),
    (
        "longest save while a backup is written",
        "longest save during a backup, 100k patients",
        At::P50,
        Bound::AtMost(50.0),
    ),
    ("restore at 100k patients, RTO 4 h", "restore, 100k patients", At::P50, Bound::AtMost(4.0 * 3600.0)),
    ("backup at 100k patients, RPO 1 h", "backup, 100k patients", At::P50, Bound::AtMost(3600.0)),
    ("a day of the calendar, 250k visits", "a day of the calendar", At::P99, Bound::AtMost(20.0)),
    ("openings, 30 resources, 60 days, 9 in 10 full", "first five openings of 60 days", At::P99, Bound::AtMost(20.0)),
    ("memory of the core at 100k patients", "memory unlocked, 100k patients", At::P50, Bound::AtMost(400.0)),
    (
        "size, compacted, time-ordered keys",
        "file size, compacted, in order",
        At::P50,
        Bound::Against(Side::SqlCipher, 1.3),
    ),
    ("size, compacted, random keys", "file size, compacted, random", At::P50, Bound::Against(Side::SqlCipher, 1.3)),
];

impl Report {
    /// Puts a side's samples into a line, which comes into being with its first side.
    pub(crate) fn put(&mut self, name: impl Into<String>, unit: &str, side: Side, samples: Samples) {
        let name = name.into();
        match self.lines.iter_mut().find(|line| line.name == name) {
            Some(line) => drop(line.sides.insert(side, samples)),
            None => self.lines.push(Line { name, unit: unit.to_owned(), sides: BTreeMap::from([(side, samples)]) }),
        }
    }

    /// Adds one value to a round of a side's samples in a line.
    pub(crate) fn add(&mut self, name: &str, unit: &str, side: Side, round: usize, value: f64) {
        if !self.lines.iter().any(|line| line.name == name) {
            self.lines.push(Line { name: name.to_owned(), unit: unit.to_owned(), sides: BTreeMap::new() });
        }
        if let Some(line) = self.lines.iter_mut().find(|line| line.name == name) {
            line.sides.entry(side).or_default().add(round, value);
        }
    }

    /// Adds a sentence under the table.
    pub(crate) fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }

    /// Returns the table.
    pub(crate) fn table(&self) -> String {
        let mut text = format!(
            "{:<44} {:>6} {:<9} {:>10} {:>10} {:>10} {:>10} {:>7} {:>7} {:>7}\n",
            "what", "n", "side", "p50", "p95", "p99", "longest", "/ p50", "/ p95", "/ p99"
        );
        for line in &self.lines {
            for side in Side::ALL {
                // A String takes whatever is written to it.
                let _ = writeln!(text, "{}", self.row(line, side));
            }
        }
        text.push_str("`/` is Keepwell's figure divided by this side's: the median over the rounds.\n");
        self.notes.iter().for_each(|note| text.extend([note.as_str(), "\n"]));
        let kept = |row: &&str| !row.is_empty();
        text.lines().filter(kept).fold(String::new(), |text, row| text + row + "\n")
    }

    fn row(&self, line: &Line, side: Side) -> String {
        let what = format!("{} [{}]", line.name, line.unit);
        let Some(samples) = line.sides.get(&side) else {
            let expected = side == Side::SqlCipher && line.sides.len() > 1 && !cfg!(feature = "sqlcipher");
            return if expected {
                format!("{what:<44} {:>6} {:<9} not measured", "", side.name())
            } else {
                String::new()
            };
        };
        let mut row = format!("{what:<44} {:>6} {:<9}", samples.count(), side.name());
        let figures = [At::P50, At::P95, At::P99].map(|at| samples.at(at));
        let ratios = [At::P50, At::P95, At::P99].map(|at| {
            line.sides.get(&Side::Keepwell).filter(|_| side != Side::Keepwell).and_then(|own| own.ratio(samples, at))
        });
        figures.iter().chain([&samples.longest()]).for_each(|figure| row.extend([" ", &cell(*figure, 10)]));
        ratios.iter().for_each(|ratio| row.extend([" ", &cell(*ratio, 7)]));
        row.trim_end().to_owned()
    }

    /// Returns a figure that was measured.
    pub(crate) fn figure(&self, name: &str, side: Side, at: At) -> Option<f64> {
        self.lines.iter().find(|line| line.name == name)?.sides.get(&side)?.at(at)
    }

    /// Takes in what another process has measured.
    pub(crate) fn join(&mut self, other: Self) {
        self.lines.extend(other.lines);
        self.notes.extend(other.notes);
    }

    /// Writes everything down as it is, for the process that asked.
    pub(crate) fn keep(&self, path: &Path) -> Done<()> {
        Ok(std::fs::write(path, serde_json::to_vec(self)?)?)
    }

    /// Reads what [`Report::keep`] wrote.
    pub(crate) fn read(path: &Path) -> Done<Self> {
        Ok(serde_json::from_slice(&std::fs::read(path)?)?)
    }

    /// Returns the verdict on each bound and whether all are met.
    pub(crate) fn gate(&self) -> (String, bool) {
        let (mut text, mut all) = (String::new(), true);
        for (name, line, at, bound) in BOUNDS {
            let own = self.lines.iter().find(|one| one.name == *line);
            let (found, most) = match bound {
                Bound::AtMost(most) => (own.and_then(|line| line.sides.get(&Side::Keepwell)?.at(*at)), *most),
                Bound::Against(side, most) => (own.and_then(|line| line.against(*side, *at)), *most),
            };
            let met = found.is_some_and(|found| found <= most);
            all &= met;
            let word = if met { "met" } else { "MISSED" };
            let found = found.map_or_else(|| "not measured".to_owned(), |found| format!("{found:.2}"));
            text.push_str(&format!("{word:<7} {name:<42} {at:?}: {found}, at most {most}\n"));
        }
        (text, all)
    }

    /// Writes the JSON file.
    pub(crate) fn write(&self, path: &Path, machine: Value) -> Done<()> {
        let lines: Vec<Value> = self.lines.iter().map(Line::to_json).collect();
        let all = json!({ "machine": machine, "lines": lines, "notes": self.notes });
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(path, serde_json::to_vec_pretty(&all)?)?)
    }
}

impl Line {
    fn against(&self, side: Side, at: At) -> Option<f64> {
        self.sides.get(&Side::Keepwell)?.ratio(self.sides.get(&side)?, at)
    }

    fn to_json(&self) -> Value {
        let mut sides = Map::new();
        for (side, samples) in &self.sides {
            let [p50, p95, p99] = [At::P50, At::P95, At::P99].map(|at| samples.at(at));
            let longest = samples.longest();
            let mut one = json!({ "n": samples.count(), "p50": p50, "p95": p95, "p99": p99, "longest": longest });
            if *side != Side::Keepwell
                && let Some(fields) = one.as_object_mut()
            {
                let ratios = [At::P50, At::P95, At::P99].map(|at| self.against(*side, at));
                fields.insert("keepwell_to_this".to_owned(), json!(ratios));
            }
            sides.insert(side.name().to_owned(), one);
        }
        json!({ "name": self.name, "unit": self.unit, "sides": sides })
    }
}

/// Writes a figure with three or four digits that mean something.
fn cell(figure: Option<f64>, width: usize) -> String {
    match figure {
        None => " ".repeat(width),
        Some(figure) if figure.abs() >= 1000.0 => format!("{figure:>width$.0}"),
        Some(figure) if figure.abs() >= 100.0 => format!("{figure:>width$.1}"),
        Some(figure) => format!("{figure:>width$.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_is_missed_and_says_so() {
        let mut report = Report::default();
        report.put("clinical save", "µs", Side::Keepwell, Samples::one(150.0));
        report.put("clinical save", "µs", Side::SqlCipher, Samples::one(100.0));
        report.put("clinical save", "µs", Side::Redb, Samples::one(80.0));
        let (text, all) = report.gate();
        let verdict = |name: &str| text.lines().find(|line| line.contains(name)).map(str::to_owned);
        assert_eq!(verdict("durable save").as_deref().map(|line| line.starts_with("met")), Some(true));
        assert_eq!(verdict("clinical save, against plain redb").map(|line| line.starts_with("MISSED")), Some(true));
        assert_eq!(verdict("verify 1M").map(|line| line.contains("not measured")), Some(true));
        assert!(!all);
    }
}
