//! `scheduling.waive_gate`: a visit goes on without what a gate asks for, and somebody takes that upon them.

use crate::catalogue::GateKind;
use crate::fields::{TEXT, required};
use crate::move_visit::Moved;
use crate::refusals::UNKNOWN;
use crate::setup::Setup;
use crate::unit::{GateWaiver, visit_as_shown};
use keepwell_kernel::{Error, Operation, Permission, Purpose, UnitId};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// Waives a gate.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WaiveGate {
    /// The visit.
    pub unit: UnitId,
    /// The version that was shown.
    pub version: u64,
    /// The gate.
    pub gate: GateKind,
    /// Why.
    pub reason: String,
}

impl Operation for WaiveGate {
    const NAME: &'static str = "scheduling.waive_gate";
    const PERMISSION: Permission = Permission::ScheduleOverride;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::Emergency];
    type Output = Moved;
}

impl Command for WaiveGate {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Moved, Error> {
        let mut unit = visit_as_shown(cx, self.unit, self.version)?;
        let setup = Setup::read(cx)?;
        let has = setup.product(unit.product).is_some_and(|product| product.gates.contains(&self.gate));
        if !has {
            return Err(UNKNOWN.at("gate").into());
        }
        let reason = required(&self.reason, TEXT, "reason")?;
        let waiver = GateWaiver { gate: self.gate, reason, by: cx.actor()?.staff, at: cx.now() };
        unit.waivers.retain(|other| other.gate != waiver.gate);
        unit.waivers.push(waiver);
        Ok(Moved { version: cx.put(&unit)? })
    }
}
