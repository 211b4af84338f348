//! What must hold of demographic fields before they are kept, field by field.

use crate::demographics::{Address, ChannelKind, Demographics, PatientName};
use crate::shapes;
use chrono::Months;
use keepwell_kernel::{CivilDate, Code, Refusal, typed_date, typed_text};

/// Nobody has reached this age; an earlier birth is a slip of the century.
const OLDEST_YEARS: u32 = 150;
/// The most names, addresses, channels and so on of one patient.
const MOST: usize = 20;
const SHORT: usize = 100;
const LONG: usize = 500;

/// A name is empty, too long, or no name.
pub const NAME: Code = Code::new("patients.bad_name", "Enter a name with at least one letter, at most 100 characters.");
/// A text that must be there is not.
pub const MISSING: Code = Code::new("patients.missing", "Fill in this field, or remove the whole entry.");
/// A text is too long or holds invisible signs.
pub const TEXT: Code = Code::new("patients.bad_text", "Shorten this text and remove invisible signs from it.");
/// A list is too long.
pub const TOO_MANY: Code = Code::new("patients.too_many", "Keep at most 20 of these.");
/// A date that is in no calendar.
pub const DATE_IMPOSSIBLE: Code =
    Code::new("patients.date_impossible", "There is no such date. Enter year, month and day, as 1970-12-31.");
/// A birth in the future.
pub const BIRTH_IN_FUTURE: Code =
    Code::new("patients.birth_in_future", "This date of birth is in the future. Check the year.");
/// A birth too long ago.
pub const BIRTH_TOO_EARLY: Code =
    Code::new("patients.birth_too_early", "This date of birth is more than 150 years ago. Check the year.");
/// Not a phone number.
pub const PHONE: Code =
    Code::new("patients.bad_phone", "Enter a phone number with its area code, such as 312 555 0142.");
/// Not an e-mail address.
pub const EMAIL: Code = Code::new("patients.bad_email", "Enter an e-mail address such as ana@example.com.");
/// Not a state.
pub const STATE: Code = Code::new("patients.bad_state", "Enter the two-letter code of a state, such as IL.");
/// Not a ZIP code.
pub const POSTAL_CODE: Code =
    Code::new("patients.bad_postal_code", "Enter a ZIP code of five digits, or nine as 60613-1234.");
/// An address that says nothing.
pub const ADDRESS_EMPTY: Code =
    Code::new("patients.address_empty", "Fill in the address, or remove it if there is none.");
/// Two insurances in one place of the order.
pub const RANK_TWICE: Code =
    Code::new("patients.insurance_rank", "Only one insurance can pay first, one second and one third.");

/// Which phone numbers, e-mail addresses, states and ZIP codes are kept although they lack their shape.
#[derive(Clone, Copy)]
pub(crate) enum Leave<'a> {
    /// None: a person is typing and can mend them.
    Nothing,
    /// Those that stand in the record already, so that another field can be corrected.
    AsBefore(&'a Demographics),
    /// All: another system wrote them, and refusing the whole patient would lose more.
    AsWritten,
}

impl Leave<'_> {
    fn leaves(self, value: &str) -> bool {
        match self {
            Leave::Nothing => false,
            Leave::AsWritten => true,
            Leave::AsBefore(before) => contacts(before).any(|known| known == value),
        }
    }
}

/// Returns every value of a record that has a shape.
fn contacts(of: &Demographics) -> impl Iterator<Item = &str> {
    let guarantor = of.guarantor.iter();
    let homes = of.addresses.iter().flat_map(|home| [home.state.as_str(), &home.postal_code]);
    let channels = of.channels.iter().map(|channel| channel.value.as_str());
    let emergency = of.emergency_contacts.iter().map(|contact| contact.phone.as_str());
    let theirs = guarantor.clone().filter_map(|one| one.address.as_ref());
    let theirs = theirs.flat_map(|home| [home.state.as_str(), &home.postal_code]);
    homes.chain(channels).chain(emergency).chain(theirs).chain(guarantor.filter_map(|one| one.phone.as_deref()))
}

