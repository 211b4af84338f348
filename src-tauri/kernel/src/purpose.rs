//! Why something is done (45 CFR 164.506, 164.512, 164.524).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The purpose of a look or a change, kept in the log entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Care of the patient (45 CFR 164.501).
    Treatment,
    /// Getting care paid for (45 CFR 164.501).
    Payment,
    /// Running the practice (45 CFR 164.501).
    Operations,
    /// The patient asked (45 CFR 164.524 to 164.528).
    PatientRequest,
    /// An emergency; a reason is mandatory.
    Emergency,
    /// Public health activities (45 CFR 164.512(b)).
    PublicHealth,
    /// Required by law, courts, oversight (45 CFR 164.512(a), (d), (e)).
    Legal,
    /// The program keeping itself: keys, checks, upkeep.
    System,
}

impl Purpose {
    /// Every purpose, in the order of the list.
    pub const ALL: [Self; 8] = [
        Self::Treatment,
        Self::Payment,
        Self::Operations,
        Self::PatientRequest,
        Self::Emergency,
        Self::PublicHealth,
        Self::Legal,
        Self::System,
    ];

    /// Returns the word used on the wire and in the log.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Payment => "payment",
            Self::Operations => "operations",
            Self::PatientRequest => "patient_request",
            Self::Emergency => "emergency",
            Self::PublicHealth => "public_health",
            Self::Legal => "legal",
            Self::System => "system",
        }
    }

    /// Returns the purpose a word names, or nothing.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }
}
