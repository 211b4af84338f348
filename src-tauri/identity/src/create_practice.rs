//! `identity.create_practice`: makes the practice, its owner, the recovery kit and the owner's second factor.

use crate::enter::{SessionView, open_session};
use crate::kit::{KitWords, RecoveryKit};
use crate::passphrase::{ALONE_MIN, check as check_passphrase};
use crate::practice::{DoorPlate, Practice, PracticeDetails};
use crate::refusals::SUITE_UNKNOWN;
use crate::second_factor::{SecondFactor, StoredSecondFactor};
use crate::slot::{Opener, PrivateKeys, SignInSlot};
use crate::staff::{Assignment, PersonName, StaffMember, StaffStatus, check_user_name};
use keepwell_kernel::{
    AssignmentId, Compartment, Error, Instant, Operation, Permission, Purpose, Role, Secret, StaffId, VaultId, Zone,
};
use keepwell_log::door::{Founding, GateCx, Residents};
use keepwell_vault::{Key, Suite};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// Makes a practice where there is none.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CreatePractice {
    /// What the practice says of itself.
    pub practice: PracticeDetails,
    /// Who answers for it.
    pub owner: Owner,
    /// The owner's passphrase, at least 15 characters since the second factor is not confirmed yet.
    pub passphrase: Secret,
    /// The cipher: `xchacha20-poly1305` or `aes-256-gcm`.
    #[ts(type = "\"xchacha20-poly1305\" | \"aes-256-gcm\"")]
    pub suite: String,
    /// For made-up patients only; the screens say so.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub demonstration: bool,
}

/// The first person.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// The user name.
    pub user_name: String,
    /// The name.
    pub name: PersonName,
}

/// What is shown once, and the open session.
#[derive(Serialize, TS)]
pub struct PracticeCreated {
    /// The store's id.
    pub vault_id: VaultId,
    /// The recovery kit.
    pub kit: RecoveryKit,
    /// The owner's second factor.
    pub second_factor: SecondFactor,
    /// The owner's session.
    pub session: SessionView,
}

impl Operation for CreatePractice {
    const NAME: &'static str = "identity.create_practice";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = PracticeCreated;
}

impl Founding for CreatePractice {
    fn check(&self, _: Instant) -> Result<Suite, Error> {
        self.practice.check("practice.")?;
        self.owner.name.check("owner.name.")?;
        check_user_name(&self.owner.user_name, "owner.user_name")?;
        let hints = [self.practice.name.as_str(), &self.owner.user_name, &self.owner.name.family];
        check_passphrase(self.passphrase.reveal(), ALONE_MIN, &hints, "passphrase")?;
        Ok(Suite::named(&self.suite).ok_or_else(|| SUITE_UNKNOWN.at("suite"))?)
    }

    fn found(self, cx: &mut GateCx<'_, '_>, recovery: &Key) -> Result<PracticeCreated, Error> {
        let zone = self.practice.check("practice.")?;
        let keys = PrivateKeys::make()?;
        let member = self.owner(&keys, cx.now());
        cx.about(member.id, &member.user_name);
        let mut keyring = (**cx.keyring()).clone();
        keyring.add_personal(&keys.opening);
        let keyring = Arc::new(keyring);
        cx.go_on_with(&keyring);
        cx.grant(member.id, keys.public(), &Compartment::GRANTED)?;
        cx.put(&member)?;
        let (vault, device) = (cx.vault().id(), cx.vault().device_key()?);
        let slot = SignInSlot::make(
            member.id,
            &member.user_name,
            Opener::Passphrase,
            self.passphrase.reveal(),
            &device,
            &keys,
        )?;
        cx.put_over(&slot)?;
        let (factor, second_factor) = StoredSecondFactor::make(member.id, &member.user_name, &self.practice.name)?;
        cx.put_over(&factor)?;
        let kit = RecoveryKit::of(recovery, vault, zone.date_of(cx.now()))?;
        self.put_practice(cx, zone)?;
        let mut residents = Residents::default();
        residents.keep(KitWords::of(&kit));
        let session = open_session(cx, &member, &keys, keyring, residents, false)?;
        Ok(PracticeCreated { vault_id: vault, kit, second_factor, session })
    }
}

impl CreatePractice {
    fn owner(&self, keys: &PrivateKeys, now: Instant) -> StaffMember {
        let assignment = Assignment {
            id: AssignmentId::make(),
            role: Role::Owner,
            valid_from: now,
            valid_until: None,
            revoked_at: None,
        };
        StaffMember {
            id: StaffId::make(),
            user_name: self.owner.user_name.trim().to_owned(),
            name: self.owner.name.clone(),
            status: StaffStatus::Active,
            public: keys.public(),
            verifying: keys.verifying(),
            assignments: vec![assignment],
            training_completed_on: None,
            invited_until: None,
            termination: None,
        }
    }

    fn put_practice(&self, cx: &mut GateCx<'_, '_>, zone: Zone) -> Result<(), Error> {
        let kit_made_on = zone.date_of(cx.now());
        cx.put(&Practice { details: self.practice.clone(), kit_confirmed: false, kit_made_on })?;
        cx.put(&DoorPlate {
            name: self.practice.name.clone(),
            time_zone: self.practice.time_zone.clone(),
            idle_minutes: self.practice.idle_minutes,
            demonstration: self.demonstration,
        })?;
        Ok(())
    }
}
