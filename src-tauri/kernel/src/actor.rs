//! Who acts.

use crate::{Role, SessionId, StaffId};

/// The person behind a call, as the session proves it; never taken from a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The member of staff.
    pub staff: StaffId,
    /// The user name, as it stands in the log.
    pub user_name: String,
    /// The role the permission was found in.
    pub role: Role,
    /// The session.
    pub session: SessionId,
}
