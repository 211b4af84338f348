//! `log.export`: asks to take a part of the log out, as an audit bundle. The files are written by
//! [`Door::export`](crate::door::Door::export), once this has left its entry.

use crate::chosen::Chosen;
use crate::door::{Query, REASON_NEEDED, ReadCx};
use crate::store::Head;
use keepwell_kernel::{Code, Error, Instant, Operation, Permission, Purpose};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The files could not be written.
pub const NOT_WRITTEN: Code = Code::new(
    "log.not_written",
    "The files could not be written there. Choose a folder that is empty or new, that you may write to and that has room.",
);

/// Chooses what an auditor gets (45 CFR 164.312(b), 164.316(b)(2)(ii)).
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "ExportLog")]
pub struct Export {
    /// Only entries that touched this patient. What they say of other patients too is redacted.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<String>,
    /// Only entries of the member of staff with this user name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub actor: Option<String>,
    /// Not before.
    #[serde(default)]
    #[ts(optional, type = "string | null")]
    pub from: Option<Instant>,
    /// Before.
    #[serde(default)]
    #[ts(optional, type = "string | null")]
    pub to: Option<Instant>,
}

/// What there is to choose from.
#[derive(Debug, Serialize, TS)]
#[ts(rename = "LogExport")]
pub struct Exporting {
    /// Entries in the log, this one not among them.
    #[ts(type = "number")]
    pub entries: u64,
}

impl Operation for Export {
    const NAME: &'static str = "log.export";
    const PERMISSION: Permission = Permission::LogRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal, Purpose::PatientRequest];
    type Output = Exporting;
}

impl Query for Export {
    fn run(self, cx: &ReadCx<'_>) -> Result<Exporting, Error> {
        if cx.reason().is_none_or(|reason| reason.trim().is_empty()) {
            return Err(REASON_NEEDED.at("reason").into());
        }
        self.chosen()?;
        Ok(Exporting { entries: Head::read(cx.log_rows())?.frontier.size() })
    }
}

impl Export {
    /// Returns what is chosen.
    ///
    /// # Errors
    /// [`UNKNOWN_PATIENT`](crate::chosen::UNKNOWN_PATIENT).
    pub(crate) fn chosen(&self) -> Result<Chosen, Error> {
        Chosen::of(self.patient.as_deref(), self.actor.as_deref(), (self.from, self.to))
    }
}
