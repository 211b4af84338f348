//! What stands against a booking: all of it, not the first that is found.

use crate::busy::{self, Taken, TakenBy};
use crate::catalogue::ServiceProduct;
use crate::hours::{dates, full, hours};
use crate::looking::Look;
use crate::needs;
use crate::resource::{Resource, ResourceKind};
use crate::setup::Setup;
use crate::slot_hold::SlotHold;
use crate::span::{Span, covers, minute, union};
use crate::unit::buffered;
use keepwell_kernel::{CivilDate, Error, PatientId, ProductId, ResourceId, SlotHoldId, StaffId};
use keepwell_vault::RowKey;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of thing stands against a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// A resource is taken at that time.
    ResourceBusy,
    /// The patient is somewhere else at that time.
    PatientBusy,
    /// Somebody holds the slot.
    Held,
    /// A resource is closed at that time.
    Closed,
    /// The time is open, but not for this product.
    NotOffered,
    /// A licence or a capability is not valid on the day.
    NotValid,
    /// Something that the product needs is not among what was chosen.
    Missing,
    /// It begins sooner than the product's notice.
    Notice,
    /// It is over.
    Past,
    /// It lies further ahead than may be booked.
    Horizon,
}

/// What is to be booked.
pub(crate) struct Wish<'a> {
    pub(crate) product: Option<&'a ServiceProduct>,
    pub(crate) patient: Option<PatientId>,
    pub(crate) date: CivilDate,
    pub(crate) span: Span,
    pub(crate) buffers: (u16, u16),
    pub(crate) resources: Vec<&'a Resource>,
    /// The rows of what is moved: it does not stand against itself.
    pub(crate) own: Vec<RowKey>,
    /// The hold that is used: it was made for this.
    pub(crate) hold: Option<SlotHoldId>,
}

impl Wish<'_> {
    pub(crate) fn taken(&self) -> Span {
        buffered(self.span, self.buffers.0, self.buffers.1)
    }

    fn product_id(&self) -> Option<ProductId> {
        self.product.map(|product| product.id)
    }
}

/// One thing that stands against it, before anybody is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    pub(crate) kind: ConflictKind,
    pub(crate) resource: Option<ResourceId>,
    /// What takes the time.
    pub(crate) by: Option<(TakenBy, RowKey)>,
    /// Who holds the slot, and when.
    pub(crate) holder: Option<(StaffId, Span)>,
    /// What is not valid or missing, in words of the practice.
    pub(crate) what: Option<String>,
}

impl Clash {
    fn of(kind: ConflictKind, resource: Option<ResourceId>) -> Self {
        Self { kind, resource, by: None, holder: None, what: None }
    }

    /// Says whether somebody who may can book all the same. Nobody treats without a licence.
    pub(crate) fn can_override(&self) -> bool {
        !(self.kind == ConflictKind::NotValid && self.what.as_deref() == Some(crate::resource::LICENSE))
    }
}

/// Returns everything that stands against a wish.
///
/// # Errors
/// [`Error`].
pub(crate) fn clashes(cx: &impl Look, setup: &Setup, wish: &Wish<'_>) -> Result<Vec<Clash>, Error> {
    let mut all = Vec::new();
    for one in &wish.resources {
        all.extend(about(cx, setup, wish, one)?);
    }
    let records = wish.patient.map(|patient| cx.records_of(patient)).transpose()?;
    for record in records.into_iter().flatten() {
        let others = busy::taken_of_patient(cx, record, wish.span)?.into_iter();
        let rows = others.filter(|other| other.span.overlaps(wish.span) && !wish.own.contains(&other.row));
        all.extend(once(rows).map(|by| Clash { by: Some(by), ..Clash::of(ConflictKind::PatientBusy, None) }));
    }
    all.extend(missing(wish));
    all.extend(times(cx, setup, wish));
    all.sort_by_key(|clash| clash.kind);
    Ok(all)
}

/// A stretch over midnight stands in the index once a day.
fn once(taken: impl Iterator<Item = Taken>) -> impl Iterator<Item = (TakenBy, RowKey)> {
    let mut rows: Vec<(TakenBy, RowKey)> = taken.map(|one| (one.by, one.row)).collect();
    rows.sort_unstable();
    rows.dedup();
    rows.into_iter()
}

/// Returns everything about one resource that stands against a wish.
///
/// # Errors
/// [`Error`].
pub(crate) fn about(cx: &impl Look, setup: &Setup, wish: &Wish<'_>, one: &Resource) -> Result<Vec<Clash>, Error> {
    let mut all = busy(cx, setup, wish, one)?;
    all.extend(closed(cx, setup, wish, one));
    all.extend(lapsed(wish, one));
    Ok(all)
}