/// Reads a civil date as it crosses the wire, `YYYY-MM-DD` and nothing else.
///
/// # Errors
/// [`DATE_IMPOSSIBLE`] at the field.
pub(crate) fn civil_date(written: Option<&str>, field: &str) -> Result<Option<CivilDate>, Refusal> {
    let Some(written) = written else { return Ok(None) };
    Ok(Some(typed_date(written).ok_or_else(|| DATE_IMPOSSIBLE.at(field))?))
}

/// Puts the fields into the form that is kept, or names the first that cannot be kept.
///
/// # Errors
/// A refusal at the field's dotted path.
pub(crate) fn demographics(of: &mut Demographics, today: CivilDate, leave: Leave<'_>) -> Result<(), Refusal> {
    name_part(&mut of.name.family, "name.family".to_owned())?;
    given(&mut of.name.given, "name")?;
    optional_name(&mut of.name.prefix, "name.prefix".to_owned())?;
    optional_name(&mut of.name.suffix, "name.suffix".to_owned())?;
    each(&mut of.other_names, "other_names", other_name)?;
    birth(of.date_of_birth, today)?;
    optional(&mut of.gender_identity, "gender_identity", SHORT)?;
    optional(&mut of.pronouns, "pronouns", SHORT)?;
    each(&mut of.addresses, "addresses", |home, path| {
        let (lines, city, state) = (&mut home.lines, &mut home.city, &mut home.state);
        address(lines, [city, state, &mut home.postal_code, &mut home.country], path, leave)
    })?;
    each(&mut of.channels, "channels", |channel, path| {
        let at = format!("{path}.value");
        match channel.kind {
            ChannelKind::Email => shaped(&mut channel.value, at, shapes::email, EMAIL, leave),
            ChannelKind::Phone | ChannelKind::Sms => shaped(&mut channel.value, at, shapes::phone, PHONE, leave),
        }
    })?;
    optional(&mut of.confidential_communication, "confidential_communication", LONG)?;
    optional(&mut of.language, "language", SHORT)?;
    each(&mut of.emergency_contacts, "emergency_contacts", |contact, path| {
        required(&mut contact.name, format!("{path}.name"))?;
        text(&mut contact.relationship, format!("{path}.relationship"), SHORT)?;
        shaped(&mut contact.phone, format!("{path}.phone"), shapes::phone, PHONE, leave)
    })?;
    guarantor(of, leave)?;
    insurance(of)?;
    each(&mut of.flags, "flags", |flag, path| required(flag, path.to_owned()))?;
    optional(&mut of.ehr_link, "ehr_link", LONG)
}

fn each<T>(
    list: &mut [T],
    field: &str,
    mut check: impl FnMut(&mut T, &str) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    if list.len() > MOST {
        return Err(TOO_MANY.at(field));
    }
    list.iter_mut().enumerate().try_for_each(|(place, one)| check(one, &format!("{field}.{place}")))
}

fn name_part(part: &mut String, path: String) -> Result<(), Refusal> {
    *part = shapes::name(part).map_err(|remedy| Code { remedy, ..NAME }.at(path))?;
    Ok(())
}

fn given(given: &mut [String], path: &str) -> Result<(), Refusal> {
    each(given, &format!("{path}.given"), |part, path| name_part(part, path.to_owned()))
}

fn optional_name(part: &mut Option<String>, path: String) -> Result<(), Refusal> {
    part.take_if(|part| part.trim().is_empty());
    part.as_mut().map_or(Ok(()), |part| name_part(part, path))
}

/// A preferred name is often a given name alone, so one of the two is enough.
fn other_name(name: &mut PatientName, path: &str) -> Result<(), Refusal> {
    if name.family.trim().is_empty() && !name.given.is_empty() {
        name.family.clear();
    } else {
        name_part(&mut name.family, format!("{path}.family"))?;
    }
    given(&mut name.given, path)?;
    optional_name(&mut name.prefix, format!("{path}.prefix"))?;
    optional_name(&mut name.suffix, format!("{path}.suffix"))
}

fn birth(born: Option<CivilDate>, today: CivilDate) -> Result<(), Refusal> {
    let earliest = today.checked_sub_months(Months::new(OLDEST_YEARS * 12));
    match born {
        Some(born) if born > today => Err(BIRTH_IN_FUTURE.at("date_of_birth")),
        Some(born) if earliest.is_some_and(|earliest| born < earliest) => Err(BIRTH_TOO_EARLY.at("date_of_birth")),
        _ => Ok(()),
    }
}

