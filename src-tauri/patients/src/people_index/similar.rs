//! Who could be taken for whom: the warning on two charts of one name, and the people worth comparing before another
//! record is made.

use super::dictionary::{Dictionary, sounds_like};
use super::edits::Ruler;
use super::{PeopleIndex, Place, Token, UNBORN, at};
use crate::likeness::Traits;
use crate::{fold, nicknames};
use chrono::Datelike;
use std::collections::HashMap;
use uuid::Uuid;

/// The most people offered for a comparison; the best founded first.
const MOST_CANDIDATES: usize = 200;

/// What was found out already: hits of one search share their surnames, and bearers of one surname their given names.
#[derive(Default)]
struct Known {
    /// The words that each surname may be taken for.
    surnames: HashMap<u32, Vec<u32>>,
    /// For each word of the dictionary, whether it is like one of the given names at hand; and the words that are known.
    given: Vec<Option<bool>>,
    asked: Vec<u32>,
}

impl Known {
    /// Forgets the given names, before the next person's.
    fn next_person(&mut self, words: usize) {
        self.given.resize(words, None);
        for word in self.asked.drain(..) {
            if let Some(answer) = self.given.get_mut(at(word)) {
                *answer = None;
            }
        }
    }
}

impl PeopleIndex {
    /// Returns for each of these people whether another person has a surname that sounds the same together with a
    /// similar given name or the same date of birth.
    pub fn similar_names(&self, ids: &[Uuid]) -> Vec<bool> {
        let mut known = Known::default();
        ids.iter().map(|id| !self.similar(*id, 1, &mut known).is_empty()).collect()
    }

    /// Returns the people whose name could be taken for this person's, at most so many.
    pub fn similar_people(&self, id: Uuid, at_most: usize) -> Vec<Uuid> {
        self.similar(id, at_most, &mut Known::default())
    }

    fn similar(&self, id: Uuid, at_most: usize, known: &mut Known) -> Vec<Uuid> {
        let Some(slot) = self.by_id.get(&id).copied() else { return Vec::new() };
        let own = self.tokens_of(slot);
        let birth = self.births.get(at(slot)).copied().filter(|birth| *birth != UNBORN);
        let mut given: Vec<Given<'_>> = first_given(own).map(|word| Given::of(self, word)).collect();
        let mut similar = Vec::new();
        known.next_person(self.dictionary.len());
        let Known { surnames, given: likes, asked } = known;
        for family in families(own) {
            let alike = surnames.entry(family).or_insert_with(|| self.same_surname(self.dictionary.text(family)));
            for word in alike.iter().copied() {
                for other in self.dictionary.postings(word).iter().copied() {
                    if similar.len() >= at_most {
                        return similar;
                    }
                    if other == slot || !self.shown.has(other) {
                        continue;
                    }
                    let tokens = self.tokens_of(other);
                    let is_family = tokens.iter().any(|token| token.word == word && token.place == Place::Family);
                    let born_alike = birth.is_some() && birth == self.births.get(at(other)).copied();
                    let mut named_alike = || {
                        first_given(tokens).any(|theirs| {
                            let Some(answer) = likes.get_mut(at(theirs)) else { return false };
                            *answer.get_or_insert_with(|| {
                                asked.push(theirs);
                                given.iter_mut().any(|mine| mine.is_like(theirs))
                            })
                        })
                    };
                    let found = is_family && (born_alike || named_alike());
                    similar.extend(self.id_of(other).filter(|id| found && !similar.contains(id)));
                }
            }
        }
        similar
    }

    /// Returns the people who share a birth date, a telephone number, or the sound of a surname and an initial with
    /// what is about to be written down; those with more in common first, at most two hundred.
    ///
    /// Insurance numbers and e-mail addresses are not held here, so sharing only those is for the caller to find.
    pub fn candidates(&self, traits: &Traits) -> Vec<Uuid> {
        let mut reasons: HashMap<u32, u32> = HashMap::new();
        if let Some(day) = traits.date_of_birth {
            let born = (0u32..).zip(&self.births).filter(|(_, birth)| **birth == day.num_days_from_ce());
            born.for_each(|(slot, _)| *reasons.entry(slot).or_default() += 2);
        }
        for phone in &traits.phones {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
            if national.len() >= 7 {
                self.phones.find(national).for_each(|(slot, _)| *reasons.entry(slot).or_default() += 1);
            }
        }
        for name in &traits.names {
            let initials: Vec<char> = initials(&name.given);
            let joined = fold::joined(&name.family);
            for family in fold::words(&name.family).chain([joined]) {
                for slot in self.with_surname_and_initial(&family, &initials) {
                    *reasons.entry(slot).or_default() += 1;
                }
            }
        }
        let mut ranked: Vec<(u32, u32)> = reasons.into_iter().filter(|(slot, _)| self.shown.has(*slot)).collect();
        ranked.sort_unstable_by_key(|(slot, reasons)| (std::cmp::Reverse(*reasons), *slot));
        ranked.iter().take(MOST_CANDIDATES).filter_map(|(slot, _)| self.id_of(*slot)).collect()
    }

