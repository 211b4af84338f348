//! How likely two records are of one person.
//!
//! The score is the share of the evidence that agrees: name, birth date, sex, address, phone, e-mail and insurance
//! number, each with its weight. What one side does not say is no evidence. People move and change their numbers, so a
//! contact that differs counts less than one that agrees. Nothing is ever merged because of a score: from `LIKELY` on
//! the person at the desk is warned, from `SAME` on she has to say why it is somebody else.

use crate::people_index::{NameKind, PersonName};
use crate::{fold, nicknames, phonetic};
use chrono::{Datelike, NaiveDate};

/// From here on two records have the same identifiers, and making another needs a reason.
pub const SAME: f32 = 0.95;
/// From here on the person at the desk is warned.
pub const LIKELY: f32 = 0.80;

/// The highest score of records of which a given name or the birth date only resembles the other's: a warning at most,
/// because twins can be called Jayden and Jaylen.
const RESEMBLING: f32 = 0.94;

mod weight {
    pub const FAMILY: f32 = 0.20;
    pub const GIVEN: f32 = 0.16;
    pub const BIRTH: f32 = 0.30;
    pub const SEX: f32 = 0.05;
    pub const ADDRESS: f32 = 0.08;
    pub const PHONE: f32 = 0.08;
    pub const EMAIL: f32 = 0.05;
    pub const INSURANCE: f32 = 0.12;
    /// What a contact that differs counts, as a share of one that agrees.
    pub const CHANGED: f32 = 1.0 / 3.0;
}

/// The parts of an address that tell one home from another.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Home {
    /// The street line, or all lines run together.
    pub line: String,
    /// The postal code.
    pub postal_code: String,
}

/// What is known of a person that helps to know her again.
#[derive(Clone, Default)]
pub struct Traits {
    /// Every name, previous ones too.
    pub names: Vec<PersonName>,
    /// The date of birth, if known.
    pub date_of_birth: Option<NaiveDate>,
    /// The administrative sex: `F`, `M`, or anything else for unknown.
    pub sex: char,
    /// Every address.
    pub addresses: Vec<Home>,
    /// Every telephone number, in any form.
    pub phones: Vec<String>,
    /// Every e-mail address.
    pub emails: Vec<String>,
    /// Every insurance policy or member number.
    pub insurance_ids: Vec<String>,
}

impl std::fmt::Debug for Traits {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Traits").finish_non_exhaustive()
    }
}

/// The outcome of a comparison, with what it rests on as the names of the record's fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// From 0, nothing in common, to 1, everything known agrees.
    pub score: f32,
    /// The fields that agree: `family_name`, `given_name`, `previous_name`, `date_of_birth`, `administrative_sex`,
    /// `address`, `phone`, `email`, `insurance`.
    pub agrees: Vec<&'static str>,
    /// The fields that differ, from the same list; one that only resembles is among them.
    pub differs: Vec<&'static str>,
}

/// Evidence gathered so far.
struct Weighing {
    agreeing: f32,
    total: f32,
    agrees: Vec<&'static str>,
    differs: Vec<&'static str>,
}

impl Weighing {
    /// Adds one field: `value` is how far it agrees, from 0 to 1.
    fn add(&mut self, field: &'static str, weight: f32, value: f32) {
        self.agreeing += weight * value;
        self.total += weight;
        if value >= 0.95 { self.agrees.push(field) } else { self.differs.push(field) }
    }

    /// Adds a contact of which each side may have several: one in common is agreement.
    fn add_contact(&mut self, field: &'static str, weight: f32, in_common: Option<bool>) {
        match in_common {
            Some(true) => self.add(field, weight, 1.0),
            Some(false) => self.add(field, weight * weight::CHANGED, 0.0),
            None => {}
        }
    }
}

