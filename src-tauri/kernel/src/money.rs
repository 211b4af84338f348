//! Money in whole cents. There are no fractions of a cent and no floats anywhere.

use serde::{Deserialize, Serialize};
use std::iter::Sum;

/// An amount in US cents; negative for credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// An amount that does not fit; no practice has one, so it is a mistake somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount of money does not fit")]
pub struct MoneyOverflow;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Takes an amount in cents.
    #[must_use]
    pub const fn cents(cents: i64) -> Self {
        Self(cents)
    }

    /// Returns the amount in cents.
    #[must_use]
    pub const fn as_cents(self) -> i64 {
        self.0
    }

    /// Adds, or says that the sum does not fit.
    ///
    /// # Errors
    /// [`MoneyOverflow`] beyond 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyOverflow> {
        self.0.checked_add(other.0).map(Self).ok_or(MoneyOverflow)
    }

    /// Subtracts, or says that the difference does not fit.
    ///
    /// # Errors
    /// [`MoneyOverflow`] beyond 64 bits.
    pub fn minus(self, other: Self) -> Result<Self, MoneyOverflow> {
        self.0.checked_sub(other.0).map(Self).ok_or(MoneyOverflow)
    }

    /// Shares the amount out by weights so that the parts add up to the whole to the cent: the cents that are left
    /// over go to the largest remainders, earlier parts first.
    ///
    /// # Errors
    /// [`MoneyOverflow`] when the weights add up to nothing.
    pub fn allocate(self, weights: &[u32]) -> Result<Vec<Self>, MoneyOverflow> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if total == 0 {
            return Err(MoneyOverflow);
        }
        let whole = i128::from(self.0);
        let mut shares: Vec<(usize, i128, i128)> = weights
            .iter()
            .enumerate()
            .map(|(at, weight)| {
                let product = whole * i128::from(*weight);
                (at, product.div_euclid(total), product.rem_euclid(total))
            })
            .collect();
        let mut left = whole - shares.iter().map(|share| share.1).sum::<i128>();
        shares.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        for share in &mut shares {
            if left > 0 {
                share.1 += 1;
                left -= 1;
            }
        }
        shares.sort_by_key(|share| share.0);
        shares.into_iter().map(|share| i64::try_from(share.1).map(Self).map_err(|_| MoneyOverflow)).collect()
    }
}

impl Sum<Money> for Result<Money, MoneyOverflow> {
    fn sum<I: Iterator<Item = Money>>(mut amounts: I) -> Self {
        amounts.try_fold(Money::ZERO, Money::plus)
    }
}

impl std::fmt::Display for Money {
    /// Writes dollars and cents: `-$12.05`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}${}.{:02}", cents / 100, cents % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thirds_of_a_dollar_add_up() {
        let parts = Money::cents(100).allocate(&[1, 1, 1]).unwrap();
        assert_eq!(parts, [Money::cents(34), Money::cents(33), Money::cents(33)]);
    }

    proptest! {
        #[test]
        fn parts_always_add_up_to_the_whole(cents in any::<i64>(), weights in prop::collection::vec(0u32..1000, 1..20)) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let whole = Money::cents(cents);
            let parts = whole.allocate(&weights).unwrap();
            let sum: Result<Money, MoneyOverflow> = parts.iter().copied().sum();
            // Partial sums of very large amounts can overflow although the whole fits; compare in 128 bits instead.
            let wide: i128 = parts.iter().map(|part| i128::from(part.as_cents())).sum();
            prop_assert_eq!(wide, i128::from(cents));
            if let Ok(sum) = sum { prop_assert_eq!(sum, whole); }
        }

        #[test]
        fn a_part_is_never_further_than_a_cent_from_its_fair_share(cents in -1_000_000i64..1_000_000, weights in prop::collection::vec(1u32..100, 1..10)) {
            let total: u32 = weights.iter().sum();
            for (part, weight) in Money::cents(cents).allocate(&weights).unwrap().iter().zip(&weights) {
                let fair = cents as f64 * f64::from(*weight) / f64::from(total);
                prop_assert!((part.as_cents() as f64 - fair).abs() < 1.0 + 1e-6);
            }
        }
    }

    #[test]
    fn shows_dollars_and_cents() {
        for (cents, shown) in [(0, "$0.00"), (5, "$0.05"), (-1205, "-$12.05"), (123_456, "$1234.56")] {
            assert_eq!(Money::cents(cents).to_string(), shown);
        }
    }
}
