//! How many slips of the finger lie between what was typed and a word: one for a letter too many, too few or wrong, and
//! one for two neighbours swapped (optimal string alignment; Damerau, CACM 7(3), 1964).

/// A typed word made ready to be measured against many others, with the rows of the measurement kept between calls.
pub(super) struct Ruler {
    typed: Vec<char>,
    ascii: Option<Vec<u8>>,
    rows: [Vec<u8>; 3],
}

/// How far a word is from what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slips {
    /// The slips to the whole word.
    pub(super) whole: u8,
    /// The slips to the nearest beginning of the word, for words still being typed.
    pub(super) beginning: u8,
}

impl Ruler {
    /// Makes a typed word ready.
    pub(super) fn new(typed: &str) -> Ruler {
        let ascii = typed.is_ascii().then(|| typed.as_bytes().to_vec());
        Ruler { typed: typed.chars().collect(), ascii, rows: Default::default() }
    }

    /// Measures a word as far as anybody asks: slips beyond `most` count as too many, and may be told as any number
    /// above it, which saves measuring nearly every word.
    pub(super) fn near(&mut self, word: &str, most: u8) -> Slips {
        match &self.ascii {
            Some(typed) if word.is_ascii() => {
                let near_start = one_slip(typed, word.as_bytes(), |typed, word| word.starts_with(typed));
                let near_whole = near_start && one_slip(typed, word.as_bytes(), |typed, word| typed == word);
                if !near_whole && most > 1 && word.len() <= typed.len() + usize::from(most) {
                    return self.measure(word);
                }
                let slips = |near| if near { 1 } else { u8::MAX };
                Slips { whole: slips(near_whole), beginning: slips(near_start) }
            }
            _ => self.measure(word),
        }
    }

    /// Measures a word.
    pub(super) fn measure(&mut self, word: &str) -> Slips {
        let [before, last, current] = &mut self.rows;
        before.clear();
        last.clear();
        last.extend((0..).take(word.chars().count() + 1));
        let mut above = None;
        for (row, letter) in (1u8..).zip(self.typed.iter().copied()) {
            current.clear();
            current.push(row);
            let (mut left, mut letter_before) = (row, None);
            // Each step sees the row above at this place and the next, and the row above that one place back.
            let two_up = std::iter::once(u8::MAX).chain(before.iter().copied().chain(std::iter::repeat(u8::MAX)));
            let cells = last.iter().zip(last.iter().skip(1)).zip(two_up).zip(word.chars());
            for (((across, up), two_up), other) in cells {
                let mut cost = across.saturating_add(u8::from(letter != other));
                cost = cost.min(up.saturating_add(1)).min(left.saturating_add(1));
                if above == Some(other) && letter_before == Some(letter) {
                    cost = cost.min(two_up.saturating_add(1));
                }
                current.push(cost);
                (left, letter_before) = (cost, Some(other));
            }
            above = Some(letter);
            std::mem::swap(before, last);
            std::mem::swap(last, current);
        }
        Slips {
            whole: last.last().copied().unwrap_or(u8::MAX),
            beginning: last.iter().copied().min().unwrap_or(u8::MAX),
        }
    }
}

/// Returns whether at most one slip lies between two ASCII words, which takes no measuring: after the letters both
/// begin with, one letter may be passed over on either side or on both, or two swapped. `fits` compares what is left.
fn one_slip(typed: &[u8], word: &[u8], fits: impl Fn(&[u8], &[u8]) -> bool) -> bool {
    let same = typed.iter().zip(word).take_while(|(one, other)| one == other).count();
    let (typed, word) = (typed.get(same..).unwrap_or_default(), word.get(same..).unwrap_or_default());
    let passed =
        |typed: Option<&[u8]>, word: Option<&[u8]>| typed.zip(word).is_some_and(|(one, other)| fits(one, other));
    let swapped = typed.first() == word.get(1) && typed.get(1) == word.first() && typed.len() > 1;
    fits(typed, word)
        || passed(typed.get(1..), word.get(1..))
        || passed(typed.get(1..), Some(word))
        || passed(Some(typed), word.get(1..))
        || (swapped && passed(typed.get(2..), word.get(2..)))
}

/// Returns the slips that a typed word of so many letters is forgiven.
pub(super) fn forgiven(letters: usize) -> u8 {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_slower_measure(
            typed in "[abcé]{0,8}|[ab]{0,7}",
            words in prop::collection::vec("[abcé]{0,9}|[ab]{0,9}", 1..4),
        ) {
            let mut ruler = Ruler::new(&typed);
            for word in words {
                let slips = ruler.measure(&word);
                prop_assert_eq!(usize::from(slips.whole), strsim::osa_distance(&typed, &word), "{} {}", typed, word);
                let letters: Vec<char> = word.chars().collect();
                let nearest = (0..=letters.len())
                    .map(|length| strsim::osa_distance(&typed, &letters[..length].iter().collect::<String>()))
                    .min();
                prop_assert_eq!(Some(usize::from(slips.beginning)), nearest);
                for most in [1, 2] {
                    let near = ruler.near(&word, most);
                    prop_assert_eq!(near.whole.max(1) <= most, slips.whole <= most, "{} {}", typed, word);
                    prop_assert!(slips.whole > most || slips.whole == 0 || near.whole == slips.whole);
                    prop_assert_eq!(near.beginning <= 1, slips.beginning <= 1, "{} {}", typed, word);
                }
            }
        }
    }
}
