//! The log as its readers ask for it, against a plain scan: each filter shows exactly the entries that fit it, page by
//! page, the newest first.

use crate::scene::{call, entries_from, person, root, sign_in};
use chrono::Duration;
use keepwell_kernel::{Instant, Role};
use keepwell_practice::testing::{OWNER, TestPractice, user_name};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde_json::{Map, Value, json};

const OPERATIONS: [&str; 5] =
    ["patients.search", "patients.chart", "patients.register", "identity.sign_in", "log.entries"];
const OUTCOMES: [&str; 4] = ["done", "refused", "denied", "fault"];

/// What somebody does, of which each leaves its entry.
#[derive(Debug, Clone)]
enum Step {
    SignIn(bool),
    Register,
    Search,
    Chart(prop::sample::Index),
    /// A search for too many, which is refused.
    TooMany,
    /// A nurse may not read the log, and nobody may do what there is not.
    Denied,
    Unknown,
    Clock(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => any::<bool>().prop_map(Step::SignIn),
        2 => Just(Step::Register),
        4 => Just(Step::Search),
        4 => any::<prop::sample::Index>().prop_map(Step::Chart),
        2 => Just(Step::TooMany),
        1 => Just(Step::Denied),
        1 => Just(Step::Unknown),
        // Never back: entries are looked up by time as if they stood in its order.
        4 => (-90i64..90).prop_map(Step::Clock),
    ];
    prop::collection::vec(step, 1..40)
}

/// What is asked for: each part or nothing, and how many rows are on a page.
#[derive(Debug, Clone)]
struct Asked {
    patient: Option<prop::sample::Index>,
    actor: Option<bool>,
    operation: Option<usize>,
    outcome: Option<usize>,
    from: Option<i64>,
    to: Option<i64>,
    limit: u32,
}

prop_compose! {
    fn asked()(
        patient in prop::option::weighted(0.3, any::<prop::sample::Index>()),
        actor in prop::option::weighted(0.3, any::<bool>()),
        operation in prop::option::weighted(0.3, 0..OPERATIONS.len()),
        outcome in prop::option::weighted(0.3, 0..OUTCOMES.len()),
        (from, to) in (prop::option::weighted(0.3, -10i64..900), prop::option::weighted(0.3, -10i64..900)),
        limit in prop_oneof![1u32..5, Just(200)],
    ) -> Asked {
        Asked { patient, actor, operation, outcome, from, to, limit }
    }
}

struct Bench {
    test: TestPractice,
    began: Instant,
    patients: Vec<String>,
    names: u32,
}

impl Bench {
    fn new() -> Self {
        let test = TestPractice::new();
        test.sign_in_as(Role::Nurse);
        // Before the practice was made nobody has a role, however far the clock is set back.
        test.clock.advance(Duration::days(30));
        sign_in(&test.practice, OWNER).unwrap();
        let began = test.clock.now();
        Self { test, began, patients: Vec::new(), names: 0 }
    }

    fn call(&self, operation: &str, input: Value) -> Option<Value> {
        call(&self.test.practice, operation, input).ok()
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::SignIn(owner) => {
                let who = if *owner { OWNER.to_owned() } else { user_name(Role::Nurse) };
                sign_in(&self.test.practice, &who).unwrap();
            }
            Step::Register => {
                self.names += 1;
                // Names that nobody takes for one another.
                let family: String = (0..6).map(|at| char::from(b'a' + (self.names * (at + 3) % 26) as u8)).collect();
                let born = format!("19{:02}-01-02", 20 + self.names % 70);
                let made = self.call("patients.register", person(&family, "Ana", &born));
                self.patients.extend(made.map(|made| made["patient"].as_str().unwrap().to_owned()));
            }
            Step::Search => drop(self.call("patients.search", json!({ "query": "ana", "limit": 3 }))),
            Step::Chart(which) if !self.patients.is_empty() => {
                drop(self.call("patients.chart", json!({ "patient": which.get(&self.patients) })));
            }
            Step::TooMany => drop(self.call("patients.search", json!({ "query": "ana", "limit": 999 }))),
            Step::Denied => {
                sign_in(&self.test.practice, &user_name(Role::Nurse)).unwrap();
                assert!(self.call("log.entries", json!({ "limit": 1 })).is_none());
            }
            Step::Unknown => drop(self.call("patients.nothing_of_this_kind", json!({}))),
            Step::Clock(minutes) => self.test.clock.advance(Duration::minutes(*minutes)),
            Step::Chart(_) => {}
        }
    }

    fn holds(&self, asked: &Asked) {
        let all = entries_from(&self.test.practice, 0);
        let text = |minutes: i64| (self.began + Duration::minutes(minutes)).to_rfc3339();
        let mut input = Map::new();
        let mut put = |name: &str, value: Option<Value>| input.extend(value.map(|value| (name.to_owned(), value)));
        let patient = asked.patient.filter(|_| !self.patients.is_empty()).map(|which| json!(which.get(&self.patients)));
        let actor = asked.actor.map(|owner| if owner { OWNER.to_owned() } else { user_name(Role::Nurse) });
        let (operation, outcome) = (asked.operation.map(|at| OPERATIONS[at]), asked.outcome.map(|at| OUTCOMES[at]));
        put("patient", patient.clone());
        put("actor", actor.as_ref().map(|actor| json!(actor.to_uppercase())));
        put("operation", operation.map(|operation| json!(operation)));
        put("outcome", outcome.map(|outcome| json!(outcome)));
        put("from", asked.from.map(|minutes| json!(text(minutes))));
        put("to", asked.to.map(|minutes| json!(text(minutes))));
        input.insert("limit".to_owned(), json!(asked.limit));
        let fits = |row: &&Value| {
            let at: Instant = row["at"].as_str().unwrap().parse().unwrap();
            let since = (at - self.began).num_seconds();
            patient.as_ref().is_none_or(|patient| row["patients"].as_array().unwrap().contains(patient))
                && actor.as_ref().is_none_or(|actor| row["actor"] == actor.as_str())
                && operation.is_none_or(|operation| row["operation"] == operation)
                && outcome.is_none_or(|outcome| row["outcome"] == outcome)
                && asked.from.is_none_or(|from| since >= from * 60)
                && asked.to.is_none_or(|to| since < to * 60)
        };
        let expected: Vec<Value> = all.iter().rev().filter(fits).cloned().collect();
        // Asking leaves entries of its own, so it begins where the scan ended.
        let mut after = Some(all.len() as u64);
        let mut found = Vec::new();
        while let Some(below) = after {
            input.insert("after".to_owned(), json!(below));
            let page = self.call("log.entries", Value::Object(input.clone())).unwrap();
            let rows = page["rows"].as_array().unwrap();
            assert!(rows.len() <= asked.limit as usize);
            found.extend(rows.iter().cloned());
            after = page["next"].as_u64();
            assert!(after.is_none_or(|after| after < below), "a page leads nowhere");
        }
        assert_eq!(found, expected, "{input:?}");
    }
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let seeds = root().join("tests/journeys/model_log.regressions");
    let seeds: &'static str = Box::leak(seeds.to_str().unwrap().to_owned().into_boxed_str());
    let failure_persistence = Some(Box::new(FileFailurePersistence::Direct(seeds)) as _);
    ProptestConfig { cases: usual.cases.div_ceil(8), failure_persistence, ..usual }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn each_filter_of_the_log_shows_what_a_scan_shows(steps in steps(), asked in prop::collection::vec(asked(), 4)) {
        let mut bench = Bench::new();
        steps.iter().for_each(|step| bench.step(step));
        asked.iter().for_each(|asked| bench.holds(asked));
    }
}
