//! Finding the first openings: times at which everything a product needs is free together.

use crate::catalogue::Requirement;
use crate::needs::complete;
use crate::resource::Resource;
use crate::span::{Span, covers};
use crate::unit::buffered;
use keepwell_kernel::{CivilDate, ResourceId};

/// A resource and its time on a day.
pub(crate) struct Free<'a> {
    pub(crate) resource: &'a Resource,
    /// When it is open.
    pub(crate) open: Vec<Span>,
    /// When nobody has it.
    pub(crate) idle: Vec<Span>,
}

/// What is looked for.
pub(crate) struct Sought<'a> {
    pub(crate) needs: &'a [Requirement],
    pub(crate) wanted: &'a [ResourceId],
    pub(crate) minutes: u16,
    pub(crate) buffers: (u16, u16),
    /// Visits begin at whole multiples of this since the day began.
    pub(crate) grid: u16,
}

/// Returns the openings of one day between two minutes of it, at most `limit`, the earliest first. `patient` is when the
/// patient is free.
pub(crate) fn openings(
    sought: &Sought<'_>,
    (date, day): (CivilDate, Span),
    within: Span,
    all: &[Free<'_>],
    patient: &[Span],
    limit: usize,
) -> Vec<(Span, Vec<ResourceId>)> {
    let (grid, length) = (i64::from(sought.grid.max(1)), i64::from(sought.minutes));
    let first = day.from + (within.from - day.from).div_euclid(grid) * grid;
    let first = if first < within.from { first + grid } else { first };
    let mut found = Vec::new();
    let mut at = first;
    while found.len() < limit && at + length <= within.to {
        let span = Span::new(at, at + length);
        let taken = buffered(span, sought.buffers.0, sought.buffers.1);
        at += grid;
        if !covers(patient, span) {
            continue;
        }
        let is_free = |one: &&Free<'_>| covers(&one.open, span) && covers(&one.idle, taken);
        let free: Vec<&Resource> = all.iter().filter(is_free).map(|one| one.resource).collect();
        found.extend(complete(sought.needs, sought.wanted, &free, date).map(|resources| (span, resources)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs::tests::{on, resource};
    use crate::resource::ResourceKind::{Practitioner, Room};
    use crate::span::{union, without};
    use proptest::prelude::*;

    fn spans(most: i64) -> impl Strategy<Value = Vec<Span>> {
        proptest::collection::vec((0..most, 5i64..90).prop_map(|(from, len)| Span::new(from, from + len)), 0..5)
    }

    proptest! {
        #[test]
        fn every_opening_and_no_other_is_found(
            taken in proptest::collection::vec(spans(480), 4),
            closed in proptest::collection::vec(spans(480), 4),
            patient in spans(480),
            minutes in 5u16..60,
            before in 0u16..20,
            after in 0u16..20,
            want in proptest::option::of(0usize..4),
        ) {
            let day = Span::new(0, 480);
            let all = [resource(Practitioner, 1, &[]), resource(Practitioner, 2, &["a"]), resource(Room, 3, &[]), resource(Room, 4, &["a"])];
            let wide = Span::new(-60, 540);
            let free: Vec<Free<'_>> = all.iter().enumerate().map(|(at, resource)| Free {
                resource,
                open: without(&[day], &union(closed[at].clone())),
                idle: without(&[wide], &union(taken[at].clone())),
            }).collect();
            let needs = [
                Requirement { kind: Practitioner, capability: None, resource: None, count: 1 },
                Requirement { kind: Room, capability: Some("a".to_owned()), resource: None, count: 1 },
            ];
            let wanted: Vec<ResourceId> = want.map(|at| all[at].id).into_iter().collect();
            let sought = Sought { needs: &needs, wanted: &wanted, minutes, buffers: (before, after), grid: 15 };
            let patient_free = without(&[wide], &union(patient.clone()));
            let found = openings(&sought, (on(), day), day, &free, &patient_free, 1_000);
            // By hand: minute by minute, resource by resource, no set arithmetic.
            let busy = |spans: &[Span], at: i64| spans.iter().any(|one| one.from <= at && at < one.to);
            let by_hand: Vec<i64> = (0..480).step_by(15).filter(|start| {
                let (from, to) = (*start, *start + i64::from(minutes));
                let free = |at: usize| (from..to).all(|minute| !busy(&closed[at], minute))
                    && (from - i64::from(before)..to + i64::from(after)).all(|minute| !busy(&taken[at], minute));
                to <= 480 && (from..to).all(|minute| !busy(&patient, minute))
                    && (free(0) || free(1)) && free(3) && want.is_none_or(free)
            }).collect();
            prop_assert_eq!(found.iter().map(|(span, _)| span.from).collect::<Vec<_>>(), by_hand);
            for (span, resources) in found {
                prop_assert!(wanted.iter().all(|one| resources.contains(one)));
                prop_assert_eq!(span.to - span.from, i64::from(minutes));
            }
        }
    }
}
