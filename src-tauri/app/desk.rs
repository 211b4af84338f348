//! The desk: the open practice, the jobs running on it, and when somebody last did something.

use crate::jobs::Jobs;
use crate::launch::Launch;
use crate::lock::Idle;
use crate::practice::{Call, Practice};
use keepwell_kernel::{Failure, Purpose};
use serde_json::{Value, json};

/// After these, whoever comes next has chosen no file.
const LEAVING: [&str; 2] = ["identity.lock", "identity.sign_out"];

/// What the shell holds while the program runs.
pub(crate) struct Desk {
    /// How the program was started.
    pub(crate) launch: Launch,
    /// The practice behind the door.
    pub(crate) practice: Practice,
    /// The long jobs that run now, and the files somebody chose for them.
    pub(crate) jobs: Jobs,
    /// How long nobody has done anything.
    pub(crate) idle: Idle,
}

impl Desk {
    /// Opens the practice that the launch names; the error is a sentence for the person.
    pub(crate) fn at(launch: Launch) -> Result<Self, String> {
        let practice = Practice::at(&launch.vault(), workstation());
        Ok(Self { launch, practice, jobs: Jobs::default(), idle: Idle::default() })
    }

    /// Carries a call to the practice.
    pub(crate) fn call(
        &self,
        operation: String,
        input: Value,
        purpose: Option<Purpose>,
        reason: Option<String>,
    ) -> Result<Value, Failure> {
        if LEAVING.contains(&operation.as_str()) {
            self.jobs.forget();
        }
        self.practice.call(Call { operation, input, purpose, reason })
    }

    /// Locks the practice: the keys are dropped. Nothing happens where nobody is signed in.
    pub(crate) fn lock(&self) {
        // A refusal here means that there was nothing to lock; the practice has written it down.
        let _ = self.call("identity.lock".to_owned(), json!({ "drafts": [] }), None, None);
    }

    /// Drops the keys and closes the log before the process ends.
    pub(crate) fn close(&self) {
        self.jobs.cancel_all();
        let _ = self.call("identity.sign_out".to_owned(), json!({}), None, None);
    }
}

/// The computer's name, as the log names the workstation (45 CFR 164.312(b)).
fn workstation() -> String {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let named =
        [kernel, std::env::var("COMPUTERNAME").unwrap_or_default(), std::env::var("HOSTNAME").unwrap_or_default()];
    let name = named.iter().map(|name| name.trim()).find(|name| !name.is_empty());
    name.unwrap_or("this computer").to_owned()
}
