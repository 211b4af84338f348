//! `demo`: a practice of made-up patients.

use crate::Ended;
use crate::arguments::{Demo, Init, Place};
use crate::desk::{leave, open};
use crate::ending::Ending;
use crate::{init, said};
use keepwell_practice::{Continue, demo};
use serde_json::{Value, json};

/// Makes a demonstration and fills it.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(place: &Place, arguments: &Demo) -> Ended {
    if arguments.years.is_some() {
        said::words("--years is not built yet: issue 3.");
    }
    let practice = open(place)?;
    let made = init::found(&practice, &owner(arguments), true)?;
    let filled = demo::demo(&practice, arguments.patients, arguments.seed, &mut |step| {
        said::words(&format!("{} of {} patients", step.done, step.total));
        Continue::Yes
    });
    leave(&practice);
    let mut shown = init::shown(&made);
    if let (Value::Object(fields), patients) = (&mut shown, filled?) {
        fields.insert("patients".to_owned(), json!(patients));
        fields.insert("seed".to_owned(), json!(arguments.seed));
        fields.insert("owner".to_owned(), json!(arguments.owner));
    }
    said::json(&shown)?;
    Ok(Ending::Done)
}

fn owner(arguments: &Demo) -> Init {
    Init {
        practice: demo::NAME.to_owned(),
        time_zone: "America/New_York".to_owned(),
        owner: arguments.owner.clone(),
        owner_name: "Naomi Ito".to_owned(),
        suite: "xchacha20-poly1305".to_owned(),
    }
}
