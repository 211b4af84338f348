//! The lists of names and places, split once so that drawing from them costs nothing.

use super::chance::{Chance, Ranked};
use super::names::{self, Script};
use super::{MadeUpAddress, places};
use chrono::{Datelike, NaiveDate};

/// Where a family's names come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    General,
    Spanish,
    /// The place of the script among those known.
    Script(usize),
}

/// A name in its own script with its Latin form; for Latin names both are the same.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pair {
    pub(super) own: &'static str,
    pub(super) latin: &'static str,
}

/// Everything that can be drawn.
pub(super) struct Stock {
    surnames: Ranked,
    heads: Ranked,
    tails: Ranked,
    spanish: Ranked,
    women: Vec<Ranked>,
    men: Vec<Ranked>,
    spanish_women: Ranked,
    spanish_men: Ranked,
    scripts: Vec<(&'static Script, [Ranked; 3])>,
    short_forms: Vec<(&'static str, &'static str)>,
    streets: Ranked,
    kinds: Ranked,
    around: Ranked,
    farther: Ranked,
    insurers: Ranked,
}

impl Stock {
    /// Splits the lists.
    pub(super) fn new() -> Stock {
        let by_decade = |lists: &[&'static str; 10]| lists.iter().map(|list| Ranked::new(list, 8)).collect();
        let script = |script: &'static Script| {
            (script, [script.surnames, script.women, script.men].map(|list| Ranked::new(list, 10)))
        };
        Stock {
            surnames: Ranked::new(names::SURNAMES, 20),
            heads: Ranked::new(names::SURNAME_HEADS, 200),
            tails: Ranked::new(names::SURNAME_TAILS, 200),
            spanish: Ranked::new(names::SPANISH_SURNAMES, 8),
            women: by_decade(&names::WOMEN),
            men: by_decade(&names::MEN),
            spanish_women: Ranked::new(names::SPANISH_WOMEN, 6),
            spanish_men: Ranked::new(names::SPANISH_MEN, 6),
            scripts: names::SCRIPTS.iter().map(script).collect(),
            short_forms: names::SHORT_FORMS.split_whitespace().filter_map(|pair| pair.split_once('/')).collect(),
            streets: Ranked::new(places::STREETS, 50),
            kinds: Ranked::new(places::KINDS, 2),
            around: Ranked::new(places::AROUND, 2),
            farther: Ranked::new(places::FARTHER, 5),
            insurers: Ranked::new(places::INSURERS, 2),
        }
    }

    /// Returns where a family comes from.
    pub(super) fn origin(&self, chance: &mut Chance) -> Origin {
        match chance.share(&[751, 187, 62]) {
            0 => Origin::General,
            1 => Origin::Spanish,
            _ => Origin::Script(chance.share(&[16, 16, 9, 7, 7, 7])),
        }
    }

    /// Returns the language a family speaks most at home, as a BCP 47 tag.
    pub(super) fn language(&self, origin: Origin, chance: &mut Chance) -> &'static str {
        let english = |chance: &mut Chance, of_a_thousand| chance.per_mille(of_a_thousand);
        match origin {
            Origin::General if english(chance, 950) => "en",
            Origin::General => chance.pick(&["fr", "ht", "pl", "pt", "de", "it"]),
            Origin::Spanish if english(chance, 300) => "en",
            Origin::Spanish => "es",
            Origin::Script(_) if english(chance, 330) => "en",
            Origin::Script(place) => self.scripts.get(place).map_or("en", |(script, _)| script.language),
        }
    }

