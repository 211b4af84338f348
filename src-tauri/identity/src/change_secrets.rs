//! `identity.change_passphrase`, `identity.confirm_second_factor` and `identity.new_second_factor`: one's own secrets.

use crate::passphrase::{ALONE_MIN, WITH_CODE_MIN, check as check_passphrase};
use crate::practice::{Practice, practice_of};
use crate::refusals::{CODE_USED, CODE_WRONG, SIGN_IN_FAILED};
use crate::second_factor::{Checked, SecondFactor, StoredSecondFactor, factor_row};
use crate::slot::SignInSlot;
use crate::staff::user_name_key;
use keepwell_kernel::{Error, Fault, Operation, Permission, Purpose, Secret};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::{PassphraseError, Record as _};
use serde::Deserialize;
use ts_rs::TS;

const PURPOSES: &[Purpose] = &[Purpose::System];

/// Takes another passphrase.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePassphrase {
    /// The one in use.
    pub current: Secret,
    /// The new one.
    pub new: Secret,
}

impl Operation for ChangePassphrase {
    const NAME: &'static str = "identity.change_passphrase";
    const PERMISSION: Permission = Permission::OwnSession;
    const PURPOSES: &'static [Purpose] = PURPOSES;
    type Output = ();
}

impl Command for ChangePassphrase {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut slot = own_slot(cx)?;
        let minimum = if slot.second_factor_confirmed { WITH_CODE_MIN } else { ALONE_MIN };
        check_passphrase(self.new.reveal(), minimum, &[&slot.user_name], "new")?;
        let device = cx.vault().device_key()?;
        let keys = match slot.open(self.current.reveal(), &device) {
            Ok(keys) => keys,
            Err(PassphraseError::Wrong) => return Err(SIGN_IN_FAILED.at("current").into()),
            Err(other) => return Err(Fault::from_error(&other).into()),
        };
        slot.reseal(self.new.reveal(), &device, &keys)?;
        cx.put_over(&slot)?;
        Ok(())
    }
}

/// Proves that the authenticator is enrolled; from now on a code is always asked for.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmSecondFactor {
    /// Six digits.
    pub code: Secret,
}

impl Operation for ConfirmSecondFactor {
    const NAME: &'static str = "identity.confirm_second_factor";
    const PERMISSION: Permission = Permission::OwnSession;
    const PURPOSES: &'static [Purpose] = PURPOSES;
    type Output = ();
}

impl Command for ConfirmSecondFactor {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let mut slot = own_slot(cx)?;
        let row = factor_row(cx.key(StoredSecondFactor::TABLE)?, slot.staff);
        let stored = cx.get::<StoredSecondFactor>(&row)?;
        let mut factor = stored.ok_or_else(|| Fault::because("a person without a second factor"))?.record;
        match factor.check(self.code.reveal(), cx.now(), slot.last_step)? {
            Checked::Step(step) => slot.last_step = step,
            Checked::Used => return Err(CODE_USED.at("code").into()),
            // A recovery code does not show that the authenticator works.
            Checked::Recovery | Checked::Wrong => return Err(CODE_WRONG.at("code").into()),
        }
        slot.second_factor_confirmed = true;
        cx.put_over(&slot)?;
        Ok(())
    }
}

/// Enrols another authenticator; the old one and its recovery codes stop counting.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewSecondFactor {
    /// The passphrase, since a passer-by must not be able to do this.
    pub passphrase: Secret,
}

impl Operation for NewSecondFactor {
    const NAME: &'static str = "identity.new_second_factor";
    const PERMISSION: Permission = Permission::OwnSession;
    const PURPOSES: &'static [Purpose] = PURPOSES;
    type Output = SecondFactor;
}

impl Command for NewSecondFactor {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<SecondFactor, Error> {
        let mut slot = own_slot(cx)?;
        match slot.open(self.passphrase.reveal(), &cx.vault().device_key()?) {
            Ok(_) => {}
            Err(PassphraseError::Wrong) => return Err(SIGN_IN_FAILED.at("passphrase").into()),
            Err(other) => return Err(Fault::from_error(&other).into()),
        }
        let practice: Practice = practice_of!(cx)?;
        let (factor, shown) = StoredSecondFactor::make(slot.staff, &slot.user_name, &practice.details.name)?;
        cx.put_over(&factor)?;
        slot.second_factor_confirmed = false;
        cx.put_over(&slot)?;
        Ok(shown)
    }
}

/// Returns the slot of the person who acts.
fn own_slot(cx: &WriteCx<'_, '_>) -> Result<SignInSlot, Error> {
    let row = user_name_key(cx.key(SignInSlot::TABLE)?, &cx.actor()?.user_name);
    let stored = cx.get::<SignInSlot>(&row)?;
    Ok(stored.ok_or_else(|| Fault::because("a session without a slot"))?.record)
}
