//! The tables, their indexes and their stored forms. The numbers are on disk and are never changed or used again.

use crate::busy::{PATIENT_DAY, RESOURCE_DAY, keys};
use crate::calendar::{AvailabilityRule, Calendar};
use crate::catalogue::{OfferVersion, Service, ServiceProduct};
use crate::column_sets::ColumnSets;
use crate::contact::Contact;
use crate::detail::VisitDetail;
use crate::order::BookingOrder;
use crate::policy::{PolicyBreachEvent, PolicyConsequenceEvent};
use crate::resource::{Department, Resource, Site};
use crate::series::Series;
use crate::slot_hold::SlotHold;
use crate::theatre::allocation::ResourceAllocation;
use crate::theatre::reservation::TheatreReservation;
use crate::theatre::surgical_case::{CaseDetail, SurgicalCase};
use crate::unit::FulfillmentUnit;
use crate::waitlist_entry::WaitlistEntry;
use keepwell_kernel::{Compartment, PatientId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table};

const fn index(number: u16, name: &'static str) -> Index {
    Index { number, name, unique: false }
}

/// Visits by resource and day.
pub(crate) const UNIT_BY_RESOURCE: Index = index(0x0501, "visit intervals by resource");
/// Visits by patient and day.
pub(crate) const UNIT_BY_PATIENT_DAY: Index = index(0x0502, "visit intervals by patient");
/// Visits by patient, those that were missed or cancelled among them.
pub(crate) const UNIT_BY_PATIENT: Index = index(0x0503, "visits by patient");
/// Holds by resource and day.
pub(crate) const HOLD_BY_RESOURCE: Index = index(0x0504, "hold intervals by resource");
/// Visits by day, those that were missed or cancelled among them.
pub(crate) const UNIT_BY_DAY: Index = index(0x0505, "visits by day");
/// Everybody who waits.
pub(crate) const WAITING: Index = index(0x0506, "waiting");

/// Places on the waitlist by patient, those that are over among them.
pub(crate) const WAIT_BY_PATIENT: Index = index(0x050F, "waitlist entries by patient");

/// Contacts by the patients they act for.
pub(crate) const CONTACT_BY_PATIENT: Index = index(0x0507, "contacts by patient");

/// Reservations by theatre and day.
pub(crate) const RESERVATION_BY_THEATRE: Index = index(0x0508, "reservation intervals by theatre");
/// Reservations by day.
pub(crate) const RESERVATION_BY_DAY: Index = index(0x0509, "reservations by day");
/// Reservations by patient and day.
pub(crate) const RESERVATION_BY_PATIENT_DAY: Index = index(0x050A, "reservation intervals by patient");
/// Allocations by resource and day.
pub(crate) const ALLOCATION_BY_RESOURCE: Index = index(0x050B, "allocation intervals by resource");
/// Allocations by reservation.
pub(crate) const ALLOCATION_BY_RESERVATION: Index = index(0x050C, "allocations by reservation");
/// Cases that have no theatre.
pub(crate) const CASES_WAITING: Index = index(0x050D, "cases without a theatre");

/// Cases by patient.
pub(crate) const CASE_BY_PATIENT: Index = index(0x050E, "cases by patient");

/// What the key of a day, over all resources, is blinded as.
pub(crate) const DAY_OF_VISIT: &str = "visit day";

const fn table(number: u16, name: &'static str, compartment: Compartment, write_once: bool) -> Table {
    Table { number, name, compartment, write_once, schema: 1 }
}

const fn in_form(schema: u16, table: Table) -> Table {
    Table { schema, ..table }
}

