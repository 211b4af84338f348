//! The verifier on bundles of its own making: good ones, tampered ones, hostile ones; against another verifier in
//! Python; and what it leans on.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at a surprise"
)]

mod bundle;
mod cases;
mod good;
mod hostile;
mod independence;
mod program;
mod second;
mod tampered;
mod zipped;
