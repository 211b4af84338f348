//! The search index: everybody's names, birth dates, phones and record numbers, in memory while the practice is open.
//!
//! It is built from the demographics compartment at unlock and wiped at lock, so nothing that helps to find a person
//! ever lies on disk. Names are kept as numbers of words in one dictionary; people are slots, which are only ever
//! added, so that every list of slots stays in order. A person who changes gets a new slot and the old one dies; when
//! too many are dead the slots are counted anew.

mod bits;
mod dictionary;
mod edits;
mod phones;
mod query;
mod ranking;
mod similar;

use crate::fold;
use crate::shapes::mrn;
use bits::Bits;
use chrono::{Datelike, NaiveDate};
use dictionary::Dictionary;
use phones::Phones;
use std::collections::HashMap;
use uuid::Uuid;
use zeroize::Zeroize;

pub use ranking::MOST_HITS;

/// No known birth date, among days counted from the common era.
const UNBORN: i32 = i32::MIN;
/// The most words kept of one person's names, which is as many as one machine word marks as used.
const MOST_WORDS: usize = 60;

/// What a name is to the person who bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// The name in the law and on claims.
    Legal,
    /// What the person wants to be called.
    Preferred,
    /// A name once borne, such as before a marriage.
    Previous,
}

/// One name of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName {
    /// The family name, all of it.
    pub family: String,
    /// The given names in their order.
    pub given: Vec<String>,
    /// What this name is to the person.
    pub kind: NameKind,
}

impl std::fmt::Debug for PersonName {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PersonName").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What the index is told about one person.
#[derive(Clone)]
pub struct Person {
    /// The patient's id.
    pub id: Uuid,
    /// The medical record number, as it is printed.
    pub mrn: String,
    /// Every name, the legal one first.
    pub names: Vec<PersonName>,
    /// The date of birth, if it is known.
    pub date_of_birth: Option<NaiveDate>,
    /// Every telephone number, in any form.
    pub phones: Vec<String>,
    /// The administrative sex, `F`, `M` or `U`.
    pub sex: char,
    /// Whether the person has died; the dead are listed after the living.
    pub deceased: bool,
    /// Whether the record was merged into another; such a one is kept but never shown.
    pub merged: bool,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Person").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Person {
    /// Overwrites what was told once it is in the index.
    fn wipe(&mut self) {
        self.mrn.zeroize();
        self.phones.zeroize();
        for name in &mut self.names {
            name.family.zeroize();
            name.given.zeroize();
        }
    }
}

/// One person found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The patient's id.
    pub id: Uuid,
    /// How well the person fits; more is better, and only the order means anything.
    pub score: u32,
    /// Whether every part of the query is a whole word, date or number of this person, with nothing guessed.
    pub exact: bool,
}

/// Where in a name a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Given,
    Family,
    /// Several words run together, as delacruz beside de la cruz.
    Joined,
}

/// One word of one name of a person.
#[derive(Debug, Clone, Copy)]
struct Token {
    word: u32,
    name: u8,
    place: Place,
    kind: NameKind,
}

/// One person, or one who was.
struct Slot {
    id: Uuid,
    first_token: u32,
    tokens: u32,
}

/// The index; see the module's description.
#[derive(Default)]
pub struct PeopleIndex {
    dictionary: Dictionary,
    tokens: Vec<Token>,
    slots: Vec<Slot>,
    births: Vec<i32>,
    records: Vec<u128>,
    orders: Vec<u128>,
    phones: Phones,
    shown: Bits,
    deceased: Bits,
    by_id: HashMap<Uuid, u32>,
}

impl PeopleIndex {
    /// Builds the index of many people; of two with one id the later counts.
    pub fn build(people: impl IntoIterator<Item = Person>) -> PeopleIndex {
        let mut index = PeopleIndex::default();
        index.dictionary = Dictionary::bulk();
        people.into_iter().for_each(|person| index.insert(person));
        index.dictionary.settle();
        index
    }

    /// Adds a person, or puts her in the place of the one with the same id.
    pub fn put(&mut self, person: Person) {
        self.insert(person);
        self.compact();
    }

    /// Forgets a person; nothing happens if there is none with this id.
    pub fn remove(&mut self, id: Uuid) {
        self.retire(id);
        self.compact();
    }

