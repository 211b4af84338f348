//! `scheduling.end_series`: a visit and those of its series that follow it are cancelled; what was stays.

use crate::book::step;
use crate::looking::Look as _;
use crate::refusals::UNKNOWN;
use crate::series::Series;
use crate::unit::{StandReason, VisitStatus, visit};
use keepwell_kernel::{Error, Operation, Permission, Purpose, UnitId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Ends a series.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EndSeries {
    /// The first visit that is cancelled.
    pub unit: UnitId,
    /// Why.
    pub reason: StandReason,
}

/// How many are cancelled.
#[derive(Debug, Serialize, TS)]
pub struct SeriesEnded {
    /// How many visits.
    pub cancelled: u32,
}

impl Operation for EndSeries {
    const NAME: &'static str = "scheduling.end_series";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest];
    type Output = SeriesEnded;
}

impl Command for EndSeries {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<SeriesEnded, Error> {
        let from = visit(cx, self.unit)?.record;
        let series = from.series.ok_or_else(|| UNKNOWN.at("unit"))?;
        let row = cx.maker(Series::TABLE)?.id(series.bytes()).done();
        let series = cx.get::<Series>(&row)?.ok_or_else(|| UNKNOWN.at("unit"))?.record;
        let mut cancelled = 0;
        for unit in series.units {
            let mut one = visit(cx, unit)?.record;
            // Whoever is here already is seen; what was missed or cancelled stays as it is.
            if one.starts_at < from.starts_at || !one.status.is_ahead() {
                continue;
            }
            let mut step = step(cx, VisitStatus::Cancelled)?;
            step.reason = Some(self.reason);
            one.becomes(step);
            cx.put(&one)?;
            cancelled += 1;
        }
        Ok(SeriesEnded { cancelled })
    }
}
