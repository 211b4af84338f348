//! `import fhir`: patients from files.

use crate::Ended;
use crate::arguments::{Fhir, Place};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::said;
use crate::stop::Stop;

/// Brings patients in and prints the report. Rows that were refused stand in it; they do not make the import fail.
/// Ctrl-C ends it after the piece that is being read.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, fhir: &Fhir) -> Ended {
    signed_in(place, &fhir.who, |practice| {
        let stop = Stop::on_ctrl_c()?;
        let report = practice.import(&fhir.paths, &mut |_| stop.asked())?;
        let known = report.updated + report.unchanged;
        let refused = report.refused.len();
        said::words(&format!("{} new, {known} known, {refused} refused.", report.created));
        said::json(&report)?;
        Ok(if report.cancelled { Ending::Stopped } else { Ending::Done })
    })
}
