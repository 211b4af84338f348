//! Roles over time against a plain list of intervals: the door lets in exactly whom the list lets in, and nobody's keys
//! outlive a role that was taken away.

use crate::scene::{accept, call, invite, root, sign_in};
use chrono::Duration;
use keepwell_kernel::{Compartment, Failure, Instant, Permission, Role};
use keepwell_practice::testing::{OWNER, TestPractice};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PEOPLE: usize = 3;
/// Calls that need nothing but their permission.
const PROBES: [(&str, Permission); 4] = [
    ("patients.search", Permission::DemographicsRead),
    ("identity.staff", Permission::StaffRead),
    ("log.entries", Permission::LogRead),
    ("log.status", Permission::LogVerify),
];

// ---- What is done ----

/// A role with its window, in minutes from now; nothing where nothing is said.
type Window = (Role, Option<i64>, Option<i64>);

#[derive(Debug, Clone)]
enum Step {
    Invite {
        who: usize,
        windows: Vec<Window>,
    },
    Accept {
        who: usize,
    },
    Assign {
        who: usize,
        window: Window,
    },
    Revoke {
        who: usize,
        nth: usize,
    },
    Suspend {
        who: usize,
    },
    Reinstate {
        who: usize,
    },
    Reset {
        who: usize,
    },
    Terminate {
        who: usize,
    },
    /// The clock goes on, or is set back.
    Clock {
        minutes: i64,
    },
    /// The clock goes on to the very moment at which a window opens or closes, or to just before it.
    Edge {
        who: usize,
        nth: prop::sample::Index,
        before: bool,
    },
    /// Somebody signs in, and the clock goes on while the session is open.
    Stay {
        who: usize,
        minutes: i64,
    },
}

fn a_window() -> impl Strategy<Value = Window> {
    let minutes = |from: i64| prop::option::weighted(0.5, from..3000i64);
    (prop::sample::select(&Role::ALL[..]), minutes(-2000), minutes(-500))
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = || 0..PEOPLE;
    let step = prop_oneof![
        3 => (who(), prop::collection::vec(a_window(), 1..3)).prop_map(|(who, windows)| Step::Invite { who, windows }),
        4 => who().prop_map(|who| Step::Accept { who }),
        5 => (who(), a_window()).prop_map(|(who, window)| Step::Assign { who, window }),
        4 => (who(), 0usize..6).prop_map(|(who, nth)| Step::Revoke { who, nth }),
        2 => who().prop_map(|who| Step::Suspend { who }),
        3 => who().prop_map(|who| Step::Reinstate { who }),
        1 => who().prop_map(|who| Step::Reset { who }),
        1 => who().prop_map(|who| Step::Terminate { who }),
        5 => prop_oneof![5 => 1i64..1500, 1 => -600i64..0].prop_map(|minutes| Step::Clock { minutes }),
        4 => (who(), 0i64..800).prop_map(|(who, minutes)| Step::Stay { who, minutes }),
        4 => (who(), any::<prop::sample::Index>(), any::<bool>())
            .prop_map(|(who, nth, before)| Step::Edge { who, nth, before }),
    ];
    prop::collection::vec(step, 1..30)
}

// ---- What the list says ----

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Invited,
    Active,
    Suspended,
    Terminated,
}

#[derive(Debug, Clone)]
struct Interval {
    id: String,
    role: Role,
    from: Instant,
    until: Option<Instant>,
    revoked: bool,
}

#[derive(Debug, Clone)]
struct Member {
    staff: String,
    user: String,
    status: Status,
    invitation: Option<(String, Instant)>,
    intervals: Vec<Interval>,
}

