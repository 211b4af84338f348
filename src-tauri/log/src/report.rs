//! `log.report`: what somebody asks the log for, whole and in the order that they choose, with a digest of it.

use crate::audit_bundle::table_of;
use crate::chosen::Chosen;
use crate::door::{Query, ReadCx};
use crate::entries::{LogRow, Wanted, collect, row};
use crate::entry::{LogEntry, Outcome};
use crate::store::Head;
use crate::verify::newest_checkpoint;
use keepwell_kernel::{Code, Error, Instant, Operation, Permission, Purpose, Role};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::cmp::Ordering;
use ts_rs::TS;

/// The most rows of a report. A bundle has no such limit.
const ROWS_MAX: usize = 2_000;
/// How many entries are fetched at a time.
const PAGE: usize = 200;
/// How often the log is asked for more. Each asking looks at 20,000 entries at most.
const ASKED_MAX: usize = 50;

/// The report would be too long.
pub const TOO_LONG: Code = Code::new(
    "log.report_too_long",
    "A report holds at most 2,000 entries. Choose a shorter period, one person or one patient; or export a bundle, which has no limit.",
);

/// By what a report is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportOrder {
    /// The place in the log.
    Sequence,
    /// The time.
    At,
    /// The user name.
    Actor,
    /// The role.
    Role,
    /// The operation.
    Operation,
    /// The purpose.
    Purpose,
    /// The patients.
    Patients,
    /// How it ended.
    Outcome,
    /// The justification.
    Reason,
    /// The machine.
    Workstation,
}

/// Asks for a report (45 CFR 164.312(b), 164.308(a)(1)(ii)(D)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AskLogReport")]
pub struct AskReport {
    /// Only entries that touched this patient.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<String>,
    /// Only entries of the member of staff with this user name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub actor: Option<String>,
    /// Only entries of this operation.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub operation: Option<String>,
    /// Only entries that ended so.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub outcome: Option<Outcome>,
    /// Not before.
    #[serde(default)]
    #[ts(optional, type = "string | null")]
    pub from: Option<Instant>,
    /// Before.
    #[serde(default)]
    #[ts(optional, type = "string | null")]
    pub to: Option<Instant>,
    /// Only what stood in the log when it had so many entries, so that a report that was shown can be taken out as it was: the
    /// asking is an entry itself.
    #[serde(default)]
    #[ts(optional, type = "number | null")]
    pub below: Option<u64>,
    /// By what it is sorted.
    pub sort: ReportOrder,
    /// The last first.
    pub descending: bool,
}

/// A report.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LogReport {
    /// The entries, in the order asked for.
    pub rows: Vec<LogRow>,
    /// The same as a table for spreadsheets.
    pub csv: String,
    /// SHA-256 of that table, in hex.
    pub digest: String,
    /// How many entries the log had, of which these were chosen; as `below`, it brings the same report again.
    #[ts(type = "number")]
    pub log_size: u64,
    /// The root at the newest checkpoint, in hex; nothing where nothing was sealed yet.
    pub root: Option<String>,
}

impl Operation for AskReport {
    const NAME: &'static str = "log.report";
    const PERMISSION: Permission = Permission::LogRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal, Purpose::PatientRequest];
    type Output = LogReport;
}

impl Query for AskReport {
    fn run(self, cx: &ReadCx<'_>) -> Result<LogReport, Error> {
        let chosen = Chosen::of(self.patient.as_deref(), self.actor.as_deref(), (self.from, self.to))?;
        let wanted = Wanted { chosen, operation: self.operation, outcome: self.outcome };
        let mut found = all(cx, &wanted, self.below)?;
        found.sort_by(|one, other| {
            let order = self.sort.of(one, other).then(one.sequence.cmp(&other.sequence));
            if self.descending { order.reverse() } else { order }
        });
        let csv = table_of(&found);
        let digest = hex::encode(Sha256::digest(&csv));
        let head = Head::read(cx.log_rows())?;
        let root = newest_checkpoint(cx.log_rows(), cx.vault().id(), &head)?.map(|newest| hex::encode(newest.root));
        let rows = found.into_iter().map(|entry| row(entry, cx)).collect();
        let log_size = self.below.map_or(head.frontier.size(), |below| below.min(head.frontier.size()));
        Ok(LogReport { rows, csv, digest, log_size, root })
    }
}

/// Fetches everything that is wanted, or refuses: a report that leaves something out without saying so is none.
fn all(cx: &ReadCx<'_>, wanted: &Wanted, mut below: Option<u64>) -> Result<Vec<LogEntry>, Error> {
    let mut found = Vec::new();
    for _ in 0..ASKED_MAX {
        let (page, next) = collect(cx, wanted.clone(), below, PAGE)?;
        found.extend(page);
        if found.len() > ROWS_MAX {
            break;
        }
        match next {
            None => return Ok(found),
            Some(_) => below = next,
        }
    }
    Err(TOO_LONG.at("from").into())
}

impl ReportOrder {
    fn of(self, one: &LogEntry, other: &LogEntry) -> Ordering {
        let (one, other) = ((&one.draft, one.sequence), (&other.draft, other.sequence));
        let role = |role: Option<Role>| role.map_or("", Role::word);
        let purpose = |purpose: Option<Purpose>| purpose.map_or("", Purpose::word);
        match self {
            Self::Sequence => one.1.cmp(&other.1),
            Self::At => one.0.at.cmp(&other.0.at),
            Self::Actor => one.0.user_name.cmp(&other.0.user_name),
            Self::Role => role(one.0.role).cmp(role(other.0.role)),
            Self::Operation => one.0.operation.cmp(&other.0.operation),
            Self::Purpose => purpose(one.0.purpose).cmp(purpose(other.0.purpose)),
            Self::Patients => one.0.patients.iter().cmp(other.0.patients.iter()),
            Self::Outcome => one.0.outcome.word().cmp(other.0.outcome.word()),
            Self::Reason => one.0.reason.cmp(&other.0.reason),
            Self::Workstation => one.0.workstation.cmp(&other.0.workstation),
        }
    }
}
