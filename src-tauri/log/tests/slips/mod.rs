//! A practice of slips of paper behind a door, for the tests of this crate: one record, one operation of each kind.

#![allow(dead_code, reason = "each test binary uses a part of these")]

use keepwell_kernel::{
    Clock, Code, Compartment, Error, Fault, Instant, Operation, PatientId, Permission, Purpose, Role, StaffId, Zone,
};
use keepwell_log::door::{
    Authority, Call, Command, Door, Entrance, Entry, Founding, GateCx, Home, Plate, Proven, Query, ReadCx, Resident,
    Residents, WriteCx,
};
use keepwell_vault::engine::{Engine, EngineError, MemoryEngine};
use keepwell_vault::record::{UpgradeError, decode};
use keepwell_vault::{
    BlobRef, Index, Key, KeyMaker, Keychain, MemoryKeychain, PublicKey, Reading, Record, RowKey, Suite, Table, Vault,
    VaultError,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use ts_rs::TS;

// ---- One record ----

pub const BY_TEXT: Index = Index { number: 991, name: "slip text", unique: true };
pub const WORN_OUT: Code = Code::new("trial.worn_out", "It is worn out. Take another.");
pub const TAKEN: Code = Code::new("trial.taken", "There is such a slip. Write another text.");

/// A slip of paper about a patient, whose id is the slip's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Slip {
    pub patient: PatientId,
    pub text: String,
    #[ts(skip)]
    pub scan: Option<BlobRef>,
}

impl Slip {
    pub fn about(patient: PatientId, text: &str) -> Self {
        Self { patient, text: text.to_owned(), scan: None }
    }
}

impl Record for Slip {
    const TABLE: Table =
        Table { number: 990, name: "slip", compartment: Compartment::Demographics, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[BY_TEXT];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(self.patient.bytes()).done()
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        vec![key.blind("text", self.text.as_bytes()).done()]
    }

    fn subject(&self) -> Option<PatientId> {
        Some(self.patient)
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        decode(Self::TABLE, schema, bytes)
    }
}

/// How many slips the session has seen committed.
pub struct Count(pub u32);

impl Resident for Count {
    fn build(_: &Reading<'_>) -> Result<Self, VaultError> {
        Ok(Self(0))
    }
}

pub fn row(key: KeyMaker<'_>, patient: PatientId) -> RowKey {
    key.id(patient.bytes()).done()
}

// ---- The operations ----

#[derive(Deserialize, TS)]
pub struct TrialFound {}

#[derive(Serialize, TS)]
pub struct Nothing {}

impl Operation for TrialFound {
    const NAME: &'static str = "trial.found";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = Nothing;
}

pub const HOLDER: StaffId = StaffId::from_bytes([7; 16]);
pub const PRIVATE: [u8; 32] = [9; 32];

impl Founding for TrialFound {
    fn check(&self, _: Instant) -> Result<Suite, Error> {
        Ok(Suite::XChaCha20Poly1305)
    }

    fn found(self, cx: &mut GateCx<'_, '_>, recovery: &Key) -> Result<Nothing, Error> {
        let private = Key::from_bytes(PRIVATE);
        cx.grant(HOLDER, PublicKey::of(&private), &Compartment::GRANTED)?;
        let (keyring, user_name) = (cx.vault().recover(recovery)?, "founder".to_owned());
        cx.open(Proven { staff: HOLDER, user_name, keyring, private, residents: Residents::default() });
        Ok(Nothing {})
    }
}

/// What goes on at the gate.
#[derive(Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    Open,
    OpenKeeping,
    Refuse,
    Write,
    Remove,
    Strip,
    Lock,
    Close,
    Look,
}

#[derive(Deserialize, TS)]
pub struct TrialPass {
    how: Gate,
    staff: StaffId,
    user_name: String,
    #[serde(default)]
    #[ts(optional = nullable)]
    recovery: Option<[u8; 32]>,
}

#[derive(Serialize, TS)]
pub struct Seen {
    locked: Option<String>,
    version: u64,
    receptionist_may: Vec<&'static str>,
}

impl Operation for TrialPass {
    const NAME: &'static str = "trial.pass";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System, Purpose::Legal];
    type Output = Seen;
}

