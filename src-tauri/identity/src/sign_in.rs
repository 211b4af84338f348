//! `identity.sign_in`: user name, passphrase and code.

use crate::enter::{SessionView, check_code, member, open_session, slot_of, take_keys};
use crate::passphrase::ALONE_MIN;
use crate::refusals::{CODE_NEEDED, CODE_USED, INVITATION_WRONG, NO_ROLE, SIGN_IN_FAILED, SUSPENDED};
use crate::second_factor::Checked;
use crate::slot::{Opener, SignInSlot};
use keepwell_kernel::{Compartment, Error, Fault, Operation, Permission, Purpose, Secret};
use keepwell_log::door::{Entrance, GateCx, Residents};
use keepwell_vault::{Cost, PassphraseError, PassphraseSeal};
use serde::Deserialize;
use ts_rs::TS;

/// Comes in.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The user name.
    pub user_name: String,
    /// The passphrase.
    pub passphrase: Secret,
    /// Six digits, or a recovery code. May be empty until the authenticator is confirmed.
    #[serde(default = "no_code")]
    pub code: Secret,
}

fn no_code() -> Secret {
    Secret::new(String::new())
}

impl Operation for SignIn {
    const NAME: &'static str = "identity.sign_in";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = SessionView;
}

impl Entrance for SignIn {
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<SessionView, Error> {
        let slot = slot_of(cx, &self.user_name)?;
        let Some(slot) = slot.filter(|slot| slot.opener == Opener::Passphrase) else {
            PassphraseSeal::pretend(Cost::calibrated(), self.passphrase.reveal());
            return Err(SIGN_IN_FAILED.into());
        };
        prove(cx, slot, &self.passphrase, Some(self.code.reveal()))
    }
}

/// Proves a person by passphrase and code and opens the session. Without `code` the code is not asked for.
///
/// # Errors
/// [`Error`]; wrong passphrases and wrong codes answer alike.
pub fn prove(
    cx: &mut GateCx<'_, '_>,
    mut slot: SignInSlot,
    passphrase: &Secret,
    code: Option<&str>,
) -> Result<SessionView, Error> {
    cx.about(slot.staff, &slot.user_name);
    if let Some(closed) = slot.closed_at(cx.now()) {
        return Err(closed.into());
    }
    if slot.suspended {
        return Err(SUSPENDED.into());
    }
    let device = cx.vault().device_key()?;
    let keys = match slot.open(passphrase.reveal(), &device) {
        Ok(keys) => keys,
        Err(PassphraseError::Wrong) => return fail(cx, slot),
        Err(other) => return Err(Fault::from_error(&other).into()),
    };
    let own = cx.keyring().clone();
    let keyring = take_keys(cx, slot.staff, &keys)?;
    if !keyring.holds(Compartment::Staff) {
        // Every role was taken away, and the keys with them.
        return Err(NO_ROLE.into());
    }
    match code.map(|code| judge(cx, &slot, passphrase, code)).transpose()? {
        None | Some(Judged::NotNeeded) => {}
        Some(Judged::Good(step)) => slot.last_step = step.unwrap_or(slot.last_step),
        Some(Judged::Missing) => return Err(CODE_NEEDED.at("code").into()),
        Some(Judged::Used) => return Err(CODE_USED.at("code").into()),
        Some(Judged::Wrong) => {
            cx.go_on_with(&own);
            return fail(cx, slot);
        }
    }
    slot.succeeded();
    cx.put_over(&slot)?;
    let member = member(cx, slot.staff)?;
    open_session(cx, &member, &keys, keyring, Residents::default(), slot.second_factor_confirmed)
}

enum Judged {
    NotNeeded,
    Missing,
    Good(Option<u64>),
    Used,
    Wrong,
}

fn judge(cx: &mut GateCx<'_, '_>, slot: &SignInSlot, passphrase: &Secret, code: &str) -> Result<Judged, Error> {
    if code.trim().is_empty() {
        // Until the authenticator is confirmed, a passphrase that is long enough alone gets one in to confirm it.
        let long_enough = passphrase.reveal().chars().count() >= ALONE_MIN;
        return Ok(if !slot.second_factor_confirmed && long_enough { Judged::NotNeeded } else { Judged::Missing });
    }
    Ok(match check_code(cx, slot.staff, code, slot.last_step)? {
        Checked::Step(step) => Judged::Good(Some(step)),
        Checked::Recovery => Judged::Good(None),
        Checked::Used => Judged::Used,
        Checked::Wrong => Judged::Wrong,
    })
}

/// Counts a wrong try; it is kept although the entrance refuses.
///
/// # Errors
/// Always: the refusal, or [`Error`].
pub fn fail<T>(cx: &mut GateCx<'_, '_>, mut slot: SignInSlot) -> Result<T, Error> {
    slot.failed(cx.now());
    cx.put_over(&slot)?;
    let wrong = match slot.opener {
        Opener::Passphrase => SIGN_IN_FAILED,
        Opener::Invitation(_) => INVITATION_WRONG,
    };
    Err(wrong.into())
}