impl Interval {
    fn active(&self, now: Instant) -> bool {
        !self.revoked && self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

impl Member {
    /// The roles with which the person is let in now.
    fn roles(&self, now: Instant) -> BTreeSet<Role> {
        let active = self.intervals.iter().filter(|one| one.active(now)).map(|one| one.role);
        if self.status == Status::Active { active.collect() } else { BTreeSet::new() }
    }

    fn compartments(&self, counts: impl Fn(&Interval) -> bool) -> BTreeSet<u8> {
        let counting = self.intervals.iter().filter(|one| counts(one));
        counting.flat_map(|one| one.role.compartments()).map(|one: &Compartment| one.number()).collect()
    }
}

struct Bench {
    test: TestPractice,
    members: Vec<Option<Member>>,
    /// The latest the clock has been: before then keys may be gone that the list would still give.
    latest: Instant,
}

impl Bench {
    fn new() -> Self {
        let test = TestPractice::new();
        // Before the practice was made nobody has a role, not even the owner, however far the clock is set back.
        test.clock.advance(Duration::days(30));
        let latest = test.clock.now();
        Self { test, members: vec![None; PEOPLE], latest }
    }

    fn now(&self) -> Instant {
        self.test.clock.now()
    }

    fn as_owner(&self, operation: &str, input: Value) -> Result<Value, Failure> {
        sign_in(&self.test.practice, OWNER).unwrap();
        self.test.call(operation, input)
    }

    fn after(&self, minutes: Option<i64>) -> Option<Instant> {
        minutes.map(|minutes| self.now() + Duration::minutes(minutes))
    }

    /// Returns the interval that a window makes, or nothing where the window is empty.
    fn interval(&self, (role, from, until): Window) -> Option<Interval> {
        let (from, until) = (self.after(from).unwrap_or(self.now()), self.after(until));
        let some = until.is_none_or(|until| until > from);
        some.then(|| Interval { id: String::new(), role, from, until, revoked: false })
    }

    fn request(&self, (role, from, until): Window) -> Value {
        let text = |minutes| self.after(minutes).map(|at| at.to_rfc3339());
        json!({ "role": role, "valid_from": text(from), "valid_until": text(until) })
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Invite { who, windows } if self.members[*who].is_none() => self.invite(*who, windows),
            Step::Clock { minutes } => self.test.clock.advance(Duration::minutes(*minutes)),
            Step::Invite { .. } => {}
            Step::Accept { who }
            | Step::Assign { who, .. }
            | Step::Revoke { who, .. }
            | Step::Suspend { who }
            | Step::Reinstate { who }
            | Step::Reset { who }
            | Step::Terminate { who }
            | Step::Edge { who, .. }
            | Step::Stay { who, .. } => {
                if let Some(mut member) = self.members[*who].take() {
                    self.about(step, &mut member);
                    self.members[*who] = Some(member);
                }
            }
        }
        self.latest = self.latest.max(self.now());
        let members = self.members.iter().flatten();
        members.for_each(|member| self.keys_are_those_of_the_roles(member));
    }

    fn invite(&mut self, who: usize, windows: &[Window]) {
        let intervals: Option<Vec<Interval>> = windows.iter().map(|window| self.interval(*window)).collect();
        let (user, asked) = (format!("person.{who}"), windows.iter().map(|window| self.request(*window)).collect());
        sign_in(&self.test.practice, OWNER).unwrap();
        let invited = invite(&self.test.practice, &user, &asked);
        assert_eq!(invited.is_ok(), intervals.is_some(), "{invited:?}");
        let (Ok((staff, code)), Some(intervals)) = (invited, intervals) else { return };
        let until = self.now() + Duration::hours(72);
        let mut member = Member { staff, user, status: Status::Invited, invitation: Some((code, until)), intervals };
        self.take_ids(&mut member);
        self.members[who] = Some(member);
    }

    /// Reads the ids of the assignments from the staff list, which must show the same windows.
    fn take_ids(&self, member: &mut Member) {
        let list = self.as_owner("identity.staff", json!({})).unwrap();
        let rows = list["rows"].as_array().unwrap().clone();
        let card = rows.into_iter().find(|row| row["staff"] == member.staff.as_str()).unwrap();
        let shown = card["roles"].as_array().unwrap();
        assert_eq!(shown.len(), member.intervals.len());
        for (interval, shown) in member.intervals.iter_mut().zip(shown) {
            let id = shown["assignment"].as_str().unwrap();
            assert!(interval.id.is_empty() || interval.id == id, "an assignment became another");
            id.clone_into(&mut interval.id);
            assert_eq!(shown["active"], interval.active(self.test.clock.now()), "{shown}");
            assert_eq!(shown["revoked_at"].is_null(), !interval.revoked, "{shown}");
        }
    }

    fn about(&mut self, step: &Step, member: &mut Member) {
        match step {
            Step::Accept { .. } => self.accept(member),
            Step::Assign { window, .. } => self.assign(member, *window),
            Step::Revoke { nth, .. } => self.revoke(member, *nth),
            Step::Suspend { .. } => {
                let may = matches!(member.status, Status::Active | Status::Invited);
                self.change("identity.suspend", member, may, Status::Suspended);
            }
            Step::Reinstate { .. } => {
                let back = if member.invitation.is_some() { Status::Invited } else { Status::Active };
                self.change("identity.reinstate", member, member.status == Status::Suspended, back);
            }
            Step::Terminate { .. } => self.terminate(member),
            Step::Reset { .. } => {
                let may = matches!(member.status, Status::Active | Status::Invited);
                let reset = self.change("identity.reset_sign_in", member, may, Status::Invited);
                if let Some(reset) = reset {
                    let code = reset["invitation_code"].as_str().unwrap().to_owned();
                    member.invitation = Some((code, self.now() + Duration::hours(72)));
                }
            }
            Step::Stay { minutes, .. } => self.stay(member, *minutes),
            Step::Edge { nth, before, .. } => self.edge(member, *nth, *before),
            Step::Invite { .. } | Step::Clock { .. } => {}
        }
        self.take_ids(member);
    }

    /// Does what only the status decides, on both sides.
    fn change(&self, operation: &str, member: &mut Member, may: bool, next: Status) -> Option<Value> {
        let done = self.as_owner(operation, json!({ "staff": member.staff }));
        assert_eq!(done.is_ok(), may, "{operation} {member:?}: {done:?}");
        if may {
            member.status = next;
        }
        done.ok()
    }

    fn accept(&self, member: &mut Member) {
        let Some((code, until)) = member.invitation.clone() else { return };
        let would = Member { status: Status::Active, ..member.clone() };
        let may = member.status == Status::Invited && self.now() < until && !would.roles(self.now()).is_empty();
        let accepted = accept(&self.test.practice, &member.user, &code);
        self.let_in(accepted.is_ok(), may, member, &accepted);
        if accepted.is_ok() {
            (member.status, member.invitation) = (Status::Active, None);
        }
    }

    fn assign(&self, member: &mut Member, window: Window) {
        let interval = self.interval(window);
        let may = matches!(member.status, Status::Active | Status::Invited) && interval.is_some();
        let mut input = self.request(window);
        input["staff"] = json!(member.staff);
        let assigned = self.as_owner("identity.assign_role", input);
        assert_eq!(assigned.is_ok(), may, "{member:?}: {assigned:?}");
        if may {
            member.intervals.extend(interval);
        }
    }

    fn revoke(&self, member: &mut Member, nth: usize) {
        let nth = nth % member.intervals.len();
        let interval = &mut member.intervals[nth];
        let input = json!({ "staff": member.staff, "assignment": interval.id });
        let revoked = self.as_owner("identity.revoke_role", input);
        assert_eq!(revoked.is_ok(), !interval.revoked, "{interval:?}: {revoked:?}");
        interval.revoked = true;
    }

    fn terminate(&self, member: &mut Member) {
        let checklist =
            json!({ "access_removed": true, "devices_returned": true, "keys_returned": true, "exit_interview": true });
        let input = json!({ "staff": member.staff, "checklist": checklist });
        let done = self.as_owner("identity.terminate", input);
        assert_eq!(done.is_ok(), member.status != Status::Terminated, "{member:?}: {done:?}");
        member.status = Status::Terminated;
        member.intervals.iter_mut().for_each(|one| one.revoked = true);
    }

    /// Signs in, and asks at the door at once and after a while.
    fn stay(&mut self, member: &Member, minutes: i64) {
        let roles = member.roles(self.now());
        let came_in = sign_in(&self.test.practice, &member.user);
        self.let_in(came_in.is_ok(), !roles.is_empty(), member, &came_in);
        if let Ok(view) = &came_in {
            let shown: Vec<Role> = serde_json::from_value(view["roles"].clone()).unwrap();
            assert_eq!(shown.into_iter().collect::<BTreeSet<_>>(), roles);
            self.probe(member);
            self.test.clock.advance(Duration::minutes(minutes));
            self.probe(member);
        }
    }

    fn edge(&mut self, member: &Member, nth: prop::sample::Index, before: bool) {
        let edges = member.intervals.iter().flat_map(|one| std::iter::once(one.from).chain(one.until));
        let ahead: Vec<Instant> = edges.filter(|edge| *edge > self.now()).collect();
        if !ahead.is_empty() {
            self.test.clock.advance(ahead[nth.index(ahead.len())] - self.now());
            self.test.clock.advance(Duration::milliseconds(-i64::from(before)));
        }
        self.stay(member, 0);
    }

    /// Whoever the list does not let in is not let in; whoever it does is, unless the clock was set back.
    fn let_in(&self, is_in: bool, may: bool, member: &Member, answer: &Result<Value, Failure>) {
        let exactly = self.now() >= self.latest;
        assert!(if exactly { is_in == may } else { !is_in || may }, "{} {may} {member:?}: {answer:?}", self.now());
    }

    fn probe(&self, member: &Member) {
        let roles = member.roles(self.now());
        for (operation, permission) in PROBES {
            let input = match operation {
                "patients.search" => json!({ "query": "a", "limit": 1 }),
                "log.entries" => json!({ "limit": 1 }),
                _ => json!({}),
            };
            let answer = call(&self.test.practice, operation, input);
            let may = roles.iter().any(|role| role.holds(permission));
            self.let_in(answer.is_ok(), may, member, &answer);
            match answer {
                Err(Failure::SignedOut) => assert!(roles.is_empty(), "{operation} {member:?}"),
                Err(other) => assert!(!roles.is_empty() && other == Failure::Denied, "{operation} {other:?}"),
                Ok(_) => {}
            }
        }
    }

    /// Whose keys lie in the store for a person: none for whoever is shut out, none of a role that was taken away, all
    /// of those that count now or later.
    fn keys_are_those_of_the_roles(&self, member: &Member) {
        let prefix = [vec![0x08], hex::decode(member.staff.replace('-', "")).unwrap()].concat();
        let granted: BTreeSet<u8> = self.test.home.engine.tamper(|rows| {
            rows.keys().filter_map(|key| key.strip_prefix(prefix.as_slice())).map(|rest| rest[0]).collect()
        });
        let shut_out = matches!(member.status, Status::Suspended | Status::Terminated);
        let may = member.compartments(|one| !shut_out && !one.revoked);
        assert!(granted.is_subset(&may), "{granted:?} of {may:?} {member:?}");
        let counts = |one: &Interval| !one.revoked && one.until.is_none_or(|until| self.latest < until);
        let must = member.compartments(|one| !shut_out && counts(one));
        assert!(must.is_subset(&granted), "{must:?} not in {granted:?} {member:?}");
    }
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let seeds = root().join("tests/journeys/model_roles.regressions");
    let seeds: &'static str = Box::leak(seeds.to_str().unwrap().to_owned().into_boxed_str());
    let failure_persistence = Some(Box::new(FileFailurePersistence::Direct(seeds)) as _);
    ProptestConfig { cases: usual.cases.div_ceil(8), failure_persistence, ..usual }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn the_door_lets_in_whom_a_list_of_intervals_lets_in(steps in steps()) {
        let mut bench = Bench::new();
        steps.iter().for_each(|step| bench.step(step));
    }
}

#[test]
fn what_once_broke_stays_mended() {
    let owner = |from, until| (Role::Owner, from, until);
    let invite = |from, until| Step::Invite { who: 1, windows: vec![owner(from, until)] };
    let (accept, clock) = (Step::Accept { who: 1 }, |minutes| Step::Clock { minutes });
    let assign = || Step::Assign { who: 1, window: owner(None, None) };
    for steps in [
        // Whoever was reset had not the keys of the epoch that the reset began.
        vec![
            invite(None, None),
            assign(),
            Step::Reset { who: 1 },
            Step::Revoke { who: 1, nth: 0 },
            accept.clone(),
            Step::Stay { who: 1, minutes: 0 },
        ],
        // A code that came before its role was used up, and nobody was let in.
        vec![invite(Some(1), None), accept.clone(), clock(1), accept],
        // A role that had run out kept its keys when it was taken away, and when its bearer was shut out.
        vec![invite(None, Some(1)), clock(2), Step::Revoke { who: 1, nth: 0 }],
        vec![invite(None, Some(1)), clock(2), Step::Suspend { who: 1 }],
    ] {
        let mut bench = Bench::new();
        steps.iter().for_each(|step| bench.step(step));
    }
}
