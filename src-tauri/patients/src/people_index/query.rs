//! Reads what was typed into the search field: words of names, dates, runs of digits and record numbers, in any order.
//!
//! Some things can be read in two ways (April may be a month or a person, 1970 0142 two numbers or one), so reading
//! gives several readings and a person is shown if she fits any of them.

use super::phones;
use crate::fold;
use crate::shapes::mrn;
use crate::typed_date::{self, TypedDate};
use chrono::NaiveDate;

/// The longest query that is read, in characters; a longer one is somebody's pasted letter.
const LONGEST: usize = 160;
/// The most pieces of one kind that are looked for; what follows is not needed to find anybody.
const MOST_PIECES: usize = 8;
/// The most readings that are tried.
const MOST_READINGS: usize = 6;

/// One way to read a query: a person fits when she fits every part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reading {
    /// Folded words of names.
    pub(super) words: Vec<String>,
    /// Dates, phones and record numbers.
    pub(super) numbers: Vec<Number>,
}

/// A piece with digits, which may mean several things at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Number {
    /// A birth date or a part of one.
    pub(super) date: Option<TypedDate>,
    /// A run of digits from a telephone number.
    pub(super) digits: Option<String>,
    /// A record number or the beginning or end of one, without its prefix.
    pub(super) record: Option<String>,
}

impl Number {
    fn is_nothing(&self) -> bool {
        self.date.is_none() && self.digits.is_none() && self.record.is_none()
    }
}

/// Returns the readings of a query. `known` says whether a folded word is a name that somebody bears.
pub(super) fn read(query: &str, today: NaiveDate, known: impl Fn(&str) -> bool) -> Vec<Reading> {
    let query: String = query.chars().take(LONGEST).collect();
    let written: Vec<&str> = query.split_whitespace().collect();
    let last_number = written.iter().rposition(|piece| piece.contains(|sign: char| sign.is_ascii_digit()));
    // Before no number, the word is the beginning of a name: tel of Tellez, dob of Dobson.
    let says_nothing = |(at, piece): &(usize, &str)| is_label(piece) && last_number.is_some_and(|number| *at < number);
    let pieces = written.into_iter().enumerate().filter(|one| !says_nothing(one)).map(|(_, piece)| piece);
    let pieces: Vec<&str> = pieces.take(MOST_PIECES + 4).collect();
    let mut readings = Vec::new();
    for months in [true, false] {
        for together in [true, false] {
            add(&mut readings, one_reading(&pieces, today, months, together));
        }
    }
    if let [only] = pieces.as_slice() {
        add(&mut readings, Reading { words: Vec::new(), numbers: lettered_record(only).into_iter().collect() });
    }
    let plain = readings.clone();
    for reading in plain {
        run_together(&reading.words, &known)
            .for_each(|words| add(&mut readings, Reading { words, numbers: reading.numbers.clone() }));
    }
    readings.truncate(MOST_READINGS);
    readings
}

fn add(readings: &mut Vec<Reading>, reading: Reading) {
    let empty = reading.words.is_empty() && reading.numbers.is_empty();
    if !empty && !readings.contains(&reading) {
        readings.push(reading);
    }
}

/// Reads the pieces in one way: with month names as dates or as names, with neighbouring digits as one number or many.
fn one_reading(pieces: &[&str], today: NaiveDate, months: bool, together: bool) -> Reading {
    let mut reading = Reading::default();
    let mut family_first = None;
    let mut rest = pieces;
    while let Some(piece) = rest.first() {
        let written_out = if months { date_with_month(rest, today) } else { None };
        let taken = if let Some((date, taken)) = written_out {
            reading.numbers.push(Number { date: Some(date), ..Number::default() });
            taken
        } else if is_numeric(piece) {
            let run = if together { run_length(rest, today) } else { 1 };
            let number = number(&rest.iter().take(run).copied().collect::<Vec<_>>().join(" "), today);
            reading.numbers.extend(Some(number).filter(|number| !number.is_nothing()));
            run
        } else if piece.contains(|sign: char| sign.is_ascii_digit()) {
            reading.numbers.extend(record(piece));
            1
        } else {
            reading.words.extend(fold::words(piece));
            if piece.ends_with(',') && family_first.is_none() {
                family_first = Some(reading.words.len());
            }
            1
        };
        rest = rest.split_at_checked(taken).map_or(&[], |(_, rest)| rest);
    }
    // "Garcia, Ana" is read as Ana Garcia.
    if let Some(family) = family_first.filter(|family| *family <= reading.words.len()) {
        reading.words.rotate_left(family);
    }
    reading.words.truncate(MOST_PIECES);
    reading.numbers.truncate(MOST_PIECES);
    reading
}

/// Returns a date written with the name of its month at the head of the pieces, and how many pieces it takes.
fn date_with_month(pieces: &[&str], today: NaiveDate) -> Option<(TypedDate, usize)> {
    (1..=5.min(pieces.len())).rev().find_map(|length| {
        let window: Vec<&str> = pieces.iter().take(length).copied().collect();
        let joined = window.join(" ");
        let named = joined.split(|sign: char| !sign.is_alphabetic()).any(typed_date::is_month);
        let date = if named { typed_date::read(&joined, today) } else { None };
        date.map(|date| (date, length))
    })
}

/// Returns how many pieces from the head on make one number: a phone or a date typed with spaces.
fn run_length(pieces: &[&str], today: NaiveDate) -> usize {
    let run = pieces.iter().take_while(|piece| is_numeric(piece)).count();
    let whole_date =
        |piece: &&&str| piece.len() > 4 && matches!(typed_date::read(piece, today), Some(TypedDate::Day(_)));
    if pieces.iter().take(run).any(|piece| whole_date(&piece)) { 1 } else { run.max(1) }
}

