//! The parts of FHIR R4 that the product takes, as they stand in a file. Nothing here knows the store.

pub mod date;
pub mod patient;
pub mod resources;

/// The base of the extensions that US Core defines.
pub const US_CORE: &str = "http://hl7.org/fhir/us/core/StructureDefinition/";
/// The base of the extensions that HL7 defines for everybody.
pub const HL7: &str = "http://hl7.org/fhir/StructureDefinition/";
