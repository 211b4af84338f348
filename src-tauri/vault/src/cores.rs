//! Work on all cores: opening and adding up rows takes far longer than fetching them.

use std::thread::{ScopedJoinHandle, available_parallelism, scope};

/// Works on a list in parts, one for each core, and does something else meanwhile, such as fetching the next list.
/// Fewer than `least` items are not worth a thread. Returns the answers in the order of the parts. A panic in a part
/// goes on in the caller.
pub fn on_all_cores<T: Sync, R: Send, M>(
    items: &[T],
    least: usize,
    work: impl Fn(&[T]) -> R + Sync,
    meanwhile: impl FnOnce() -> M,
) -> (Vec<R>, M) {
    let cores = available_parallelism().map_or(1, std::num::NonZero::get);
    let part = items.len().div_ceil(cores).max(least).max(1);
    scope(|scope| {
        let work = &work;
        let parts: Vec<ScopedJoinHandle<'_, R>> =
            items.chunks(part).map(|items| scope.spawn(move || work(items))).collect();
        let other = meanwhile();
        let join = |part: ScopedJoinHandle<'_, R>| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (parts.into_iter().map(join).collect(), other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_come_back_in_order_and_none_is_left_out() {
        for count in [0, 1, 255, 256, 257, 1000, 5000] {
            let items: Vec<usize> = (0..count).collect();
            let (parts, other) = on_all_cores(&items, 256, <[usize]>::to_vec, || "meanwhile");
            assert_eq!((parts.concat(), other), (items, "meanwhile"));
        }
    }
}
