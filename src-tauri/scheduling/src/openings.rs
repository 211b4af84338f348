//! `scheduling.openings`: the first times at which everything that a product needs is free together.

use crate::busy::{on_day_of, taken_of_patient};
use crate::catalogue::{Requirement, ServiceProduct};
use crate::fields::{at_most, optional_date, weekdays};
use crate::hours::{at, day_span, full, hours};
use crate::looking::Look;
use crate::needs;
use crate::opening::{Free, Sought, openings};
use crate::refusals::{BAD_MINUTES, TOO_MANY};
use crate::resource::Resource;
use crate::setup::Setup;
use crate::slot::{clocks, short};
use crate::span::{Span, minute, union, without};
use chrono::Datelike as _;
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, ProductId, Purpose, ResourceId};
use keepwell_log::door::{Query, ReadCx};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// The most days looked through.
const DAYS_MAX: u16 = 366;
/// The most openings.
const OPENINGS_MAX: u16 = 200;
/// What is looked at around a day, for buffers that reach over midnight.
const AROUND: i64 = 480;

/// Looks for openings.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindOpenings {
    /// For what.
    pub product: ProductId,
    /// For whom; the patient's own visits are in the way too.
    pub patient: Option<PatientId>,
    /// With whom and what it must be; the rest is found.
    pub resources: Vec<ResourceId>,
    /// The first day, YYYY-MM-DD; today where none is named.
    pub from: Option<String>,
    /// How many days, 1 to 366.
    pub days: u16,
    /// On these days of the week, 1 for Monday to 7; on any where none is named.
    pub weekdays: Vec<u8>,
    /// Not before this wall-clock minute of the day.
    pub not_before: Option<u16>,
    /// Over by this wall-clock minute of the day.
    pub not_after: Option<u16>,
    /// The most, 1 to 200.
    pub limit: u16,
}

/// The first openings.
#[derive(Debug, Serialize, TS)]
pub struct Openings {
    /// The earliest first.
    pub rows: Vec<Opening>,
    /// The last day that was looked at.
    #[ts(type = "CivilDate")]
    pub searched_until: CivilDate,
}

/// An opening.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Opening {
    /// The day.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// Minutes since it began.
    pub minute: u16,
    /// How long.
    pub minutes: u16,
    /// The same as the clock shows it.
    pub time: String,
    /// Who and what is free.
    pub resources: Vec<ResourceId>,
    /// Their names, in the same order.
    pub names: Vec<String>,
}

impl Operation for FindOpenings {
    const NAME: &'static str = "scheduling.openings";
    const PERMISSION: Permission = Permission::ScheduleBook;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Operations, Purpose::Treatment, Purpose::PatientRequest, Purpose::Emergency];
    type Output = Openings;
}

impl Query for FindOpenings {
    fn run(self, cx: &ReadCx<'_>) -> Result<Openings, Error> {
        let setup = Setup::read(cx)?;
        let product = setup.bookable(self.product)?;
        setup.usable(&self.resources)?;
        at_most(&self.resources, crate::book::RESOURCES_MAX, "resources")?;
        let from = optional_date(self.from.as_deref(), "from")?.unwrap_or_else(|| cx.today()).max(cx.today());
        if !(1..=DAYS_MAX).contains(&self.days) {
            return Err(TOO_MANY.at("days").into());
        }
        if !(1..=OPENINGS_MAX).contains(&self.limit) {
            return Err(TOO_MANY.at("limit").into());
        }
        let (early, late) = (self.not_before.unwrap_or(0), self.not_after.unwrap_or(u16::MAX));
        if early >= late {
            return Err(BAD_MINUTES.at("not_after").into());
        }
        let days = weekdays(&self.weekdays, "weekdays")?;
        let whose = self.patient.map_or_else(|| Ok(Vec::new()), |patient| cx.records_of(patient))?;
        let mut search = Search::new(&setup, product, &self.resources, whose);
        let (mut rows, mut searched_until) = (Vec::new(), from);
        let wanted = from.iter_days().take(usize::from(self.days));
        for date in wanted.filter(|date| {
            days.is_empty() || days.iter().any(|day| u32::from(*day) == date.weekday().number_from_monday())
        }) {
            searched_until = date;
            let left = usize::from(self.limit) - rows.len();
            if left == 0 {
                break;
            }
            rows.extend(search.day(cx, date, (early, late), left)?);
        }
        Ok(Openings { rows, searched_until })
    }
}

