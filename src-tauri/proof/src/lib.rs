#![doc = include_str!("../README.md")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a proof stops at the first surprise")]

pub mod chance;
pub mod cuts;
pub mod disk;
pub mod faults;
pub mod history;
pub mod home;
pub mod image;
pub mod kill;
pub mod medium;
pub mod oracle;
pub mod tamper;
pub mod workload;
