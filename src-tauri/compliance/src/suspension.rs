//! A suspension of the right to an accounting, asked for by an agency (45 CFR 164.528(a)(2)).

use keepwell_kernel::{CivilDate, PatientId, SuspensionId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A spoken statement holds for so many days (164.528(a)(2)(ii)(C)).
pub(crate) const SPOKEN_DAYS: u64 = 30;

/// A suspension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Its id.
    pub id: SuspensionId,
    /// The patient whose right is suspended.
    pub patient: PatientId,
    /// The agency, by the name that its disclosures bear.
    pub agency: String,
    /// When it was stated.
    pub stated_on: CivilDate,
    /// The last day on which it holds.
    pub until: CivilDate,
    /// It was spoken, not written.
    pub spoken: bool,
    /// Who said what, or where the paper is.
    pub statement: String,
    /// When it was lifted early.
    pub lifted_on: Option<CivilDate>,
}

impl Suspension {
    /// Says whether it hides anything on a day.
    #[must_use]
    pub fn lives_on(&self, on: CivilDate) -> bool {
        (self.stated_on..=self.until).contains(&on) && self.lifted_on.is_none_or(|lifted| on < lifted)
    }
}

/// A suspension as it is shown.
#[derive(Debug, Serialize, TS)]
pub struct SuspensionRow {
    /// Its id.
    pub suspension: SuspensionId,
    /// The agency.
    pub agency: String,
    /// When it was stated.
    #[ts(type = "CivilDate")]
    pub stated_on: CivilDate,
    /// The last day on which it holds.
    #[ts(type = "CivilDate")]
    pub until: CivilDate,
    /// It was spoken, not written.
    pub spoken: bool,
    /// It hides rows today.
    pub lives: bool,
}

impl SuspensionRow {
    pub(crate) fn of(of: Suspension, today: CivilDate) -> Self {
        let lives = of.lives_on(today);
        let Suspension { id: suspension, agency, stated_on, until, spoken, .. } = of;
        Self { suspension, agency, stated_on, until, spoken, lives }
    }
}
