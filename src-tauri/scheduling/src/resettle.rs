//! `scheduling.resettle`: visits and operations go back to the wall-clock time that people were told, after the practice moved to
//! another zone or the zone's rules changed.
//!
//! The policy: what was told holds. A visit keeps the instant at which it was booked until somebody resettles it, so that no
//! change of rules moves anybody unseen; what would collide at the time that was told stays where it is and is listed.

use crate::conflict::{Clash, ConflictKind, Wish, clashes};
use crate::day::units_on;
use crate::day_visit::label;
use crate::fields::date;
use crate::hours::day_span;
use crate::looking::Look as _;
use crate::refusals::{TOO_MANY, UNKNOWN};
use crate::setup::Setup;
use crate::slot::clocks;
use crate::span::{Span, instant};
use crate::theatre::allocation::{allocation_row, allocations};
use crate::theatre::held_on;
use crate::theatre::plan::{Place, Plan, against};
use crate::theatre::reservation::{TheatreReservation, TheatreStep, reservation_row};
use crate::told::ToldTime;
use crate::unit::{FulfillmentUnit, buffered, visit_row};
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, Purpose, ReservationId, ResourceId, UnitId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::RowKey;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most days of one call: whoever is moved is named in its entry in the log.
const DAYS_MAX: u8 = 7;

/// Puts what stands on some days back to the times that were told.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Resettle {
    /// The first day, YYYY-MM-DD.
    pub from: String,
    /// How many days: 1 to 7.
    pub days: u8,
}

/// What was done.
#[derive(Debug, Serialize, TS)]
pub struct Resettled {
    /// How many visits and operations stand where people were told.
    pub moved: u32,
    /// What would collide there, and stays where it is.
    pub left: Vec<LeftInPlace>,
}

/// What stays where it is. Nothing clinical.
#[derive(Debug, Serialize, TS)]
pub struct LeftInPlace {
    /// The visit, where it is one.
    pub unit: Option<UnitId>,
    /// The reservation of a theatre, where it is one.
    pub reservation: Option<ReservationId>,
    /// Whom it is about, where it is about somebody.
    pub patient: Option<PatientId>,
    /// `Family, Given Middle`.
    pub patient_name: Option<String>,
    /// What to call it.
    pub label: String,
    /// The day on which it stands.
    #[ts(type = "CivilDate")]
    pub date: CivilDate,
    /// When it stands.
    pub time: String,
    /// When people were told.
    pub told: ToldTime,
}

impl Operation for Resettle {
    const NAME: &'static str = "scheduling.resettle";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = Resettled;
}

impl Command for Resettle {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Resettled, Error> {
        let from = date(&self.from, "from")?;
        if !(1..=DAYS_MAX).contains(&self.days) {
            return Err(TOO_MANY.at("days").into());
        }
        let setup = Setup::read(cx)?;
        let last = from + chrono::Days::new(u64::from(self.days) - 1);
        let stretch = Span::new(day_span(cx.zone(), from).from, day_span(cx.zone(), last).to);
        let (moving, staying) = settled(cx, &setup, displaced(cx, stretch)?)?;
        for one in &moving {
            one.settle(cx, &setup)?;
        }
        let left = staying.iter().map(|one| one.left(cx, &setup)).collect::<Result<_, _>>()?;
        Ok(Resettled { moved: u32::try_from(moving.len()).unwrap_or(u32::MAX), left })
    }
}

enum What {
    Visit(FulfillmentUnit),
    Operation(TheatreReservation),
}

/// Something that stands elsewhere than people were told.
struct Displaced {
    what: What,
    told: Span,
    /// Its rows, which give up their time when it moves.
    own: Vec<RowKey>,
    /// Who and what it takes.
    takes: Vec<ResourceId>,
}

fn displaced(cx: &WriteCx<'_, '_>, stretch: Span) -> Result<Vec<Displaced>, Error> {
    let zone = cx.zone();
    let mut all = Vec::new();
    for unit in units_on(cx, stretch)?.into_iter().map(|stored| stored.record).filter(|unit| unit.status.is_ahead()) {
        let Some(told) = unit.told(zone) else { continue };
        let (own, takes) = (vec![visit_row(cx, unit.id)?], unit.resources());
        all.push(Displaced { what: What::Visit(unit), told, own, takes });
    }
    for held in held_on(cx, stretch)?.into_iter().map(|stored| stored.record) {
        let Some(told) = held.told(zone).filter(|_| held.step < TheatreStep::PatientIn) else { continue };
        let (mut own, mut takes) = (vec![reservation_row(cx, held.id)?], vec![held.theatre]);
        for one in allocations(cx, held.id)? {
            own.push(allocation_row(cx, one.id)?);
            takes.extend(one.resource());
        }
        all.push(Displaced { what: What::Operation(held), told, own, takes });
    }
    Ok(all)
}