impl Entrance for TrialPass {
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<Seen, Error> {
        let locked = cx.locked().map(|locked| locked.user_name.clone());
        // Everybody in the trial shares one private key, to which the founding grants everything.
        let private = Key::from_bytes(PRIVATE);
        let slip = Slip::about(PatientId::from_bytes(*self.staff.bytes()), "tried");
        let mut version = 0;
        if matches!(self.how, Gate::Refuse | Gate::Write | Gate::Remove) {
            let keyring = Arc::new(cx.vault().keyring_of(HOLDER.bytes(), &private)?);
            cx.go_on_with(&keyring);
        }
        match self.how {
            Gate::Look => {}
            Gate::Lock => cx.lock(),
            Gate::Close => cx.close(),
            Gate::Refuse => {
                // What an attempt that fails has written is kept, and its entry says whom it was about.
                cx.about(self.staff, &self.user_name);
                cx.put(&slip)?;
                return Err(WORN_OUT.at("how").into());
            }
            Gate::Write => version = cx.put(&slip)? * 10 + cx.put_over(&slip)?,
            Gate::Remove => {
                let key = row(cx.key(Slip::TABLE)?, slip.patient);
                cx.remove::<Slip>(&key)?;
            }
            Gate::Strip => cx.revoke_all(self.staff)?,
            Gate::Open | Gate::OpenKeeping => {
                let keyring = Arc::new(cx.vault().keyring_of(HOLDER.bytes(), &private)?);
                let mut residents = Residents::default();
                if matches!(self.how, Gate::OpenKeeping) {
                    residents.keep(Count(40));
                }
                let (staff, user_name) = (self.staff, self.user_name);
                cx.open(Proven { staff, user_name, keyring, private, residents });
            }
        }
        Ok(Seen { locked, version, receptionist_may: cx.operations_of(&[Role::Receptionist]) })
    }

    fn recovery_key(&self) -> Result<Option<Key>, Error> {
        Ok(self.recovery.map(Key::from_bytes))
    }
}

/// What is done to a slip.
#[derive(Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Put,
    PutOver,
    PutOr,
    PutAndRefuse,
    PutAndFail,
    PutScan,
    Remove,
}

#[derive(Deserialize, TS)]
pub struct TrialChange {
    how: How,
    patient: PatientId,
    text: String,
}

impl Operation for TrialChange {
    const NAME: &'static str = "trial.change";
    const PERMISSION: Permission = Permission::DemographicsWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::Treatment, Purpose::Operations, Purpose::Emergency];
    type Output = u64;
}

impl Command for TrialChange {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<u64, Error> {
        let mut slip = Slip::about(self.patient, &self.text);
        cx.after_commit(|residents| residents.update::<Count>(|count| count.0 += 1));
        match self.how {
            How::Put => cx.put(&slip),
            How::PutOver => cx.put_over(&slip),
            How::PutOr => cx.put_or(&slip, TAKEN.at("text")),
            How::PutAndRefuse => cx.put(&slip).and_then(|_| Err(WORN_OUT.into())),
            How::PutAndFail => cx.put(&slip).and_then(|_| Err(Fault::because("out of ink").into())),
            How::PutScan => {
                slip.scan = Some(cx.put_blob(Compartment::Demographics, self.text.as_bytes())?);
                cx.put(&slip)
            }
            How::Remove => {
                let key = row(cx.key(Slip::TABLE)?, slip.patient);
                cx.remove::<Slip>(&key).map(|()| 0)
            }
        }
    }
}

/// What is done with keys.
#[derive(Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    Grant,
    Revoke,
    RevokeAll,
    Recovery,
}

#[derive(Deserialize, TS)]
pub struct TrialKeys {
    how: Keys,
    staff: StaffId,
    private: [u8; 32],
}

impl Operation for TrialKeys {
    const NAME: &'static str = "trial.keys";
    const PERMISSION: Permission = Permission::StaffChange;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = Vec<bool>;
}

impl Command for TrialKeys {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Vec<bool>, Error> {
        let (key, both) = (Key::from_bytes(self.private), [Compartment::Demographics, Compartment::Billing]);
        match self.how {
            Keys::Grant => cx.grant(self.staff, PublicKey::of(&key), &both)?,
            // The second is nobody's here, so it begins no epoch.
            Keys::Revoke => cx.revoke(self.staff, &[Compartment::Demographics, Compartment::Personal])?,
            Keys::RevokeAll => cx.revoke_all(self.staff, &both)?,
            Keys::Recovery => cx.replace_recovery(&key)?,
        }
        Ok([Compartment::Demographics, Compartment::Personal].map(|one| cx.holds(one)).to_vec())
    }
}