fn guarantor(of: &mut Demographics, leave: Leave<'_>) -> Result<(), Refusal> {
    let Some(guarantor) = &mut of.guarantor else { return Ok(()) };
    required(&mut guarantor.name, "guarantor.name".to_owned())?;
    text(&mut guarantor.relationship, "guarantor.relationship".to_owned(), SHORT)?;
    guarantor.phone.take_if(|phone| phone.trim().is_empty());
    if let Some(phone) = &mut guarantor.phone {
        shaped(phone, "guarantor.phone".to_owned(), shapes::phone, PHONE, leave)?;
    }
    let Some(Address { lines, city, state, postal_code, country }) = &mut guarantor.address else { return Ok(()) };
    address(lines, [city, state, postal_code, country], "guarantor.address", leave)
}

fn insurance(of: &mut Demographics) -> Result<(), Refusal> {
    let mut ranks = Vec::new();
    each(&mut of.insurance, "insurance", |insurance, path| {
        if ranks.contains(&insurance.rank) {
            return Err(RANK_TWICE.at(format!("{path}.rank")));
        }
        ranks.push(insurance.rank);
        required(&mut insurance.provider, format!("{path}.provider"))?;
        required(&mut insurance.policy_number, format!("{path}.policy_number"))?;
        optional(&mut insurance.group_number, &format!("{path}.group_number"), SHORT)
    })
}

/// Only addresses in the United States have states and ZIP codes with a shape; parts that are not known stay empty.
fn address(
    lines: &mut Vec<String>,
    [city, state, postal_code, country]: [&mut String; 4],
    path: &str,
    leave: Leave<'_>,
) -> Result<(), Refusal> {
    each(lines, &format!("{path}.lines"), |line, path| text(line, path.to_owned(), 2 * SHORT))?;
    lines.retain(|line| !line.is_empty());
    text(city, format!("{path}.city"), SHORT)?;
    text(country, format!("{path}.country"), SHORT)?;
    if matches!(country.to_uppercase().as_str(), "" | "US" | "USA" | "UNITED STATES" | "UNITED STATES OF AMERICA") {
        "US".clone_into(country);
        if !state.trim().is_empty() {
            shaped(state, format!("{path}.state"), shapes::state, STATE, leave)?;
        }
        if !postal_code.trim().is_empty() {
            shaped(postal_code, format!("{path}.postal_code"), shapes::postal_code, POSTAL_CODE, leave)?;
        }
    }
    text(state, format!("{path}.state"), SHORT)?;
    text(postal_code, format!("{path}.postal_code"), SHORT)?;
    let nothing = lines.is_empty() && [city, state, postal_code].iter().all(|part| part.is_empty());
    if nothing { Err(ADDRESS_EMPTY.at(format!("{path}.lines"))) } else { Ok(()) }
}

/// Puts a value into its shape, or leaves it where it may be left.
fn shaped(
    value: &mut String,
    path: String,
    shape: fn(&str) -> Result<String, &'static str>,
    code: Code,
    leave: Leave<'_>,
) -> Result<(), Refusal> {
    match shape(value) {
        Ok(kept) => {
            *value = kept;
            Ok(())
        }
        Err(_) if leave.leaves(value) => required(value, path),
        Err(remedy) => Err(Code { remedy, ..code }.at(path)),
    }
}

fn required(value: &mut String, path: String) -> Result<(), Refusal> {
    text(value, path.clone(), 2 * SHORT)?;
    if value.is_empty() { Err(MISSING.at(path)) } else { Ok(()) }
}

fn optional(value: &mut Option<String>, path: &str, longest: usize) -> Result<(), Refusal> {
    if let Some(value) = value {
        text(value, path.to_owned(), longest)?;
    }
    value.take_if(|value| value.is_empty());
    Ok(())
}

/// Puts a text into the form that is kept.
pub(crate) fn text(value: &mut String, path: String, longest: usize) -> Result<(), Refusal> {
    *value = typed_text(value, longest).ok_or_else(|| TEXT.at(path))?;
    Ok(())
}
