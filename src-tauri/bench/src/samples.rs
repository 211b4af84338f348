//! What was measured, round by round.

use serde::{Deserialize, Serialize};

/// Which part of a distribution is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// The median.
    P50,
    /// The ninety-fifth percentile.
    P95,
    /// The ninety-ninth percentile.
    P99,
}

impl At {
    const fn share(self) -> f64 {
        match self {
            Self::P50 => 0.50,
            Self::P95 => 0.95,
            Self::P99 => 0.99,
        }
    }
}

/// Values in rounds. Other programs run on the machine, so a round is compared with the round beside it and the median
/// over the rounds is what counts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Samples {
    rounds: Vec<Vec<f64>>,
}

impl Samples {
    /// Takes one value that was measured once.
    pub(crate) fn one(value: f64) -> Self {
        Self { rounds: vec![vec![value]] }
    }

    /// Adds a value to a round, which comes into being with its first value.
    pub(crate) fn add(&mut self, round: usize, value: f64) {
        if self.rounds.len() <= round {
            self.rounds.resize_with(round + 1, Vec::new);
        }
        if let Some(values) = self.rounds.get_mut(round) {
            values.push(value);
        }
    }

    /// Returns how many values there are.
    pub(crate) fn count(&self) -> usize {
        self.rounds.iter().map(Vec::len).sum()
    }

    /// Returns the longest of all, whatever its round. A percentile says nothing of what lies behind it.
    pub(crate) fn longest(&self) -> Option<f64> {
        self.rounds.iter().flatten().copied().max_by(f64::total_cmp)
    }

    /// Returns the median over the rounds of each round's percentile.
    pub(crate) fn at(&self, at: At) -> Option<f64> {
        median(self.rounds.iter().filter_map(|values| percentile(values, at.share())).collect())
    }

    /// Returns the median over the rounds of the quotient of both percentiles.
    pub(crate) fn ratio(&self, other: &Self, at: At) -> Option<f64> {
        let quotient = |(own, other): (&Vec<f64>, &Vec<f64>)| {
            Some(percentile(own, at.share())? / percentile(other, at.share()).filter(|value| *value > 0.0)?)
        };
        median(self.rounds.iter().zip(&other.rounds).filter_map(quotient).collect())
    }
}

fn percentile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    // The nearest rank: the smallest value that so many of all values do not exceed.
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.get(values.len().checked_sub(1)? / 2)?, values.get(values.len() / 2)?);
    Some(f64::midpoint(*low, *high))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn percentiles_are_the_nearest_rank_and_rounds_are_joined_by_their_median() {
        let mut own = Samples::default();
        let mut other = Samples::default();
        for (round, scale) in [1.0, 10.0, 2.0].into_iter().enumerate() {
            for value in 1..=100 {
                own.add(round, scale * f64::from(value));
                other.add(round, f64::from(value));
            }
        }
        assert_eq!([At::P50, At::P95, At::P99].map(|at| other.at(at).unwrap()), [50.0, 95.0, 99.0]);
        assert_eq!(own.at(At::P50), Some(100.0), "one bad round does not move the median");
        assert_eq!(own.ratio(&other, At::P99), Some(2.0));
        assert_eq!(own.longest(), Some(1000.0), "but the longest is the longest");
        assert_eq!(own.count(), 300);
        assert_eq!(Samples::default().at(At::P50), None);
        assert_eq!(Samples::one(3.0).at(At::P99), Some(3.0));
        assert_eq!(median(vec![1.0, 4.0]), Some(2.5));
    }
}
