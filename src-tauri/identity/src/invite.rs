//! `identity.invite`: a new member of staff, with a one-time code.

use crate::refusals::{CANNOT_GRANT, ROLE_NEEDED, USER_NAME_TAKEN, VALIDITY_ORDER};
use crate::slot::{Opener, PrivateKeys, SignInSlot};
use crate::staff::{Assignment, PersonName, StaffMember, StaffStatus, check_user_name, user_name_key};
use chrono::Duration;
use keepwell_kernel::{
    AssignmentId, Error, Instant, Operation, Permission, Purpose, Refusal, Role, StaffId, instant_text,
};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::{Record as _, VaultError, random};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Hours an invitation counts.
const INVITATION_HOURS: i64 = 72;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Invites somebody.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// The user name.
    pub user_name: String,
    /// The name.
    pub name: PersonName,
    /// At least one role.
    pub roles: Vec<RoleToGive>,
}

/// A role to give, from now and without an end where nothing is said.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RoleToGive {
    /// The role.
    pub role: Role,
    /// From when.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub valid_from: Option<Instant>,
    /// Until when.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub valid_until: Option<Instant>,
}

/// What is handed to the person, shown once.
#[derive(Serialize, TS)]
pub struct Invited {
    /// The id.
    pub staff: StaffId,
    /// The one-time code.
    pub invitation_code: String,
    /// Until when it counts.
    pub expires_at: String,
}

impl Operation for Invite {
    const NAME: &'static str = "identity.invite";
    const PERMISSION: Permission = Permission::StaffChange;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations];
    type Output = Invited;
}

impl Command for Invite {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Invited, Error> {
        check_user_name(&self.user_name, "user_name")?;
        self.name.check("name.")?;
        if self.roles.is_empty() {
            return Err(ROLE_NEEDED.at("roles").into());
        }
        let now = cx.now();
        let mut assignments = Vec::with_capacity(self.roles.len());
        for (at, role) in self.roles.iter().enumerate() {
            check_can_grant(cx, role.role, &format!("roles.{at}.role"))?;
            assignments.push(role.assignment(now, &format!("roles.{at}.valid_until"))?);
        }
        let taken = user_name_key(cx.key(SignInSlot::TABLE)?, &self.user_name);
        if cx.get::<SignInSlot>(&taken)?.is_some() {
            return Err(USER_NAME_TAKEN.at("user_name").into());
        }
        let keys = PrivateKeys::make()?;
        let mut member = StaffMember {
            id: StaffId::make(),
            user_name: self.user_name.trim().to_owned(),
            name: self.name,
            status: StaffStatus::Invited,
            public: keys.public(),
            verifying: keys.verifying(),
            assignments,
            training_completed_on: None,
            invited_until: None,
            termination: None,
        };
        hand_out(cx, &mut member, &keys)
    }
}

impl RoleToGive {
    /// Makes the assignment.
    ///
    /// # Errors
    /// `identity.validity_order` at `field`.
    pub fn assignment(&self, now: Instant, field: &str) -> Result<Assignment, Refusal> {
        let valid_from = self.valid_from.unwrap_or(now);
        if self.valid_until.is_some_and(|until| until <= valid_from) {
            return Err(VALIDITY_ORDER.at(field));
        }
        let (id, valid_until) = (AssignmentId::make(), self.valid_until);
        Ok(Assignment { id, role: self.role, valid_from, valid_until, revoked_at: None })
    }
}

/// Nobody gives away keys that they do not hold.
///
/// # Errors
/// `identity.cannot_grant` at `field`.
pub fn check_can_grant(cx: &WriteCx<'_, '_>, role: Role, field: &str) -> Result<(), Refusal> {
    let held = role.compartments().iter().all(|compartment| cx.holds(*compartment));
    if held { Ok(()) } else { Err(CANNOT_GRANT.at(field)) }
}

/// Makes a one-time code, a slot it opens, and the grants behind the slot.
///
/// # Errors
/// [`Error`].
pub fn hand_out(cx: &mut WriteCx<'_, '_>, member: &mut StaffMember, keys: &PrivateKeys) -> Result<Invited, Error> {
    let (code, until) = (invitation_code()?, cx.now() + Duration::hours(INVITATION_HOURS));
    (member.status, member.invited_until) = (StaffStatus::Invited, Some(until));
    let device = cx.vault().device_key()?;
    let slot = SignInSlot::make(member.id, &member.user_name, Opener::Invitation(until), &meant(&code), &device, keys)?;
    cx.put_over(&slot)?;
    let compartments: Vec<_> = member.compartments_after(cx.now()).into_iter().collect();
    cx.grant(member.id, keys.public(), &compartments)?;
    cx.put_or(member, USER_NAME_TAKEN.at("user_name"))?;
    Ok(Invited { staff: member.id, invitation_code: code, expires_at: instant_text(until, cx.zone()) })
}

fn invitation_code() -> Result<String, Error> {
    let bytes: [u8; 16] = random().map_err(VaultError::from)?;
    let letters: Vec<char> = bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).map(|letter| char::from(*letter)))
        .collect();
    Ok(letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Returns a code as it is meant, however it is typed.
#[must_use]
pub fn meant(code: &str) -> String {
    code.chars()
        .filter(|one| one.is_ascii_alphanumeric())
        .map(|one| match one.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}
