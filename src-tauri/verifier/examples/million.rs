//! Makes a bundle with a million entries (or as many as are asked for), to measure the verifier:
//!
//! ```text
//! cargo run --release --package keepwell-verifier --example million -- FOLDER [ENTRIES]
//! time keepwell-verify FOLDER
//! ```
//! One entry in ten is redacted, and every hundredth is not disclosed.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    dead_code,
    reason = "it shares the tests' maker of bundles, and may stop at a surprise as they may"
)]

#[path = "../tests/verifier/bundle.rs"]
mod bundle;

use bundle::{Practice, signing_key};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = std::path::PathBuf::from(arguments.next().unwrap_or_else(|| panic!("say the folder to make")));
    let size: u64 = arguments.next().map_or(1_000_000, |size| size.parse().unwrap());
    let practice = Practice::new(size, 64, vec![(1, signing_key(1))]);
    let chosen: Vec<u64> = (0..size).filter(|at| at % 100 != 50).collect();
    let files = practice.bundle_where(&chosen, |at| at % 10 == 3);
    for (path, bytes) in &files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let bytes: usize = files.values().map(Vec::len).sum();
    println!("{} entries disclosed of {size}, {} MB", chosen.len(), bytes / 1_000_000);
}
