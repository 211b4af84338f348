//! `scheduling.wait`: somebody wants to be called when something frees.

use crate::book::{RESOURCES_MAX, seen_here};
use crate::fields::{LINE, at_most, optional_date, text, weekdays};
use crate::looking::Look as _;
use crate::numbers::WAITING_MAX;
use crate::refusals::{BAD_DATE, BAD_MINUTES, TOO_MANY};
use crate::setup::Setup;
use crate::table::WAITING;
use crate::waitlist_entry::WaitlistEntry;
use keepwell_kernel::{Error, Operation, PatientId, Permission, ProductId, Purpose, ResourceId, WaitId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Puts somebody on the waitlist.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// Who waits.
    pub patient: PatientId,
    /// For what.
    pub product: ProductId,
    /// With whom or where; anybody and anywhere where nothing is named.
    pub resources: Vec<ResourceId>,
    /// On which days of the week, 1 for Monday to 7; any where none is named.
    pub weekdays: Vec<u8>,
    /// Not before this wall-clock minute of the day.
    pub not_before: Option<u16>,
    /// Over by this wall-clock minute of the day.
    pub not_after: Option<u16>,
    /// Until which day it is any use, YYYY-MM-DD.
    pub until: Option<String>,
    /// What was said. Nothing clinical.
    pub note: String,
}

/// Somebody waits.
#[derive(Debug, Serialize, TS)]
pub struct Waiting {
    /// The place on the waitlist.
    pub wait: WaitId,
}

impl Operation for Wait {
    const NAME: &'static str = "scheduling.wait";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest];
    type Output = Waiting;
}

impl Command for Wait {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Waiting, Error> {
        let setup = Setup::read(cx)?;
        setup.bookable(self.product)?;
        seen_here(cx, self.patient)?;
        at_most(&self.resources, RESOURCES_MAX, "resources")?;
        setup.usable(&self.resources)?;
        if self.not_before.unwrap_or(0) >= self.not_after.unwrap_or(u16::MAX) {
            return Err(BAD_MINUTES.at("not_after").into());
        }
        let until = optional_date(self.until.as_deref(), "until")?;
        if until.is_some_and(|until| until < cx.today()) {
            return Err(BAD_DATE.at("until").into());
        }
        let prefix = cx.maker(WaitlistEntry::TABLE)?.done();
        if cx.keys::<WaitlistEntry>(WAITING, &prefix, WAITING_MAX)?.len() >= WAITING_MAX {
            return Err(TOO_MANY.at("patient").into());
        }
        let id = WaitId::make();
        cx.put(&WaitlistEntry {
            id,
            patient: self.patient,
            product: self.product,
            resources: self.resources,
            weekdays: weekdays(&self.weekdays, "weekdays")?,
            not_before: self.not_before,
            not_after: self.not_after,
            until,
            note: text(&self.note, LINE, "note")?,
            since: cx.now(),
            ended: false,
            reason: None,
        })?;
        Ok(Waiting { wait: id })
    }
}