    /// Returns a surname in its own script and in Latin letters.
    pub(super) fn surname(&self, origin: Origin, chance: &mut Chance) -> (String, String) {
        let spaced = |word: &str| word.replace('_', " ");
        let latin = match origin {
            Origin::General if chance.per_mille(20) => {
                let (one, other) = (self.surnames.word(chance), self.surnames.word(chance));
                format!("{}-{}", spaced(one), spaced(other))
            }
            Origin::General if chance.per_mille(350) => self.heads.word(chance).to_owned() + self.tails.word(chance),
            Origin::General => spaced(self.surnames.word(chance)),
            Origin::Spanish => {
                let first = spaced(self.spanish.word(chance));
                let double = match chance.share(&[55, 35, 10]) {
                    0 => first,
                    1 => format!("{first} {}", spaced(self.spanish.word(chance))),
                    _ => format!("{first}-{}", spaced(self.spanish.word(chance))),
                };
                if chance.per_mille(333) { without_accents(&double) } else { double }
            }
            Origin::Script(place) => {
                let pair = self.scripts.get(place).map(|(_, [surnames, ..])| pair(surnames.word(chance)));
                let pair = pair.unwrap_or_default();
                return (pair.own.to_owned(), pair.latin.to_owned());
            }
        };
        (latin.clone(), latin)
    }

    /// Returns a given name that fits the family, the sex and the year of birth.
    pub(super) fn given(&self, origin: Origin, sex: char, born: NaiveDate, chance: &mut Chance) -> Pair {
        let woman = sex == 'F' || (sex != 'M' && chance.per_mille(500));
        let word = match origin {
            Origin::Spanish if chance.per_mille(800) => {
                if woman {
                    self.spanish_women.word(chance)
                } else {
                    self.spanish_men.word(chance)
                }
            }
            Origin::Script(place) => match self.scripts.get(place) {
                Some((_, [_, women, men])) => return pair(if woman { women.word(chance) } else { men.word(chance) }),
                None => "",
            },
            _ => {
                let decade = usize::try_from((born.year() - 1930).clamp(0, 99) / 10).unwrap_or(0);
                let lists = if woman { &self.women } else { &self.men };
                lists.get(decade).map_or("", |list| list.word(chance))
            }
        };
        Pair { own: word, latin: word }
    }

    /// Returns what somebody is called for short, if there is a common form of the name.
    pub(super) fn short_form(&self, given: &str) -> Option<&'static str> {
        self.short_forms.iter().find(|(full, _)| *full == given).map(|(_, short)| *short)
    }

    /// Returns the address of a home, nine in ten around the practice.
    pub(super) fn home(&self, chance: &mut Chance) -> MadeUpAddress {
        let towns = if chance.per_mille(900) { &self.around } else { &self.farther };
        let mut town = towns.word(chance).split('/');
        let mut part = || town.next().unwrap_or_default();
        let (city, state, zone) = (part(), part(), part());
        let (street, kind) = (self.streets.word(chance).replace('_', " "), self.kinds.word(chance));
        let mut lines = vec![format!("{} {street} {kind}", chance.between(1, 9899))];
        if chance.per_mille(250) {
            lines.push(format!("Apt {}", chance.between(1, 48)));
        }
        let postal_code = format!("{zone}{:02}", chance.below(100));
        let (city, state) = (city.replace('_', " "), state.to_owned());
        MadeUpAddress { kind: "home", lines, city, state, postal_code, country: "US" }
    }

    /// Returns an insurer; those past 65 have Medicare.
    pub(super) fn insurer(&self, old: bool, chance: &mut Chance) -> String {
        let drawn = self.insurers.word(chance);
        if old { "Medicare".to_owned() } else { drawn.replace('_', " ") }
    }
}

fn pair(word: &'static str) -> Pair {
    let (own, latin) = word.split_once('/').unwrap_or((word, word));
    Pair { own, latin }
}

/// Returns a Spanish name as a keyboard without accents writes it.
pub(super) fn without_accents(name: &str) -> String {
    const PLAIN: [(char, char); 13] = [
        ('á', 'a'),
        ('é', 'e'),
        ('í', 'i'),
        ('ó', 'o'),
        ('ú', 'u'),
        ('ñ', 'n'),
        ('ü', 'u'),
        ('ë', 'e'),
        ('Á', 'A'),
        ('É', 'E'),
        ('Í', 'I'),
        ('Ó', 'O'),
        ('Ú', 'U'),
    ];
    let plain = |letter| PLAIN.iter().find(|(accented, _)| *accented == letter).map_or(letter, |(_, plain)| *plain);
    name.chars().map(plain).collect()
}
