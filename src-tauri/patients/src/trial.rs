//! A door to a practice in memory, for the tests of this crate: everybody holds every key, and roles are given freely.

use keepwell_kernel::{Clock, Compartment, Error, Fault, Instant, Operation, Permission, Purpose, Role, StaffId, Zone};
use keepwell_log::door::{
    Authority, Call, Door, Entrance, Entry, Founding, GateCx, Home, Plate, Proven, ReadCx, Residents, WriteCx,
};
use keepwell_vault::engine::{Engine, EngineError, MemoryEngine};
use keepwell_vault::{Key, Keychain, MemoryKeychain, PublicKey, Reading, Suite};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use ts_rs::TS;

thread_local! {
    static ANONYMOUS: Cell<bool> = const { Cell::new(false) };
    static NAMES: RefCell<HashMap<StaffId, String>> = RefCell::default();
}

pub fn display_name(_: &ReadCx<'_>, staff: StaffId) -> Result<String, Error> {
    NAMES.with_borrow(|names| names.get(&staff).cloned()).ok_or_else(|| Fault::because("nobody").into())
}

pub fn display_name_to(_: &WriteCx<'_, '_>, staff: StaffId) -> Result<String, Error> {
    NAMES.with_borrow(|names| names.get(&staff).cloned()).ok_or_else(|| Fault::because("nobody").into())
}

pub fn anonymous_mrn(_: &WriteCx<'_, '_>) -> Result<bool, Error> {
    Ok(ANONYMOUS.get())
}

#[derive(Clone, Default)]
struct MemoryHome {
    engine: MemoryEngine,
    keychain: Arc<MemoryKeychain>,
    made: Arc<Mutex<bool>>,
}

impl Home for MemoryHome {
    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        if *self.made.lock().unwrap() { Ok(Box::new(self.engine.clone())) } else { Err(EngineError::Missing) }
    }

    fn create(&self) -> Result<Box<dyn Engine>, EngineError> {
        Ok(Box::new(self.engine.clone()))
    }

    fn keep(&self) -> Result<(), EngineError> {
        *self.made.lock().unwrap() = true;
        Ok(())
    }

    fn discard(&self) -> Result<(), EngineError> {
        Ok(())
    }

    fn keychain(&self) -> Arc<dyn Keychain> {
        Arc::clone(&self.keychain) as Arc<dyn Keychain>
    }
}

#[derive(Clone, Default)]
struct Given(Arc<Mutex<HashMap<StaffId, Vec<Role>>>>);

impl Authority for Given {
    fn roles(&self, _: &Reading<'_>, staff: StaffId, _: Instant) -> Result<Vec<Role>, Error> {
        Ok(self.0.lock().unwrap().get(&staff).cloned().unwrap_or_default())
    }

    fn plate(&self, _: &Reading<'_>) -> Result<Option<Plate>, Error> {
        Ok(Some(Plate { name: "Trial".to_owned(), zone: Zone::UTC, idle_minutes: 15, demonstration: true }))
    }
}

fn proven(cx: &GateCx<'_, '_>, user_name: &str, staff: StaffId, private: [u8; 32]) -> Result<Proven, Error> {
    // Everybody in the trial shares one private key, to which the founding grants everything.
    let private = Key::from_bytes(private);
    let keyring = cx.vault().keyring_of(HOLDER.bytes(), &private)?;
    Ok(Proven {
        staff,
        user_name: user_name.to_owned(),
        keyring: Arc::new(keyring),
        private,
        residents: Residents::default(),
    })
}

const HOLDER: StaffId = StaffId::from_bytes([7; 16]);
const PRIVATE: [u8; 32] = [9; 32];

#[derive(Deserialize, TS)]
struct TrialFound {}

#[derive(Serialize, TS)]
struct Nothing {}

impl Operation for TrialFound {
    const NAME: &'static str = "trial.found";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = Nothing;
}

impl Founding for TrialFound {
    fn check(&self, _: Instant) -> Result<Suite, Error> {
        Ok(Suite::XChaCha20Poly1305)
    }

    fn found(self, cx: &mut GateCx<'_, '_>, recovery: &Key) -> Result<Nothing, Error> {
        let private = Key::from_bytes(PRIVATE);
        cx.grant(HOLDER, PublicKey::of(&private), &Compartment::GRANTED)?;
        let keyring = cx.vault().recover(recovery)?;
        cx.open(Proven {
            staff: HOLDER,
            user_name: "founder".to_owned(),
            keyring,
            private,
            residents: Residents::default(),
        });
        Ok(Nothing {})
    }
}

#[derive(Deserialize, TS)]
struct TrialEnter {
    staff: StaffId,
    user_name: String,
}

impl Operation for TrialEnter {
    const NAME: &'static str = "trial.enter";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = Nothing;
}

impl Entrance for TrialEnter {
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<Nothing, Error> {
        let proven = proven(cx, &self.user_name, self.staff, PRIVATE)?;
        cx.open(proven);
        Ok(Nothing {})
    }
}

/// A practice with nobody in it yet, at noon on 2026-03-09.
pub struct Trial {
    pub door: Door,
    pub clock: Clock,
    given: Given,
}

impl Trial {
    /// Makes a practice and comes in as its owner.
    pub fn open() -> Self {
        Self::open_with(&[])
    }