#[derive(Deserialize, TS)]
pub struct TrialLook {
    patients: Vec<PatientId>,
    #[serde(default)]
    #[ts(optional = nullable)]
    #[expect(dead_code, reason = "the door itself reads it")]
    visit: Option<String>,
}

/// What a look finds, and what it was told about the call.
#[derive(Serialize, TS)]
pub struct Looked {
    versions: Vec<usize>,
    by: Vec<Option<StaffId>>,
    count: u32,
    actor: String,
    roles: Vec<&'static str>,
    reason: Option<String>,
    operations: Vec<&'static str>,
    began: String,
    today: String,
    checked: Option<u64>,
    slip: Option<Slip>,
    scan: Option<String>,
}

impl Operation for TrialLook {
    const NAME: &'static str = "trial.look";
    const PERMISSION: Permission = Permission::DemographicsRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Treatment, Purpose::Operations, Purpose::Emergency];
    type Output = Looked;
}

impl Query for TrialLook {
    fn run(self, cx: &ReadCx<'_>) -> Result<Looked, Error> {
        let (mut versions, mut by, mut slip) = (Vec::new(), Vec::new(), None);
        for patient in self.patients {
            let key = row(cx.key(Slip::TABLE)?, patient);
            versions.push(cx.versions::<Slip>(&key)?.len());
            let found = cx.get::<Slip>(&key)?;
            by.push(found.as_ref().and_then(|found| found.by));
            slip = found.map(|found| found.record);
        }
        let scan = slip.as_ref().and_then(|slip: &Slip| slip.scan.as_ref());
        let scan = scan.map(|scan| cx.blob(scan)).transpose()?;
        Ok(Looked {
            scan: scan.map(|scan| String::from_utf8_lossy(&scan).into_owned()),
            versions,
            by,
            slip,
            count: cx.resident::<Count, _>(|count| count.0)?,
            actor: cx.actor()?.user_name.clone(),
            roles: cx.roles().iter().map(|role| role.word()).collect(),
            reason: cx.reason().map(str::to_owned),
            operations: cx.operations().to_vec(),
            began: cx.began().to_rfc3339(),
            today: cx.today().to_string(),
            checked: cx.verification().map(|found| found.entries),
        })
    }
}

pub const OWN: [Entry; 5] = [
    Entry::founding::<TrialFound>(),
    Entry::entrance::<TrialPass>(),
    Entry::command::<TrialChange>(),
    Entry::command::<TrialKeys>(),
    Entry::query::<TrialLook>(),
];

// ---- The practice ----

/// What opening the store answers instead of the store, when it is to fail.
type Failing = Option<fn() -> EngineError>;

#[derive(Clone, Default)]
pub struct MemoryHome {
    pub engine: MemoryEngine,
    pub keychain: Arc<MemoryKeychain>,
    pub made: Arc<Mutex<bool>>,
    pub opening: Arc<Mutex<Failing>>,
}

impl Home for MemoryHome {
    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        if let Some(error) = *self.opening.lock().unwrap() {
            return Err(error());
        }
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
        self.engine.tamper(std::collections::BTreeMap::clear);
        Ok(())
    }

    fn keychain(&self) -> Arc<dyn Keychain> {
        Arc::clone(&self.keychain) as Arc<dyn Keychain>
    }
}

#[derive(Clone, Default)]
pub struct Given(pub Arc<Mutex<HashMap<StaffId, Vec<Role>>>>);

impl Authority for Given {
    fn roles(&self, _: &Reading<'_>, staff: StaffId, _: Instant) -> Result<Vec<Role>, Error> {
        Ok(self.0.lock().unwrap().get(&staff).cloned().unwrap_or_default())
    }

    fn plate(&self, _: &Reading<'_>) -> Result<Option<Plate>, Error> {
        let zone = Zone::named("Asia/Kolkata").unwrap();
        Ok(Some(Plate { name: "Trial".to_owned(), zone, idle_minutes: 15, demonstration: true }))
    }
}

pub struct Trial {
    pub door: Door,
    pub clock: Clock,
    pub given: Given,
    pub home: MemoryHome,
}

impl Trial {
    /// A place where there is no practice yet, at 21:00 UTC, which is the next day in the practice's zone.
    pub fn empty() -> Self {
        let clock = Clock::standing_at("2026-03-09T21:00:00Z".parse().unwrap());
        let (given, home) = (Given::default(), MemoryHome::default());
        Self { door: door(&home, &given, &clock), clock, given, home }
    }

