#![doc = include_str!("../README.md")]

mod archive;
mod check;
mod checkpoints;
mod document;
mod entries;
mod keys;
mod lines;
mod manifest;
mod moment;
mod note;
mod paper;
mod report;
mod rows;
mod say;
mod source;
mod tree;

pub use check::{Ask, verify};
pub use keys::read_typed as read_key;
pub use paper::Paper;
pub use report::{
    ClockStep, Comparison, Copied, Field, Finding, KeyInForce, Report, ShownEntry, Span, Tally, Trust, Verdict,
};
pub use source::{Source, Unreadable};
