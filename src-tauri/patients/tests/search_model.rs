//! Search against a plain scan: whoever must be found by what was typed is found, whatever became of the register
//! meanwhile, and nobody who is gone.
//!
//! The scan knows nothing of nicknames, sounds or slips; it says who must be found, and the index may show more people.
//! `PROPTEST_CASES` asks for more cases than a usual run; what fails leaves its seed beside this file.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use chrono::{Datelike as _, Days, NaiveDate};
use keepwell_patients::fold::{fold, words};
use keepwell_patients::people_index::{NameKind, PeopleIndex, Person, PersonName};
use keepwell_patients::shapes::mrn;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::FileFailurePersistence;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// No more people than a search shows, so that nobody who must be found may be left out for want of room.
const PEOPLE: u32 = 40;
const HITS: usize = 50;

const GIVEN: [&str; 22] = [
    "Ana",
    "Anna",
    "Mary-Jane",
    "María José",
    "Jo",
    "Joseph",
    "Siobhán",
    "Zoë",
    "Đức",
    "Nguyễn",
    "Mei Ling",
    "April",
    "May",
    "Telma",
    "J.",
    "Chloë-Anne",
    "小明",
    "Андрей",
    "Søren",
    "İbrahim",
    "Mohammed",
    "De'Andre",
];
const FAMILY: [&str; 24] = [
    "Smith",
    "Smithson",
    "O'Brien",
    "O’Connor",
    "García-López",
    "De La Cruz",
    "van der Berg",
    "Müller",
    "Groß",
    "Łukasz",
    "Nguyễn",
    "王",
    "Соколов",
    "Dobson",
    "Tellez",
    "Mrna",
    "March",
    "St. John",
    "D'Angelo",
    "Kealoha ʻŌpio",
    "Ng",
    "Octavia",
    "Fernández de Córdoba",
    "ＳＭＩＴＨ",
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

// ---- What is done to the register ----

#[derive(Debug, Clone)]
enum Step {
    /// Registered, or corrected where the number is taken.
    Put(Told),
    Remove(u32),
    /// Merged into another record, or taken back.
    Merge(u32, bool),
    /// One record is corrected so often that the index counts its slots anew.
    Churn(Told),
    /// The session begins again.
    Rebuild,
}

#[derive(Debug, Clone)]
struct Told {
    number: u32,
    names: Vec<(usize, usize, usize)>,
    born: Option<u64>,
    phones: Vec<u32>,
    deceased: bool,
}

fn id(number: u32) -> Uuid {
    Uuid::from_u128(u128::from(number) + 1)
}

impl Told {
    fn person(&self) -> Person {
        let kinds = [NameKind::Legal, NameKind::Preferred, NameKind::Previous];
        let name = |(at, (given, second, family)): (usize, &(usize, usize, usize))| {
            let second = GIVEN.get(*second).copied();
            let given = std::iter::once(GIVEN[*given]).chain(second).map(str::to_owned).collect();
            PersonName { family: FAMILY[*family].to_owned(), given, kind: kinds[at] }
        };
        let first = NaiveDate::from_ymd_opt(1930, 1, 1).unwrap();
        Person {
            id: id(self.number),
            mrn: mrn::nth(2026, self.number).unwrap(),
            names: self.names.iter().enumerate().map(name).collect(),
            date_of_birth: self.born.map(|days| first + Days::new(days)),
            phones: self.phones.iter().map(|tail| format!("+1312555{tail:04}")).collect(),
            sex: 'U',
            deceased: self.deceased,
            merged: false,
        }
    }
}

prop_compose! {
    fn told()(
        number in 0..PEOPLE,
        // The second given name may be beyond the list: then there is none.
        names in prop::collection::vec((0..GIVEN.len(), 0..2 * GIVEN.len(), 0..FAMILY.len()), 1..4),
        born in prop::option::weighted(0.9, prop_oneof![0u64..200, 0u64..35_000]),
        phones in prop::collection::vec(prop_oneof![0u32..9999, 1930u32..2026], 0..3),
        deceased in prop::bool::weighted(0.1),
    ) -> Told {
        Told { number, names, born, phones, deceased }
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        60 => told().prop_map(Step::Put),
        8 => (0..PEOPLE).prop_map(Step::Remove),
        8 => (0..PEOPLE, prop::bool::weighted(0.7)).prop_map(|(number, merged)| Step::Merge(number, merged)),
        1 => told().prop_map(Step::Churn),
        2 => Just(Step::Rebuild),
    ];
    prop::collection::vec(step, 1..60)
}

#[derive(Default)]
struct Register {
    index: PeopleIndex,
    people: BTreeMap<u32, Person>,
}

impl Register {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Put(told) => {
                self.people.insert(told.number, told.person());
                self.index.put(told.person());
            }
            Step::Remove(number) => {
                self.people.remove(number);
                self.index.remove(id(*number));
            }
            Step::Merge(number, merged) => {
                if let Some(person) = self.people.get_mut(number) {
                    person.merged = *merged;
                    self.index.put(person.clone());
                }
            }
            Step::Churn(told) => {
                (0..1100).for_each(|_| self.index.put(told.person()));
                self.people.insert(told.number, told.person());
            }
            Step::Rebuild => self.index = PeopleIndex::build(self.people.values().cloned()),
        }
        assert_eq!(self.index.len(), self.people.len());
    }

    fn found(&self, query: &str) -> BTreeSet<Uuid> {
        self.index.search(query, HITS, today()).into_iter().map(|hit| hit.id).collect()
    }

    /// Holds a query to the scan: everybody who must be found is, and nobody is who is gone. Returns how many are found
    /// beyond those who must be.
    fn holds(&self, query: &str, must: impl Fn(&Person) -> bool) -> usize {
        let mut found = self.found(query);
        for person in self.people.values().filter(|person| !person.merged) {
            let is_found = found.remove(&person.id);
            assert!(is_found || !must(person), "{query:?} does not find {:?}", spelled(person));
        }
        assert!(found.is_empty(), "{query:?} finds somebody who is gone or merged");
        let more = |person: &&Person| !person.merged && !must(person);
        let more: BTreeSet<Uuid> = self.people.values().filter(more).map(|person| person.id).collect();
        self.found(query).intersection(&more).count()
    }

    /// Holds a query to the scan in both directions.
    fn holds_exactly(&self, query: &str, must: impl Fn(&Person) -> bool) {
        assert_eq!(self.holds(query, must), 0, "{query:?} finds somebody whom it does not name");
    }
}

