//! What people type into the fields of this feature.

use crate::refusals::{BAD_DATE, BAD_MINUTES, BAD_TEXT, TOO_MANY};
use keepwell_kernel::{CivilDate, Refusal, typed_date, typed_text};

/// The longest name or label, in characters.
pub(crate) const LINE: usize = 100;
/// The longest text, in characters.
pub(crate) const TEXT: usize = 1_000;

/// # Errors
/// A refusal at the field where it is empty or does not fit.
pub(crate) fn required(typed: &str, longest: usize, field: &str) -> Result<String, Refusal> {
    typed_text(typed, longest).filter(|kept| !kept.is_empty()).ok_or_else(|| BAD_TEXT.at(field))
}

/// An empty field is an empty text.
///
/// # Errors
/// A refusal at the field where it does not fit.
pub(crate) fn text(typed: &str, longest: usize, field: &str) -> Result<String, Refusal> {
    typed_text(typed, longest).ok_or_else(|| BAD_TEXT.at(field))
}

/// An empty field is none.
///
/// # Errors
/// A refusal at the field where it does not fit.
pub(crate) fn optional(typed: Option<&str>, longest: usize, field: &str) -> Result<Option<String>, Refusal> {
    let kept = typed.map(|typed| text(typed, longest, field)).transpose()?;
    Ok(kept.filter(|kept| !kept.is_empty()))
}

/// # Errors
/// A refusal at the field where there is no such date.
pub(crate) fn date(typed: &str, field: &str) -> Result<CivilDate, Refusal> {
    typed_date(typed).ok_or_else(|| BAD_DATE.at(field))
}

/// # Errors
/// A refusal at the field where there is no such date.
pub(crate) fn optional_date(typed: Option<&str>, field: &str) -> Result<Option<CivilDate>, Refusal> {
    typed.filter(|typed| !typed.is_empty()).map(|typed| date(typed, field)).transpose()
}

/// # Errors
/// A refusal at the field where a number lies outside a range.
pub(crate) fn within(number: u16, range: std::ops::RangeInclusive<u16>, field: &str) -> Result<u16, Refusal> {
    if range.contains(&number) { Ok(number) } else { Err(BAD_MINUTES.at(field)) }
}

/// # Errors
/// A refusal at the field where a list is longer than `most`.
pub(crate) fn at_most<T>(list: &[T], most: usize, field: &str) -> Result<(), Refusal> {
    if list.len() > most { Err(TOO_MANY.at(field)) } else { Ok(()) }
}

/// Days of the week, 1 for Monday to 7 for Sunday; none means every day.
///
/// # Errors
/// A refusal at the field where one is no day of the week.
pub(crate) fn weekdays(typed: &[u8], field: &str) -> Result<Vec<u8>, Refusal> {
    if typed.iter().any(|day| !(1..=7).contains(day)) {
        return Err(BAD_DATE.at(field));
    }
    let mut days = typed.to_vec();
    days.sort_unstable();
    days.dedup();
    Ok(days)
}
