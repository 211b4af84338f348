//! What the search finds, by a table of queries, and against a slow search that goes through the people one by one.

use super::dictionary::fit;
use super::edits::forgiven;
use super::*;
use crate::shapes::mrn;
use crate::{nicknames, phonetic};
use proptest::prelude::*;

pub(super) fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 11, 21).unwrap()
}

/// Makes a person of "Given Middle Family", whose record number follows from her number.
pub(super) fn person(number: u32, name: &str, date_of_birth: Option<NaiveDate>) -> Person {
    let mut words: Vec<String> = name.split(' ').map(|word| word.replace('_', " ")).collect();
    let family = words.pop().unwrap();
    Person {
        id: Uuid::from_u128(u128::from(number)),
        mrn: mrn::nth(2025, number).unwrap(),
        names: vec![PersonName { family, given: words, kind: NameKind::Legal }],
        date_of_birth,
        phones: vec![],
        sex: 'U',
        deceased: false,
        merged: false,
    }
}

fn practice() -> PeopleIndex {
    let mut people = vec![
        person(1, "John Smith", day(1970, 3, 4)),
        person(2, "Jonathan Smithson", day(1980, 1, 1)),
        person(3, "Robert James Smith", day(1955, 12, 25)),
        person(4, "María García-López", day(1970, 3, 4)),
        person(5, "Maria Garcia", day(1991, 7, 8)),
        person(6, "Margaret O'Brien", day(1948, 2, 29)),
        person(7, "José De_La_Cruz", day(2001, 9, 9)),
        person(8, "Thomas James", day(1966, 6, 6)),
        person(9, "James Thomas", day(1967, 7, 7)),
        person(10, "Katherine Nguyen", day(1999, 4, 30)),
        person(11, "小明 王", day(1985, 5, 5)),
        person(12, "Андрей Соколов", None),
        person(13, "Smith Johnson", None),
        person(14, "April May", day(1970, 4, 1)),
        person(15, "Zoë Müller-Weiß", None),
        person(16, "Ann Thompson", None),
        person(17, "Ann Thompson", None),
    ];
    people[0].phones = vec!["+13125550142".to_owned()];
    people[4].phones = vec!["+13120142777".to_owned(), "+17735551970".to_owned()];
    people[15].deceased = true;
    people[9].names.push(PersonName {
        family: "Tran".to_owned(),
        given: vec!["Kim".to_owned()],
        kind: NameKind::Previous,
    });
    PeopleIndex::build(people)
}

fn numbers(index: &PeopleIndex, query: &str) -> Vec<u128> {
    index.search(query, MOST_HITS, today()).iter().map(|hit| hit.id.as_u128()).collect()
}

/// What is typed, and who must come first.
const QUERIES: [(&str, &[u128]); 59] = [
    ("john smith", &[1]),
    ("smith john", &[1]),
    ("Smith, John", &[1]),
    ("jon sm", &[2, 1]),
    ("jo smi", &[1]),
    ("smith j", &[13, 1]),
    ("bob smith", &[3]),
    ("robert smith", &[3]),
    ("james smith", &[3]),
    ("smith 3/4/70", &[1]),
    ("garcia 3/4/70", &[4]),
    ("garcia 1970", &[4, 5]),
    ("3/4/1970", &[4, 1]),
    ("1970-03-04 garcia", &[4]),
    ("mar 4, 1970 maria", &[4]),
    ("april 1970", &[14]),
    ("april may", &[14]),
    ("lopez maria", &[4]),
    ("garcialopez", &[4]),
    ("garcia lopez", &[4]),
    ("garcía", &[5, 4]),
    ("MARIA GARCIA", &[5, 4]),
    ("gacria", &[5, 4]),
    ("obrien", &[6]),
    ("o'brien", &[6]),
    ("o brien", &[6]),
    ("brien", &[6]),
    ("peggy o'brien", &[6]),
    ("o'brian", &[6]),
    ("2/29/48", &[6]),
    ("pepe cruz", &[7]),
    ("delacruz", &[7]),
    ("de la cruz jose", &[7]),
    ("james thomas", &[9, 8]),
    ("thomas james", &[8, 9]),
    ("thomas", &[9, 8]),
    ("kathryn nguyen", &[10]),
    ("nguyin", &[10]),
    ("cathy nguyen", &[10]),
    ("kim tran", &[10]),
    ("katherine tran", &[10]),
    ("王小明", &[11]),
    ("王", &[11]),
    ("小明", &[11]),
    ("андрей", &[12]),
    ("сокол", &[12]),
    ("muller", &[15]),
    ("weiss zoe", &[15]),
    ("thompson", &[17, 16]),
    ("tompson ann", &[17, 16]),
    ("thompsno", &[17, 16]),
    ("0142", &[1, 5]),
    ("555-0142", &[1]),
    ("(312) 555-0142", &[1]),
    ("312 555 0142", &[1]),
    ("smith 0142", &[1]),
    ("13125550142", &[1]),
    ("1970", &[4, 14, 1, 5]),
    ("smyth", &[1, 3]),
];

