//! A patient's rows of the ledger, those of records that were merged into this one among them.

use crate::disclosure::{Basis, Disclosure};
use crate::suspension::Suspension;
use keepwell_kernel::{CivilDate, DisclosureId};
use std::collections::HashMap;

/// The most rows that one patient can have.
pub(crate) const MOST: usize = 10_000;
/// How many records are read at a time.
pub(crate) const PAGE: usize = 1_000;

/// How many closed requests of a kind are shown beside those that wait.
pub(crate) const CLOSED: usize = 200;

/// Reads every record of one kind that an index lists for patients, through either context.
macro_rules! all_of {
    ($cx:expr, $record:ty, $index:expr, $patients:expr) => {{
        let mut all: Vec<$record> = Vec::new();
        for patient in $patients {
            let prefix = $cx.key(<$record as keepwell_vault::Record>::TABLE)?.id(patient.bytes()).done();
            for row in $cx.find::<$record>($index, &prefix, $crate::ledger::MOST)? {
                all.extend($cx.get::<$record>(&row)?.map(|stored| stored.record));
            }
        }
        all
    }};
}

/// Reads every record of one kind with what the vault knows of it, through either context.
macro_rules! every {
    ($cx:expr, $record:ty) => {{
        let mut all: Vec<keepwell_vault::Stored<$record>> = Vec::new();
        let mut last = None;
        loop {
            let page = $cx.page::<$record>(last.as_ref(), $crate::ledger::PAGE)?;
            let Some((key, _)) = page.last() else { break all };
            last = Some(key.clone());
            all.extend(page.into_iter().map(|(_, stored)| stored));
        }
    }};
}

pub(crate) use {all_of, every};

/// Returns for each row that was corrected the row that did it.
pub(crate) fn corrected(rows: &[Disclosure]) -> HashMap<DisclosureId, DisclosureId> {
    rows.iter().filter_map(|row| Some((row.corrects?, row.id))).collect()
}

/// Says whether a row is hidden from the patient on a day: a suspension of its recipient lives (164.528(a)(2)).
pub(crate) fn is_suspended(row: &Disclosure, suspensions: &[Suspension], on: CivilDate) -> bool {
    let public = matches!(row.basis, Basis::Oversight | Basis::LawEnforcement);
    public && suspensions.iter().any(|one| one.lives_on(on) && same(&one.agency, &row.recipient.name))
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Returns the rows that an accounting lists, oldest first.
pub(crate) fn accountable(
    mut rows: Vec<Disclosure>,
    suspensions: &[Suspension],
    (from, to): (CivilDate, CivilDate),
    on: CivilDate,
) -> Vec<Disclosure> {
    let corrected = corrected(&rows);
    rows.retain(|row| row.is_accountable() && !corrected.contains_key(&row.id));
    rows.retain(|row| (from..=to).contains(&row.disclosed_on) && !is_suspended(row, suspensions, on));
    rows.sort_by_key(|row| (row.disclosed_on, row.id));
    rows
}
