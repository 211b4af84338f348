//! The documents as whoever gets them has them: every kind prints, says what it was given, and takes nothing for markup.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at a surprise"
)]

mod hostile;
mod independence;
mod pages;
mod reading;
mod samples;
