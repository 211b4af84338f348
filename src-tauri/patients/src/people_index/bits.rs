//! A set of slots as one bit each: a hundred thousand people are twelve kilobytes, and crossing two sets is a handful
//! of machine words.

/// A set of slot numbers.
#[derive(Clone, Default)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// Returns an empty set that holds slots below `slots` without growing.
    pub(super) fn sized(slots: usize) -> Bits {
        Bits { words: vec![0; slots.div_ceil(64)] }
    }

    /// Puts a slot in.
    pub(super) fn set(&mut self, slot: u32) {
        let (word, bit) = place(slot);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    /// Takes a slot out.
    pub(super) fn clear(&mut self, slot: u32) {
        let (word, bit) = place(slot);
        if let Some(word) = self.words.get_mut(word) {
            *word &= !bit;
        }
    }

    /// Returns whether a slot is in.
    pub(super) fn has(&self, slot: u32) -> bool {
        let (word, bit) = place(slot);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Keeps only what is in the other set too.
    pub(super) fn keep(&mut self, other: &Bits) {
        let others = other.words.iter().copied().chain(std::iter::repeat(0));
        self.words.iter_mut().zip(others).for_each(|(word, other)| *word &= other);
    }

    /// Returns the slots that are in, in order.
    pub(super) fn slots(&self) -> impl Iterator<Item = u32> {
        self.words.iter().zip(0u32..).flat_map(|(word, at)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

fn place(slot: u32) -> (usize, u64) {
    (usize::try_from(slot / 64).unwrap_or(usize::MAX), 1 << (slot % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn behaves_like_a_set(one in prop::collection::btree_set(0u32..500, 0..80),
                              other in prop::collection::btree_set(0u32..700, 0..80)) {
            let (mut bits, mut second) = (Bits::sized(100), Bits::default());
            one.iter().for_each(|slot| bits.set(*slot));
            other.iter().for_each(|slot| second.set(*slot));
            prop_assert_eq!(bits.slots().collect::<BTreeSet<_>>(), one.clone());
            bits.keep(&second);
            prop_assert_eq!(bits.slots().collect::<BTreeSet<_>>(), &one & &other);
            prop_assert!(other.iter().all(|slot| second.has(*slot)));
            other.iter().for_each(|slot| second.clear(*slot));
            prop_assert_eq!(second.slots().count(), 0);
        }
    }
}
