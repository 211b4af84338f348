//! Who fits a query, and who fits it best.
//!
//! Exact words come before beginnings, those before nicknames, those before words that sound alike, those before
//! misspellings; a full name in its order comes before the same words scattered; the living come before the dead.

use super::bits::Bits;
use super::dictionary::{Matches, fit};
use super::phones::PhoneFit;
use super::query::{self, Number, Reading};
use super::{Hit, NameKind, PeopleIndex, Place, Token, UNBORN, at, packed};
use crate::typed_date::TypedDate;
use chrono::{Datelike, NaiveDate};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The most hits that one search returns, whatever is asked for.
pub const MOST_HITS: usize = 50;

/// What the words of a full name in order are worth beyond their fit, on a scale where one step of fit is 160 for one
/// word and 80 for each of two.
const IN_ORDER: u32 = 20;
const FAMILY_FIRST: u32 = 10;
const WHOLE_NAME: u32 = 15;
const FAMILY_NAME: u32 = 5;
const LEGAL_NAME: u32 = 2;
const DECEASED: u32 = 25;
/// What is taken from a word that only another name of the same person has.
const OTHER_NAME: u8 = 10;

/// How many birth dates are compared at once.
const RUN: usize = 64;

/// How well a number that is not the whole thing fits; four digits that can be a year are taken for the year first.
mod number_fit {
    pub const RECORD_TAIL: u8 = 98;
    pub const LAST_DIGITS: u8 = 95;
    pub const MONTH: u8 = 93;
    pub const YEAR: u8 = 92;
    pub const LAST_FOUR: u8 = 90;
    pub const WITHIN_PHONE: u8 = 60;
}

/// A hit with all that decides its place; the least is the best.
type Ranked = (Reverse<u32>, u128, i32, Uuid, bool);

/// How well each person fits one number of the query.
struct NumberFits {
    fits: Vec<u8>,
    who: Bits,
}

/// The parts of one reading with everybody who fits them.
struct Plan {
    words: Vec<(Matches, usize)>,
    /// For each word: who bears exactly it, and how well it fits everybody else at most.
    exact: Vec<(Bits, u8)>,
    numbers: Vec<NumberFits>,
}

impl PeopleIndex {
    /// Returns the people who fit every part of the query, the best first, at most `limit` and never over fifty.
    ///
    /// `today` decides which century a year of two digits means.
    pub fn search(&self, query: &str, limit: usize, today: NaiveDate) -> Vec<Hit> {
        let limit = limit.min(MOST_HITS);
        let mut best: HashMap<Uuid, Ranked> = HashMap::new();
        for reading in query::read(query, today, |word| self.dictionary.find(word).is_some()) {
            for ranked in self.best_of(&reading, limit) {
                best.entry(ranked.3).and_modify(|known| *known = ranked.min(*known)).or_insert(ranked);
            }
        }
        let mut ranked: Vec<Ranked> = best.into_values().collect();
        ranked.sort_unstable();
        ranked.truncate(limit);
        ranked.into_iter().map(|(score, _, _, id, exact)| Hit { id, score: score.0, exact }).collect()
    }

    fn best_of(&self, reading: &Reading, limit: usize) -> BTreeSet<Ranked> {
        let slots = self.slots.len();
        let mut who = self.shown.clone();
        let mut plan = Plan { words: Vec::new(), exact: Vec::new(), numbers: Vec::new() };
        for number in &reading.numbers {
            let fits = self.number_fits(number);
            who.keep(&fits.who);
            plan.numbers.push(fits);
        }
        for (place, word) in reading.words.iter().enumerate() {
            let matches = self.dictionary.matches(word);
            who.keep(&self.dictionary.bearers(&matches, slots));
            plan.exact.push(self.dictionary.exact_bearers(&matches, slots));
            plan.words.push((matches, place));
        }
        // The longest words choose first, so that a single letter never takes the word that a whole one needs.
        plan.words.sort_by_key(|(_, place)| Reverse(reading.words.get(*place).map_or(0, String::len)));
        self.first_of(&who, &plan, limit)
    }

    /// Scores everybody who fits and keeps the best, looking at name and birth only of those who might be among them.
    fn first_of(&self, who: &Bits, plan: &Plan, limit: usize) -> BTreeSet<Ranked> {
        let mut best = BTreeSet::new();
        let mut worst = (Reverse(0), u128::MAX);
        for slot in who.slots() {
            let order = self.orders.get(at(slot)).copied().unwrap_or(0);
            // A single letter fits a third of everybody: most of them cannot be among the best however well they fit.
            if (Reverse(self.ceiling(slot, plan)), order) > worst {
                continue;
            }
            let Some((score, exact)) = self.score(slot, plan) else { continue };
            if (Reverse(score), order) > worst {
                continue;
            }
            let birth = self.births.get(at(slot)).copied().unwrap_or(UNBORN);
            let Some(id) = self.id_of(slot) else { continue };
            best.insert((Reverse(score), order, birth, id, exact));
            if best.len() > limit {
                best.pop_last();
                worst = best.last().map_or(worst, |last: &Ranked| (last.0, last.1));
            }
        }
        best
    }