    /// Makes a practice with operations of the test's own.
    pub fn open_with(more: &[Entry]) -> Self {
        ANONYMOUS.set(false);
        let clock = Clock::standing_at("2026-03-09T12:00:00Z".parse().unwrap());
        let given = Given::default();
        let own = [Entry::founding::<TrialFound>(), Entry::entrance::<TrialEnter>()];
        let surface = [own.as_slice(), crate::SURFACE, keepwell_log::SURFACE, more].concat();
        let home = Box::new(MemoryHome::default());
        let door = Door::before(home, Box::new(given.clone()), surface, clock.clone(), "trial".to_owned());
        let trial = Self { door, clock, given };
        trial.done("trial.found", json!({}));
        trial.enter("owner", &[Role::Owner]);
        trial
    }

    /// Makes the practice want numbers that show no year.
    pub fn without_years(&self) {
        ANONYMOUS.set(true);
    }

    /// Comes in as somebody with these roles, and returns who that is.
    pub fn enter(&self, user_name: &str, roles: &[Role]) -> StaffId {
        let staff = StaffId::make();
        NAMES.with_borrow_mut(|names| names.insert(staff, format!("Name of {user_name}")));
        self.given.0.lock().unwrap().insert(staff, roles.to_vec());
        self.enter_again(user_name, staff);
        staff
    }

    /// Comes in as somebody who has been here before.
    pub fn enter_again(&self, user_name: &str, staff: StaffId) {
        self.done("trial.enter", json!({ "staff": staff, "user_name": user_name }));
    }

    pub fn call(&self, operation: &str, input: Value, reason: Option<&str>) -> Result<Value, Error> {
        let reason = reason.map(str::to_owned);
        self.door.call(&Call { operation: operation.to_owned(), input, purpose: None, reason })
    }

    /// Does something that must succeed.
    pub fn done(&self, operation: &str, input: Value) -> Value {
        match self.call(operation, input, None) {
            Ok(answer) => answer,
            Err(Error::Fault(fault)) => panic!("{operation}: {}", fault.chain),
            Err(error) => panic!("{operation}: {error:?}"),
        }
    }

    /// Does something that must be refused, and returns the code and the field.
    pub fn refused(&self, operation: &str, input: Value) -> (String, String) {
        match self.call(operation, input, None) {
            Err(Error::Refused(refusal)) => (refusal.code.code.to_owned(), refusal.field.unwrap_or_default()),
            Err(Error::Fault(fault)) => panic!("{operation}: {}", fault.chain),
            other => panic!("{operation} was not refused: {:?}", other.map(|_| ())),
        }
    }

    /// Returns the patients in the newest entry of an operation, as the log shows them.
    pub fn noted(&self, operation: &str) -> Vec<String> {
        let page = self.done("log.entries", json!({ "operation": operation, "limit": 1 }));
        let noted = page["rows"][0]["patients"].as_array().unwrap().iter();
        noted.map(|patient| patient.as_str().unwrap().to_owned()).collect()
    }

    /// Registers somebody who looks like nobody else, and returns the id.
    pub fn register(&self, family: &str, given: &[&str], born: &str) -> String {
        let input = person(family, given, born);
        self.done("patients.register", input)["patient"].as_str().unwrap().to_owned()
    }
}

/// Returns the least that registers somebody.
pub fn person(family: &str, given: &[&str], born: &str) -> Value {
    let born = if born.is_empty() { Value::Null } else { json!(born) };
    json!({ "name": { "family": family, "given": given }, "date_of_birth": born, "administrative_sex": "F" })
}

/// Returns everything that can be said of somebody.
pub fn whole_person() -> Value {
    json!({
        "name": { "family": "Hallorán", "given": ["Grace", "Ann"], "prefix": "Dr.", "suffix": "Jr." },
        "other_names": [
            { "use": "preferred", "family": "", "given": ["Gracie"], "prefix": null, "suffix": null },
            { "use": "previous", "family": "Okafor", "given": ["Grace"], "prefix": null, "suffix": null },
        ],
        "date_of_birth": "1961-04-02",
        "administrative_sex": "F",
        "gender_identity": "woman",
        "pronouns": "she/her",
        "addresses": [{ "use": "home", "lines": ["12 Lake Street", "Apt 4"], "city": "Chicago", "state": "illinois",
            "postal_code": "606131234", "country": "" }],
        "channels": [
            { "kind": "phone", "use": "mobile", "value": "(312) 555-0142", "consent": true, "voicemail_allowed": false,
              "preferred": true },
            { "kind": "email", "use": "home", "value": "grace@Example.com", "consent": false,
              "voicemail_allowed": false, "preferred": false },
        ],
        "confidential_communication": "Call the mobile only",
        "language": "en",
        "emergency_contacts": [{ "name": "Pat Hallorán", "relationship": "spouse", "phone": "312 555 0199" }],
        "guarantor": { "name": "Pat Hallorán", "relationship": "spouse", "phone": null, "address": null },
        "insurance": [{ "rank": "primary", "provider": "Blue Cross", "policy_number": "123456",
            "group_number": "789" }],
        "flags": ["Hard of hearing"],
        "ehr_link": "https://ehr.example/123",
    })
}

/// Returns a value with other fields put in.
pub fn with(mut value: Value, fields: Value) -> Value {
    let more = fields.as_object().unwrap().clone();
    value.as_object_mut().unwrap().extend(more);
    value
}
