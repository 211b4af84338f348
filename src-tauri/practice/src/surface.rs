//! Everything that can be done, and everything that can be refused, on one page each.

use crate::{take_in_made_up, take_in_made_up_visits};
use keepwell_kernel::Code;
use keepwell_log::door::Entry;

/// Returns every operation of the product, feature by feature.
#[must_use]
pub fn surface() -> Vec<Entry> {
    let features = [
        keepwell_identity::SURFACE,
        keepwell_patients::SURFACE,
        keepwell_scheduling::SURFACE,
        keepwell_log::SURFACE,
        keepwell_compliance::SURFACE,
        keepwell_exchange::SURFACE,
        take_in_made_up::SURFACE,
        take_in_made_up_visits::SURFACE,
    ];
    features.concat()
}

/// Returns every refusal of the product; the screens have words for each.
#[must_use]
pub fn refusals() -> Vec<Code> {
    let features = [
        keepwell_vault::REFUSALS,
        keepwell_log::REFUSALS,
        keepwell_identity::REFUSALS,
        keepwell_patients::REFUSALS,
        keepwell_scheduling::REFUSALS,
        keepwell_compliance::REFUSALS,
        keepwell_exchange::REFUSALS,
        take_in_made_up::REFUSALS,
    ];
    features.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn is_name(name: &str) -> bool {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        name.split_once('.').is_some_and(|(feature, rest)| word(feature) && word(rest))
    }

    #[test]
    fn names_are_feature_and_verb_and_stand_once() {
        let names: Vec<&str> = surface().iter().map(|entry| entry.name).collect();
        assert!(names.iter().all(|name| is_name(name)), "{names:?}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "an operation stands twice");
    }

    #[test]
    fn every_operation_states_a_purpose() {
        for entry in surface() {
            assert!(!entry.purposes.is_empty(), "{}", entry.name);
        }
    }

    #[test]
    fn codes_are_feature_and_reason_and_stand_once_with_words() {
        let all = refusals();
        for code in &all {
            assert!(is_name(code.code), "{}", code.code);
            let plain = code.remedy.ends_with(['.', '`']) && !code.remedy.contains('!');
            assert!(plain, "{}: {}", code.code, code.remedy);
        }
        let unique: BTreeSet<&str> = all.iter().map(|code| code.code).collect();
        assert_eq!(unique.len(), all.len(), "a code stands twice");
    }
}
