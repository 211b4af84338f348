//! Which entries somebody chooses: about whom, by whom, and from when to when.

use crate::entry::LogEntry;
use keepwell_kernel::{Code, Error, Instant, PatientId};

/// No such patient.
pub const UNKNOWN_PATIENT: Code =
    Code::new("log.unknown_patient", "That is not the id of a patient. Choose the patient from the list.");

/// What is chosen; nothing chosen is everything.
#[derive(Debug, Default, Clone)]
pub struct Chosen {
    /// Only entries that touched this patient.
    pub patient: Option<PatientId>,
    /// Only entries of this user name, in lower case.
    pub actor: Option<String>,
    /// Not before.
    pub from: Option<Instant>,
    /// Before.
    pub to: Option<Instant>,
}

impl Chosen {
    /// Reads what was asked for.
    ///
    /// # Errors
    /// [`UNKNOWN_PATIENT`].
    pub(crate) fn of(
        patient: Option<&str>,
        actor: Option<&str>,
        (from, to): (Option<Instant>, Option<Instant>),
    ) -> Result<Self, Error> {
        let parse = |id| PatientId::parse(id).map_err(|_| UNKNOWN_PATIENT.at("patient"));
        let actor = actor.map(|actor| actor.trim().to_lowercase()).filter(|actor| !actor.is_empty());
        Ok(Self { patient: patient.map(parse).transpose()?, actor, from, to })
    }

    /// Says whether an entry is among those chosen.
    pub(crate) fn holds(&self, entry: &LogEntry) -> bool {
        let draft = &entry.draft;
        self.patient.is_none_or(|patient| draft.patients.contains(&patient))
            && self.actor.as_ref().is_none_or(|actor| *actor == draft.user_name.to_lowercase())
            && self.from.is_none_or(|from| draft.at >= from)
            && self.to.is_none_or(|to| draft.at < to)
    }
}
