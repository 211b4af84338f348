//! When a resource is open, and what its closed time is, computed from the rules of the calendars it is bound to.
//!
//! The policy: wall-clock times are resolved day by day in the practice's zone; one in the spring gap moves forward, one in
//! the autumn fold means the first. A resource for which no calendar says when it is open is open all day: rooms and
//! equipment need no hours of their own.

use crate::calendar::{AvailabilityRule, RuleKind};
use crate::setup::Setup;
use crate::span::{Span, crowded, instant, minute, union, without};
use chrono::{NaiveTime, Timelike as _};
use keepwell_kernel::{CivilDate, ProductId, ResourceId, Zone};

/// Closed time and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shade {
    pub(crate) span: Span,
    pub(crate) kind: RuleKind,
    pub(crate) label: String,
}

/// A day of one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hours {
    /// When it can be booked.
    pub(crate) open: Vec<Span>,
    /// Everything else of the day.
    pub(crate) shades: Vec<Shade>,
}

/// Returns a civil day.
pub(crate) fn day_span(zone: Zone, date: CivilDate) -> Span {
    let from = minute(zone.start_of(date));
    Span::new(from, from + i64::from(zone.minutes_of(date)))
}

/// Returns the minute at which a wall-clock minute of a day begins, by the policy. What lies behind the day's end is its end.
pub(crate) fn at(zone: Zone, date: CivilDate, wall: u16) -> i64 {
    let time = NaiveTime::MIN.with_hour(u32::from(wall / 60)).and_then(|hour| hour.with_minute(u32::from(wall % 60)));
    // 1440 is no time of the day; it is the end of it.
    time.map_or_else(|| day_span(zone, date).to, |time| minute(zone.resolve(date.and_time(time)).instant))
}

fn span_of(rule: &AvailabilityRule, zone: Zone, date: CivilDate) -> Span {
    Span::new(at(zone, date, rule.from_minute), at(zone, date, rule.to_minute))
}

/// Returns the hours of a resource on a day, for one product or for any.
pub(crate) fn hours(
    setup: &Setup,
    zone: Zone,
    resource: ResourceId,
    date: CivilDate,
    product: Option<ProductId>,
) -> Hours {
    let day = day_span(zone, date);
    let is_open = |rule: &&AvailabilityRule| rule.kind == RuleKind::Open;
    let today: Vec<&AvailabilityRule> =
        setup.rules_of(resource).filter(|rule| rule.is_for(product) && rule.speaks_of(date)).collect();
    // Hours for one product alone are hours: they leave no others open.
    let open = match setup.rules_of(resource).any(|rule| is_open(&rule)) {
        true => union(today.iter().copied().filter(is_open).map(|rule| span_of(rule, zone, date)).collect()),
        false => vec![day],
    };
    let mut shades: Vec<Shade> = Vec::new();
    let mut rest = vec![day];
    for rule in
        today.iter().filter(|rule| rule.kind != RuleKind::Open && (product.is_some() || rule.products.is_empty()))
    {
        let span = union(vec![span_of(rule, zone, date)]);
        let new: Vec<Span> = span.iter().flat_map(|one| rest.iter().filter_map(|left| left.within(*one))).collect();
        rest = without(&rest, &span);
        shades.extend(new.into_iter().map(|span| Shade { span, kind: rule.kind, label: rule.label.clone() }));
    }
    let open: Vec<Span> = open.iter().flat_map(|one| rest.iter().filter_map(|left| left.within(*one))).collect();
    let open = union(open);
    let closed = without(&rest, &open).into_iter();
    shades.extend(closed.map(|span| Shade { span, kind: RuleKind::Closed, label: String::new() }));
    shades.sort_by_key(|shade| shade.span);
    Hours { open, shades }
}

/// Returns where a resource takes no more within a stretch, given what it has already: as much at once as an open rule of
/// that time says, and as much as the resource where none says anything.
pub(crate) fn full(setup: &Setup, zone: Zone, resource: ResourceId, within: Span, taken: &[Span]) -> Vec<Span> {
    let own = setup.resource(resource).map_or(1, |one| one.capacity);
    let said: Vec<(Span, u16)> = dates(zone, within)
        .flat_map(|date| {
            let rules =
                setup.rules_of(resource).filter(move |rule| rule.kind == RuleKind::Open && rule.speaks_of(date));
            rules.filter_map(move |rule| Some((span_of(rule, zone, date), rule.capacity?)))
        })
        .collect();
    let unsaid = without(&[within], &union(said.iter().map(|(span, _)| *span).collect()));
    let pieces = said.into_iter().chain(unsaid.into_iter().map(|span| (span, own)));
    let full = |(piece, capacity): (Span, u16)| {
        crowded(taken, capacity).into_iter().filter_map(move |full| full.within(piece)?.within(within))
    };
    union(pieces.flat_map(full).collect())
}

