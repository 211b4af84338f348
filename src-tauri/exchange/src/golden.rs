//! What was stored once is read for ever: the bytes of each stored form stand in `fixtures/`.

use keepwell_vault::Record;
use keepwell_vault::record::encode;
use std::path::PathBuf;

/// Reads a record of an earlier stored form.
pub(crate) fn read<R: Record>(schema: u16, name: &str) -> R {
    let golden = std::fs::read_to_string(fixture(name)).unwrap();
    R::read(schema, &hex::decode(golden.trim()).unwrap()).unwrap()
}

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Compares a record with the bytes that the program wrote. `KEEPWELL_WRITE_GOLDEN` writes a file that is missing; one
/// that is there is never written again. The first stored forms are in `tests/format/backup-1.json`.
pub(crate) fn holds<R: Record>(record: &R, name: &str) {
    let path = fixture(name);
    let written = hex::encode(encode(R::TABLE, record).unwrap());
    if !path.exists() && std::env::var_os("KEEPWELL_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, &written).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    let read = R::read(R::TABLE.schema, &hex::decode(golden.trim()).unwrap()).unwrap();
    assert_eq!(hex::encode(encode(R::TABLE, &read).unwrap()), written, "{name} is read as something else");
    assert_eq!(golden.trim(), written, "{name}: the stored form changed, so it needs a new number");
    assert!(R::read(R::TABLE.schema + 1, &[]).is_err() && R::read(0, &[]).is_err(), "{name}: an unknown form was read");
}
