//! Dates as people type them: month first as in the United States, day first when month first cannot be.

use chrono::{Datelike, NaiveDate};

/// The years taken seriously; anything else is a number that is not a date.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;

/// What a typed date says, which may be less than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedDate {
    /// One civil day.
    Day(NaiveDate),
    /// Some day of a month.
    Month {
        /// The year, in full.
        year: i32,
        /// The month, 1 to 12.
        month: u32,
    },
    /// Some day of a year.
    Year(i32),
}

impl TypedDate {
    /// Returns whether a civil day fits what was typed.
    pub fn covers(self, day: NaiveDate) -> bool {
        match self {
            TypedDate::Day(typed) => typed == day,
            TypedDate::Month { year, month } => day.year() == year && day.month() == month,
            TypedDate::Year(year) => day.year() == year,
        }
    }
}

/// One piece of a typed date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A number and how many digits it was typed with.
    Number(u32, usize),
    /// A month's name, as 1 to 12.
    Named(u32),
}

/// Reads a date such as `2/3/70`, `1970-02-03`, `020370`, `3 feb 1970` or `feb 1970`; nothing if it is not a date.
///
/// A year of two digits is the most recent one that does not put the date after `today`.
pub fn read(text: &str, today: NaiveDate) -> Option<TypedDate> {
    if text.len() > 40 {
        return None;
    }
    let pieces = pieces(text)?;
    match *pieces.as_slice() {
        [Piece::Number(number, digits)] => unbroken(number, digits, today),
        [Piece::Named(month), Piece::Number(year, digits)] | [Piece::Number(year, digits), Piece::Named(month)] => {
            month_of(month, year, digits, today)
        }
        [Piece::Number(month, 1 | 2), Piece::Number(year, 4)]
        | [Piece::Number(year, 4), Piece::Number(month, 1 | 2)] => month_of(month, year, 4, today),
        [one, two, three] => whole(one, two, three, today),
        _ => None,
    }
}

/// Returns whether a word is the name of a month in English or Spanish, in full or at least its first three letters.
pub fn is_month(word: &str) -> bool {
    month_named(&word.to_lowercase()).is_some()
}

/// Splits a text into numbers and month names; nothing if it holds anything else.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let lower = text.to_lowercase();
    for part in lower.split(|letter: char| letter.is_whitespace() || "/-.,'’".contains(letter)) {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let (number, word) = part.split_at_checked(digits)?;
        if digits > 8 || pieces.len() > 3 {
            return None;
        }
        if digits > 0 {
            pieces.push(Piece::Number(number.parse().ok()?, digits));
        }
        match word {
            "" => {}
            "st" | "nd" | "rd" | "th" if digits > 0 => {}
            "de" | "del" | "of" if digits == 0 && !pieces.is_empty() => {}
            name => pieces.push(Piece::Named(month_named(name)?)),
        }
    }
    Some(pieces)
}

fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [(&str, u32); 24] = [
        ("january", 1),
        ("february", 2),
        ("march", 3),
        ("april", 4),
        ("may", 5),
        ("june", 6),
        ("july", 7),
        ("august", 8),
        ("september", 9),
        ("october", 10),
        ("november", 11),
        ("december", 12),
        ("enero", 1),
        ("febrero", 2),
        ("marzo", 3),
        ("abril", 4),
        ("mayo", 5),
        ("junio", 6),
        ("julio", 7),
        ("agosto", 8),
        ("septiembre", 9),
        ("octubre", 10),
        ("noviembre", 11),
        ("diciembre", 12),
    ];
    if word.len() < 3 {
        return None;
    }
    MONTHS.iter().find(|(name, _)| name.starts_with(word)).map(|(_, month)| *month)
}

/// Reads digits without separators: year first, then month first, and a bare year of four digits.
fn unbroken(number: u32, digits: usize, today: NaiveDate) -> Option<TypedDate> {
    match digits {
        4 => full_year(number).map(TypedDate::Year),
        6 => numbers((number / 10_000, 2), (number / 100 % 100, 2), (number % 100, 2), today),
        8 => day((number / 10_000, 4), number / 100 % 100, number % 100, today)
            .or_else(|| numbers((number / 1_000_000, 2), (number / 10_000 % 100, 2), (number % 10_000, 4), today)),
        _ => None,
    }
}

/// Reads three pieces, of which one may be a month's name.
fn whole(one: Piece, two: Piece, three: Piece, today: NaiveDate) -> Option<TypedDate> {
    match (one, two, three) {
        (Piece::Number(first, 4), Piece::Number(month, 1 | 2), Piece::Number(of_month, 1 | 2)) => {
            day((first, 4), month, of_month, today)
        }
        (Piece::Number(first, a @ 1..=2), Piece::Number(second, b @ 1..=2), Piece::Number(year, digits)) => {
            numbers((first, a), (second, b), (year, digits), today)
        }
        (Piece::Number(year, 4), Piece::Named(month), Piece::Number(of_month, 1 | 2))
        | (Piece::Number(of_month, 1 | 2), Piece::Named(month), Piece::Number(year, 4))
        | (Piece::Named(month), Piece::Number(of_month, 1 | 2), Piece::Number(year, 4)) => {
            day((year, 4), month, of_month, today)
        }
        (Piece::Number(of_month, 1 | 2), Piece::Named(month), Piece::Number(year, 2))
        | (Piece::Named(month), Piece::Number(of_month, 1 | 2), Piece::Number(year, 2)) => {
            day((year, 2), month, of_month, today)
        }
        _ => None,
    }
}

