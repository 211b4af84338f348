//! Writes a document of each kind into a folder, to look at them, and says how long the long ones took:
//! `cargo run -p keepwell-documents --example specimens FOLDER [ROWS]`.

#![allow(clippy::indexing_slicing, clippy::print_stdout, reason = "the samples are those of the tests")]

#[path = "../tests/documents/samples.rs"]
mod samples;

use keepwell_documents::{
    DecisionKind, DocumentError, accounting_letter, audit_report, call_list, certificate_of_destruction, day_sheet,
    decision_letter, downtime_paper, monthly_seal, patient_record, reminder_letters,
};
use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

type Make = fn(usize) -> Result<Vec<u8>, DocumentError>;

/// The first takes the time that it takes to open the fonts, so it is a short one.
const KINDS: [(&str, Make); 15] = [
    ("monthly-seal", |_| monthly_seal(&samples::seal())),
    ("letter", |_| accounting_letter(&samples::letter(3))),
    ("letter-none", |_| accounting_letter(&samples::letter(0))),
    ("letter-40", |_| accounting_letter(&samples::letter(40))),
    ("denied", |_| decision_letter(&samples::decision(DecisionKind::AmendmentDenied))),
    ("extended", |_| decision_letter(&samples::decision(DecisionKind::AccessExtended))),
    ("record", |_| patient_record(&samples::record())),
    ("certificate", |_| certificate_of_destruction(&samples::certificate())),
    ("day-sheet", |_| day_sheet(&samples::day_sheet(true, 14))),
    ("day-sheet-bare", |_| day_sheet(&keepwell_documents::DaySheet { clinical: false, ..samples::day_sheet(true, 3) })),
    ("front-desk", |_| day_sheet(&samples::day_sheet(false, 40))),
    ("downtime-pack", |_| downtime_paper(&samples::downtime(14, 2))),
    ("call-list", |_| call_list(&samples::calls(24))),
    ("reminders", |_| reminder_letters(&samples::reminders(2))),
    ("report", |rows| audit_report(&samples::report(rows))),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let rows = arguments.next().map_or(Ok(60), |rows| rows.parse())?;
    std::fs::create_dir_all(&folder)?;
    for (name, make) in KINDS {
        let from = Instant::now();
        let pdf = make(rows)?;
        println!("{name}: {:.2} s, {} bytes", from.elapsed().as_secs_f64(), pdf.len());
        std::fs::write(folder.join(name).with_extension("pdf"), pdf)?;
    }
    Ok(())
}
