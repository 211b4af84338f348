//! De-identified data written to a folder, with the report of what was taken away.

use crate::export::NewFolder;
use crate::practice::{Continue, Practice, Progress};
use keepwell_exchange::RECORDS_NOT_WRITTEN;
use keepwell_exchange::deidentified::{DeidentifiedPage, DeidentifiedRow, Grouped, Removed, group, noisy};
use keepwell_kernel::{Error, Failure, Fault};
use keepwell_log::door::Call;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

const README: &str = "Data about patients from which every identifier of 45 CFR 164.514(b)(2)(i) was taken away. people.csv has \
one row for each person; report.json says what was taken away. What report.json calls aids are no part of Safe Harbor: they \
help an expert who makes a determination under 164.514(b)(1). Whoever hands this out must not know of a way to identify \
anybody with it (164.514(b)(2)(ii)); no program can check that.\n";

/// What the aids are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Aids {
    /// The smallest group that stays; 1 leaves nobody out.
    pub k: u64,
    /// The epsilon of the noisy counts; nothing for none.
    pub epsilon: Option<f64>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub struct DeidentifiedOut {
    /// The name of the folder.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// The report, as it was written.
    pub report: Value,
}

impl Practice {
    /// Writes people.csv, report.json and a README into a new folder within one that is there.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn deidentify(
        &self,
        within: &Path,
        aids: Aids,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<DeidentifiedOut>, Failure> {
        let (mut rows, mut removed, mut after) = (Vec::new(), Removed::default(), Value::Null);
        loop {
            let input = json!({ "after": after });
            let page = self.call(Call { operation: "exchange.deidentify".to_owned(), input, ..Call::default() })?;
            let page: DeidentifiedPage = serde_json::from_value(page).map_err(|error| self.defect(&error))?;
            rows.extend(page.rows);
            removed.add(&page.removed);
            if progress(Progress::of("reading", rows.len() as u64, 0)) == Continue::No {
                return Ok(None);
            }
            let Some(next) = page.next else { break };
            after = json!(next);
        }
        let written = written(within, rows, &removed, aids);
        self.write_faults();
        written.map(Some).map_err(|error| self.fail(&error))
    }

    fn defect(&self, error: &serde_json::Error) -> Failure {
        self.fail(&Fault::from_error(error).into())
    }
}

fn written(
    within: &Path,
    mut rows: Vec<DeidentifiedRow>,
    removed: &Removed,
    aids: Aids,
) -> Result<DeidentifiedOut, Error> {
    // In the order in which they were registered, a row would stand beside the record it came from.
    rows.sort_by(|one, other| one.study_id.cmp(&other.study_id));
    let counted = counts(&rows, aids.epsilon)?;
    let grouped = group(rows, aids.k.max(1));
    let report = report(&grouped, removed, aids, &counted);
    let name = format!("keepwell-deidentified-{}", uuid::Uuid::now_v7().simple());
    let mut folder = NewFolder::within(within, &name);
    let pretty = serde_json::to_string_pretty(&report).map_err(|error| Fault::from_error(&error))?;
    let files = [("README.txt", README.to_owned()), ("report.json", pretty), ("people.csv", table(&grouped.rows))];
    for (file, text) in files {
        if folder.write(file, text.as_bytes()).is_err() {
            folder.take_away();
            return Err(RECORDS_NOT_WRITTEN.into());
        }
    }
    Ok(DeidentifiedOut { name, rows: grouped.rows.len() as u64, report })
}

/// Every cell is a word that the program made, a number or a state, so none can be a formula.
fn table(rows: &[DeidentifiedRow]) -> String {
    let mut text = "study_id,sex,age,birth_year,state,zip3,died_year\r\n".to_owned();
    for row in rows {
        let cells = [&row.study_id, &row.sex, &row.age, &row.birth_year, &row.state, &row.zip3, &row.died_year];
        text.push_str(&cells.map(String::as_str).join(","));
        text.push_str("\r\n");
    }
    text
}

/// Counts people by sex, with noise where an epsilon is asked for.
fn counts(rows: &[DeidentifiedRow], epsilon: Option<f64>) -> Result<BTreeMap<String, i64>, Error> {
    let Some(epsilon) = epsilon.filter(|epsilon| *epsilon > 0.0) else { return Ok(BTreeMap::new()) };
    let mut counted = BTreeMap::new();
    for sex in ["F", "M", ""] {
        let count = rows.iter().filter(|row| row.sex == sex).count() as u64;
        let noisy = noisy(count, epsilon).map_err(|error| Fault::from_error(&error))?;
        counted.insert(if sex.is_empty() { "unknown" } else { sex }.to_owned(), noisy);
    }
    Ok(counted)
}

fn report(grouped: &Grouped, removed: &Removed, aids: Aids, counted: &BTreeMap<String, i64>) -> Value {
    json!({
        "method": "Safe Harbor, 45 CFR 164.514(b)(2)",
        "kept": ["sex", "age up to 89, or 90+", "year of birth", "state", "first three digits of the ZIP code, or 000", "year of death"],
        "rows": grouped.rows.len(),
        "removed": removed,
        "not_checked": "whether somebody knows of a way to identify a person with what is left (164.514(b)(2)(ii))",
        "aids_to_an_expert_determination": {
            "groups": grouped,
            "noisy_counts": { "mechanism": "two-sided geometric", "sensitivity": 1, "epsilon": aids.epsilon, "people_by_sex": counted },
        },
    })
}
