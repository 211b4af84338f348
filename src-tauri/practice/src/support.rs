//! What whoever helps gets: how the program stands, and nothing about anybody (164.514(a): no name, no number, no date of a
//! person). It is shown before it is written, word for word.

use crate::practice::Practice;
use keepwell_kernel::{Failure, Fault};
use serde_json::{Value, json};

/// How many lines of the local log of faults go along.
const LINES: usize = 200;

impl Practice {
    /// Returns the text. It is put together from a list of what may go, and of the local log of faults a line keeps its
    /// time, its reference and its words without anything in quotes, without paths, addresses and numbers.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn support_text(&self) -> Result<String, Failure> {
        let status = self.status();
        let faults = self.faults().newest(LINES).map_err(|error| self.fail(&Fault::from_error(&error).into()))?;
        let faults: Vec<String> = faults.iter().map(|line| without_names(line)).collect();
        let [store, journal] = self.faults().sizes();
        let checked = status.last_verification.map(|found| json!({ "ok": found.ok, "entries": found.entries }));
        let backup = status
            .backup
            .map(|backup| json!({ "made": backup.last.is_some(), "planned": backup.planned, "missed": backup.missed }));
        let told: Value = json!({
            "format": "keepwell-support-1",
            "made": self.clock.now().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "program": { "version": status.version, "time_zones": status.time_zones, "system": std::env::consts::OS,
                "processor": std::env::consts::ARCH, "debug_build": cfg!(debug_assertions) },
            "practice": { "state": status.state, "demonstration": status.demonstration,
                "read_only": status.read_only.is_some(), "keychain": status.keychain,
                "problem": status.problem.map(|problem| problem.code), "idle_minutes": status.idle_minutes,
                "log_entries": status.log_entries },
            "store": { "bytes": store, "journal_bytes": journal },
            "backup": backup,
            "last_check_of_the_log": checked,
            "faults": faults,
        });
        serde_json::to_string_pretty(&told).map_err(|error| self.fail(&Fault::from_error(&error).into()))
    }
}

/// Takes out of a line whatever could be somebody's. The first two words are a time and a reference that the program made.
fn without_names(line: &str) -> String {
    let mut words = line.splitn(3, ' ');
    let head = [words.next(), words.next()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let rest = unquoted(words.next().unwrap_or_default());
    let kept: Vec<&str> = rest.split(' ').map(|word| if is_telling(word) { "[left out]" } else { word }).collect();
    [head, kept.join(" ")].join(" ").trim_end().to_owned()
}

/// Cuts out what stands in quotes, to the end of the line where a quote is not closed.
fn unquoted(text: &str) -> String {
    let (mut kept, mut open) = (String::new(), None);
    for sign in text.chars() {
        match (open, sign) {
            (None, '"' | '`' | '\'' | '\u{2018}' | '\u{201c}') => {
                kept.push_str("[left out]");
                open = Some(match sign {
                    '\u{2018}' => '\u{2019}',
                    '\u{201c}' => '\u{201d}',
                    same => same,
                });
            }
            (None, _) => kept.push(sign),
            (Some(end), sign) if sign == end => open = None,
            (Some(_), _) => {}
        }
    }
    kept
}

/// Says whether a word may be somebody's: a path, an address, a long number, or a word that the program's own messages do not
/// have, because those are plain English in lower case.
fn is_telling(word: &str) -> bool {
    let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    word.contains(['/', '\\', '@'])
        || digits > 4
        || !bare.is_ascii()
        || bare.chars().any(|sign| sign.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::without_names;

    #[test]
    fn a_line_keeps_its_time_its_reference_and_the_programs_own_words() {
        for (line, kept) in [
            ("2026-11-21T14:00:00Z KW-7F3A the disk is full", "2026-11-21T14:00:00Z KW-7F3A the disk is full"),
            ("2026-11-21T14:00:00Z KW-7F3A", "2026-11-21T14:00:00Z KW-7F3A"),
            ("t r cannot open /home/ann/Quill.json: denied", "t r cannot open [left out] denied"),
            ("t r cannot open C:\\Users\\Ann", "t r cannot open [left out]"),
            ("t r expected 'a', found \"Linh Nguyen\" here", "t r expected [left out], found [left out] here"),
            ("t r an \"open quote Linh", "t r an [left out]"),
            ("t r the record of Linh is cut", "t r the record of [left out] is cut"),
            ("t r call 3125550187 or ann@example.com", "t r call [left out] or [left out]"),
            ("t r line 12 column 345", "t r line 12 column 345"),
            ("t r nguy\u{1ec5}n", "t r [left out]"),
        ] {
            assert_eq!(without_names(line), kept);
        }
    }
}
