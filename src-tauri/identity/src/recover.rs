//! `identity.recover`: in with the recovery key, when passphrase, authenticator or keychain are lost.

use crate::accept_invitation::Entered;
use crate::enter::{open_session, renew_keys};
use crate::kit::read_key;
use crate::passphrase::{ALONE_MIN, check as check_passphrase};
use crate::practice::{Practice, practice_of};
use crate::refusals::NOT_AN_OWNER;
use crate::second_factor::StoredSecondFactor;
use crate::slot::{Opener, SignInSlot};
use crate::staff::{BY_USER_NAME, StaffMember, StaffStatus, user_name_key};
use keepwell_kernel::{Error, Operation, Permission, Purpose, Role, Secret};
use keepwell_log::door::{Entrance, GateCx, Residents, WRONG_RECOVERY_KEY};
use keepwell_vault::{Key, Record as _, VaultError};
use serde::Deserialize;
use ts_rs::TS;

/// Comes in with the recovery kit as an owner, under new keys, a new passphrase and a new second factor.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// The 24 words, or the text of the key.
    pub recovery_key: Secret,
    /// An owner's user name.
    pub user_name: String,
    /// The new passphrase.
    pub passphrase: Secret,
}

impl Operation for Recover {
    const NAME: &'static str = "identity.recover";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = Entered;
}

impl Entrance for Recover {
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<Entered, Error> {
        check_passphrase(self.passphrase.reveal(), ALONE_MIN, &[&self.user_name], "passphrase")?;
        let key = read_key(&self.recovery_key)?;
        let keyring = match cx.vault().recover(&key) {
            Ok(keyring) => keyring,
            Err(VaultError::Sealed { .. }) => return Err(WRONG_RECOVERY_KEY.at("recovery_key").into()),
            Err(other) => return Err(other.into()),
        };
        cx.go_on_with(&keyring);
        let by_name = user_name_key(cx.key(StaffMember::TABLE)?, &self.user_name);
        let found = cx.find_one::<StaffMember>(BY_USER_NAME, &by_name)?.map(|stored| stored.record);
        let owns = |one: &StaffMember| {
            one.assignments.iter().any(|held| held.role == Role::Owner && held.may_count_after(cx.now()))
                && one.status != StaffStatus::Terminated
        };
        let mut member = found.filter(owns).ok_or_else(|| NOT_AN_OWNER.at("user_name"))?;
        cx.about(member.id, &member.user_name);
        let now = cx.now();
        let (keys, keyring) = renew_keys(cx, &mut member, &keyring, now)?;
        member.status = StaffStatus::Active;
        cx.put(&member)?;
        let device = cx.vault().device_key()?;
        let passphrase = self.passphrase.reveal();
        cx.put_over(&SignInSlot::make(member.id, &member.user_name, Opener::Passphrase, passphrase, &device, &keys)?)?;
        let practice: Practice = practice_of!(cx)?;
        let (factor, second_factor) = StoredSecondFactor::make(member.id, &member.user_name, &practice.details.name)?;
        cx.put_over(&factor)?;
        let session = open_session(cx, &member, &keys, keyring, Residents::default(), false)?;
        Ok(Entered { second_factor, session })
    }

    fn recovery_key(&self) -> Result<Option<Key>, Error> {
        read_key(&self.recovery_key).map(Some)
    }
}
