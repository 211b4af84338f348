//! `scheduling.waitlist`: who waits, in the order in which they are offered what frees, and what fits a day.

use crate::fields::optional_date;
use crate::looking::Look as _;
use crate::numbers::WAITING_MAX;
use crate::openings::{Opening, Search};
use crate::refusals::UNKNOWN;
use crate::setup::Setup;
use crate::table::WAITING;
use crate::waitlist_entry::WaitlistEntry;
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, ProductId, Purpose, ResourceId, WaitId};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many openings of the day are shown for each.
const FITS: usize = 3;

/// Opens the waitlist.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenWaitlist {
    /// With it, what fits on that day, YYYY-MM-DD.
    pub date: Option<String>,
}

/// The waitlist.
#[derive(Debug, Serialize, TS)]
pub struct WaitlistView {
    /// Whoever waits longest first.
    pub rows: Vec<WaitRow>,
}

/// Somebody who waits.
#[derive(Debug, Serialize, TS)]
pub struct WaitRow {
    /// The place on the waitlist.
    pub wait: WaitId,
    /// Who waits.
    pub patient: PatientId,
    /// `Family, Given Middle`.
    pub patient_name: String,
    /// For what.
    pub product: ProductId,
    /// Its label.
    pub label: String,
    /// For how many days, by the practice's clock.
    pub waits_days: u32,
    /// With whom or where.
    pub resources: Vec<ResourceId>,
    /// On which days of the week.
    pub weekdays: Vec<u8>,
    /// Not before this minute of the day.
    pub not_before: Option<u16>,
    /// Not after this minute of the day.
    pub not_after: Option<u16>,
    /// Until which day.
    #[ts(type = "CivilDate | null")]
    pub until: Option<CivilDate>,
    /// What was said.
    pub note: String,
    /// How the patient wants to be reached (45 CFR 164.522(b)).
    pub reach_by: Option<String>,
    /// What fits on the day that was asked about.
    pub fits: Vec<Opening>,
}

impl Operation for OpenWaitlist {
    const NAME: &'static str = "scheduling.waitlist";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest];
    type Output = WaitlistView;
}

impl Query for OpenWaitlist {
    fn run(self, cx: &ReadCx<'_>) -> Result<WaitlistView, Error> {
        let setup = Setup::read(cx)?;
        let date = optional_date(self.date.as_deref(), "date")?;
        let prefix = cx.key(WaitlistEntry::TABLE)?.done();
        let mut waiting = Vec::new();
        for row in cx.find::<WaitlistEntry>(WAITING, &prefix, WAITING_MAX)? {
            waiting.push(cx.get::<WaitlistEntry>(&row)?.ok_or(UNKNOWN)?.record);
        }
        waiting.sort_by_key(|wait| (wait.since, wait.id));
        Ok(WaitlistView {
            rows: waiting.into_iter().map(|wait| row(cx, &setup, wait, date)).collect::<Result<_, _>>()?,
        })
    }
}

fn row(cx: &ReadCx<'_>, setup: &Setup, wait: WaitlistEntry, date: Option<CivilDate>) -> Result<WaitRow, Error> {
    let patient = cx.patient(wait.patient)?;
    let product = setup.product(wait.product).ok_or(UNKNOWN)?;
    let (early, late) = (wait.not_before.unwrap_or(0), wait.not_after.unwrap_or(u16::MAX));
    let fits = match date.filter(|date| !product.ended && wait.suits(*date)) {
        Some(date) => Search::new(setup, product, &wait.resources, cx.records_of(wait.patient)?).day(
            cx,
            date,
            (early, late),
            FITS,
        )?,
        None => Vec::new(),
    };
    Ok(WaitRow {
        wait: wait.id,
        patient: wait.patient,
        patient_name: patient.listed_name,
        product: wait.product,
        label: product.label.clone(),
        waits_days: u32::try_from((cx.today() - cx.zone().date_of(wait.since)).num_days()).unwrap_or(0),
        resources: wait.resources,
        weekdays: wait.weekdays,
        not_before: wait.not_before,
        not_after: wait.not_after,
        until: wait.until,
        note: wait.note,
        reach_by: patient.reach_by,
        fits,
    })
}
