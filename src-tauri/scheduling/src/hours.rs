//! When a resource is open, and what its closed time is, computed from the rules of the calendars it is bound to.
//!
//! The policy: wall-clock times are resolved day by day in the practice's zone; one in the spring gap moves forward, one in
//! the autumn fold means the first. A resource for which no calendar says when it is open is open all day: rooms and
//! equipment need no hours of their own.

use crate::calendar::{AvailabilityRule, RuleKind};
use crate::setup::Setup;
use crate::span::{Span, minute, union, without};
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

/// Returns the minute at which a wall-clock minute of a day begins, by the policy.
fn at(zone: Zone, date: CivilDate, wall: u16) -> i64 {
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
    let rules: Vec<&AvailabilityRule> = setup.rules_of(resource).filter(|rule| rule.is_for(product)).collect();
    let is_open = |rule: &&&AvailabilityRule| rule.kind == RuleKind::Open;
    let today: Vec<&AvailabilityRule> = rules.iter().copied().filter(|rule| rule.speaks_of(date)).collect();
    let open = match rules.iter().any(|rule| is_open(&rule)) {
        true => union(today.iter().filter(is_open).map(|rule| span_of(rule, zone, date)).collect()),
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

/// Returns how many bookings a resource takes at once during a stretch: the fewest that a rule of that time says.
pub(crate) fn capacity(setup: &Setup, zone: Zone, resource: ResourceId, date: CivilDate, span: Span) -> u16 {
    let own = setup.resource(resource).map_or(1, |one| one.capacity);
    let said = setup.rules_of(resource).filter(|rule| rule.kind == RuleKind::Open && rule.speaks_of(date));
    said.filter(|rule| span_of(rule, zone, date).overlaps(span)).filter_map(|rule| rule.capacity).min().unwrap_or(own)
}
