//! The different words of all names, each once, and which of them a typed word may mean.
//!
//! A practice of a hundred thousand people has some tens of thousands of different words, so spelling mistakes are
//! looked for among the words and never among the people.

use super::bits::Bits;
use super::edits::{Ruler, forgiven};
use crate::{nicknames, phonetic};
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use zeroize::Zeroize;

/// How well a typed word fits a word of a name; better is more.
pub(super) mod fit {
    /// The typed word is the whole word.
    pub const EXACT: u8 = 100;
    /// The typed word begins the word.
    pub const PREFIX: u8 = 84;
    /// Both are forms of one given name.
    pub const NICKNAME: u8 = 68;
    /// Both sound alike.
    pub const SOUND: u8 = 52;
    /// One slip of the finger lies between them.
    pub const ONE_SLIP: u8 = 36;
    /// Two slips lie between them.
    pub const TWO_SLIPS: u8 = 20;
    /// One slip lies between the typed word and the beginning of the word.
    pub const SLIP_AT_START: u8 = 10;
}

/// The least likeness of spelling (Jaro-Winkler) asked of words that sound alike: Maria and Moore share a key.
const LIKE_ENOUGH: f64 = 0.72;

/// A quick summary of a word that rules most words out before they are measured.
#[derive(Clone, Copy)]
struct Outline {
    letters: u32,
    length: u8,
    first: char,
}

/// The words, their orders and the people who bear them.
#[derive(Default)]
pub(super) struct Dictionary {
    words: Vec<Box<str>>,
    outlines: Vec<Outline>,
    sounds: Vec<[Option<phonetic::Key>; 2]>,
    postings: Vec<Vec<u32>>,
    by_hash: HashMap<u64, u32>,
    in_order: Vec<u32>,
    by_sound: HashMap<phonetic::Key, Vec<u32>>,
    bulk: bool,
}

/// The words that a typed word may mean, and how well each fits.
pub(super) struct Matches {
    fits: Vec<u8>,
    words: Vec<u32>,
}

impl Matches {
    /// Returns how well a word fits; zero when it does not.
    pub(super) fn fit(&self, word: u32) -> u8 {
        self.fits.get(index(word)).copied().unwrap_or(0)
    }

    fn raise(&mut self, word: u32, fit: u8) {
        if let Some(old) = self.fits.get_mut(index(word)) {
            if *old == 0 {
                self.words.push(word);
            }
            *old = fit.max(*old);
        }
    }
}

/// Returns whether more than so many letters are in a set. Taking the lowest away so many times is quicker than counting
/// all of them, which the oldest processors we run on have no instruction for, and this is asked of every word there is.
fn more_than(few: u8, mut letters: u32) -> bool {
    for _ in 0..few {
        letters &= letters.wrapping_sub(1);
    }
    letters != 0
}

impl Dictionary {
    /// Returns an empty dictionary that puts its words in order only when `settle` is called.
    pub(super) fn bulk() -> Dictionary {
        Dictionary { bulk: true, ..Dictionary::default() }
    }

    /// Ends the bulk of the words: from here on each new word takes its place at once.
    pub(super) fn settle(&mut self) {
        self.bulk = false;
        let mut in_order: Vec<u32> = (0u32..).take(self.words.len()).collect();
        in_order.sort_unstable_by_key(|word| self.text(*word));
        self.in_order = in_order;
    }

    /// Returns how many different words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the text of a word.
    pub(super) fn text(&self, word: u32) -> &str {
        self.words.get(index(word)).map_or("", AsRef::as_ref)
    }

