#![doc = include_str!("../../README.md")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a target stops at the first surprise: that is its finding"
)]

mod door;
mod fhir;
mod records;
mod sealed;
mod signed;
mod store_file;
mod typed;

pub use door::{batch_line, import};
pub use fhir::fhir;
pub use records::record;
pub use sealed::{envelope, sealed_value, sign_in_slot, store_row};
pub use signed::{checkpoint, entry};
pub use store_file::store_file;
pub use typed::typed;

/// A target with its name, and how many mutations of its seeds a usual run of the tests tries.
pub struct Target {
    /// The name, as it stands in the folders.
    pub name: &'static str,
    /// What is tried.
    pub run: fn(&[u8]),
    /// Mutations in a usual run.
    pub mutations: u64,
}

macro_rules! targets {
    ($($name:ident: $mutations:literal,)+) => {
        /// Every target.
        pub const TARGETS: &[Target] = &[$(Target { name: stringify!($name), run: $name, mutations: $mutations },)+];
    };
}

targets! {
    sealed_value: 4000,
    envelope: 800,
    sign_in_slot: 2000,
    store_row: 150,
    checkpoint: 4000,
    entry: 8000,
    record: 8000,
    fhir: 2000,
    import: 300,
    batch_line: 1500,
    typed: 4000,
    store_file: 100,
}

/// Takes `count` bytes off the front, fewer where there are no more.
fn take<'d>(data: &mut &'d [u8], count: usize) -> &'d [u8] {
    let (head, rest) = data.split_at(count.min(data.len()));
    *data = rest;
    head
}

/// Takes a number of two bytes off the front.
fn number(data: &mut &[u8]) -> usize {
    take(data, 2).iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}