fn is_numeric(piece: &str) -> bool {
    piece.contains(|sign: char| sign.is_ascii_digit())
        && piece.chars().all(|sign| sign.is_ascii_digit() || "+()-./,".contains(sign))
}

fn number(piece: &str, today: NaiveDate) -> Number {
    let mut digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 11 && digits.starts_with('1') {
        digits.remove(0);
    }
    let long_enough = (phones::SHORTEST..=15).contains(&digits.len()) && !piece.contains('/');
    let record = record(piece).and_then(|number| number.record);
    Number { date: typed_date::read(piece, today), digits: long_enough.then_some(digits), record }
}

/// Reads a piece as a record number, its beginning from the year on, or its last five characters.
fn record(piece: &str) -> Option<Number> {
    let plain = mrn::plain(piece);
    let record = plain.strip_prefix("MRN").unwrap_or(&plain);
    let fits = (5..=9).contains(&record.len()) && !piece.contains('/');
    fits.then(|| Number { record: Some(record.to_owned()), ..Number::default() })
}

/// Reads a lone word without digits as the end of a record number, which can happen to be all letters.
fn lettered_record(piece: &str) -> Option<Number> {
    let letters = piece.len() == 5 && piece.bytes().all(|letter| letter.is_ascii_alphabetic());
    if letters { record(piece) } else { None }
}

/// Returns the words with two or three neighbours run together where somebody is so called: de la cruz, o brien.
fn run_together(words: &[String], known: impl Fn(&str) -> bool) -> impl Iterator<Item = Vec<String>> {
    let spans = (0..words.len()).flat_map(|at| [(at, 2), (at, 3)]);
    spans.filter_map(move |(at, length)| {
        let (before, from) = words.split_at_checked(at)?;
        let (span, after) = from.split_at_checked(length)?;
        let joined = span.concat();
        known(&joined).then(|| [before, &[joined], after].concat())
    })
}

/// Returns whether a piece only says what comes next.
fn is_label(piece: &str) -> bool {
    ["dob", "dob:", "mrn", "mrn:", "tel", "tel:", "#"].iter().any(|label| piece.eq_ignore_ascii_case(label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 11, 21).unwrap()
    }

    fn day(year: i32, month: u32, day: u32) -> Option<TypedDate> {
        Some(TypedDate::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap()))
    }

    #[test]
    fn queries_are_read_part_by_part() {
        for (query, words, dates) in [
            ("garcia 3/4/70", vec!["garcia"], vec![day(1970, 3, 4)]),
            ("jon sm", vec!["jon", "sm"], vec![]),
            ("Garcia, Ana", vec!["ana", "garcia"], vec![]),
            ("garcia lopez, ana 3 feb 1970", vec!["ana", "garcia", "lopez"], vec![day(1970, 2, 3)]),
            ("feb 3, 1970 o'brien", vec!["obrien"], vec![day(1970, 2, 3)]),
            ("dob: 02 03 1970", vec![], vec![day(1970, 2, 3)]),
            ("april 1970", vec![], vec![Some(TypedDate::Month { year: 1970, month: 4 })]),
            ("smith 3/4/", vec!["smith"], vec![]),
            ("smith 3", vec!["smith"], vec![]),
        ] {
            let readings = read(query, today(), |_| false);
            let first = readings.first().unwrap();
            assert_eq!(first.words, words, "{query}");
            assert_eq!(first.numbers.iter().map(|number| number.date).collect::<Vec<_>>(), dates, "{query}");
        }
    }

    #[test]
    fn a_label_is_a_name_where_no_number_follows() {
        for (query, words, numbers) in [
            ("tel", vec!["tel"], 0),
            ("DOB", vec!["dob"], 0),
            ("0142 tel", vec!["tel"], 1),
            ("tel 0142", vec![], 1),
            ("smith dob 3/4/70", vec!["smith"], 1),
            ("mrn # 20259h563", vec![], 1),
        ] {
            let readings = read(query, today(), |_| false);
            let first = readings.first().unwrap();
            assert_eq!(
                (&first.words, first.numbers.len()),
                (&words.iter().map(|one| (*one).to_owned()).collect(), numbers),
                "{query}"
            );
        }
    }

    #[test]
    fn what_can_be_read_twice_is() {
        let april = read("april 1970", today(), |_| false);
        assert!(april.iter().any(|reading| reading.words == ["april"] && reading.numbers.len() == 1));
        let cruz = read("ana de la cruz", today(), |word| word == "delacruz");
        assert!(cruz.iter().any(|reading| reading.words == ["ana", "delacruz"]));
        let phone = read("312 555 0142", today(), |_| false);
        assert_eq!(phone.first().unwrap().numbers.first().unwrap().digits.as_deref(), Some("3125550142"));
        let both = read("1970 0142", today(), |_| false);
        assert!(both.iter().any(|reading| reading.numbers.len() == 2));
        for query in ["mrn-2025-9h563", "MRN 2025-9H563", "20259h563", "2O25-9H563"] {
            let readings = read(query, today(), |_| false);
            let record = readings.first().unwrap().numbers.first().unwrap().record.clone();
            assert_eq!(record.as_deref(), Some("20259H563"), "{query}");
        }
        assert_eq!(read("", today(), |_| false), []);
        assert_eq!(read(" 12 / ", today(), |_| false), []);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,60}", months in "(feb|may|3|1970|, |/|mrn|smith| ){0,12}") {
            for query in [&text, &months] {
                prop_assert!(read(query, today(), |_| true).len() <= MOST_READINGS);
            }
        }
    }
}
