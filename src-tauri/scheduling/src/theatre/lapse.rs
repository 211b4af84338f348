//! What has ended of a theatre and of whoever and whatever goes along: licences, calibrations and other capabilities.

use crate::looking::Look;
use crate::resource::LICENSE;
use crate::setup::Setup;
use crate::theatre::allocation::{ResourceAllocation, allocations};
use crate::theatre::reservation::TheatreReservation;
use keepwell_kernel::{CivilDate, Error, Instant, ResourceId, StaffId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// That an operation takes place although something has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LapseWaiver {
    /// Of which resource.
    pub resource: ResourceId,
    /// What has ended, in words of the practice.
    pub what: String,
    /// Why it takes place all the same.
    pub reason: String,
    /// Who took it upon them.
    pub by: StaffId,
    /// When.
    pub at: Instant,
}

/// Something that has ended and keeps a patient from being brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TheatreLapse {
    /// Of which resource.
    pub resource: ResourceId,
    /// The same by name.
    pub name: String,
    /// What has ended: `license`, or a capability in words of the practice.
    pub what: String,
    /// Somebody who may can waive it. Nobody operates without a licence.
    pub can_waive: bool,
    /// Why it was waived.
    pub waived: Option<String>,
}

/// Returns everything that has ended on a day, waived or not, of a theatre and of what is allocated to its reservation.
/// Nobody is brought in for maintenance, so nothing of that is asked for.
///
/// # Errors
/// [`Error`].
pub(crate) fn lapses(
    cx: &impl Look,
    setup: &Setup,
    held: &TheatreReservation,
    on: CivilDate,
) -> Result<Vec<TheatreLapse>, Error> {
    if held.patient.is_none() {
        return Ok(Vec::new());
    }
    let along = allocations(cx, held.id)?;
    let mut used = vec![held.theatre];
    for id in along.iter().filter_map(ResourceAllocation::resource) {
        // Somebody may take part twice, in turns.
        if !used.contains(&id) {
            used.push(id);
        }
    }
    let of = |resource: &crate::resource::Resource| {
        let lapse = |what: String| {
            let waiver = held.waivers.iter().find(|one| one.resource == resource.id && one.what == what);
            let waived = waiver.map(|one| one.reason.clone());
            let can_waive = what != LICENSE;
            TheatreLapse { resource: resource.id, name: resource.name.clone(), what, can_waive, waived }
        };
        resource.lapsed_on(on).into_iter().map(lapse).collect::<Vec<_>>()
    };
    Ok(used.iter().filter_map(|id| setup.resource(*id)).flat_map(of).collect())
}
