//! The role matrix: who may do what, for which purposes, with which keys. It is data, and it stands here alone.

use crate::Purpose;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A role of the seeds, plus the offices HIPAA names (45 CFR 164.308(a)(2), 164.530(a)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers for the practice; holds every compartment.
    Owner,
    /// A practitioner who prescribes and signs.
    Physician,
    /// A practitioner who rooms, measures and administers.
    Nurse,
    /// The front desk.
    Receptionist,
    /// Claims and payments.
    Biller,
    /// Keeps the machine running; sees no patient.
    ItSupport,
    /// Runs a department.
    DepartmentManager,
    /// Privacy official (45 CFR 164.530(a)(1)(i)).
    PrivacyOfficer,
    /// Security official (45 CFR 164.308(a)(2)).
    SecurityOfficer,
    /// Reads, never writes.
    Auditor,
}

/// What an operation asks of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Anyone at the sign-in screen; said out loud rather than left out.
    Anyone,
    /// Anyone who is signed in, about their own session.
    OwnSession,
    /// Reading the practice's settings.
    PracticeRead,
    /// Changing the practice's settings and the recovery kit.
    PracticeChange,
    /// Making new keys for everything that is stored, and sealing it anew.
    KeysRotate,
    /// Ending the practice on this computer.
    Decommission,
    /// Seeing the staff list.
    StaffRead,
    /// Inviting, assigning, suspending staff.
    StaffChange,
    /// Finding a patient and seeing the front-desk card.
    DemographicsRead,
    /// Registering and correcting patients.
    DemographicsWrite,
    /// Opening a chart.
    ChartRead,
    /// Noting what only clinicians and officers note: death, restrictions.
    ChartNote,
    /// Seeing what a claim needs.
    BillingRead,
    /// Proposing, confirming and undoing merges.
    MergePatients,
    /// Reading the log.
    LogRead,
    /// Checking the log.
    LogVerify,
    /// Bringing patients in from files.
    Import,
    /// Writing a backup, which is noise to whoever takes it away.
    BackUp,
    /// Restoring a backup into a scratch store and checking it; that reads the log.
    ProveBackup,
    /// Taking a patient's records out of the program.
    ExportRecords,
    /// Seeing what was disclosed of patients, and to whom.
    DisclosureRead,
    /// Recording disclosures, and answering those who ask for an accounting of them.
    DisclosureWrite,
    /// Seeing the business associates and their agreements.
    AssociateRead,
    /// Keeping the register of business associates.
    AssociateWrite,
    /// Ordering that something be kept, and destroying what its time has come for.
    Retention,
    /// Seeing the calendar as the front desk sees it.
    ScheduleRead,
    /// Booking, moving and following visits.
    ScheduleBook,
    /// Booking against what the calendar refuses, with a reason.
    ScheduleOverride,
    /// Keeping resources, hours and what can be booked.
    ScheduleSetUp,
    /// Seeing and noting what a visit is for.
    ScheduleDetail,
}

/// A part of the store with keys of its own; a session holds only the compartments of its roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compartment {
    /// The practice itself.
    Settings,
    /// Staff and their roles.
    Staff,
    /// Who the patients are.
    Demographics,
    /// The calendar.
    Schedule,
    /// Charts and notes.
    Clinical,
    /// Psychotherapy notes and 42 CFR Part 2 records.
    Restricted,
    /// Money.
    Billing,
    /// Stock and equipment.
    Inventory,
    /// Policies, incidents, disclosures.
    Compliance,
    /// The log, for its readers; everyone else can only add to it.
    Log,
    /// What the machine may use before anybody signs in; its key is sealed under the device key.
    Device,
    /// One person's drafts, under a key derived from that person's own.
    Personal,
}

impl Compartment {
    /// Every compartment whose key is granted to people.
    pub const GRANTED: [Self; 10] = [
        Self::Settings,
        Self::Staff,
        Self::Demographics,
        Self::Schedule,
        Self::Clinical,
        Self::Restricted,
        Self::Billing,
        Self::Inventory,
        Self::Compliance,
        Self::Log,
    ];

