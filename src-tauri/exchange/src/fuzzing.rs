//! What is read of a person, without a store behind it. For fuzzing.

use crate::fhir::resources::NotImported;
use crate::person;
use keepwell_kernel::{CivilDate, Refusal};
use keepwell_patients::{Deceased, Demographics, ExternalId};
use serde_json::Value;

/// Reads a person from a Patient resource as an import does.
///
/// # Errors
/// The refusal that the import's row would show.
pub fn person(resource: &Value, today: CivilDate) -> Result<(ExternalId, Demographics, Option<Deceased>), Refusal> {
    let person = person::read(resource, None, "a file", today, &mut NotImported::new())?;
    Ok((person.source, person.demographics, person.deceased))
}
