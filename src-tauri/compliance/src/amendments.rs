//! `compliance.amendments`: what was asked to read differently in a patient's record, for whoever opens the chart.

use crate::amendment::AmendmentRequest;
use crate::amendment_requests::{AmendmentRequestList, list};
use crate::ledger::all_of;
use crate::table::AMENDMENT_OF;
use keepwell_kernel::{Error, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Query, ReadCx};
use keepwell_patients::known;
use serde::Deserialize;
use ts_rs::TS;

/// Asks for the amendments of a record: linked to it, whoever reads it (45 CFR 164.526(c)(1), (d)(4)).
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "AskAmendments")]
pub struct Amendments {
    /// The patient, with the records that were merged into this one.
    pub patient: PatientId,
}

impl Operation for Amendments {
    const NAME: &'static str = "compliance.amendments";
    const PERMISSION: Permission = Permission::ChartRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Treatment, Purpose::Operations, Purpose::PatientRequest];
    type Output = AmendmentRequestList;
}

impl Query for Amendments {
    fn run(self, cx: &ReadCx<'_>) -> Result<AmendmentRequestList, Error> {
        let asked = all_of!(cx, AmendmentRequest, AMENDMENT_OF, known(cx, self.patient)?.records());
        list(cx, asked, usize::MAX)
    }
}
