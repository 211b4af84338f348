//! `identity.suspend`, `identity.reinstate`, `identity.reset_sign_in` and `identity.terminate`: shutting out at once,
//! and letting back in (45 CFR 164.308(a)(3)(ii)(C)).

use crate::change_roles::check_not_the_last_owner;
use crate::invite::{Invited, check_can_grant, hand_out};
use crate::refusals::{NOT_ONESELF, STAFF_STATUS};
use crate::slot::{PrivateKeys, SignInSlot};
use crate::staff::{StaffMember, StaffStatus, TerminationChecklist, member_for_change, user_name_key};
use keepwell_kernel::{Error, Operation, Permission, Purpose, StaffId};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

const PURPOSES: &[Purpose] = &[Purpose::Operations];

macro_rules! about_one_person {
    ($(#[$doc:meta])* $name:ident, $wire:literal, $output:ty) => {
        $(#[$doc])*
        #[derive(Deserialize, TS)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Whom.
            pub staff: StaffId,
        }

        impl Operation for $name {
            const NAME: &'static str = $wire;
            const PERMISSION: Permission = Permission::StaffChange;
            const PURPOSES: &'static [Purpose] = PURPOSES;
            type Output = $output;
        }
    };
}

about_one_person!(
    /// Shuts somebody out at once: an open session ends with its next call, and the keys are taken away.
    Suspend, "identity.suspend", ()
);
about_one_person!(
    /// Lets somebody who was suspended back in, with the keys of the roles that still count.
    Reinstate, "identity.reinstate", ()
);
about_one_person!(
    /// Lets somebody who lost passphrase or authenticator begin again with a one-time code.
    ResetSignIn, "identity.reset_sign_in", Invited
);

impl Command for Suspend {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut member = somebody_else(cx, self.staff)?;
        if !matches!(member.status, StaffStatus::Active | StaffStatus::Invited) {
            return Err(STAFF_STATUS.at("staff").into());
        }
        check_not_the_last_owner(cx, &member)?;
        shut_out(cx, &mut member, StaffStatus::Suspended)
    }
}

impl Command for Reinstate {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut member = somebody_else(cx, self.staff)?;
        if member.status != StaffStatus::Suspended {
            return Err(STAFF_STATUS.at("staff").into());
        }
        check_roles(cx, &member)?;
        let compartments: Vec<_> = member.compartments_after(cx.now()).into_iter().collect();
        cx.grant(member.id, member.public, &compartments)?;
        member.status = if member.invited_until.is_some() { StaffStatus::Invited } else { StaffStatus::Active };
        cx.put(&member)?;
        mark_slot(cx, &member, false)
    }
}

impl Command for ResetSignIn {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Invited, Error> {
        let mut member = somebody_else(cx, self.staff)?;
        if !matches!(member.status, StaffStatus::Active | StaffStatus::Invited) {
            return Err(STAFF_STATUS.at("staff").into());
        }
        check_roles(cx, &member)?;
        let held: Vec<_> = member.compartments_held().into_iter().collect();
        cx.revoke_all(member.id, &held)?;
        let keys = PrivateKeys::make()?;
        (member.public, member.verifying) = (keys.public(), keys.verifying());
        hand_out(cx, &mut member, &keys)
    }
}

/// Ends somebody's time here. The record stays for the log; nothing revives it.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Terminate {
    /// Whom.
    pub staff: StaffId,
    /// What was done.
    pub checklist: TerminationChecklist,
}

impl Operation for Terminate {
    const NAME: &'static str = "identity.terminate";
    const PERMISSION: Permission = Permission::StaffChange;
    const PURPOSES: &'static [Purpose] = PURPOSES;
    type Output = ();
}

impl Command for Terminate {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut member = somebody_else(cx, self.staff)?;
        if member.status == StaffStatus::Terminated {
            return Err(STAFF_STATUS.at("staff").into());
        }
        check_not_the_last_owner(cx, &member)?;
        let now = cx.now();
        member.termination = Some(self.checklist);
        shut_out(cx, &mut member, StaffStatus::Terminated)?;
        member.assignments.iter_mut().filter(|one| one.revoked_at.is_none()).for_each(|one| one.revoked_at = Some(now));
        cx.put(&member)?;
        Ok(())
    }
}

/// Finds the person, who may not be the one who acts.
fn somebody_else(cx: &WriteCx<'_, '_>, staff: StaffId) -> Result<StaffMember, Error> {
    if cx.actor()?.staff == staff {
        return Err(NOT_ONESELF.at("staff").into());
    }
    member_for_change(cx, staff)
}

fn check_roles(cx: &WriteCx<'_, '_>, member: &StaffMember) -> Result<(), Error> {
    let counting = member.assignments.iter().filter(|one| one.may_count_after(cx.now()));
    counting.into_iter().try_for_each(|one| Ok(check_can_grant(cx, one.role, "staff")?))
}

fn shut_out(cx: &mut WriteCx<'_, '_>, member: &mut StaffMember, status: StaffStatus) -> Result<(), Error> {
    let held: Vec<_> = member.compartments_held().into_iter().collect();
    cx.revoke_all(member.id, &held)?;
    member.status = status;
    cx.put(member)?;
    mark_slot(cx, member, true)
}

fn mark_slot(cx: &mut WriteCx<'_, '_>, member: &StaffMember, suspended: bool) -> Result<(), Error> {
    let row = user_name_key(cx.key(SignInSlot::TABLE)?, &member.user_name);
    if let Some(stored) = cx.get::<SignInSlot>(&row)? {
        let mut slot = stored.record;
        slot.suspended = suspended;
        cx.put_over(&slot)?;
    }
    Ok(())
}
