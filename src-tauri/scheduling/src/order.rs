//! A booking order and its lines: what somebody accepted, in which version of the offer, and when.

use crate::catalogue::ServiceProduct;
use crate::unit::FulfillmentUnit;
use keepwell_kernel::{ContactId, Instant, Money, OrderId, OrderLineId, PatientId, ProductId, StaffId, UnitId};
use serde::{Deserialize, Serialize};

/// A booking order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingOrder {
    /// Its id.
    pub id: OrderId,
    /// Whom it is about.
    pub patient: PatientId,
    /// Who accepted it for the patient; the patient where nobody is named.
    pub contact: Option<ContactId>,
    /// When it was accepted.
    pub accepted_at: Instant,
    /// Who took it.
    pub taken_by: StaffId,
    /// What was ordered.
    pub lines: Vec<BookingOrderLine>,
}

impl BookingOrder {
    /// Takes an order of one line, which keeps the version of the offer that was accepted and is fulfilled by one visit.
    pub(crate) fn of_one(product: &ServiceProduct, unit: &FulfillmentUnit, taken_by: StaffId, at: Instant) -> Self {
        Self {
            id: unit.order,
            patient: unit.patient,
            contact: None,
            accepted_at: at,
            taken_by,
            lines: vec![BookingOrderLine {
                id: unit.line,
                product: product.id,
                offer_version: product.offer_version,
                price: product.price,
                units: vec![unit.id],
            }],
        }
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingOrderLine {
    /// Its id.
    pub id: OrderLineId,
    /// What was ordered.
    pub product: ProductId,
    /// The version of the offer that was accepted; it stays.
    pub offer_version: u32,
    /// The price of that version.
    pub price: Option<Money>,
    /// What fulfils it.
    pub units: Vec<UnitId>,
}