/// A search through days, which reads each day of each resource once.
pub(crate) struct Search<'a> {
    setup: &'a Setup,
    product: &'a ServiceProduct,
    needs: Vec<Requirement>,
    wanted: &'a [ResourceId],
    /// What could meet a need or is wanted.
    candidates: Vec<&'a Resource>,
    /// The records of the patient; none where it is for nobody yet.
    whose: Vec<PatientId>,
    busy: HashMap<(ResourceId, i64), Vec<Span>>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        setup: &'a Setup,
        product: &'a ServiceProduct,
        wanted: &'a [ResourceId],
        whose: Vec<PatientId>,
    ) -> Self {
        let needs = needs::of(product);
        let could = |one: &&Resource| {
            let meets = needs.iter().any(|need| need.kind == one.kind && need.resource.is_none_or(|id| id == one.id));
            !one.ended && (meets || wanted.contains(&one.id))
        };
        let mut candidates: Vec<&Resource> = setup.resources.iter().filter(could).collect();
        candidates.sort_by_key(|one| !wanted.contains(&one.id));
        Self { setup, product, needs, wanted, candidates, whose, busy: HashMap::new() }
    }

    /// Returns the first openings of a day between two wall-clock minutes of it.
    pub(crate) fn day(
        &mut self,
        cx: &impl Look,
        date: CivilDate,
        (early, late): (u16, u16),
        limit: usize,
    ) -> Result<Vec<Opening>, Error> {
        let day = day_span(cx.here(), date);
        let soonest = minute(cx.present()) + 1 + i64::from(self.product.notice_minutes);
        let within = Span::new(at(cx.here(), date, early).max(soonest), at(cx.here(), date, late).min(day.to));
        let ahead = (date - cx.day()).num_days();
        if within.is_empty() {
            return Ok(Vec::new());
        }
        let candidates = self.candidates.clone();
        let mut free = Vec::with_capacity(candidates.len());
        let reachable = |one: &&Resource| ahead <= i64::from(self.setup.horizon(one.id)) && one.is_licensed_on(date);
        for resource in candidates.into_iter().filter(reachable).collect::<Vec<_>>() {
            let open = hours(self.setup, cx.here(), resource.id, date, Some(self.product.id)).open;
            if !open.is_empty() {
                free.push(Free { resource, open, idle: self.idle(cx, resource, day)? });
            }
        }
        let sought = Sought {
            needs: &self.needs,
            wanted: self.wanted,
            minutes: self.product.minutes,
            buffers: (self.product.before, self.product.after),
            grid: self.candidates.iter().map(|one| self.setup.grid(one.id)).min().unwrap_or(crate::setup::GRID),
        };
        let patient = self.patient_idle(cx, day)?;
        let found = openings(&sought, (date, day), within, &free, &patient, limit);
        Ok(found.into_iter().map(|(span, resources)| self.shown(cx, date, day, span, resources)).collect())
    }

    fn idle(&mut self, cx: &impl Look, one: &Resource, day: Span) -> Result<Vec<Span>, Error> {
        let around = Span::new(day.from - AROUND, day.to + AROUND);
        let mut taken = Vec::new();
        for utc in around.days() {
            let spans = match self.busy.entry((one.id, utc)) {
                std::collections::hash_map::Entry::Occupied(held) => held.into_mut(),
                std::collections::hash_map::Entry::Vacant(place) => place.insert(on_day_of(cx, one.id, utc)?),
            };
            taken.extend_from_slice(spans);
        }
        Ok(without(&[around], &full(self.setup, cx.here(), one.id, around, &taken)))
    }

    fn patient_idle(&self, cx: &impl Look, day: Span) -> Result<Vec<Span>, Error> {
        let around = Span::new(day.from - AROUND, day.to + AROUND);
        let mut taken = Vec::new();
        for record in &self.whose {
            taken.extend(taken_of_patient(cx, *record, around)?);
        }
        Ok(without(&[around], &union(taken.into_iter().map(|one| one.span).collect())))
    }

    fn shown(&self, cx: &impl Look, date: CivilDate, day: Span, span: Span, resources: Vec<ResourceId>) -> Opening {
        Opening {
            date,
            minute: short(span.from - day.from),
            minutes: short(span.to - span.from),
            time: clocks(cx.here(), span),
            names: resources.iter().map(|id| self.setup.name(*id)).collect(),
            resources,
        }
    }
}
