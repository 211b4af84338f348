//! The desk: the practice behind its door, and the jobs that run on it.

use crate::jobs::Jobs;
use crate::launch::{KeyPlace, Launch};
use keepwell_kernel::{Failure, Purpose};
use keepwell_practice::{Call, Practice};
use keepwell_vault::{FileKeychain, Keychain, OsKeychain};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// After these, whoever comes next has chosen no file.
const LEAVING: [&str; 2] = ["identity.lock", "identity.sign_out"];

/// What the shell holds while the program runs.
pub(crate) struct Desk {
    /// How the program was started.
    pub(crate) launch: Launch,
    /// The practice behind the door.
    own: Arc<Practice>,
    /// A copy from a backup, while one is open for looking.
    copy: RwLock<Option<Arc<Practice>>>,
    /// The folder of a backup that somebody opened with the program, until the screens have asked for it.
    opened: Mutex<Option<PathBuf>>,
    /// The long jobs that run now, and the files somebody chose for them.
    pub(crate) jobs: Jobs,
}

impl Desk {
    /// Stands before the practice that the launch names; the error is a sentence for the person.
    pub(crate) fn at(launch: Launch) -> Result<Self, String> {
        let own = Arc::new(Practice::at(&launch.vault(), keychain(&launch)?, workstation()));
        let opened = Mutex::new(launch.backup.clone());
        Ok(Self { launch, own, copy: RwLock::default(), opened, jobs: Jobs::default() })
    }

    /// Returns what the screens work with: the practice, or the copy that is open for looking.
    pub(crate) fn practice(&self) -> Arc<Practice> {
        self.copy().unwrap_or_else(|| Arc::clone(&self.own))
    }

    /// Returns the copy that is open for looking.
    pub(crate) fn copy(&self) -> Option<Arc<Practice>> {
        self.copy.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the practice itself, whatever the screens look at.
    pub(crate) fn own(&self) -> &Practice {
        &self.own
    }

    /// Puts a copy before the screens, or takes it away again; returns the one that was there.
    pub(crate) fn show_copy(&self, copy: Option<Practice>) -> Option<Arc<Practice>> {
        let mut shown = self.copy.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *shown, copy.map(Arc::new))
    }

    /// Notes that somebody opened a backup with the program.
    pub(crate) fn note_opened(&self, folder: PathBuf) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(folder);
    }

    /// Returns the backup that somebody opened with the program, to whoever asks first.
    pub(crate) fn take_opened(&self) -> Option<PathBuf> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).take()
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
        self.practice().call(Call { operation, input, purpose, reason })
    }

    /// Locks the practice: the keys are dropped. Nothing happens where nobody is signed in.
    #[cfg(target_os = "linux")]
    pub(crate) fn lock(&self) {
        // A refusal means that there was nothing to lock, and the practice has written it down.
        let _ = self.call("identity.lock".to_owned(), serde_json::json!({ "drafts": [] }), None, None);
    }

    /// Stops the jobs, drops the keys and seals the log before the process ends.
    pub(crate) fn close(&self) {
        self.jobs.cancel_all();
        if let Some(copy) = self.show_copy(None) {
            // What the disk does not let go of is noise, and the next copy takes its place.
            let _ = copy.close_copy();
        }
        self.own.close();
    }
}

/// The place of the device key: never beside the store (invariant 4).
fn keychain(launch: &Launch) -> Result<Arc<dyn Keychain>, String> {
    match &launch.key_place {
        KeyPlace::System => Ok(Arc::new(OsKeychain)),
        KeyPlace::File(path) => match FileKeychain::at(path, &launch.vault()) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) => Err(format!("Keepwell does not open: {error}.")),
        },
    }
}

/// The computer's name, as the log names the workstation (45 CFR 164.312(b)).
pub(crate) fn workstation() -> String {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let names = [kernel, std::env::var("COMPUTERNAME").ok(), std::env::var("HOSTNAME").ok()];
    let names = names.into_iter().flatten().map(|name| name.trim().to_owned());
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "this computer".to_owned())
}

#[cfg(test)]
mod tests {
    use super::Desk;
    use crate::launch::{Launch, Request};

    #[test]
    fn a_device_key_inside_the_vault_keeps_the_program_from_opening() {
        let profile = tempfile::tempdir().unwrap();
        for (place, opens) in [("vault/device", false), ("vault/deep/er/device", false), ("device", true)] {
            let key = format!("file:{}", profile.path().join(place).display());
            let arguments = ["--profile", profile.path().to_str().unwrap(), "--keychain", &key];
            let Ok(Request::Open(launch)) = Launch::from_arguments(arguments.iter().map(Into::into)) else {
                panic!("the arguments are good");
            };
            assert_eq!(Desk::at(launch).is_ok(), opens, "{place}");
        }
    }
}
