//! What was stored once is read for ever: the bytes of each stored form stand in `fixtures/`.

use crate::calendar::{AvailabilityRule, Calendar, RuleKind};
use crate::catalogue::{GateKind, OfferVersion, Requirement, Service, ServiceProduct};
use crate::column_sets::{ColumnSet, ColumnSets};
use crate::conflict::ConflictKind;
use crate::contact::{Contact, ContactChannel, ContactChannelKind};
use crate::detail::VisitDetail;
use crate::order::{BookingOrder, BookingOrderLine};
use crate::policy::{Consequence, PolicyBreachEvent, PolicyConsequenceEvent};
use crate::resource::{Capability, Department, Practitioner, Resource, ResourceKind, Site};
use crate::series::Series;
use crate::slot_hold::SlotHold;
use crate::theatre::allocation::{AllocatedThing, ResourceAllocation};
use crate::theatre::lapse::LapseWaiver;
use crate::theatre::reservation::{ReservationPurpose, TheatreCheckpoint, TheatreReservation, TheatreStep};
use crate::theatre::surgical_case::{CalledOff, CaseDetail, Laterality, SurgicalCase, Urgency};
use crate::unit::{
    FulfillmentAssignment, FulfillmentCheckpoint, FulfillmentUnit, GateWaiver, StandReason, VisitStatus,
};
use crate::waitlist_entry::WaitlistEntry;
use keepwell_kernel::{CivilDate, Instant, Money};
use keepwell_vault::Record;
use std::collections::BTreeSet;
use std::path::Path;

fn holds<R: Record>(record: &R, name: &str) -> u16 {
    keepwell_vault::golden::holds(record, Path::new(env!("CARGO_MANIFEST_DIR")), name)
}

fn at() -> Instant {
    "2026-03-09T14:30:00Z".parse().unwrap()
}

fn on() -> CivilDate {
    "2026-04-02".parse().unwrap()
}