fn spelled(person: &Person) -> Vec<String> {
    person.names.iter().map(|name| format!("{} {}", name.given.join(" "), name.family)).collect()
}

fn words_of(name: &PersonName) -> Vec<String> {
    name.given.iter().chain([&name.family]).flat_map(|part| words(part)).collect()
}

// ---- What is typed ----

/// How one word is typed: which, how much of it, and in which case or with which accents.
#[derive(Debug, Clone)]
struct Typing {
    word: Index,
    letters: Index,
    whole: bool,
    form: u8,
}

fn typing() -> impl Strategy<Value = Typing> {
    (any::<Index>(), any::<Index>(), any::<bool>(), 0u8..4).prop_map(|(word, letters, whole, form)| Typing {
        word,
        letters,
        whole,
        form,
    })
}

/// Types one of the words left, and takes it away.
fn typed(typing: &Typing, words: &mut Vec<String>) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let word = words.remove(typing.word.index(words.len()));
    let letters: Vec<char> = word.chars().collect();
    let length = if typing.whole { letters.len() } else { 1 + typing.letters.index(letters.len()) };
    let part: String = letters[..length].iter().collect();
    Some(match typing.form {
        0 => part.to_uppercase(),
        1 => part.replace('a', "á").replace('o', "ö").replace('n', "ñ"),
        2 => part.replace('e', "e\u{301}"),
        _ => part,
    })
}

/// Says whether each typed word begins a word of its own within one name of a person.
fn bears(person: &Person, typed: &[String]) -> bool {
    fn fits(typed: &[String], words: &mut Vec<String>) -> bool {
        let Some((first, rest)) = typed.split_first() else { return true };
        (0..words.len()).any(|at| {
            words[at].starts_with(first.as_str()) && {
                let word = words.remove(at);
                let all = fits(rest, words);
                words.insert(at, word);
                all
            }
        })
    }
    let folded: Vec<String> = typed.iter().map(|word| fold(word)).collect();
    person.names.iter().any(|name| fits(&folded, &mut words_of(name)))
}

