//! `practice.take_in_made_up_visits`: many made-up visits at once, into a demonstration and nowhere else.

use crate::take_in_made_up::{TOO_MANY, in_a_demonstration};
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, Entry, WriteCx};
use keepwell_scheduling::{MadeUpVisit, TakingVisits};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most visits in one call: the entry that names what they changed must fit into one value of the store.
pub(crate) const VISITS_MAX: usize = 100;

pub(crate) const SURFACE: &[Entry] = &[Entry::command::<TakeInMadeUpVisits>()];

/// Takes made-up visits into a demonstration.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeInMadeUpVisits {
    /// Up to 100 visits.
    pub visits: Vec<MadeUpVisit>,
}

/// How many found room.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct MadeUpVisitsTaken {
    /// How many were taken in; the others would have collided.
    pub taken: u32,
}

impl Operation for TakeInMadeUpVisits {
    const NAME: &'static str = "practice.take_in_made_up_visits";
    const PERMISSION: Permission = Permission::Import;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = MadeUpVisitsTaken;
}

impl Command for TakeInMadeUpVisits {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<MadeUpVisitsTaken, Error> {
        in_a_demonstration(cx)?;
        if self.visits.len() > VISITS_MAX {
            return Err(TOO_MANY.at("visits").into());
        }
        let taking = TakingVisits::begin(cx)?;
        let mut taken = 0;
        for visit in self.visits {
            taken += u32::from(taking.take(cx, visit)?);
        }
        Ok(MadeUpVisitsTaken { taken })
    }
}
