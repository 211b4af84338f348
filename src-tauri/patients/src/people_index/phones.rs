//! Telephone numbers by any run of four or more of their digits.

use zeroize::Zeroize;

/// How many digits a typed run needs before it is looked for.
pub(super) const SHORTEST: usize = 4;

/// Every number of every person, and for each four digits in a row the slots that have them: twice the slot, and one
/// more where the four end a number, so that the commonest question needs no look at the numbers.
#[derive(Default)]
pub(super) struct Phones {
    numbers: Vec<Box<str>>,
    runs: Vec<Vec<u32>>,
}

/// How well a run of digits fits a person's numbers, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PhoneFit {
    /// The digits stand somewhere within a number.
    Within,
    /// The digits are a number's last four or more.
    End,
    /// The digits are a whole number, with or without its country.
    Whole,
}

/// Returns numbers, in whatever form they are written, as they are kept: digits, each number followed by a space.
pub(super) fn digits(written: &[String]) -> String {
    let mut digits = String::with_capacity(written.iter().map(|number| number.len() + 1).sum());
    for number in written {
        digits.extend(number.chars().filter(char::is_ascii_digit));
        digits.push(' ');
    }
    digits
}

impl Phones {
    /// Notes the numbers of the person in the next slot, as they are kept.
    pub(super) fn push_digits(&mut self, slot: u32, digits: Box<str>) {
        self.runs.resize_with(10_000, Vec::new);
        for number in digits.split_ascii_whitespace() {
            let last = number.len().saturating_sub(SHORTEST);
            for (place, run) in number.as_bytes().windows(SHORTEST).enumerate() {
                let mark = slot << 1 | u32::from(place == last);
                let Some(marks) = run_of(run).and_then(|run| self.runs.get_mut(run)) else { continue };
                match marks.last_mut().filter(|known| **known >> 1 == slot) {
                    Some(known) => *known |= mark,
                    None => marks.push(mark),
                }
            }
        }
        self.numbers.push(digits);
    }

    /// Returns the numbers of a slot as they are kept, and leaves none there.
    pub(super) fn take(&mut self, slot: usize) -> Box<str> {
        self.numbers.get_mut(slot).map(std::mem::take).unwrap_or_default()
    }

    /// Overwrites the numbers of a person who is gone.
    pub(super) fn clear(&mut self, slot: usize) {
        self.take(slot).zeroize();
    }

    /// Returns the slots whose numbers hold a run of four digits or more, and how well it fits each. Those who are gone
    /// may be among them.
    pub(super) fn find(&self, digits: &str) -> impl Iterator<Item = (u32, PhoneFit)> {
        let runs = digits.as_bytes().windows(SHORTEST).map(|run| run_of(run).and_then(|run| self.runs.get(run)));
        let rarest = runs.min_by_key(|marks| marks.map_or(0, Vec::len)).flatten().map(Vec::as_slice);
        rarest.unwrap_or_default().iter().filter_map(move |mark| {
            let (slot, at_end) = (mark >> 1, mark & 1 == 1);
            if digits.len() == SHORTEST {
                return Some((slot, if at_end { PhoneFit::End } else { PhoneFit::Within }));
            }
            Some((slot, self.fit(slot, digits.as_bytes())?))
        })
    }

    fn fit(&self, slot: u32, digits: &[u8]) -> Option<PhoneFit> {
        let numbers = self.numbers.get(usize::try_from(slot).ok()?)?;
        numbers.split_ascii_whitespace().filter_map(|number| fit(number.as_bytes(), digits)).max()
    }

    /// Overwrites every number and forgets everything.
    pub(super) fn wipe(&mut self) {
        self.numbers.iter_mut().for_each(Zeroize::zeroize);
        *self = Phones::default();
    }
}

fn fit(number: &[u8], digits: &[u8]) -> Option<PhoneFit> {
    if let Some(country) = number.strip_suffix(digits) {
        let whole = digits.len() >= 10 && country.len() <= 3 || country.is_empty();
        return Some(if whole { PhoneFit::Whole } else { PhoneFit::End });
    }
    number.windows(digits.len()).any(|part| part == digits).then_some(PhoneFit::Within)
}

/// Returns four digits as their number; nothing if one of them is no digit.
fn run_of(digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(0, |run, digit| digit.is_ascii_digit().then(|| run * 10 + usize::from(*digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(
            people in prop::collection::vec(prop::collection::vec("\\+1[0-3]{4,10}", 0..3), 1..20),
            sought in "[0-3]{4,10}",
        ) {
            let mut phones = Phones::default();
            for (slot, numbers) in (0..).zip(&people) {
                phones.push_digits(slot, digits(numbers).into());
            }
            let found: Vec<u32> = phones.find(&sought).map(|(slot, _)| slot).collect();
            let expected: Vec<u32> = (0..)
                .zip(&people)
                .filter(|(_, numbers)| numbers.iter().any(|number| number.contains(&sought)))
                .map(|(slot, _)| slot)
                .collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_last_digits_fit_better_than_those_within() {
        let mut phones = Phones::default();
        phones.push_digits(0, digits(&["+13125550142".to_owned(), "+13120142555".to_owned()]).into());
        for (digits, expected) in [
            ("0142", PhoneFit::End),
            ("5550142", PhoneFit::End),
            ("3125550142", PhoneFit::Whole),
            ("13125550142", PhoneFit::Whole),
            ("5501", PhoneFit::Within),
        ] {
            assert_eq!(phones.find(digits).collect::<Vec<_>>(), [(0, expected)], "{digits}");
        }
        phones.clear(0);
        assert_eq!(phones.find("50142").count(), 0);
    }
}