fn born_on(day: NaiveDate) -> impl Fn(&Person) -> bool {
    move |person| person.date_of_birth == Some(day)
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn has_digits(person: &Person, run: &str) -> bool {
    person.phones.iter().any(|phone| digits(phone).contains(run))
}

fn names_are_found(register: &Register, person: &Person, typings: &[Typing]) {
    for name in &person.names {
        let mut left = words_of(name);
        let query: Vec<String> = typings.iter().filter_map(|typing| typed(typing, &mut left)).collect();
        for count in 1..=query.len() {
            register.holds(&query[..count].join(" "), |person| bears(person, &query[..count]));
        }
        // As it is written, and as on a list.
        let whole = format!("{} {}", name.given.join(" "), name.family);
        let list = format!("{}, {}", name.family, name.given.join(" "));
        for query in [whole, list] {
            register.holds(&query, |other| other.id == person.id && words(&query).count() <= 6);
        }
        if let (Some(born), Some(first)) = (person.date_of_birth, query.first()) {
            let both = |other: &Person| born_on(born)(other) && bears(other, std::slice::from_ref(first));
            register.holds(&format!("{first} {}", born.format("%m/%d/%Y")), both);
            register.holds(&format!("{} {first}", born.format("%Y-%m-%d")), both);
        }
    }
}

fn dates_are_found(register: &Register, day: NaiveDate) {
    let plain = day.format("%Y%m%d").to_string();
    let exactly = |person: &Person| born_on(day)(person) || has_digits(person, &plain);
    register.holds_exactly(&day.format("%Y-%m-%d").to_string(), exactly);
    for form in ["%m/%d/%Y", "%-m/%-d/%Y", "%m-%d-%Y", "%d %b %Y", "%B %-d, %Y", "%b %-d %Y", "%m.%d.%Y", "DOB: %D"] {
        let recent = today().year() - day.year() < 95;
        if recent || form != "DOB: %D" {
            register.holds(&day.format(form).to_string(), born_on(day));
        }
    }
    register.holds(&day.format("%B %Y").to_string(), |person| {
        person.date_of_birth.is_some_and(|born| (born.year(), born.month()) == (day.year(), day.month()))
    });
    register.holds(&day.format("%Y").to_string(), |person| {
        person.date_of_birth.is_some_and(|born| born.year() == day.year())
    });
}

fn numbers_are_found(register: &Register, person: &Person, at: Index) {
    let own = |other: &Person| other.id == person.id;
    for query in [
        person.mrn.clone(),
        person.mrn.to_lowercase(),
        person.mrn.replace('-', ""),
        person.mrn.replace("MRN-", ""),
        person.mrn.replace('0', "O").replace('1', "l"),
        format!("MRN: {}", &person.mrn[4..]),
        person.mrn[person.mrn.len() - 5..].to_owned(),
    ] {
        register.holds(&query, own);
    }
    for phone in &person.phones {
        let all = digits(phone);
        let local = &all[1..];
        let (area, exchange, line) = (&local[..3], &local[3..6], &local[6..]);
        for form in [
            format!("({area}) {exchange}-{line}"),
            format!("{area} {exchange} {line}"),
            format!("{area}.{exchange}.{line}"),
            phone.clone(),
            format!("1-{area}-{exchange}-{line}"),
            format!("tel: {area}-{exchange}-{line}"),
        ] {
            register.holds(&form, |person| has_digits(person, local));
        }
        register.holds_exactly(phone, |person| has_digits(person, local));
        let from = at.index(local.len() - 4);
        for run in [line, &local[from..from + 4], &local[from..]] {
            register.holds(run, |person| has_digits(person, run));
        }
        let word = words(&person.names[0].family).next().unwrap();
        let both = |other: &Person| has_digits(other, line) && bears(other, std::slice::from_ref(&word));
        register.holds(&format!("{word} {line}"), both);
    }
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.div_ceil(2),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..usual
    }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn search_finds_whom_a_scan_finds_and_nobody_who_is_gone(
        steps in steps(), typings in prop::collection::vec(typing(), 3), at in any::<Index>(), who in any::<[Index; 3]>(),
    ) {
        let mut register = Register::default();
        steps.iter().for_each(|step| register.step(step));
        let people: Vec<Person> = register.people.values().cloned().collect();
        for who in who.iter().filter(|_| !people.is_empty()) {
            let person = &people[who.index(people.len())];
            names_are_found(&register, person, &typings);
            person.date_of_birth.into_iter().for_each(|day| dates_are_found(&register, day));
            numbers_are_found(&register, person, at);
        }
        // Those who are gone are gone by every name and number they had.
        let once = steps.iter().filter_map(|step| if let Step::Put(told) = step { Some(told) } else { None });
        for person in once.filter(|told| !register.people.contains_key(&told.number)).map(Told::person) {
            for query in spelled(&person).into_iter().chain([person.mrn.clone()]).chain(person.phones.clone()) {
                register.holds(&query, |_| false);
            }
        }
    }
}
