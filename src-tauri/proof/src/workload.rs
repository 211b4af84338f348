//! A seeded stretch of real work, every step of it through the door.

use crate::chance::Chance;
use crate::history::{Event, History};
use crate::home::Place;
use keepwell_kernel::{Clock, Failure, Instant};
use keepwell_practice::testing::{NOW, OWNER, PASSPHRASE, standing_before};
use keepwell_practice::{Call, Practice};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// The second person, who may confirm a merge.
pub const NURSE: &str = "one.nurse";
const FAMILIES: [&str; 12] =
    ["Nguyen", "Okafor", "Hallorán", "Lopez", "Smith", "Abe", "O'Brien", "García-Ruiz", "Novak", "Li", "Ito", "Haddad"];
const GIVEN: [&str; 10] = ["Linh", "Grace", "Ana", "Pat", "Yuki", "Omar", "Mary", "Jean", "Ivo", "Zoë"];

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A new patient.
    Register,
    /// Other fields for a patient.
    Correct,
    /// A search as one types it.
    Search,
    /// A search that shows many.
    LongList,
    /// A chart.
    Chart,
    /// A photo, which is kept in chunks.
    Photo,
    /// Two records of one person, proposed by one and confirmed by another.
    Merge,
    /// Patients from a file.
    Import,
    /// A wrong passphrase.
    BadSignIn,
    /// One leaves, another comes.
    Change,
    /// Locked and unlocked.
    Lock,
    /// A minute passes.
    Minute,
    /// The log is looked at.
    Log,
    /// The program ends and starts.
    Restart,
    /// The program ends without a word, and starts.
    Crash,
}

impl Step {
    /// Steps that are worth a short workload of their own.
    pub const ALONE: [Self; 7] =
        [Self::Register, Self::Correct, Self::Photo, Self::Import, Self::BadSignIn, Self::Merge, Self::Crash];
}

/// How often each step comes.
const SHARES: [(Step, usize); 15] = [
    (Step::Register, 8),
    (Step::Correct, 5),
    (Step::Search, 4),
    (Step::LongList, 1),
    (Step::Chart, 3),
    (Step::Photo, 1),
    (Step::Merge, 2),
    (Step::Import, 1),
    (Step::BadSignIn, 2),
    (Step::Change, 2),
    (Step::Lock, 2),
    (Step::Minute, 2),
    (Step::Log, 1),
    (Step::Restart, 1),
    (Step::Crash, 1),
];

/// Chooses the steps of a seed.
#[must_use]
pub fn steps(chance: &mut Chance, count: usize) -> Vec<Step> {
    let every: Vec<Step> = SHARES.iter().flat_map(|(step, share)| [*step].repeat(*share)).collect();
    (0..count).map(|_| every[chance.below(every.len())]).collect()
}

/// Somebody at work.
pub struct Desk {
    /// Where the store is.
    pub place: Place,
    /// The practice, while the program runs.
    pub practice: Option<Practice>,
    clock: Clock,
    chance: Chance,
    signed_in: &'static str,
    patients: Vec<(String, u64)>,
    imported: u64,
    /// Calls that were answered well, so that each can be counted in the log.
    pub answered: u64,
}

/// Carries a call through the door.
///
/// # Errors
/// [`Failure`].
pub fn call(practice: &Practice, operation: &str, input: Value) -> Result<Value, Failure> {
    practice.call(Call { operation: operation.to_owned(), input, ..Call::default() })
}

/// Signs in with the passphrase that everybody has.
///
/// # Errors
/// [`Failure`].
pub fn sign_in(practice: &Practice, user_name: &str) -> Result<Value, Failure> {
    call(practice, "identity.sign_in", json!({ "user_name": user_name, "passphrase": PASSPHRASE, "code": "" }))
}

/// Returns the clock at which every practice here is made.
#[must_use]
pub fn clock() -> Clock {
    let now: Instant = NOW.parse().expect("the instant is one");
    Clock::standing_at(now)
}

/// Opens the practice in a place, as the start of the program does.
#[must_use]
pub fn start(place: &Place, clock: &Clock) -> Practice {
    standing_before(Box::new(place.clone()), Path::new("a folder that is not there"), clock)
}

/// Returns what makes a practice.
#[must_use]
pub fn founding() -> Value {
    json!({
        "practice": { "name": "Lakeside Family Medicine", "address": null, "phone": null, "npi": null,
            "time_zone": "America/New_York", "hours": [], "anonymous_mrn": false, "idle_minutes": 15 },
        "owner": { "user_name": OWNER, "name": { "family": "Ito", "given": ["Naomi"], "prefix": null, "suffix": null } },
        "passphrase": PASSPHRASE, "suite": "xchacha20-poly1305",
    })
}

/// Returns the least that registers somebody.
#[must_use]
pub fn person(family: &str, given: &str, born: &str) -> Value {
    json!({ "name": { "family": family, "given": [given] }, "date_of_birth": born, "administrative_sex": "F",
        "duplicate_override": "made up for a proof" })
}