#[test]
fn queries_find_whom_they_mean_first() {
    let index = practice();
    for (query, first) in QUERIES {
        let found = numbers(&index, query);
        assert_eq!(found.get(..first.len()), Some(first), "{query}: {found:?}");
    }
    for query in ["", " ", "xq", "12", "/", "smith 1/1/99", "garcia garcia garcia nobody", "9999"] {
        assert_eq!(numbers(&index, query), [], "{query}");
    }
}

#[test]
fn record_numbers_find_one_person() {
    let index = practice();
    for (number, lead) in [(1, "MRN-"), (8, "mrn"), (3, ""), (12, "MRN ")] {
        let whole = mrn::nth(2025, number).unwrap().replacen("MRN-", lead, 1);
        let misread = whole.to_lowercase().replace('0', "o").replace('1', "l");
        let tail = whole[whole.len() - 5..].to_owned();
        for query in [whole.clone(), misread, tail] {
            assert_eq!(numbers(&index, &query).first(), Some(&u128::from(number)), "{query}");
        }
        assert!(index.search(&whole, 9, today())[0].exact);
        assert!(numbers(&index, &whole[..whole.len() - 2]).contains(&u128::from(number)), "{whole}");
    }
}

#[test]
fn only_what_is_whole_and_certain_is_exact() {
    let index = practice();
    for (query, exact) in [
        ("john smith", true),
        ("smith 3/4/70", true),
        ("jon smith", false),
        ("jo smith", false),
        ("smith 1970", false),
        ("smith 0142", false),
        ("smith 3125550142", true),
    ] {
        assert_eq!(index.search(query, 1, today())[0].exact, exact, "{query}");
    }
}

#[test]
fn the_merged_are_hidden_and_the_gone_are_gone() {
    let mut index = practice();
    let mut merged = person(1, "John Smith", day(1970, 3, 4));
    merged.merged = true;
    index.put(merged);
    assert!(!numbers(&index, "john smith").contains(&1));
    assert_eq!(index.len(), 17);
    index.put(person(1, "Joan Archer", None));
    assert_eq!(numbers(&index, "joan archer"), [1]);
    assert!(!numbers(&index, "0142").contains(&1));
    index.remove(Uuid::from_u128(1));
    index.remove(Uuid::from_u128(1));
    assert_eq!(numbers(&index, "joan archer"), []);
    assert_eq!((index.len(), index.is_empty()), (16, false));
}

#[test]
fn many_changes_leave_the_index_as_a_fresh_one() {
    let mut index = PeopleIndex::default();
    for round in 0..60u32 {
        for number in 0..50 {
            index.put(person(
                number,
                &format!("Ann{} Baker{}", "x".repeat(at(round % 7)), number % 9),
                day(1970, 1, 1),
            ));
        }
    }
    assert!(index.slots.len() < 2000, "{}", index.slots.len());
    let fresh = (0..50).map(|number| person(number, &format!("Ann{} Baker{}", "xxx", number % 9), day(1970, 1, 1)));
    let fresh = PeopleIndex::build(fresh);
    for query in ["ann", "annxxx baker3", "baker4", "1/1/70", "MRN-2025", "bakre1"] {
        assert_eq!(index.search(query, 50, today()), fresh.search(query, 50, today()), "{query}");
    }
}

