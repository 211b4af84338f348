//! Moments as a bundle writes them: milliseconds and an offset in entries, text in checkpoints and in the table.

/// 0001-01-02T00:00:00Z in milliseconds, so that the local day is a day of the calendar as well.
const FIRST: i64 = -62_135_510_400_000;
/// 9999-12-31T00:00:00Z in milliseconds.
const END: i64 = 253_402_214_400_000;
const DAY: i64 = 86_400_000;

/// A moment and the offset in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) millis: i64,
    /// Seconds east of UTC.
    pub(crate) offset: i64,
}

impl Moment {
    /// Returns the moment, where FORMAT.md section 8 allows it.
    pub(crate) fn new(millis: i64, offset: i64) -> Option<Self> {
        ((FIRST..END).contains(&millis) && offset.abs() < 86_400).then_some(Self { millis, offset })
    }

    /// Reads `2026-03-01T09:15:00.000-05:00` and no other form (FORMAT.md section 2).
    pub(crate) fn read(text: &str) -> Option<Self> {
        let [year, month, day, hour, minute, second, millis, east, hours, minutes] = numbers(text)?;
        let known = (1..=9999).contains(&year) && (1..=12).contains(&month);
        let offset = east * (hours * 3600 + minutes * 60);
        let fits = known
            && (1..=days_in(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60
            && hours < 24
            && minutes < 60
            && !(east < 0 && offset == 0);
        let local = days_from_civil(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + millis;
        fits.then_some(Self { millis: local - offset * 1000, offset })
    }

    /// Returns `2026-03-01T14:15:00.000Z`.
    pub(crate) fn utc(self) -> String {
        written(self.millis, "dddd-dd-ddTdd:dd:dd.dddZ")
    }

    /// Returns `2026-03-01 09:15:00`, as the clock on the wall showed it.
    pub(crate) fn local(self) -> String {
        written(self.millis + self.offset * 1000, "dddd-dd-dd dd:dd:dd")
    }
}

/// Writes a moment in a form in which a run of `d` stands for the digits of the next number. A table has two for each of
/// a million entries, and the formatting of the standard library takes several times as long.
fn written(millis: i64, form: &str) -> String {
    let mut text = String::with_capacity(form.len());
    let mut numbers = parts(millis).into_iter();
    let mut signs = form.bytes().peekable();
    while let Some(sign) = signs.next() {
        if sign != b'd' {
            text.push(char::from(sign));
            continue;
        }
        let mut unit = 1;
        while signs.next_if_eq(&b'd').is_some() {
            unit *= 10;
        }
        let number = numbers.next().unwrap_or(0).unsigned_abs();
        while unit > 0 {
            text.push(char::from(b'0' + (number / unit % 10) as u8));
            unit /= 10;
        }
    }
    text
}

/// Returns the ten numbers of a time in its one form, the sign of the offset as 1 or -1.
fn numbers(text: &str) -> Option<[i64; 10]> {
    const FORM: &[u8] = b"dddd-dd-ddTdd:dd:dd.ddd+dd:dd";
    if text.len() != FORM.len() {
        return None;
    }
    let mut found = [0_i64; 10];
    let mut into = 0;
    for (sign, form) in text.bytes().zip(FORM) {
        match form {
            b'd' => {
                let digit = sign.is_ascii_digit().then_some(i64::from(sign) - 48)?;
                let number = found.get_mut(into)?;
                *number = *number * 10 + digit;
            }
            b'+' => {
                *found.get_mut(into + 1)? = match sign {
                    b'+' => 1,
                    b'-' => -1,
                    _ => return None,
                };
                into += 2;
            }
            form if *form == sign => into += 1,
            _ => return None,
        }
    }
    Some(found)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the days from 1970-01-01 to a date of the Gregorian calendar. The year begins in March here, so that the leap
/// day is its last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Returns year, month, day, hour, minute, second and millisecond.
fn parts(millis: i64) -> [i64; 7] {
    let (days, rest) = (millis.div_euclid(DAY) + 719_468, millis.rem_euclid(DAY));
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * from_march + 2) / 5 + 1, (from_march + 2) % 12 + 1);
    let year = era * 400 + year + i64::from(month <= 2);
    [year, month, day, rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        let moment = Moment::read("2026-03-01T09:15:00.250-05:00").unwrap();
        assert_eq!(moment, Moment { millis: 1_772_374_500_250, offset: -18_000 });
        assert_eq!(
            (moment.utc().as_str(), moment.local().as_str()),
            ("2026-03-01T14:15:00.250Z", "2026-03-01 09:15:00")
        );
        assert_eq!(Moment::new(FIRST, -86_399).unwrap().local(), "0001-01-01 00:00:01");
        assert_eq!(Moment::new(END - 1, 86_399).unwrap().local(), "9999-12-31 23:59:58");
        assert_eq!(Moment::new(END, 0), None);
        assert_eq!(Moment::new(FIRST - 1, 0), None);
        assert_eq!(Moment::new(0, 86_400), None);
        assert_eq!(Moment::new(0, i64::MIN + 1), None);
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        let first = days_from_civil(1900, 1, 1);
        let mut expected = (1900, 1, 1);
        for day in first..days_from_civil(2300, 1, 1) {
            let [year, month, of_month, ..] = parts(day * DAY);
            assert_eq!((year, month, of_month), expected);
            assert_eq!(days_from_civil(year, month, of_month), day);
            expected = match (year, month, of_month) {
                (year, 12, 31) => (year + 1, 1, 1),
                (year, month, day) if day == days_in(year, month) => (year, month + 1, 1),
                (year, month, day) => (year, month, day + 1),
            };
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "2026-03-01T09:15:00.250Z",
            "2026-03-01t09:15:00.250-05:00",
            "2026-02-29T09:15:00.250-05:00",
            "2026-13-01T09:15:00.250-05:00",
            "2026-00-01T09:15:00.250-05:00",
            "2026-03-00T09:15:00.250-05:00",
            "0000-03-01T09:15:00.250-05:00",
            "2026-03-01T24:15:00.250-05:00",
            "2026-03-01T09:60:00.250-05:00",
            "2026-03-01T09:15:60.250-05:00",
            "2026-03-01T09:15:00.250-00:00",
            "2026-03-01T09:15:00.250-24:00",
            "2026-03-01T09:15:00.250+05:60",
            "2026-03-01T09:15:00,250+05:00",
            "+026-03-01T09:15:00.250+05:00",
            "2026-03-01T09:15:00.250−5:00",
        ] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
        assert!(Moment::read("2024-02-29T09:15:00.250+00:00").is_some());
    }
}
