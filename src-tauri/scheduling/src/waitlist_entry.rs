//! A place on the waitlist: what somebody waits for, and when it would suit.

use crate::unit::StandReason;
use chrono::Datelike as _;
use keepwell_kernel::{CivilDate, Instant, PatientId, ProductId, ResourceId, WaitId};
use serde::{Deserialize, Serialize};

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitlistEntry {
    /// Its id.
    pub id: WaitId,
    /// Who waits.
    pub patient: PatientId,
    /// For what.
    pub product: ProductId,
    /// With whom or where; anybody and anywhere where nothing is named.
    pub resources: Vec<ResourceId>,
    /// On which days of the week, 1 for Monday to 7; any where none is named.
    pub weekdays: Vec<u8>,
    /// Not before this minute of the day.
    pub not_before: Option<u16>,
    /// Not after this minute of the day.
    pub not_after: Option<u16>,
    /// Until which day it is any use.
    pub until: Option<CivilDate>,
    /// What was said. Nothing clinical.
    pub note: String,
    /// Since when; whoever waits longest is offered first.
    pub since: Instant,
    /// It is over: booked, or given up.
    pub ended: bool,
    /// Why, where it was given up.
    pub reason: Option<StandReason>,
}

impl WaitlistEntry {
    /// Says whether a day would suit.
    pub(crate) fn suits(&self, date: CivilDate) -> bool {
        let weekday = date.weekday().number_from_monday();
        self.until.is_none_or(|until| date <= until)
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|day| u32::from(*day) == weekday))
    }
}