/// Parts what can move from what would collide. What stays keeps its time, which may be in the way of another: so this is
/// asked again until nothing more stays.
fn settled(
    cx: &WriteCx<'_, '_>,
    setup: &Setup,
    mut moving: Vec<Displaced>,
) -> Result<(Vec<Displaced>, Vec<Displaced>), Error> {
    let mut staying = Vec::new();
    loop {
        let own: Vec<RowKey> = moving.iter().flat_map(|one| one.own.iter().cloned()).collect();
        let (mut still, before) = (Vec::new(), staying.len());
        for one in moving {
            let meets = still.iter().any(|other| one.newly_meets(other));
            if meets || one.collides(cx, setup, &own)? {
                staying.push(one);
            } else {
                still.push(one);
            }
        }
        if staying.len() == before {
            return Ok((still, staying));
        }
        moving = still;
    }
}

impl Displaced {
    fn stands(&self) -> Span {
        match &self.what {
            What::Visit(unit) => unit.span(),
            What::Operation(held) => held.span(),
        }
    }

    const fn patient(&self) -> Option<PatientId> {
        match &self.what {
            What::Visit(unit) => Some(unit.patient),
            What::Operation(held) => held.patient,
        }
    }

    /// Returns what is kept free before and after it.
    const fn around(&self) -> (u16, u16) {
        match &self.what {
            What::Visit(unit) => (unit.before, unit.after),
            What::Operation(held) => (held.setup, held.turnover),
        }
    }

    /// Says whether two that stood apart would meet where people were told. Those that stood together were let.
    fn newly_meets(&self, other: &Self) -> bool {
        let taken = |one: &Self, span| buffered(span, one.around().0, one.around().1);
        let patient = self.patient().is_some() && self.patient() == other.patient();
        let same = patient || self.takes.iter().any(|id| other.takes.contains(id));
        let meet = |a: Span, b: Span| taken(self, a).overlaps(taken(other, b));
        same && meet(self.told, other.told) && !meet(self.stands(), other.stands())
    }

    fn collides(&self, cx: &WriteCx<'_, '_>, setup: &Setup, own: &[RowKey]) -> Result<bool, Error> {
        let found = match &self.what {
            What::Visit(unit) => {
                let wish = Wish {
                    product: None,
                    patient: Some(unit.patient),
                    date: cx.zone().date_of(instant(self.told.from)),
                    span: self.told,
                    buffers: self.around(),
                    resources: self.takes.iter().filter_map(|id| setup.resource(*id)).collect(),
                    own: own.to_vec(),
                    hold: None,
                };
                clashes(cx, setup, &wish)?
            }
            What::Operation(held) => {
                let (mut plan, _) = Plan::of_move(cx, setup, held, self.place(cx, setup, held)?)?;
                plan.own = own.to_vec();
                against(cx, setup, &plan)?
            }
        };
        Ok(found.iter().any(is_taken))
    }

    fn place<'s>(&self, cx: &WriteCx<'_, '_>, setup: &'s Setup, held: &TheatreReservation) -> Result<Place<'s>, Error> {
        let theatre = setup.resource(held.theatre).ok_or(UNKNOWN)?;
        let date = cx.zone().date_of(instant(self.told.from));
        Ok(Place { theatre, date, span: self.told, setup: held.setup, turnover: held.turnover })
    }

    fn settle(&self, cx: &mut WriteCx<'_, '_>, setup: &Setup) -> Result<(), Error> {
        let zone = cx.zone();
        match &self.what {
            What::Visit(unit) => {
                let mut unit = unit.clone();
                unit.stands_at(self.told, zone);
                cx.put(&unit)?;
            }
            What::Operation(held) => {
                let (_, along) = Plan::of_move(cx, setup, held, self.place(cx, setup, held)?)?;
                let mut held = held.clone();
                held.stands_at(self.told, zone);
                cx.put(&held)?;
                for one in &along {
                    cx.put(one)?;
                }
            }
        }
        Ok(())
    }

    fn left(&self, cx: &WriteCx<'_, '_>, setup: &Setup) -> Result<LeftInPlace, Error> {
        let (zone, patient) = (cx.zone(), self.patient());
        let (unit, reservation) = match &self.what {
            What::Visit(unit) => (Some(unit.id), None),
            What::Operation(held) => (None, Some(held.id)),
        };
        Ok(LeftInPlace {
            unit,
            reservation,
            patient,
            patient_name: patient.map(|patient| Ok::<_, Error>(cx.patient(patient)?.listed_name)).transpose()?,
            label: match &self.what {
                What::Visit(unit) => label(setup, unit),
                What::Operation(held) => held.label(),
            },
            date: zone.date_of(instant(self.stands().from)),
            time: clocks(zone, self.stands()),
            told: ToldTime::of(zone, self.told),
        })
    }
}

fn is_taken(clash: &Clash) -> bool {
    matches!(clash.kind, ConflictKind::ResourceBusy | ConflictKind::PatientBusy | ConflictKind::Held)
}
