//! `scheduling.advance`: the next step of a visit, or one back, with its time.

use crate::book::step;
use crate::conflict::{ConflictKind, Wish, clashes};
use crate::fields::{TEXT, optional};
use crate::gate::{GateState, gates};
use crate::looking::Look as _;
use crate::move_visit::Moved;
use crate::refusals::{BAD_STATUS, CONFLICT, GATE_FAILED, REASON_NEEDED};
use crate::resource::Resource;
use crate::setup::Setup;
use crate::unit::{FulfillmentUnit, StandReason, VisitStatus, visit_as_shown, visit_row};
use keepwell_kernel::{Error, Operation, Permission, Purpose, UnitId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Takes a visit a step on, or one back.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AdvanceVisit")]
pub struct Advance {
    /// The visit.
    pub unit: UnitId,
    /// The version that was shown.
    pub version: u64,
    /// What it becomes.
    pub to: VisitStatus,
    /// Why, where it was missed or is cancelled.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<StandReason>,
    /// What is noted. Nothing clinical.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

impl Operation for Advance {
    const NAME: &'static str = "scheduling.advance";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Moved;
}

impl Command for Advance {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Moved, Error> {
        let mut unit = visit_as_shown(cx, self.unit, self.version)?;
        let before = unit.checkpoints.iter().nth_back(1).map(|step| step.status);
        // Whatever was tapped by mistake is taken back to where the visit stood.
        if !unit.status.next().contains(&self.to) && before != Some(self.to) {
            return Err(BAD_STATUS.at("to").into());
        }
        if self.to.needs_reason() && self.reason.is_none() {
            return Err(REASON_NEEDED.at("reason").into());
        }
        let note = optional(self.note.as_deref(), TEXT, "note")?;
        if !unit.status.takes_time() {
            still_free(cx, &unit)?;
        }
        if self.to == VisitStatus::InCare {
            gates_open(cx, &unit)?;
        }
        let mut step = step(cx, self.to)?;
        (step.reason, step.note) = (self.reason, note);
        unit.becomes(step);
        Ok(Moved { version: cx.put(&unit)? })
    }
}

/// Refuses to bring back a visit whose time somebody else has taken meanwhile.
fn still_free(cx: &WriteCx<'_, '_>, unit: &FulfillmentUnit) -> Result<(), Error> {
    let setup = Setup::read(cx)?;
    let ids = unit.resources();
    let wish = Wish {
        product: None,
        patient: Some(unit.patient),
        date: cx.zone().date_of(unit.starts_at),
        span: unit.span(),
        buffers: (unit.before, unit.after),
        resources: setup.resources.iter().filter(|one| ids.contains(&one.id)).collect(),
        own: vec![visit_row(cx, unit.id)?],
        hold: None,
    };
    let taken = |kind| matches!(kind, ConflictKind::ResourceBusy | ConflictKind::PatientBusy | ConflictKind::Held);
    if clashes(cx, &setup, &wish)?.iter().any(|clash| taken(clash.kind)) {
        return Err(CONFLICT.at("to").into());
    }
    Ok(())
}

/// Refuses to begin treatment behind a gate that failed.
fn gates_open(cx: &WriteCx<'_, '_>, unit: &FulfillmentUnit) -> Result<(), Error> {
    let setup = Setup::read(cx)?;
    let Some(product) = setup.product(unit.product) else { return Ok(()) };
    let ids = unit.resources();
    let resources: Vec<&Resource> = setup.resources.iter().filter(|one| ids.contains(&one.id)).collect();
    let weighed = gates(product, &resources, cx.day(), &unit.waivers);
    if weighed.iter().any(|gate| gate.state == GateState::Failed) {
        return Err(GATE_FAILED.at("to").into());
    }
    Ok(())
}
