//! How the practice stands, for the screens that come before and around the work. It names no patient.

use crate::practice::Practice;
use chrono::Duration;
use keepwell_exchange::backup::BackupStanding;
use keepwell_exchange::downtime::DowntimeStanding;
use keepwell_kernel::{Code, VaultId, Zone, instant_text};
use keepwell_log::door::Standing;
use keepwell_log::verify::Verification;
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

/// Minutes to the idle lock before the practice has said.
const IDLE_MINUTES: u32 = 15;

/// Where the practice stands between nothing and work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PracticeState")]
pub enum State {
    /// There is none in this folder yet.
    Absent,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody locked it.
    Locked,
    /// Somebody is at work.
    SignedIn,
    /// It cannot be opened.
    Unopenable,
}

/// Where the device key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeychainKind {
    /// In the system's keychain.
    Os,
    /// In a file outside the practice's folder.
    File,
    /// The keychain does not hold it.
    Missing,
}

/// Why the practice cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    /// The code.
    #[ts(type = "RefusalCode")]
    pub code: &'static str,
    /// What the person can do.
    pub remedy: &'static str,
}

/// How the practice stands.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "ShellStatus")]
pub struct Status {
    /// Where it stands.
    pub state: State,
    /// Its name, once its store is open.
    pub practice_name: Option<String>,
    /// Its store's id.
    pub vault_id: Option<VaultId>,
    /// Made-up patients only.
    pub demonstration: bool,
    /// Why it may only be read, in words.
    pub read_only: Option<String>,
    /// When the backup was made whose copy this is, opened for looking only; nothing for the practice itself.
    pub copy_made_at: Option<String>,
    /// Where the device key is.
    pub keychain: KeychainKind,
    /// Why it cannot be opened.
    pub problem: Option<Problem>,
    /// Who locked it.
    pub locked_user: Option<String>,
    /// The session of whoever is signed in, as at sign-in, without drafts.
    #[ts(type = "SessionView | null")]
    pub session: Option<Value>,
    /// The program's version.
    pub version: &'static str,
    /// The release of the time zone database in it, such as `2026a`.
    pub time_zones: &'static str,
    /// Minutes without a key or a click after which it locks.
    pub idle_minutes: u32,
    /// When it locks if nobody does anything until then.
    pub locks_at: Option<String>,
    /// Entries in the log.
    #[ts(type = "number | null")]
    pub log_entries: Option<u64>,
    /// The last check of the log in this run of the program.
    pub last_verification: Option<Verification>,
    /// How backups stand; nothing where there is no practice, and in a copy.
    pub backup: Option<BackupStatus>,
    /// The downtime pack is planned, and none was written for days past its time, or the last attempt failed.
    pub downtime_missed: bool,
}

/// How backups stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupStatus {
    /// When the newest was made, with the offset in force.
    pub last: Option<String>,
    /// They are written by a plan.
    pub planned: bool,
    /// The plan asked for one and there is none, or it cannot be told.
    pub missed: bool,
    /// The last proof found that a backup does not hold, and none has held since.
    pub broken: bool,
}

impl Practice {
    /// Says how the practice stands. This touches no record, so it leaves no entry.
    #[must_use]
    pub fn status(&self) -> Status {
        let standing = self.door.standing();
        let zone = standing.plate.as_ref().map_or(Zone::UTC, |plate| plate.zone);
        let idle_minutes = standing.plate.as_ref().map_or(IDLE_MINUTES, |plate| plate.idle_minutes);
        let locks_at = self.remembered.last() + Duration::minutes(i64::from(idle_minutes));
        Status {
            state: state(&standing),
            demonstration: standing.plate.as_ref().is_some_and(|plate| plate.demonstration),
            practice_name: standing.plate.map(|plate| plate.name),
            vault_id: standing.vault,
            read_only: standing.read_only.map(|code| code.remedy.to_owned()),
            copy_made_at: self.copy_of.map(|made| instant_text(made, zone)),
            keychain: match standing.keychain {
                "missing" => KeychainKind::Missing,
                "os" => KeychainKind::Os,
                _ => KeychainKind::File,
            },
            problem: standing.problem.map(|Code { code, remedy }| Problem { code, remedy }),
            locked_user: standing.locked.map(|locked| locked.user_name),
            session: self.remembered.session().filter(|_| standing.signed_in),
            version: env!("CARGO_PKG_VERSION"),
            time_zones: Zone::RELEASE,
            idle_minutes,
            locks_at: standing.signed_in.then(|| instant_text(locks_at, zone)),
            log_entries: standing.vault.map(|_| standing.entries),
            last_verification: standing.verification,
            // The plan of a practice is not that of its copy.
            backup: if self.copy_of.is_some() { None } else { self.backup_status(zone) },
            downtime_missed: self.copy_of.is_none() && self.downtime_missed(),
        }
    }

    /// Says how backups stand, as far as the device keys tell. What cannot be read counts as missed.
    fn backup_status(&self, zone: Zone) -> Option<BackupStatus> {
        match self.door.look_by_the_clock(BackupStanding::read) {
            Ok(None) => None,
            Ok(Some(standing)) => Some(BackupStatus {
                last: standing.last.map(|last| instant_text(last, zone)),
                planned: standing.plan.is_some(),
                missed: standing.is_missed(self.clock.now()) || self.remembered.backup_has_failed(),
                broken: standing.tested.is_some_and(|tested| !tested.ok),
            }),
            Err(_) => Some(BackupStatus { last: None, planned: false, missed: true, broken: false }),
        }
    }
}

impl Practice {
    /// Says whether a downtime pack was missed. What cannot be read counts as missed.
    fn downtime_missed(&self) -> bool {
        let missed = |standing: Option<DowntimeStanding>| {
            standing.is_some_and(|standing| standing.is_missed(self.clock.now()))
                || self.remembered.downtime_has_failed()
        };
        self.door.look_by_the_clock(DowntimeStanding::read).map_or(true, |standing| standing.is_some_and(missed))
    }
}

fn state(standing: &Standing) -> State {
    match standing {
        Standing { problem: Some(_), .. } => State::Unopenable,
        Standing { absent: true, .. } => State::Absent,
        Standing { signed_in: true, .. } => State::SignedIn,
        Standing { locked: Some(_), .. } => State::Locked,
        _ => State::SignedOut,
    }
}
