//! `identity.unlock`: back to the very same place.

use crate::enter::{SessionView, slot_of};
use crate::refusals::{CODE_NEEDED, NOT_LOCKED, SIGN_IN_FAILED};
use crate::sign_in::prove;
use crate::slot::Opener;
use chrono::Duration;
use keepwell_kernel::{Error, Operation, Permission, Purpose, Secret};
use keepwell_log::door::{Entrance, GateCx};
use serde::Deserialize;
use ts_rs::TS;

/// Hours after which a session that was locked asks for the code again (NIST SP 800-63B-4 section 2.2.3, AAL2).
const CODE_GOOD_HOURS: i64 = 12;

/// Unlocks.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// The passphrase of whoever locked.
    pub passphrase: Secret,
    /// A code, once the session is older than twelve hours.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub code: Option<Secret>,
}

impl Operation for Unlock {
    const NAME: &'static str = "identity.unlock";
    const PERMISSION: Permission = Permission::Anyone;
    const PURPOSES: &'static [Purpose] = &[Purpose::System];
    type Output = SessionView;
}

impl Entrance for Unlock {
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<SessionView, Error> {
        let locked = cx.locked().cloned().ok_or(NOT_LOCKED)?;
        let slot =
            slot_of(cx, &locked.user_name)?.filter(|slot| slot.opener == Opener::Passphrase).ok_or(SIGN_IN_FAILED)?;
        let code = self.code.as_ref().map(Secret::reveal).filter(|code| !code.trim().is_empty());
        if code.is_none() && slot.second_factor_confirmed && cx.now() - locked.began >= Duration::hours(CODE_GOOD_HOURS)
        {
            return Err(CODE_NEEDED.at("code").into());
        }
        prove(cx, slot, &self.passphrase, code)
    }
}
