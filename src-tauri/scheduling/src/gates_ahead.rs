//! `scheduling.gates_ahead`: visits of the days ahead whose checks failed or cannot be made, for whoever clears them.

use crate::day::units_on;
use crate::day_visit::label;
use crate::gate::{GateState, GateView, gates};
use crate::hours::day_span;
use crate::looking::Look as _;
use crate::refusals::TOO_MANY;
use crate::resource::Resource;
use crate::setup::Setup;
use crate::slot::clocks;
use crate::unit::FulfillmentUnit;
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, Purpose, UnitId};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Stored;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most days ahead.
const DAYS_MAX: u8 = 31;
/// The most visits that are shown.
const ROWS_MAX: usize = 1_000;

/// Opens the queue.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenGatesAhead {
    /// How many days, today among them: 1 to 31.
    pub days: u8,
}

/// Visits whose checks are open.
#[derive(Debug, Serialize, TS)]
pub struct GateQueue {
    /// Today.
    #[ts(type = "CivilDate")]
    pub from: CivilDate,
    /// The last of the days.
    #[ts(type = "CivilDate")]
    pub until: CivilDate,
    /// The visits, in the order in which they begin.
    pub rows: Vec<GateRow>,
}

/// One of them. Nothing clinical.
#[derive(Debug, Serialize, TS)]
pub struct GateRow {
    /// The visit.
    pub unit: UnitId,
    /// Its version, for a change.
    pub version: u64,
    /// Whose visit it is.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub patient_name: String,
    /// Its day.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Its time as the clock shows it.
    pub time: String,
    /// What to call it.
    pub label: String,
    /// Who and what is assigned.
    pub names: Vec<String>,
    /// Its checks, those that passed among them.
    pub gates: Vec<GateView>,
}

impl Operation for OpenGatesAhead {
    const NAME: &'static str = "scheduling.gates_ahead";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::Payment];
    type Output = GateQueue;
}

impl Query for OpenGatesAhead {
    fn run(self, cx: &ReadCx<'_>) -> Result<GateQueue, Error> {
        if !(1..=DAYS_MAX).contains(&self.days) {
            return Err(TOO_MANY.at("days").into());
        }
        let setup = Setup::read(cx)?;
        let from = cx.today();
        let (mut rows, mut until) = (Vec::new(), from);
        for date in from.iter_days().take(usize::from(self.days)) {
            until = date;
            for unit in units_on(cx, day_span(cx.zone(), date))? {
                // A visit over midnight belongs to the day on which it begins.
                let today = cx.zone().date_of(unit.record.starts_at) == date;
                rows.extend(if today { row(cx, &setup, date, &unit)? } else { None });
            }
            if rows.len() > ROWS_MAX {
                return Err(TOO_MANY.at("days").into());
            }
        }
        Ok(GateQueue { from, until, rows })
    }
}

/// Returns a visit that is still to come and has a check that is open.
fn row(
    cx: &ReadCx<'_>,
    setup: &Setup,
    date: CivilDate,
    stored: &Stored<FulfillmentUnit>,
) -> Result<Option<GateRow>, Error> {
    let unit = &stored.record;
    let Some(product) = setup.product(unit.product).filter(|_| unit.status.is_ahead()) else { return Ok(None) };
    let assigned: Vec<&Resource> = unit.resources().iter().filter_map(|id| setup.resource(*id)).collect();
    let gates = gates(product, &assigned, date, &unit.waivers);
    if !gates.iter().any(|gate| matches!(gate.state, GateState::Failed | GateState::NotChecked)) {
        return Ok(None);
    }
    Ok(Some(GateRow {
        unit: unit.id,
        version: stored.version,
        patient: unit.patient,
        patient_name: cx.patient(unit.patient)?.listed_name,
        date,
        time: clocks(cx.zone(), unit.span()),
        label: label(setup, unit),
        names: assigned.iter().map(|one| one.name.clone()).collect(),
        gates,
    }))
}
