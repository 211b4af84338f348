//! `surface`: every operation, or the TypeScript declarations.

use crate::Ended;
use crate::arguments::Surface;
use crate::ending::Ending;
use crate::said;
use keepwell_kernel::{Kind, Permission, Purpose, Role};
use serde::Serialize;

#[derive(Serialize)]
struct Line {
    name: &'static str,
    kind: Kind,
    permission: Permission,
    roles: Vec<Role>,
    purposes: &'static [Purpose],
}

/// Prints the surface; it needs no practice.
///
/// # Errors
/// The ending to take.
pub(crate) fn run(surface: &Surface) -> Ended {
    if surface.types {
        said::text(&keepwell_practice::typescript())?;
        return Ok(Ending::Done);
    }
    let lines: Vec<Line> = keepwell_practice::surface().iter().map(line).collect();
    said::json(&lines)?;
    Ok(Ending::Done)
}

fn line(entry: &keepwell_log::door::Entry) -> Line {
    let (permission, purposes) = (entry.permission, entry.purposes);
    // A role that holds the permission still needs a purpose it may act under.
    let may = |role: &Role| {
        permission == Permission::Anyone
            || role.holds(permission) && purposes.iter().any(|purpose| role.purposes().contains(purpose))
    };
    let roles = Role::ALL.into_iter().filter(may).collect();
    Line { name: entry.name, kind: entry.kind, permission, roles, purposes }
}
