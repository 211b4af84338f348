//! `copy look`: a backup opened for looking, while the practice itself cannot be.

use crate::arguments::{Place, Who};
use crate::desk::{self, workstation};
use crate::ending::Ending;
use crate::stop::Stop;
use crate::told::Told;
use crate::{Ended, batch, passphrase, said};
use clap::{Args, Subcommand};
use keepwell_kernel::Secret;
use keepwell_practice::{Copied, Progress};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum CopyWhat {
    /// Open a backup, do one operation for each line of standard input as `batch` does, and throw the copy away.
    ///
    /// The recovery key comes from KEEPWELL_RECOVERY_KEY or a prompt: the 24 words, or the text of the kit of the day of the
    /// backup. Nothing can be changed in a copy, no other command works on one, and so no file is ever written from it.
    Look(Look),
}

#[derive(Args)]
pub(crate) struct Look {
    /// The backup's folder.
    #[arg(value_name = "BACKUP")]
    folder: PathBuf,
    #[command(flatten)]
    who: Who,
}

/// Opens the copy, answers the lines, and throws the copy away whatever came of it. What a program that was killed leaves
/// behind is noise without the recovery kit, and the next copy takes its place.
///
/// # Errors
/// The ending to take.
pub(crate) fn look(place: &Place, look: &Look) -> Ended {
    let own = desk::open(place)?;
    let Some(folder) = &place.vault else { return Err(desk::unnamed()) };
    let key = Secret::new(passphrase::recovery_key()?.as_str().to_owned());
    let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(counted));
    let copied = own.open_copy(&look.folder, &key, folder, workstation(), &mut |step| {
        told.tell(&step);
        stop.asked()
    });
    // What the practice on this computer noted of the opening is sealed before anybody looks.
    own.close();
    let Some(Copied { practice: copy, made_at, rows, entries }) = copied? else { return Ok(Ending::Stopped) };
    said::words(&format!(
        "This is a copy of {made_at}, with {rows} rows and {entries} entries that were checked. Nothing is changed in it. \
         Ctrl-D ends the look."
    ));
    let ended = desk::as_somebody(&copy, &look.who, |copy| batch::answered(copy, || stop.asked()));
    let closed = copy.close_copy().map_err(Ending::from);
    ended.and_then(|ending| closed.map(|()| ending))
}

/// Names what a phase counts.
fn counted(step: &Progress) -> &'static str {
    match step.phase.as_str() {
        "checking" => "entries of the log checked",
        _ => "rows put into the copy",
    }
}
