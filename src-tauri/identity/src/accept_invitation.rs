//! `identity.accept_invitation`: the first time in, with a one-time code.

use crate::enter::{SessionView, member, open_session, renew_keys, slot_of, take_keys};
use crate::invite::meant;
use crate::passphrase::{ALONE_MIN, check as check_passphrase};
use crate::practice::{Practice, practice_of};
use crate::refusals::{INVITATION_EXPIRED, INVITATION_WRONG, NO_ROLE};
use crate::second_factor::{SecondFactor, StoredSecondFactor};
use crate::sign_in::fail;
use crate::slot::{Opener, SignInSlot};
use crate::staff::StaffStatus;
use keepwell_kernel::{Error, Fault, Operation, Permission, Purpose, Secret};
use keepwell_log::door::{Entrance, GateCx, Residents};
use keepwell_vault::{Cost, PassphraseError, PassphraseSeal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Comes in for the first time.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// The user name.
    pub user_name: String,
    /// The one-time code.
    pub invitation_code: Secret,
    /// The passphrase the person chooses.
    pub passphrase: Secret,
}

/// What is shown once, and the open session.
#[derive(Serialize, TS)]
pub struct Entered {
    /// The person's second factor.
    pub second_factor: SecondFactor,
    /// The session.
    pub session: SessionView,
}

impl Operation for AcceptInvitation {
    const NAME: &'static str = "identity.accept_invitation";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = Entered;
}

impl Entrance for AcceptInvitation {
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<Entered, Error> {
        check_passphrase(self.passphrase.reveal(), ALONE_MIN, &[&self.user_name], "passphrase")?;
        let code = Secret::new(meant(self.invitation_code.reveal()));
        let Some((slot, until)) = slot_of(cx, &self.user_name)?.and_then(invited) else {
            PassphraseSeal::pretend(Cost::calibrated(), code.reveal());
            return Err(INVITATION_WRONG.into());
        };
        cx.about(slot.staff, &slot.user_name);
        if let Some(closed) = slot.closed_at(cx.now()) {
            return Err(closed.into());
        }
        if cx.now() >= until {
            return Err(INVITATION_EXPIRED.into());
        }
        let device = cx.vault().device_key()?;
        let temporary = match slot.open(code.reveal(), &device) {
            Ok(keys) => keys,
            Err(PassphraseError::Wrong) => return fail(cx, slot),
            Err(other) => return Err(Fault::from_error(&other).into()),
        };
        // Whoever invited has seen the temporary keys being made; the person's own are made now, here.
        let keyring = take_keys(cx, slot.staff, &temporary)?;
        let mut member = member(cx, slot.staff)?;
        let now = cx.now();
        (member.status, member.invited_until) = (StaffStatus::Active, None);
        // Before anything is written: whoever comes before the first role counts may come again with the same code.
        if member.roles_at(now).is_empty() {
            return Err(NO_ROLE.into());
        }
        let (keys, keyring) = renew_keys(cx, &mut member, &keyring, now)?;
        cx.put(&member)?;
        let passphrase = self.passphrase.reveal();
        cx.put_over(&SignInSlot::make(member.id, &member.user_name, Opener::Passphrase, passphrase, &device, &keys)?)?;
        let practice: Practice = practice_of!(cx)?;
        let (factor, second_factor) = StoredSecondFactor::make(member.id, &member.user_name, &practice.details.name)?;
        cx.put_over(&factor)?;
        let session = open_session(cx, &member, &keys, keyring, Residents::default(), false)?;
        Ok(Entered { second_factor, session })
    }
}

fn invited(slot: SignInSlot) -> Option<(SignInSlot, keepwell_kernel::Instant)> {
    match slot.opener {
        Opener::Invitation(until) => Some((slot, until)),
        Opener::Passphrase => None,
    }
}