macro_rules! id {
    ($($name:ident)::+, $byte:literal) => {
        keepwell_kernel::$($name)::+::from_bytes([$byte; 16])
    };
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn resource() -> Resource {
    Resource {
        id: id!(ResourceId, 3),
        kind: ResourceKind::Practitioner,
        name: text("Dr. Naomi Ito"),
        note: text("Family medicine"),
        department: Some(id!(DepartmentId, 2)),
        staff: Some(id!(StaffId, 5)),
        practitioner: Some(Practitioner {
            license_number: text("IL 036-1"),
            license_expires: Some(on()),
            specialization: text("Family medicine"),
        }),
        capabilities: vec![Capability { name: text("minor surgery"), valid_until: Some(on()) }],
        capacity: 1,
        ended: false,
    }
}

fn product() -> ServiceProduct {
    ServiceProduct {
        id: id!(ProductId, 7),
        service: id!(ServiceId, 6),
        label: text("Minor procedure"),
        minutes: 60,
        before: 10,
        after: 15,
        preparation: text("Nothing to eat before"),
        sensitive: true,
        notice_minutes: 120,
        requirements: vec![Requirement {
            kind: ResourceKind::Room,
            capability: Some(text("laminar flow hood")),
            resource: Some(id!(ResourceId, 4)),
            count: 1,
        }],
        gates: vec![GateKind::LicenseValid, GateKind::ConsentSigned],
        price: Some(Money::cents(12_000)),
        offer_version: 3,
        ended: false,
    }
}

fn rule() -> AvailabilityRule {
    AvailabilityRule {
        id: id!(RuleId, 9),
        calendar: id!(CalendarId, 8),
        kind: RuleKind::TimeOff,
        label: text("Away"),
        weekdays: vec![1, 5],
        every_weeks: 2,
        from: on(),
        until: Some(on()),
        from_minute: 540,
        to_minute: 1_020,
        products: vec![id!(ProductId, 7)],
        capacity: Some(4),
    }
}

fn order() -> BookingOrder {
    BookingOrder {
        id: id!(OrderId, 10),
        patient: id!(PatientId, 1),
        contact: Some(id!(ContactId, 17)),
        accepted_at: at(),
        taken_by: id!(StaffId, 5),
        lines: vec![BookingOrderLine {
            id: id!(OrderLineId, 11),
            product: id!(ProductId, 7),
            offer_version: 3,
            price: Some(Money::cents(12_000)),
            units: vec![id!(UnitId, 12)],
        }],
    }
}

fn unit() -> FulfillmentUnit {
    FulfillmentUnit {
        id: id!(UnitId, 12),
        order: id!(OrderId, 10),
        line: id!(OrderLineId, 11),
        patient: id!(PatientId, 1),
        product: id!(ProductId, 7),
        offer_version: 3,
        starts_at: at(),
        offset_seconds: -18_000,
        minutes: 60,
        before: 10,
        after: 15,
        assignments: vec![FulfillmentAssignment { resource: id!(ResourceId, 3) }],
        status: VisitStatus::Cancelled,
        checkpoints: vec![FulfillmentCheckpoint {
            status: VisitStatus::Cancelled,
            at: at(),
            by: id!(StaffId, 5),
            reason: Some(StandReason::PatientAsked),
            note: Some(text("Will call")),
        }],
        desk_note: Some(text("Brings a walker")),
        overrides: vec![text("Twins")],
        waivers: vec![GateWaiver {
            gate: GateKind::CalibrationValid,
            reason: text("Not used today"),
            by: id!(StaffId, 5),
            at: at(),
        }],
        series: Some(id!(SeriesId, 18)),
    }
}

fn waits() -> WaitlistEntry {
    WaitlistEntry {
        id: id!(WaitId, 14),
        patient: id!(PatientId, 1),
        product: id!(ProductId, 7),
        resources: vec![id!(ResourceId, 3)],
        weekdays: vec![2],
        not_before: Some(540),
        not_after: Some(720),
        until: Some(on()),
        note: text("After school"),
        since: at(),
        ended: true,
        reason: Some(StandReason::NoAnswer),
    }
}

fn contact() -> Contact {
    Contact {
        id: id!(ContactId, 17),
        name: text("Pat Hallorán"),
        relationship: text("mother"),
        patients: vec![id!(PatientId, 1)],
        channels: vec![ContactChannel { kind: ContactChannelKind::Sms, value: text("+13125550199"), preferred: true }],
        ended: false,
    }
}

fn hold() -> SlotHold {
    SlotHold {
        id: id!(SlotHoldId, 13),
        product: Some(id!(ProductId, 7)),
        resources: vec![id!(ResourceId, 3)],
        from: at(),
        to: at(),
        before: 10,
        after: 15,
        owner: id!(StaffId, 5),
        expires_at: at(),
    }
}

fn series() -> Series {
    Series {
        id: id!(SeriesId, 18),
        patient: id!(PatientId, 1),
        first: id!(UnitId, 12),
        rule: text("FREQ=WEEKLY;COUNT=3"),
        begins: at().naive_utc(),
        units: vec![id!(UnitId, 12)],
    }
}

fn breach() -> PolicyBreachEvent {
    PolicyBreachEvent {
        id: id!(BreachId, 15),
        unit: Some(id!(UnitId, 12)),
        reservation: Some(id!(ReservationId, 20)),
        patient: Some(id!(PatientId, 1)),
        breached: vec![ConflictKind::ResourceBusy],
        reason: text("Twins"),
        by: id!(StaffId, 5),
        at: at(),
    }
}

fn detail() -> VisitDetail {
    VisitDetail {
        unit: id!(UnitId, 12),
        patient: id!(PatientId, 1),
        reason_for_visit: text("Mole on the back"),
        procedure_detail: text("Excision"),
    }
}

fn case() -> SurgicalCase {
    SurgicalCase {
        id: id!(CaseId, 19),
        patient: id!(PatientId, 1),
        surgeon: Some(id!(ResourceId, 3)),
        department: Some(id!(DepartmentId, 2)),
        urgency: Urgency::Urgent,
        minutes: 90,
        planned_at: at(),
        planned_by: id!(StaffId, 5),
        reservation: Some(id!(ReservationId, 20)),
        done_at: Some(at()),
        cancelled: Some(called_off()),
    }
}

fn called_off() -> CalledOff {
    CalledOff { reason: StandReason::Ill, note: Some(text("Will call")), by: id!(StaffId, 5), at: at() }
}

fn reservation() -> TheatreReservation {
    TheatreReservation {
        id: id!(ReservationId, 20),
        theatre: id!(ResourceId, 4),
        purpose: ReservationPurpose::Surgery,
        case: Some(id!(CaseId, 19)),
        patient: Some(id!(PatientId, 1)),
        starts_at: at(),
        offset_seconds: -18_000,
        minutes: 90,
        setup: 20,
        turnover: 15,
        note: Some(text("Two trays")),
        step: TheatreStep::SetUp,
        checkpoints: vec![TheatreCheckpoint { step: TheatreStep::SetUp, at: at(), by: id!(StaffId, 5) }],
        overrides: vec![text("Cannot wait")],
        waivers: vec![LapseWaiver {
            resource: id!(ResourceId, 4),
            what: text("Laminar flow"),
            reason: text("Checked by hand"),
            by: id!(StaffId, 5),
            at: at(),
        }],
        released: Some(called_off()),
    }
}

fn allocation(what: AllocatedThing) -> ResourceAllocation {
    ResourceAllocation {
        id: id!(AllocationId, 21),
        reservation: id!(ReservationId, 20),
        what,
        role: text("Anaesthetist"),
        starts_at: at(),
        minutes: 90,
        by: id!(StaffId, 5),
        at: at(),
        ended_at: Some(at()),
    }
}

fn case_detail() -> CaseDetail {
    CaseDetail {
        case: id!(CaseId, 19),
        patient: id!(PatientId, 1),
        procedure: text("Excision of a lipoma"),
        laterality: Laterality::Left,
        anaesthesia: text("Local"),
        note: text("Latex-free"),
        noted_by: id!(StaffId, 5),
        noted_at: at(),
    }
}

#[test]
fn what_was_written_of_theatres_is_read_for_ever() {
    let sets =
        ColumnSets { staff: id!(StaffId, 5), sets: vec![ColumnSet { number: 4, resources: vec![id!(ResourceId, 3)] }] };
    let item = AllocatedThing::Item { name: text("Suture 3-0"), quantity: 4 };
    let numbers = [
        holds(&case(), "surgical-case-1.hex"),
        holds(&reservation(), "theatre-reservation-2.hex"),
        holds(&allocation(AllocatedThing::Resource { resource: id!(ResourceId, 3) }), "resource-allocation-1.hex"),
        holds(&allocation(item), "resource-allocation-item-1.hex"),
        holds(&case_detail(), "surgical-case-detail-1.hex"),
        holds(&sets, "column-sets-1.hex"),
    ];
    assert_eq!(numbers, [0x0512, 0x0513, 0x0514, 0x0514, 0x0515, 0x0516]);
}

/// The first form of a breach knew visits only.
#[test]
fn a_breach_of_the_first_form_is_read() {
    let bytes = include_str!("../fixtures/policy-breach-event-1.hex");
    let bytes: Vec<u8> = hex::decode(bytes.split_whitespace().collect::<String>()).unwrap();
    let read = PolicyBreachEvent::read(1, &bytes).unwrap();
    assert_eq!(read, PolicyBreachEvent { reservation: None, ..breach() });
}

/// The first form of a reservation knew no waivers.
#[test]
fn a_reservation_of_the_first_form_is_read() {
    let bytes = include_str!("../fixtures/theatre-reservation-1.hex");
    let bytes: Vec<u8> = hex::decode(bytes.split_whitespace().collect::<String>()).unwrap();
    let read = TheatreReservation::read(1, &bytes).unwrap();
    assert_eq!(read, TheatreReservation { waivers: Vec::new(), ..reservation() });
}

#[test]
fn what_the_first_form_wrote_is_read_for_ever() {
    let site = Site { id: id!(SiteId, 1), name: text("Main"), address: text("1 Lake St") };
    let department = Department { id: id!(DepartmentId, 2), site: site.id, name: text("Family") };
    let service = Service { id: id!(ServiceId, 6), name: text("Procedures") };
    let offer = OfferVersion { product: product(), published_at: at(), published_by: id!(StaffId, 5) };
    let bound = vec![id!(ResourceId, 3)];
    let calendar =
        Calendar { id: id!(CalendarId, 8), name: text("Dr. Ito"), bound, grid_minutes: 15, horizon_days: 366 };
    let followed = PolicyConsequenceEvent {
        id: id!(BreachId, 16),
        breach: id!(BreachId, 15),
        consequence: Consequence::Marked,
        at: at(),
    };
    let numbers = [
        holds(&site, "site-1.hex"),
        holds(&department, "department-1.hex"),
        holds(&resource(), "resource-1.hex"),
        holds(&service, "service-1.hex"),
        holds(&product(), "service-product-1.hex"),
        holds(&offer, "offer-version-1.hex"),
        holds(&calendar, "calendar-1.hex"),
        holds(&rule(), "availability-rule-1.hex"),
        holds(&order(), "booking-order-1.hex"),
        holds(&unit(), "fulfillment-unit-1.hex"),
        holds(&hold(), "slot-hold-1.hex"),
        holds(&waits(), "waitlist-entry-1.hex"),
        holds(&breach(), "policy-breach-event-2.hex"),
        holds(&followed, "policy-consequence-event-1.hex"),
        holds(&detail(), "visit-detail-1.hex"),
        holds(&contact(), "contact-1.hex"),
        holds(&series(), "series-1.hex"),
    ];
    assert!(numbers.iter().all(|number| (0x0501..0x0600).contains(number)), "a table left this feature's range");
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len(), "two tables have one number");
}
