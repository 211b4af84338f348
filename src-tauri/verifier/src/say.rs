//! The report in plain words. Nothing that an entry says is printed unless the entry was asked for, and what comes from
//! the bundle is printed so that it cannot move the cursor or pass for words of ours.

use crate::document::{Header, Payload, id_text};
use crate::report::{Field, Finding, Report, ShownEntry, Span, Verdict};
use std::fmt::{self, Write};

/// How many of each kind are written out; the rest is counted. `--json` has more.
const WRITTEN: usize = 20;

/// Returns the fields of an entry that verified.
pub(crate) fn fields(header: &Header<'_>, payload: Option<&Payload<'_>>) -> ShownEntry {
    let mut fields = Vec::new();
    let mut add = |name: &'static str, value: Option<&str>| {
        if let Some(value) = value {
            fields.push(Field { name, value: value.to_owned() });
        }
    };
    add("time", Some(&header.at.utc()));
    add("local time", Some(&header.at.local()));
    add("actor", header.actor);
    add("session", header.session);
    add("operation", Some(header.operation));
    add("outcome", Some(header.outcome));
    add("correlation", header.correlation);
    add("causation", header.causation);
    match payload {
        None => {
            add("the rest", Some("redacted; what was here is what the practice wrote then, and cannot be read here"))
        }
        Some(payload) => {
            add("user name", Some(payload.user_name));
            add("role", payload.role);
            add("workstation", Some(payload.workstation));
            add("purpose", payload.purpose);
            add("reason", payload.reason);
            for id in &payload.patients {
                add("patient", Some(&id_text(id)));
            }
            add("code", payload.code);
            for change in &payload.changes {
                let key = hex::encode(change.key);
                add("changed", Some(&format!("{}, record {key}, to version {}", change.table, change.version)));
            }
            add("policy", Some(payload.policy));
        }
    }
    ShownEntry { sequence: header.sequence, verified: true, fields }
}

/// Text from the bundle, with every control character written out.
struct Plain<'a>(&'a str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|sign| {
            // The characters that turn the direction of writing can make a line read as another.
            let turns = matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if sign.is_control() || turns { write!(f, "{}", sign.escape_unicode()) } else { f.write_char(sign) }
        })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "entry {}", self.first)
        } else {
            write!(f, "entries {} to {}", self.first, self.last)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = if self.file.is_empty() { "what you hold" } else { &self.file };
        write!(f, "{}: {}", Plain(file), Plain(&self.words))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.verdict(f)?;
        self.bundle(f)?;
        self.log(f)?;
        self.held(f)?;
        self.copied(f)?;
        self.shown(f)
    }
}

impl Report {
    fn verdict(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.verdict == Verdict::Pass {
            writeln!(f, "PASS  Every check held.")?;
        } else {
            match self.first_bad.as_ref().and_then(|bad| Some((bad, bad.entries?))) {
                Some((bad, span)) if span.first == span.last => {
                    writeln!(f, "FAIL  The first bad entry is {}.\n      {bad}", span.first)?;
                }
                Some((bad, span)) => writeln!(f, "FAIL  The first bad entry is one of {span}.\n      {bad}")?,
                None => writeln!(f, "FAIL  No single entry can be named; this is what is wrong:")?,
            }
        }
        for finding in self.findings.listed.iter().take(WRITTEN) {
            writeln!(f, "  - {finding}")?;
        }
        more(f, self.findings.total)
    }

    fn bundle(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nThe bundle of vault {}, made {}", Plain(&self.vault), Plain(&self.made_at))?;
        let chosen =
            [("by", &self.made_by), ("period", &self.period), ("people", &self.people), ("patients", &self.patients)];
        for (what, words) in chosen {
            if let Some(words) = words {
                writeln!(f, "  {what}: {}", Plain(words))?;
            }
        }
        Ok(())
    }

    fn log(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nThe log: {} entries, {} signed checkpoints", self.log_size, self.checkpoints)?;
        if let Some(newest) = &self.newest_checkpoint {
            writeln!(f, "  newest checkpoint: {newest}")?;
        }
        writeln!(f, "  disclosed: {}, of these redacted: {}", self.entries, self.redacted)?;
        writeln!(f, "  not disclosed: {}", self.not_disclosed)?;
        for gap in self.gaps.listed.iter().take(WRITTEN) {
            writeln!(f, "    {gap}")?;
        }
        more(f, self.gaps.total)?;
        writeln!(f, "  clock went back: {}", times(self.clock_steps.total))?;
        for step in self.clock_steps.listed.iter().take(WRITTEN) {
            let what = if step.checkpoint { "the checkpoint with counter" } else { "entry" };
            writeln!(f, "    at {what} {}, from {} to {}", step.at, step.from, step.to)?;
        }
        more(f, self.clock_steps.total)
    }

    fn held(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nThe keys that signed")?;
        for (number, key) in self.keys.iter().enumerate() {
            let changed = if number > 0 { "  THE KEY CHANGED HERE: ask the practice why" } else { "" };
            let (key, from, count) = (&key.public_key, key.from_counter, key.checkpoints);
            writeln!(f, "  {key} from counter {from}, {count} checkpoints{changed}")?;
        }
        match self.trust.keys_are_known {
            Some(true) => writeln!(f, "  They are keys that you hold.")?,
            Some(false) => writeln!(f, "  They are NOT all keys that you hold.")?,
            None => {}
        }
        match &self.trust.checkpoint {
            Some(held) if held.agrees => {
                writeln!(f, "  The checkpoint that you hold, of {} entries, agrees.", held.size)?
            }
            Some(held) => writeln!(f, "  The checkpoint that you hold, of {} entries, does NOT agree.", held.size)?,
            None => {}
        }
        if self.trust.keys_are_known.is_none() && self.trust.checkpoint.is_none() {
            let words = "  Not checked: whose keys these are. The bundle was held to itself alone. To tie it to the practice,\n  \
                         compare a printed checkpoint (--checkpoint) or the key above with one that you had before.";
            writeln!(f, "{words}")?;
        }
        Ok(())
    }

    fn copied(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.copies.is_empty() {
            writeln!(f, "\nCopies for people")?;
        }
        for copy in self.copies.iter().take(WRITTEN) {
            let said =
                if copy.compared { "compared with the entries" } else { "digest only; what it says was not checked" };
            writeln!(f, "  {}: {said}", Plain(&copy.path))?;
        }
        more(f, self.copies.len() as u64)
    }

    fn shown(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(shown) = &self.shown else { return Ok(()) };
        if !shown.verified {
            let words = "is not disclosed here, or does not fit the log; nothing of it is shown";
            return writeln!(f, "\nEntry {} {words}.", shown.sequence);
        }
        writeln!(f, "\nEntry {}", shown.sequence)?;
        shown.fields.iter().try_for_each(|field| writeln!(f, "  {}: {}", field.name, Plain(&field.value)))
    }
}

fn more(f: &mut fmt::Formatter<'_>, total: u64) -> fmt::Result {
    match total.saturating_sub(WRITTEN as u64) {
        0 => Ok(()),
        rest => writeln!(f, "    and {rest} more"),
    }
}

fn times(count: u64) -> String {
    match count {
        0 => "never, as far as is disclosed".to_owned(),
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bundle_says_cannot_move_the_cursor() {
        assert_eq!(Plain("a\u{1b}[2Jb\nc\u{202e}").to_string(), "a\\u{1b}[2Jb\\u{a}c\\u{202e}");
        assert_eq!(Plain("Zoë — ok").to_string(), "Zoë — ok");
    }
}
