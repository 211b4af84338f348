//! Who asks for access or for an amendment: the patient, or whoever stands in the patient's place (45 CFR 164.502(g)).

use crate::fields::{LINE, is_kept, required};
use crate::refusals::NOT_VERIFIED;
use keepwell_kernel::Refusal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Requester {
    /// Whoever stands in the patient's place; nobody where the patient asks.
    pub representative: Option<Representative>,
    /// How whoever asks was verified (164.514(h)).
    pub verification: String,
}

/// A personal representative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Representative {
    /// The name.
    pub name: String,
    /// What makes this person the representative: parent, guardian, executor.
    pub relation: String,
}

impl Requester {
    /// Checks what was typed.
    ///
    /// # Errors
    /// A refusal at the field.
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        let representative = self.representative.map(|one| {
            Ok(Representative {
                name: required(&one.name, LINE, "requester.representative.name")?,
                relation: required(&one.relation, LINE, "requester.representative.relation")?,
            })
        });
        if self.verification.trim().is_empty() {
            return Err(NOT_VERIFIED.at("requester.verification"));
        }
        let verification = required(&self.verification, LINE, "requester.verification")?;
        Ok(Self { representative: representative.transpose()?, verification })
    }
    /// Says whether this is what [`Self::checked`] keeps, and as it keeps it.
    pub(crate) fn is_kept(&self) -> bool {
        let named = |one: &Representative| is_kept(&one.name, LINE) && is_kept(&one.relation, LINE);
        is_kept(&self.verification, LINE) && self.representative.as_ref().is_none_or(named)
    }
}
