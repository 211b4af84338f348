//! Medical record numbers: one counter a year, drawn from in the transaction of the registration.

use crate::patient::Patient;
use crate::shapes::mrn;
use crate::staff;
use crate::table::{BY_MRN, mrn_key};
use chrono::Datelike as _;
use keepwell_kernel::{Code, Error, Fault};
use keepwell_log::door::WriteCx;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};

/// The year's numbers are used up.
pub const USED_UP: Code = Code::new(
    "patients.numbers_used_up",
    "There are no record numbers left for this year. Ask whoever looks after this program.",
);

/// How many numbers of a year have been drawn.
#[derive(Serialize, Deserialize)]
pub struct NumberCounter {
    /// The year that the numbers show; 0 where they show none.
    pub year: u16,
    /// The next registration's place.
    pub next: u32,
}

/// Draws the next record number: of this year, or of the year 0000 where the practice wants numbers that say nothing.
///
/// # Errors
/// [`USED_UP`].
pub(crate) fn draw(cx: &mut WriteCx<'_, '_>) -> Result<String, Error> {
    let anonymous = staff::anonymous_mrn(cx)?;
    let year = if anonymous { 0 } else { cx.today().year() };
    let year = u16::try_from(year).map_err(|error| Fault::from_error(&error))?;
    let row = cx.key(NumberCounter::TABLE)?.ordered(u64::from(year)).done();
    let mut next = cx.get::<NumberCounter>(&row)?.map_or(0, |counter| counter.record.next);
    loop {
        let drawn = mrn::nth(year, next).ok_or(USED_UP)?;
        next += 1;
        // A number that came from elsewhere is passed over.
        let key = mrn_key(cx.key(Patient::TABLE)?, &drawn);
        if cx.find::<Patient>(BY_MRN, &key, 1)?.is_empty() {
            cx.put(&NumberCounter { year, next })?;
            return Ok(drawn);
        }
    }
}
