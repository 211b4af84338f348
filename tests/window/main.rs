//! Journeys in the real window: the program as built, under a WebKit driver, with a keychain and a display of its own.
//!
//! `cargo xtask test` runs them; they need the session that it makes (see src-tauri/xtask). With `KEEPWELL_PICTURES`
//! naming a folder, every screen is kept there as a picture, light and dark: that is `cargo xtask tour`.

// A journey stops at the first surprise, as a test does; the lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::unwrap_used, clippy::indexing_slicing)]

mod axe;
mod backups;
mod calendar;
mod demonstration;
mod driver;
mod first_day;
mod handing_out;
mod keeping;
mod opening;
mod picture;
mod quickness;
mod theatre;
mod traces;
mod window;
