//! What was stored once is read for ever: the bytes of each stored form stand in `fixtures/`.

use keepwell_vault::Record;
use std::path::{Path, PathBuf};

/// Reads a record of an earlier stored form.
pub(crate) fn read<R: Record>(schema: u16, name: &str) -> R {
    let golden = std::fs::read_to_string(fixture(name)).unwrap();
    R::read(schema, &hex::decode(golden.trim()).unwrap()).unwrap()
}

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Compares a record with the bytes that the program wrote. The first stored forms are in `tests/format/backup-1.json`.
pub(crate) fn holds<R: Record>(record: &R, name: &str) {
    keepwell_vault::golden::holds(record, Path::new(env!("CARGO_MANIFEST_DIR")), name);
}
