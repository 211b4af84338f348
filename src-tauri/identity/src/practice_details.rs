//! `identity.practice` and `identity.change_practice`: what the practice says of itself.

use crate::practice::{DoorPlate, Practice, PracticeDetails, practice_of, practice_of_query};
use keepwell_kernel::{Error, Fault, Operation, Permission, Purpose};
use keepwell_log::door::{Command, Query, ReadCx, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Asks for the practice's details.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskPractice {}

impl Operation for AskPractice {
    const NAME: &'static str = "identity.practice";
    const PERMISSION: Permission = Permission::PracticeRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = PracticeDetails;
}

impl Query for AskPractice {
    fn run(self, cx: &ReadCx<'_>) -> Result<PracticeDetails, Error> {
        Ok(practice_of_query(cx)?.details)
    }
}

/// Changes the practice's details.
#[derive(Deserialize, TS)]
pub struct ChangePractice(PracticeDetails);

impl Operation for ChangePractice {
    const NAME: &'static str = "identity.change_practice";
    const PERMISSION: Permission = Permission::PracticeChange;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ();
}

impl Command for ChangePractice {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        self.0.check("")?;
        let mut practice: Practice = practice_of!(cx)?;
        let row = cx.key(DoorPlate::TABLE)?.ordered(1).done();
        let plate = cx.get::<DoorPlate>(&row)?.ok_or_else(|| Fault::because("the store holds no plate"))?.record;
        cx.put(&DoorPlate {
            name: self.0.name.clone(),
            time_zone: self.0.time_zone.clone(),
            idle_minutes: self.0.idle_minutes,
            demonstration: plate.demonstration,
        })?;
        practice.details = self.0;
        cx.put(&practice)?;
        Ok(())
    }
}
