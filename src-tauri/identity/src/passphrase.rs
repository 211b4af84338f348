//! What a passphrase must be (NIST SP 800-63B-4 section 3.1.1): long enough, and not among those tried first. No
//! composition rules.

use crate::refusals::{PASSPHRASE_COMMON, PASSPHRASE_LONG, PASSPHRASE_SHORT};
use keepwell_kernel::Refusal;
use serde::Serialize;
use ts_rs::TS;

/// Characters without a second factor.
pub const ALONE_MIN: usize = 15;
/// Characters with a second factor.
pub const WITH_CODE_MIN: usize = 8;
const MAX: usize = 256;
/// Passphrases that guessers try first, folded; our own list, on top of the dictionaries in zxcvbn.
const COMMON: &str = include_str!("common_passwords.txt");

/// Advice while somebody is still typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Advice {
    /// 0 (guessed at once) to 4 (strong).
    pub score: u8,
    /// It may be used.
    pub acceptable: bool,
    /// What would make it better; empty when nothing would.
    pub advice: String,
}

/// Checks a passphrase. `hints` are words the guesser knows: the person's names, the practice's.
///
/// # Errors
/// The refusal at `field`.
pub fn check(passphrase: &str, minimum: usize, hints: &[&str], field: &str) -> Result<(), Refusal> {
    let length = passphrase.chars().count();
    if length < minimum {
        return Err(PASSPHRASE_SHORT.at(field));
    }
    if length > MAX {
        return Err(PASSPHRASE_LONG.at(field));
    }
    if common(passphrase) || made_of(passphrase, hints) || score(passphrase, hints) < 2 {
        return Err(PASSPHRASE_COMMON.at(field));
    }
    Ok(())
}

fn common(passphrase: &str) -> bool {
    let folded = passphrase.trim().to_lowercase();
    COMMON.lines().any(|line| line == folded)
}

/// Says whether little is left of a passphrase once the words that a guesser knows are taken out.
fn made_of(passphrase: &str, hints: &[&str]) -> bool {
    let words = hints.iter().flat_map(|hint| hint.split_whitespace()).filter(|word| word.chars().count() >= 3);
    let rest = words.fold(passphrase.to_lowercase(), |rest, word| rest.replace(&word.to_lowercase(), ""));
    rest.chars().filter(|one| one.is_alphanumeric()).count() < 6
}

fn score(passphrase: &str, hints: &[&str]) -> u8 {
    // zxcvbn's time grows with the square of the length; what decides stands in the first hundred characters.
    let start: String = passphrase.chars().take(100).collect();
    zxcvbn::zxcvbn(&start, hints).score().into()
}

/// Advises on a passphrase as it is typed.
#[must_use]
pub fn advice(passphrase: &str, hints: &[&str]) -> Advice {
    let start: String = passphrase.chars().take(100).collect();
    let estimate = zxcvbn::zxcvbn(&start, hints);
    let refused = check(passphrase, ALONE_MIN, hints, "passphrase").err();
    let words = estimate.feedback().map(|feedback| {
        let warning = feedback.warning().map(|warning| warning.to_string());
        warning.into_iter().chain(feedback.suggestions().iter().map(ToString::to_string)).collect::<Vec<_>>().join(" ")
    });
    Advice {
        score: estimate.score().into(),
        acceptable: refused.is_none(),
        advice: refused.map_or_else(|| words.unwrap_or_default(), |refusal| refusal.code.remedy.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_common_lists_decide_and_nothing_else() {
        for (passphrase, minimum, good) in [
            ("harbor lantern quilt", ALONE_MIN, true),
            ("wooden-cabbage", ALONE_MIN, false),
            ("wooden-cabbage", WITH_CODE_MIN, true),
            ("password", WITH_CODE_MIN, false),
            ("passwordpassword", ALONE_MIN, false),
            ("aaaaaaaaaaaaaaaaaaaa", ALONE_MIN, false),
            ("correcthorsebatterystaple", ALONE_MIN, false),
            ("größe über alles hinaus", ALONE_MIN, true),
        ] {
            assert_eq!(check(passphrase, minimum, &[], "passphrase").is_ok(), good, "{passphrase}");
        }
        assert!(check(&"a long one ".repeat(30), ALONE_MIN, &[], "passphrase").is_err());
    }

    #[test]
    fn ones_own_names_do_not_count() {
        assert!(check("lakesidenaomiito", ALONE_MIN, &["lakeside", "naomi", "ito"], "passphrase").is_err());
    }

    #[test]
    fn advice_says_what_to_do_until_it_is_acceptable() {
        assert!(!advice("short", &[]).acceptable);
        assert!(!advice("short", &[]).advice.is_empty());
        assert!(advice("harbor lantern quilt", &[]).acceptable);
    }
}
