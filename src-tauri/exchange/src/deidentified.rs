//! Data about patients that identifies none: Safe Harbor (45 CFR 164.514(b)(2)), and aids to an expert's determination
//! (b)(1), which are named as such and are no part of it.

mod deidentify;
mod groups;
mod noise;
mod safe_harbor;
mod zip3;

pub use deidentify::{DeidentifiedPage, Deidentify};
pub use groups::{Grouped, group};
pub use noise::noisy;
pub use safe_harbor::{DeidentifiedRow, Removed};
