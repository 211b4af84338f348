//! What this feature asks of the practice's own records. This crate's tests open a practice that has none.

#[cfg(not(test))]
pub(crate) use keepwell_identity::{anonymous_mrn, display_name, display_name_to};

#[cfg(test)]
pub(crate) use crate::trial::{anonymous_mrn, display_name, display_name_to};
