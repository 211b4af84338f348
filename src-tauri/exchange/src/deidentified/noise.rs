//! Counts with noise (differential privacy, geometric mechanism): an aid to an expert's determination.

/// Returns a count with noise of a stated epsilon: two-sided geometric, for a count that one person changes by one at
/// most. It is drawn from 2^-64 steps of the machine's own randomness, so the stated epsilon is that of the ideal draw.
///
/// # Errors
/// When the machine gives no randomness.
pub fn noisy(count: u64, epsilon: f64) -> Result<i64, getrandom::Error> {
    let drawn = |_| getrandom::u64();
    let (one, other) = (drawn(0)?, drawn(1)?);
    Ok(i64::try_from(count).unwrap_or(i64::MAX).saturating_add(geometric(one, epsilon) - geometric(other, epsilon)))
}

/// The difference of two geometric draws is the two-sided geometric distribution.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a draw is small and its tail is cut")]
fn geometric(draw: u64, epsilon: f64) -> i64 {
    let uniform = (draw as f64 + 0.5) / 18_446_744_073_709_551_616.0;
    let steps = (uniform.ln() / -epsilon).floor();
    if steps < 1e15 { steps as i64 } else { 1_000_000_000_000_000 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noise_is_around_nothing_and_as_wide_as_epsilon_says() {
        for epsilon in [0.1_f64, 1.0] {
            let draws: Vec<i64> = (0..20_000).map(|_| noisy(100, epsilon).unwrap() - 100).collect();
            #[expect(clippy::cast_precision_loss, reason = "a mean of small numbers")]
            let mean = draws.iter().sum::<i64>() as f64 / 20_000.0;
            #[expect(clippy::cast_precision_loss, reason = "a mean of small numbers")]
            let square = draws.iter().map(|draw| draw * draw).sum::<i64>() as f64 / 20_000.0;
            let alpha = (-epsilon).exp();
            let variance = 2.0 * alpha / (1.0 - alpha).powi(2);
            assert!(mean.abs() < 6.0 * (variance / 20_000.0).sqrt(), "{epsilon}: {mean}");
            assert!((square / variance - 1.0).abs() < 0.25, "{epsilon}: {square} against {variance}");
        }
        assert_eq!(geometric(u64::MAX, 1.0), 0);
        assert_eq!(geometric(0, 1e-300), 1_000_000_000_000_000);
    }
}
