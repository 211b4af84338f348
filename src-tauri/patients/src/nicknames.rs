//! Which given names are one name: Bob is Robert, Peggy is Margaret, Pepe is José.
//!
//! The groups are our own list (`nicknames.txt`), one group a line. A short form may stand for several names, so
//! belonging together is not handed on: Al may be Albert or Alfred, but Albert is never Alfred.

use crate::fold::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

const LIST: &str = include_str!("nicknames.txt");

/// Every folded form with the lines it stands in, each line as its forms.
static GROUPS: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut groups: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        let forms: Vec<String> = line.split_whitespace().map(fold).collect();
        for form in &forms {
            groups.entry(form.clone()).or_default().push(forms.clone());
        }
    }
    groups
});

/// Returns whether two given names are equal or forms of one name, whatever their case and accents.
pub fn same_name_group(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    !one.is_empty() && (one == other || together(&one, &other))
}

/// Returns whether two words that are folded already are different forms of one name.
pub fn together(one: &str, other: &str) -> bool {
    one != other && others(one).any(|form| form == other)
}

/// Returns the other forms of a folded given name, which may repeat.
pub fn others(word: &str) -> impl Iterator<Item = &'static str> {
    let groups = GROUPS.get(word).map(Vec::as_slice).unwrap_or_default();
    let word = word.to_owned();
    groups.iter().flatten().map(String::as_str).filter(move |form| *form != word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_one_name_meet() {
        for (one, other) in [
            ("Bob", "Robert"),
            ("Peggy", "Margaret"),
            ("Pepe", "José"),
            ("Paco", "Francisco"),
            ("Chuy", "Jesús"),
            ("Lupe", "Guadalupe"),
            ("Bill", "William"),
            ("Bob", "Rob"),
            ("BETH", "Elizabeth"),
            ("toño", "Antonio"),
            ("Kate", "Catherine"),
            ("Ann", "Ann"),
        ] {
            assert!(same_name_group(one, other), "{one} {other}");
            assert!(same_name_group(other, one), "{other} {one}");
        }
    }

    #[test]
    fn belonging_is_not_handed_on() {
        for (one, other) in [("Albert", "Alfred"), ("Patrick", "Patricia"), ("John", "Jane"), ("", ""), ("Bob", "Bill")]
        {
            assert!(!same_name_group(one, other), "{one} {other}");
        }
    }

    #[test]
    fn the_list_is_long_enough_and_folded() {
        let pairs: usize =
            LIST.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').count() - 1).sum();
        assert!(pairs >= 250, "{pairs}");
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.split(' ').count() >= 2, "{line}");
            assert!(!line.contains("  "), "{line}");
        }
    }

    proptest! {
        #[test]
        fn groups_are_symmetric(one in 0usize..600, other in 0usize..600) {
            let mut forms: Vec<&String> = GROUPS.keys().collect();
            forms.sort();
            let (one, other) = (forms[one % forms.len()], forms[other % forms.len()]);
            prop_assert_eq!(same_name_group(one, other), same_name_group(other, one));
        }
    }
}