    /// Returns the number of a word that is known.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        self.probe(text).ok()
    }

    /// Returns the number of a word, which becomes known if it was not.
    pub(super) fn learn(&mut self, text: &str) -> u32 {
        let free = match self.probe(text) {
            Ok(word) => return word,
            Err(free) => free,
        };
        let word = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        if !self.bulk {
            let place = self.in_order.partition_point(|other| self.text(*other) < text);
            self.in_order.insert(place, word);
        }
        self.words.push(text.into());
        self.outlines.push(outline(text));
        self.postings.push(Vec::new());
        self.by_hash.insert(free, word);
        let sounds = phonetic::keys(text);
        for key in sounds.into_iter().flatten() {
            self.by_sound.entry(key).or_default().push(word);
        }
        self.sounds.push(sounds);
        word
    }

    /// Notes that the person in a slot, which is never lower than those before it, bears a word.
    pub(super) fn post(&mut self, word: u32, slot: u32) {
        if let Some(postings) = self.postings.get_mut(index(word))
            && postings.last() != Some(&slot)
        {
            postings.push(slot);
        }
    }

    /// Forgets who bears which word, before all are told again.
    pub(super) fn forget_postings(&mut self) {
        self.postings.iter_mut().for_each(Vec::clear);
    }

    /// Returns the slots of those who bear a word, some of which may be gone.
    pub(super) fn postings(&self, word: u32) -> &[u32] {
        self.postings.get(index(word)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the slots of all who bear a word that fits.
    pub(super) fn bearers(&self, matches: &Matches, slots: usize) -> Bits {
        let mut bits = Bits::sized(slots);
        matches.words.iter().flat_map(|word| self.postings(*word)).for_each(|slot| bits.set(*slot));
        bits
    }

    /// Returns who bears a word that fits exactly, and how well the other words fit at most.
    pub(super) fn exact_bearers(&self, matches: &Matches, slots: usize) -> (Bits, u8) {
        let (mut bits, mut others) = (Bits::sized(slots), 0);
        for (word, fit) in matches.words.iter().map(|word| (*word, matches.fit(*word))) {
            match fit {
                fit::EXACT => self.postings(word).iter().for_each(|slot| bits.set(*slot)),
                _ => others = fit.max(others),
            }
        }
        (bits, others)
    }

    /// Returns the words that share a sound with the folded text.
    pub(super) fn sounding(&self, text: &str) -> impl Iterator<Item = u32> {
        phonetic::keys(text).into_iter().flatten().filter_map(|key| self.by_sound.get(&key)).flatten().copied()
    }

    /// Returns whether two words share a sound and are spelled enough alike.
    pub(super) fn sound_alike(&self, one: u32, other: u32) -> bool {
        let [Some(sounds), Some(theirs)] = [one, other].map(|word| self.sounds.get(index(word))) else { return false };
        sounds.iter().flatten().any(|key| theirs.contains(&Some(*key))) && sounds_like(self.text(one), self.text(other))
    }

    /// Returns whether at most one slip lies between a word, which the ruler holds, and another.
    pub(super) fn one_slip_apart(&self, ruler: &mut Ruler, one: u32, other: u32) -> bool {
        let [Some(mine), Some(theirs)] = [one, other].map(|word| self.outlines.get(index(word))) else { return false };
        // Each of two words that differ by one letter can have but one letter that the other has not.
        let apart = |one: &Outline, other: &Outline| more_than(1, one.letters & !other.letters);
        let forgiven = forgiven(usize::from(mine.length.min(theirs.length))) > 0;
        forgiven && !apart(mine, theirs) && !apart(theirs, mine) && ruler.near(self.text(other), 1).whole <= 1
    }

    /// Returns every word that a typed, folded word may mean.
    pub(super) fn matches(&self, typed: &str) -> Matches {
        let mut matches = Matches { fits: vec![0; self.words.len()], words: Vec::new() };
        let from = self.in_order.partition_point(|word| self.text(*word) < typed);
        for word in self.in_order.iter().skip(from).copied().take_while(|word| self.text(*word).starts_with(typed)) {
            matches.raise(word, if self.text(word).len() == typed.len() { fit::EXACT } else { fit::PREFIX });
        }
        for form in nicknames::others(typed) {
            self.find(form).into_iter().for_each(|word| matches.raise(word, fit::NICKNAME));
        }
        let letters = typed.chars().count();
        if letters >= 3 {
            let alike = self.sounding(typed).filter(|word| sounds_like(typed, self.text(*word)));
            alike.for_each(|word| matches.raise(word, fit::SOUND));
        }
        if letters >= 4 {
            self.misspelt(typed, letters, &mut matches);
        }
        matches
    }

    /// Adds the words that differ by few slips.
    fn misspelt(&self, typed: &str, letters: usize, matches: &mut Matches) {
        let (mut ruler, sought, forgiven) = (Ruler::new(typed), outline(typed), forgiven(letters));
        let by_start = letters >= 5;
        for (word, outline) in (0u32..).zip(&self.outlines) {
            let missing = sought.letters & !outline.letters;
            if more_than(forgiven, missing) || outline.length.saturating_add(forgiven) < sought.length {
                continue;
            }
            let near = outline.length <= sought.length.saturating_add(forgiven)
                && !more_than(forgiven, outline.letters & !sought.letters);
            let starts = by_start && outline.first == sought.first && !more_than(1, missing);
            if (!near && !starts) || matches.fit(word) > fit::ONE_SLIP {
                continue;
            }
            let slips = ruler.near(self.text(word), if near { forgiven } else { 1 });
            match slips.whole {
                0 | 1 => matches.raise(word, fit::ONE_SLIP),
                2 if forgiven >= 2 => matches.raise(word, fit::TWO_SLIPS),
                _ if starts && slips.beginning <= 1 => matches.raise(word, fit::SLIP_AT_START),
                _ => {}
            }
        }
    }

    /// Finds a word by its hash, or the free place where it belongs; equal hashes take the next number.
    fn probe(&self, text: &str) -> Result<u32, u64> {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let mut hash = hasher.finish();
        while let Some(word) = self.by_hash.get(&hash) {
            if self.text(*word) == text {
                return Ok(*word);
            }
            hash = hash.wrapping_add(1);
        }
        Err(hash)
    }

    /// Overwrites every word and forgets everything.
    pub(super) fn wipe(&mut self) {
        self.words.iter_mut().for_each(Zeroize::zeroize);
        self.outlines.iter_mut().for_each(|outline| *outline = Outline { letters: 0, length: 0, first: ' ' });
        self.sounds.zeroize();
        *self = Dictionary::default();
    }
}

/// Returns whether two words with a common sound are alike enough in spelling to be shown for each other.
pub(super) fn sounds_like(one: &str, other: &str) -> bool {
    strsim::jaro_winkler(one, other) >= LIKE_ENOUGH
}

fn outline(text: &str) -> Outline {
    let letters = text.chars().fold(0, |letters, letter| {
        let bit = match letter {
            'a'..='z' => u32::from(letter) - u32::from('a'),
            _ => 26 + u32::from(letter) % 6,
        };
        letters | 1 << bit
    });
    let length = u8::try_from(text.chars().count()).unwrap_or(u8::MAX);
    Outline { letters, length, first: text.chars().next().unwrap_or(' ') }
}

fn index(word: u32) -> usize {
    usize::try_from(word).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_way_of_fitting_is_told_apart() {
        let mut dictionary = Dictionary::bulk();
        let robert = dictionary.learn("robert");
        dictionary.settle();
        for (typed, expected) in [
            ("robert", fit::EXACT),
            ("rob", fit::PREFIX),
            ("bob", fit::NICKNAME),
            ("robbert", fit::SOUND),
            ("rovert", fit::SOUND),
            ("rboert", fit::SOUND),
            ("robext", fit::ONE_SLIP),
            ("robetr", fit::ONE_SLIP),
            ("robar", fit::SLIP_AT_START),
            ("rabar", 0),
            ("smith", 0),
        ] {
            assert_eq!(dictionary.matches(typed).fit(robert), expected, "{typed}");
        }
        let hernandez = dictionary.learn("hernandez");
        for (typed, expected) in [("hrenadnez", fit::TWO_SLIPS), ("herma", fit::SLIP_AT_START), ("hermq", 0)] {
            assert_eq!(dictionary.matches(typed).fit(hernandez), expected, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn slips_are_found_exactly_where_they_are(words in prop::collection::btree_set("[a-e]{1,10}", 1..30),
                                                  typed in "[a-e]{1,10}") {
            let mut dictionary = Dictionary::bulk();
            let mut early = Dictionary::bulk();
            early.settle();
            for word in &words {
                dictionary.learn(word);
                early.learn(word);
            }
            dictionary.settle();
            let (matches, same) = (dictionary.matches(&typed), early.matches(&typed));
            for word in &words {
                let fit = matches.fit(dictionary.find(word).unwrap());
                prop_assert_eq!(fit, same.fit(early.find(word).unwrap()));
                let slips = strsim::osa_distance(&typed, word);
                let within = slips <= usize::from(forgiven(typed.chars().count()));
                prop_assert!(!within || fit >= fit::TWO_SLIPS, "{} {} {}", typed, word, fit);
                prop_assert_eq!(fit == fit::EXACT, typed == *word);
            }
        }
    }
}
