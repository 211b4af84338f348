//! A morning at the desk: sign in, search as one types, open charts, register, ask the log, check it.

use crate::Done;
use crate::arguments::Arguments;
use crate::chance::Chance;
use crate::desk::Desk;
use crate::disk::{Flush, forget, megabytes, warm};
use crate::door::written;
use crate::machine::resident;
use crate::past::STAFF;
use crate::peers::Side;
use crate::practices::Made;
use crate::queries::recorded;
use crate::report::Report;
use crate::samples::Samples;
use crate::workloads::progress;
use chrono::Duration;
use keepwell_kernel::Clock;
use keepwell_practice::Continue;
use serde_json::{Value, json};
use std::time::Instant;

const CHARTS: usize = 500;
const REGISTERED: usize = 50;
const LOG_QUERIES: usize = 200;
/// Rows that a search and a page of the log show.
const SHOWN: u32 = 20;
const PAGE: u32 = 50;

/// The measurement of one practice.
pub(crate) struct Work<'w> {
    desk: Desk,
    made: &'w Made,
    report: &'w mut Report,
    size: String,
    chance: Chance,
    flush: Flush,
    rounds: usize,
}

impl<'w> Work<'w> {
    /// What is compared from size to size.
    pub(crate) const COMPARED: [&'static str; 6] = [
        "search per keystroke",
        "chart header",
        "register",
        "log query by patient",
        "log query by actor",
        "log query by day",
    ];

    /// Measures everything that a practice is asked for.
    pub(crate) fn run(arguments: &Arguments, made: &'w Made, report: &'w mut Report) -> Done<()> {
        let size = if arguments.long_log {
            "10M entries".to_owned()
        } else {
            written(made.patients.len() as u64 / 1000 * 1000)
        };
        let read = warm(&made.folder)?;
        report.put(format!("read once before, {size}"), "s", Side::Keepwell, Samples::one(read));
        let begun = Instant::now();
        let desk = Desk::at(&made.folder)?;
        let open = begun.elapsed().as_secs_f64();
        report.put(format!("open the store, {size}"), "s", Side::Keepwell, Samples::one(open));
        let file = megabytes(&made.folder, keepwell_practice::STORE)?;
        report.put(format!("file of the practice, {size}"), "MB", Side::Keepwell, Samples::one(file));
        let flush = Flush::make(&arguments.stores)?;
        let rounds = arguments.rounds.min(if arguments.quick { 2 } else { 5 });
        let mut work = Self { desk, made, report, size, chance: Chance::new(arguments.seed), flush, rounds };
        work.unlock()?;
        if !arguments.long_log {
            for round in 0..rounds {
                progress(&format!("{}: round {} of {rounds}", work.size, round + 1));
                work.search(round)?;
                work.charts(round)?;
                work.register(round)?;
            }
        }
        (0..rounds).try_for_each(|round| work.log_queries(round))?;
        if !arguments.long_log {
            work.verify()?;
        }
        work.desk.sign_out()?;
        work.desk.practice.close();
        // The store is let go of with the desk.
        let Self { desk, size, chance, report, .. } = work;
        drop(desk);
        if arguments.long_log {
            let samples = first_queries_of_a_morning(made, chance, rounds)?;
            report.put(format!("first log query, everything cold, {size}"), "µs", Side::Keepwell, samples);
        }
        Ok(())
    }

    fn line(&self, what: &str) -> String {
        format!("{what}, {}", self.size)
    }

    fn add(&mut self, what: &str, unit: &'static str, round: usize, value: f64) {
        let line = self.line(what);
        self.report.add(&line, unit, Side::Keepwell, round, value);
    }

    fn unlock(&mut self) -> Done<()> {
        for round in 0..self.rounds {
            let derivation = self.desk.fail_to_sign_in()?;
            let whole = self.desk.sign_in()?;
            let (first, _) = self.desk.timed("patients.search", json!({ "query": "a", "limit": 1 }))?;
            self.add("key derivation", "s", round, derivation);
            self.add("unlock", "s", round, (whole - derivation).max(0.0) + first / 1e6);
            self.add("unlock: first search, which builds the index", "s", round, first / 1e6);
            if round == 0 {
                self.add("memory unlocked", "MB", round, resident()?);
            }
            if round + 1 < self.rounds {
                self.desk.sign_out()?;
            }
        }
        Ok(())
    }

    fn search(&mut self, round: usize) -> Done<()> {
        let mut found = 0;
        for (place, query) in recorded().into_iter().enumerate() {
            let visit = format!("bench-{round}-{place}");
            for (end, _) in query.char_indices().skip(1).chain([(query.len(), ' ')]) {
                let typed = query.get(..end).unwrap_or(query);
                let input = json!({ "query": typed, "limit": SHOWN, "visit": visit });
                let (time, answer) = self.desk.timed("patients.search", input)?;
                self.add("search per keystroke", "µs", round, time);
                found += usize::from(rows(&answer) > 0);
            }
            self.flushed("search per keystroke", round)?;
        }
        if found == 0 { Err("no search found anybody".into()) } else { Ok(()) }
    }

