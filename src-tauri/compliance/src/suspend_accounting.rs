//! `compliance.suspend_accounting`: an agency asked that its rows be hidden from the patient for a time.

use crate::fields::{LINE, TEXT_MAX, optional_date, past, required};
use crate::refusals::{DATE_ORDER, STATEMENT_END};
use crate::suspension::{SPOKEN_DAYS, Suspension};
use chrono::Days;
use keepwell_kernel::{Error, Operation, PatientId, Permission, Purpose, SuspensionId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::known_to;
use serde::Deserialize;
use ts_rs::TS;

/// Hides an agency's rows from a patient for a time (45 CFR 164.528(a)(2)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SuspendAccounting {
    /// The patient.
    pub patient: PatientId,
    /// The agency, by the name that its disclosures bear.
    pub agency: String,
    /// When it was stated.
    #[ts(type = "CivilDate")]
    pub stated_on: String,
    /// It was spoken, so that it holds 30 days and no longer.
    pub spoken: bool,
    /// The last day, which a written statement names.
    #[serde(default)]
    #[ts(optional = nullable, type = "CivilDate")]
    pub until: Option<String>,
    /// Who said what, or where the paper is.
    pub statement: String,
}

impl Operation for SuspendAccounting {
    const NAME: &'static str = "compliance.suspend_accounting";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::Legal, Purpose::Operations];
    type Output = ();
}

impl Command for SuspendAccounting {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        known_to(cx, self.patient, "patient")?;
        let agency = required(&self.agency, LINE, "agency")?;
        let stated_on = past(&self.stated_on, cx.today(), "stated_on")?;
        let named = optional_date(self.until.as_deref(), "until")?;
        let until = match (self.spoken, named) {
            (true, _) => stated_on + Days::new(SPOKEN_DAYS),
            (false, Some(until)) if until < stated_on => return Err(DATE_ORDER.at("until").into()),
            (false, Some(until)) => until,
            (false, None) => return Err(STATEMENT_END.at("until").into()),
        };
        let statement = required(&self.statement, TEXT_MAX, "statement")?;
        let (id, patient, spoken) = (SuspensionId::make(), self.patient, self.spoken);
        cx.put(&Suspension { id, patient, agency, stated_on, until, spoken, statement, lifted_on: None })?;
        Ok(())
    }
}