/// Compares two people.
pub fn compare(one: &Traits, other: &Traits) -> Likeness {
    let mut weighing = Weighing { agreeing: 0.0, total: 0.0, agrees: Vec::new(), differs: Vec::new() };
    let names = best_names(one, other);
    let birth = birth_likeness(one.date_of_birth, other.date_of_birth);
    let known_sex = |sex: char| matches!(sex.to_ascii_uppercase(), 'F' | 'M');
    if known_sex(one.sex) && known_sex(other.sex) {
        let same = one.sex.eq_ignore_ascii_case(&other.sex);
        weighing.add("administrative_sex", weight::SEX, if same { 1.0 } else { 0.0 });
    }
    weighing.add_contact("address", weight::ADDRESS, in_common(&one.addresses, &other.addresses, home_key));
    weighing.add_contact("phone", weight::PHONE, in_common(&one.phones, &other.phones, |phone| phone_key(phone)));
    let before_email = weighing.agreeing;
    weighing.add_contact("email", weight::EMAIL, in_common(&one.emails, &other.emails, |email| plain(email, false)));
    let insured = in_common(&one.insurance_ids, &other.insurance_ids, |id| plain(id, true));
    weighing.add_contact("insurance", weight::INSURANCE, insured);
    let reached = before_email > weight::SEX || weighing.agreeing > before_email;
    // A surname changes with a marriage: where all else fits, its differing counts half.
    let married = names.family < 0.5 && names.given >= 0.95 && birth == Some(1.0) && reached;
    weighing.add("family_name", if married { weight::FAMILY / 2.0 } else { weight::FAMILY }, names.family);
    weighing.add("given_name", weight::GIVEN, names.given);
    if names.previous && names.family >= 0.95 {
        weighing.agrees.push("previous_name");
    }
    match birth {
        Some(value) => weighing.add("date_of_birth", weight::BIRTH, value),
        // An unknown birth date leaves doubt, or every John Smith without one would be the same.
        None => {
            weighing.agreeing += weight::BIRTH / 2.0;
            weighing.total += weight::BIRTH;
        }
    }
    let resembling = names.given < 0.95 || names.family < 0.95 || birth != Some(1.0);
    let contradicted = weighing.differs.contains(&"administrative_sex");
    let highest = if resembling || contradicted { RESEMBLING } else { 1.0 };
    let score = (weighing.agreeing / weighing.total.max(weight::SEX)).min(highest);
    Likeness { score, agrees: weighing.agrees, differs: weighing.differs }
}

/// Returns keys of which two records of one person are very likely to share one, so that only those need comparing:
/// birth date, phones, the sound of each surname with the first initial, e-mails and insurance numbers.
///
/// They hold identifying details: they may be blinded and kept, never shown or logged.
pub fn blocking_keys(traits: &Traits) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    keys.extend(traits.date_of_birth.map(|day| format!("born:{day}")));
    keys.extend(
        traits
            .phones
            .iter()
            .map(|phone| phone_key(phone))
            .filter(|key| key.len() >= 7)
            .map(|key| format!("phone:{key}")),
    );
    for name in &traits.names {
        let initial = name.given.first().and_then(|given| fold::joined(given).chars().next()).unwrap_or('-');
        for family in fold::words(&name.family).chain([fold::joined(&name.family)]) {
            let sounds = phonetic::keys(&family);
            if sounds.iter().flatten().next().is_none() {
                keys.push(format!("name:{family}:{initial}"));
            }
            keys.extend(sounds.into_iter().flatten().map(|sound| format!("name:{sound:x}:{initial}")));
        }
    }
    keys.extend(traits.emails.iter().map(|email| format!("email:{}", plain(email, false))));
    keys.extend(traits.insurance_ids.iter().map(|id| format!("insurance:{}", plain(id, true))));
    keys.retain(|key| !key.ends_with(':'));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// How far the best pair of names agrees.
#[derive(Default)]
struct Names {
    family: f32,
    given: f32,
    previous: bool,
}

/// Compares every name of the one with every name of the other and keeps the best pair.
fn best_names(one: &Traits, other: &Traits) -> Names {
    let mut best = Names::default();
    for mine in &one.names {
        for theirs in &other.names {
            let previous = mine.kind == NameKind::Previous || theirs.kind == NameKind::Previous;
            let pair = Names {
                family: family_likeness(&mine.family, &theirs.family),
                given: given_likeness(&mine.given, &theirs.given),
                previous,
            };
            let weigh = |names: &Names| names.family * weight::FAMILY + names.given * weight::GIVEN;
            if weigh(&pair) > weigh(&best) {
                best = pair;
            }
        }
    }
    best
}

