//! An order to keep what would otherwise be destroyed: a lawsuit, an investigation, an audit.

use crate::ledger::every;
use crate::refusals::LEGAL_HOLD;
use keepwell_kernel::{CivilDate, Error, HoldId, PatientId};
use keepwell_log::door::WriteCx;
use serde::{Deserialize, Serialize};

/// A legal hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalHold {
    /// Its id.
    pub id: HoldId,
    /// Whose records are kept; nobody's by name where it holds for the whole practice.
    pub patient: Option<PatientId>,
    /// The matter it is for.
    pub matter: String,
    /// Why, and who ordered it.
    pub reason: String,
    /// From when.
    pub placed_on: CivilDate,
    /// By whom, by user name.
    pub placed_by: String,
    /// When it was released.
    pub released_on: Option<CivilDate>,
    /// Why it was released, and who said so.
    pub release: Option<String>,
}

impl LegalHold {
    /// Says whether it holds.
    #[must_use]
    pub const fn lives(&self) -> bool {
        self.released_on.is_none()
    }
}

/// Refuses at `field` what a hold forbids: anything at all under a hold of the whole practice, and what is about a patient
/// under one of that patient or of a record that was merged into theirs.
///
/// # Errors
/// The refusal, or [`Error`].
pub(crate) fn no_hold(cx: &WriteCx<'_, '_>, patient: Option<PatientId>, field: &str) -> Result<(), Error> {
    for hold in every!(cx, LegalHold).into_iter().map(|stored| stored.record).filter(LegalHold::lives) {
        let forbids = match (hold.patient, patient) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(held), Some(patient)) => {
                keepwell_patients::known_to(cx, held, field)?.records().any(|one| one == patient)
                    || keepwell_patients::known_to(cx, patient, field)?.records().any(|one| one == held)
            }
        };
        if forbids {
            return Err(LEGAL_HOLD.at(field).into());
        }
    }
    Ok(())
}

/// Refuses while any hold lives, whoever it is about: what follows would destroy everything.
///
/// # Errors
/// The refusal, or [`Error`].
pub fn no_hold_at_all(cx: &WriteCx<'_, '_>) -> Result<(), Error> {
    let lives = every!(cx, LegalHold).iter().any(|stored| stored.record.lives());
    if lives { Err(LEGAL_HOLD.into()) } else { Ok(()) }
}