    /// A practice whose founder has come in again as its owner; three entries.
    pub fn open() -> Self {
        let trial = Self::empty();
        trial.done("trial.found", json!({}));
        trial.enter("owner", &[Role::Owner]);
        trial
    }

    pub fn enter(&self, user_name: &str, roles: &[Role]) -> StaffId {
        let staff = StaffId::make();
        self.given.0.lock().unwrap().insert(staff, roles.to_vec());
        self.pass("open", staff, user_name).unwrap();
        staff
    }

    pub fn pass(&self, how: &str, staff: StaffId, user_name: &str) -> Result<Value, Error> {
        self.call("trial.pass", json!({ "how": how, "staff": staff, "user_name": user_name }))
    }

    pub fn keys(&self, how: &str, staff: StaffId, private: [u8; 32]) -> Value {
        self.done("trial.keys", json!({ "how": how, "staff": staff, "private": private }))
    }

    /// Opens the same store beside the door, as somebody with the file and the keychain would.
    pub fn vault(&self) -> Vault {
        Vault::open(Box::new(self.home.engine.clone()), self.home.keychain()).unwrap()
    }

    /// Returns the epoch that the row of a slip is sealed in, from its head.
    pub fn epoch_of(&self, patient: PatientId) -> u8 {
        let key = [&[0x10][..], &990u16.to_be_bytes(), patient.bytes()].concat();
        self.home.engine.tamper(|rows| rows[&key][5])
    }

    pub fn call(&self, operation: &str, input: Value) -> Result<Value, Error> {
        self.door.call(&Call { operation: operation.to_owned(), input, ..Call::default() })
    }

    pub fn done(&self, operation: &str, input: Value) -> Value {
        self.call(operation, input).unwrap_or_else(|error| panic!("{operation}: {error:?}"))
    }

    pub fn change(&self, how: &str, patient: PatientId, text: &str) -> Result<Value, Error> {
        self.call("trial.change", json!({ "how": how, "patient": patient, "text": text }))
    }

    pub fn look(&self, patients: &[PatientId], visit: Option<&str>) -> Value {
        self.done("trial.look", json!({ "patients": patients, "visit": visit }))
    }

    /// Returns the newest entry, and makes sure that a call left it and no other.
    pub fn one_entry<R>(&self, what: impl FnOnce() -> R) -> (R, Value) {
        let before = self.door.standing().entries;
        let answer = what();
        assert_eq!(self.door.standing().entries, before + 1, "a call leaves one entry");
        (answer, self.newest())
    }

    /// Reads the newest entry as the owner of the practice, through a door of its own beside this one.
    pub fn newest(&self) -> Value {
        let given = Given::default();
        let staff = StaffId::make();
        given.0.lock().unwrap().insert(staff, vec![Role::Owner]);
        let rows = self.home.engine.tamper(|rows| rows.clone());
        let anchor = self.home.keychain.tamper(|held| held.clone());
        let beside = door(&self.home, &given, &self.clock);
        let read = |operation: &str, input: Value| {
            beside.call(&Call { operation: operation.to_owned(), input, ..Call::default() }).unwrap()
        };
        let _ = read("trial.pass", json!({ "how": "open", "staff": staff, "user_name": "reader" }));
        let page = read("log.entries", json!({ "limit": 2 }));
        // The reader's own entries go again, so that the door under test finds the store as it left it.
        self.home.engine.tamper(|now| *now = rows);
        self.home.keychain.tamper(|held| *held = anchor);
        page["rows"][1].clone()
    }
}

pub fn door(home: &MemoryHome, given: &Given, clock: &Clock) -> Door {
    let surface = [OWN.as_slice(), keepwell_log::SURFACE].concat();
    Door::before(Box::new(home.clone()), Box::new(given.clone()), surface, clock.clone(), "desk".to_owned())
}

pub fn patient(place: u8) -> PatientId {
    PatientId::from_bytes([place; 16])
}

/// Says how a call ended in a word or two.
pub fn word(answer: &Result<Value, Error>) -> String {
    match answer {
        Ok(_) => "done".to_owned(),
        Err(Error::Refused(refusal)) => format!("{} {}", refusal.code.code, refusal.field.clone().unwrap_or_default()),
        Err(Error::Denied) => "denied".to_owned(),
        Err(Error::Locked) => "locked".to_owned(),
        Err(Error::SignedOut) => "signed out".to_owned(),
        Err(Error::Fault(_)) => "fault".to_owned(),
    }
}
