//! The tables, their indexes and their stored forms. The numbers are on disk and are never changed or used again.

use crate::accounting::Accounting;
use crate::associate::{AgreementTerm, BusinessAssociate};
use crate::disclosure::Disclosure;
use crate::suspension::Suspension;
use keepwell_kernel::{Compartment, PatientId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table};

/// Disclosures by the patient they are of.
pub(crate) const DISCLOSURE_OF: Index = Index { number: 0x0803, name: "disclosure patient", unique: false };
/// Suspensions by the patient they are of.
pub(crate) const SUSPENSION_OF: Index = Index { number: 0x0804, name: "suspension patient", unique: false };
/// Requests for an accounting by the patient who asked.
pub(crate) const ACCOUNTING_OF: Index = Index { number: 0x0805, name: "accounting patient", unique: false };

macro_rules! kept {
    ($record:ty, $number:literal, $name:literal, $compartment:ident, $write_once:literal, $key:ident, $of:expr, $subject:expr) => {
        impl Record for $record {
            const TABLE: Table = Table {
                number: $number,
                name: $name,
                compartment: Compartment::$compartment,
                write_once: $write_once,
                schema: 1,
            };
            const INDEXES: &'static [Index] = $of;

            fn row(&self, key: KeyMaker<'_>) -> RowKey {
                key.id(self.$key.bytes()).done()
            }

            /// The indexes of this feature are all by patient.
            fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
                self.subject().map(|patient| key.id(patient.bytes()).done()).into_iter().collect()
            }

            fn subject(&self) -> Option<PatientId> {
                let subject: fn(&Self) -> Option<PatientId> = $subject;
                subject(self)
            }

            fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
                if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
            }
        }
    };
}

kept!(BusinessAssociate, 0x0801, "business_associate_agreements", Compliance, false, id, &[], |_| None);
kept!(AgreementTerm, 0x0802, "agreement terms", Device, false, associate, &[], |_| None);
kept!(Disclosure, 0x0803, "phi_disclosure_events", Compliance, true, id, &[DISCLOSURE_OF], |row| Some(row.patient));
kept!(Suspension, 0x0804, "accounting suspensions", Compliance, false, id, &[SUSPENSION_OF], |row| Some(row.patient));
kept!(Accounting, 0x0805, "accounting requests", Compliance, false, id, &[ACCOUNTING_OF], |row| Some(row.patient));
