//! `identity.assign_role` and `identity.revoke_role`: powers given for a time and taken away for good.

use crate::invite::{RoleToGive, check_can_grant};
use crate::refusals::{ASSIGNMENT_REVOKED, ASSIGNMENT_UNKNOWN, LAST_OWNER, STAFF_STATUS};
use crate::staff::{StaffMember, StaffStatus, another_owner, member_for_change};
use keepwell_kernel::{AssignmentId, Compartment, Error, Instant, Operation, Permission, Purpose, Role, StaffId};
use keepwell_log::door::{Command, WriteCx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Gives a role.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssignRole {
    /// To whom.
    pub staff: StaffId,
    /// The role.
    pub role: Role,
    /// From when; now where nothing is said.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub valid_from: Option<Instant>,
    /// Until when; without an end where nothing is said.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub valid_until: Option<Instant>,
}

/// The assignment that was made.
#[derive(Serialize, TS)]
pub struct RoleAssigned {
    /// Its id.
    pub assignment: AssignmentId,
}

impl Operation for AssignRole {
    const NAME: &'static str = "identity.assign_role";
    const PERMISSION: Permission = Permission::StaffChange;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = RoleAssigned;
}

impl Command for AssignRole {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<RoleAssigned, Error> {
        let mut member = member_for_change(cx, self.staff)?;
        if matches!(member.status, StaffStatus::Suspended | StaffStatus::Terminated) {
            return Err(STAFF_STATUS.at("staff").into());
        }
        check_can_grant(cx, self.role, "role")?;
        let give = RoleToGive { role: self.role, valid_from: self.valid_from, valid_until: self.valid_until };
        let assignment = give.assignment(cx.now(), "valid_until")?;
        let id = assignment.id;
        member.assignments.push(assignment);
        cx.grant(member.id, member.public, self.role.compartments())?;
        cx.put(&member)?;
        Ok(RoleAssigned { assignment: id })
    }
}

/// Takes a role away. It cannot be revived; the role is assigned again where it was a mistake.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RevokeRole {
    /// From whom.
    pub staff: StaffId,
    /// Which assignment.
    pub assignment: AssignmentId,
}

impl Operation for RevokeRole {
    const NAME: &'static str = "identity.revoke_role";
    const PERMISSION: Permission = Permission::StaffChange;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = ();
}

impl Command for RevokeRole {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut member = member_for_change(cx, self.staff)?;
        let now = cx.now();
        let held = member.assignments.iter_mut().find(|one| one.id == self.assignment);
        let assignment = held.ok_or_else(|| ASSIGNMENT_UNKNOWN.at("assignment"))?;
        if assignment.revoked_at.is_some() {
            return Err(ASSIGNMENT_REVOKED.at("assignment").into());
        }
        let (owned, opened) = (assignment.role == Role::Owner, assignment.role.compartments());
        assignment.revoked_at = Some(now);
        if owned && !member.owns_at(now) && !another_owner(cx, member.id)? {
            return Err(LAST_OWNER.at("assignment").into());
        }
        let after = member.compartments_after(now);
        // The keys of a role that has run out lie there until it is taken away, so it does not matter whether it counts.
        let lost: Vec<Compartment> = opened.iter().filter(|one| !after.contains(one)).copied().collect();
        cx.revoke(member.id, &lost)?;
        cx.put(&member)?;
        Ok(())
    }
}

/// Says whether a person may be shut out: somebody else must still own the practice.
///
/// # Errors
/// `identity.last_owner`, or [`Error`].
pub fn check_not_the_last_owner(cx: &WriteCx<'_, '_>, member: &StaffMember) -> Result<(), Error> {
    if member.owns_at(cx.now()) && !another_owner(cx, member.id)? {
        return Err(LAST_OWNER.at("staff").into());
    }
    Ok(())
}
