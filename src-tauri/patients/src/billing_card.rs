//! `patients.billing_card`: what a claim needs.

use crate::patient::look_at;
use crate::views::BillingCard;
use keepwell_kernel::{Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use serde::Deserialize;
use ts_rs::TS;

/// Opens the billing card.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenBillingCard {
    /// The patient.
    pub patient: PatientId,
}

impl Operation for OpenBillingCard {
    const NAME: &'static str = "patients.billing_card";
    const PERMISSION: Permission = Permission::BillingRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Payment, Purpose::Operations, Purpose::PatientRequest, Purpose::Legal];
    type Output = BillingCard;
}

impl Query for OpenBillingCard {
    fn run(self, cx: &ReadCx<'_>) -> Result<BillingCard, Error> {
        Ok(BillingCard::of(look_at(cx, self.patient)?.record))
    }
}
