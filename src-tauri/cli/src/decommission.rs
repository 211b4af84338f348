//! `decommission`: the end of the practice on this computer.

use crate::arguments::{Place, Who};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::named::told;
use crate::stop::Stop;
use crate::told::Told;
use crate::{Ended, said};
use clap::Args;
use keepwell_practice::{Ended as AtAnEnd, Ending as TheEnd, Media};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What comes on standard input: `{ "practice_name", "custodian", "media": { … } }`, the labels of the computer or drive
/// with them. A label that is left out is a line to write on.
#[derive(Args)]
pub(crate) struct Decommission {
    /// The folder that the last backup and the certificate go to; not on the computer that is given away.
    #[arg(value_name = "FOLDER")]
    within: PathBuf,
    /// Why; kept in the log and so in the last backup.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    who: Who,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    practice_name: String,
    custodian: String,
    #[serde(default)]
    media: Labels,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Labels {
    manufacturer: String,
    model: String,
    serial: String,
    property_number: String,
    kind: String,
    source: String,
}

/// Makes a last backup, proves it, erases the store and writes the certificate. Up to the erasing, Ctrl-C leaves the
/// practice as it was.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, end: &Decommission) -> Ended {
    let asked = serde_json::from_value(Value::Object(told()?));
    let Asked { practice_name, custodian, media } =
        asked.map_err(|_| Ending::Usage("Standard input has other fields than an ending takes.".to_owned()))?;
    let Labels { manufacturer, model, serial, property_number, kind, source } = media;
    signed_in(place, &end.who, |practice| {
        let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(|_| "done of this step"));
        let ending = TheEnd {
            within: &end.within,
            practice_name,
            custodian,
            reason: Some(end.reason.clone()),
            media: Media { manufacturer, model, serial, property_number, kind, source },
        };
        let ended = practice.decommission(ending, &mut |step| {
            told.tell(&step);
            stop.asked()
        })?;
        let Some(AtAnEnd { backup, certificate, log_size }) = ended else { return Ok(Ending::Stopped) };
        let certificate = certificate.map(|saved| end.within.join(saved.name));
        if certificate.is_none() {
            said::words("All is erased, and the certificate could not be written.");
        }
        said::json(&json!({ "backup": end.within.join(backup), "certificate": certificate, "log_size": log_size }))?;
        Ok(Ending::Done)
    })
}
