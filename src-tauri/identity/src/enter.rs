//! Coming in: what sign-in, unlocking, invitations and recovery share.

use crate::draft::{Draft, drafts_of};
use crate::practice::{Practice, practice_of};
use crate::second_factor::{Checked, StoredSecondFactor, factor_row};
use crate::slot::{PrivateKeys, SignInSlot};
use crate::staff::{StaffMember, member_at_gate, user_name_key};
use keepwell_kernel::{Error, Fault, Instant, Role, StaffId, Zone, instant_text};
use keepwell_log::door::{GateCx, Proven, Residents};
use keepwell_vault::Keyring;
use serde::Serialize;
use std::sync::Arc;
use ts_rs::TS;

/// The session, for its own screens.
#[derive(Serialize, TS)]
pub struct SessionView {
    /// Who.
    pub staff: StaffId,
    /// The user name.
    pub user_name: String,
    /// The name as one says it.
    pub display_name: String,
    /// The roles held now.
    pub roles: Vec<Role>,
    /// The operations that those roles may call; the screens show no others.
    pub operations: Vec<&'static str>,
    /// Minutes to the idle lock.
    pub idle_minutes: u32,
    /// The recovery kit's words were typed back.
    pub recovery_kit_confirmed: bool,
    /// The authenticator was confirmed.
    pub second_factor_confirmed: bool,
    /// When the session began.
    pub signed_in_at: String,
    /// What was typed and not saved before the lock.
    pub drafts: Vec<Draft>,
}

/// Finds a slot by user name.
///
/// # Errors
/// [`Error`].
pub fn slot_of(cx: &GateCx<'_, '_>, user_name: &str) -> Result<Option<SignInSlot>, Error> {
    let row = user_name_key(cx.key(<SignInSlot as keepwell_vault::Record>::TABLE)?, user_name);
    Ok(cx.get::<SignInSlot>(&row)?.map(|stored| stored.record))
}

/// Takes up the keys that a person's private key opens.
///
/// # Errors
/// [`Error`].
pub fn take_keys(cx: &mut GateCx<'_, '_>, staff: StaffId, keys: &PrivateKeys) -> Result<Arc<Keyring>, Error> {
    let mut keyring = cx.vault().keyring_of(staff.bytes(), &keys.opening)?;
    keyring.add_personal(&keys.opening);
    let keyring = Arc::new(keyring);
    cx.go_on_with(&keyring);
    Ok(keyring)
}

/// Checks a code against the person's second factor, whose keys are at hand, and uses it up.
///
/// # Errors
/// [`Error`].
pub fn check_code(cx: &mut GateCx<'_, '_>, staff: StaffId, code: &str, last_step: u64) -> Result<Checked, Error> {
    let row = factor_row(cx.key(<StoredSecondFactor as keepwell_vault::Record>::TABLE)?, staff);
    let stored = cx.get::<StoredSecondFactor>(&row)?;
    let mut factor = stored.ok_or_else(|| Fault::because("a person without a second factor"))?.record;
    let checked = factor.check(code, cx.now(), last_step)?;
    if checked == Checked::Recovery {
        cx.put_over(&factor)?;
    }
    Ok(checked)
}

/// Opens the session and returns its view.
///
/// # Errors
/// `identity.no_role`, `identity.suspended`, or [`Error`].
pub fn open_session(
    cx: &mut GateCx<'_, '_>,
    member: &StaffMember,
    keys: &PrivateKeys,
    keyring: Arc<Keyring>,
    residents: Residents,
    second_factor_confirmed: bool,
) -> Result<SessionView, Error> {
    let roles = member.roles_at(cx.now());
    if roles.is_empty() {
        return Err(crate::refusals::NO_ROLE.into());
    }
    let practice: Practice = practice_of!(cx)?;
    let zone = Zone::named(&practice.details.time_zone).map_err(|_| crate::refusals::TIME_ZONE_UNKNOWN.refusal())?;
    let began = cx.locked().filter(|locked| locked.staff == member.id).map_or(cx.now(), |locked| locked.began);
    let view = SessionView {
        staff: member.id,
        user_name: member.user_name.clone(),
        display_name: member.name.shown(),
        operations: cx.operations_of(&roles),
        roles,
        idle_minutes: practice.details.idle_minutes,
        recovery_kit_confirmed: practice.kit_confirmed,
        second_factor_confirmed,
        signed_in_at: instant_text(began, zone),
        drafts: drafts_of(cx, member.id, zone)?,
    };
    let private = keys.opening.clone();
    cx.open(Proven { staff: member.id, user_name: member.user_name.clone(), keyring, private, residents });
    Ok(view)
}

/// Returns the member whose keys are at hand.
///
/// # Errors
/// [`Error`].
pub fn member(cx: &GateCx<'_, '_>, staff: StaffId) -> Result<StaffMember, Error> {
    member_at_gate(cx, staff)
}

/// Gives a person new private keys: the old ones open nothing from now on. Returns the keyring as it was opened.
///
/// # Errors
/// [`Error`].
pub fn renew_keys(
    cx: &mut GateCx<'_, '_>,
    member: &mut StaffMember,
    keyring: &Arc<Keyring>,
    now: Instant,
) -> Result<(PrivateKeys, Arc<Keyring>), Error> {
    let keys = PrivateKeys::make()?;
    let mut own = (**keyring).clone();
    own.add_personal(&keys.opening);
    let own = Arc::new(own);
    cx.go_on_with(&own);
    cx.revoke_all(member.id)?;
    let compartments: Vec<_> = member.compartments_after(now).into_iter().collect();
    cx.grant(member.id, keys.public(), &compartments)?;
    (member.public, member.verifying) = (keys.public(), keys.verifying());
    Ok((keys, own))
}