    fn with_surname_and_initial(&self, family: &str, initials: &[char]) -> Vec<u32> {
        let mut slots: Vec<u32> = Vec::new();
        for word in self.same_surname(family) {
            slots.extend(self.dictionary.postings(word).iter().copied().filter(|slot| {
                let tokens = self.tokens_of(*slot);
                let is_family = tokens.iter().any(|token| token.word == word && token.place != Place::Given);
                is_family && first_given(tokens).any(|given| self.begins_with(given, initials))
            }));
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    fn begins_with(&self, word: u32, initials: &[char]) -> bool {
        self.dictionary.text(word).chars().next().is_some_and(|first| initials.contains(&first))
    }

    /// Returns the word itself and the words that sound like it and are spelled enough alike.
    fn same_surname(&self, family: &str) -> Vec<u32> {
        let alike = self.dictionary.sounding(family).filter(|word| sounds_like(family, self.dictionary.text(*word)));
        let mut words: Vec<u32> = alike.chain(self.dictionary.find(family)).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// A given name made ready to be compared with many others.
struct Given<'i> {
    dictionary: &'i Dictionary,
    word: u32,
    forms: Vec<u32>,
    ruler: Ruler,
}

impl<'i> Given<'i> {
    fn of(index: &'i PeopleIndex, word: u32) -> Self {
        let dictionary = &index.dictionary;
        let text = dictionary.text(word);
        let forms = nicknames::others(text).filter_map(|form| dictionary.find(form)).collect();
        Self { dictionary, word, forms, ruler: Ruler::new(text) }
    }

    /// Returns whether two given names could be mistaken: the same, forms of one, sounding alike, or one slip apart.
    fn is_like(&mut self, other: u32) -> bool {
        self.word == other
            || self.forms.contains(&other)
            || self.dictionary.sound_alike(self.word, other)
            || self.dictionary.one_slip_apart(&mut self.ruler, self.word, other)
    }
}

/// Returns the words of the family names.
fn families(tokens: &[Token]) -> impl Iterator<Item = u32> {
    tokens.iter().filter(|token| token.place == Place::Family).map(|token| token.word)
}

/// Returns the first given name of each of a person's names.
fn first_given(tokens: &[Token]) -> impl Iterator<Item = u32> {
    let before = std::iter::once(None).chain(tokens.iter().map(|token| Some(token.name)));
    let first = tokens.iter().zip(before).filter(|(token, before)| Some(token.name) != *before);
    first.filter(|(token, _)| token.place == Place::Given).map(|(token, _)| token.word)
}

/// Returns the initials under which somebody may be written: of her first given name and of its other forms.
fn initials(given: &[String]) -> Vec<char> {
    let Some(first) = given.first().and_then(|given| fold::words(given).next()) else { return Vec::new() };
    let forms = nicknames::others(&first).filter_map(|form| form.chars().next());
    let mut initials: Vec<char> = first.chars().next().into_iter().chain(forms).collect();
    initials.sort_unstable();
    initials.dedup();
    initials
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people_index::tests::{day, person};
    use crate::people_index::{NameKind, PersonName};

    #[test]
    fn names_that_could_be_mistaken_are_told() {
        for (one, other, expected) in [
            (("Maria Garcia", None), ("Maria Garcia", None), true),
            (("Maria Garcia", None), ("Marie Garcia", None), true),
            (("Bob Smith", None), ("Robert Smyth", None), true),
            (("Jon Smith", None), ("John Smith", None), true),
            (("Emma Jones", day(1970, 2, 3)), ("Olivia Jones", day(1970, 2, 3)), true),
            (("Emma Jones", day(1970, 2, 3)), ("Olivia Jones", day(1970, 2, 4)), false),
            (("Emma Jones", None), ("Olivia Jones", None), false),
            (("Emma Jones", None), ("Emma Garcia", None), false),
            (("小明 王", None), ("小明 王", None), true),
            (("小明 王", None), ("大伟 王", None), false),
        ] {
            let people = [person(1, one.0, one.1), person(2, other.0, other.1)];
            let index = PeopleIndex::build(people.clone());
            let both = people.map(|person| person.id);
            assert_eq!(index.similar_names(&both), [expected; 2], "{} {}", one.0, other.0);
        }
    }

    #[test]
    fn a_merged_record_is_nobody_to_be_mistaken_for() {
        let mut people = [person(1, "Maria Garcia", None), person(2, "Maria Garcia", None)];
        people[1].merged = true;
        let index = PeopleIndex::build(people.clone());
        assert!(index.similar_people(people[0].id, 9).is_empty());
        assert!(index.candidates(&traits("Maria Garcia")) == [people[0].id]);
    }

    fn traits(name: &str) -> Traits {
        let (given, family) = name.split_once(' ').unwrap();
        let name = PersonName { family: family.to_owned(), given: vec![given.to_owned()], kind: NameKind::Legal };
        Traits { names: vec![name], ..Traits::default() }
    }

    #[test]
    fn people_worth_comparing_are_offered() {
        let mut shared = person(1, "Emma Stone", day(1970, 2, 3));
        shared.phones = vec!["+13125550142".to_owned()];
        let robert = person(2, "Robert O'Brien", None);
        let index = PeopleIndex::build([shared.clone(), robert.clone(), person(3, "Ana Lopez", day(1999, 1, 1))]);
        let born = Traits { date_of_birth: day(1970, 2, 3), ..traits("Nobody Else") };
        assert_eq!(index.candidates(&born), [shared.id]);
        let called = Traits { phones: vec!["(312) 555-0142".to_owned()], ..traits("Nobody Else") };
        assert_eq!(index.candidates(&called), [shared.id]);
        assert_eq!(index.candidates(&traits("Bob OBrian")), [robert.id]);
        assert!(index.candidates(&traits("Xavier OBrian")).is_empty());
    }
}
