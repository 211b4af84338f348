//! What a person or a script can do.

use crate::{Permission, Purpose};
use serde::{Serialize, de::DeserializeOwned};
use ts_rs::TS;

/// A thing that can be done, with its request as the type itself.
///
/// None of the constants has a default: an operation that does not state its permission or its purposes does not
/// compile (45 CFR 164.308(a)(4), 164.312(a)(1)).
pub trait Operation: DeserializeOwned + TS + 'static {
    /// The name on the wire, in the log and in the documentation: `feature.verb`.
    const NAME: &'static str;
    /// What the person must hold today.
    const PERMISSION: Permission;
    /// The purposes it may be done for; the first that the person's role may act under is taken when none is named.
    const PURPOSES: &'static [Purpose];
    /// What is answered: one view, made for one audience.
    type Output: Serialize + TS;
}

/// Whether an operation changes the store, only looks, or stands before the door is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Changes records.
    Command,
    /// Looks at records; its entry is committed before anything is shown.
    Query,
    /// Done by somebody who is not signed in yet, or who ends a session.
    Entrance,
}