/// Returns the dates that a stretch touches here.
pub(crate) fn dates(zone: Zone, span: Span) -> impl Iterator<Item = CivilDate> {
    let date_of = move |at: i64| zone.date_of(instant(at));
    let last = date_of(span.to - 1);
    date_of(span.from).iter_days().take_while(move |date| *date <= last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::needs::tests::resource;
    use crate::resource::ResourceKind;
    use keepwell_kernel::{CalendarId, RuleId};
    use proptest::prelude::*;

    fn rules() -> impl Strategy<Value = Vec<AvailabilityRule>> {
        let kind = prop_oneof![
            3 => Just(RuleKind::Open),
            1 => Just(RuleKind::Closed),
            1 => Just(RuleKind::TimeOff),
            1 => Just(RuleKind::Maintenance),
            1 => Just(RuleKind::Holiday)
        ];
        let days = proptest::collection::vec(1u8..=7, 0..4);
        let minutes = (0u16..1_440, 1u16..=600);
        let rule =
            (kind, days, 1u8..3, minutes).prop_map(|(kind, weekdays, every_weeks, (from, length))| AvailabilityRule {
                id: RuleId::from_bytes([1; 16]),
                calendar: CalendarId::from_bytes([2; 16]),
                kind,
                label: String::new(),
                weekdays,
                every_weeks,
                from: "2026-01-01".parse().unwrap(),
                until: None,
                from_minute: from,
                to_minute: (from + length).min(1_440),
                products: Vec::new(),
                capacity: None,
            });
        proptest::collection::vec(rule, 0..8)
    }

    fn bound(rules: Vec<AvailabilityRule>) -> (Setup, ResourceId) {
        let one = resource(ResourceKind::Practitioner, 3, &[]);
        let calendar = Calendar {
            id: CalendarId::from_bytes([2; 16]),
            name: String::new(),
            bound: vec![one.id],
            grid_minutes: 15,
            horizon_days: 366,
        };
        let id = one.id;
        (Setup { resources: vec![one], products: Vec::new(), calendars: vec![calendar], rules }, id)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn open_and_closed_time_are_the_day_on_days_of_any_length(rules in rules(), at in 0usize..6) {
            // 23, 24 and 25 hours, half an hour less and more, and a midnight that does not exist.
            let (name, date, minutes) = [
                ("America/New_York", "2026-03-08", 1_380),
                ("America/New_York", "2026-11-01", 1_500),
                ("America/New_York", "2026-02-28", 1_440),
                ("Australia/Lord_Howe", "2026-10-04", 1_410),
                ("Australia/Lord_Howe", "2026-04-05", 1_470),
                ("America/Havana", "2026-03-08", 1_380),
            ][at];
            let (zone, date) = (Zone::named(name).unwrap(), date.parse::<CivilDate>().unwrap());
            let day = day_span(zone, date);
            prop_assert_eq!(day.to - day.from, minutes);
            let (setup, one) = bound(rules);
            let hours = hours(&setup, zone, one, date, None);
            let mut all: Vec<Span> = hours.open.iter().copied().chain(hours.shades.iter().map(|shade| shade.span)).collect();
            all.sort_unstable();
            // They follow each other without a gap and without an overlap, from the beginning of the day to its end.
            prop_assert_eq!(all.first().map(|one| one.from), Some(day.from));
            prop_assert_eq!(all.last().map(|one| one.to), Some(day.to));
            prop_assert!(all.windows(2).all(|two| two[0].to == two[1].from && two[0].from < two[0].to));
        }
    }

    #[test]
    fn hours_are_those_of_the_clock_on_the_wall() {
        let zone = Zone::named("America/New_York").unwrap();
        let rule = |from, to, kind| AvailabilityRule {
            id: RuleId::from_bytes([1; 16]),
            calendar: CalendarId::from_bytes([2; 16]),
            kind,
            label: String::new(),
            weekdays: Vec::new(),
            every_weeks: 1,
            from: "2026-01-01".parse().unwrap(),
            until: None,
            from_minute: from,
            to_minute: to,
            products: Vec::new(),
            capacity: None,
        };
        let (setup, one) = bound(vec![rule(150, 540, RuleKind::Open)]);
        for (date, from, length) in [
            ("2026-03-07", 150, 390),
            // 2:30 is in the gap and moves to 3:30, which is 150 minutes after midnight on that day.
            ("2026-03-08", 150, 330),
            ("2026-11-01", 210, 390),
        ] {
            let date: CivilDate = date.parse().unwrap();
            let open = hours(&setup, zone, one, date, None).open;
            let day = day_span(zone, date);
            let found: Vec<(i64, i64)> = open.iter().map(|one| (one.from - day.from, one.to - one.from)).collect();
            assert_eq!(found, [(from, length)], "{date}");
        }
        let (without, one) = bound(Vec::new());
        let date: CivilDate = "2026-03-09".parse().unwrap();
        assert_eq!(hours(&without, zone, one, date, None).open, [day_span(zone, date)], "no hours: open all day");
    }
}
