//! What people type into the fields of this feature.

use crate::refusals::{DATE, IN_FUTURE, MISSING, TEXT};
use keepwell_kernel::{CivilDate, Refusal, typed_date, typed_text};

/// The longest line, in characters.
pub(crate) const LINE: usize = 200;
/// The longest text, in characters.
pub(crate) const TEXT_MAX: usize = 2_000;
/// The longest statement of a patient, and the longest answer to one, in characters: about two pages.
pub(crate) const STATEMENT_MAX: usize = 4_000;

/// # Errors
/// A refusal at the field where it is empty or does not fit.
pub(crate) fn required(typed: &str, longest: usize, field: &str) -> Result<String, Refusal> {
    let kept = typed_text(typed, longest).ok_or_else(|| TEXT.at(field))?;
    if kept.is_empty() { Err(MISSING.at(field)) } else { Ok(kept) }
}

/// Says whether a text is one that [`required`] keeps, and as it keeps it.
pub(crate) fn is_kept(text: &str, longest: usize) -> bool {
    !text.is_empty() && typed_text(text, longest).is_some_and(|kept| kept == text)
}

/// An empty field is none.
///
/// # Errors
/// A refusal at the field where it does not fit.
pub(crate) fn optional(typed: Option<&str>, longest: usize, field: &str) -> Result<Option<String>, Refusal> {
    let kept = typed_text(typed.unwrap_or(""), longest).ok_or_else(|| TEXT.at(field))?;
    Ok(Some(kept).filter(|kept| !kept.is_empty()))
}

/// # Errors
/// A refusal at the field where there is no such date.
pub(crate) fn date(typed: &str, field: &str) -> Result<CivilDate, Refusal> {
    typed_date(typed).ok_or_else(|| DATE.at(field))
}

/// # Errors
/// A refusal at the field where there is no such date.
pub(crate) fn optional_date(typed: Option<&str>, field: &str) -> Result<Option<CivilDate>, Refusal> {
    typed.filter(|typed| !typed.is_empty()).map(|typed| date(typed, field)).transpose()
}

/// # Errors
/// A refusal at the field where there is no such date or it has not come yet.
pub(crate) fn past(typed: &str, today: CivilDate, field: &str) -> Result<CivilDate, Refusal> {
    let date = date(typed, field)?;
    if date > today { Err(IN_FUTURE.at(field)) } else { Ok(date) }
}

/// # Errors
/// A refusal at the field where it is no SHA-256 in hex.
pub(crate) fn digest(typed: Option<String>, field: &str) -> Result<Option<String>, Refusal> {
    let is_digest = |text: &String| text.len() == 64 && hex::decode(text).is_ok();
    if typed.as_ref().is_some_and(|text| !is_digest(text)) { Err(TEXT.at(field)) } else { Ok(typed) }
}
