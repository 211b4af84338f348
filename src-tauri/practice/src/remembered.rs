//! What is remembered in memory beside the door: the open session as its person saw it, and when somebody was there.

use keepwell_kernel::Instant;
use serde_json::{Value, json};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is remembered while the program runs.
pub(crate) struct Remembered(Mutex<Held>);

struct Held {
    session: Option<Value>,
    last: Instant,
    /// When a backup by the plan last failed; nothing after one that did not.
    backup_failed: Option<Instant>,
    /// When a downtime pack by the plan last failed; nothing after one that did not.
    downtime_failed: Option<Instant>,
    /// When a backup was last proved by the plan, or was to be.
    proof_tried: Option<Instant>,
}

/// After a backup or a downtime pack by the plan has failed, the next is tried so many minutes later.
const AGAIN_MINUTES: i64 = 15;
/// A proof by the plan that came to no result, such as for want of room, is tried again so many hours later.
const PROOF_AGAIN_HOURS: i64 = 6;

impl Remembered {
    pub(crate) fn new(now: Instant) -> Self {
        Self(Mutex::new(Held {
            session: None,
            last: now,
            backup_failed: None,
            downtime_failed: None,
            proof_tried: None,
        }))
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn somebody_is_there(&self, now: Instant) {
        self.held().last = now;
    }

    /// Returns the whole minutes since somebody was there. A clock that was set back counts as a long time, because
    /// otherwise setting it back would keep the practice open.
    pub(crate) fn idle_minutes(&self, now: Instant) -> i64 {
        let idle = now - self.held().last;
        if idle < chrono::Duration::zero() { i64::MAX } else { idle.num_minutes() }
    }

    pub(crate) fn last(&self) -> Instant {
        self.held().last
    }

    /// Says whether it is time to try a backup by the plan again.
    pub(crate) fn may_try_backup(&self, now: Instant) -> bool {
        may_try_again(self.held().backup_failed, now)
    }

    pub(crate) fn tried_backup(&self, now: Instant, done: bool) {
        self.held().backup_failed = (!done).then_some(now);
    }

    pub(crate) fn backup_has_failed(&self) -> bool {
        self.held().backup_failed.is_some()
    }

    /// Says whether it is time to try a downtime pack by the plan again.
    pub(crate) fn may_try_downtime(&self, now: Instant) -> bool {
        may_try_again(self.held().downtime_failed, now)
    }

    pub(crate) fn tried_downtime(&self, now: Instant, done: bool) {
        self.held().downtime_failed = (!done).then_some(now);
    }

    pub(crate) fn downtime_has_failed(&self) -> bool {
        self.held().downtime_failed.is_some()
    }

    /// Says whether it is time to prove a backup by the plan again.
    pub(crate) fn may_try_proof(&self, now: Instant) -> bool {
        let tried = self.held().proof_tried;
        tried.is_none_or(|tried| now < tried || (now - tried).num_hours() >= PROOF_AGAIN_HOURS)
    }

    pub(crate) fn tried_proof(&self, now: Instant) {
        self.held().proof_tried = Some(now);
    }

    /// Says whether somebody is signed in who may call an operation, as far as the session said at its beginning. The door
    /// decides; this only spares it calls that it would refuse.
    pub(crate) fn may(&self, operation: &str) -> bool {
        let held = self.held();
        let operations = held.session.as_ref().and_then(|session| session.get("operations")?.as_array());
        operations.is_some_and(|operations| operations.iter().any(|one| one == operation))
    }

    pub(crate) fn session(&self) -> Option<Value> {
        self.held().session.clone()
    }

    pub(crate) fn forget(&self) {
        self.held().session = None;
    }

    /// Follows what an operation that succeeded did to the session.
    pub(crate) fn follow(&self, operation: &str, answer: &Value) {
        let mut held = self.held();
        match operation {
            "identity.sign_in" | "identity.unlock" => held.session = without_drafts(Some(answer)),
            "identity.create_practice" | "identity.accept_invitation" | "identity.recover" => {
                held.session = without_drafts(answer.get("session"));
            }
            "identity.sign_out" | "identity.lock" => held.session = None,
            "identity.confirm_recovery_kit" => held.set("recovery_kit_confirmed", true),
            "identity.new_recovery_kit" => held.set("recovery_kit_confirmed", false),
            "identity.confirm_second_factor" => held.set("second_factor_confirmed", true),
            "identity.new_second_factor" => held.set("second_factor_confirmed", false),
            _ => {}
        }
    }
}

/// A clock that was set back is no reason to wait.
fn may_try_again(failed: Option<Instant>, now: Instant) -> bool {
    failed.is_none_or(|failed| now < failed || (now - failed).num_minutes() >= AGAIN_MINUTES)
}

impl Held {
    fn set(&mut self, field: &str, value: bool) {
        if let Some(fields) = self.session.as_mut().and_then(Value::as_object_mut) {
            fields.insert(field.to_owned(), Value::Bool(value));
        }
    }
}

/// Drafts may hold what was typed about a patient; the status does not carry them about.
fn without_drafts(session: Option<&Value>) -> Option<Value> {
    let mut session = session.filter(|session| session.is_object())?.clone();
    session.as_object_mut()?.insert("drafts".to_owned(), json!([]));
    Some(session)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_followed_without_its_drafts() {
        let remembered = Remembered::new("2026-11-21T10:00:00Z".parse().unwrap());
        let view = json!({ "user_name": "ana", "second_factor_confirmed": false, "drafts": [{ "content": "secret" }] });
        for (operation, answer) in
            [("identity.sign_in", view.clone()), ("identity.recover", json!({ "session": view }))]
        {
            remembered.follow(operation, &answer);
            let held = remembered.session().unwrap();
            assert_eq!((&held["user_name"], &held["drafts"]), (&json!("ana"), &json!([])), "{operation}");
            remembered.follow("identity.confirm_second_factor", &Value::Null);
            assert_eq!(remembered.session().unwrap()["second_factor_confirmed"], true);
            remembered.follow("patients.search", &json!({ "session": {} }));
            assert!(remembered.session().is_some());
            remembered.follow("identity.lock", &Value::Null);
            assert_eq!(remembered.session(), None, "{operation}");
        }
    }

    #[test]
    fn a_clock_set_back_counts_as_idle() {
        let remembered = Remembered::new("2026-11-21T10:00:00Z".parse().unwrap());
        for (now, minutes) in [("10:00:59", 0), ("10:15:00", 15), ("09:59:00", i64::MAX)] {
            let now = format!("2026-11-21T{now}Z").parse().unwrap();
            assert_eq!(remembered.idle_minutes(now), minutes);
        }
    }
}