fn family_likeness(one: &str, other: &str) -> f32 {
    let (first, second) = (fold::joined(one), fold::joined(other));
    if first.is_empty() || second.is_empty() {
        return 0.0;
    }
    if first == second {
        return 1.0;
    }
    // Of two surnames often only one is written: Garcia is Garcia Lopez.
    let parts: Vec<String> = fold::words(other).collect();
    let shared = fold::words(one).any(|part| part.chars().count() > 2 && parts.contains(&part));
    let partly = if shared { 0.92 } else { 0.0 };
    word_likeness(&first, &second).max(partly)
}

/// Compares given names by the first, allowing for nicknames, initials and going by the second.
fn given_likeness(one: &[String], other: &[String]) -> f32 {
    let words = |given: &[String]| given.iter().flat_map(|part| fold::words(part)).collect::<Vec<_>>();
    let (mine, theirs) = (words(one), words(other));
    let (Some(first), Some(second)) = (mine.first(), theirs.first()) else { return 0.0 };
    if mine.concat() == theirs.concat() {
        return 1.0;
    }
    let firsts = if first == second || nicknames::together(first, second) {
        1.0
    } else if is_initial_of(first, second) || is_initial_of(second, first) {
        0.8
    } else {
        word_likeness(first, second)
    };
    let by_second = mine.get(1) == Some(second) || theirs.get(1) == Some(first);
    let middles = mine.get(1).zip(theirs.get(1)).is_some_and(|(one, other)| one.chars().next() != other.chars().next());
    let value = if by_second { 0.85_f32.max(firsts) } else { firsts };
    if middles { value - 0.1 } else { value }
}

fn is_initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// Compares two words by Jaro-Winkler, of which everything below 0.75 is chance; sounding alike helps.
fn word_likeness(one: &str, other: &str) -> f32 {
    let jaro = strsim::jaro_winkler(one, other);
    let spelled = ((jaro - 0.75) / 0.25).clamp(0.0, 0.94);
    let heard = if jaro >= 0.8 && phonetic::sound_alike(one, other) { 0.9 } else { 0.0 };
    if spelled > heard { as_f32(spelled) } else { as_f32(heard) }
}

/// Narrows a value between 0 and 1, where nothing is lost that a score could show.
#[expect(clippy::cast_possible_truncation, reason = "a likeness between 0 and 1 needs no more than single precision")]
fn as_f32(value: f64) -> f32 {
    value as f32
}

