//! Gates: what is checked before a visit goes on. What this version cannot check says so and never passes by itself.

use crate::catalogue::{GateKind, ServiceProduct};
use crate::resource::{Resource, ResourceKind};
use crate::unit::GateWaiver;
use keepwell_kernel::CivilDate;
use serde::Serialize;
use ts_rs::TS;

/// Where a gate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GateState {
    /// What it asks for is there.
    Passed,
    /// What it asks for is not there.
    Failed,
    /// It failed, and somebody took that upon them.
    Waived,
    /// Nothing here can check it yet.
    NotChecked,
}

/// A gate of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GateView {
    /// What is checked.
    pub gate: GateKind,
    /// How that stands.
    pub state: GateState,
    /// What is not there, or why it was waived.
    pub why: Option<String>,
}

/// Weighs the gates of a product on a day.
pub(crate) fn gates(
    product: &ServiceProduct,
    resources: &[&Resource],
    on: CivilDate,
    waivers: &[GateWaiver],
) -> Vec<GateView> {
    let weigh = |gate: &GateKind| {
        let (state, why) = state(*gate, resources, on);
        match waivers.iter().find(|waiver| waiver.gate == *gate) {
            Some(waiver) if state != GateState::Passed => {
                GateView { gate: *gate, state: GateState::Waived, why: Some(waiver.reason.clone()) }
            }
            _ => GateView { gate: *gate, state, why },
        }
    };
    product.gates.iter().map(weigh).collect()
}

fn state(gate: GateKind, resources: &[&Resource], on: CivilDate) -> (GateState, Option<String>) {
    let failing: Vec<String> = match gate {
        GateKind::LicenseValid => {
            let without = resources.iter().filter(|one| !one.is_licensed_on(on));
            without.map(|one| one.name.clone()).collect()
        }
        GateKind::CalibrationValid => {
            let equipment = resources.iter().filter(|one| one.kind == ResourceKind::Equipment);
            equipment.filter(|one| !one.lapsed_on(on).is_empty()).map(|one| one.name.clone()).collect()
        }
        GateKind::NppAcknowledged
        | GateKind::ConsentSigned
        | GateKind::EligibilitySnapshot
        | GateKind::PayerAuthorization => return (GateState::NotChecked, None),
    };
    if failing.is_empty() { (GateState::Passed, None) } else { (GateState::Failed, Some(failing.join(", "))) }
}
