//! Half-open stretches of time, in whole minutes since 1970 in UTC, and what can be done with sets of them.
//!
//! Sets are sorted, and their members neither touch nor overlap. Adjacent is not overlapping: what ends at ten leaves ten free.

use keepwell_kernel::Instant;

/// From a minute until just before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// Minutes of a day in UTC, which has no other length.
pub(crate) const DAY: i64 = 1440;

/// Returns the minute an instant falls into.
pub(crate) fn minute(at: Instant) -> i64 {
    at.timestamp().div_euclid(60)
}

/// Returns the instant at which a minute begins.
pub(crate) fn instant(minute: i64) -> Instant {
    Instant::UNIX_EPOCH + chrono::Duration::minutes(minute)
}

impl Span {
    pub(crate) const fn new(from: i64, to: i64) -> Self {
        Self { from, to }
    }

    pub(crate) const fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    pub(crate) const fn holds(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.from >= self.to
    }

    /// Returns what lies within another.
    pub(crate) fn within(self, other: Self) -> Option<Self> {
        let both = Self::new(self.from.max(other.from), self.to.min(other.to));
        (!both.is_empty()).then_some(both)
    }

    /// Returns the days in UTC that it touches, counted from 1970.
    pub(crate) fn days(self) -> std::ops::RangeInclusive<i64> {
        self.from.div_euclid(DAY)..=(self.to - 1).div_euclid(DAY)
    }
}

/// Makes a set of any stretches.
pub(crate) fn union(mut any: Vec<Span>) -> Vec<Span> {
    any.retain(|one| !one.is_empty());
    any.sort_unstable();
    let mut set: Vec<Span> = Vec::with_capacity(any.len());
    for one in any {
        match set.last_mut() {
            Some(last) if one.from <= last.to => last.to = last.to.max(one.to),
            _ => set.push(one),
        }
    }
    set
}

/// Returns what of a set is not in another.
pub(crate) fn without(set: &[Span], taken: &[Span]) -> Vec<Span> {
    let mut left = Vec::with_capacity(set.len());
    for one in set {
        let mut from = one.from;
        for other in taken.iter().filter(|other| other.overlaps(*one)) {
            if from < other.from {
                left.push(Span::new(from, other.from));
            }
            from = from.max(other.to);
        }
        if from < one.to {
            left.push(Span::new(from, one.to));
        }
    }
    left
}

/// Says whether a whole stretch lies in a set.
pub(crate) fn covers(set: &[Span], one: Span) -> bool {
    let behind = set.partition_point(|other| other.from <= one.from);
    behind.checked_sub(1).and_then(|last| set.get(last)).is_some_and(|other| other.holds(one))
}

/// Returns where at least `capacity` of these stretches lie over one another.
pub(crate) fn crowded(any: &[Span], capacity: u16) -> Vec<Span> {
    if capacity == 1 {
        return union(any.to_vec());
    }
    let mut edges: Vec<(i64, i32)> = any.iter().flat_map(|one| [(one.from, 1), (one.to, -1)]).collect();
    // Where one ends and another begins, the end comes first: adjacent is fine.
    edges.sort_unstable();
    let (mut held, mut since, mut full) = (0, 0, Vec::new());
    for (at, change) in edges {
        let before = held;
        held += change;
        let most = i32::from(capacity);
        if before < most && held >= most {
            since = at;
        } else if before >= most && held < most {
            full.push(Span::new(since, at));
        }
    }
    union(full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        proptest::collection::vec((0i64..200, 0i64..40).prop_map(|(from, len)| Span::new(from, from + len)), 0..12)
    }

    /// Says minute by minute what is in it, as slowly and surely as one can.
    fn minutes(spans: &[Span]) -> Vec<u16> {
        (0..300).map(|at| spans.iter().filter(|one| one.from <= at && at < one.to).count() as u16).collect()
    }

    proptest! {
        #[test]
        fn sets_are_what_counting_minutes_says(any in spans(), taken in spans(), capacity in 1u16..4) {
            let (set, other) = (union(any.clone()), union(taken));
            prop_assert!(set.windows(2).all(|two| two[0].to < two[1].from));
            let (whole, gone) = (minutes(&set), minutes(&other));
            prop_assert_eq!(whole.iter().map(|n| *n > 0).collect::<Vec<_>>(), minutes(&any).iter().map(|n| *n > 0).collect::<Vec<_>>());
            let left = minutes(&without(&set, &other));
            for at in 0..300 {
                prop_assert_eq!(left[at] > 0, whole[at] > 0 && gone[at] == 0);
            }
            let crowd = minutes(&crowded(&any, capacity));
            for (held, full) in minutes(&any).into_iter().zip(crowd) {
                prop_assert_eq!(held >= capacity, full > 0);
            }
        }

        #[test]
        fn a_stretch_is_covered_when_each_of_its_minutes_is(any in spans(), from in 0i64..200, len in 1i64..30) {
            let set = union(any);
            let one = Span::new(from, from + len);
            let counted = minutes(&set);
            prop_assert_eq!(covers(&set, one), (from..from + len).all(|at| counted[at as usize] > 0));
        }
    }

    #[test]
    fn a_stretch_over_midnight_touches_both_days() {
        assert_eq!(Span::new(DAY - 10, DAY + 10).days().collect::<Vec<_>>(), [0, 1]);
        assert_eq!(Span::new(0, DAY).days().collect::<Vec<_>>(), [0]);
        assert_eq!(Span::new(-5, 0).days().collect::<Vec<_>>(), [-1]);
    }

    #[test]
    fn instants_and_minutes_are_the_same_time() {
        let at: Instant = "2026-03-08T07:30:00Z".parse().unwrap();
        assert_eq!(instant(minute(at)), at);
        assert_eq!(instant(-1).to_rfc3339(), "1969-12-31T23:59:00+00:00");
    }
}
