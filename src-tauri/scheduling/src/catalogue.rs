//! What can be booked: services, their products, and the offers of them, which never change once somebody accepted one.

use crate::resource::{Resource, ResourceKind};
use keepwell_kernel::{CivilDate, Instant, Money, ProductId, ResourceId, ServiceId, StaffId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A kind of care the practice gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
}

/// What a product needs: so many of a kind, which can do something, or this very one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// What kind of thing.
    pub kind: ResourceKind,
    /// What it must be able to do on the day.
    pub capability: Option<String>,
    /// This very one.
    pub resource: Option<ResourceId>,
    /// How many.
    pub count: u16,
}

impl Requirement {
    /// Says whether a resource meets it on a day.
    pub(crate) fn is_met_by(&self, one: &Resource, on: CivilDate) -> bool {
        one.kind == self.kind
            && self.resource.is_none_or(|wanted| wanted == one.id)
            && self.capability.as_deref().is_none_or(|name| one.can_on(name, on))
    }
}

/// What is checked before a visit goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GateKind {
    /// The notice of privacy practices was acknowledged (45 CFR 164.520(c)(2)(ii)).
    NppAcknowledged,
    /// The consent that the service needs was signed.
    ConsentSigned,
    /// The snapshot of the payer's answer is young enough.
    EligibilitySnapshot,
    /// The payer authorized it.
    PayerAuthorization,
    /// The practitioner's licence is valid on the day.
    LicenseValid,
    /// The equipment's calibration is valid on the day.
    CalibrationValid,
}

/// A service as it is booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceProduct {
    /// Its id.
    pub id: ProductId,
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
    /// What it costs who pays it alone.
    pub price: Option<Money>,
    /// The newest version of its offer.
    pub offer_version: u32,
    /// It is not booked any more.
    pub ended: bool,
}

/// One version of the offer of a product. Never changed: an order keeps the one it accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferVersion {
    /// The product as it was offered.
    pub product: ServiceProduct,
    /// When it was published.
    pub published_at: Instant,
    /// By whom.
    pub published_by: StaffId,
}
