//! Whom a call has looked at or changed; its entry names them.

use keepwell_kernel::PatientId;
use keepwell_vault::{Record, Stored};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// The patients that a call has touched.
#[derive(Default)]
pub(super) struct Touched(pub(super) RefCell<BTreeSet<PatientId>>);

impl Touched {
    pub(super) fn note<R: Record>(&self, stored: &Stored<R>) {
        self.0.borrow_mut().extend(stored.record.subject());
    }

    pub(super) fn patients(&self) -> BTreeSet<PatientId> {
        self.0.borrow().clone()
    }
}
