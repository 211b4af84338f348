//! `scheduling.keep_product`: a service as it is booked. Each change is a new version of its offer; the old ones stay.

use crate::catalogue::{GateKind, OfferVersion, Requirement, Service, ServiceProduct};
use crate::fields::{LINE, TEXT, at_most, required, text, within};
use crate::refusals::{BAD_MINUTES, NAME_TAKEN, UNKNOWN};
use crate::setup::Setup;
use crate::slot::LONGEST;
use keepwell_kernel::{Error, Money, Operation, Permission, ProductId, Purpose, Refusal, ServiceId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest buffer, in minutes.
const BUFFER_MAX: u16 = 480;
/// The longest notice: a year, in minutes.
const NOTICE_MAX: u32 = 366 * 1_440;
/// The most needs of a product.
const REQUIREMENTS_MAX: usize = 10;
/// The highest price, in cents: a million dollars.
const PRICE_MAX: i64 = 100_000_000;

/// Keeps a product.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepProduct {
    /// Which; a new one where none is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub product: Option<ProductId>,
    /// What it belongs to.
    pub service: ServiceId,
    /// What everybody who books may read.
    pub label: String,
    /// How long it takes.
    pub minutes: u16,
    /// What is kept free before.
    pub before: u16,
    /// What is kept free after.
    pub after: u16,
    /// What the patient does beforehand.
    pub preparation: String,
    /// On calendars and paper it shows as a visit and nothing else.
    pub sensitive: bool,
    /// How long before it must be booked, in minutes.
    pub notice_minutes: u32,
    /// What it needs.
    pub requirements: Vec<Requirement>,
    /// What is checked before.
    pub gates: Vec<GateKind>,
    /// What it costs who pays it alone, in cents.
    pub price_cents: Option<i64>,
    /// It is not booked any more.
    pub ended: bool,
}

/// It is kept.
#[derive(Debug, Serialize, TS)]
pub struct ProductKept {
    /// The product.
    pub product: ProductId,
    /// The version of its offer.
    pub offer_version: u32,
}

impl Operation for KeepProduct {
    const NAME: &'static str = "scheduling.keep_product";
    const PERMISSION: Permission = Permission::ScheduleSetUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ProductKept;
}

impl Command for KeepProduct {
    fn run(mut self, cx: &mut WriteCx<'_, '_>) -> Result<ProductKept, Error> {
        let setup = Setup::read(cx)?;
        let id = self.product.unwrap_or_else(ProductId::make);
        let before = setup.product(id);
        if self.product.is_some() && before.is_none() {
            return Err(UNKNOWN.at("product").into());
        }
        let service = cx.key(Service::TABLE)?.id(self.service.bytes()).done();
        cx.get::<Service>(&service)?.ok_or_else(|| UNKNOWN.at("service"))?;
        let label = required(&self.label, LINE, "label")?;
        if setup.products.iter().any(|one| one.id != id && !one.ended && one.label == label) {
            return Err(NAME_TAKEN.at("label").into());
        }
        self.gates.sort_unstable();
        self.gates.dedup();
        let product = ServiceProduct {
            id,
            service: self.service,
            label,
            minutes: within(self.minutes, 5..=LONGEST, "minutes")?,
            before: within(self.before, 0..=BUFFER_MAX, "before")?,
            after: within(self.after, 0..=BUFFER_MAX, "after")?,
            preparation: text(&self.preparation, TEXT, "preparation")?,
            sensitive: self.sensitive,
            notice_minutes: if self.notice_minutes > NOTICE_MAX {
                return Err(BAD_MINUTES.at("notice_minutes").into());
            } else {
                self.notice_minutes
            },
            requirements: requirements(&setup, self.requirements)?,
            gates: self.gates,
            price: price(self.price_cents)?,
            offer_version: before.map_or(1, |before| before.offer_version + 1),
            ended: self.ended,
        };
        let offer_version = product.offer_version;
        cx.put(&product)?;
        cx.put(&OfferVersion { product, published_at: cx.now(), published_by: cx.actor()?.staff })?;
        Ok(ProductKept { product: id, offer_version })
    }
}

fn price(cents: Option<i64>) -> Result<Option<Money>, Refusal> {
    match cents {
        Some(cents) if !(0..=PRICE_MAX).contains(&cents) => Err(BAD_MINUTES.at("price_cents")),
        cents => Ok(cents.map(Money::cents)),
    }
}

fn requirements(setup: &Setup, typed: Vec<Requirement>) -> Result<Vec<Requirement>, Refusal> {
    at_most(&typed, REQUIREMENTS_MAX, "requirements")?;
    let keep = |(at, mut one): (usize, Requirement)| {
        if !(1..=10).contains(&one.count) {
            return Err(BAD_MINUTES.at(format!("requirements.{at}.count")));
        }
        let wanted = one.resource.map(|id| setup.resource(id).filter(|other| other.kind == one.kind));
        if wanted.is_some_and(|found| found.is_none()) {
            return Err(UNKNOWN.at(format!("requirements.{at}.resource")));
        }
        if let Some(name) = &one.capability {
            one.capability = Some(required(name, LINE, &format!("requirements.{at}.capability"))?);
        }
        Ok(one)
    };
    typed.into_iter().enumerate().map(keep).collect()
}
