//! Resources of other systems that nothing here has a place for yet, kept as they were received.

mod keep_received;
mod list_received;
mod reference;
mod table;

pub(crate) use keep_received::{BYTES_AT_A_TIME, RESOURCE_BYTES_MAX, RESOURCE_ID_MAX};
pub use keep_received::{KeepReceived, KeptReceived, RESOURCES_AT_A_TIME, ResourceToKeep};
pub use list_received::{ListReceived, ReceivedList, ReceivedRow};
pub use reference::{names_of_patient, patients_named};
pub(crate) use table::{Kept, Received, anything_unreadable, keep, received_of, unreadable_to};
