//! Staff: who they are, which roles they hold and when, and how they stand.

use crate::practice::check_name;
use crate::refusals::{STAFF_UNKNOWN, USER_NAME_SHAPE};
use keepwell_kernel::{
    AssignmentId, CivilDate, Compartment, Error, Instant, PatientId, Refusal, Role, StaffId, Zone, instant_text,
};
use keepwell_log::door::{GateCx, ReadCx, WriteCx};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, PublicKey, Record, RowKey, Stored, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonName {
    /// The family name.
    pub family: String,
    /// Given names, in their order.
    pub given: Vec<String>,
    /// Before the name: Dr.
    #[serde(default)]
    pub prefix: Option<String>,
    /// Behind the name: RN.
    #[serde(default)]
    pub suffix: Option<String>,
}

impl PersonName {
    /// Checks that there is a name.
    ///
    /// # Errors
    /// The refusal at the field.
    pub fn check(&self, path: &str) -> Result<(), Refusal> {
        check_name(&self.family, &format!("{path}family"))?;
        self.given.iter().enumerate().try_for_each(|(at, given)| check_name(given, &format!("{path}given.{at}")))
    }

    /// Returns the name as one says it.
    #[must_use]
    pub fn shown(&self) -> String {
        let given = self.given.iter().map(String::as_str);
        let parts = self.prefix.as_deref().into_iter().chain(given).chain([self.family.as_str()]);
        let name = parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" ");
        self.suffix.as_ref().map_or(name.clone(), |suffix| format!("{name}, {suffix}"))
    }
}

/// One role given to one person for a time. Once revoked it stays revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// The role.
    pub role: Role,
    /// From when.
    pub valid_from: Instant,
    /// Until when, exclusive; without an end where nothing is said.
    pub valid_until: Option<Instant>,
    /// When it was taken away.
    pub revoked_at: Option<Instant>,
}

impl Assignment {
    /// Says whether it counts at an instant.
    #[must_use]
    pub fn active_at(&self, at: Instant) -> bool {
        self.revoked_at.is_none() && self.valid_from <= at && self.valid_until.is_none_or(|until| at < until)
    }

    /// Says whether it counts now or may still come to count.
    #[must_use]
    pub fn may_count_after(&self, at: Instant) -> bool {
        self.revoked_at.is_none() && self.valid_until.is_none_or(|until| at < until)
    }
}

/// How a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StaffStatus {
    /// Has a one-time code and has not come in yet.
    Invited,
    /// Comes in and goes out.
    Active,
    /// May not come in for now.
    Suspended,
    /// Has left.
    Terminated,
}

/// What was done when somebody left (45 CFR 164.308(a)(3)(ii)(C)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TerminationChecklist {
    /// Access elsewhere was removed too.
    pub access_removed: bool,
    /// Devices came back.
    pub devices_returned: bool,
    /// Keys and badges came back.
    pub keys_returned: bool,
    /// The exit interview, with the reminder of confidentiality, was held.
    pub exit_interview: bool,
}

/// A member of staff.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StaffMember {
    /// The id.
    pub id: StaffId,
    /// The user name.
    pub user_name: String,
    /// The name.
    pub name: PersonName,
    /// How the person stands.
    pub status: StaffStatus,
    /// The public key to which compartment keys are sealed.
    pub public: PublicKey,
    /// The public key that checks what the person signs.
    pub verifying: [u8; 32],
    /// Every role ever given.
    pub assignments: Vec<Assignment>,
    /// When the privacy training was completed (45 CFR 164.530(b)).
    pub training_completed_on: Option<CivilDate>,
    /// Until when the invitation counts.
    pub invited_until: Option<Instant>,
    /// What was done when the person left.
    pub termination: Option<TerminationChecklist>,
}

/// Staff by user name.
pub const BY_USER_NAME: Index = Index { number: 0x0201, name: "staff by user name", unique: true };

impl Record for StaffMember {
    const TABLE: Table =
        Table { number: 0x0204, name: "staff", compartment: Compartment::Staff, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[BY_USER_NAME];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(self.id.bytes()).done()
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        vec![user_name_key(key, &self.user_name)]
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        match schema {
            1 => decode(Self::TABLE, schema, bytes),
            _ => unknown_schema(Self::TABLE, schema),
        }
    }
}

/// Folds a user name, so that case makes no second person.
#[must_use]
pub fn folded(user_name: &str) -> String {
    user_name.trim().to_lowercase()
}

/// Makes the blinded key of a user name.
#[must_use]
pub fn user_name_key(key: KeyMaker<'_>, user_name: &str) -> RowKey {
    key.blind("user name", folded(user_name).as_bytes()).done()
}

/// Checks a user name's shape.
///
/// # Errors
/// The refusal at `field`.
pub fn check_user_name(user_name: &str, field: &str) -> Result<(), Refusal> {
    let name = user_name.trim();
    let shape = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_'));
    if shape && (3..=32).contains(&name.len()) { Ok(()) } else { Err(USER_NAME_SHAPE.at(field)) }
}