/// Reads two short numbers and a year: month first, or day first when that is no date.
fn numbers(first: (u32, usize), second: (u32, usize), year: (u32, usize), today: NaiveDate) -> Option<TypedDate> {
    day(year, first.0, second.0, today).or_else(|| day(year, second.0, first.0, today))
}

fn day((year, digits): (u32, usize), month: u32, of_month: u32, today: NaiveDate) -> Option<TypedDate> {
    let made = match digits {
        4 => NaiveDate::from_ymd_opt(full_year(year)?, month, of_month),
        2 => recent_years(year, today)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, of_month))
            .find(|made| *made <= today),
        _ => None,
    };
    made.map(TypedDate::Day)
}

fn month_of(month: u32, year: u32, digits: usize, today: NaiveDate) -> Option<TypedDate> {
    if !(1..=12).contains(&month) {
        return None;
    }
    let year = match digits {
        4 => full_year(year),
        2 => recent_years(year, today).find(|year| (*year, month) <= (today.year(), today.month())),
        _ => None,
    }?;
    Some(TypedDate::Month { year, month })
}

fn full_year(year: u32) -> Option<i32> {
    i32::try_from(year).ok().filter(|year| YEARS.contains(year))
}

/// Returns the years that end in the two typed digits, the latest first.
fn recent_years(typed: u32, today: NaiveDate) -> impl Iterator<Item = i32> {
    let century = today.year() - today.year().rem_euclid(100);
    let ending = i32::try_from(typed % 100).unwrap_or(0);
    [0, 100, 200].into_iter().map(move |back| century - back + ending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 11, 21).unwrap()
    }

    fn on(year: i32, month: u32, day: u32) -> Option<TypedDate> {
        Some(TypedDate::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap()))
    }

    #[test]
    fn common_forms_are_read() {
        for (typed, expected) in [
            ("2/3/70", on(1970, 2, 3)),
            ("02-03-1970", on(1970, 2, 3)),
            ("2.3.1970", on(1970, 2, 3)),
            ("02 03 1970", on(1970, 2, 3)),
            ("1970-02-03", on(1970, 2, 3)),
            ("1970/2/3", on(1970, 2, 3)),
            ("19700203", on(1970, 2, 3)),
            ("02031970", on(1970, 2, 3)),
            ("020370", on(1970, 2, 3)),
            ("3 feb 1970", on(1970, 2, 3)),
            ("3-Feb-70", on(1970, 2, 3)),
            ("Feb 3, 1970", on(1970, 2, 3)),
            ("February 3rd, 1970", on(1970, 2, 3)),
            ("3 de febrero de 1970", on(1970, 2, 3)),
            ("25/12/1970", on(1970, 12, 25)),
            ("251270", on(1970, 12, 25)),
            ("2/29/00", on(2000, 2, 29)),
            ("2/29/01", None),
            ("11/21/25", on(2025, 11, 21)),
            ("11/22/25", on(1925, 11, 22)),
            ("1/1/26", on(1926, 1, 1)),
            ("2/29/25", None),
            ("1970", Some(TypedDate::Year(1970))),
            ("feb 1970", Some(TypedDate::Month { year: 1970, month: 2 })),
            ("Feb, 1970", Some(TypedDate::Month { year: 1970, month: 2 })),
            ("feb 70", Some(TypedDate::Month { year: 1970, month: 2 })),
            ("dec 25", Some(TypedDate::Month { year: 1925, month: 12 })),
            ("2/1970", Some(TypedDate::Month { year: 1970, month: 2 })),
            ("1970-02", Some(TypedDate::Month { year: 1970, month: 2 })),
            ("13/1970", None),
            ("13/13/1970", None),
            ("2/3", None),
            ("0142", None),
            ("555-0142", None),
            ("0000", None),
            ("smith", None),
            ("", None),
            ("1/2/3/4", None),
            ("//", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(read(typed, today()), expected, "{typed}");
        }
    }

    #[test]
    fn a_month_covers_its_days_only() {
        let typed = read("feb 1970", today()).unwrap();
        assert!(typed.covers(NaiveDate::from_ymd_opt(1970, 2, 28).unwrap()));
        assert!(!typed.covers(NaiveDate::from_ymd_opt(1970, 3, 1).unwrap()));
        assert!(TypedDate::Year(1970).covers(NaiveDate::from_ymd_opt(1970, 3, 1).unwrap()));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,40}") {
            let _never_panics = read(&text, today());
        }

        #[test]
        fn nothing_like_a_date_makes_it_panic(text in "[0-9 /.,a-z-]{0,16}") {
            let _never_panics = read(&text, today());
        }

        #[test]
        fn every_written_day_is_read_back(days in -50_000i32..=0) {
            let day = today() + chrono::TimeDelta::days(i64::from(days));
            for form in ["%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%d %b %Y", "%b %-d, %Y", "%B %-d %Y"] {
                let written = day.format(form).to_string();
                prop_assert_eq!(read(&written, today()), Some(TypedDate::Day(day)), "{}", written);
            }
            if days > -36_000 {
                for form in ["%m/%d/%y", "%-m-%-d-%y", "%m%d%y", "%d %b %y"] {
                    let written = day.format(form).to_string();
                    prop_assert_eq!(read(&written, today()), Some(TypedDate::Day(day)), "{}", written);
                }
            }
        }
    }
}
