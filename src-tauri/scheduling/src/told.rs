//! The time that people were told, where that is no longer where something stands: the practice moved to another zone, or its
//! zone's rules changed. `scheduling.resettle` puts it there.

use crate::slot::clocks;
use crate::span::{Span, instant};
use keepwell_kernel::{CivilDate, Zone};
use serde::Serialize;
use ts_rs::TS;

/// What people were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ToldTime {
    /// The day, which need not be the one on which it stands.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// The time as the clock shows it.
    pub time: String,
}

impl ToldTime {
    /// Shows a stretch as it was told.
    pub(crate) fn of(zone: Zone, span: Span) -> Self {
        Self { date: zone.date_of(instant(span.from)), time: clocks(zone, span) }
    }
}