    /// Returns what [`PeopleIndex::score`] will not exceed, at a fraction of its cost.
    fn ceiling(&self, slot: u32, plan: &Plan) -> u32 {
        let parts = u32::try_from(plan.words.len() + plan.numbers.len()).unwrap_or(u32::MAX);
        let numbers = plan.numbers.iter().map(|number| number.fits.get(at(slot)).copied().unwrap_or(0));
        let words = plan.exact.iter().map(|(who, others)| if who.has(slot) { fit::EXACT } else { *others });
        let bonus = match plan.exact.len() {
            0 => 0,
            1 => LEGAL_NAME + FAMILY_NAME,
            _ => LEGAL_NAME + WHOLE_NAME + IN_ORDER,
        };
        numbers.chain(words).map(u32::from).sum::<u32>() * 10 / parts.max(1) + bonus + DECEASED
    }

    /// Returns how well a person fits all parts together, and whether nothing had to be guessed.
    fn score(&self, slot: u32, plan: &Plan) -> Option<(u32, bool)> {
        let parts = u32::try_from(plan.words.len() + plan.numbers.len()).ok()?;
        let (mut sum, mut exact) = (0u32, true);
        for number in &plan.numbers {
            let fit = number.fits.get(at(slot)).copied().unwrap_or(0);
            sum += u32::from(fit);
            exact &= fit >= number_fit::RECORD_TAIL;
        }
        let mut score = 0;
        if !plan.words.is_empty() {
            let words = fit_of_names(self.tokens_of(slot), &plan.words)?;
            sum += words.sum;
            exact &= words.exact;
            score += words.bonus;
        }
        score += sum * 10 / parts.max(1) + DECEASED;
        Some((score - if self.deceased.has(slot) { DECEASED } else { 0 }, exact))
    }

    /// Finds everybody who fits a number as a birth date, a phone or a record number.
    fn number_fits(&self, number: &Number) -> NumberFits {
        let mut found = NumberFits { fits: vec![0; self.slots.len()], who: Bits::sized(self.slots.len()) };
        if let Some(date) = number.date {
            self.born_on(date).for_each(|(slot, fit)| found.raise(slot, fit));
        }
        if let Some(digits) = &number.digits {
            for (slot, phone) in self.phones.find(digits) {
                found.raise(
                    slot,
                    match (phone, digits.len()) {
                        (PhoneFit::Whole, _) => fit::EXACT,
                        (PhoneFit::End, 5..) => number_fit::LAST_DIGITS,
                        (PhoneFit::End, _) => number_fit::LAST_FOUR,
                        (PhoneFit::Within, _) => number_fit::WITHIN_PHONE,
                    },
                );
            }
        }
        if let Some(record) = &number.record {
            self.with_record(record).for_each(|(slot, fit)| found.raise(slot, fit));
        }
        found
    }

    fn born_on(&self, date: TypedDate) -> impl Iterator<Item = (u32, u8)> {
        let days = |from: Option<NaiveDate>, to: Option<NaiveDate>| match (from, to) {
            (Some(from), Some(to)) => from.num_days_from_ce()..to.num_days_from_ce(),
            _ => 0..0,
        };
        let (days, fit) = match date {
            TypedDate::Day(day) => (days(Some(day), day.succ_opt()), fit::EXACT),
            TypedDate::Month { year, month } => {
                let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                (
                    days(NaiveDate::from_ymd_opt(year, month, 1), NaiveDate::from_ymd_opt(next.0, next.1, 1)),
                    number_fit::MONTH,
                )
            }
            TypedDate::Year(year) => {
                (days(NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year + 1, 1, 1)), number_fit::YEAR)
            }
        };
        // Nearly nobody is born on the days that are sought: a run of people is passed over at once, without a branch for
        // each of them.
        let run_has_one = {
            let (from, to) = (days.start, days.end);
            move |run: &[i32]| run.iter().fold(false, |any, birth| any | (from <= *birth && *birth < to))
        };
        let runs = (0u32..).step_by(RUN).zip(self.births.chunks(RUN)).filter(move |(_, run)| run_has_one(run));
        let born = runs.flat_map(|(first, run)| (first..).zip(run));
        born.filter(move |(_, birth)| days.contains(*birth)).map(move |(slot, _)| (slot, fit))
    }

    /// Finds the record numbers that are, begin with, or end with what was typed.
    fn with_record(&self, typed: &str) -> impl Iterator<Item = (u32, u8)> {
        let whole = packed(typed);
        let length = typed.len().clamp(1, 16);
        let typed_bits = u128::MAX << ((16 - length) * 8);
        (0u32..).zip(&self.records).filter(|(_, record)| **record != 0).filter_map(move |(slot, record)| {
            if *record == whole {
                return Some((slot, fit::EXACT));
            }
            // Shifted up over the four digits of the year, the tail is all that is left.
            if length == 5 && record << 32 == whole {
                return Some((slot, number_fit::RECORD_TAIL));
            }
            ((record ^ whole) & typed_bits == 0).then_some((slot, fit::PREFIX))
        })
    }
}