impl StaffMember {
    /// Returns the roles held at an instant, each once; none for whoever may not come in.
    #[must_use]
    pub fn roles_at(&self, at: Instant) -> Vec<Role> {
        if self.status != StaffStatus::Active {
            return Vec::new();
        }
        let active = self.assignments.iter().filter(|one| one.active_at(at)).map(|one| one.role);
        active.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Returns the compartments that the roles open, now or when they come to count.
    #[must_use]
    pub fn compartments_after(&self, at: Instant) -> BTreeSet<Compartment> {
        let counting = self.assignments.iter().filter(|one| one.may_count_after(at));
        counting.flat_map(|one| one.role.compartments().iter().copied()).collect()
    }

    /// Returns the compartments whose keys the person may have: those of every role that was not taken away, whether it
    /// counts or has run out.
    #[must_use]
    pub fn compartments_held(&self) -> BTreeSet<Compartment> {
        let held = self.assignments.iter().filter(|one| one.revoked_at.is_none());
        held.flat_map(|one| one.role.compartments().iter().copied()).collect()
    }

    /// Says whether the person is an owner who can come in.
    #[must_use]
    pub fn owns_at(&self, at: Instant) -> bool {
        self.roles_at(at).contains(&Role::Owner)
    }
}

/// A member of staff, for the staff list.
#[derive(Debug, Serialize, TS)]
pub struct StaffCard {
    /// The id.
    pub staff: StaffId,
    /// The user name.
    pub user_name: String,
    /// The name.
    pub name: PersonName,
    /// The name as one says it.
    pub display_name: String,
    /// How the person stands.
    pub status: StaffStatus,
    /// Every role ever given.
    pub roles: Vec<RoleAssignment>,
    /// When the training was completed.
    #[ts(type = "string | null")]
    pub training_completed_on: Option<CivilDate>,
    /// Until when the invitation counts.
    pub invited_until: Option<String>,
    /// What was done when the person left.
    pub termination: Option<TerminationChecklist>,
}

/// A role assignment, for the staff list.
#[derive(Debug, Serialize, TS)]
pub struct RoleAssignment {
    /// The id.
    pub assignment: AssignmentId,
    /// The role.
    pub role: Role,
    /// From when.
    pub valid_from: String,
    /// Until when.
    pub valid_until: Option<String>,
    /// When it was taken away.
    pub revoked_at: Option<String>,
    /// It counts now.
    pub active: bool,
}

impl StaffCard {
    /// Makes the card.
    #[must_use]
    pub fn of(member: StaffMember, now: Instant, zone: Zone) -> Self {
        let text = |at: Instant| instant_text(at, zone);
        let roles = member.assignments.iter().map(|one| RoleAssignment {
            assignment: one.id,
            role: one.role,
            valid_from: text(one.valid_from),
            valid_until: one.valid_until.map(text),
            revoked_at: one.revoked_at.map(text),
            active: one.active_at(now),
        });
        Self {
            staff: member.id,
            display_name: member.name.shown(),
            roles: roles.collect(),
            user_name: member.user_name,
            name: member.name,
            status: member.status,
            training_completed_on: member.training_completed_on,
            invited_until: member.invited_until.map(text),
            termination: member.termination,
        }
    }
}

macro_rules! staff_reader {
    ($name:ident, $cx:ty) => {
        /// Returns a member of staff.
        ///
        /// # Errors
        /// `identity.staff_unknown`, or [`Error`].
        pub fn $name(cx: &$cx, staff: StaffId) -> Result<StaffMember, Error> {
            let row = cx.key(StaffMember::TABLE)?.id(staff.bytes()).done();
            let found: Option<Stored<StaffMember>> = cx.get(&row)?;
            Ok(found.ok_or_else(|| STAFF_UNKNOWN.at("staff"))?.record)
        }
    };
}

staff_reader!(member_for_query, ReadCx<'_>);
staff_reader!(member_for_change, WriteCx<'_, '_>);
staff_reader!(member_at_gate, GateCx<'_, '_>);

/// Returns the name of a member of staff as one says it.
///
/// # Errors
/// [`Error`].
pub fn display_name(cx: &ReadCx<'_>, staff: StaffId) -> Result<String, Error> {
    Ok(member_for_query(cx, staff)?.name.shown())
}

/// Returns the name of a member of staff as one says it, within a change.
///
/// # Errors
/// [`Error`].
pub fn display_name_to(cx: &WriteCx<'_, '_>, staff: StaffId) -> Result<String, Error> {
    Ok(member_for_change(cx, staff)?.name.shown())
}

/// Says whether somebody else than `staff` owns the practice.
///
/// # Errors
/// [`Error`].
pub fn another_owner(cx: &WriteCx<'_, '_>, staff: StaffId) -> Result<bool, Error> {
    let everyone = cx.page::<StaffMember>(None, keepwell_vault::engine::SCAN_ROWS_MAX)?;
    Ok(everyone.iter().any(|(_, one)| one.record.id != staff && one.record.owns_at(cx.now())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    #[test]
    fn an_assignment_counts_from_its_beginning_to_before_its_end_and_never_after_revocation() {
        let start = Instant::from_timestamp_millis(1_000_000_000_000).unwrap();
        let mut one = Assignment {
            id: AssignmentId::make(),
            role: Role::Nurse,
            valid_from: start,
            valid_until: Some(start + Duration::hours(1)),
            revoked_at: None,
        };
        for (minutes, active) in [(-1, false), (0, true), (59, true), (60, false)] {
            assert_eq!(one.active_at(start + Duration::minutes(minutes)), active, "{minutes}");
        }
        one.revoked_at = Some(start);
        assert!(!one.active_at(start + Duration::minutes(5)));
    }

    #[test]
    fn user_names_have_a_shape() {
        for (name, good) in
            [("n.ito", true), ("ab", false), ("1abc", false), ("a b c", false), ("anna-maria_2", true), ("josé", false)]
        {
            assert_eq!(check_user_name(name, "user_name").is_ok(), good, "{name}");
        }
    }

    #[test]
    fn a_name_reads_as_one_says_it() {
        let name = PersonName {
            family: "Ito".to_owned(),
            given: vec!["Naomi".to_owned()],
            prefix: Some("Dr.".to_owned()),
            suffix: None,
        };
        assert_eq!(name.shown(), "Dr. Naomi Ito");
    }
}
