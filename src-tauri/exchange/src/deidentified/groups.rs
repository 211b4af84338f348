//! How large the groups are in which a person could be looked for: k-anonymity and l-diversity. They are aids to an
//! expert's determination (45 CFR 164.514(b)(1)); Safe Harbor neither asks for them nor is replaced by them.

use super::safe_harbor::DeidentifiedRow;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What grouping came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grouped {
    /// The rows that stay.
    #[serde(skip)]
    pub rows: Vec<DeidentifiedRow>,
    /// By what people could be looked for.
    pub quasi_identifiers: [&'static str; 4],
    /// The size of the smallest group before.
    pub k_before: u64,
    /// The size that was asked for.
    pub k_asked: u64,
    /// The size of the smallest group that stays; nothing where no row does.
    pub k_reached: Option<u64>,
    /// How many different years of death, or none, the least mixed group has.
    pub l_of_died_year: Option<u64>,
    /// Rows that were left out because their group was smaller.
    pub left_out: u64,
}

type Key = (String, String, String, String);

fn key(row: &DeidentifiedRow) -> Key {
    (row.sex.clone(), row.age.clone(), row.state.clone(), row.zip3.clone())
}

fn sizes(rows: &[DeidentifiedRow]) -> BTreeMap<Key, u64> {
    let mut sizes = BTreeMap::new();
    rows.iter().for_each(|row| *sizes.entry(key(row)).or_default() += 1);
    sizes
}

/// Leaves out whoever stands in a group of fewer than `k`; a `k` of 1 leaves nobody out.
#[must_use]
pub fn group(rows: Vec<DeidentifiedRow>, k: u64) -> Grouped {
    let before = sizes(&rows);
    let all = rows.len();
    let rows: Vec<DeidentifiedRow> =
        rows.into_iter().filter(|row| before.get(&key(row)).is_some_and(|size| *size >= k)).collect();
    let mut died: BTreeMap<Key, BTreeSet<&str>> = BTreeMap::new();
    for row in &rows {
        died.entry(key(row)).or_default().insert(&row.died_year);
    }
    let l_of_died_year = died.values().map(|years| years.len() as u64).min();
    Grouped {
        quasi_identifiers: ["sex", "age", "state", "zip3"],
        k_before: before.values().copied().min().unwrap_or(0),
        k_asked: k,
        k_reached: sizes(&rows).values().copied().min(),
        l_of_died_year,
        left_out: (all - rows.len()) as u64,
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(age: &str, died_year: &str) -> DeidentifiedRow {
        DeidentifiedRow {
            study_id: String::new(),
            sex: "F".to_owned(),
            age: age.to_owned(),
            birth_year: String::new(),
            state: "WI".to_owned(),
            zip3: "537".to_owned(),
            died_year: died_year.to_owned(),
        }
    }

    #[test]
    fn small_groups_are_left_out_and_what_was_reached_is_said() {
        let rows = vec![row("40", ""), row("40", "2020"), row("40", ""), row("41", ""), row("42", ""), row("42", "")];
        let all = group(rows.clone(), 1);
        assert_eq!((all.k_before, all.k_reached, all.left_out, all.l_of_died_year), (1, Some(1), 0, Some(1)));
        let two = group(rows.clone(), 2);
        assert_eq!((two.k_reached, two.left_out, two.rows.len()), (Some(2), 1, 5));
        let three = group(rows.clone(), 3);
        assert_eq!((three.k_reached, three.left_out, three.l_of_died_year), (Some(3), 3, Some(2)));
        let none = group(rows, 4);
        assert_eq!((none.k_reached, none.left_out, none.l_of_died_year), (None, 6, None));
    }
}