    /// Returns the number that stands for it on disk. Never changed, never used again.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Settings => 1,
            Self::Staff => 2,
            Self::Demographics => 3,
            Self::Schedule => 4,
            Self::Clinical => 5,
            Self::Restricted => 6,
            Self::Billing => 7,
            Self::Inventory => 8,
            Self::Compliance => 9,
            Self::Log => 10,
            Self::Device => 11,
            Self::Personal => 12,
        }
    }

    /// Returns the compartment a number stands for, or nothing.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::GRANTED.into_iter().chain([Self::Device, Self::Personal]).find(|one| one.number() == number)
    }
}

use Compartment as C;
use Permission as P;

const OWNER: &[Permission] = &[
    P::PracticeRead,
    P::PracticeChange,
    P::KeysRotate,
    P::Decommission,
    P::StaffRead,
    P::StaffChange,
    P::DemographicsRead,
    P::DemographicsWrite,
    P::ChartRead,
    P::ChartNote,
    P::BillingRead,
    P::MergePatients,
    P::LogRead,
    P::LogVerify,
    P::Import,
    P::BackUp,
    P::ProveBackup,
    P::ExportRecords,
    P::DisclosureRead,
    P::DisclosureWrite,
    P::AssociateRead,
    P::AssociateWrite,
    P::Retention,
    P::ScheduleRead,
    P::ScheduleBook,
    P::ScheduleOverride,
    P::ScheduleSetUp,
    P::ScheduleDetail,
];

const CLINICIAN: &[Permission] = &[
    P::PracticeRead,
    P::StaffRead,
    P::DemographicsRead,
    P::DemographicsWrite,
    P::ChartRead,
    P::ChartNote,
    P::MergePatients,
    P::ScheduleRead,
    P::ScheduleBook,
    P::ScheduleOverride,
    P::ScheduleDetail,
];

const DEPARTMENT_MANAGER: &[Permission] = &[
    P::PracticeRead,
    P::StaffRead,
    P::StaffChange,
    P::DemographicsRead,
    P::DemographicsWrite,
    P::MergePatients,
    P::Import,
    P::ScheduleRead,
    P::ScheduleBook,
    P::ScheduleOverride,
    P::ScheduleSetUp,
];

const RECEPTIONIST: &[Permission] =
    &[P::PracticeRead, P::StaffRead, P::DemographicsRead, P::DemographicsWrite, P::ScheduleRead, P::ScheduleBook];

const PRIVACY_OFFICER: &[Permission] = &[
    P::PracticeRead,
    P::StaffRead,
    P::DemographicsRead,
    P::ChartNote,
    P::MergePatients,
    P::LogRead,
    P::LogVerify,
    P::ExportRecords,
    P::DisclosureRead,
    P::DisclosureWrite,
    P::AssociateRead,
    P::AssociateWrite,
    P::Retention,
    P::ScheduleRead,
];

const SECURITY_OFFICER: &[Permission] = &[
    P::PracticeRead,
    P::StaffRead,
    P::StaffChange,
    P::LogRead,
    P::LogVerify,
    P::BackUp,
    P::ProveBackup,
    P::AssociateRead,
    P::AssociateWrite,
];

impl Role {
    /// Every role, in the order of the matrix.
    pub const ALL: [Self; 10] = [
        Self::Owner,
        Self::Physician,
        Self::Nurse,
        Self::Receptionist,
        Self::Biller,
        Self::ItSupport,
        Self::DepartmentManager,
        Self::PrivacyOfficer,
        Self::SecurityOfficer,
        Self::Auditor,
    ];

