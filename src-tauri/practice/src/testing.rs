//! Practices in memory for tests: cheap keys, a clock that stands still, and people of every role.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

use crate::folder::Faults;
use crate::practice::Practice;
use keepwell_kernel::{Clock, Failure, Instant, Role};
use keepwell_log::door::{Call, Home};
use keepwell_vault::engine::{Engine, EngineError, MemoryEngine};
use keepwell_vault::{Keychain, MemoryKeychain};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// The owner's user name.
pub const OWNER: &str = "naomi.ito";
/// Everybody's passphrase.
pub const PASSPHRASE: &str = "harbor lantern quilt 61";
/// When the clock stands still at first.
pub const NOW: &str = "2026-11-21T15:00:00Z";

/// A store in memory that outlives its practice, as a file does.
#[derive(Clone, Default)]
pub struct MemoryHome {
    /// The rows, which a test may tamper with.
    pub engine: MemoryEngine,
    /// The keychain, which a test may take away.
    pub keychain: MemoryKeychain,
    made: Arc<AtomicBool>,
}

impl Home for MemoryHome {
    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        if self.made.load(Ordering::SeqCst) { Ok(Box::new(self.engine.clone())) } else { Err(EngineError::Missing) }
    }

    fn create(&self) -> Result<Box<dyn Engine>, EngineError> {
        Ok(Box::new(self.engine.clone()))
    }

    fn keep(&self) -> Result<(), EngineError> {
        self.made.store(true, Ordering::SeqCst);
        Ok(())
    }

    fn discard(&self) -> Result<(), EngineError> {
        self.engine.tamper(|rows| rows.clear());
        Ok(())
    }

    fn scratch(&self) -> Result<Box<dyn Engine>, EngineError> {
        Ok(Box::new(MemoryEngine::empty()))
    }

    fn erase(&self) -> Result<(), EngineError> {
        self.made.store(false, Ordering::SeqCst);
        self.discard()
    }

    fn keychain(&self) -> Arc<dyn Keychain> {
        Arc::new(self.keychain.clone())
    }
}

/// A practice in memory, with its owner and whoever is invited on the way.
pub struct TestPractice {
    /// The practice.
    pub practice: Practice,
    /// Its store and keychain.
    pub home: MemoryHome,
    /// Its clock.
    pub clock: Clock,
    /// What its making answered.
    pub created: Value,
    invited: Mutex<Vec<Role>>,
}

impl Default for TestPractice {
    fn default() -> Self {
        Self::new()
    }
}

impl TestPractice {
    /// Makes a practice; its owner is signed in.
    #[must_use]
    pub fn new() -> Self {
        Self::made(&json!({ "passphrase": PASSPHRASE }))
    }

    /// Makes a demonstration; its owner is signed in.
    #[must_use]
    pub fn demonstration() -> Self {
        Self::made(&json!({ "passphrase": PASSPHRASE, "demonstration": true }))
    }

    fn made(more: &Value) -> Self {
        let home = MemoryHome::default();
        let now: Instant = NOW.parse().expect("the instant is one");
        let clock = Clock::standing_at(now);
        let practice = before(&home, &clock);
        let mut input = json!({
            "practice": { "name": "Lakeside Family Medicine", "address": null, "phone": null, "npi": null,
                "time_zone": "America/New_York", "hours": [], "anonymous_mrn": false, "idle_minutes": 15 },
            "owner": { "user_name": OWNER, "name": { "family": "Ito", "given": ["Naomi"], "prefix": null, "suffix": null } },
            "suite": "xchacha20-poly1305",
        });
        if let (Some(fields), Some(more)) = (input.as_object_mut(), more.as_object()) {
            fields.extend(more.clone());
        }
        let created = practice.call(call("identity.create_practice", input)).expect("the practice is made");
        Self { practice, home, clock, created, invited: Mutex::default() }
    }

    /// Opens the same store again, as the next start of the program does.
    #[must_use]
    pub fn again(&self) -> Practice {
        before(&self.home, &self.clock)
    }

    /// Calls as whoever is signed in.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn call(&self, operation: &str, input: Value) -> Result<Value, Failure> {
        self.practice.call(call(operation, input))
    }

    /// Signs in as somebody who holds one role, inviting that person first if there is nobody yet. The second factor
    /// of none of them is confirmed, so no code is asked for.
    pub fn sign_in_as(&self, role: Role) {
        if role != Role::Owner {
            let mut invited = self.invited.lock().expect("no test died while inviting");
            if !invited.contains(&role) {
                self.invite(role);
                invited.push(role);
                return;
            }
        }
        self.sign_in(&user_name(role));
    }

    fn sign_in(&self, user_name: &str) {
        let input = json!({ "user_name": user_name, "passphrase": PASSPHRASE, "code": "" });
        self.call("identity.sign_in", input)
            .unwrap_or_else(|failure| panic!("{user_name} cannot sign in: {failure:?}"));
    }

    /// Invites somebody through the door and accepts for that person, who is signed in then.
    fn invite(&self, role: Role) {
        self.sign_in(OWNER);
        let name = user_name(role);
        let invited = self
            .call(
                "identity.invite",
                json!({ "user_name": name,
                    "name": { "family": "Example", "given": [role.word()], "prefix": null, "suffix": null },
                    "roles": [{ "role": role, "valid_from": null, "valid_until": null }] }),
            )
            .unwrap_or_else(|failure| panic!("{name} cannot be invited: {failure:?}"));
        let code = invited.get("invitation_code").cloned().expect("an invitation has its code");
        let input = json!({ "user_name": name, "invitation_code": code, "passphrase": PASSPHRASE });
        self.call("identity.accept_invitation", input)
            .unwrap_or_else(|failure| panic!("{name} cannot accept: {failure:?}"));
    }

    /// Signs in as a role and calls.
    ///
    /// # Errors
    /// [`Failure`] of the call.
    pub fn call_as(&self, role: Role, operation: &str, input: Value) -> Result<Value, Failure> {
        self.sign_in_as(role);
        self.call(operation, input)
    }

    /// Returns the newest entries of the log, read as the owner.
    #[must_use]
    pub fn log(&self, limit: u32) -> Vec<Value> {
        let page =
            self.call_as(Role::Owner, "log.entries", json!({ "limit": limit })).expect("the owner reads the log");
        page.get("rows").and_then(Value::as_array).cloned().unwrap_or_default()
    }
}

/// Returns the user name of the person who holds a role.
#[must_use]
pub fn user_name(role: Role) -> String {
    if role == Role::Owner { OWNER.to_owned() } else { format!("one.{}", role.word()) }
}

fn before(home: &MemoryHome, clock: &Clock) -> Practice {
    standing_before(Box::new(home.clone()), Path::new("a folder that is not there"), clock)
}

/// Stands before a store that a test keeps where it likes; faults are written down in `folder`, where there is one.
#[must_use]
pub fn standing_before(home: Box<dyn Home>, folder: &Path, clock: &Clock) -> Practice {
    Practice::behind(home, Faults::of(folder), clock.clone(), "test desk".to_owned())
}

fn call(operation: &str, input: Value) -> Call {
    Call { operation: operation.to_owned(), input, ..Call::default() }
}
