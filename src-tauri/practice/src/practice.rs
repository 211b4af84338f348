//! The practice in a folder: the door, and the little that the screens around the work need to know.

use crate::folder::{Faults, Folder};
use crate::remembered::Remembered;
use crate::surface::surface;
use keepwell_identity::StaffAuthority;
use keepwell_kernel::{Clock, Error, Failure, Instant};
use keepwell_log::door::{Call, Door, Home};
use keepwell_log::verify::Verification;
use keepwell_vault::Keychain;
use serde::Serialize;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use ts_rs::TS;
use zeroize::Zeroize as _;

/// Calls that a screen or a job makes by itself: they do not show that somebody is there.
const UNATTENDED: [&str; 2] = ["log.status", "identity.reseal"];

/// How far a long job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Progress {
    /// The job's name; empty where there is only one.
    pub job: String,
    /// What is being done: `reading`, `checking`, `making`, `writing`, `waiting`, `sealing`.
    pub phase: String,
    /// How much is done, in bytes, entries or patients.
    #[ts(type = "number")]
    pub done: u64,
    /// How much there is; 0 where nobody knows.
    #[ts(type = "number")]
    pub total: u64,
}

impl Progress {
    /// Says how far a phase is.
    #[must_use]
    pub fn of(phase: &str, done: u64, total: u64) -> Self {
        Self { job: String::new(), phase: phase.to_owned(), done, total }
    }
}

/// Whether a long job goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continue {
    /// It goes on.
    Yes,
    /// It stops at the next step.
    No,
}

/// A practice behind its one door.
pub struct Practice {
    pub(crate) door: Door,
    pub(crate) clock: Clock,
    pub(crate) remembered: Remembered,
    /// When the backup was made whose copy this is; nothing for the practice itself.
    pub(crate) copy_of: Option<Instant>,
    faults: Faults,
}

impl Practice {
    /// Stands before the practice in a folder, opening its store if there is one.
    #[must_use]
    pub fn at(folder: &Path, keychain: Arc<dyn Keychain>, workstation: String) -> Self {
        let home = Box::new(Folder::at(folder, keychain));
        Self::behind(home, Faults::of(folder), Clock::of_the_machine(), workstation)
    }

    /// Stands before a folder in which a demonstration is to be made. It reaches the disk for good when it is closed.
    #[must_use]
    pub fn demonstration_at(folder: &Path, keychain: Arc<dyn Keychain>, workstation: String) -> Self {
        let home = Box::new(Folder::of_a_demonstration(folder, keychain));
        Self::behind(home, Faults::of(folder), Clock::of_the_machine(), workstation)
    }

    pub(crate) fn behind(home: Box<dyn Home>, faults: Faults, clock: Clock, workstation: String) -> Self {
        let door = Door::before(home, Box::new(StaffAuthority), surface(), clock.clone(), workstation);
        let practice = Self { door, remembered: Remembered::new(clock.now()), clock, copy_of: None, faults };
        practice.write_faults();
        practice
    }

    /// Carries a call through the door. Secrets in the request are wiped once it is answered.
    ///
    /// # Errors
    /// [`Failure`], as it crosses the bridge.
    pub fn call(&self, call: Call) -> Result<Value, Failure> {
        self.pass(call).map_err(|error| Failure::from(&error))
    }

    /// Does what [`Practice::call`] does, for those who must tell one error from another.
    pub(crate) fn pass(&self, call: Call) -> Result<Value, Error> {
        if !UNATTENDED.contains(&call.operation.as_str()) {
            self.somebody_is_there();
        }
        self.unattended(call)
    }

    /// Carries a call through the door that a job makes by itself.
    pub(crate) fn unattended(&self, mut call: Call) -> Result<Value, Error> {
        let answer = self.door.call(&call);
        wipe(&mut call.input);
        if let Ok(value) = &answer {
            self.remembered.follow(&call.operation, value);
        }
        self.write_faults();
        answer
    }

    /// Notes that somebody is at the desk, without a call.
    pub fn somebody_is_there(&self) {
        self.remembered.somebody_is_there(self.clock.now());
    }

    /// Does what is due by the clock: a checkpoint of the log, and the lock when nobody has done anything for the
    /// practice's idle time (45 CFR 164.312(a)(2)(iii)).
    pub fn tick(&self) {
        self.door.tick();
        let standing = self.door.standing();
        let minutes = standing.plate.map_or(1, |plate| i64::from(plate.idle_minutes));
        if standing.signed_in && self.remembered.idle_minutes(self.clock.now()) >= minutes {
            let locked = self.door.call(&lock());
            if locked.is_ok() {
                self.remembered.forget();
            }
        }
        self.write_faults();
    }

    /// Tries again to open the store, after somebody has mended what was wrong.
    pub fn reopen(&self) {
        self.door.reopen();
        self.write_faults();
    }

    /// Seals the log and drops the keys, before the program ends.
    pub fn close(&self) {
        self.door.close();
        self.remembered.forget();
        self.write_faults();
    }

    /// Checks the whole log while work goes on. Whether the person may, the door decides and notes. A check that was
    /// stopped answers nothing.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn verify_log(&self, progress: &mut dyn FnMut(Progress) -> Continue) -> Result<Option<Verification>, Failure> {
        self.call(Call { operation: "log.status".to_owned(), input: json!({}), ..Call::default() })?;
        let mut tell = |done, total| progress(Progress::of("checking", done, total)) == Continue::Yes;
        let checked = self.door.verify(&mut tell).map_err(|error| self.fail(&error));
        self.write_faults();
        checked
    }

    /// Writes a fault down that the door has not seen, and answers as the bridge does.
    pub(crate) fn fail(&self, error: &Error) -> Failure {
        if let Error::Fault(fault) = error {
            // The person has the reference even if the disk does not take the rest.
            let _ = self.faults.write(std::slice::from_ref(fault), self.clock.now());
        }
        Failure::from(error)
    }

    pub(crate) const fn faults(&self) -> &Faults {
        &self.faults
    }

    pub(crate) fn write_faults(&self) {
        let faults = self.door.take_faults();
        // The person has the reference even if the disk does not take the rest.
        let _ = self.faults.write(&faults, self.clock.now());
    }
}

fn lock() -> Call {
    Call { operation: "identity.lock".to_owned(), input: json!({ "drafts": [] }), ..Call::default() }
}

/// Passes on how far a job beside the door is.
pub(crate) fn telling(progress: &mut dyn FnMut(Progress) -> Continue) -> impl FnMut(&'static str, u64, u64) -> bool {
    move |phase, done, total| progress(Progress::of(phase, done, total)) == Continue::Yes
}

/// Wipes every text in a request: it may be a passphrase, a code, a recovery key, or a patient's name.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