/// Declares a record: its table, its key by `id`, its indexes, its patient.
macro_rules! record {
    ($record:ty, $table:expr, $id:ident, [$($index:expr),*], $keys:expr, $subject:expr) => {
        impl Record for $record {
            const TABLE: Table = $table;
            const INDEXES: &'static [Index] = &[$($index),*];

            fn row(&self, key: KeyMaker<'_>) -> RowKey {
                key.id(self.$id.bytes()).done()
            }

            fn index_keys(&self, index: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
                let keys: fn(&Self, Index, KeyMaker<'_>) -> Vec<RowKey> = $keys;
                keys(self, index, key)
            }

            fn subject(&self) -> Option<PatientId> {
                let subject: fn(&Self) -> Option<PatientId> = $subject;
                subject(self)
            }

            fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
                // Each later form reads what the earlier ones wrote: its new fields have a default.
                let known = (1..=Self::TABLE.schema).contains(&schema);
                if known { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
            }
        }
    };
}

const S: Compartment = Compartment::Schedule;

fn none<R>(_: &R, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
    Vec::new()
}

record!(Site, table(0x0501, "sites", S, false), id, [], none, |_| None);
record!(Department, table(0x0502, "departments", S, false), id, [], none, |_| None);
record!(Resource, table(0x0503, "resources", S, false), id, [], none, |_| None);
record!(Service, table(0x0504, "services", S, false), id, [], none, |_| None);
record!(ServiceProduct, table(0x0505, "service products", S, false), id, [], none, |_| None);
record!(Calendar, table(0x0507, "calendars", S, false), id, [], none, |_| None);
record!(AvailabilityRule, table(0x0508, "availability rules", S, false), id, [], none, |_| None);
record!(BookingOrder, table(0x0509, "booking orders", S, false), id, [], none, |order| Some(order.patient));
record!(
    FulfillmentUnit,
    table(0x050A, "fulfillment units", S, false),
    id,
    [UNIT_BY_RESOURCE, UNIT_BY_PATIENT_DAY, UNIT_BY_PATIENT, UNIT_BY_DAY],
    unit_keys,
    |unit| Some(unit.patient)
);
record!(
    SlotHold,
    table(0x050B, "slot holds", S, false),
    id,
    [HOLD_BY_RESOURCE],
    |hold, _, key| hold.resources.iter().flat_map(|one| keys(&key, RESOURCE_DAY, one.bytes(), hold.taken())).collect(),
    |_| None
);
record!(
    WaitlistEntry,
    table(0x050C, "waitlist entries", S, false),
    id,
    [WAITING, WAIT_BY_PATIENT],
    |wait, index, key| match index {
        WAIT_BY_PATIENT => vec![key.id(wait.patient.bytes()).done()],
        _ if wait.ended => Vec::new(),
        _ => vec![key.id(wait.id.bytes()).done()],
    },
    |wait| Some(wait.patient)
);
record!(PolicyBreachEvent, in_form(2, table(0x050D, "policy breach events", S, true)), id, [], none, |breach| breach
    .patient);
record!(PolicyConsequenceEvent, table(0x050E, "policy consequence events", S, true), id, [], none, |_| None);
record!(VisitDetail, table(0x050F, "visit details", Compartment::Clinical, false), unit, [], none, |detail| Some(
    detail.patient
));

record!(Series, table(0x0511, "visit series", S, false), id, [], none, |series| Some(series.patient));
record!(
    Contact,
    table(0x0510, "contacts", Compartment::Demographics, false),
    id,
    [CONTACT_BY_PATIENT],
    |one, _, key| {
        let of = |patient: &PatientId| key.clone().id(patient.bytes()).done();
        if one.ended { Vec::new() } else { one.patients.iter().map(of).collect() }
    },
    |_| None
);

record!(
    SurgicalCase,
    table(0x0512, "surgical cases", S, false),
    id,
    [CASES_WAITING, CASE_BY_PATIENT],
    |case, index, key| match index {
        CASE_BY_PATIENT => vec![key.id(case.patient.bytes()).done()],
        CASES_WAITING if case.waits() => vec![key.id(case.id.bytes()).done()],
        _ => Vec::new(),
    },
    |case| Some(case.patient)
);
record!(
    TheatreReservation,
    in_form(2, table(0x0513, "theatre reservations", S, false)),
    id,
    [RESERVATION_BY_THEATRE, RESERVATION_BY_DAY, RESERVATION_BY_PATIENT_DAY],
    reservation_keys,
    |one| one.patient
);
record!(
    ResourceAllocation,
    table(0x0514, "resource allocations", S, false),
    id,
    [ALLOCATION_BY_RESOURCE, ALLOCATION_BY_RESERVATION],
    allocation_keys,
    |_| None
);
record!(CaseDetail, table(0x0515, "surgical case details", Compartment::Clinical, false), case, [], none, |detail| {
    Some(detail.patient)
});
record!(ColumnSets, table(0x0516, "column sets", S, false), staff, [], none, |_| None);

/// Offers by product and version. The number is part of the key, so that a version cannot be published twice.
impl Record for OfferVersion {
    const TABLE: Table = table(0x0506, "offer versions", S, true);
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(self.product.id.bytes()).ordered(u64::from(self.product.offer_version)).done()
    }

    fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
        Vec::new()
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

fn unit_keys(unit: &FulfillmentUnit, index: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
    let taken = unit.status.takes_time();
    match index {
        UNIT_BY_RESOURCE if taken => {
            let of = |one: keepwell_kernel::ResourceId| keys(&key, RESOURCE_DAY, one.bytes(), unit.taken());
            unit.resources().into_iter().flat_map(of).collect()
        }
        UNIT_BY_PATIENT_DAY if taken => keys(&key, PATIENT_DAY, unit.patient.bytes(), unit.span()),
        UNIT_BY_PATIENT => vec![key.id(unit.patient.bytes()).done()],
        // The day has no resource: its key is that of nobody's.
        UNIT_BY_DAY => keys(&key, DAY_OF_VISIT, &[0; 16], unit.span()),
        _ => Vec::new(),
    }
}

fn reservation_keys(one: &TheatreReservation, index: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
    if one.released.is_some() {
        return Vec::new();
    }
    match (index, one.patient) {
        (RESERVATION_BY_THEATRE, _) => keys(&key, RESOURCE_DAY, one.theatre.bytes(), one.taken()),
        (RESERVATION_BY_DAY, _) => keys(&key, DAY_OF_VISIT, &[0; 16], one.taken()),
        (RESERVATION_BY_PATIENT_DAY, Some(patient)) => keys(&key, PATIENT_DAY, patient.bytes(), one.span()),
        _ => Vec::new(),
    }
}

fn allocation_keys(one: &ResourceAllocation, index: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
    if one.ended_at.is_some() {
        return Vec::new();
    }
    match (index, one.resource()) {
        (ALLOCATION_BY_RESOURCE, Some(resource)) => keys(&key, RESOURCE_DAY, resource.bytes(), one.span()),
        (ALLOCATION_BY_RESERVATION, _) => vec![key.id(one.reservation.bytes()).done()],
        _ => Vec::new(),
    }
}
