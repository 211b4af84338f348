//! `compliance.tell_amendment`: one more person was told of an amendment.

use crate::amendment::{PersonTold, take_up_any};
use crate::fields::{LINE, past, required};
use crate::refusals::{DATE_ORDER, NOT_ACCEPTED, TOO_MANY_TOLD};
use keepwell_kernel::{AmendmentId, CivilDate, Error, Operation, Permission, Purpose, Refusal};
use keepwell_log::door::{Command, WriteCx};
use serde::Deserialize;
use ts_rs::TS;

/// The most persons who are told of one amendment.
pub(crate) const PERSONS_MAX: usize = 30;

/// Somebody who was told.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TellPerson {
    /// Who: a person or an institution.
    pub name: String,
    /// When.
    #[ts(type = "CivilDate")]
    pub told_on: String,
}

/// Notes that somebody was told of an amendment that was accepted (45 CFR 164.526(c)(3)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TellAmendment {
    /// The request.
    pub amendment: AmendmentId,
    /// Who was told, and when.
    pub person: TellPerson,
}

impl Operation for TellAmendment {
    const NAME: &'static str = "compliance.tell_amendment";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::PatientRequest];
    type Output = ();
}

impl Command for TellAmendment {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut request = take_up_any(cx, self.amendment)?;
        let person = told(&self.person, (request.received_on, cx.today()), "person.")?;
        let accepted = request.accepted.as_mut().ok_or_else(|| NOT_ACCEPTED.at("amendment"))?;
        if accepted.persons.len() >= PERSONS_MAX {
            return Err(TOO_MANY_TOLD.at("person").into());
        }
        accepted.persons.push(person);
        cx.put(&request)?;
        Ok(())
    }
}

/// Checks who was told. `place` is the field up to the name.
///
/// # Errors
/// A refusal at the field.
pub(crate) fn told(typed: &TellPerson, span: (CivilDate, CivilDate), place: &str) -> Result<PersonTold, Refusal> {
    let name = required(&typed.name, LINE, &format!("{place}name"))?;
    Ok(PersonTold { name, told_on: told_after(&typed.told_on, span, &format!("{place}told_on"))? })
}

/// Reads a day between a first one and today.
///
/// # Errors
/// A refusal at the field.
pub(crate) fn told_after(
    typed: &str,
    (first, today): (CivilDate, CivilDate),
    field: &str,
) -> Result<CivilDate, Refusal> {
    let on = past(typed, today, field)?;
    if on < first { Err(DATE_ORDER.at(field)) } else { Ok(on) }
}
