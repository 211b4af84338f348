//! The dice: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), written here so that a seed means the same people for
//! ever.

/// A stream of numbers that follows from its seed alone.
#[derive(Debug, Clone)]
pub(super) struct Chance {
    state: u64,
}

impl Chance {
    /// Returns the stream of a seed.
    pub(super) fn new(seed: u64) -> Chance {
        Chance { state: seed }
    }

    /// Returns a stream that belongs to one thing of a seed, such as one household in one year, whatever was drawn for
    /// others before.
    pub(super) fn of(seed: u64, parts: &[u64]) -> Chance {
        let mut chance = Chance { state: seed };
        for part in parts {
            chance.state = chance.next() ^ part;
        }
        chance.state = chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `limit`, or zero when the limit is zero.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        u32::try_from((u128::from(self.next()) * u128::from(limit)) >> 64).unwrap_or(0)
    }

    /// Returns a number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// Returns whether something that happens so many times in a thousand happens now.
    pub(super) fn per_mille(&mut self, times: u32) -> bool {
        self.below(1000) < times
    }

    /// Returns whether something that happens so many times in a million happens now.
    pub(super) fn per_million(&mut self, times: u32) -> bool {
        self.below(1_000_000) < times
    }

    /// Returns one of the choices, each as likely as the others; the default of the type when there is none.
    pub(super) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let place = self.below(u32::try_from(choices.len()).unwrap_or(u32::MAX));
        usize::try_from(place).ok().and_then(|place| choices.get(place)).copied().unwrap_or_default()
    }

    /// Returns the place of one of the shares, each as likely as it is large.
    pub(super) fn share(&mut self, shares: &[u32]) -> usize {
        let mut left = self.below(shares.iter().sum());
        for (place, share) in shares.iter().enumerate() {
            if left < *share {
                return place;
            }
            left -= share;
        }
        0
    }
}

/// A list of words of which the first are the most common: the word of rank r is 1 / (r + flatness) as common.
#[derive(Debug)]
pub(super) struct Ranked {
    words: Vec<&'static str>,
    upto: Vec<u32>,
    sum: u32,
}

impl Ranked {
    /// Splits a list at white space, in its order of rank.
    pub(super) fn new(list: &'static str, flatness: u32) -> Ranked {
        let words: Vec<&'static str> = list.split_whitespace().collect();
        let mut sum = 0;
        let upto = (1..).take(words.len()).map(|rank: u32| {
            sum += 1_000_000 / (rank + flatness);
            sum
        });
        let upto = upto.collect();
        Ranked { words, upto, sum }
    }

    /// Returns a word, the underscores that hold it together turned to spaces.
    pub(super) fn word(&self, chance: &mut Chance) -> &'static str {
        let drawn = chance.below(self.sum);
        let place = self.upto.partition_point(|upto| *upto <= drawn);
        self.words.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dice_never_change() {
        // The first outputs of SplitMix64 for seed 1234567, as published with its reference code.
        let mut chance = Chance::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| chance.next()).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn what_belongs_to_one_thing_depends_on_nothing_else() {
        let first = |seed, parts: &[u64]| Chance::of(seed, parts).next();
        assert_eq!(first(1, &[2, 3]), first(1, &[2, 3]));
        let others = [first(2, &[2, 3]), first(1, &[3, 2]), first(1, &[2, 4]), first(1, &[2]), first(1, &[2, 3, 0])];
        assert!(!others.contains(&first(1, &[2, 3])));
    }

    #[test]
    fn earlier_words_are_more_common() {
        let (ranked, mut chance) = (Ranked::new("a b c", 1), Chance::new(1));
        let drawn: Vec<&str> = (0..6000).map(|_| ranked.word(&mut chance)).collect();
        let count = |word| drawn.iter().filter(|drawn| **drawn == word).count();
        assert!(count("a") > count("b") && count("b") > count("c") && count("c") > 900);
        let shares: Vec<usize> = (0..1000).map(|_| chance.share(&[0, 3, 1])).collect();
        assert!(!shares.contains(&0) && shares.iter().filter(|place| **place == 1).count() > 650);
    }
}