    /// Measures a bare flush between the calls, to be set beside them.
    fn flushed(&mut self, what: &str, round: usize) -> Done<f64> {
        let (line, time) = (self.line(what), self.flush.measure()?);
        self.report.add(&line, "µs", Side::Floor, round, time);
        Ok(time)
    }

    fn charts(&mut self, round: usize) -> Done<()> {
        for _ in 0..CHARTS {
            let place = self.chance.index(self.made.patients.len());
            let patient = self.made.patients.get(place).copied().ok_or("no such patient")?;
            let (time, _) = self.desk.timed("patients.chart", json!({ "patient": patient }))?;
            self.add("chart header", "µs", round, time);
            let flush = self.flushed("chart header", round)?;
            self.add("chart header less a bare flush", "µs", round, (time - flush).max(0.0));
        }
        Ok(())
    }

    fn register(&mut self, round: usize) -> Done<()> {
        // Other people than those who are there, and others in every run.
        let seed = Clock::of_the_machine().now().timestamp_millis().unsigned_abs();
        for person in keepwell_practice::made_up::patients(REGISTERED, seed) {
            let mut input = serde_json::to_value(person)?;
            if let Some(fields) = input.as_object_mut() {
                fields.insert("duplicate_override".to_owned(), json!("Another person, made up for a measurement."));
            }
            let (time, _) = self.desk.timed("patients.register", input)?;
            self.add("register", "µs", round, time);
        }
        self.flushed("register", round).map(drop)
    }

    fn log_queries(&mut self, round: usize) -> Done<()> {
        for turn in 0..LOG_QUERIES {
            let (what, filter) = match turn % 3 {
                0 => {
                    let place = self.chance.index(self.made.patients.len());
                    ("log query by patient", json!({ "patient": self.made.patients.get(place) }))
                }
                1 => ("log query by actor", json!({ "actor": STAFF.get(self.chance.index(STAFF.len())) })),
                _ => {
                    let back = 30 + self.chance.below(6 * 365 - 60) as i64;
                    let from = Clock::of_the_machine().now() - Duration::days(back);
                    ("log query by day", json!({ "from": from, "to": from + Duration::days(1) }))
                }
            };
            let mut input = json!({ "limit": PAGE });
            if let (Some(fields), Value::Object(filter)) = (input.as_object_mut(), filter) {
                fields.extend(filter);
            }
            let (time, answer) = self.desk.timed("log.entries", input)?;
            if what == "log query by day" && rows(&answer) == 0 {
                return Err("a day without entries".into());
            }
            self.add(what, "µs", round, time);
            self.add("log query", "µs", round, time);
        }
        self.flushed("log query", round).map(drop)
    }

    fn verify(&mut self) -> Done<()> {
        let begun = Instant::now();
        let mut walked = None;
        let checked = self.desk.practice.verify_log(&mut |step| {
            if step.done == step.total && walked.is_none() {
                walked = Some(begun.elapsed().as_secs_f64());
            }
            Continue::Yes
        });
        let seconds = begun.elapsed().as_secs_f64();
        let checked = checked.map_err(|failure| format!("{failure:?}"))?.ok_or("the check was stopped")?;
        if !checked.ok {
            return Err(format!("the log is not whole: {:?}", checked.what).into());
        }
        let walked = walked.unwrap_or(seconds);
        let million = 1e6 / checked.entries as f64;
        self.add("verify the whole log", "s", 0, walked);
        self.add("state sweep", "s", 0, seconds - walked);
        self.add("entries in the log", "entries", 0, checked.entries as f64);
        // The bound speaks of a million entries; the practice nearest to that is taken, and scaled by its few per cent.
        if (900_000..1_200_000).contains(&checked.entries) {
            let samples = Samples::one(walked * million);
            self.report.put("verify 1M entries", "s", Side::Keepwell, samples);
            let samples = Samples::one(seconds * million);
            self.report.put("verify 1M entries, with the state sweep", "s", Side::Keepwell, samples);
        }
        Ok(())
    }
}

/// Measures the first page of the log when neither the store's cache nor the page cache holds anything of it.
fn first_queries_of_a_morning(made: &Made, mut chance: Chance, rounds: usize) -> Done<Samples> {
    let mut samples = Samples::default();
    for round in 0..rounds {
        forget(&made.folder)?;
        let place = chance.index(made.patients.len());
        let input = json!({ "limit": PAGE, "patient": made.patients.get(place) });
        samples.add(round, Desk::session(&made.folder, |desk| desk.timed("log.entries", input))?.0);
    }
    Ok(samples)
}

fn rows(answer: &Value) -> usize {
    answer.pointer("/rows").and_then(Value::as_array).map_or(0, Vec::len)
}