impl NumberFits {
    fn raise(&mut self, slot: u32, fit: u8) {
        if let Some(old) = self.fits.get_mut(at(slot)) {
            *old = fit.max(*old);
            self.who.set(slot);
        }
    }
}

/// How well the words of a query fit one person's names.
struct NameFit {
    sum: u32,
    bonus: u32,
    exact: bool,
}

/// Tries each name of the person as the one that was meant and keeps the best; a word that the name lacks may be found
/// in another name, and one word may stand for two typed ones at half its worth.
fn fit_of_names(tokens: &[Token], words: &[(Matches, usize)]) -> Option<NameFit> {
    let mut best: Option<NameFit> = None;
    let mut tried = None;
    for name in tokens.iter().map(|token| token.name) {
        if tried == Some(name) {
            continue;
        }
        tried = Some(name);
        let found = fit_of_name(tokens, words, name)?;
        if best.as_ref().is_none_or(|best| (found.sum * 10 + found.bonus) > (best.sum * 10 + best.bonus)) {
            best = Some(found);
        }
    }
    best
}

fn fit_of_name(tokens: &[Token], words: &[(Matches, usize)], name: u8) -> Option<NameFit> {
    let mut used = 0u64;
    let mut found = NameFit { sum: 0, bonus: 0, exact: true };
    let mut places = [u8::MAX; 8];
    for (matches, place) in words {
        let (mut best, mut again) = ((0, 0, None), 0);
        for (token, number) in tokens.iter().zip(0u8..) {
            let mut fit = matches.fit(token.word);
            if fit == 0 || (fit == fit::NICKNAME && token.place == Place::Family) {
                continue;
            }
            if token.name != name {
                fit = fit.saturating_sub(OTHER_NAME).max(1);
            }
            let favour = (fit, u8::from(token.place != Place::Joined));
            if used & 1 << number != 0 {
                again = fit.max(again);
            } else if favour > (best.0, best.1) {
                best = (fit, favour.1, Some(number));
            }
        }
        found.exact &= best.0 == fit::EXACT;
        match best.2 {
            Some(number) => {
                used |= 1 << number;
                if let Some(place) = places.get_mut(*place) {
                    *place = number;
                }
            }
            None if again > 0 => best.0 = again / 2,
            None => return None,
        }
        found.sum += u32::from(best.0);
    }
    found.bonus = bonus(tokens, places.get(..words.len()).unwrap_or(&places), name, found.exact);
    Some(found)
}

/// Returns what the order of the words is worth: given names and then family is best, the other way round next.
fn bonus(tokens: &[Token], places: &[u8], name: u8, exact: bool) -> u32 {
    let own = |place: u8| tokens.get(usize::from(place)).filter(|token| token.name == name);
    let is_family = |place: &u8| own(*place).is_some_and(|token| token.place == Place::Family);
    let mut of_name = tokens.iter().zip(0u8..).filter(|(token, _)| token.name == name).peekable();
    let (legal, first) = of_name
        .peek()
        .map_or((0, 0), |(token, place)| (if token.kind == NameKind::Legal { LEGAL_NAME } else { 0 }, *place));
    if let [only] = places {
        return legal + if is_family(only) { FAMILY_NAME } else { 0 };
    }
    if !places.iter().all(|place| own(*place).is_some_and(|token| token.place != Place::Joined)) {
        return legal;
    }
    let families = of_name.filter(|(token, _)| token.place == Place::Family).count();
    let all_families = places.iter().filter(|place| is_family(place)).count() == families;
    let whole = if exact && all_families && places.contains(&first) { WHOLE_NAME } else { 0 };
    let descents = places.iter().zip(places.iter().skip(1)).filter(|(one, next)| one > next).count();
    let family_first = places.first().is_some_and(is_family) && !places.last().is_some_and(is_family);
    match descents {
        0 => legal + whole + IN_ORDER,
        1 if family_first => legal + whole + FAMILY_FIRST,
        _ => legal,
    }
}
