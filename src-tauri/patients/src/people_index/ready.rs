//! A person made ready for the index: words folded, numbers packed. It needs no index, so that many can be made ready at
//! once on all cores.

use super::{NameKind, Person, PersonName, Place, UNBORN, packed, phones};
use crate::fold;
use crate::shapes::mrn;
use chrono::Datelike;
use uuid::Uuid;
use zeroize::Zeroize;

/// The most words kept of one person's names, which is as many as one machine word marks as used.
const MOST_WORDS: usize = 60;

/// A person made ready.
pub struct Ready {
    pub(super) id: Uuid,
    pub(super) born: i32,
    pub(super) record: u128,
    pub(super) order: u128,
    pub(super) phones: String,
    pub(super) deceased: bool,
    pub(super) merged: bool,
    text: String,
    words: Vec<Word>,
}

/// One word of one name: where it ends in the text.
struct Word {
    end: usize,
    name: u8,
    place: Place,
    kind: NameKind,
}

impl Ready {
    /// Makes a person ready.
    #[must_use]
    pub fn of(mut person: Person) -> Ready {
        let mut ready = Ready {
            id: person.id,
            born: person.date_of_birth.map_or(UNBORN, |day| day.num_days_from_ce()),
            record: packed_record(&person.mrn),
            order: person.names.first().map_or(0, sorting_key),
            phones: phones::digits(&person.phones),
            deceased: person.deceased,
            merged: person.merged,
            text: String::new(),
            words: Vec::new(),
        };
        for (name, number) in person.names.iter().zip(0u8..) {
            ready.add_name(name, number);
        }
        person.wipe();
        ready
    }

    /// Returns the patient's id.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// Returns the words, each with the number of its name, its place there and what that name is.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, u8, Place, NameKind)> {
        let starts = std::iter::once(0).chain(self.words.iter().map(|word| word.end));
        self.words
            .iter()
            .zip(starts)
            .map(|(word, start)| (self.text.get(start..word.end).unwrap_or_default(), word.name, word.place, word.kind))
    }

    /// Adds the words of one name, given names first, and those names that are written apart run together as well.
    fn add_name(&mut self, name: &PersonName, number: u8) {
        let mut joined: Vec<String> = Vec::new();
        let parts = name.given.iter().map(|part| (part, Place::Given)).chain([(&name.family, Place::Family)]);
        for (part, place) in parts {
            let folded = fold::fold(part);
            let words = folded.split(' ').filter(|word| !word.is_empty());
            words.for_each(|word| self.add_word(word, number, place, name.kind));
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
        joined.iter().for_each(|word| self.add_word(word, number, Place::Joined, name.kind));
        joined.zeroize();
    }

    fn add_word(&mut self, word: &str, name: u8, place: Place, kind: NameKind) {
        if self.words.len() < MOST_WORDS {
            self.text.push_str(word);
            self.words.push(Word { end: self.text.len(), name, place, kind });
        }
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        self.text.zeroize();
        self.phones.zeroize();
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

/// Packs the first sixteen characters of a record number after its prefix, so that comparing beginnings is one shift.
fn packed_record(written: &str) -> u128 {
    let mut plain = mrn::plain(written);
    let packed = packed(plain.strip_prefix("MRN").unwrap_or(&plain));
    plain.zeroize();
    packed
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