impl Desk {
    /// Founds a practice in a place, with an owner and a nurse. The owner is signed in.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn founded(place: Place, seed: u64) -> Result<Self, Failure> {
        let clock = clock();
        let practice = start(&place, &clock);
        call(&practice, "identity.create_practice", founding())?;
        let name = json!({ "family": "Example", "given": ["Nurse"], "prefix": null, "suffix": null });
        let roles = json!([{ "role": "nurse", "valid_from": null, "valid_until": null }]);
        let invited = call(&practice, "identity.invite", json!({ "user_name": NURSE, "name": name, "roles": roles }))?;
        let code = invited["invitation_code"].clone();
        let accepting = json!({ "user_name": NURSE, "invitation_code": code, "passphrase": PASSPHRASE });
        call(&practice, "identity.accept_invitation", accepting)?;
        sign_in(&practice, OWNER)?;
        let mut desk = Self::at(place, clock, seed);
        (desk.practice, desk.answered) = (Some(practice), 4);
        Ok(desk)
    }

    fn at(place: Place, clock: Clock, seed: u64) -> Self {
        let chance = Chance::of(seed, 1);
        Self { place, practice: None, clock, chance, signed_in: OWNER, patients: Vec::new(), imported: 0, answered: 0 }
    }

    /// Sits down before a practice that is there already, and signs in as the owner.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn before(place: Place, seed: u64) -> Result<Self, Failure> {
        let mut desk = Self::at(place, clock(), seed);
        desk.practice = Some(start(&desk.place, &desk.clock));
        desk.sign_in(OWNER)?;
        Ok(desk)
    }

    /// Takes a step.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn take(&mut self, step: Step) -> Result<(), Failure> {
        match step {
            Step::Register => self.register(),
            Step::Correct => self.correct(),
            Step::Search => self.search(2),
            Step::LongList => self.search(50),
            Step::Chart => self.chart(),
            Step::Photo => self.photo(),
            Step::Merge => self.merge(),
            Step::Import => self.import(),
            Step::BadSignIn => self.bad_sign_in(),
            Step::Change => self.change(),
            Step::Lock => self.lock(),
            Step::Minute => {
                self.clock.advance(chrono::Duration::seconds(61));
                self.practice().tick();
                Ok(())
            }
            Step::Log => self.log(),
            Step::Restart => self.restart(true),
            Step::Crash => self.restart(false),
        }
    }

    /// Takes steps and notes each answer.
    ///
    /// # Errors
    /// The first [`Failure`].
    pub fn take_all(&mut self, steps: &[Step], history: &History) -> Result<(), Failure> {
        for (number, step) in steps.iter().enumerate() {
            self.take(*step)?;
            history.note(Event::Answered(number));
        }
        Ok(())
    }

    fn practice(&self) -> &Practice {
        self.practice.as_ref().expect("the program runs")
    }

    fn call(&mut self, operation: &str, input: Value) -> Result<Value, Failure> {
        let answer = call(self.practice(), operation, input)?;
        self.answered += 1;
        Ok(answer)
    }

    fn sign_in(&mut self, user_name: &'static str) -> Result<(), Failure> {
        sign_in(self.practice(), user_name)?;
        self.answered += 1;
        self.signed_in = user_name;
        Ok(())
    }

    fn somebody(&mut self) -> Value {
        let family = FAMILIES[self.chance.below(FAMILIES.len())];
        let given = GIVEN[self.chance.below(GIVEN.len())];
        let born =
            format!("19{:02}-{:02}-{:02}", self.chance.below(99), self.chance.below(12) + 1, self.chance.below(28) + 1);
        person(family, given, &born)
    }

    fn register(&mut self) -> Result<(), Failure> {
        let somebody = self.somebody();
        let made = self.call("patients.register", somebody)?;
        self.patients.push((text(&made, "patient"), 1));
        Ok(())
    }

    /// Returns the place of a patient whom the desk knows, registering one where there is none yet.
    fn patient(&mut self) -> Result<usize, Failure> {
        if self.patients.is_empty() {
            self.register()?;
        }
        Ok(self.chance.below(self.patients.len()))
    }

    fn correct(&mut self) -> Result<(), Failure> {
        let at = self.patient()?;
        let mut input = self.somebody();
        let (patient, version) = self.patients[at].clone();
        let fields = input.as_object_mut().expect("a request has fields");
        fields.remove("duplicate_override");
        fields.insert("patient".to_owned(), json!(patient));
        fields.insert("expected_version".to_owned(), json!(version));
        let corrected = self.call("patients.correct", input)?;
        self.patients[at].1 = corrected["version"].as_u64().expect("a version");
        Ok(())
    }

    fn search(&mut self, limit: usize) -> Result<(), Failure> {
        let name = FAMILIES[self.chance.below(FAMILIES.len())];
        let letters = if limit > 2 { 1 } else { 3 };
        let query: String = name.chars().take(letters).collect();
        let visit = format!("visit {}", self.chance.below(3));
        self.call("patients.search", json!({ "query": query, "limit": limit, "visit": visit }))?;
        Ok(())
    }

    fn chart(&mut self) -> Result<(), Failure> {
        let at = self.patient()?;
        let patient = self.patients[at].0.clone();
        self.call("patients.chart", json!({ "patient": patient }))?;
        Ok(())
    }

    fn photo(&mut self) -> Result<(), Failure> {
        let at = self.patient()?;
        let (patient, version) = &mut self.patients[at];
        *version += 1;
        let patient = patient.clone();
        // Two chunks: `/9j/` is how every JPEG begins in base64.
        let jpeg = format!("/9j/{}", "AbCd".repeat(22_000));
        self.call("patients.set_photo", json!({ "patient": patient, "jpeg_base64": jpeg }))?;
        Ok(())
    }

    fn merge(&mut self) -> Result<(), Failure> {
        self.register()?;
        self.register()?;
        // Both leave the desk's list, so that nothing corrects a record that was merged away.
        let pair: Vec<String> = self.patients.drain(self.patients.len() - 2..).map(|(patient, _)| patient).collect();
        let proposed = self.call("patients.propose_merge", json!({ "from": pair[0], "into": pair[1] }))?;
        self.change()?;
        self.call("patients.confirm_merge", json!({ "merge": proposed["merge"] }))?;
        Ok(())
    }

    fn import(&mut self) -> Result<(), Failure> {
        if self.signed_in != OWNER {
            self.sign_in(OWNER)?;
        }
        let count = 2 + self.chance.below(12);
        let resources: Vec<Value> = (0..count)
            .map(|_| {
                self.imported += 1;
                let (family, given) = (FAMILIES[self.chance.below(12)], GIVEN[self.chance.below(10)]);
                json!({ "resourceType": "Patient", "id": format!("p{}", self.imported), "gender": "female",
                    "birthDate": "1970-01-31", "name": [{ "family": family, "given": [given] }] })
            })
            .collect();
        self.call("exchange.import_patients", json!({ "source": "old.json", "resources": resources }))?;
        Ok(())
    }

    fn bad_sign_in(&mut self) -> Result<(), Failure> {
        let input = json!({ "user_name": NURSE, "passphrase": "not the passphrase", "code": "" });
        match call(self.practice(), "identity.sign_in", input) {
            Err(Failure::Refused { .. }) => self.answered += 1,
            Err(other) => return Err(other),
            Ok(answer) => panic!("a wrong passphrase was taken: {answer}"),
        }
        // Guesses do not add up to a wait within the workload.
        self.clock.advance(chrono::Duration::hours(1));
        let who = self.signed_in;
        self.sign_in(NURSE)?;
        self.sign_in(who)
    }

    fn change(&mut self) -> Result<(), Failure> {
        self.call("identity.sign_out", json!({}))?;
        self.sign_in(if self.signed_in == OWNER { NURSE } else { OWNER })
    }

    fn lock(&mut self) -> Result<(), Failure> {
        let drafts = json!([{ "screen": "register", "content": "half a name" }]);
        self.call("identity.lock", json!({ "drafts": drafts }))?;
        self.call("identity.unlock", json!({ "passphrase": PASSPHRASE }))?;
        Ok(())
    }

    fn log(&mut self) -> Result<(), Failure> {
        if self.signed_in != OWNER {
            self.sign_in(OWNER)?;
        }
        self.call("log.entries", json!({ "limit": 20 }))?;
        Ok(())
    }

    fn restart(&mut self, closing: bool) -> Result<(), Failure> {
        if let Some(practice) = self.practice.take()
            && closing
        {
            practice.close();
        }
        self.place.let_go();
        self.practice = Some(start(&self.place, &self.clock));
        let who = self.signed_in;
        self.sign_in(who)
    }
}

fn text(value: &Value, field: &str) -> String {
    value.get(field).and_then(Value::as_str).expect("the field is a text").to_owned()
}

/// Records the founding of a practice and the steps of a seed, and checks that each call left its one entry.
#[must_use]
pub fn recorded(seed: u64, count: usize) -> Arc<History> {
    let history = Arc::new(History::default());
    let mut chance = Chance::of(seed, 0);
    let steps = steps(&mut chance, count);
    let mut desk = Desk::founded(Place::empty(&history), seed)
        .unwrap_or_else(|failure| panic!("seed {seed}: the practice is not made: {failure:?}"));
    desk.take_all(&steps, &history).unwrap_or_else(|failure| panic!("seed {seed}: {steps:?}: {failure:?}"));
    let practice = desk.practice.take().expect("the program runs");
    practice.close();
    assert_eq!(practice.status().log_entries, Some(desk.answered), "seed {seed}: one entry a call");
    drop(practice);
    desk.place.let_go();
    drop(desk);
    history
}
