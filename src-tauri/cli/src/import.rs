//! `import fhir`: patients from files.

use crate::Ended;
use crate::arguments::{Fhir, Place};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::said;
use keepwell_practice::Continue;

/// Brings patients in and prints the report. Rows that were refused stand in it; they do not make the import fail.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, fhir: &Fhir) -> Ended {
    signed_in(place, &fhir.who, |practice| {
        let report = practice.import(&fhir.paths, &mut |_| Continue::Yes)?;
        let known = report.updated + report.unchanged;
        let refused = report.refused.len();
        said::words(&format!("{} new, {known} known, {refused} refused.", report.created));
        said::json(&report)?;
        Ok(Ending::Done)
    })
}
