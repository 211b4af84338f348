//! `compliance.place_hold`: from now on nothing that it covers is destroyed.

use crate::fields::{LINE, TEXT_MAX, required};
use crate::legal_hold::LegalHold;
use keepwell_kernel::{Error, HoldId, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::known_to;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Orders that everything about a patient, or everything, be kept.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlaceHold {
    /// The patient; the whole practice where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<PatientId>,
    /// The matter it is for.
    pub matter: String,
    /// Why, and who ordered it.
    pub reason: String,
}

/// The hold lives.
#[derive(Debug, Serialize, TS)]
pub struct HoldPlaced {
    /// The hold.
    pub hold: HoldId,
}

impl Operation for PlaceHold {
    const NAME: &'static str = "compliance.place_hold";
    const PERMISSION: Permission = Permission::Retention;
    const PURPOSES: &'static [Purpose] = &[Purpose::Legal];
    type Output = HoldPlaced;
}

impl Command for PlaceHold {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<HoldPlaced, Error> {
        if let Some(patient) = self.patient {
            known_to(cx, patient, "patient")?;
        }
        let hold = LegalHold {
            id: HoldId::make(),
            patient: self.patient,
            matter: required(&self.matter, LINE, "matter")?,
            reason: required(&self.reason, TEXT_MAX, "reason")?,
            placed_on: cx.today(),
            placed_by: cx.actor()?.user_name.clone(),
            released_on: None,
            release: None,
        };
        cx.put(&hold)?;
        Ok(HoldPlaced { hold: hold.id })
    }
}
