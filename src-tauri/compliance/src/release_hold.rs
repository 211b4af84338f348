//! `compliance.release_hold`: what it kept may go again when its time has come.

use crate::fields::{TEXT_MAX, required};
use crate::legal_hold::LegalHold;
use crate::refusals::UNKNOWN_HOLD;
use keepwell_kernel::{Error, HoldId, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::known_to;
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Ends a hold today.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReleaseHold {
    /// The hold.
    pub hold: HoldId,
    /// Why, and who said so.
    pub release: String,
}

impl Operation for ReleaseHold {
    const NAME: &'static str = "compliance.release_hold";
    const PERMISSION: Permission = Permission::Retention;
    const PURPOSES: &'static [Purpose] = &[Purpose::Legal];
    type Output = ();
}

impl Command for ReleaseHold {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let key = cx.key(LegalHold::TABLE)?.id(self.hold.bytes()).done();
        let living = cx.get::<LegalHold>(&key)?.map(|stored| stored.record).filter(LegalHold::lives);
        let mut hold = living.ok_or_else(|| UNKNOWN_HOLD.at("hold"))?;
        if let Some(patient) = hold.patient {
            known_to(cx, patient, "hold")?;
        }
        hold.release = Some(required(&self.release, TEXT_MAX, "release")?);
        hold.released_on = Some(cx.today());
        cx.put(&hold)?;
        Ok(())
    }
}