    /// Returns how many people are held, those merged into others included.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Returns whether nobody is held.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    fn insert(&mut self, mut person: Person) {
        self.retire(person.id);
        let slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        let first_token = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        for (name, number) in person.names.iter().zip(0u8..) {
            self.add_name(name, number, first_token);
        }
        let tokens = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX) - first_token;
        self.slots.push(Slot { id: person.id, first_token, tokens });
        self.post_words(slot);
        self.births.push(person.date_of_birth.map_or(UNBORN, |day| day.num_days_from_ce()));
        self.records.push(packed_record(&person.mrn));
        self.orders.push(person.names.first().map_or(0, sorting_key));
        self.phones.push(slot, &person.phones);
        if !person.merged {
            self.shown.set(slot);
        }
        if person.deceased {
            self.deceased.set(slot);
        }
        self.by_id.insert(person.id, slot);
        person.wipe();
    }

    /// Adds the words of one name, given names first, and those names that are written apart run together as well.
    fn add_name(&mut self, name: &PersonName, number: u8, first_token: u32) {
        let mut joined: Vec<String> = Vec::new();
        let parts = name.given.iter().map(|part| (part, Place::Given)).chain([(&name.family, Place::Family)]);
        for (part, place) in parts {
            let folded = fold::fold(part);
            let words = folded.split(' ').filter(|word| !word.is_empty());
            words.for_each(|word| self.add_word(word, number, place, name.kind, first_token));
            if folded.contains(' ') {
                joined.push(folded.replace(' ', ""));
            }
            // An apostrophe parts what somebody may type apart: O'Brien is found by brien too.
            if let Some((_, rest)) = part.split_once(['\'', '\u{2019}']).filter(|(head, _)| head.chars().count() <= 2) {
                joined.extend(fold::words(rest));
            }
        }
        if name.family.chars().any(fold::is_unspaced) {
            let given: String = name.given.iter().map(|part| fold::joined(part)).collect();
            joined.push(fold::joined(&name.family) + &given);
        }
        joined.iter().for_each(|word| self.add_word(word, number, Place::Joined, name.kind, first_token));
        joined.zeroize();
    }

    fn add_word(&mut self, word: &str, name: u8, place: Place, kind: NameKind, first_token: u32) {
        let first = usize::try_from(first_token).unwrap_or(usize::MAX);
        if self.tokens.len().saturating_sub(first) < MOST_WORDS {
            let word = self.dictionary.learn(word);
            self.tokens.push(Token { word, name, place, kind });
        }
    }

    fn post_words(&mut self, slot: u32) {
        let Some(Slot { first_token, tokens, .. }) = self.slots.get(at(slot)) else { return };
        let range = at(*first_token)..at(*first_token + *tokens);
        for token in self.tokens.get(range).unwrap_or_default() {
            self.dictionary.post(token.word, slot);
        }
    }

    /// Lets the slot of a person die.
    fn retire(&mut self, id: Uuid) {
        let Some(slot) = self.by_id.remove(&id) else { return };
        self.shown.clear(slot);
        self.deceased.clear(slot);
        self.phones.clear(at(slot));
        if let Some(birth) = self.births.get_mut(at(slot)) {
            *birth = UNBORN;
        }
        if let Some(record) = self.records.get_mut(at(slot)) {
            *record = 0;
        }
    }

    /// Counts the slots anew once a quarter of them, and more than a thousand, are dead.
    fn compact(&mut self) {
        let dead = self.slots.len() - self.by_id.len();
        if dead <= 1024 || dead * 4 < self.slots.len() {
            return;
        }
        let mut old = std::mem::take(self);
        self.dictionary = std::mem::take(&mut old.dictionary);
        self.dictionary.forget_postings();
        for (slot, place) in (0u32..).zip(0usize..).take(old.slots.len()) {
            let Some(person) = old.slots.get(place).filter(|person| old.by_id.get(&person.id) == Some(&slot)) else {
                continue;
            };
            let new = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
            let first_token = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
            self.tokens.extend_from_slice(old.tokens_of(slot));
            self.by_id.insert(person.id, new);
            self.slots.push(Slot { id: person.id, first_token, tokens: person.tokens });
            self.post_words(new);
            self.births.push(old.births.get(place).copied().unwrap_or(UNBORN));
            self.records.push(old.records.get(place).copied().unwrap_or(0));
            self.orders.push(old.orders.get(place).copied().unwrap_or(0));
            self.phones.push_digits(new, old.phones.take(place));
            if old.shown.has(slot) {
                self.shown.set(new);
            }
            if old.deceased.has(slot) {
                self.deceased.set(new);
            }
        }
    }

    fn tokens_of(&self, slot: u32) -> &[Token] {
        let Some(Slot { first_token, tokens, .. }) = self.slots.get(at(slot)) else { return &[] };
        self.tokens.get(at(*first_token)..at(*first_token + *tokens)).unwrap_or_default()
    }

    fn id_of(&self, slot: u32) -> Option<Uuid> {
        self.slots.get(at(slot)).map(|slot| slot.id)
    }
}

impl Drop for PeopleIndex {
    fn drop(&mut self) {
        self.dictionary.wipe();
        self.phones.wipe();
        self.tokens.iter_mut().for_each(|token| token.word = 0);
        self.births.zeroize();
        self.records.zeroize();
        self.orders.zeroize();
    }
}

impl std::fmt::Debug for PeopleIndex {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (people, words) = (self.len(), self.dictionary.len());
        out.debug_struct("PeopleIndex").field("people", &people).field("words", &words).finish()
    }
}

fn at(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Packs the first sixteen characters of a record number after its prefix, so that comparing beginnings is one shift.
fn packed_record(written: &str) -> u128 {
    let mut plain = mrn::plain(written);
    let packed = packed(plain.strip_prefix("MRN").unwrap_or(&plain));
    plain.zeroize();
    packed
}

fn packed(text: &str) -> u128 {
    let padded = text.bytes().chain(std::iter::repeat(0)).take(16);
    padded.fold(0, |packed, byte| packed << 8 | u128::from(byte))
}

/// Returns the beginning of family and given name, by which equally good hits are put in order.
fn sorting_key(name: &PersonName) -> u128 {
    let mut family = fold::fold(&name.family);
    let mut given = name.given.first().map(|given| fold::fold(given)).unwrap_or_default();
    let family_bytes = family.bytes().chain(std::iter::repeat(0)).take(9);
    let given_bytes = given.bytes().chain(std::iter::repeat(0)).take(7);
    let key = family_bytes.chain(given_bytes).fold(0, |key, byte| key << 8 | u128::from(byte));
    family.zeroize();
    given.zeroize();
    key
}

#[cfg(test)]
mod tests;
