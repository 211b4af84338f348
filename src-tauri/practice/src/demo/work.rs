//! The made-up staff at work: every task of the history is an operation through the door.

use super::{ask, broken, staff};
use crate::made_up::history::{Change, History, Task};
use crate::practice::{Continue, Practice, Progress};
use keepwell_kernel::{Error, Failure, Fault, MergeId, PatientId};
use keepwell_patients::{
    AddressUse, ChannelKind, ChannelUse, ContactChannel, Demographics, NameUse, PatientAddress, PatientName,
};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use std::collections::HashMap;

/// How many rows the front desk looks at.
const ROWS: u32 = 5;
/// After how many tasks to look whether to go on.
const STEP: usize = 100;

/// Lives through the history, and says how many entries it left and whether it was stopped.
///
/// # Errors
/// [`Failure`].
pub(super) fn live(
    practice: &Practice,
    known: &[PatientId],
    mut history: History,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<(u64, bool), Failure> {
    let total = history.count();
    let mut work = Work { practice, known, proposed: HashMap::new() };
    let mut done = 0;
    while let Some(shifts) = history.next_year() {
        for shift in shifts.into_iter().filter(|shift| !shift.tasks.is_empty()) {
            staff::sign_in(practice, &shift)?;
            for (count, task) in (1..).zip(shift.tasks) {
                let entries = task.entries();
                work.does(task)?;
                done += entries;
                let told = count % STEP == 0 || done == total;
                if told && progress(Progress::of("living", done, total)) == Continue::No {
                    staff::sign_out(practice)?;
                    return Ok((done, done < total));
                }
            }
            staff::sign_out(practice)?;
        }
    }
    Ok((done, false))
}

struct Work<'p> {
    practice: &'p Practice,
    known: &'p [PatientId],
    /// The merges that wait for a second person, by the record that closes.
    proposed: HashMap<usize, MergeId>,
}

#[derive(Deserialize)]
struct Chart {
    version: u64,
    demographics: Demographics,
}

#[derive(Deserialize)]
struct Proposed {
    merge: MergeId,
}

impl Work<'_> {
    fn does(&mut self, task: Task) -> Result<(), Failure> {
        let (operation, input) = match task {
            Task::Search(query) => ("patients.search", json!({ "query": query, "limit": ROWS })),
            Task::FrontDeskCard(place) => ("patients.front_desk_card", json!({ "patient": self.patient(place)? })),
            Task::Chart(place) => ("patients.chart", json!({ "patient": self.patient(place)? })),
            Task::BillingCard(place) => ("patients.billing_card", json!({ "patient": self.patient(place)? })),
            Task::Restrict(place, text) => {
                ("patients.note_restriction", json!({ "patient": self.patient(place)?, "text": text }))
            }
            Task::Died(place, on) => ("patients.mark_deceased", json!({ "patient": self.patient(place)?, "on": on })),
            Task::ConfirmMerge(second, _) => {
                let merge = self.proposed.remove(&second).ok_or_else(|| self.lost("a merge that nobody proposed"))?;
                ("patients.confirm_merge", json!({ "merge": merge }))
            }
            Task::ProposeMerge(second, first) => return self.propose(second, first),
            Task::Correct(place, change) => return self.correct(place, change),
        };
        let IgnoredAny = ask(self.practice, operation, input, None)?;
        Ok(())
    }

    fn propose(&mut self, second: usize, first: usize) -> Result<(), Failure> {
        let input = json!({ "from": self.patient(second)?, "into": self.patient(first)? });
        let reason = Some("Same person: the patient showed the same card at the desk.");
        let Proposed { merge } = ask(self.practice, "patients.propose_merge", input, reason)?;
        self.proposed.insert(second, merge);
        Ok(())
    }

    /// Corrects the version that is on the screen, as a nurse does.
    fn correct(&self, place: usize, change: Change) -> Result<(), Failure> {
        let patient = self.patient(place)?;
        let mut chart: Chart = ask(self.practice, "patients.chart", json!({ "patient": patient }), None)?;
        apply(&mut chart.demographics, change);
        let mut input = serde_json::to_value(&chart.demographics).map_err(|error| broken(self.practice, &error))?;
        let Some(fields) = input.as_object_mut() else { return Err(self.lost("the fields of a patient")) };
        fields.insert("patient".to_owned(), json!(patient));
        fields.insert("expected_version".to_owned(), json!(chart.version));
        let IgnoredAny = ask(self.practice, "patients.correct", input, None)?;
        Ok(())
    }

    fn patient(&self, place: usize) -> Result<PatientId, Failure> {
        self.known.get(place).copied().ok_or_else(|| self.lost("a patient of the history"))
    }

    fn lost(&self, what: &str) -> Failure {
        self.practice.fail(&Error::Fault(Fault::because(format!("the demonstration has lost {what}"))))
    }
}

/// Writes a change into the fields.
fn apply(demographics: &mut Demographics, change: Change) {
    match change {
        Change::Moved(home) => {
            let (lines, city) = (home.lines, home.city);
            let (state, postal_code, country) = (home.state, home.postal_code, "US".to_owned());
            demographics.addresses.retain(|known| known.r#use != AddressUse::Home);
            let home = PatientAddress { r#use: AddressUse::Home, lines, city, state, postal_code, country };
            demographics.addresses.insert(0, home);
        }
        Change::NewNumber(number) => {
            let mut mobiles = demographics.channels.iter_mut().filter(|channel| channel.r#use == ChannelUse::Mobile);
            if let Some(first) = mobiles.next() {
                first.value.clone_from(&number);
                mobiles.for_each(|channel| channel.value.clone_from(&number));
            } else {
                demographics.channels.push(ContactChannel {
                    kind: ChannelKind::Phone,
                    r#use: ChannelUse::Mobile,
                    value: number,
                    consent: true,
                    voicemail_allowed: true,
                    preferred: false,
                });
            }
        }
        Change::Married(family) => {
            let before = std::mem::replace(&mut demographics.name.family, family);
            let (given, prefix, suffix) = (demographics.name.given.clone(), None, None);
            let previous = PatientName { r#use: NameUse::Previous, family: before, given, prefix, suffix };
            demographics.other_names.push(previous);
        }
    }
}
