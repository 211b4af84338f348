//! `scheduling.move`: a visit at another time, with others, longer or shorter.

use crate::book::{allowed, breach, chosen};
use crate::conflict::{Wish, clashes};
use crate::refusals::BAD_STATUS;
use crate::setup::Setup;
use crate::slot::Slot;
use crate::unit::{VisitStatus, visit_as_shown, visit_row};
use keepwell_kernel::{Error, Operation, Permission, Purpose, ResourceId, UnitId};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Moves a visit.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "MoveVisit")]
pub struct Move {
    /// The visit.
    pub unit: UnitId,
    /// The version that was shown.
    pub version: u64,
    /// When it is to be.
    pub slot: Slot,
    /// With whom and what.
    pub resources: Vec<ResourceId>,
    /// Why it is moved against the calendar.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub override_reason: Option<String>,
}

/// It has changed.
#[derive(Debug, Serialize, TS)]
pub struct Moved {
    /// Its version now.
    pub version: u64,
}

impl Operation for Move {
    const NAME: &'static str = "scheduling.move";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Moved;
}

impl Command for Move {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Moved, Error> {
        let mut unit = visit_as_shown(cx, self.unit, self.version)?;
        // What is over stays where it was, and what was called off is booked again first.
        if matches!(unit.status, VisitStatus::Done | VisitStatus::CheckedOut) || !unit.status.takes_time() {
            return Err(BAD_STATUS.at("unit").into());
        }
        let setup = Setup::read(cx)?;
        let resources = chosen(&setup, &self.resources)?;
        let (date, span) = self.slot.resolve(cx.zone())?;
        let wish = Wish {
            product: setup.product(unit.product),
            patient: Some(unit.patient),
            date,
            span,
            buffers: (unit.before, unit.after),
            resources,
            own: vec![visit_row(cx, unit.id)?],
            hold: None,
        };
        let against = clashes(cx, &setup, &wish)?;
        let override_reason = allowed(cx, &against, self.override_reason.as_deref())?;
        unit.stands_at(span, cx.zone());
        unit.takes(&self.resources);
        // What stood against the old time does not stand against this one.
        unit.overrides = override_reason.iter().cloned().collect();
        let version = cx.put(&unit)?;
        if let Some(reason) = override_reason {
            breach(cx, (&unit).into(), &against, reason)?;
        }
        Ok(Moved { version })
    }
}
