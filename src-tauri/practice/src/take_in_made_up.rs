//! `practice.take_in_made_up`: many made-up patients at once, into a demonstration and nowhere else.

use keepwell_identity::DoorPlate;
use keepwell_kernel::{Code, Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, Entry, WriteCx};
use keepwell_patients::{Demographics, ExternalId, take_in};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most patients in one call: the entry that names them all must fit into one value of the store.
pub(crate) const PATIENTS_MAX: usize = 100;

const NOT_A_DEMONSTRATION: Code = Code::new(
    "practice.not_a_demonstration",
    "Made-up patients only go into a demonstration. This practice is a real one.",
);
pub(crate) const TOO_MANY: Code =
    Code::new("practice.too_many", "One call takes at most 100 made-up patients or visits.");

pub(crate) const REFUSALS: &[Code] = &[NOT_A_DEMONSTRATION, TOO_MANY];
pub(crate) const SURFACE: &[Entry] = &[Entry::command::<TakeInMadeUp>()];

/// Takes made-up patients into a demonstration.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeInMadeUp {
    /// The seed the patients were made from.
    #[ts(type = "number")]
    pub seed: u64,
    /// The place of the first of them among all that the seed makes.
    #[ts(type = "number")]
    pub first: u64,
    /// Up to 100 patients.
    pub patients: Vec<Demographics>,
}

/// Who they are here.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct MadeUpTaken {
    /// The patients of this call, in its order.
    pub patients: Vec<PatientId>,
}

/// Refuses what is made up in a practice that is real.
///
/// # Errors
/// [`NOT_A_DEMONSTRATION`].
pub(crate) fn in_a_demonstration(cx: &WriteCx<'_, '_>) -> Result<(), Error> {
    let row = cx.key(DoorPlate::TABLE)?.ordered(1).done();
    let made_up = cx.get::<DoorPlate>(&row)?.is_some_and(|stored| stored.record.demonstration);
    if made_up { Ok(()) } else { Err(NOT_A_DEMONSTRATION.into()) }
}

impl Operation for TakeInMadeUp {
    const NAME: &'static str = "practice.take_in_made_up";
    const PERMISSION: Permission = Permission::Import;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = MadeUpTaken;
}

impl Command for TakeInMadeUp {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<MadeUpTaken, Error> {
        in_a_demonstration(cx)?;
        if self.patients.len() > PATIENTS_MAX {
            return Err(TOO_MANY.at("patients").into());
        }
        let system = format!("urn:keepwell:made-up:{}", self.seed);
        let mut patients = Vec::with_capacity(self.patients.len());
        for (at, demographics) in (self.first..).zip(self.patients) {
            let source = ExternalId { system: system.clone(), value: at.to_string() };
            patients.push(take_in(cx, &source, demographics, None)?.patient);
        }
        Ok(MadeUpTaken { patients })
    }
}
