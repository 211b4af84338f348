#![doc = include_str!("../README.md")]

mod actor;
mod civil;
mod clock;
mod id;
mod matrix;
mod money;
mod operation;
mod purpose;
mod refusal;
mod secret;
mod typed;

pub use actor::Actor;
pub use civil::{Resolved, Zone, ZoneUnknown, age_on, instant_text, utc_parts};
pub use clock::Clock;
pub use id::{
    AccessId, AccountingId, AllocationId, AmendmentId, AssignmentId, AssociateId, BackupId, BreachId, CalendarId,
    CaseId, ContactId, DepartmentId, DestructionId, DisclosureId, HoldId, MergeId, OrderId, OrderLineId, PatientId,
    ProductId, ReservationId, ResourceId, RestoreTestId, RuleId, SeriesId, ServiceId, SessionId, SiteId, SlotHoldId,
    StaffId, SuspensionId, UnitId, VaultId, WaitId,
};
pub use matrix::{Compartment, Permission, Role};
pub use money::{Money, MoneyOverflow};
pub use operation::{Kind, Operation};
pub use purpose::Purpose;
pub use refusal::{Code, Error, Failure, Fault, Refusal};
pub use secret::Secret;
pub use typed::{typed_date, typed_text};

/// An instant in UTC with millisecond use; the offset in force is added when it is shown or logged.
pub type Instant = chrono::DateTime<chrono::Utc>;
/// A civil date, without a zone.
pub type CivilDate = chrono::NaiveDate;
