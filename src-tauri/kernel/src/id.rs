//! Ids as types of their own, so that one can never be passed for another.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a new id (UUIDv7: ordered by the time of its making, RFC 9562).
            #[must_use]
            pub fn make() -> Self {
                Self(Uuid::now_v7())
            }

            /// Takes an id that was made before.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// Returns the sixteen bytes.
            #[must_use]
            pub const fn bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Returns the plain UUID.
            #[must_use]
            pub const fn uuid(&self) -> Uuid {
                self.0
            }

            /// Reads an id as it is written.
            ///
            /// # Errors
            /// When the text is no UUID.
            pub fn parse(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A practice's store.
    VaultId,
    /// A patient. Apart from the medical record number, which people read.
    PatientId,
    /// A member of staff.
    StaffId,
    /// One stay of one person, from sign-in to sign-out.
    SessionId,
    /// One role given to one person for a time.
    AssignmentId,
    /// One merge of two patients.
    MergeId,
    /// One backup of the practice.
    BackupId,
    /// One proof of a backup.
    RestoreTestId,
    /// A business associate.
    AssociateId,
    /// One disclosure of a patient's information.
    DisclosureId,
    /// One suspension of a patient's right to an accounting.
    SuspensionId,
    /// One request for an accounting of disclosures.
    AccountingId,
    /// One request for access to records.
    AccessId,
    /// One request for an amendment of a record.
    AmendmentId,
    /// One order to keep what would otherwise be destroyed.
    HoldId,
    /// One destruction of something whose time had come.
    DestructionId,
    /// A place where the practice works.
    SiteId,
    /// A department of a site.
    DepartmentId,
    /// A practitioner, room, theatre or piece of equipment that is booked.
    ResourceId,
    /// A calendar, to which resources are bound.
    CalendarId,
    /// One rule of a calendar: when it is open, when it is not.
    RuleId,
    /// A kind of care the practice gives.
    ServiceId,
    /// A service as it is booked: so long, with these needs.
    ProductId,
    /// One accepted wish to be seen.
    OrderId,
    /// One line of a booking order.
    OrderLineId,
    /// One visit: what a confirmed line is fulfilled by.
    UnitId,
    /// Visits that repeat, by one rule.
    SeriesId,
    /// Somebody who acts for patients: a parent, a carer.
    ContactId,
    /// One hold of a slot, until it expires.
    SlotHoldId,
    /// One place on the waitlist.
    WaitId,
    /// One breach of a policy, or what followed from it.
    BreachId,
    /// One planned operation on a patient, apart from the theatre and from who takes part.
    CaseId,
    /// One stretch of a theatre that is kept for a case, for maintenance or for nobody.
    ReservationId,
    /// Somebody or something that a reservation of a theatre takes along.
    AllocationId,
}
