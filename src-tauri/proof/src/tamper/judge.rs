//! What the program makes of a store that somebody has been at.

use super::Attack;
use super::scene::{Scene, entries, rows_of, views};
use crate::home::Place;
use crate::medium::Medium;
use crate::workload::{call, clock, sign_in};
use keepwell_kernel::Failure;
use keepwell_log::door::Home as _;
use keepwell_practice::testing::{OWNER, standing_before};
use keepwell_practice::{Folder, Practice, STORE};
use serde_json::json;
use std::path::Path;

/// How an attack ended. The first detector that a person meets counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// The store does not open, or opens for reading the log only, and says why.
    AtOpen,
    /// Signing in or a look fails in words.
    WhenRead,
    /// The check of the log, or the sweep at its end, finds it; every look was right until then.
    ByCheck,
    /// The check finds it; until it was run, a look showed something else.
    ByCheckShownWrong,
    /// The rows are the same, and everything reads back right.
    NoEffect,
    /// Rows differ, every look is right, and nothing finds it.
    NotDetected,
    /// A look shows something else, and nothing finds it.
    Silent,
    /// The program panics.
    Panicked,
}

impl Found {
    /// Every end, from the best to the worst.
    pub const ALL: [Self; 8] = [
        Self::AtOpen,
        Self::WhenRead,
        Self::ByCheck,
        Self::ByCheckShownWrong,
        Self::NoEffect,
        Self::NotDetected,
        Self::Silent,
        Self::Panicked,
    ];

    /// Returns the column's heading.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::AtOpen => "at open",
            Self::WhenRead => "when read",
            Self::ByCheck => "by the check",
            Self::ByCheckShownWrong => "by the check, shown wrong before",
            Self::NoEffect => "no effect",
            Self::NotDetected => "NOT DETECTED",
            Self::Silent => "SILENT",
            Self::Panicked => "PANIC",
        }
    }
}

/// How one attack ended, and what was said.
pub struct Finding {
    /// By which detector.
    pub found: Found,
    /// The first bad place, or the words.
    pub what: String,
}

/// Opens a store as the program does and looks at everything.
#[must_use]
pub fn judge(scene: &Scene, attack: &Attack) -> Finding {
    let before = if attack.journal.is_empty() { &scene.now } else { &scene.cut };
    let same = rows_of(&attack.file, &attack.journal).is_ok_and(|rows| rows == before.rows);
    let outer = tempfile::tempdir().expect("a folder");
    std::fs::write(outer.path().join(STORE), &attack.file).expect("the file is written");
    if !attack.journal.is_empty() {
        let journal = outer.path().join(format!("{STORE}.journal"));
        std::fs::write(journal, &attack.journal).expect("the journal is written");
    }
    // Only the keychain of this place is used: the store is the real file.
    let place = Place::found(Medium::default(), attack.secrets.clone(), false, None);
    let home = Folder::at(outer.path(), place.keychain());
    let practice = standing_before(Box::new(home), outer.path(), &clock());
    let status = practice.status();
    if let Some(problem) = status.problem {
        return Finding { found: Found::AtOpen, what: format!("{}{}", problem.code, cause(outer.path())) };
    }
    if status.state == keepwell_practice::State::Absent {
        return Finding { found: Found::AtOpen, what: "no practice here".to_owned() };
    }
    if let Some(words) = status.read_only {
        let codes = keepwell_practice::refusals();
        let code = codes.iter().find(|code| code.remedy == words).map_or("without a code", |code| code.code);
        return Finding { found: Found::AtOpen, what: format!("{code}; {}", checked(&practice).1) };
    }
    if let Err(failure) = sign_in(&practice, OWNER) {
        return Finding { found: Found::WhenRead, what: format!("signing in: {failure:?}{}", cause(outer.path())) };
    }
    look(scene, &practice, same, outer.path())
}

fn look(scene: &Scene, practice: &Practice, same: bool, folder: &Path) -> Finding {
    let mut wrong = None;
    let shown = views(practice, &scene.patients, entries(&scene.now.rows));
    for (answer, (name, expected)) in shown.into_iter().zip(&scene.views) {
        let name = name.clone();
        match answer {
            Err(failure) if !tells(&failure) => wrong = wrong.or(Some(format!("{name} ({failure:?})"))),
            Err(failure) => {
                return Finding { found: Found::WhenRead, what: format!("{name}: {failure:?}{}", cause(folder)) };
            }
            Ok((_, shown)) if shown != *expected => wrong = wrong.or(Some(name)),
            Ok(_) => {}
        }
    }
    let (ok, what) = checked(practice);
    let found = match (ok, &wrong, same) {
        (false, None, _) => Found::ByCheck,
        (false, Some(_), _) => Found::ByCheckShownWrong,
        (true, Some(_), _) => Found::Silent,
        (true, None, true) => Found::NoEffect,
        (true, None, false) => Found::NotDetected,
    };
    let wrong = wrong.map(|name| format!("; {name} shows something else")).unwrap_or_default();
    Finding { found, what: format!("{what}{wrong}") }
}

/// Says whether a failure tells that something is wrong with the store; that a patient was not found does not.
fn tells(failure: &Failure) -> bool {
    match failure {
        Failure::Fault { .. } => true,
        Failure::Refused { code, .. } => ["vault.", "log.", "door."].iter().any(|place| code.starts_with(place)),
        Failure::Denied | Failure::Locked | Failure::SignedOut => false,
    }
}

/// Runs the check of the log and says what it found first.
fn checked(practice: &Practice) -> (bool, String) {
    if practice.status().state != keepwell_practice::State::SignedIn
        && let Err(failure) = sign_in(practice, OWNER)
    {
        return (false, format!("nobody can sign in to check: {failure:?}"));
    }
    match call(practice, "log.verify", json!({})) {
        Err(failure) => (false, format!("the check itself ends in words: {failure:?}")),
        Ok(checked) => {
            let first = checked["first_bad"].as_u64().map(|at| format!("entry {at}: ")).unwrap_or_default();
            (checked["ok"] == true, format!("{first}{}", checked["what"].as_str().unwrap_or("all is well")))
        }
    }
}

/// Returns the technical cause from the local log of faults, where there is one.
fn cause(folder: &Path) -> String {
    let written = std::fs::read_to_string(folder.join("faults.log")).unwrap_or_default();
    let last = written.lines().last().map(|line| line.splitn(3, ' ').nth(2).unwrap_or(line).to_owned());
    last.map(|chain| format!(" ({chain})")).unwrap_or_default()
}
