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
mod ready;
mod similar;

use bits::Bits;
use chrono::NaiveDate;
use dictionary::Dictionary;
use phones::Phones;
use std::collections::HashMap;
use uuid::Uuid;
use zeroize::Zeroize;

pub use ranking::MOST_HITS;
pub use ready::Ready;

/// No known birth date, among days counted from the common era.
const UNBORN: i32 = i32::MIN;
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
        let mut index = PeopleIndex::bulk();
        people.into_iter().for_each(|person| index.insert(Ready::of(person)));
        index.settle();
        index
    }

    /// Adds a person, or puts her in the place of the one with the same id.
    pub fn put(&mut self, person: Person) {
        self.insert(Ready::of(person));
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

    /// Begins an index of many people, which are found once it is settled.
    pub fn bulk() -> PeopleIndex {
        let mut index = PeopleIndex::default();
        index.dictionary = Dictionary::bulk();
        index
    }

    /// Ends the bulk of the people: from here on each new one is found at once.
    pub fn settle(&mut self) {
        self.dictionary.settle();
    }

    /// Adds a person who was made ready, or puts her in the place of the one with the same id.
    pub fn insert(&mut self, mut person: Ready) {
        self.retire(person.id);
        let slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        let first_token = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        for (text, name, place, kind) in person.words() {
            let word = self.dictionary.learn(text);
            self.tokens.push(Token { word, name, place, kind });
        }
        let tokens = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX) - first_token;
        self.slots.push(Slot { id: person.id, first_token, tokens });
        self.post_words(slot);
        self.births.push(person.born);
        self.records.push(person.record);
        self.orders.push(person.order);
        self.phones.push_digits(slot, std::mem::take(&mut person.phones).into());
        if !person.merged {
            self.shown.set(slot);
        }
        if person.deceased {
            self.deceased.set(slot);
        }
        self.by_id.insert(person.id, slot);
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

fn packed(text: &str) -> u128 {
    let padded = text.bytes().chain(std::iter::repeat(0)).take(16);
    padded.fold(0, |packed, byte| packed << 8 | u128::from(byte))
}

#[cfg(test)]
mod tests;