/// Compares birth dates: the same, day and month swapped, one digit off, or different; nothing when one is unknown.
fn birth_likeness(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<f32> {
    let (one, other) = one.zip(other)?;
    if one == other {
        return Some(1.0);
    }
    if one.year() == other.year() && one.month() == other.day() && one.day() == other.month() {
        return Some(0.85);
    }
    let (written, against) = (one.format("%Y%m%d").to_string(), other.format("%Y%m%d").to_string());
    let off: Vec<(char, char)> = written.chars().zip(against.chars()).filter(|(one, other)| one != other).collect();
    let swapped = matches!(off.as_slice(), [(a, b), (c, d)] if a == d && b == c);
    Some(if off.len() == 1 || swapped { 0.8 } else { 0.0 })
}

/// Returns whether two lists have something in common; nothing when one says nothing.
fn in_common<T>(one: &[T], other: &[T], key: impl Fn(&T) -> String) -> Option<bool> {
    let keys = |list: &[T]| list.iter().map(&key).filter(|key| !key.is_empty()).collect::<Vec<_>>();
    let (mine, theirs) = (keys(one), keys(other));
    (!mine.is_empty() && !theirs.is_empty()).then(|| mine.iter().any(|key| theirs.contains(key)))
}

/// Returns the digits of a phone without the North American country code.
fn phone_key(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    digits.strip_prefix('1').filter(|rest| rest.len() == 10).map(str::to_owned).unwrap_or(digits)
}

/// Returns a text in lower case without spaces, and without punctuation where that is only decoration.
fn plain(text: &str, letters_only: bool) -> String {
    let kept = text.chars().filter(|letter| letter.is_alphanumeric() || (!letters_only && !letter.is_whitespace()));
    kept.flat_map(char::to_lowercase).collect()
}

/// Returns an address as it is compared: five digits of the postal code and the street line with the abbreviations of
/// USPS Publication 28 for suffixes, directions and units, so that Street and St. are one.
fn home_key(home: &Home) -> String {
    let line: Vec<String> = fold::words(&home.line).map(|word| abbreviated(&word).to_owned()).collect();
    let zone: String = home.postal_code.chars().filter(|sign| sign.is_alphanumeric()).take(5).collect();
    if line.is_empty() { String::new() } else { format!("{} {zone}", line.join(" ")) }
}

fn abbreviated(word: &str) -> &str {
    const SHORT: [(&str, &str); 27] = [
        ("street", "st"),
        ("avenue", "ave"),
        ("av", "ave"),
        ("boulevard", "blvd"),
        ("road", "rd"),
        ("drive", "dr"),
        ("lane", "ln"),
        ("court", "ct"),
        ("circle", "cir"),
        ("place", "pl"),
        ("square", "sq"),
        ("terrace", "ter"),
        ("parkway", "pkwy"),
        ("highway", "hwy"),
        ("trail", "trl"),
        ("north", "n"),
        ("south", "s"),
        ("east", "e"),
        ("west", "w"),
        ("northeast", "ne"),
        ("northwest", "nw"),
        ("southeast", "se"),
        ("southwest", "sw"),
        ("apartment", "unit"),
        ("apt", "unit"),
        ("suite", "unit"),
        ("ste", "unit"),
    ];
    SHORT.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(given: &str, family: &str, kind: NameKind) -> PersonName {
        PersonName { family: family.to_owned(), given: given.split(' ').map(str::to_owned).collect(), kind }
    }

    fn home(line: &str, postal_code: &str) -> Vec<Home> {
        vec![Home { line: line.to_owned(), postal_code: postal_code.to_owned() }]
    }

    fn ana() -> Traits {
        Traits {
            names: vec![name("Ana", "García", NameKind::Legal)],
            date_of_birth: NaiveDate::from_ymd_opt(1970, 2, 3),
            sex: 'F',
            addresses: home("12 North Elm Street, Apt 4", "60613-1234"),
            phones: vec!["+13125550142".to_owned()],
            emails: vec!["ana@example.com".to_owned()],
            insurance_ids: vec!["XYZ-123".to_owned()],
        }
    }

    fn called(given: &str, family: &str) -> Traits {
        Traits { names: vec![name(given, family, NameKind::Legal)], ..ana() }
    }

    fn born(year: i32, month: u32, day: u32) -> Traits {
        Traits { date_of_birth: NaiveDate::from_ymd_opt(year, month, day), ..ana() }
    }

    fn bare(given: &str, family: &str) -> Traits {
        let known = Traits { addresses: vec![], phones: vec![], emails: vec![], insurance_ids: vec![], ..ana() };
        Traits { names: called(given, family).names, ..known }
    }

    /// Everything a stranger has that is not a name, a birth date or a sex.
    fn elsewhere(traits: Traits) -> Traits {
        Traits {
            addresses: home("9 Oak Rd", "10001"),
            phones: vec!["+12125550199".to_owned()],
            emails: vec!["x@example.com".to_owned()],
            insurance_ids: vec!["Q".to_owned()],
            ..traits
        }
    }

    #[test]
    fn the_same_person_is_known_again() {
        let maiden = Traits {
            names: vec![name("Ana", "Lopez", NameKind::Legal), name("Ana", "Garcia", NameKind::Previous)],
            ..ana()
        };
        for (what, other) in [
            ("herself", ana()),
            ("accents and case", called("ANA", "garcia")),
            ("nickname", called("Anita", "Garcia")),
            ("maiden name", maiden),
            ("moved", Traits { addresses: home("9 Oak Rd", "10001"), ..ana() }),
            ("another form", Traits { addresses: home("12 N. Elm St #4", "60613"), ..ana() }),
            ("another phone", Traits { phones: vec!["(312) 555-0142".to_owned()], ..ana() }),
            ("only name, birth and sex", bare("Ana", "Garcia")),
        ] {
            let likeness = compare(&ana(), &other);
            assert!(likeness.score >= SAME, "{what}: {likeness:?}");
        }
    }

    #[test]
    fn doubt_warns_and_never_blocks() {
        for (what, other) in [
            ("twin", called("Eva", "Garcia")),
            ("twin of a like name", called("Anja", "Garcia")),
            ("day and month swapped", born(1970, 3, 2)),
            ("one digit off", born(1978, 2, 3)),
            ("two digits swapped", born(1907, 2, 3)),
            ("typo", called("Ana", "Gracia")),
            ("typo in the given name", called("Anna", "Garcia")),
            ("one of two surnames", called("Ana", "Garcia Lopez")),
            ("maiden name not written down", called("Ana", "Lopez")),
            ("everything but name and birth differs", elsewhere(ana())),
            ("birth date unknown", Traits { date_of_birth: None, ..ana() }),
        ] {
            let likeness = compare(&ana(), &other);
            assert!((LIKELY..SAME).contains(&likeness.score), "{what}: {likeness:?}");
        }
    }

    #[test]
    fn others_pass_without_a_word() {
        let no_contacts = |traits: Traits| Traits { insurance_ids: vec![], emails: vec![], ..traits };
        let smith = |year, month| Traits { sex: 'M', ..no_contacts(born(year, month, 17)) };
        for (what, one, other) in [
            ("father and son of one name", smith(1940, 5), smith(1971, 8)),
            (
                "shared phone",
                ana(),
                Traits {
                    phones: ana().phones,
                    ..elsewhere(Traits { names: called("Bo", "Smith").names, ..born(1988, 7, 6) })
                },
            ),
            ("a household", ana(), Traits { names: called("Luis", "Garcia").names, sex: 'M', ..born(1999, 8, 9) }),
            ("one name, other birth", bare("Ana", "Garcia"), elsewhere(born(1999, 8, 9))),
            ("one birth date", bare("Ana", "Garcia"), bare("Jo", "Smith")),
            ("one surname and birth date", bare("Ana", "Garcia"), bare("Olivia", "Garcia")),
            (
                "one name and nothing else known",
                Traits { date_of_birth: None, ..bare("Ana", "Garcia") },
                bare("Ana", "Garcia"),
            ),
            ("nothing known", Traits::default(), Traits::default()),
        ] {
            let likeness = compare(&one, &other);
            assert!(likeness.score < LIKELY, "{what}: {likeness:?}");
        }
    }

    #[test]
    fn it_says_what_it_rests_on() {
        let likeness = compare(&ana(), &elsewhere(born(1970, 3, 2)));
        assert_eq!(likeness.agrees, ["administrative_sex", "family_name", "given_name"]);
        assert_eq!(likeness.differs, ["address", "phone", "email", "insurance", "date_of_birth"]);
    }

    #[test]
    fn records_of_one_person_share_a_key() {
        for other in
            [called("Ana", "Garzia"), elsewhere(ana()), Traits { date_of_birth: None, ..called("Al", "Lopez") }]
        {
            let keys = blocking_keys(&other);
            assert!(blocking_keys(&ana()).iter().any(|key| keys.contains(key)));
        }
        assert!(blocking_keys(&Traits::default()).is_empty());
    }

    fn any_traits() -> impl Strategy<Value = Traits> {
        let names = prop::collection::vec(("[A-Ca-c]{0,6}", "[A-Ca-cé -]{0,8}"), 0..3);
        let texts = || prop::collection::vec("[0-2a]{0,4}", 0..2);
        (names, prop::option::of(-9000i32..9000), "[FMU]", texts(), texts(), texts(), texts()).prop_map(|all| {
            let (names, days, sex, streets, phones, emails, insurance_ids) = all;
            Traits {
                names: names.iter().map(|(given, family)| name(given, family, NameKind::Legal)).collect(),
                date_of_birth: days.and_then(|days| NaiveDate::from_num_days_from_ce_opt(719_163 + days)),
                sex: sex.chars().next().unwrap_or('U'),
                addresses: streets.iter().flat_map(|street| home(street, "1")).collect(),
                phones,
                emails,
                insurance_ids,
            }
        })
    }

    proptest! {
        #[test]
        fn it_does_not_matter_who_is_asked(one in any_traits(), other in any_traits()) {
            let (there, back) = (compare(&one, &other), compare(&other, &one));
            prop_assert!((0.0..=1.0).contains(&there.score));
            prop_assert!((there.score - back.score).abs() < 1e-5, "{} {}", there.score, back.score);
        }
    }
}
