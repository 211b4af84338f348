//! Dates as FHIR writes them: a year, a month or a day, and instants with an offset.

use chrono::{DateTime, Datelike as _, Months, NaiveDate};
use serde::Deserialize;

/// A text that is no FHIR date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a FHIR date")]
pub struct NotADate;

/// A date of which perhaps only the year, or the year and the month, is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Date {
    first: NaiveDate,
    precision: Precision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Precision {
    Year,
    Month,
    Day,
}

/// A date, or an instant, of which the civil date at its own offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct DateOrTime(pub Date);

impl Date {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (FHIR R4, datatypes, `date`).
    ///
    /// # Errors
    /// [`NotADate`].
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let parts: Vec<&str> = text.split('-').collect();
        let (lengths, precision): (&[usize], Precision) = match parts.len() {
            1 => (&[4], Precision::Year),
            2 => (&[4, 2], Precision::Month),
            _ => (&[4, 2, 2], Precision::Day),
        };
        let shaped =
            parts.len() == lengths.len() && parts.iter().zip(lengths).all(|(part, length)| digits(part, *length));
        let number = |at: usize| parts.get(at).map_or(Ok(1), |part| part.parse().map_err(|_| NotADate));
        if !shaped {
            return Err(NotADate);
        }
        let year = i32::try_from(number(0)?).map_err(|_| NotADate)?;
        let first = NaiveDate::from_ymd_opt(year, number(1)?, number(2)?).filter(|_| year > 0).ok_or(NotADate)?;
        Ok(Self { first, precision })
    }

    /// Returns the day, if the day is known.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    /// Returns the last day it can mean.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        let after = match self.precision {
            Precision::Day => return self.first,
            Precision::Month => self.first.checked_add_months(Months::new(1)),
            Precision::Year => self.first.checked_add_months(Months::new(12)),
        };
        after.and_then(|after| after.pred_opt()).unwrap_or(NaiveDate::MAX)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.precision {
            Precision::Year => write!(f, "{:04}", self.first.year()),
            Precision::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Precision::Day => self.first.fmt(f),
        }
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for DateOrTime {
    type Error = NotADate;

    /// Takes the civil date at the offset that the instant states: somebody who died on Monday evening in Sydney died
    /// on Monday, whatever the date was elsewhere.
    fn try_from(text: String) -> Result<Self, NotADate> {
        if text.contains('T') {
            let at = DateTime::parse_from_rfc3339(&text).map_err(|_| NotADate)?;
            return Ok(Self(Date { first: at.naive_local().date(), precision: Precision::Day }));
        }
        Date::parse(&text).map(Self)
    }
}

fn digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_keep_how_exact_they_are() {
        for (text, day, last) in [
            ("1974", None, "1974-12-31"),
            ("1974-02", None, "1974-02-28"),
            ("1976-02", None, "1976-02-29"),
            ("1974-12-25", Some("1974-12-25"), "1974-12-25"),
        ] {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.day().map(|day| day.to_string()).as_deref(), day, "{text}");
            assert_eq!(date.last().to_string(), last, "{text}");
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_no_date() {
        for text in ["", "74", "1974-", "1974-1", "1974-13", "1974-02-30", "12/25/1974", "0000", "1974-12-25T", "+1974"]
        {
            assert_eq!(Date::parse(text), Err(NotADate), "{text}");
        }
        for text in ["1974-12-25T10", "2015-02-14T13:42:00", "2015-02-14T25:00:00Z", "T"] {
            assert_eq!(DateOrTime::try_from(text.to_owned()), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn an_instant_means_the_day_it_was_there() {
        for (text, day) in [("2015-02-14T01:42:00+10:00", "2015-02-14"), ("2008-11-12T23:17:10.5-05:00", "2008-11-12")]
        {
            let date = DateOrTime::try_from(text.to_owned()).unwrap().0;
            assert_eq!(date.day().unwrap().to_string(), day, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "[0-9T:Z+-]{0,30}") {
            if let Ok(date) = Date::parse(&text) {
                prop_assert_eq!(date.to_string(), text);
            }
        }
    }
}
