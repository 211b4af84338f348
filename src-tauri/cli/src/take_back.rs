//! `in records`: records that `out` wrote come in again.

use crate::arguments::{InRecords, Place};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::stop::Stop;
use crate::told::Told;
use crate::{Ended, passphrase, said};
use keepwell_kernel::Secret;
use std::path::Path;

/// Takes records back in and prints the report. What was refused stands in it; it does not make the rest fail.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, asked: &InRecords) -> Ended {
    let secret = if is_sealed(&asked.path) {
        Some(Secret::new(passphrase::to_open_a_file()?.as_str().to_owned()))
    } else {
        None
    };
    signed_in(place, &asked.who, |practice| {
        let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(|_| "records read"));
        let report = practice.take_back(&asked.path, secret.as_ref(), &mut |step| {
            told.tell(&step);
            stop.asked()
        })?;
        let refused = report.refused.len();
        said::words(&format!("{} taken, {} here before, {refused} refused.", report.taken, report.unchanged));
        said::json(&report)?;
        Ok(if report.cancelled { Ending::Stopped } else { Ending::Done })
    })
}

/// A folder is sealed where its key stands in it; a file bears it in its name.
fn is_sealed(path: &Path) -> bool {
    path.join("key.age").is_file() || path.extension().is_some_and(|extension| extension == "age")
}
