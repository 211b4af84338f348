//! `compliance.accept_amendment`: the record is amended, and whoever should know is told.

use crate::amendment::{AmendedKind, AmendmentAccepted, AmendmentRequest, PersonTold, take_up};
use crate::fields::{STATEMENT_MAX, optional};
use crate::refusals::{AMENDMENT_LINK, TOO_MANY_TOLD, UNKNOWN_VERSION};
use crate::tell_amendment::{PERSONS_MAX, TellPerson, told, told_after};
use keepwell_kernel::{AmendmentId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::newest_version;
use serde::Deserialize;
use ts_rs::TS;

/// Accepts a request for an amendment (45 CFR 164.526(c)). The version that was asked about stays as it was.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AcceptAmendment {
    /// The request.
    pub amendment: AmendmentId,
    /// What was added to the record, where that is a text beside it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub appended: Option<String>,
    /// The later version of the record that carries it, where there is one.
    #[serde(default)]
    #[ts(optional = nullable, type = "number")]
    pub version: Option<u64>,
    /// When whoever asked was told.
    #[ts(type = "CivilDate")]
    pub told_on: String,
    /// Who else was told so far: those whom the patient named, and those who may rely on what was wrong.
    pub persons: Vec<TellPerson>,
}

impl Operation for AcceptAmendment {
    const NAME: &'static str = "compliance.accept_amendment";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for AcceptAmendment {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up(cx, self.amendment)?;
        let told_on = told_after(&self.told_on, (request.received_on, cx.today()), "told_on")?;
        if self.persons.len() > PERSONS_MAX {
            return Err(TOO_MANY_TOLD.at("persons").into());
        }
        let persons = self.persons.iter().enumerate();
        let persons: Result<Vec<PersonTold>, _> =
            persons.map(|(at, one)| told(one, (request.received_on, cx.today()), &format!("persons.{at}."))).collect();
        let appended = optional(self.appended.as_deref(), STATEMENT_MAX, "appended")?;
        if appended.is_none() && self.version.is_none() {
            return Err(AMENDMENT_LINK.at("appended").into());
        }
        if let Some(version) = self.version {
            is_later(cx, &request, version)?;
        }
        request.accepted = Some(AmendmentAccepted { appended, version: self.version, told_on, persons: persons? });
        cx.put(&request)?;
        Ok(())
    }
}

/// What amends a version comes after it.
fn is_later(cx: &WriteCx<'_, '_>, request: &AmendmentRequest, version: u64) -> Result<(), Error> {
    let newest = match request.target.kind {
        AmendedKind::Patient => newest_version(cx, request.patient, "amendment")?,
    };
    let later = version > request.target.version && version <= newest;
    if later { Ok(()) } else { Err(UNKNOWN_VERSION.at("version").into()) }
}
