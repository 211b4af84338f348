//! What the door asks of the staff records.

use crate::practice::read_plate;
use crate::staff::StaffMember;
use keepwell_kernel::{Error, Instant, Role, StaffId};
use keepwell_log::door::{Authority, Plate};
use keepwell_vault::{Reading, Record as _};

/// Answers from the staff records, at every call anew: whoever is suspended is out at once.
pub struct StaffAuthority;

impl Authority for StaffAuthority {
    fn roles(&self, reading: &Reading<'_>, staff: StaffId, at: Instant) -> Result<Vec<Role>, Error> {
        let row = reading.key_of(StaffMember::TABLE)?.id(staff.bytes()).done();
        let member = reading.get::<StaffMember>(&row)?;
        Ok(member.map_or_else(Vec::new, |stored| stored.record.roles_at(at)))
    }

    fn plate(&self, reading: &Reading<'_>) -> Result<Option<Plate>, Error> {
        read_plate(reading)
    }
}
