//! The door by itself, with operations of the test's own: what it lets in, what it turns away, what it keeps, and the
//! one entry that each call leaves. The journeys of the practice come in by the same door with the real operations.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use keepwell_kernel::{
    Clock, Code, Compartment, Error, Fault, Instant, Operation, PatientId, Permission, Purpose, Role, StaffId, Zone,
};
use keepwell_log::door::{
    Authority, Call, Command, Declarations, Door, Entrance, Entry, Founding, GateCx, Home, Plate, Proven, Query,
    ReadCx, Resident, Residents, WriteCx,
};
use keepwell_vault::engine::{Engine, EngineError, MemoryEngine};
use keepwell_vault::record::{UpgradeError, decode};
use keepwell_vault::{
    BlobRef, Index, Key, KeyMaker, Keychain, MemoryKeychain, PublicKey, Reading, Record, RowKey, Suite, Table, Vault,
    VaultError,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use ts_rs::TS;

// ---- One record ----

const BY_TEXT: Index = Index { number: 991, name: "slip text", unique: true };
const WORN_OUT: Code = Code::new("trial.worn_out", "It is worn out. Take another.");
const TAKEN: Code = Code::new("trial.taken", "There is such a slip. Write another text.");

/// A slip of paper about a patient, whose id is the slip's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
struct Slip {
    patient: PatientId,
    text: String,
    #[ts(skip)]
    scan: Option<BlobRef>,
}

impl Slip {
    fn about(patient: PatientId, text: &str) -> Self {
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
struct Count(u32);

impl Resident for Count {
    fn build(_: &Reading<'_>) -> Result<Self, VaultError> {
        Ok(Self(0))
    }
}

fn row(key: KeyMaker<'_>, patient: PatientId) -> RowKey {
    key.id(patient.bytes()).done()
}

// ---- The operations ----

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

const HOLDER: StaffId = StaffId::from_bytes([7; 16]);
const PRIVATE: [u8; 32] = [9; 32];

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
enum Gate {
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
struct TrialPass {
    how: Gate,
    staff: StaffId,
    user_name: String,
    #[serde(default)]
    #[ts(optional = nullable)]
    recovery: Option<[u8; 32]>,
}

#[derive(Serialize, TS)]
struct Seen {
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
enum How {
    Put,
    PutOver,
    PutOr,
    PutAndRefuse,
    PutAndFail,
    PutScan,
    Remove,
}

#[derive(Deserialize, TS)]
struct TrialChange {
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
enum Keys {
    Grant,
    Revoke,
    RevokeAll,
    Recovery,
}

#[derive(Deserialize, TS)]
struct TrialKeys {
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
struct TrialLook {
    patients: Vec<PatientId>,
    #[serde(default)]
    #[ts(optional = nullable)]
    #[expect(dead_code, reason = "the door itself reads it")]
    visit: Option<String>,
}

/// What a look finds, and what it was told about the call.
#[derive(Serialize, TS)]
struct Looked {
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

const OWN: [Entry; 5] = [
    Entry::founding::<TrialFound>(),
    Entry::entrance::<TrialPass>(),
    Entry::command::<TrialChange>(),
    Entry::command::<TrialKeys>(),
    Entry::query::<TrialLook>(),
];

// ---- The practice ----

#[derive(Clone, Default)]
struct MemoryHome {
    engine: MemoryEngine,
    keychain: Arc<MemoryKeychain>,
    made: Arc<Mutex<bool>>,
    opening: Arc<Mutex<Option<fn() -> EngineError>>>,
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
struct Given(Arc<Mutex<HashMap<StaffId, Vec<Role>>>>);

impl Authority for Given {
    fn roles(&self, _: &Reading<'_>, staff: StaffId, _: Instant) -> Result<Vec<Role>, Error> {
        Ok(self.0.lock().unwrap().get(&staff).cloned().unwrap_or_default())
    }

    fn plate(&self, _: &Reading<'_>) -> Result<Option<Plate>, Error> {
        let zone = Zone::named("Asia/Kolkata").unwrap();
        Ok(Some(Plate { name: "Trial".to_owned(), zone, idle_minutes: 15, demonstration: true }))
    }
}

struct Trial {
    door: Door,
    clock: Clock,
    given: Given,
    home: MemoryHome,
}

impl Trial {
    /// A place where there is no practice yet, at 21:00 UTC, which is the next day in the practice's zone.
    fn empty() -> Self {
        let clock = Clock::standing_at("2026-03-09T21:00:00Z".parse().unwrap());
        let (given, home) = (Given::default(), MemoryHome::default());
        Self { door: door(&home, &given, &clock), clock, given, home }
    }

    /// A practice whose founder has come in again as its owner; three entries.
    fn open() -> Self {
        let trial = Self::empty();
        trial.done("trial.found", json!({}));
        trial.enter("owner", &[Role::Owner]);
        trial
    }

    fn enter(&self, user_name: &str, roles: &[Role]) -> StaffId {
        let staff = StaffId::make();
        self.given.0.lock().unwrap().insert(staff, roles.to_vec());
        self.pass("open", staff, user_name).unwrap();
        staff
    }

    fn pass(&self, how: &str, staff: StaffId, user_name: &str) -> Result<Value, Error> {
        self.call("trial.pass", json!({ "how": how, "staff": staff, "user_name": user_name }))
    }

    fn keys(&self, how: &str, staff: StaffId, private: [u8; 32]) -> Value {
        self.done("trial.keys", json!({ "how": how, "staff": staff, "private": private }))
    }

    /// Opens the same store beside the door, as somebody with the file and the keychain would.
    fn vault(&self) -> Vault {
        Vault::open(Box::new(self.home.engine.clone()), self.home.keychain()).unwrap()
    }

    /// Returns the epoch that the row of a slip is sealed in, from its head.
    fn epoch_of(&self, patient: PatientId) -> u8 {
        let key = [&[0x10][..], &990u16.to_be_bytes(), patient.bytes()].concat();
        self.home.engine.tamper(|rows| rows[&key][5])
    }

    fn call(&self, operation: &str, input: Value) -> Result<Value, Error> {
        self.door.call(&Call { operation: operation.to_owned(), input, ..Call::default() })
    }

    fn done(&self, operation: &str, input: Value) -> Value {
        self.call(operation, input).unwrap_or_else(|error| panic!("{operation}: {error:?}"))
    }

    fn change(&self, how: &str, patient: PatientId, text: &str) -> Result<Value, Error> {
        self.call("trial.change", json!({ "how": how, "patient": patient, "text": text }))
    }

    fn look(&self, patients: &[PatientId], visit: Option<&str>) -> Value {
        self.done("trial.look", json!({ "patients": patients, "visit": visit }))
    }

    /// Returns the newest entry, and makes sure that a call left it and no other.
    fn one_entry<R>(&self, what: impl FnOnce() -> R) -> (R, Value) {
        let before = self.door.standing().entries;
        let answer = what();
        assert_eq!(self.door.standing().entries, before + 1, "a call leaves one entry");
        (answer, self.newest())
    }

    /// Reads the newest entry as the owner of the practice, through a door of its own beside this one.
    fn newest(&self) -> Value {
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

fn door(home: &MemoryHome, given: &Given, clock: &Clock) -> Door {
    let surface = [OWN.as_slice(), keepwell_log::SURFACE].concat();
    Door::before(Box::new(home.clone()), Box::new(given.clone()), surface, clock.clone(), "desk".to_owned())
}

fn patient(place: u8) -> PatientId {
    PatientId::from_bytes([place; 16])
}

/// Says how a call ended in a word or two.
fn word(answer: &Result<Value, Error>) -> String {
    match answer {
        Ok(_) => "done".to_owned(),
        Err(Error::Refused(refusal)) => format!("{} {}", refusal.code.code, refusal.field.clone().unwrap_or_default()),
        Err(Error::Denied) => "denied".to_owned(),
        Err(Error::Locked) => "locked".to_owned(),
        Err(Error::SignedOut) => "signed out".to_owned(),
        Err(Error::Fault(_)) => "fault".to_owned(),
    }
}

// ---- Letting in and turning away ----

#[test]
fn before_there_is_a_practice_only_the_founding_comes_in() {
    let trial = Trial::empty();
    let standing = trial.door.standing();
    assert!(standing.absent && standing.problem.is_none() && standing.plate.is_none() && standing.entries == 0);
    assert_eq!(standing.keychain, "memory");
    for operation in ["trial.look", "trial.pass", "nowhere.nothing"] {
        assert_eq!(word(&trial.call(operation, json!({}))), "vault.missing ", "{operation}");
    }
    trial.done("trial.found", json!({}));
    let standing = trial.door.standing();
    assert!(!standing.absent && standing.signed_in && standing.vault.is_some());
    assert_eq!((standing.entries, standing.plate.unwrap().name.as_str()), (1, "Trial"));
    let (again, entry) = trial.one_entry(|| trial.call("trial.found", json!({})));
    assert_eq!(word(&again), "door.practice_exists ");
    assert_eq!((&entry["operation"], &entry["actor"]), (&json!("trial.found"), &json!("founder")));
}

#[test]
fn what_is_asked_wrongly_is_turned_away_with_the_field_and_one_entry() {
    let trial = Trial::open();
    let long = |count: usize| Some("é".repeat(count));
    let look = json!({ "patients": [] });
    let cases: [(&str, Value, Option<Purpose>, Option<String>, &str, &str); 14] = [
        ("trial.look", look.clone(), None, None, "done", "treatment"),
        ("trial.look", look.clone(), Some(Purpose::Operations), None, "done", "operations"),
        ("trial.look", look.clone(), Some(Purpose::Legal), None, "door.purpose purpose", "legal"),
        ("trial.look", look.clone(), Some(Purpose::Emergency), None, "door.reason_needed reason", "emergency"),
        (
            "trial.look",
            look.clone(),
            Some(Purpose::Emergency),
            Some(" \t".to_owned()),
            "door.reason_needed reason",
            "emergency",
        ),
        ("trial.look", look.clone(), Some(Purpose::Emergency), Some("fire".to_owned()), "done", "emergency"),
        ("trial.look", look.clone(), None, long(2_000), "done", "treatment"),
        ("trial.look", look, None, long(2_001), "door.reason_too_long reason", ""),
        ("trial.look", json!({}), None, None, "door.malformed patients", "treatment"),
        ("trial.look", json!({ "patients": [7] }), None, None, "door.malformed patients[0]", "treatment"),
        ("trial.look", json!(7), None, None, "door.malformed ", "treatment"),
        ("nowhere.nothing", json!({}), None, None, "door.unknown_operation ", ""),
        (
            "trial.pass",
            json!({ "how": "look", "staff": HOLDER, "user_name": "" }),
            Some(Purpose::Legal),
            None,
            "done",
            "legal",
        ),
        (
            "trial.pass",
            json!({ "how": "look", "staff": HOLDER, "user_name": "" }),
            Some(Purpose::Payment),
            None,
            "door.purpose purpose",
            "payment",
        ),
    ];
    for (operation, input, purpose, reason, ends, entered_for) in cases {
        let call = Call { operation: operation.to_owned(), input, purpose, reason: reason.clone() };
        let (answer, entry) = trial.one_entry(|| trial.door.call(&call));
        let said = format!("{operation} {} {purpose:?}", call.input);
        assert_eq!(word(&answer), ends, "{said}");
        let operation = if operation == "nowhere.nothing" { "unknown" } else { operation };
        assert_eq!((entry["operation"].as_str(), entry["actor"].as_str()), (Some(operation), Some("owner")), "{said}");
        assert_eq!(entry["purpose"].as_str().unwrap_or_default(), entered_for, "{said}");
        assert_eq!(entry["workstation"], "desk");
        let (outcome, code) = if ends == "done" { ("done", None) } else { ("refused", ends.split(' ').next()) };
        assert_eq!((entry["outcome"].as_str(), entry["code"].as_str()), (Some(outcome), code), "{said}");
        // A reason is kept as it was typed, as far as an entry has room; one of white space is none.
        let kept = reason.filter(|reason| !reason.trim().is_empty()).map(|one| one.chars().take(2_000).collect());
        assert_eq!(entry["reason"].as_str().map(str::to_owned), kept, "{said}");
    }
}

#[test]
fn a_role_decides_what_is_let_in_and_leaves_its_name() {
    let trial = Trial::open();
    for (roles, ends, role) in [
        (&[Role::Auditor][..], "denied", ""),
        (&[Role::Auditor, Role::Receptionist], "done", "receptionist"),
        (&[Role::Nurse], "done", "nurse"),
    ] {
        trial.enter("somebody", roles);
        let (answer, entry) = trial.one_entry(|| trial.change("put", patient(1), "x"));
        assert_eq!((word(&answer).as_str(), entry["role"].as_str()), (ends, Some(role)));
        assert_eq!(entry["outcome"], ends);
    }
    let staff = trial.enter("leaver", &[Role::Nurse]);
    trial.given.0.lock().unwrap().insert(staff, Vec::new());
    assert!(trial.door.standing().signed_in);
    let (answer, entry) = trial.one_entry(|| trial.change("put", patient(1), "x"));
    assert_eq!((word(&answer).as_str(), entry["code"].as_str()), ("signed out", Some("signed_out")));
    assert!(!trial.door.standing().signed_in, "whoever holds no role any more is out");
}

// ---- Changing ----

#[test]
fn a_change_and_its_entry_stand_or_fall_together() {
    let trial = Trial::open();
    let owner = trial.enter("owner", &[Role::Owner]);
    trial.look(&[], None); // From here on the session counts.
    // What is done, to whom, how it ends, versions and record then, changes in the entry, commits seen.
    let cases = [
        ("put", 1, "a", "done", 1, Some("a"), 1, 1),
        ("put", 1, "b", "done", 2, Some("b"), 1, 2),
        ("put_over", 1, "c", "done", 2, Some("c"), 1, 3),
        ("put_or", 1, "d", "done", 3, Some("d"), 1, 4),
        ("put_or", 2, "d", "trial.taken text", 0, None, 0, 4),
        ("put_and_refuse", 2, "e", "trial.worn_out ", 0, None, 0, 4),
        ("put_and_fail", 2, "e", "fault", 0, None, 0, 4),
        ("remove", 1, "", "done", 3, None, 1, 5),
        ("put_or", 2, "d", "done", 1, Some("d"), 1, 6),
        ("put_scan", 3, "f", "done", 1, Some("f"), 1, 7),
    ];
    for (how, place, text, ends, versions, then, changes, seen) in cases {
        let (answer, entry) = trial.one_entry(|| trial.change(how, patient(place), text));
        assert_eq!(word(&answer), ends, "{how} {text}");
        assert_eq!(entry["changes"], changes, "{how} {text}");
        let touched = if how == "put_over" || how == "remove" { json!([]) } else { json!([patient(place)]) };
        assert_eq!(entry["patients"], touched, "{how} {text}");
        let faults = trial.door.take_faults();
        assert_eq!(
            faults.iter().map(|fault| fault.chain.as_str()).collect::<Vec<_>>(),
            match ends {
                "fault" => vec!["out of ink"],
                _ => vec![],
            }
        );
        assert_eq!(
            entry["code"].as_str(),
            match ends {
                "done" => None,
                "fault" => Some(faults[0].reference.as_str()),
                refused => refused.split(' ').next(),
            }
        );
        if how.starts_with("put") && ends == "done" {
            let expected =
                if how == "put_over" { versions + 1 } else { versions + u64::from(text == "d" && place == 1) };
            assert_eq!(answer.unwrap(), expected, "{how} {text}");
        }
        let looked = trial.look(&[patient(place)], None);
        assert_eq!(looked["slip"]["text"].as_str(), then, "{how} {text}");
        assert_eq!(looked["by"][0], then.map_or(Value::Null, |_| json!(owner)), "{how} {text}");
        assert_eq!(looked["count"], seen, "{how} {text}");
        assert_eq!(looked["scan"].as_str(), then.filter(|_| how == "put_scan"), "{how} {text}");
    }
}

// ---- Looking ----

#[test]
fn a_look_is_told_of_the_call_and_of_nothing_else() {
    let trial = Trial::open();
    let began = trial.clock.now();
    trial.clock.advance(chrono::Duration::minutes(5));
    let call = |reason: Option<&str>| {
        let (operation, reason) = ("trial.look".to_owned(), reason.map(str::to_owned));
        trial.door.call(&Call { operation, input: json!({ "patients": [] }), purpose: None, reason }).unwrap()
    };
    let looked = call(Some("asked by telephone"));
    assert_eq!(looked["reason"], "asked by telephone");
    assert_eq!(call(None)["reason"], Value::Null);
    assert_eq!((&looked["actor"], &looked["roles"]), (&json!("owner"), &json!(["owner"])));
    assert_eq!(looked["began"], began.to_rfc3339());
    assert_eq!(looked["today"], "2026-03-10", "the day of the practice's own zone");
    let all: Vec<&str> = trial.door.surface().iter().map(|entry| entry.name).collect();
    assert_eq!(all.len(), 8);
    assert_eq!(looked["operations"], json!(all));
    assert_eq!(looked["checked"], Value::Null);
    let found = trial.door.verify(&mut |_, _| true).unwrap().unwrap();
    assert!(found.ok && found.entries == trial.door.standing().entries);
    assert_eq!(call(None)["checked"], found.entries);
    assert_eq!(trial.door.standing().verification, Some(found));
    trial.enter("desk", &[Role::Receptionist]);
    let may = ["trial.found", "trial.pass", "trial.change", "trial.look"];
    assert_eq!(call(None)["operations"], json!(may));
    let seen = trial.pass("look", HOLDER, "").unwrap();
    assert_eq!(seen["receptionist_may"], json!(may));
}

#[test]
fn a_visit_names_each_patient_once_until_nothing_new_came_for_a_quarter_of_an_hour() {
    let trial = Trial::open();
    for place in 1..=3 {
        trial.change("put", patient(place), &format!("slip {place}")).unwrap();
    }
    // Seconds since the look before, the visit, who is looked at, who is named, and whether the run goes on.
    let cases: [(i64, Option<&str>, &[u8], &[u8], bool); 10] = [
        (0, Some("a"), &[1, 2], &[1, 2], false),
        (0, Some("a"), &[1, 2, 3], &[3], true),
        (14 * 60 + 59, Some("a"), &[1, 2, 3], &[], true),
        (14 * 60 + 59, Some("a"), &[3], &[], true),
        (15 * 60, Some("a"), &[1, 3], &[1, 3], false),
        (60, Some("b"), &[1], &[1], false),
        (0, None, &[1], &[1], false),
        (0, None, &[1], &[1], false),
        (10 * 60, Some("b"), &[1, 2], &[2], true),
        (10 * 60, Some("b"), &[2], &[], true),
    ];
    let mut runs: HashMap<&str, Value> = HashMap::new();
    for (number, (seconds, visit, looked_at, named, goes_on)) in cases.into_iter().enumerate() {
        trial.clock.advance(chrono::Duration::seconds(seconds));
        let looked_at: Vec<PatientId> = looked_at.iter().map(|place| patient(*place)).collect();
        let (_, entry) = trial.one_entry(|| trial.look(&looked_at, visit));
        let named: BTreeSet<String> = named.iter().map(|place| patient(*place).to_string()).collect();
        let noted = entry["patients"].as_array().unwrap();
        assert_eq!(
            noted.iter().map(|one| one.as_str().unwrap().to_owned()).collect::<BTreeSet<_>>(),
            named,
            "{number}"
        );
        let before = runs.insert(visit.unwrap_or_default(), entry["correlation"].clone());
        assert_eq!(before.as_ref() == Some(&entry["correlation"]), goes_on, "{number}");
    }
}

// ---- Coming in and going ----

#[test]
fn a_refused_entrance_keeps_what_it_wrote_and_says_whom_it_was_about() {
    let trial = Trial::open();
    let staff = StaffId::make();
    trial.pass("close", HOLDER, "").unwrap();
    assert!(!trial.door.standing().signed_in);
    // Whoever is at the door writes in one segment of the log, however often.
    let segments = || trial.home.engine.tamper(|rows| rows.keys().filter(|key| key.starts_with(&[0x50, 5])).count());
    let before = segments();
    for _ in 0..3 {
        trial.pass("look", staff, "").unwrap();
    }
    assert_eq!(segments(), before + 1);
    let (answer, entry) = trial.one_entry(|| trial.pass("refuse", staff, "tried.once"));
    assert_eq!(word(&answer), "trial.worn_out how");
    assert_eq!((&entry["actor"], &entry["changes"]), (&json!("tried.once"), &json!(1)));
    assert_eq!(word(&trial.call("trial.look", json!({ "patients": [] }))), "signed out");
    trial.enter("owner", &[Role::Owner]);
    let looked = trial.look(&[PatientId::from_bytes(*staff.bytes())], None);
    assert_eq!(looked["slip"]["text"], "tried");
    assert_eq!(looked["by"], json!([staff]), "the record says so too");
}

#[test]
fn a_lock_keeps_the_place_of_whoever_locked_and_of_nobody_else() {
    let trial = Trial::open();
    let (began, nurse) = (trial.clock.now(), trial.enter("nurse", &[Role::Nurse]));
    trial.clock.advance(chrono::Duration::minutes(30));
    trial.pass("lock", HOLDER, "").unwrap();
    let standing = trial.door.standing();
    assert!(!standing.signed_in);
    assert_eq!(standing.locked.map(|locked| (locked.staff, locked.user_name)), Some((nurse, "nurse".to_owned())));
    let (answer, entry) = trial.one_entry(|| trial.call("trial.look", json!({ "patients": [] })));
    assert_eq!((word(&answer).as_str(), &entry["code"]), ("locked", &json!("locked")));
    assert_eq!(trial.pass("look", HOLDER, "").unwrap()["locked"], "nurse");
    trial.pass("open", nurse, "nurse").unwrap();
    assert!(trial.door.standing().locked.is_none());
    assert_eq!(trial.look(&[], None)["began"], began.to_rfc3339(), "the session goes on");
    trial.pass("lock", HOLDER, "").unwrap();
    trial.enter("another", &[Role::Nurse]);
    assert_eq!(trial.look(&[], None)["began"], trial.clock.now().to_rfc3339(), "another person begins afresh");
    trial.pass("lock", HOLDER, "").unwrap();
    trial.pass("close", HOLDER, "").unwrap();
    let standing = trial.door.standing();
    assert!(standing.locked.is_none() && !standing.signed_in);
}

#[test]
fn what_is_written_at_the_gate_is_kept_and_what_was_at_hand_stays_in_memory() {
    let trial = Trial::open();
    let staff = StaffId::make();
    let patient = PatientId::from_bytes(*staff.bytes());
    assert_eq!(trial.pass("write", staff, "").unwrap()["version"], 12, "version 1, then 2");
    let looked = trial.look(&[patient], None);
    assert_eq!((&looked["versions"], &looked["slip"]["text"]), (&json!([1]), &json!("tried")), "nothing of the first");
    let (_, entry) = trial.one_entry(|| trial.pass("remove", staff, "").unwrap());
    assert_eq!(entry["changes"], 1);
    assert_eq!(trial.look(&[patient], None)["slip"], Value::Null);
    assert_eq!(trial.look(&[], None)["count"], 0);
    trial.given.0.lock().unwrap().insert(staff, vec![Role::Owner]);
    trial.pass("open_keeping", staff, "owner").unwrap();
    trial.change("put", patient, "x").unwrap();
    assert_eq!(trial.look(&[], None)["count"], 41, "what the entrance kept, brought up to date");
}

#[test]
fn whoever_leaves_has_left_whatever_the_disk_says() {
    for how in ["close", "lock"] {
        let trial = Trial::open();
        trial.home.engine.fail_commits_with(Some(|| EngineError::Full));
        assert_eq!(word(&trial.pass(how, HOLDER, "")), "vault.full ");
        let standing = trial.door.standing();
        assert!(!standing.signed_in, "{how}");
        assert_eq!(standing.locked.is_some(), how == "lock");
        assert_eq!(word(&trial.pass("open", HOLDER, "owner")), "vault.full ");
        assert!(!trial.door.standing().signed_in, "nobody comes in without an entry");
    }
}

// ---- Keys ----

#[test]
fn keys_are_given_and_taken_at_the_door() {
    const PRIVATE: [u8; 32] = [5; 32];
    let trial = Trial::open();
    let staff = StaffId::make();
    let held = || -> Vec<Compartment> {
        let keyring = trial.vault().keyring_of(staff.bytes(), &Key::from_bytes(PRIVATE)).unwrap();
        Compartment::GRANTED.into_iter().filter(|one| keyring.holds(*one)).collect()
    };
    trial.change("put", patient(1), "before").unwrap();
    assert_eq!(trial.epoch_of(patient(1)), 1);
    assert_eq!(trial.keys("grant", staff, PRIVATE), json!([true, false]));
    assert_eq!(held(), [Compartment::Demographics, Compartment::Billing]);
    assert_eq!(trial.keys("revoke", staff, PRIVATE), json!([true, false]));
    assert_eq!(held(), [Compartment::Billing]);
    trial.change("put", patient(1), "after").unwrap();
    assert_eq!(trial.epoch_of(patient(1)), 2, "the open session goes on with the new key");
    assert_eq!(trial.look(&[patient(1)], None)["versions"], json!([2]));
    trial.keys("grant", staff, PRIVATE);
    trial.keys("revoke_all", staff, PRIVATE);
    assert_eq!(held(), []);
    trial.change("put", patient(1), "last").unwrap();
    assert_eq!(trial.epoch_of(patient(1)), 3);
    // Whoever is gone altogether is given nothing when the next epoch begins.
    trial.keys("grant", staff, PRIVATE);
    trial.pass("strip", staff, "").unwrap();
    assert_eq!(held(), []);
    trial.keys("revoke", StaffId::make(), PRIVATE);
    assert_eq!(held(), []);
}

#[test]
fn a_replaced_recovery_key_mends_a_machine_that_lost_its_key_and_the_old_one_does_not() {
    let trial = Trial::open();
    trial.keys("recovery", HOLDER, [0x66; 32]);
    trial.keys("revoke", StaffId::make(), [0; 32]);
    trial.door.close();
    trial.home.keychain.tamper(|held| held.retain(|name, _| !name.starts_with("device:")));
    let trial = Trial { door: door(&trial.home, &trial.given, &trial.clock), ..trial };
    assert_eq!(trial.door.standing().keychain, "missing");
    let key = |byte: u8| Value::from(vec![byte; 32]);
    for (recovery, ends, keychain) in [
        (Value::Null, "vault.no_device_key ", "missing"),
        (key(0x65), "door.wrong_recovery_key recovery_key", "missing"),
        (key(0x66), "done", "memory"),
    ] {
        let input = json!({ "how": "look", "staff": HOLDER, "user_name": "", "recovery": recovery });
        assert_eq!(word(&trial.call("trial.pass", input)), ends);
        assert_eq!(trial.door.standing().keychain, keychain);
    }
}

// ---- Sealing ----

#[test]
fn a_log_that_was_added_to_is_sealed_after_a_minute_and_when_the_door_closes() {
    let trial = Trial::open();
    let sealed = || trial.home.keychain.tamper(|held| held.clone());
    trial.door.tick();
    trial.clock.advance(chrono::Duration::minutes(2));
    trial.door.tick();
    let rest = sealed();
    trial.look(&[], None);
    trial.clock.advance(chrono::Duration::seconds(59));
    trial.door.tick();
    assert_eq!(sealed(), rest, "not before a minute is over");
    trial.clock.advance(chrono::Duration::seconds(1));
    trial.door.tick();
    let anchored = |held: &std::collections::BTreeMap<String, Vec<u8>>| -> u64 {
        let anchor = held.iter().find(|(name, _)| name.starts_with("anchor:")).unwrap().1;
        let text = std::str::from_utf8(anchor).unwrap();
        text.split(':').next().unwrap().parse().unwrap()
    };
    assert_eq!(anchored(&sealed()), trial.door.standing().entries);
    let minute = sealed();
    trial.clock.advance(chrono::Duration::minutes(2));
    trial.door.tick();
    assert_eq!(sealed(), minute, "nothing new, nothing sealed");
    trial.look(&[], None);
    trial.door.close();
    assert_eq!(anchored(&sealed()), trial.door.standing().entries);
    assert!(!trial.door.standing().signed_in);
    let entries = trial.door.standing().entries;
    let again = door(&trial.home, &trial.given, &trial.clock).standing();
    assert_eq!((again.entries, again.read_only.is_some(), again.problem), (entries, false, None));
}

#[test]
fn an_anchor_that_cannot_be_kept_is_a_fault_and_not_a_refusal() {
    let trial = Trial::open();
    trial.look(&[], None);
    assert!(trial.door.take_faults().is_empty());
    trial.home.keychain.set_absent(true);
    trial.clock.advance(chrono::Duration::minutes(2));
    trial.door.tick();
    assert_eq!(trial.door.take_faults().len(), 1);
    assert!(trial.door.take_faults().is_empty(), "a fault is told once");
    trial.look(&[], None);
}

// ---- A store that does not open ----

#[test]
fn a_store_that_does_not_open_says_why_until_it_is_mended() {
    let trial = Trial::open();
    trial.door.close();
    let cases: [(fn() -> EngineError, Option<&str>, bool, usize); 4] = [
        (|| EngineError::Missing, None, true, 0),
        (|| EngineError::HeldElsewhere, Some("vault.held_elsewhere"), false, 0),
        (|| EngineError::Damaged, Some("vault.damaged"), false, 0),
        (|| EngineError::Engine("sulks".to_owned()), Some("door.unopenable"), false, 1),
    ];
    for (error, problem, absent, faults) in cases {
        *trial.home.opening.lock().unwrap() = Some(error);
        let again = door(&trial.home, &trial.given, &trial.clock);
        let standing = again.standing();
        assert_eq!((standing.problem.map(|code| code.code), standing.absent), (problem, absent));
        assert_eq!(again.take_faults().len(), faults);
        let said = again.call(&Call { operation: "log.status".to_owned(), input: json!({}), ..Call::default() });
        assert_eq!(word(&said), format!("{} ", problem.unwrap_or("vault.missing")));
        *trial.home.opening.lock().unwrap() = None;
        again.reopen();
        let standing = again.standing();
        assert_eq!((standing.problem, standing.absent, standing.entries), (None, false, trial.door.standing().entries));
    }
    trial.home.keychain.tamper(|held| held.retain(|name, _| !name.starts_with("device:")));
    let again = door(&trial.home, &trial.given, &trial.clock).standing();
    assert_eq!((again.keychain, again.problem), ("missing", None));
}

#[test]
fn a_store_put_back_is_open_for_reading_the_log_only() {
    let trial = Trial::open();
    let yesterday = trial.home.engine.tamper(|rows| rows.clone());
    trial.change("put", patient(1), "today").unwrap();
    trial.door.close();
    trial.home.engine.tamper(|rows| *rows = yesterday.clone());
    let trial = Trial { door: door(&trial.home, &trial.given, &trial.clock), ..trial };
    assert_eq!(trial.door.standing().read_only.map(|code| code.code), Some("log.rolled_back"));
    let before = trial.door.standing().entries;
    trial.enter("owner", &[Role::Owner]);
    assert_eq!(word(&trial.change("put", patient(2), "more")), "door.read_only ");
    assert_eq!(trial.done("log.status", json!({}))["read_only"], true);
    trial.clock.advance(chrono::Duration::minutes(2));
    trial.door.tick();
    trial.door.close();
    assert_eq!(trial.door.standing().entries, before, "no entry");
    assert_eq!(trial.home.engine.tamper(|rows| rows.clone()), yesterday, "nothing is written");
}

// ---- Reading the log ----

/// A practice with 60 entries, a second apart: three people, every outcome, five patients.
fn busy() -> Trial {
    let trial = Trial::open();
    let people = [("One.Nurse", Role::Nurse), ("auditor", Role::Auditor), ("owner", Role::Owner)];
    for round in 0.. {
        let (name, role) = people[round % 3];
        trial.enter(name, &[role]);
        for step in 0..7u8 {
            trial.clock.advance(chrono::Duration::seconds(1));
            let patient = patient(1 + step % 5);
            let how = ["put", "put", "put_and_refuse", "put_and_fail", "put_scan"][usize::from(step % 5)];
            // How it ends is for the log to say.
            drop(trial.change(how, patient, &format!("{round} {step}")));
            if trial.door.standing().entries == 60 {
                trial.enter("owner", &[Role::Owner]);
                return trial;
            }
        }
    }
    unreachable!("the rounds have no end")
}

/// Follows the pages of a filter and returns the places below 60 that they show, and how many pages there were.
fn pages(trial: &Trial, filter: &Value, limit: u32) -> (Vec<u64>, usize) {
    let (mut places, mut after, mut count) = (Vec::new(), json!(60), 0);
    while !after.is_null() {
        let mut input = filter.clone();
        input.as_object_mut().unwrap().extend([("after".to_owned(), after), ("limit".to_owned(), json!(limit))]);
        let page = trial.done("log.entries", input);
        let rows = page["rows"].as_array().unwrap();
        assert!(rows.len() <= limit as usize);
        places.extend(rows.iter().map(|row| row["sequence"].as_u64().unwrap()));
        (after, count) = (page["next"].clone(), count + 1);
    }
    (places, count)
}

#[test]
fn every_filter_of_the_log_shows_what_a_scan_shows() {
    let trial = busy();
    let all = trial.done("log.entries", json!({ "after": 60, "limit": 200 }));
    let all = all["rows"].as_array().unwrap();
    assert_eq!(
        all.iter().map(|row| row["sequence"].as_u64().unwrap()).collect::<Vec<_>>(),
        (0..60).rev().collect::<Vec<_>>()
    );
    // The founding stands in UTC, because there was no practice yet to have a zone.
    let zones = all.iter().map(|row| &row["at"].as_str().unwrap()[23..]);
    assert!(zones.eq(std::iter::repeat_n("+05:30", 59).chain(["+00:00"])));
    let moment = |seconds: i64| json!(trial.clock.now() - chrono::Duration::seconds(seconds));
    let time = |text: &Value| text.as_str().unwrap().parse::<Instant>().unwrap();
    let one = json!(patient(1));
    let filters = [
        json!({}),
        json!({ "patient": one }),
        json!({ "patient": json!(patient(9)) }),
        json!({ "actor": " One.nurse " }),
        json!({ "actor": " " }),
        json!({ "actor": "nobody" }),
        json!({ "operation": "trial.pass" }),
        json!({ "outcome": "done" }),
        json!({ "outcome": "refused" }),
        json!({ "outcome": "denied" }),
        json!({ "outcome": "fault" }),
        json!({ "from": moment(20) }),
        json!({ "to": moment(20) }),
        json!({ "from": moment(30), "to": moment(20) }),
        json!({ "from": moment(20), "to": moment(20) }),
        json!({ "to": moment(10_000) }),
        json!({ "patient": one, "outcome": "done" }),
        json!({ "patient": one, "actor": "one.nurse", "operation": "trial.change", "outcome": "done" }),
        json!({ "patient": one, "operation": "trial.pass" }),
        json!({ "outcome": "refused", "actor": "owner", "from": moment(40) }),
        json!({ "actor": "owner", "operation": "trial.change", "to": moment(5) }),
    ];
    let mut shown = 0;
    for filter in &filters {
        let is = |row: &Value, what: &str| filter[what].is_null() || row[what] == filter[what];
        let actor = filter["actor"].as_str().unwrap_or_default().trim().to_lowercase();
        let holds = |row: &&Value| {
            is(row, "operation")
                && is(row, "outcome")
                && (actor.is_empty() || row["actor"].as_str().unwrap().to_lowercase() == actor)
                && (filter["patient"].is_null() || row["patients"].as_array().unwrap().contains(&filter["patient"]))
                && (filter["from"].is_null() || time(&row["at"]) >= time(&filter["from"]))
                && (filter["to"].is_null() || time(&row["at"]) < time(&filter["to"]))
        };
        let expected: Vec<u64> = all.iter().filter(holds).map(|row| row["sequence"].as_u64().unwrap()).collect();
        shown += expected.len();
        for limit in [3, 200] {
            assert_eq!(pages(&trial, filter, limit).0, expected, "{filter}, {limit} a page");
        }
    }
    assert!(shown > 200, "the filters show {shown} entries");
    assert_eq!(pages(&trial, &json!({}), 20).1, 3, "no page more when the last one ends at the first entry");
}

#[test]
fn a_page_of_the_log_holds_one_to_two_hundred_entries_of_a_patient_there_can_be() {
    let trial = Trial::open();
    for (input, ends) in [
        (json!({ "limit": 0 }), "log.limit limit"),
        (json!({ "limit": 1 }), "done"),
        (json!({ "limit": 200 }), "done"),
        (json!({ "limit": 201 }), "log.limit limit"),
        (json!({ "limit": 1, "patient": "Jane" }), "log.unknown_patient patient"),
        (json!({ "limit": 1, "after": 1_000_000 }), "done"),
    ] {
        assert_eq!(word(&trial.call("log.entries", input.clone())), ends, "{input}");
    }
    let page = trial.done("log.entries", json!({ "limit": 1, "after": 1_000_000 }));
    assert_eq!(page["rows"][0]["sequence"], trial.door.standing().entries - 2, "the newest there was");
}

#[test]
fn how_the_log_stands_is_told_at_a_glance() {
    let trial = Trial::open();
    let before = trial.door.standing().entries;
    let status = trial.done("log.status", json!({}));
    assert_eq!(
        (&status["entries"], &status["anchored"], &status["read_only"]),
        (&json!(before), &json!(true), &json!(false))
    );
    assert_eq!(status["last_checkpoint"]["size"], 1, "the founding");
    assert_eq!(status["last_checkpoint"]["at"], "2026-03-10T02:30:00.000+05:30");
    assert_eq!(status["last_verification"], Value::Null);
    let found = trial.done("log.verify", json!({}));
    assert_eq!((&found["ok"], &found["entries"]), (&json!(true), &json!(before + 1)));
}

// ---- What the screens are made from ----

#[test]
fn an_operation_declares_its_types_and_what_they_hold() {
    let mut declared = Declarations::new();
    let names: Vec<_> = OWN.iter().map(|entry| entry.declare(&mut declared)).collect();
    let expected = [
        ("TrialFound", "Nothing"),
        ("TrialPass", "Seen"),
        ("TrialChange", "number"),
        ("TrialKeys", "Array<boolean>"),
        ("TrialLook", "Looked"),
    ];
    assert_eq!(names, expected.map(|(input, output)| (input.to_owned(), output.to_owned())));
    let declared: Vec<&str> = declared.keys().map(String::as_str).collect();
    let held = ["Gate", "How", "Keys", "Looked", "Nothing", "PatientId", "Seen", "Slip", "StaffId"];
    let asked = ["TrialChange", "TrialFound", "TrialKeys", "TrialLook", "TrialPass"];
    assert_eq!(declared, [&held[..], &asked].concat());
}