#[test]
fn nothing_of_a_person_shows_in_debug_output() {
    let someone = person(1, "Canary Featherstone", day(1970, 3, 4));
    let shown = format!("{someone:?} {:?} {:?}", someone.names, PeopleIndex::build([someone.clone()]));
    for secret in ["Canary", "canary", "Feather", "1970", "MRN"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

/// How well a typed word fits a word, decided without any index.
fn plain_fit(typed: &str, word: &str, family: bool) -> u8 {
    let letters = typed.chars().count();
    let slips = strsim::osa_distance(typed, word);
    if typed == word {
        fit::EXACT
    } else if word.starts_with(typed) {
        fit::PREFIX
    } else if nicknames::together(typed, word) {
        if family { 0 } else { fit::NICKNAME }
    } else if letters >= 3 && phonetic::sound_alike(typed, word) && dictionary::sounds_like(typed, word) {
        fit::SOUND
    } else if slips <= usize::from(forgiven(letters)) {
        if slips == 1 { fit::ONE_SLIP } else { fit::TWO_SLIPS }
    } else {
        let longest = word.chars().count().min(letters + 1);
        let starts = (letters.saturating_sub(1)..=longest)
            .any(|length| strsim::osa_distance(typed, &word.chars().take(length).collect::<String>()) <= 1);
        if letters >= 5 && starts && typed.chars().next() == word.chars().next() { fit::SLIP_AT_START } else { 0 }
    }
}

const GIVEN: [&str; 12] =
    ["ana", "anna", "maria", "mary", "robert", "bob", "jose", "pepe", "jon", "john", "katherine", "kate"];
const FAMILY: [&str; 10] =
    ["smith", "smyth", "garcia", "gracia", "baker", "parker", "hernandez", "robert", "lopez", "johnson"];

fn any_person(number: u32) -> impl Strategy<Value = Person> {
    let given = prop::collection::vec(prop::sample::select(&GIVEN[..]), 1..3);
    let flags = (any::<bool>(), prop::bool::weighted(0.1));
    (given, prop::sample::select(&FAMILY[..]), prop::option::of(0u32..3), flags).prop_map(
        move |(given, family, birth, flags)| {
            let birth = birth.and_then(|days| day(1970, 3, 1 + days));
            let mut person = person(number, &format!("{} {family}", given.join(" ")), birth);
            (person.deceased, person.merged) = flags;
            person
        },
    )
}

fn any_practice() -> impl Strategy<Value = Vec<Person>> {
    (1u32..30).prop_flat_map(|count| (0..count).map(any_person).collect::<Vec<_>>())
}

fn any_word() -> impl Strategy<Value = String> {
    let known = prop::sample::select([&GIVEN[..], &FAMILY[..]].concat());
    (known, 0usize..10, 0usize..4).prop_map(|(word, place, change)| {
        let mut letters: Vec<char> = word.chars().collect();
        let place = place % letters.len();
        match change {
            0 => letters.truncate(place + 1),
            1 => letters[place] = 'x',
            2 if place > 0 => letters.swap(place - 1, place),
            _ => {}
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// One word finds exactly the people whom going through them one by one finds, and none who fits less comes first.
    #[test]
    fn one_word_finds_whom_a_slow_search_finds(people in any_practice(), word in any_word()) {
        let index = PeopleIndex::build(people.clone());
        let fits = |person: &Person| {
            let name = &person.names[0];
            let words = name.given.iter().map(|given| (given, false)).chain([(&name.family, true)]);
            words.map(|(name, family)| plain_fit(&word, name, family)).max().unwrap()
        };
        let mut expected: Vec<Uuid> =
            people.iter().filter(|person| !person.merged && fits(person) > 0).map(|person| person.id).collect();
        let found = index.search(&word, 50, today());
        let found_fits: Vec<(u8, bool)> = found.iter().map(|hit| {
            let person = people.iter().find(|person| person.id == hit.id).unwrap();
            (fits(person), !person.deceased)
        }).collect();
        prop_assert!(found_fits.windows(2).all(|pair| pair[0] >= pair[1]), "{} {:?}", word, found_fits);
        let mut ids: Vec<Uuid> = found.iter().map(|hit| hit.id).collect();
        ids.sort();
        expected.sort();
        prop_assert_eq!(ids, expected);
    }

    /// Two words and a date find exactly those who have both words and were born that day.
    #[test]
    fn every_part_must_fit(
        people in any_practice(), words in [any_word(), any_word()], birth in prop::option::of(0u32..3),
    ) {
        let index = PeopleIndex::build(people.clone());
        let birth = birth.and_then(|days| day(1970, 3, 1 + days));
        let typed = birth.map(|birth| birth.format(" %m/%d/%y").to_string()).unwrap_or_default();
        let found = index.search(&format!("{} {}{typed}", words[0], words[1]), 50, today());
        for person in &people {
            let fits = |word: &String| {
                let given = person.names[0].given.iter().map(|given| plain_fit(word, given, false));
                given.chain([plain_fit(word, &person.names[0].family, true)]).any(|fit| fit > 0)
            };
            let born = birth.is_none() || birth == person.date_of_birth;
            let expected = !person.merged && words.iter().all(fits) && born;
            prop_assert_eq!(found.iter().any(|hit| hit.id == person.id), expected, "{:?}", person.names[0].given);
        }
    }

    /// However the index came to hold its people, it finds the same.
    #[test]
    fn changing_is_the_same_as_building(before in any_practice(), after in any_practice(), word in any_word()) {
        let mut index = PeopleIndex::build(before.clone());
        for person in after.iter().rev() {
            index.put(person.clone());
        }
        for person in before.iter().filter(|old| !after.iter().any(|new| new.id == old.id)) {
            index.remove(person.id);
        }
        prop_assert_eq!(index.search(&word, 50, today()), PeopleIndex::build(after).search(&word, 50, today()));
    }

    /// A smaller limit gives the beginning of a larger one.
    #[test]
    fn the_best_are_kept(people in any_practice(), word in any_word(), limit in 0usize..10) {
        let index = PeopleIndex::build(people);
        let all = index.search(&word, 50, today());
        prop_assert_eq!(index.search(&word, limit, today()), all.into_iter().take(limit).collect::<Vec<_>>());
    }

    #[test]
    fn no_query_makes_it_panic(query in "\\PC{0,40}", pieces in "(smith|3/4/70|0142| |,|feb|mrn|-|1970|o ){0,8}") {
        let index = practice();
        for query in [query, pieces] {
            prop_assert!(index.search(&query, 999, today()).len() <= MOST_HITS);
        }
    }
}
