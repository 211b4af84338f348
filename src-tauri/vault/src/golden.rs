//! What was stored once is read for ever: how the features hold each stored form to the bytes in their `fixtures/`.

use crate::record::{Record, encode};
use std::path::Path;

/// Compares a record with the bytes that the program wrote, in `folder`. `KEEPWELL_WRITE_GOLDEN` writes a file that is missing;
/// one that is there is never written again. Returns the table's number.
///
/// # Panics
/// Where they differ, or where a form that no version wrote is read.
#[expect(clippy::expect_used, reason = "it is called by tests alone, which may stop at a surprise")]
pub fn holds<R: Record>(record: &R, folder: &Path, name: &str) -> u16 {
    let path = folder.join("fixtures").join(name);
    let written = hex::encode(encode(R::TABLE, record).expect("a record is written"));
    if !path.exists() && std::env::var_os("KEEPWELL_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, &written).expect("the fixtures can be written");
    }
    let golden = std::fs::read_to_string(&path).expect("the fixture is there");
    let bytes = hex::decode(golden.trim()).expect("the fixture is in hex");
    let read = R::read(R::TABLE.schema, &bytes).expect("the fixture is read");
    let again = hex::encode(encode(R::TABLE, &read).expect("it is written again"));
    assert_eq!(again, written, "{name} is read as something else");
    assert_eq!(golden.trim(), written, "{name}: the stored form changed, so it needs a new number");
    assert!(R::read(R::TABLE.schema + 1, &[]).is_err() && R::read(0, &[]).is_err(), "{name}: an unknown form was read");
    R::TABLE.number
}