/// Returns the visits and the holds in the way of one resource.
fn busy(cx: &impl Look, setup: &Setup, wish: &Wish<'_>, one: &Resource) -> Result<Vec<Clash>, Error> {
    let taken = wish.taken();
    let visits: Vec<Taken> = busy::taken_of(cx, one.id, taken)?
        .into_iter()
        .filter(|other| other.span.overlaps(taken) && !wish.own.contains(&other.row))
        .collect();
    let holds: Vec<SlotHold> = busy::holds_of(cx, one.id, taken)?
        .into_iter()
        .filter(|hold| hold.taken().overlaps(taken) && wish.hold != Some(hold.id))
        .collect();
    let spans = visits.iter().map(|other| other.span).chain(holds.iter().map(SlotHold::taken)).collect::<Vec<Span>>();
    let full = full(setup, cx.here(), one.id, taken, &spans);
    let is_in_the_way = |span: Span| full.iter().any(|full| full.overlaps(span));
    let rows = once(visits.into_iter().filter(|other| is_in_the_way(other.span)));
    let visit = |by| Clash { by: Some(by), ..Clash::of(ConflictKind::ResourceBusy, Some(one.id)) };
    let hold = |hold: SlotHold| Clash {
        holder: Some((hold.owner, hold.taken())),
        ..Clash::of(ConflictKind::Held, Some(one.id))
    };
    let holds = holds.into_iter().filter(|hold| is_in_the_way(hold.taken()));
    Ok(rows.map(visit).chain(holds.map(hold)).collect())
}

/// Returns when a resource is open over every day that a stretch touches.
fn open(cx: &impl Look, setup: &Setup, resource: ResourceId, span: Span, product: Option<ProductId>) -> Vec<Span> {
    let zone = cx.here();
    union(dates(zone, span).flat_map(|date| hours(setup, zone, resource, date, product).open).collect())
}

fn closed(cx: &impl Look, setup: &Setup, wish: &Wish<'_>, one: &Resource) -> Option<Clash> {
    if covers(&open(cx, setup, one.id, wish.span, wish.product_id()), wish.span) {
        return None;
    }
    let for_others = wish.product.is_some() && covers(&open(cx, setup, one.id, wish.span, None), wish.span);
    let kind = if for_others { ConflictKind::NotOffered } else { ConflictKind::Closed };
    Some(Clash::of(kind, Some(one.id)))
}

/// Returns what is not valid on the day: a licence always, a capability where the product asks for it.
fn lapsed(wish: &Wish<'_>, one: &Resource) -> Vec<Clash> {
    let asked = wish.product.map_or_else(Vec::new, needs::of);
    let is_asked = |name: &String| {
        let asks = |need: &crate::catalogue::Requirement| {
            need.capability.as_deref().is_some_and(|one| one.eq_ignore_ascii_case(name))
        };
        name == crate::resource::LICENSE || asked.iter().any(asks)
    };
    let clash = |what| Clash { what: Some(what), ..Clash::of(ConflictKind::NotValid, Some(one.id)) };
    one.lapsed_on(wish.date).into_iter().filter(is_asked).map(clash).collect()
}

/// Returns what a theatre or a piece of equipment can do no more on the day, whatever it is needed for: a calibration that has
/// ended is found when it is allocated, not when the patient lies there.
pub(crate) fn out_of_date(one: &Resource, on: CivilDate) -> Vec<Clash> {
    let is_thing = matches!(one.kind, ResourceKind::Theatre | ResourceKind::Equipment);
    let clash = |what| Clash { what: Some(what), ..Clash::of(ConflictKind::NotValid, Some(one.id)) };
    let lapsed = one.lapsed_on(on).into_iter().filter(|name| is_thing && name != crate::resource::LICENSE);
    lapsed.map(clash).collect()
}

fn missing(wish: &Wish<'_>) -> Option<Clash> {
    let product = wish.product?;
    let met = needs::met(&needs::of(product), &wish.resources, wish.date);
    (!met.is_whole()).then(|| Clash::of(ConflictKind::Missing, None))
}

/// Returns what stands against the time itself. A visit that is moved was booked with its notice already.
fn times(cx: &impl Look, setup: &Setup, wish: &Wish<'_>) -> Vec<Clash> {
    let now = minute(cx.present());
    let mut all = Vec::new();
    // Earlier today is no past: who walked in is written down when there is time for it.
    if wish.date < cx.day() {
        all.push(Clash::of(ConflictKind::Past, None));
    }
    let notice = wish.product.map_or(0, |product| i64::from(product.notice_minutes));
    if wish.own.is_empty() && notice > 0 && wish.span.from < now + notice {
        all.push(Clash::of(ConflictKind::Notice, None));
    }
    let ahead = (wish.date - cx.day()).num_days();
    let beyond = wish.resources.iter().find(|one| ahead > i64::from(setup.horizon(one.id)));
    all.extend(beyond.map(|one| Clash::of(ConflictKind::Horizon, Some(one.id))));
    all
}