    /// Returns the word used on the wire and in the log.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Physician => "physician",
            Self::Nurse => "nurse",
            Self::Receptionist => "receptionist",
            Self::Biller => "biller",
            Self::ItSupport => "it_support",
            Self::DepartmentManager => "department_manager",
            Self::PrivacyOfficer => "privacy_officer",
            Self::SecurityOfficer => "security_officer",
            Self::Auditor => "auditor",
        }
    }

    /// Returns what the role may do. `OwnSession` is everybody's and stands in no row.
    #[must_use]
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Owner => OWNER,
            Self::Physician | Self::Nurse => CLINICIAN,
            Self::Receptionist => RECEPTIONIST,
            Self::Biller => &[P::PracticeRead, P::StaffRead, P::DemographicsRead, P::BillingRead, P::ScheduleRead],
            Self::ItSupport => &[P::PracticeRead, P::StaffRead, P::LogVerify, P::BackUp],
            Self::DepartmentManager => DEPARTMENT_MANAGER,
            Self::PrivacyOfficer => PRIVACY_OFFICER,
            Self::SecurityOfficer => SECURITY_OFFICER,
            Self::Auditor => &[P::PracticeRead, P::StaffRead, P::LogRead, P::LogVerify, P::AssociateRead],
        }
    }

    /// Returns the purposes the role may act under (minimum necessary, 45 CFR 164.514(d)(2)).
    #[must_use]
    pub const fn purposes(self) -> &'static [Purpose] {
        use Purpose::{Emergency, Legal, Operations, PatientRequest, Payment, PublicHealth, System, Treatment};
        match self {
            Self::Owner => &Purpose::ALL,
            Self::Physician | Self::Nurse => {
                &[Treatment, Operations, PatientRequest, Emergency, PublicHealth, Legal, System]
            }
            Self::Receptionist => &[Operations, Treatment, Payment, PatientRequest, System],
            Self::Biller => &[Payment, Operations, PatientRequest, System],
            Self::ItSupport => &[Operations, System],
            Self::DepartmentManager => &[Operations, PatientRequest, System],
            Self::PrivacyOfficer => &[Operations, PatientRequest, Legal, PublicHealth, System],
            Self::SecurityOfficer | Self::Auditor => &[Operations, Legal, System],
        }
    }

    /// Returns the compartments whose keys the role is granted.
    #[must_use]
    pub const fn compartments(self) -> &'static [Compartment] {
        match self {
            Self::Owner => &C::GRANTED,
            Self::Physician | Self::Nurse => &[C::Settings, C::Staff, C::Demographics, C::Schedule, C::Clinical],
            Self::Receptionist => &[C::Settings, C::Staff, C::Demographics, C::Schedule],
            Self::Biller => &[C::Settings, C::Staff, C::Demographics, C::Schedule, C::Billing],
            Self::ItSupport => &[C::Settings, C::Staff],
            Self::DepartmentManager => &[C::Settings, C::Staff, C::Demographics, C::Schedule, C::Inventory],
            Self::PrivacyOfficer => &[C::Settings, C::Staff, C::Demographics, C::Schedule, C::Compliance, C::Log],
            Self::SecurityOfficer | Self::Auditor => &[C::Settings, C::Staff, C::Compliance, C::Log],
        }
    }

    /// Says whether the role holds the permission.
    #[must_use]
    pub fn holds(self, permission: Permission) -> bool {
        permission == Permission::OwnSession || self.permissions().contains(&permission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_support_can_open_nothing_that_names_a_patient() {
        let held = Role::ItSupport.compartments();
        assert_eq!(held, [Compartment::Settings, Compartment::Staff]);
        assert!(!Role::ItSupport.holds(Permission::DemographicsRead));
    }

    #[test]
    fn the_auditor_changes_nothing() {
        for permission in [
            P::PracticeChange,
            P::StaffChange,
            P::DemographicsWrite,
            P::ChartNote,
            P::MergePatients,
            P::Import,
            P::DisclosureWrite,
            P::AssociateWrite,
        ] {
            assert!(!Role::Auditor.holds(permission), "the auditor holds {permission:?}");
        }
    }

    #[test]
    fn every_compartment_number_comes_back() {
        for compartment in C::GRANTED.into_iter().chain([C::Device, C::Personal]) {
            assert_eq!(Compartment::from_number(compartment.number()), Some(compartment));
        }
    }
}
